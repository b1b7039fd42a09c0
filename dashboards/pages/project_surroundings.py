"""Cards of the project's surroundings: the report's rates beside the statistics, official series, and its measures."""

from dataclasses import replace
from functools import partial

from dashboards import format
from dashboards.charts import CHARTS, Chart
from dashboards.charts.project import write_told
from dashboards.pages.cards import chart_card, month_card
from dashboards.pages.parts import Card, Makers
from dashboards.pages.project_results import heads
from dashboards.project_figures import CONFUSED, RATE, VACANCIES, is_confused, is_rounded, rate_pairs
from dashboards.provenance import source_line
from dashboards.tables import NOT_HELD, Cell, Column, write_table
from dashboards.view import view
from dashboards.visit import Visit

RATES, TREND = "project_rates", "project_unemployment"
VACANCY_TRENDS = ("project_open_vacancies", "project_new_vacancies")
MEASURES = ("one", "two", "three", "four")
COMPARED = (("2023-01", "2025-01"), ("2024-10", "2025-10"))
"""The months that the report compares, the earlier one first."""


def describe_rates(visit: Visit) -> list[Card]:
    """Describe the report's rates beside the statistics, with the difference and what explains it."""
    rows = [heads(visit, "municipality", "month", "report", "statistics", "difference", "remark")]
    for area, month, told, official in rate_pairs(visit):
        difference = None if official is None else told - official
        rows.append(
            (
                visit.name(area),
                format.month(visit.words, month),
                write_told(visit, told),
                NOT_HELD if official is None else visit.value(RATE, official),
                NOT_HELD if difference is None else format.signed(visit.words, difference, 1),
                remark(visit, area, month, told, official),
            )
        )
    if len(rows) == 1:
        return []
    card = chart_card(view(RATES, visit), tuple(rows), ())
    return [replace(card, told=tuple(tell_confused(visit)))]


def tell_confused(visit: Visit) -> list[str]:
    """Return which of the report's rates are those of another month, or nothing."""
    names = [visit.name(area) for area, month, told, _ in rate_pairs(visit) if is_confused(visit, area, month, told)]
    if not names:
        return []
    return [visit.words("project.confused", names=format.listed(visit.words, names))]


def remark(visit: Visit, area: str, month: str, told: float, official: float | None) -> str:
    """Return what is known of a rate of the report."""
    if official is None:
        return visit.words("project.rate.not_held")
    if told == official:
        return visit.words("project.rate.agrees")
    if is_rounded(told, official):
        return visit.words("project.rate.rounded")
    if is_confused(visit, area, month, told):
        return visit.words("project.rate.confused", month=format.in_month(visit.words, CONFUSED))
    return visit.words("project.rate.differs")


def describe_trend(visit: Visit) -> list[Card]:
    """Describe the unemployment trend with the project's beginning and end, and its measures beside it."""
    area = visit.selection.area
    if not visit.led:
        return []
    card = month_card(visit, TREND, [Column(visit.words(f"indicator.{RATE}.short"), Cell(RATE, area))], wide=True)
    measures = tuple(visit.words(f"project.measure.{each}") for each in MEASURES)
    return [replace(card, told=(visit.words("project.no_cause"), *measures, visit.words("project.no_dates")))]


def describe_vacancies(visit: Visit, chart: Chart) -> list[Card]:
    """Describe an official series of vacancies; nothing where the chosen area has none."""
    code, area = chart.indicator, visit.selection.area
    if not visit.figures.series(code, area):
        return []
    return [month_card(visit, chart.id, [Column(visit.words(f"indicator.{code}.short"), Cell(code, area))])]


def describe_compared_vacancies(visit: Visit) -> list[Card]:
    """Describe vacancies in the months that the report compares; a month that is not held has its sign."""
    months = [month for pair in COMPARED for month in pair]
    cells = [
        (f"{visit.name(area)}: {visit.label(code)}", [Cell(code, area, month) for month in months])
        for area in visit.homes
        for code in VACANCIES
    ]
    figures = [visit.figures.at(*cell[:3]) for _, line in cells for cell in line]
    if not any(figures):
        return []
    head = [visit.words("project.column.vacancies"), *(format.short_month(visit.words, month) for month in months)]
    rows, legend = write_table(visit, head, cells)
    source = source_line(visit, [figure.release_id for figure in figures if figure])
    told = (visit.words("project.vacancies.claim"), visit.words("project.vacancies.told"))
    title = visit.words("project.vacancies.title")
    return [
        Card("project_vacancies", title, visit.words("project.vacancies.unit"), True, rows, legend, source, told=told)
    ]


SURROUNDINGS: Makers = {
    RATES: describe_rates,
    TREND: describe_trend,
    **{name: partial(describe_vacancies, chart=CHARTS[name]) for name in VACANCY_TRENDS},
    "project_vacancies": describe_compared_vacancies,
}
