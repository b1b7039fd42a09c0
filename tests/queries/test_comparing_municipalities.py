"""What makes municipalities comparable: rates of change, whole years of quarters, and those that are alike."""

from collections.abc import Mapping

import pandas as pd

from queries.analysis.rates_of_change import change_on_year, rate_of_flow
from queries.analysis.similar import nearest
from queries.analysis.whole_years import difference_of, whole_years
from queries.catalogue import load_catalogue

COLUMNS = ["indicator", "area", "period", "value", "status", "origin", "release_id"]


def series(code: str, values: Mapping[str, float | None], area: str = "305") -> pd.DataFrame:
    rows = [(code, area, period, value, "", "published", 1) for period, value in values.items()]
    return pd.DataFrame(rows, columns=COLUMNS).astype({"value": float})


def told(frame: pd.DataFrame) -> dict[str, float]:
    return dict(zip(frame["period"], frame["value"], strict=True))


def test_a_rate_is_of_the_population_at_the_beginning_of_the_year() -> None:
    change = series("population_change", {"2025": -76.0})
    found = rate_of_flow(change, series("population", {"2025": 14800.0}), change, "population_change_rate", 2)
    assert told(found) == {"2025": round(-100 * 76 / 14876, 2)}
    assert set(found["origin"]) == {"derived"} and set(found["indicator"]) == {"population_change_rate"}


def test_a_year_without_the_year_before_has_no_change() -> None:
    jobs = series("jobs", {"2016": 5832.0, "2017": 5939.0, "2019": 5993.0})
    assert told(change_on_year(jobs, "jobs_change_rate", 2, relative=True)) == {"2017": 1.83}
    ratio = series("economic_dependency_ratio", {"2016": 170.0, "2017": 163.5})
    assert told(change_on_year(ratio, "economic_dependency_change", 1, relative=False)) == {"2017": -6.5}


def test_four_quarters_make_a_year_and_three_make_none() -> None:
    quarters = {f"2023Q{quarter}": 10.0 for quarter in range(1, 5)} | {"2024Q1": 1.0, "2024Q2": 2.0, "2024Q3": 3.0}
    found = whole_years(series("enterprise_openings", quarters), load_catalogue().indicators)
    assert told(found) == {"2023": 40.0}


def test_a_year_with_a_hidden_quarter_has_no_sum() -> None:
    quarters = {"2023Q1": 1.0, "2023Q2": None, "2023Q3": 1.0, "2023Q4": 1.0}
    assert told(whole_years(series("enterprise_openings", quarters), load_catalogue().indicators)) == {}


def test_of_a_stock_the_last_quarter_stands_for_the_year_and_is_never_summed() -> None:
    quarters = {f"2023Q{quarter}": 100.0 + quarter for quarter in range(1, 5)} | {"2024Q1": 90.0}
    found = whole_years(series("enterprise_stock", quarters), load_catalogue().indicators)
    assert told(found) == {"2023": 104.0}


def test_a_net_is_told_of_the_years_that_both_have() -> None:
    opened, closed = series("enterprise_openings", {"2022": 9.0, "2023": 8.0}), series("x", {"2023": 11.0})
    assert told(difference_of(opened, closed, "enterprise_net")) == {"2023": -3.0}


def test_the_nearest_are_alike_in_every_feature_measured_in_its_own_spread() -> None:
    features = pd.DataFrame(
        {"size": [1.0, 1.1, 1.0, 9.0], "old": [30.0, 31.0, 10.0, 30.0], "unknown": [None] * 4},
        index=["305", "832", "091", "049"],
    ).astype(float)
    assert nearest(features, "305", 2) == ["832", "091"]


def test_nobody_is_like_one_of_whom_nothing_is_known() -> None:
    features = pd.DataFrame({"size": [None, 1.0, 2.0]}, index=["305", "832", "091"]).astype(float)
    assert nearest(features, "305", 2) == []
    assert nearest(pd.DataFrame(index=["305", "832"], dtype=float), "305", 2) == []
    assert nearest(features, "SSS", 2) == []
