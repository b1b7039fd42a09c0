"""The municipally co-funded unemployment benefit of one area and month: recipients, euros, the municipality's share."""

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
from dashboards.pages.comparison import describe_rankings
from dashboards.pages.key_figures import describe_key_figure
from dashboards.pages.months import outside, tell_month
from dashboards.pages.parts import Card, Page
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
        cards=describe_cards(visit),
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


def describe_cards(visit: Visit) -> tuple[Card, ...]:
    """Describe the cards in their order on the page; without a figure of the area a chart is left out."""
    trends = [CHARTS[code] for code in (PAID, RECIPIENTS)]
    return (
        *describe_models(visit),
        *(describe_series(visit, chart.id) for chart in trends if held(visit, chart)),
        *describe_sums(visit),
        *describe_net(visit),
        *describe_breakdowns(visit),
        *(
            describe_compared(visit, CHARTS[code])
            for code in (PER_INHABITANT, PER_UNEMPLOYED)
            if held(visit, CHARTS[code])
        ),
        *(describe_rankings(visit, SLUG) if held(visit, CHARTS[PER_INHABITANT]) else ()),
        *describe_old_years(visit),
        *describe_yearly(visit),
        *press_card(visit),
        *describe_forecast(visit),
        describe_facts(visit),
    )


def describe_models(visit: Visit) -> list[Card]:
    """Describe the share of the new model and of the old one side by side, on one scale, never as one line."""
    with_old = held(visit, CHARTS[OLD_SHARE])
    new = [describe_share(visit, wide=not with_old)] if visit.led else []
    return [*new, *([describe_series(visit, OLD_SHARE)] if with_old else [])]


def describe_share(visit: Visit, wide: bool = False) -> Card:
    """Describe the card of the share of the new model."""
    return month_card(visit, SHARE, share_columns(visit), wide)


def describe_trend(visit: Visit, chart: Chart) -> Card:
    """Describe a card of months or years: of a figure a year those areas have a column that have one."""
    if chart.id in BESIDE_BENEFIT:
        return month_card(visit, chart.id, columns_held(visit, chart))
    return describe_compared(visit, chart) if chart.compared else describe_series(visit, chart.id)


def share_columns(visit: Visit) -> list[Column]:
    """Return the columns of the main table: the share, its change, and what it is a share of."""
    area = visit.selection.area
    more = [Column(visit.words(f"indicator.{code}.short"), Cell(code, area)) for code in (PAID, RECIPIENTS)]
    return [Column(visit.words(f"indicator.{SHARE}.short"), Cell(SHARE, area)), change_column(visit, SHARE), *more]


def describe_breakdowns(visit: Visit) -> list[Card]:
    """Describe what the newest month is made of: by day class, benefit, age and sex, where the publisher tells."""
    cards = []
    for chart in charts_of(SLUG):
        of_chart = (visit.parts["indicator"] == chart.indicator) & (visit.parts["dimension"] == chart.dimension)
        if chart.dimension and visit.month and (of_chart & (visit.parts["period"] == visit.month)).any():
            cards.append(bars_card(visit, chart.id, visit.words(f"dimension.{chart.dimension}")))
    return cards


def describe_compared(visit: Visit, chart: Chart) -> Card:
    """Describe a card of euros for each head, beside the compared areas."""
    areas = shown_areas(visit, chart, *stretch(visit, chart))[0]
    columns = [Column(visit.name(area), Cell(chart.indicator, area)) for area in areas]
    return month_card(visit, chart.id, columns)


def describe_yearly(visit: Visit) -> list[Card]:
    """Describe what has a figure a year: the old model's index, told apart from euros by name and unit, and others."""
    charts = [CHARTS[code] for code in BESIDE_BENEFIT if held(visit, CHARTS[code])]
    return [month_card(visit, chart.id, columns_held(visit, chart)) for chart in charts]


def columns_held(visit: Visit, chart: Chart) -> list[Column]:
    """Return a column for each area that has a figure of a chart."""
    areas = [area for area in visit.selection.areas if visit.figures.series(chart.indicator, area)]
    return [Column(visit.name(area), Cell(chart.indicator, area)) for area in areas]


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
