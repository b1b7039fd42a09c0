"""The municipally co-funded unemployment benefit of one area and month: recipients, euros, the municipality's share."""

from collections.abc import Sequence
from functools import partial

from dashboards.benefit_figures import ALONE, COMPARED, FOR_EACH, POPULATION
from dashboards.benefit_sentences import benefit_headline, summarise_benefit
from dashboards.breaks import break_notes
from dashboards.charts import (
    BENEFIT,
    BESIDE_BENEFIT,
    CHARTS,
    OLD_SHARE,
    PAID,
    PER_INHABITANT,
    PER_UNEMPLOYED,
    RECIPIENTS,
    SHARE,
    Chart,
    charts_of,
)
from dashboards.charts.trend import shown_areas, stretch
from dashboards.pages.benefit_sums import (
    STATE,
    describe_net,
    describe_old_years,
    describe_sums,
    press_card,
    sum_figures,
)
from dashboards.pages.cards import bars_card, change_column, describe_series, month_card
from dashboards.pages.comparison import describe_known
from dashboards.pages.key_figures import describe_key_figure
from dashboards.pages.months import outside, tell_month
from dashboards.pages.parts import Card, Makers, Page, always, make_cards
from dashboards.provenance import source_line
from dashboards.tables import Cell, Column
from dashboards.visit import Visit
from dashboards.year_forecast import tell_forecast
from queries.analysis.forecast import BILLING_BREAK, barriers_of, forecast_year

SLUG = BENEFIT
KEY_FIGURES = (SHARE, PAID, RECIPIENTS, PER_INHABITANT, PER_UNEMPLOYED)
SHOWN = (*COMPARED, *ALONE, *FOR_EACH)
LAST = "9999"
FACTS = ("days", "steps", "services", "outside", "basic_part", "residence", "persons", "old_model")


def describe(visit: Visit) -> Page:
    """Describe the page."""
    area, month = visit.selection.area, visit.month
    shown = [chart for chart in charts_of(SLUG) if chart.kind == "trend" and held(visit, chart)]
    return Page(
        slug=SLUG,
        name=visit.words(f"page.{SLUG}.name"),
        headline=benefit_headline(visit),
        month=month,
        summary=summarise_benefit(visit),
        notices=(*(tell_month(visit) if visit.led else tell_lack(visit)), *outside(visit)),
        key_figures=(
            *(describe_key_figure(visit, code, month or LAST, area) for code in shown_figures(visit)),
            *sum_figures(visit),
        ),
        cards=make_cards(visit, CARDS),
        notes=tuple(break_notes(visit, {chart.indicator: stretch(visit, chart) for chart in shown})),
    )


def shown_figures(visit: Visit) -> list[str]:
    """Return the indicators of the key figures; without the new model's figures what stands beside it."""
    codes = KEY_FIGURES if visit.led else BESIDE_BENEFIT
    return [code for code in codes if visit.figures.series(code, visit.selection.area)]


def held(visit: Visit, chart: Chart) -> bool:
    """Tell whether the chosen area has a figure for a chart of periods."""
    return bool(visit.figures.series(chart.indicator, visit.selection.area))


def tell_lack(visit: Visit) -> list[str]:
    """Return why there are no figures: none of such areas are published, none are held, or an ingest brings them."""
    level = visit.edition.areas[visit.selection.area].level
    if level not in ("municipality", *visit.catalogue.indicators[SHARE].levels):
        return [visit.words("benefit.no_level", name=visit.name(visit.selection.area))]
    if visit.selection.as_of or not visit.edition.lacks(visit.catalogue.indicators[SHARE].owners):
        return tell_month(visit)
    return [visit.words("benefit.after_ingest")]


def describe_share(visit: Visit) -> list[Card]:
    """Describe the share of the new model; beside that of the old one, on one scale, never as one line."""
    if not visit.led:
        return []
    return [month_card(visit, SHARE, share_columns(visit), wide=not held(visit, CHARTS[OLD_SHARE]))]


def describe_held(visit: Visit, chart: Chart) -> list[Card]:
    """Describe a card of months or years: alone with its change, or beside the compared areas."""
    if not held(visit, chart):
        return []
    if not chart.compared:
        return [describe_series(visit, chart.id)]
    # of a figure a year those areas have a column that have one
    areas = areas_held(visit, chart) if chart.id in BESIDE_BENEFIT else areas_shown(visit, chart)
    return [month_card(visit, chart.id, [Column(visit.name(area), Cell(chart.indicator, area)) for area in areas])]


def held_of(*names: str) -> Makers:
    """Return how some charts of months or years are made; without a figure of the area each is left out."""
    return {name: partial(describe_held, chart=CHARTS[name]) for name in names}


def share_columns(visit: Visit) -> list[Column]:
    """Return the columns of the main table: the share, its change, and what it is a share of."""
    area = visit.selection.area
    more = [Column(visit.words(f"indicator.{code}.short"), Cell(code, area)) for code in (PAID, RECIPIENTS)]
    return [Column(visit.words(f"indicator.{SHARE}.short"), Cell(SHARE, area)), change_column(visit, SHARE), *more]


def areas_shown(visit: Visit, chart: Chart) -> Sequence[str]:
    """Return the chosen and the compared areas."""
    return shown_areas(visit, chart, *stretch(visit, chart))[0]


def areas_held(visit: Visit, chart: Chart) -> Sequence[str]:
    """Return those of the chosen and the compared areas that have a figure of a chart."""
    return [area for area in visit.selection.areas if visit.figures.series(chart.indicator, area)]


def describe_breakdown(visit: Visit, chart: Chart) -> list[Card]:
    """Describe what the newest month is made of, where the publisher tells."""
    if not visit.month or visit.month not in visit.parts_of(chart.indicator, chart.dimension)["period"].tolist():
        return []
    return [bars_card(visit, chart.id, visit.words(f"dimension.{chart.dimension}"))]


def describe_rank(visit: Visit, chart: str) -> list[Card]:
    """Describe a ranking; nothing where the chosen area itself has no such figure."""
    return describe_known(visit, chart) if held(visit, CHARTS[PER_INHABITANT]) else []


def describe_forecast(visit: Visit) -> list[Card]:
    """Describe what the year is expected to cost, or say why nothing is expected."""
    if not visit.led:
        return []
    series = {period: figure.value for period, figure in visit.led.items() if period <= visit.month}
    barriers = (*barriers_of(visit.edition.breaks, [SHARE]), BILLING_BREAK)
    told = tell_forecast(
        visit.words, forecast_year(visit.catalogue.indicators[SHARE], series, barriers), visit.month[:4]
    )
    releases = [figure.release_id for figure in visit.led.values()]
    source = source_line(visit, releases)
    notes = (told.note,) if told.note else ()
    return [
        Card("forecast", told.title, told.unit, False, told.table, notes, source, told=told.sentences),
    ]


def describe_facts(visit: Visit) -> Card:
    """Describe what counts and what stops the share, and what the figures do not hold."""
    words = visit.words
    facts = tuple(words(f"benefit.fact.{name}") for name in FACTS)
    if not visit.figures.series(STATE, visit.selection.area):
        facts += (words("benefit.fact.state"),)
    population = visit.figures.newest(POPULATION, visit.selection.area, "9999")
    if population and visit.led:
        facts += (words("benefit.fact.population", year=population.period[:4]),)
    return Card("facts", words("benefit.facts"), "", True, (), (), "", told=facts)


CARDS: Makers = {
    SHARE: describe_share,
    **held_of(OLD_SHARE, PAID, RECIPIENTS),
    "sums": describe_sums,
    "state": describe_net,
    **{chart.id: partial(describe_breakdown, chart=chart) for chart in charts_of(SLUG) if chart.dimension},
    **held_of(PER_INHABITANT, PER_UNEMPLOYED),
    **{chart.id: partial(describe_rank, chart=chart.id) for chart in charts_of(SLUG) if chart.kind == "ranks"},
    "old_years": describe_old_years,
    **held_of(*BESIDE_BENEFIT),
    "press": press_card,
    "forecast": describe_forecast,
    "facts": always(describe_facts),
}
