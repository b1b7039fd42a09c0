"""A measure for each head: euros for an inhabitant or for an unemployed person. Pure: series in, series out.

Heads that are counted once a year are those of the newest year end that is not later than the month: the population of
31 December 2025 stands below each month of 2026.
"""

from collections.abc import Mapping

import pandas as pd


def per_head(measure: pd.DataFrame, heads: pd.DataFrame, code: str, decimals: int) -> pd.DataFrame:
    """Divide a measure by heads in each area and month; rows of the frame of `measure`, with another indicator.

    Both frames have the columns of a series (indicator, area, period, value, status, origin, release_id). Periods of
    heads are months, or years whose end counts. A month without heads, or with none, has no row; a value that is
    hidden stays so. The origin is `derived`.
    """
    found = held_heads(heads)
    places = zip(measure["area"], measure["period"], strict=True)
    persons = [heads_at(found.get(area, {}), period) for area, period in places]
    known = measure.assign(persons=pd.Series(persons, index=measure.index, dtype=float)).dropna(subset=["persons"])
    ratio = (known["value"] / known["persons"]).round(decimals)
    return known.assign(indicator=code, value=ratio, origin="derived")[list(measure.columns)]


def held_heads(heads: pd.DataFrame) -> dict[str, dict[str, float]]:
    """Return the heads by area and period; none where they are hidden or zero."""
    found: dict[str, dict[str, float]] = {}
    for area, period, value in zip(heads["area"], heads["period"], heads["value"], strict=True):
        if value == value and value > 0:
            found.setdefault(area, {})[period] = float(value)
    return found


def heads_at(held: Mapping[str, float], month: str) -> float | None:
    """Return the heads of a month, else those of the newest year end before it, at most two years old."""
    if month in held:
        return held[month]
    return next((held[year] for year in (str(int(month[:4]) - back) for back in (1, 2)) if year in held), None)
