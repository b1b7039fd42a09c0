"""Charts: every chart's entry, the kinds that make descriptions, and the drawers that turn one into SVG or a figure."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboards.errors import UnknownChart


@dataclass(frozen=True)
class Chart:
    """One chart: what it shows and whether other areas stand beside the chosen one. Its words are chart.<id>."""

    id: str
    indicator: str
    kind: str = "trend"
    compared: bool = False


@dataclass(frozen=True)
class Told:
    """What a kind makes of a chart: rows, description, a sentence that reads it, its text alternative, notes."""

    frame: pd.DataFrame
    description: Any
    summary: str
    alt: str
    notes: tuple[str, ...] = ()


CHARTS = {
    chart.id: chart
    for chart in (
        Chart("unemployment_rate", "unemployment_rate", compared=True),
        Chart("open_vacancies", "open_vacancies"),
        Chart("new_vacancies", "new_vacancies"),
        Chart("rank_employment_area", "unemployment_rate", kind="ranks"),
        Chart("rank_region", "unemployment_rate", kind="ranks"),
        Chart("rank_country", "unemployment_rate", kind="ranks"),
        Chart("area_map", "unemployment_rate", kind="area_map"),
    )
}


def find_chart(name: str) -> Chart:
    """Return a chart by its id. Raises UnknownChart."""
    try:
        return CHARTS[name]
    except KeyError:
        raise UnknownChart(f"No chart is named {name}; there are {', '.join(CHARTS)}: use one of them.") from None
