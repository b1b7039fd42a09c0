"""The comparison part of a page: its rankings and the map, each with a table of the same rows."""

from collections.abc import Sequence
from functools import partial
from statistics import median

from dashboards import format
from dashboards.charts import CHARTS, PER_INHABITANT, SHARE, VITALITY, charts_of
from dashboards.charts.ranks import PLACES, ranked_members
from dashboards.pages.parts import Card, Makers
from dashboards.selection import MAPPED, changed, write_query
from dashboards.shell import Link, page_address
from dashboards.standing import Position, Standing
from dashboards.tables import Cell, Rows, change_heading, write_table
from dashboards.view import view
from dashboards.visit import Visit

HOME_SIGN = "\u2022"
BESIDE = {"unemployment_rate": "unemployed_jobseekers", PER_INHABITANT: SHARE}
"""What stands beside the ranked figures in their table."""
ENDS = 3
"""So many of the lowest and of the highest stand in the short table of the whole country."""


def rankings_of(page: str) -> Makers:
    """Return how a page's rankings are made."""
    return {chart.id: partial(describe_known, chart=chart.id) for chart in charts_of(page) if chart.kind == "ranks"}


def describe_known(visit: Visit, chart: str) -> list[Card]:
    """Describe a ranking; nothing where its place is not known."""
    return [describe_ranking(visit, chart)] if visit.ranked.month and ranked_members(visit, chart) else []


def describe_ranking(visit: Visit, chart: str) -> Card:
    """Describe the card of a ranking; the table of the whole country is short where charts are shown."""
    members = ranked_members(visit, chart)
    positions = visit.ranked.positions(members)
    whole = PLACES[chart] == "country"
    short = whole and visit.selection.view == "chart"
    shown = shortened(visit, positions) if short else [*positions]
    rows, legend = write_ranking(visit, members, positions, shown, with_rest=not short)
    if whole and positions:
        rows = with_middle(visit, rows, positions, shown)
    told = view(chart, visit)
    return Card(
        id=chart,
        title=told.title,
        unit=told.description.unit,
        wide=whole or CHARTS[chart].page == VITALITY,
        table=rows,
        legend=legend,
        source_line=told.source_line,
        view=told,
    )


def shortened(visit: Visit, positions: Sequence[Position]) -> list[Position]:
    """Return the lowest, the highest, the project's and the chosen municipality."""
    marked = {*visit.homes, visit.selection.area}
    ends = {each.area for each in (*positions[:ENDS], *positions[-ENDS:])}
    return [each for each in positions if each.area in marked | ends]


def write_ranking(
    visit: Visit, members: Sequence[str], positions: Sequence[Position], shown: Sequence[Position], with_rest: bool
) -> tuple[Rows, tuple[str, ...]]:
    """Return the table of shown positions, then of the municipalities without one, and its legend."""
    ranked = {each.area: each for each in positions}
    rest = [area for area in members if area not in ranked] if with_rest else []
    areas = [*(each.area for each in shown), *rest]
    beside = BESIDE.get(visit.ranked.indicator)
    codes = (visit.ranked.indicator, *([beside] if beside else []))
    rows, legend = write_areas(visit, visit.ranked, areas, codes)
    texts = [visit.words("rank.column"), *(written(visit, ranked.get(area)) for area in areas)]
    return tuple((row[0], text, *row[1:]) for row, text in zip(rows, texts, strict=True)), legend


def written(visit: Visit, position: Position | None) -> str:
    """Return a position, or the sign of none."""
    return format.position(visit.words, position.first, position.last) if position else "\u2013"


def with_middle(visit: Visit, rows: Rows, positions: Sequence[Position], shown: Sequence[Position]) -> Rows:
    """Return a table with a row for the median at its place."""
    middle = median(each.rate for each in positions)
    value = format.number(visit.words, middle, visit.ranked.decimals)
    row = (visit.words("rank.median"), "", value, *("" for _ in rows[0][3:]))
    before = [each for each in shown if (each.rate >= middle if visit.ranked.best_first else each.rate <= middle)]
    place = 1 + len(before)
    return (*rows[:place], row, *rows[place:])


def write_areas(
    visit: Visit, standing: Standing, areas: Sequence[str], codes: Sequence[str]
) -> tuple[Rows, tuple[str, ...]]:
    """Return a table of municipalities with some indicators and the first one's change on the year, and its legend."""
    month, first = standing.month, codes[0]
    head = [
        visit.words("map.municipality"),
        *(visit.short(code) for code in codes),
        change_heading(visit, first),
    ]
    lines = [
        (named(visit, area), [*(Cell(code, area, month) for code in codes), Cell(first, area, month, change=True)])
        for area in areas
    ]
    rows, legend = write_table(visit.over(standing), head, lines)
    marked = any(area in visit.homes for area in areas)
    return rows, ((f"{HOME_SIGN} {visit.words('map.home')}", *legend) if marked else legend)


def named(visit: Visit, area: str) -> str:
    """Return a municipality's name; the project's ones have a sign."""
    return f"{visit.name(area)} {HOME_SIGN}" if area in visit.homes else visit.name(area)


def describe_map(visit: Visit, chart: str = "area_map", offered: Sequence[str] = MAPPED) -> Card:
    """Describe the card of a map, with a table of all municipalities in the order of their names."""
    told = view(chart, visit)
    everyone = visit.edition.municipalities
    rows, legend = visit.mapped.memory.recall(("table", visit.words.language), lambda: write_map(visit, everyone))
    return Card(
        id=chart,
        title=told.title,
        unit=told.description.unit,
        wide=True,
        table=rows,
        legend=legend,
        source_line=told.source_line,
        view=told,
        links=tuple(link_to(visit, chart, indicator) for indicator in offered),
    )


def write_map(visit: Visit, everyone: Sequence[str]) -> tuple[Rows, tuple[str, ...]]:
    """Return the table of the map and its legend; nothing when no month has nearly all municipalities."""
    return write_areas(visit, visit.mapped, everyone, [visit.mapped.indicator]) if visit.mapped.month else ((), ())


def link_to(visit: Visit, chart: str, indicator: str) -> Link:
    """Return the link that shows a measure on the map and changes nothing else."""
    selection = changed(visit.selection, indicator=indicator)
    query = write_query(selection, visit.settings, visit.edition.areas)
    address = page_address(visit.words.language, CHARTS[chart].page, query)
    chosen = indicator == visit.selection.indicator
    label = visit.measure(indicator) if visit.words.has(f"map.{indicator}.name") else visit.short(indicator)
    return Link(f"{address}#{chart}", label, visit.words.language, chosen)
