"""Sums of months against a second calculation, and what makes them refuse: a hole, a break, persons."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.analysis.months import months_before, months_between, next_month
from queries.analysis.so_far import twelve_months, year_so_far
from queries.catalogue import Break, load_catalogue
from queries.errors import SumRefused

EUROS = load_catalogue().indicators["cofunded_benefit_municipal_eur"]
PERSONS = load_catalogue().indicators["cofunded_benefit_recipients"]
MONTHS = [f"{year}-{month:02d}" for year, month in product((2024, 2025, 2026), range(1, 13))]
BREAK = Break("model", ("x",), "2025-01", "not_comparable")


@given(st.lists(st.integers(-10_000, 10_000), min_size=36, max_size=36), st.integers(12, 35))
def test_a_sum_is_that_of_its_months_and_of_the_same_ones_a_year_before(values: list[int], place: int) -> None:
    series: dict[str, float | None] = dict(zip(MONTHS, map(float, values), strict=True))
    month = MONTHS[place]
    found = year_so_far(EUROS, series, month)
    first = place - place % 12
    assert found.value == sum(values[first : place + 1])
    assert found.earlier == sum(values[first - 12 : place - 11])
    rolling = twelve_months(EUROS, series, month)
    assert rolling.value == sum(values[place - 11 : place + 1])
    assert rolling.earlier == (sum(values[place - 23 : place - 11]) if place >= 23 else None)


def test_a_month_that_is_hidden_or_not_held_leaves_no_sum() -> None:
    series: dict[str, float | None] = dict.fromkeys(MONTHS, 1.0)
    series["2026-02"] = None
    del series["2026-03"]
    found = year_so_far(EUROS, series, "2026-04")
    assert (found.value, found.lacking) == (None, ("2026-02", "2026-03"))
    assert found.earlier == 4


def test_nothing_is_summed_over_a_break_nor_compared_over_one() -> None:
    series: dict[str, float | None] = dict.fromkeys(MONTHS, 1.0)
    over = twelve_months(EUROS, series, "2025-06", [BREAK])
    assert (over.value, over.earlier, over.barrier) == (None, None, "model")
    first = twelve_months(EUROS, series, "2025-12", [BREAK])
    assert (first.value, first.earlier, first.barrier) == (12, None, "model")
    later = year_so_far(EUROS, series, "2026-06", [BREAK])
    assert (later.value, later.earlier, later.barrier) == (6, 6, "")


@pytest.mark.parametrize("add", [year_so_far, twelve_months])
def test_persons_of_several_months_are_never_added_up(add: object) -> None:
    series = dict.fromkeys(MONTHS, 1.0)
    with pytest.raises(SumRefused):
        add(PERSONS, series, "2026-06")  # type: ignore[operator]


def test_months_in_a_row_go_over_new_year() -> None:
    assert months_before("2026-02", 4) == ["2025-11", "2025-12", "2026-01", "2026-02"]
    assert months_between("2025-11", "2026-02") == months_before("2026-02", 4)
    assert next_month("2025-12") == "2026-01"
