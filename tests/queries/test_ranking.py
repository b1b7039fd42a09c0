import math
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.analysis.ranking import move, rank

NAN = float("nan")


def frame(*rows: tuple[str, float, float, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["area", "rate", "unemployed", "labour_force"])


def records(ranked: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in ranked.to_dict("records")]


def ranges(ranked: pd.DataFrame) -> dict[str, tuple[int, int]]:
    return {row["area"]: (row["first"], row["last"]) for row in records(ranked)}


def test_the_lowest_rate_is_first() -> None:
    ranked = rank(frame(("b", 9.0, 9000, 1e5), ("a", 12.0, 12000, 1e5), ("c", 3.0, 3000, 1e5)), decimals=1)
    assert ranked["area"].tolist() == ["c", "b", "a"]
    assert ranges(ranked) == {"c": (1, 1), "b": (2, 2), "a": (3, 3)}


def test_areas_with_the_same_rate_share_their_positions() -> None:
    ranked = rank(frame(*((area, 9.0, 90000, 1e6) for area in "abc"), ("d", 10.0, 1e5, 1e6)), decimals=1)
    assert ranges(ranked) == {"a": (1, 3), "b": (1, 3), "c": (1, 3), "d": (4, 4)}


def test_where_few_persons_move_it_a_position_is_a_range() -> None:
    # 100 in the labour force: five persons are five percentage points
    ranked = rank(frame(("small", 10.0, 10, 100), ("low", 6.0, 60000, 1e6), ("high", 14.9, 149000, 1e6)), decimals=1)
    assert ranges(ranked) == {"low": (1, 1), "small": (1, 3), "high": (3, 3)}
    small = next(row for row in records(ranked) if row["area"] == "small")
    assert (small["lowest"], small["highest"]) == (5.0, 15.0)


def test_one_that_cannot_move_past_another_keeps_its_position() -> None:
    ranked = rank(frame(("small", 10.0, 10, 100), ("low", 4.9, 49000, 1e6), ("high", 15.1, 151000, 1e6)), decimals=1)
    assert ranges(ranked)["small"] == (2, 2)


def test_a_rate_that_is_hidden_is_not_ranked_and_does_not_count() -> None:
    ranked = rank(frame(("a", 9.0, 9000, 1e5), ("hidden", NAN, NAN, 100), ("b", 10.0, 10000, 1e5)), decimals=1)
    assert ranges(ranked) == {"a": (1, 1), "b": (2, 2)}


def test_without_persons_or_labour_force_only_shared_positions_make_a_range() -> None:
    ranked = rank(frame(("a", 9.0, NAN, 100), ("b", 9.0, 9, NAN), ("c", 9.1, 9, 0)), decimals=1)
    assert ranges(ranked) == {"a": (1, 2), "b": (1, 2), "c": (3, 3)}


def test_an_area_alone_is_first_and_last() -> None:
    assert ranges(rank(frame(("a", 9.0, 9, 100)), decimals=1)) == {"a": (1, 1)}


def test_nothing_to_rank_gives_no_rows() -> None:
    assert len(rank(frame(), decimals=1)) == 0
    assert len(rank(frame(("a", NAN, NAN, NAN)), decimals=1)) == 0


def test_nobody_is_less_than_nobody_and_no_more_than_all_are_unemployed() -> None:
    assert move(2.0, 2, 100, decimals=1, persons=5) == (0.0, 7.0)
    assert move(98.0, 98, 100, decimals=1, persons=5) == (93.0, 100.0)


areas = st.lists(
    st.tuples(st.integers(0, 400), st.integers(1, 3000), st.booleans()).map(
        lambda each: (
            (NAN, NAN, each[1]) if each[2] else (round(100 * min(each[:2]) / each[1], 1), min(each[:2]), each[1])
        )
    ),
    max_size=40,
).map(lambda found: frame(*((f"{number:03d}", *each) for number, each in enumerate(found))))


@given(areas)
def test_every_range_lies_within_the_ranked_and_holds_the_shared_position(given_areas: pd.DataFrame) -> None:
    ranked = rank(given_areas, decimals=1)
    rates = ranked["rate"].tolist()
    assert rates == sorted(rates)
    assert sorted(ranked["area"]) == sorted(given_areas[given_areas["rate"].notna()]["area"])
    for row in records(ranked):
        below, shared = sum(rate < row["rate"] for rate in rates), rates.count(row["rate"])
        assert 1 <= row["first"] <= below + 1
        assert below + shared <= row["last"] <= len(rates)
        assert row["lowest"] <= row["rate"] <= row["highest"]


@given(areas, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(given_areas: pd.DataFrame, random: object) -> None:
    order = list(range(len(given_areas)))
    random.shuffle(order)  # type: ignore[attr-defined]
    pd.testing.assert_frame_equal(rank(given_areas, 1), rank(given_areas.iloc[order], 1))


@given(areas)
def test_nobody_moving_leaves_only_shared_positions(given_areas: pd.DataFrame) -> None:
    ranked = rank(given_areas, decimals=1, persons=0)
    rates = ranked["rate"].tolist()
    assert ranked["first"].tolist() == [1 + sum(other < rate for other in rates) for rate in rates]
    assert ranked["last"].tolist() == [sum(other <= rate for other in rates) for rate in rates]


@given(areas, st.integers(0, 20))
def test_more_persons_never_make_a_range_narrower(given_areas: pd.DataFrame, persons: int) -> None:
    narrow, wide = rank(given_areas, 1, persons), rank(given_areas, 1, persons + 1)
    assert (wide["first"] <= narrow["first"]).all()
    assert (wide["last"] >= narrow["last"]).all()


@given(areas)
def test_a_range_is_what_counting_again_with_five_more_or_fewer_gives(given_areas: pd.DataFrame) -> None:
    ranked = records(rank(given_areas, decimals=1))
    known = {row["area"]: row for row in records(given_areas)}
    for row in ranked:
        unemployed, force = known[row["area"]]["unemployed"], known[row["area"]]["labour_force"]
        others = [each["rate"] for each in ranked if each["area"] != row["area"]]
        fewer = round(100 * max(unemployed - 5, 0) / force, 1)
        more = round(100 * min(unemployed + 5, force) / force, 1)
        assert row["first"] == 1 + sum(rate < min(fewer, row["rate"]) for rate in others)
        assert row["last"] == 1 + sum(rate <= max(more, row["rate"]) for rate in others)


@pytest.mark.parametrize("rate", [0.0, 100.0])
def test_the_ends_of_the_scale_can_be_ranked(rate: float) -> None:
    assert not math.isnan(rank(frame(("a", rate, rate, 100)), 1)["lowest"].iloc[0])
