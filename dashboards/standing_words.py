"""Sentences on where municipalities stand: their positions, the lowest and the highest, what to be careful with."""

from collections.abc import Sequence
from statistics import median

from dashboards import format
from dashboards.periods import is_year
from dashboards.standing import Position, Standing
from dashboards.visit import Visit
from queries.analysis.ranking import PERSONS

MOST_NAMES = 3


def read_ranks(visit: Visit, members: Sequence[str], positions: Sequence[Position], with_middle: bool) -> str:
    """Return a sentence on the position of the chosen municipality, else on those of the project's ones."""
    if not positions:
        return visit.words("rank.empty")
    spoken = [code for code in spoken_of(visit) if code in members]
    if len(members) == 1:
        return visit.words("rank.alone", name=visit.name(members[0]))
    found = {each.area: each for each in positions}
    told = [found[code] for code in spoken if code in found]
    sentences = [tell_positions(visit, told, len(positions))] if told else []
    sentences += [tell_unranked(visit, code) for code in spoken if code not in found]
    if with_middle:
        value = visit.value(visit.ranked.indicator, median(each.rate for each in positions))
        sentences.append(visit.words("rank.half", value=value))
    return " ".join(sentences)


def spoken_of(visit: Visit) -> tuple[str, ...]:
    """Return the municipalities that sentences speak of: the chosen one, else the project's."""
    chosen = visit.selection.area
    return (chosen,) if visit.edition.areas[chosen].level == "municipality" else visit.homes


def tell_positions(visit: Visit, told: Sequence[Position], count: int) -> str:
    """Return a sentence with the positions of some municipalities."""
    parts = [
        visit.words(
            "rank.next" if place else "rank.first",
            name=visit.name(each.area),
            position=format.position(visit.words, each.first, each.last),
        )
        for place, each in enumerate(told)
    ]
    month = format.month(visit.words, visit.ranked.month)
    own = f"rank.{visit.ranked.indicator}.sentence"
    key = own if visit.words.has(own) else "rank.sentence"
    return visit.words(key, positions=format.listed(visit.words, parts), count=count, month=month)


def tell_unranked(visit: Visit, area: str) -> str:
    """Return why a municipality has no position."""
    return visit.words("rank.unranked", name=visit.name(area), reason=why_no_value(visit, visit.ranked, area))


def why_no_value(visit: Visit, standing: Standing, area: str) -> str:
    """Return why a municipality has no value: the status of the figure, or that none is held."""
    figure = standing.at(area)
    return visit.words(f"status.{figure.status or 'missing'}.name" if figure else "map.not_held")


def list_ranks(visit: Visit, members: Sequence[str], positions: Sequence[Position], as_strip: bool) -> str:
    """Return the text alternative of a ranking: all of a few; of many the ends, the middle and the marked ones."""
    if not positions:
        return visit.words("rank.empty")
    shown = [each for each in positions if not as_strip or each.area in {*visit.homes, visit.selection.area}]
    names = [f"{visit.name(each.area)} {visit.value(visit.ranked.indicator, each.rate)}" for each in shown]
    if not as_strip:
        return visit.words("rank.alt", list=", ".join(names))
    ends = tell_ends(visit, visit.ranked, members)
    return visit.words("rank.alt_strip", count=len(positions), ends=ends, list=", ".join(names))


def tell_ends(visit: Visit, standing: Standing, members: Sequence[str]) -> str:
    """Return the lowest and the highest value and the municipalities that have them."""
    values = standing.values(members)
    if not values:
        return visit.words("map.empty")
    low, high = min(values.values()), max(values.values())
    return visit.words(
        "map.ends",
        lowest=visit.value(standing.indicator, low),
        low_names=few_names(visit, [area for area, value in values.items() if value == low]),
        highest=visit.value(standing.indicator, high),
        high_names=few_names(visit, [area for area, value in values.items() if value == high]),
    )


def few_names(visit: Visit, areas: Sequence[str]) -> str:
    """Return names as a list; the count instead of the names when they are many."""
    if len(areas) > MOST_NAMES:
        return visit.words("map.municipalities.other", number=len(areas))
    return format.listed(visit.words, [visit.name(area) for area in areas])


def standing_notes(
    visit: Visit, standing: Standing, members: Sequence[str], positions: Sequence[Position]
) -> list[str]:
    """Return what to be careful with: another month than the page's, ranges, municipalities without a position."""
    notes = month_note(visit, standing)
    own = f"rank.{standing.indicator}.range"
    if visit.words.has(own) and any(each.first < each.last for each in positions):
        notes.append(visit.words(own))
    if len(members) > 1 and any(each.lowest < each.highest for each in positions):
        notes.append(visit.words("rank.range", persons=PERSONS))
    without = len(members) - len(positions)
    if positions and without:
        notes.append(visit.words.counted("rank.without", without, str(without)))
    return notes


def month_note(visit: Visit, standing: Standing) -> list[str]:
    """Return a note where the newest month of all municipalities is not the month of the page."""
    if not standing.month or standing.month == visit.month:
        return []
    kind = "rank.year" if is_year(standing.month) else "rank.month"
    return [visit.words(kind, month=format.month(visit.words, standing.month))]


def read_map(visit: Visit, members: Sequence[str]) -> str:
    """Return a sentence that reads the map: the lowest, the highest, and the chosen or the project's municipalities."""
    standing = visit.mapped
    values = standing.values(members)
    if not values:
        return visit.words("map.empty")
    spoken = [area for area in spoken_of(visit) if area in members]
    own = [
        f"{visit.name(area)} {visit.value(standing.indicator, values[area])}"
        if area in values
        else f"{visit.name(area)}: {why_no_value(visit, standing, area)}"
        for area in spoken
    ]
    ends = tell_ends(visit, standing, members)
    return f"{ends} {format.listed(visit.words, own)}." if own else ends
