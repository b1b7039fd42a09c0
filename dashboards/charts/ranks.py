"""The kind `ranks`: municipalities by a rate, the lowest first, each with the range that few persons make.

The rows and the strip of one frame: few municipalities stand in rows with their names, many as dots on one axis.
"""

from collections.abc import Sequence
from statistics import median

from dashboards import format
from dashboards.charts import Chart, Told
from dashboards.charts.axes import axis_to
from dashboards.charts.description import Rank, Ranks, Tick
from dashboards.charts.theme import look_of
from dashboards.standing import Position
from dashboards.standing_words import list_ranks, read_ranks, standing_notes
from dashboards.visit import Visit

MOST_ROWS = 16
SIMILAR = "similar"
PLACES = {
    "rank_employment_area": "employment_area",
    "rank_region": "region",
    "rank_country": "country",
    "benefit_rank_employment_area": "employment_area",
    "benefit_rank_similar": SIMILAR,
    "vitality_rank_similar": SIMILAR,
    "vitality_rank_country": "country",
}
"""Whose municipalities a chart ranks: those of an area of a level, or those that are like the chosen one."""


def tell_ranks(visit: Visit, chart: Chart) -> Told:
    """Describe a chart's municipalities by rate, and tell where the chosen or the project's ones stand."""
    members = ranked_members(visit, chart.id)
    positions = visit.ranked.positions(members)
    description = describe_ranks(visit, chart, positions)
    return Told(
        frame=visit.ranked.rows(members),
        description=description,
        summary=read_ranks(visit, members, positions, description.as_strip),
        alt=list_ranks(visit, members, positions, description.as_strip),
        notes=tuple(standing_notes(visit, visit.ranked, members, positions)),
        releases=visit.ranked.releases,
    )


def place_of(visit: Visit, level: str) -> str:
    """Return the area of a level that the chosen area is or lies in, else that of the first home municipality.

    An area of several municipalities lies where all of them do. '' is returned where nothing is known.
    """
    areas, chosen = visit.edition.areas, visit.selection.area
    if level == "country":
        return next((code for code, area in areas.items() if area.level == "country"), "")
    if areas[chosen].level == level:
        return chosen
    around = {getattr(areas[code], level) for code in members_of(visit, chosen)}
    homes = (getattr(areas[code], level) for code in visit.homes)
    return around.pop() if len(around) == 1 else next(homes, "")


def ranked_place(visit: Visit, chart: str) -> str:
    """Return the area whose municipalities a chart ranks; of those that are alike, the one that they are like."""
    return visit.selection.area if PLACES[chart] == SIMILAR else place_of(visit, PLACES[chart])


def ranked_members(visit: Visit, chart: str) -> tuple[str, ...]:
    """Return the municipalities that a chart ranks."""
    return visit.similar if PLACES[chart] == SIMILAR else members_of(visit, place_of(visit, PLACES[chart]))


def members_of(visit: Visit, place: str) -> tuple[str, ...]:
    """Return the municipalities of an area, in the order of their Finnish names."""
    return visit.edition.members.get(place, ())


def describe_ranks(visit: Visit, chart: Chart, positions: Sequence[Position]) -> Ranks:
    """Describe some positions as rows, or as a strip when there are many.

    The project's municipalities and the chosen one are marked.
    """
    marked = {*visit.homes, visit.selection.area}
    place = ranked_place(visit, chart.id)
    as_strip = len(positions) > MOST_ROWS
    highest = max((each.rate if as_strip else each.highest for each in positions), default=0.0)
    lowest = min((each.lowest for each in positions), default=0.0)
    return Ranks(
        id=chart.id,
        title=visit.words(f"chart.{chart.id}.title", place=visit.name(place) if place else ""),
        unit=unit_and_month(visit),
        x=axis_to(visit, highest, lowest=lowest),
        ranks=tuple(
            Rank(each.area, each.rate, each.lowest, each.highest)
            if as_strip and each.area not in marked
            else describe_rank(visit, each, each.area in marked)
            for each in positions
        ),
        as_strip=as_strip,
        middle=describe_middle(visit, positions) if as_strip else None,
        empty=visit.words("rank.empty"),
        stamp=visit.made_up_stamp,
    )


def unit_and_month(visit: Visit) -> str:
    """Return the unit and the month, where there is one."""
    unit, month = visit.words(f"rank.unit.{visit.ranked.indicator}"), visit.ranked.month
    return f"{unit}, {format.month(visit.words, month)}" if month else unit


def describe_rank(visit: Visit, position: Position, marked: bool) -> Rank:
    """Describe one municipality in words; a marked one has a look of its own."""
    return Rank(
        area=position.area,
        value=position.rate,
        low=position.lowest,
        high=position.highest,
        label=visit.name(position.area),
        position=format.position(visit.words, position.first, position.last),
        text=visit.value(visit.ranked.indicator, position.rate),
        look=look_of(visit.settings, position.area) if marked else None,
        own=position.area == visit.selection.area,
    )


def describe_middle(visit: Visit, positions: Sequence[Position]) -> Tick:
    """Return the median of the municipalities and its word."""
    middle = median(each.rate for each in positions)
    return Tick(middle, visit.words("rank.middle", value=visit.value(visit.ranked.indicator, middle)))
