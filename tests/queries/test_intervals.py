"""Intervals of shares: fewest answers by trying them all, Wilson's limits by another implementation."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from queries.analysis.intervals import counts_of, fewest_answers, shares_of


@pytest.mark.parametrize(
    ("percents", "counts"),
    [
        ((18, 6, 76), (3, 1, 13)),
        ((17, 22, 61), (3, 4, 11)),
        ((0, 20, 80), (0, 1, 4)),
        ((45, 18, 36), (5, 2, 4)),
        ((12, 21, 67), (3, 5, 16)),
    ],
)
def test_the_fewest_answers_make_the_printed_percents(percents: tuple[int, ...], counts: tuple[int, ...]) -> None:
    assert fewest_answers(percents) == counts
    assert all(abs(100 * n / sum(counts) - percent) <= 0.5 for n, percent in zip(counts, percents, strict=True))
    assert not any(counts_of(percents, base) for base in range(1, sum(counts)))


def test_percents_that_are_no_whole_have_no_answers() -> None:
    assert fewest_answers((10, 10, 10)) == ()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 20), min_size=3, max_size=3).filter(any))
def test_no_real_number_of_answers_is_below_the_fewest(counts: list[int]) -> None:
    base = sum(counts)
    assert 0 < sum(fewest_answers([round(100 * n / base) for n in counts])) <= base


@pytest.mark.parametrize("counts", [(17, 18, 64), (1, 5, 16), (0, 1, 4)])
def test_the_intervals_are_those_of_statsmodels(counts: tuple[int, ...]) -> None:
    for count, each in zip(counts, shares_of(counts), strict=True):
        low, high = proportion_confint(count, sum(counts), method="wilson")
        assert (each.low, each.high) == pytest.approx((low, high), abs=1e-9)
