"""Euros for each head: of the month, else of the newest year end; none where nobody is counted."""

import pandas as pd

from queries.analysis.per_head import per_head

COLUMNS = ["indicator", "area", "period", "value", "status", "origin", "release_id"]


def rows(code: str, *cells: tuple[str, str, float | None]) -> pd.DataFrame:
    lines = [
        (code, area, period, value, "" if value is not None else "suppressed", "published", 1)
        for area, period, value in cells
    ]
    return pd.DataFrame(lines, columns=COLUMNS).astype({"value": "float64"})


def counted(measure: pd.DataFrame, heads: pd.DataFrame) -> dict[tuple[str, str], float | None]:
    found = per_head(measure, heads, "each", 2)
    assert set(found["indicator"]) <= {"each"} and set(found["origin"]) <= {"derived"}
    return {
        (area, period): None if value != value else value
        for area, period, value in zip(found["area"], found["period"], found["value"], strict=True)
    }


def test_heads_of_the_month_come_before_those_of_a_year_end() -> None:
    heads = rows("heads", ("305", "2026-03", 50), ("305", "2025", 100))
    assert counted(rows("eur", ("305", "2026-03", 10), ("305", "2026-04", 10)), heads) == {
        ("305", "2026-03"): 0.2,
        ("305", "2026-04"): 0.1,
    }


def test_a_year_end_counts_for_the_months_after_it_and_two_years_at_most() -> None:
    heads = rows("heads", ("305", "2023", 10))
    months = ("2023-12", "2024-01", "2025-12", "2026-01")
    found = counted(rows("eur", *(("305", month, 5.0) for month in months)), heads)
    assert found == {("305", "2024-01"): 0.5, ("305", "2025-12"): 0.5}


def test_what_is_hidden_stays_hidden_and_nobody_is_divided_by() -> None:
    heads = rows("heads", ("305", "2025", 10), ("832", "2025", 0), ("614", "2025", None))
    measure = rows("eur", ("305", "2026-01", None), ("832", "2026-01", 5), ("614", "2026-01", 5))
    assert counted(measure, heads) == {("305", "2026-01"): None}
