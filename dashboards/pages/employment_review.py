"""The employment review of one area and month."""

from dashboards import format
from dashboards.breaks import break_notes, year_on_year
from dashboards.charts import CHARTS
from dashboards.charts.trend import stretch
from dashboards.pages.comparison import describe_comparison
from dashboards.pages.parts import Card, KeyFigure, Page
from dashboards.provenance import can_be_fetched, source_line
from dashboards.summary import change_words, direction, headline
from dashboards.tables import STATUS_SIGNS, Column, write_months
from dashboards.view import view
from dashboards.visit import Visit

SLUG = "tyollisyyskatsaus"
KEY_FIGURES = (
    "unemployment_rate",
    "unemployed_jobseekers",
    "long_term_unemployed",
    "unemployed_under_25",
    "open_vacancies",
    "new_vacancies",
    "unemployed_per_vacancy",
    "activation_rate",
)
COMPARED = ("unemployment_rate",)
ALONE = (*KEY_FIGURES[1:], "labour_force")
TABLE = ("unemployment_rate", "labour_force", *KEY_FIGURES[1:])
SHORT_TABLE = 24
TOLD_ON_KEY_FIGURES = ("derived", "transcript", "press", "projection")


def describe(visit: Visit) -> Page:
    """Describe the page."""
    month, notices = choose_month(visit)
    stretches = {chart.indicator: stretch(visit, chart) for chart in CHARTS.values() if chart.kind == "trend"}
    area = visit.selection.area
    held = [code for code in KEY_FIGURES if visit.figures.series(code, area)]
    recent = dict.fromkeys(held, stretches["unemployment_rate"])
    return Page(
        slug=SLUG,
        name=visit.words(f"page.{SLUG}.name"),
        headline=headline(visit, month),
        month=month,
        notices=(*notices, *outside(visit)),
        key_figures=tuple(describe_key_figure(visit, code, month, area) for code in KEY_FIGURES),
        cards=(
            describe_rate(visit),
            describe_vacancies(visit, "open_vacancies"),
            describe_vacancies(visit, "new_vacancies"),
            describe_measures(visit),
            *describe_comparison(visit),
        ),
        notes=(*break_notes(visit, {**recent, **stretches}), visit.words("note.register_and_survey")),
    )


def outside(visit: Visit) -> list[str]:
    """Return a notice when the chosen years have no month of the area's rate."""
    held, selection = visit.figures.series("unemployment_rate", visit.selection.area), visit.selection
    if held and (selection.since > max(held) or (selection.until and selection.until < min(held))):
        return [visit.words("notice.outside")]
    return []


def choose_month(visit: Visit) -> tuple[str, list[str]]:
    """Return the month that the page is for, and what must be said of the choice.

    The default is the newest month of the area's unemployment rate.
    """
    held = visit.figures.series("unemployment_rate", visit.selection.area)
    newest, asked = max(held, default=""), visit.selection.month
    if not held:
        return asked, [visit.words("notice.no_rate", name=visit.name(visit.selection.area))]
    if not asked:
        return newest, []
    words = {"asked": format.month(visit.words, asked), "newest": format.month(visit.words, newest)}
    if asked > newest:
        return newest, [visit.words("notice.month_later", **words)]
    if asked < min(held):
        return newest, [visit.words("notice.month_earlier", **words)]
    if asked not in held:
        return asked, [visit.words("notice.month_not_held", **words)]
    return asked, []


def describe_key_figure(visit: Visit, code: str, month: str, area: str) -> KeyFigure:
    """Describe an indicator's newest figure of an area that is not later than a month."""
    figure = visit.figures.newest(code, area, month)
    facts = visit.catalogue.indicators[code]
    label, unit = visit.label(code), "" if facts.unit == "percent" else visit.unit(code)
    if figure is None:
        note = visit.words("value.none_shipped" if can_be_fetched(visit, code, area) else "value.none_note")
        return KeyFigure(code, label, visit.words("value.none"), "", "", "", "", (note,))
    period = format.month(visit.words, figure.period)
    notes = [visit.words(f"status.{figure.status}.name")] if figure.status else []
    if figure.value is None:
        return KeyFigure(code, label, STATUS_SIGNS.get(figure.status, ".."), "", period, "", "", tuple(notes))
    if figure.origin in TOLD_ON_KEY_FIGURES:
        notes.append(visit.words(f"origin.{figure.origin}.name"))
    change = year_on_year(visit, code, area, figure.period)
    return KeyFigure(
        code=code,
        label=label,
        value=visit.value(code, figure.value),
        unit=unit,
        period=period,
        direction=direction(change),
        change=change_words(visit, code, change),
        notes=tuple(notes),
    )


def describe_rate(visit: Visit) -> Card:
    """Describe the card of the unemployment rate and its comparison."""
    areas = visit.selection.areas
    code = "unemployment_rate"
    columns = [Column(visit.name(area), code, area) for area in areas]
    columns.insert(1, Column(visit.words("table.change.percent"), code, areas[0], change=True))
    return chart_card(visit, code, columns, wide=True)


def describe_vacancies(visit: Visit, code: str) -> Card:
    """Describe a card of vacancies: the stock and the flow have a card each, never one axis."""
    area = visit.selection.area
    columns = [
        Column(visit.words(f"indicator.{code}.short"), code, area),
        Column(visit.words("table.change.vacancies"), code, area, change=True),
    ]
    return chart_card(visit, code, columns, wide=False)


def chart_card(visit: Visit, chart: str, columns: list[Column], wide: bool) -> Card:
    """Describe a chart's card; the table has the chart's own months, the short one only the newest."""
    shown = view(chart, visit)
    periods = sorted(shown.frame["period"].unique().tolist(), reverse=True)
    short = visit.selection.view == "chart"
    rows, legend = write_months(visit, columns, short_of(visit, periods) if short else periods)
    return Card(
        id=chart,
        title=shown.title,
        unit=shown.description.unit,
        wide=wide,
        table=rows,
        legend=legend,
        source_line=shown.source_line,
        view=shown,
        all_months=not short or len(periods) <= SHORT_TABLE,
    )


def short_of(visit: Visit, periods: list[str]) -> list[str]:
    """Return the newest months that a short table has room for, back from the chosen month where one is chosen."""
    month = visit.selection.month
    return [each for each in periods if not month or each <= month][:SHORT_TABLE] or periods[:SHORT_TABLE]


def describe_measures(visit: Visit) -> Card:
    """Describe the table of the chosen area's key measures, newest months first."""
    area = visit.selection.area
    since, until = stretch(visit, CHARTS["unemployment_rate"])
    frame = visit.figures.rows(TABLE, [area], since, until)
    periods = sorted(frame["period"].unique().tolist(), reverse=True)
    short = visit.selection.view == "chart"
    columns = [Column(visit.words(f"indicator.{code}.short"), code, area) for code in TABLE]
    rows, legend = write_months(visit, columns, short_of(visit, periods) if short else periods)
    return Card(
        id="measures",
        title=visit.words("card.measures.title", name=visit.name(area)),
        unit=visit.words("card.measures.unit"),
        wide=True,
        table=rows,
        legend=legend,
        source_line=source_line(visit, frame["release_id"].unique().tolist()),
        all_months=not short or len(periods) <= SHORT_TABLE,
    )
