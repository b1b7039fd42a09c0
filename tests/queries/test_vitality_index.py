"""The vitality index: its parts sum to it, nothing missing is guessed, and its positions have the ranges they say."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.analysis.vitality_index import (
    EQUAL,
    FIVE_DIMENSIONS,
    PARTS,
    Part,
    index_of,
    position_ranges,
    score,
    weigh,
)

TWO = (Part("up"), Part("down", -1))
ALIKE = {"up": 1.0, "down": 1.0}


def values(**parts: dict[str, float]) -> pd.DataFrame:
    rows = [(area, "2025", part, value) for part, held in parts.items() for area, value in held.items()]
    return pd.DataFrame(rows, columns=["area", "year", "part", "value"])


def index(scores: pd.DataFrame, weights: dict[str, float]) -> dict[str, float]:
    found = index_of(weigh(scores, weights))
    return dict(zip(found["area"], found["value"], strict=True))


numbers = st.floats(-1000, 1000).map(lambda value: round(value, 1))


@given(
    st.lists(st.tuples(*[st.one_of(st.none(), numbers)] * 4), min_size=3, max_size=12),
    st.lists(st.integers(0, 10), min_size=4, max_size=4),
    st.lists(st.sampled_from(["2023", "2024"]), min_size=12, max_size=12),
)
def test_the_parts_sum_to_the_index_for_every_municipality_and_year(
    table: list[tuple[float | None, ...]], weights: list[int], years: list[str]
) -> None:
    parts = [Part(f"p{place}", 1 if place % 2 else -1) for place in range(4)]
    rows = [
        (f"{number:03d}", years[number], part.code, value)
        for number, row in enumerate(table)
        for part, value in zip(parts, row, strict=True)
        if value is not None
    ]
    frame = pd.DataFrame(rows, columns=["area", "year", "part", "value"]).astype({"value": float})
    asked = {part.code: float(weight) for part, weight in zip(parts, weights, strict=True)}
    weighed = weigh(score(frame, parts), asked)
    found = index_of(weighed)
    for row in found.itertuples(index=False):
        own = weighed[(weighed["area"] == row.area) & (weighed["year"] == row.year)]
        assert own["contribution"].sum() == pytest.approx(row.value)
        assert own["share"].sum() == pytest.approx(1.0)
        assert sorted(own["contribution"]) == pytest.approx(sorted(own["share"] * own["score"]))


def test_scores_are_standard_deviations_from_the_mean_and_turned_where_less_is_better() -> None:
    scores = score(values(up={"a": 1.0, "b": 3.0}, down={"a": 1.0, "b": 3.0}), TWO)
    assert dict(zip(zip(scores["area"], scores["part"], strict=True), scores["score"], strict=True)) == {
        ("a", "up"): -1.0, ("b", "up"): 1.0, ("a", "down"): 1.0, ("b", "down"): -1.0
    }  # fmt: skip
    assert index(scores, ALIKE) == {"a": 0.0, "b": 0.0}
    assert index(scores, {"up": 3.0, "down": 1.0}) == {"a": -0.5, "b": 0.5}


def test_a_municipality_without_a_part_in_use_has_no_index_and_moves_no_other() -> None:
    scores = score(values(up={"a": 1.0, "b": 3.0, "c": 2.0}, down={"a": 1.0, "b": 3.0}), TWO)
    assert set(index(scores, ALIKE)) == {"a", "b"}
    assert set(index(scores, {"up": 1.0})) == {"a", "b", "c"}


def test_a_part_that_nobody_has_is_left_out_and_the_others_share_its_weight() -> None:
    weighed = weigh(score(values(up={"a": 1.0, "b": 3.0}), TWO), ALIKE)
    assert set(weighed["part"]) == {"up"}
    assert set(weighed["share"]) == {1.0}


def test_a_part_that_is_the_same_everywhere_scores_zero() -> None:
    scores = score(values(up={"a": 5.0, "b": 5.0}), TWO)
    assert set(scores["score"]) == {0.0}


def test_only_the_proportions_of_the_weights_count() -> None:
    scores = score(values(up={"a": 1.0, "b": 3.0, "c": 4.0}, down={"a": 7.0, "b": 3.0, "c": 1.0}), TWO)
    assert index(scores, {"up": 2.0, "down": 4.0}) == pytest.approx(index(scores, {"up": 1.0, "down": 2.0}))


def test_equal_indices_share_the_better_position() -> None:
    found = index_of(weigh(score(values(up={"a": 1.0, "b": 1.0, "c": 0.0}), TWO), {"up": 1.0}))
    assert dict(zip(found["area"], found["position"], strict=True)) == {"a": 1, "b": 1, "c": 3}


def test_the_range_of_positions_holds_those_with_each_part_left_out() -> None:
    scores = score(values(up={"a": 9.0, "b": 5.0, "c": 1.0}, down={"a": 9.0, "b": 4.0, "c": 1.0}), TWO)
    ranges = position_ranges(scores, {"up": 2.0, "down": 1.0})
    found = {row.area: (row.first, row.last) for row in ranges.itertuples(index=False)}
    assert found == {"a": (1, 3), "b": (2, 2), "c": (1, 3)}


def test_an_area_that_lacks_a_part_takes_no_position_where_that_part_is_left_out() -> None:
    scores = score(values(up={"a": 9.0, "b": 5.0, "x": 99.0}, down={"a": 1.0, "b": 4.0}), TWO)
    ranges = position_ranges(scores, {"up": 2.0, "down": 1.0})
    assert {row.area: (row.first, row.last) for row in ranges.itertuples(index=False)} == {"a": (1, 1), "b": (2, 2)}


def test_the_presets_have_a_weight_for_each_part_and_the_association_has_five() -> None:
    assert len(EQUAL) == len(FIVE_DIMENSIONS) == len(PARTS)
    five = [part.code for part, weight in zip(PARTS, FIVE_DIMENSIONS, strict=True) if weight]
    assert five == [
        "population_change_rate",
        "jobs_change_rate",
        "tax_revenue_change",
        "economic_dependency_change",
        "education_level_change",
    ]
