"""The employment review of one area and month."""

from functools import partial

from dashboards import format
from dashboards.breaks import break_notes
from dashboards.charts import CHARTS, REVIEW, SERVICES, STRUCTURE, charts_of
from dashboards.charts.beveridge import PARTS
from dashboards.charts.structure import STEPS, structure_month
from dashboards.charts.trend import index_bases, indicator_of, measure_of, shown_areas, stretch
from dashboards.pages.cards import (
    SHORT_TABLE,
    bars_card,
    change_column,
    chart_card,
    describe_series,
    month_card,
    short_of,
)
from dashboards.pages.comparison import describe_map, rankings_of
from dashboards.pages.key_figures import describe_key_figure
from dashboards.pages.months import outside, tell_month
from dashboards.pages.parts import Card, Makers, Page, always, make_cards
from dashboards.periods import shift
from dashboards.provenance import source_line
from dashboards.sentences import summarise
from dashboards.summary import headline
from dashboards.tables import Cell, Column, write_months, write_table
from dashboards.view import view
from dashboards.visit import Visit

SLUG = REVIEW
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
VACANCIES = ("open_vacancies", "new_vacancies", "unemployed_per_vacancy")
COMPARED = ("unemployment_rate",)
ALONE = tuple(dict.fromkeys((*KEY_FIGURES[1:], "labour_force", *STRUCTURE, *SERVICES)))
SHOWN = (*COMPARED, *ALONE)
TABLE = ("unemployment_rate", "labour_force", *KEY_FIGURES[1:])


def describe(visit: Visit) -> Page:
    """Describe the page."""
    stretches = {
        indicator_of(visit, chart): stretch(visit, chart) for chart in charts_of(SLUG) if chart.kind == "trend"
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
        cards=make_cards(visit, CARDS),
        notes=(*break_notes(visit, {**recent, **stretches}), visit.words("note.register_and_survey")),
    )


def describe_rate(visit: Visit) -> Card:
    """Describe the card of the rate, the persons or the index, and of the comparison."""
    chart = CHARTS["unemployment_rate"]
    code, ends = indicator_of(visit, chart), stretch(visit, chart)
    areas = shown_areas(visit, chart, *ends)[0]
    bases = index_bases(visit, areas, *ends)[1] if measure_of(visit, chart) == "index" else {}
    columns = [Column(visit.name(area), Cell(code, area, base=bases.get(area))) for area in areas]
    columns.insert(1, change_column(visit, code))
    return month_card(visit, chart.id, columns, wide=True)


def describe_homes(visit: Visit) -> Card:
    """Describe the card of the home municipalities side by side."""
    chart = CHARTS["home_municipalities"]
    return month_card(
        visit, chart.id, [Column(visit.name(area), Cell(chart.indicator, area)) for area in visit.homes], wide=True
    )


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
    columns = [Column(visit.words(f"indicator.{code}.short"), Cell(code, visit.selection.area)) for code in PARTS]
    periods = sorted(shown.frame["period"].unique().tolist(), reverse=True)
    return chart_card(shown, *write_months(visit, columns, periods))


def describe_occupations(visit: Visit, chart: str) -> list[Card]:
    """Describe an occupations' card; one of them is enough to say that an area's occupations are not held."""
    held = len(visit.occupations) > 0
    if not held and chart != "occupations_unemployed":
        return []
    return [bars_card(visit, chart, visit.words("table.occupation"), wide=not held)]


def describe_measures(visit: Visit) -> Card:
    """Describe the table of the chosen area's key measures, newest months first."""
    area = visit.selection.area
    since, until = stretch(visit, CHARTS["unemployment_rate"])
    frame = visit.figures.rows(TABLE, [area], since, until)
    periods = sorted(frame["period"].unique().tolist(), reverse=True)
    short = visit.selection.view == "chart"
    columns = [Column(visit.words(f"indicator.{code}.short"), Cell(code, area)) for code in TABLE]
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


CARDS: Makers = {
    "unemployment_rate": always(describe_rate),
    **{name: always(describe_groups, name) for name in ("structure", "services")},
    **{name: always(describe_series, name) for name in VACANCIES},
    "beveridge": always(describe_beveridge),
    **{name: partial(describe_occupations, chart=name) for name in ("occupations_unemployed", "occupations_vacancies")},
    "home_municipalities": always(describe_homes),
    **rankings_of(SLUG),
    "area_map": always(describe_map),
    "measures": always(describe_measures),
}
