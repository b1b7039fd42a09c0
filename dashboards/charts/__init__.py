"""Charts: every chart's entry, the kinds that make descriptions, and the drawers that turn one into SVG or a figure."""

from dataclasses import dataclass

from dashboards.errors import UnknownChart


@dataclass(frozen=True)
class Chart:
    """One chart: what it shows and whether other areas stand beside the chosen one. Its words are chart.<id>."""

    id: str
    indicator: str
    compared: bool = False


CHARTS = {
    chart.id: chart
    for chart in (
        Chart("unemployment_rate", "unemployment_rate", compared=True),
        Chart("open_vacancies", "open_vacancies"),
        Chart("new_vacancies", "new_vacancies"),
    )
}


def find_chart(name: str) -> Chart:
    """Return a chart by its id. Raises UnknownChart."""
    try:
        return CHARTS[name]
    except KeyError:
        raise UnknownChart(f"No chart is named {name}; there are {', '.join(CHARTS)}: use one of them.") from None
