"""The vitality review of one area: population, work, skills, income, enterprises, and where it stands among others."""

from collections.abc import Sequence
from functools import partial

from dashboards.breaks import break_notes
from dashboards.charts import (
    CHARTS,
    ENTERPRISES,
    FINANCES,
    INCOME,
    POPULATION_SHARES,
    SKILLS,
    VITALITY,
    WORK,
    Chart,
    charts_of,
)
from dashboards.charts.description import Pyramid
from dashboards.charts.pyramid import heads_of, rows_of
from dashboards.charts.trend import shown_areas, stretch
from dashboards.pages.cards import bars_card, chart_card, describe_series, month_card
from dashboards.pages.key_figures import describe_key_figure
from dashboards.pages.months import outside
from dashboards.pages.parts import Card, KeyFigure, Makers, Page, always, make_cards
from dashboards.pages.vitality_index import INDEX_CARDS
from dashboards.pages.vitality_profile import describe_profile
from dashboards.pages.vitality_tables import describe_held, describe_press, describe_theme
from dashboards.tables import Cell, Column
from dashboards.view import view
from dashboards.visit import Visit
from dashboards.vitality_figures import has_line, shown_indicators, years_of
from dashboards.vitality_sentences import summarise_vitality, vitality_headline
from queries.catalogue import load_catalogue

SLUG = VITALITY
KEY_FIGURES = (
    "population",
    "births",
    "deaths",
    "net_migration",
    "share_over_64",
    "employment_rate_18_64",
    "economic_dependency_ratio",
    "education_share_tertiary",
)
SHOWN = shown_indicators(load_catalogue())


def describe(visit: Visit) -> Page:
    """Describe the page."""
    shown = [chart for chart in charts_of(SLUG) if chart.kind == "trend" and is_drawn(visit, chart)]
    stretches = {chart.indicator: stretch(visit, chart) for chart in shown}
    return Page(
        slug=SLUG,
        name=visit.words(f"page.{SLUG}.name"),
        headline=vitality_headline(visit),
        month=visit.month,
        summary=summarise_vitality(visit),
        notices=tuple(outside(visit)),
        key_figures=describe_key_figures(visit),
        cards=make_cards(visit, CARDS),
        notes=(visit.words("vitality.note.editions"), *break_notes(visit, stretches)),
    )


def describe_key_figures(visit: Visit) -> tuple[KeyFigure, ...]:
    """Describe the key figures that the area has, each of its own newest year."""
    area, until = visit.selection.area, visit.month if visit.selection.month else "9999"
    held = [code for code in KEY_FIGURES if visit.figures.newest(code, area, until)]
    return tuple(describe_key_figure(visit, code, until, area) for code in held)


def is_drawn(visit: Visit, chart: Chart) -> bool:
    """Tell whether the chosen area has enough periods for a line; a monthly one has them where it has any."""
    if visit.is_yearly(chart.indicator):
        return has_line(visit, chart.indicator)
    return bool(visit.figures.series(chart.indicator, visit.selection.area))


def lines_of(names: Sequence[str]) -> Makers:
    """Return how some trends are made; one that cannot be drawn for the area is left out."""
    return {name: partial(describe_drawn, chart=CHARTS[name]) for name in names}


def describe_drawn(visit: Visit, chart: Chart) -> list[Card]:
    """Describe a trend; nothing where there is no line."""
    return [describe_line(visit, chart)] if is_drawn(visit, chart) else []


def tables_of(*themes: str) -> Makers:
    """Return how the tables of some themes are made."""
    return {f"theme_{theme}": partial(describe_theme, theme=theme) for theme in themes}


def describe_line(visit: Visit, chart: Chart) -> Card:
    """Describe a card of one trend, alone with its change or beside the compared areas."""
    if not chart.compared:
        return describe_own(visit, chart)
    areas = shown_areas(visit, chart, *stretch(visit, chart))[0]
    columns = [Column(visit.name(area), Cell(chart.indicator, area)) for area in areas]
    return month_card(visit, chart.id, columns)


def describe_own(visit: Visit, chart: Chart) -> Card:
    """Describe a card of one trend of the chosen area."""
    if chart.id == chart.indicator:
        return describe_series(visit, chart.id)
    column = Column(visit.short(chart.indicator), Cell(chart.indicator, visit.selection.area))
    return month_card(visit, chart.id, [column])


def describe_projection(visit: Visit) -> list[Card]:
    """Describe what was projected beside what came true; nothing where nothing is projected for the area."""
    chart, area = CHARTS["projection"], visit.selection.area
    if not visit.figures.series(chart.indicator, area):
        return []
    return [describe_projected(visit, chart)]


def describe_projected(visit: Visit, chart: Chart) -> Card:
    """Describe a card of what came true and what was projected."""
    area = visit.selection.area
    columns = [Column(visit.short(code), Cell(code, area)) for code in ("population", chart.indicator)]
    return month_card(visit, chart.id, columns)


def describe_parts(visit: Visit) -> list[Card]:
    """Describe what the change of the population is made of by year; nothing where no part is held."""
    chart = CHARTS["population_changes"]
    if not any(years_of(visit, code) for code in chart.indicators):
        return []
    columns = [Column(visit.label(code), Cell(code, visit.selection.area)) for code in chart.indicators]
    return [month_card(visit, chart.id, columns, wide=True)]


def describe_ages(visit: Visit) -> list[Card]:
    """Describe the age structure; nothing where no ages are held of the area, observed or projected."""
    chart = CHARTS["ages"]
    if not any(each.startswith(chart.dimension) for each in set(visit.parts["dimension"].tolist())):
        return []
    shown = view(chart.id, visit)
    pyramid = shown.description
    assert isinstance(pyramid, Pyramid)
    head = (visit.words("dimension.age"), *heads_of(pyramid))
    return [chart_card(shown, (head, *((age, *cells) for age, cells in rows_of(pyramid))), (), wide=True)]


def describe_industries(visit: Visit) -> list[Card]:
    """Describe jobs by industry and their change on the year; nothing where none are held of the area."""
    chart = CHARTS["jobs_by_industry"]
    if not len(visit.parts_of(chart.indicator, chart.dimension)):
        return []
    return [bars_card(visit, chart.id, visit.words(f"dimension.{chart.dimension}"), wide=True)]


def describe_sectors(visit: Visit) -> list[Card]:
    """Describe the sectors' shares of jobs as bars, where they are held."""
    chart = CHARTS["jobs_by_sector"]
    held = any(years_of(visit, code) for code in chart.indicators)
    return [bars_card(visit, chart.id, visit.words("vitality.sector"))] if held else []


CARDS: Makers = {
    **lines_of(("population",)),
    "projection": describe_projection,
    "population_changes": describe_parts,
    **tables_of("changes"),
    "ages": describe_ages,
    **lines_of(POPULATION_SHARES),
    **tables_of("population"),
    **lines_of((*WORK, "jobs")),
    "jobs_by_sector": describe_sectors,
    "jobs_by_industry": describe_industries,
    **tables_of("work"),
    **lines_of(SKILLS),
    **tables_of("skills"),
    **lines_of(INCOME),
    **tables_of("income"),
    **lines_of(ENTERPRISES),
    **tables_of("enterprises"),
    **lines_of(("overnight_stays", "unemployment_by_month")),
    "press": describe_press,
    **lines_of(FINANCES),
    **tables_of("structure", "housing", "finances"),
    **INDEX_CARDS,
    "profile": describe_profile,
    "held": always(describe_held),
}
