"""Sums are made of all parts or not at all, of what is additive, and say whose figures they are."""

import pandas as pd
import pytest

from ingest.errors import LayoutChanged
from ingest.source import FRAME_COLUMNS
from ingest.sums import age_group, in_age_groups, with_areas

Row = tuple[str, str, str, str, float | None, str]
KOILLISMAA = ("305", "832")


def frame_of(*rows: Row, origin: str = "published") -> pd.DataFrame:
    """Make a frame of 2025: indicator, area, dimension, category, value, status."""
    parts = [
        (indicator, area, "2025", dimension, category, value, status, origin)
        for indicator, area, dimension, category, value, status in rows
    ]
    return pd.DataFrame(parts, columns=list(FRAME_COLUMNS)).astype({"value": "float64"})


def births(*values: float | None, status: str = "") -> pd.DataFrame:
    """Make births of Kuusamo and Taivalkoski; where there is none, the status says why."""
    return frame_of(
        *(
            ("births", area, "", "", value, "" if value is not None else status)
            for area, value in zip(KOILLISMAA, values, strict=False)
        )
    )


def summed(frame: pd.DataFrame, area: str) -> list[tuple[float, str, str]]:
    """Return value, status and origin of the rows of an area."""
    rows = frame[frame["area"].astype(str) == area]
    return [
        (value, str(status), str(origin))
        for value, status, origin in rows[["value", "status", "origin"]].itertuples(index=False)
    ]


def test_a_sub_region_is_the_sum_of_its_municipalities_and_says_so() -> None:
    assert summed(with_areas(births(94, 19)), "SK178") == [(113, "", "derived")]


def test_a_sum_without_one_of_its_municipalities_is_not_made() -> None:
    assert summed(with_areas(births(94)), "SK178") == []


@pytest.mark.parametrize("status", ["suppressed", "missing", "not_applicable"])
def test_a_sum_with_a_part_that_has_no_value_has_none_and_says_why(status: str) -> None:
    (value, said, origin), *others = summed(with_areas(births(94, None, status=status)), "SK178")
    assert (pd.isna(value), said, origin, others) == (True, status, "derived", [])


def test_a_sum_of_a_projection_is_a_projection_and_one_of_preliminary_figures_is_preliminary() -> None:
    projected = births(94, 19).assign(indicator="projected_population", origin="projection")
    assert summed(with_areas(projected), "SK178") == [(113, "", "projection")]
    preliminary = births(94, 19).assign(status="preliminary")
    assert summed(with_areas(preliminary), "SK178") == [(113, "preliminary", "derived")]


def test_what_is_published_is_not_summed_again() -> None:
    published = pd.concat([births(94, 19), frame_of(("births", "SK178", "", "", 114, ""))])
    assert summed(with_areas(published), "SK178") == [(114, "", "published")]


@pytest.mark.parametrize("indicator", ["share_under_15", "in_migration_intermunicipal", "median_income"])
def test_what_is_not_additive_is_not_summed(indicator: str) -> None:
    assert summed(with_areas(births(94, 19).assign(indicator=indicator)), "SK178") == []


def test_an_age_belongs_to_five_years_and_the_oldest_to_a_group_of_its_own() -> None:
    assert [age_group(age) for age in ("000", "004", "047", "099", "100-")] == ["0-4", "0-4", "45-49", "95-99", "100-"]


def by_age(*ages: str, dimension: str = "age", ending: str = "") -> pd.DataFrame:
    """Make one person of each age in Kuusamo."""
    return frame_of(*(("population", "305", dimension, age + ending, 1, "") for age in ages))


def test_years_of_age_are_put_together_by_five_also_beside_the_sex() -> None:
    grouped = in_age_groups(by_age("015", "016", "017", "018", "019", dimension="age,sex", ending=",2"))
    assert grouped[["dimension", "category", "value"]].to_numpy().tolist() == [["age,sex", "15-19,2", 5.0]]


def test_an_age_group_that_lacks_a_year_is_refused() -> None:
    with pytest.raises(LayoutChanged, match="4 years of 15-19"):
        in_age_groups(by_age("015", "016", "018", "019"))


def test_rows_without_age_stay_as_they_are() -> None:
    women = frame_of(("population", "305", "sex", "2", 7325, ""))
    assert in_age_groups(women).equals(women)
