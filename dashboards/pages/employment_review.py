"""The employment review of one area and month."""

from dashboards import format
from dashboards.breaks import break_notes, year_on_year
from dashboards.charts import CHARTS, SERVICES, STRUCTURE
from dashboards.charts.beveridge import PARTS
from dashboards.charts.description import Bars
from dashboards.charts.structure import STEPS, structure_month
from dashboards.charts.trend import index_bases, indicator_of, measure_of, shown_areas, stretch
from dashboards.pages.comparison import describe_comparison
from dashboards.pages.parts import Card, KeyFigure, Page
from dashboards.periods import shift
from dashboards.provenance import can_be_fetched, source_line
from dashboards.sentences import summarise
from dashboards.summary import change_words, direction, headline
from dashboards.tables import STATUS_SIGNS, Cell, Column, Rows, write_months, write_table
from dashboards.view import View, view
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
OCCUPATIONS_LACK = ("occupations_unemployed",)
"""One card is enough to say that an area's occupations are not held."""
COMPARED = ("unemployment_rate",)
ALONE = tuple(dict.fromkeys((*KEY_FIGURES[1:], "labour_force", *STRUCTURE, *SERVICES)))
TABLE = ("unemployment_rate", "labour_force", *KEY_FIGURES[1:])
SHORT_TABLE = 24
SPARK_MONTHS = 24
TOLD_ON_KEY_FIGURES = ("derived", "transcript", "press", "projection")


def describe(visit: Visit) -> Page:
    """Describe the page."""
    stretches = {
        indicator_of(visit, chart): stretch(visit, chart) for chart in CHARTS.values() if chart.kind == "trend"
    }
    area = visit.selection.area
    held = [code for code in KEY_FIGURES if visit.figures.series(code, area)]
    recent = dict.fromkeys(held, stretch(visit, CHARTS["unemployment_rate"]))
    return Page(
        slug=SLUG,
        name=visit.words(f"page.{SLUG}.name"),
        headline=headline(visit, visit.month),
        month=visit.month,
        summary=summarise(visit),
        notices=(*tell_month(visit), *outside(visit)),
        key_figures=tuple(describe_key_figure(visit, code, visit.month, area) for code in KEY_FIGURES),
        cards=describe_cards(visit),
        notes=(*break_notes(visit, {**recent, **stretches}), visit.words("note.register_and_survey")),
    )


def describe_cards(visit: Visit) -> tuple[Card, ...]:
    """Describe the cards in their order on the page."""
    occupations = ("occupations_unemployed", "occupations_vacancies") if len(visit.occupations) else OCCUPATIONS_LACK
    return (
        describe_rate(visit),
        describe_groups(visit, "structure"),
        describe_groups(visit, "services"),
        *(describe_series(visit, code) for code in ("open_vacancies", "new_vacancies", "unemployed_per_vacancy")),
        describe_beveridge(visit),
        *(describe_occupations(visit, code) for code in occupations),
        describe_homes(visit),
        *describe_comparison(visit),
        describe_measures(visit),
    )


def outside(visit: Visit) -> list[str]:
    """Return a notice when the chosen years have no month of the area's rate."""
    held, selection = visit.figures.series("unemployment_rate", visit.selection.area), visit.selection
    if held and (selection.since > max(held) or (selection.until and selection.until < min(held))):
        return [visit.words("notice.outside")]
    return []


def tell_month(visit: Visit) -> list[str]:
    """Return what must be said of the month that is shown, where it is not simply the one that was asked for."""
    held = visit.figures.series("unemployment_rate", visit.selection.area)
    newest, asked = max(held, default=""), visit.selection.month
    if not held:
        return [visit.words("notice.no_rate", name=visit.name(visit.selection.area))]
    if not asked or asked in held:
        return []
    words = {"asked": format.month(visit.words, asked), "newest": format.month(visit.words, newest)}
    if asked > newest:
        return [visit.words("notice.month_later", **words)]
    return [visit.words("notice.month_earlier" if asked < min(held) else "notice.month_not_held", **words)]


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
        spark=spark(visit, code, area, figure.period),
    )


def spark(visit: Visit, code: str, area: str, until: str) -> tuple[float | None, ...]:
    """Return an indicator's values of two years up to a month; None where a month has none."""
    series = visit.figures.series(code, area)
    figures = (series.get(shift(until, -back)) for back in range(SPARK_MONTHS, -1, -1))
    return tuple(figure.value if figure else None for figure in figures)


def describe_rate(visit: Visit) -> Card:
    """Describe the card of the rate, the persons or the index, and of the comparison."""
    chart = CHARTS["unemployment_rate"]
    code, ends = indicator_of(visit, chart), stretch(visit, chart)
    areas = shown_areas(visit, chart, *ends)[0]
    bases = index_bases(visit, areas, *ends)[1] if measure_of(visit, chart) == "index" else {}
    columns = [Column(visit.name(area), code, area, base=bases.get(area)) for area in areas]
    columns.insert(1, change_column(visit, code))
    return month_card(visit, chart.id, columns, wide=True)


def change_column(visit: Visit, code: str) -> Column:
    """Return the column of the chosen area's change on the year."""
    heading = visit.words(f"table.change.{visit.catalogue.indicators[code].unit}")
    return Column(heading, code, visit.selection.area, change=True)


def describe_series(visit: Visit, code: str) -> Card:
    """Describe a card of one measure: a stock and a flow have a card each, never one axis."""
    heading = visit.words(f"indicator.{code}.short")
    return month_card(visit, code, [Column(heading, code, visit.selection.area), change_column(visit, code)])


def describe_homes(visit: Visit) -> Card:
    """Describe the card of the home municipalities side by side."""
    chart = CHARTS["home_municipalities"]
    return month_card(
        visit, chart.id, [Column(visit.name(area), chart.indicator, area) for area in visit.homes], wide=True
    )


def month_card(visit: Visit, chart: str, columns: list[Column], wide: bool = False) -> Card:
    """Describe a chart's card; the table has the chart's own months, the short one only the newest."""
    shown = view(chart, visit)
    periods = sorted(shown.frame["period"].unique().tolist(), reverse=True)
    short = visit.selection.view == "chart"
    rows, legend = write_months(visit, columns, short_of(visit, periods) if short else periods)
    return chart_card(shown, rows, legend, wide, all_months=not short or len(periods) <= SHORT_TABLE)


def chart_card(shown: View, rows: Rows, legend: tuple[str, ...], wide: bool = False, all_months: bool = True) -> Card:
    """Describe a card of a view and its table."""
    description = shown.description
    return Card(description.id, shown.title, description.unit, wide, rows, legend, shown.source_line, shown, all_months)


def describe_groups(visit: Visit, chart: str) -> Card:
    """Describe a card of counts, now and before, with the change on the year in its table."""
    shown = view(chart, visit)
    area, held = visit.selection.area, set(shown.frame["indicator"])
    if not held:
        return chart_card(shown, (), ())
    month = structure_month(visit, CHARTS[chart])
    year_ago, long_ago = (shift(month, STEPS[step]) for step in ("year_ago", "five_years_ago"))
    head = [
        visit.words("table.group"),
        *(format.short_month(visit.words, each) for each in (month, year_ago)),
        visit.words("table.change.persons"),
        format.short_month(visit.words, long_ago),
    ]
    cells = ((month, False), (year_ago, False), (month, True), (long_ago, False))
    lines = [
        (visit.label(code), [Cell(code, area, period, change) for period, change in cells])
        for code in CHARTS[chart].indicators
        if code in held
    ]
    return chart_card(shown, *write_table(visit, head, lines))


def describe_beveridge(visit: Visit) -> Card:
    """Describe the card of unemployment against vacancies, a row for each year."""
    shown = view("beveridge", visit)
    columns = [Column(visit.words(f"indicator.{code}.short"), code, visit.selection.area) for code in PARTS]
    periods = sorted(shown.frame["period"].unique().tolist(), reverse=True)
    return chart_card(shown, *write_months(visit, columns, periods))


def describe_occupations(visit: Visit, chart: str) -> Card:
    """Describe a card of occupations; its table has the bars' own figures."""
    shown = view(chart, visit)
    bars = shown.description
    assert isinstance(bars, Bars)
    if bars.is_empty:
        return chart_card(shown, (), ())
    head = (visit.words("table.occupation"), *(series.label for series in bars.series))
    return chart_card(shown, (head, *((row.label, *(bar.text for bar in row.bars)) for row in bars.rows)), ())


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
