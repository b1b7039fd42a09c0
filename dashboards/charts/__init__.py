"""Charts: every chart's entry, the kinds that make descriptions, and the drawers that turn one into SVG or a figure."""

from dataclasses import dataclass

import pandas as pd

from dashboards.charts.description import Description
from dashboards.errors import UnknownChart

STRUCTURE = (
    "unemployed_women",
    "unemployed_men",
    "unemployed_under_20",
    "unemployed_under_25",
    "unemployed_over_50",
    "long_term_unemployed",
    "unemployed_disabled",
    "unemployed_foreign",
    "laid_off",
    "reduced_working_week",
)
SERVICES = (
    "in_services_employed",
    "in_services_labour_market_training",
    "in_services_coaching",
    "in_services_trial",
    "in_services_traineeship",
    "in_services_rehabilitative_work",
    "in_services_independent_study",
    "in_services_job_alternation",
    "in_services_other",
)


@dataclass(frozen=True)
class Chart:
    """One chart: its kind, what it shows, and whether other areas stand beside the chosen one.

    Its words are chart.<id>. One that is `measured` follows the reader's choice of rate, persons or index.
    """

    id: str
    indicator: str
    kind: str = "trend"
    indicators: tuple[str, ...] = ()
    compared: bool = False
    measured: bool = False


@dataclass(frozen=True)
class Told:
    """What a kind makes of a chart: rows, description, a sentence that reads it, its text alternative, notes."""

    frame: pd.DataFrame
    description: Description
    summary: str
    alt: str
    notes: tuple[str, ...] = ()


CHARTS = {
    chart.id: chart
    for chart in (
        Chart("unemployment_rate", "unemployment_rate", compared=True, measured=True),
        Chart("home_municipalities", "unemployment_rate", kind="multiples"),
        Chart("structure", "unemployed_jobseekers", kind="structure", indicators=STRUCTURE),
        Chart("services", "in_services", kind="structure", indicators=SERVICES),
        Chart("open_vacancies", "open_vacancies"),
        Chart("new_vacancies", "new_vacancies"),
        Chart("unemployed_per_vacancy", "unemployed_per_vacancy"),
        Chart("beveridge", "unemployment_rate", kind="beveridge"),
        Chart("occupations_unemployed", "unemployed_jobseekers", kind="occupations"),
        Chart("occupations_vacancies", "open_vacancies", kind="occupations"),
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
