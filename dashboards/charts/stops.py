"""Where a reader can stop in a chart and what is read there: the data that assets/reading.js stands on.

A stop is a place (fractions of the plot area from its left and top, None where a direction does not matter) with a
heading and lines; a line is a name, a value, its change on the year, the height of its dot and the class of its colour.
All stops of a chart have the same lines. In the document they stand column by column, which packs to two thirds; of
places that lie equally far apart the first and the last are told.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from markupsafe import Markup

from dashboards import format
from dashboards.breaks import year_on_year
from dashboards.charts import Chart
from dashboards.charts.description import Axis, Bars, Columns, Line, Plot, Point, Profile, Pyramid, Ranks
from dashboards.charts.profile import label_of, measures_of, position_of
from dashboards.charts.svg_columns import total_of
from dashboards.charts.theme import area_class
from dashboards.charts.trend import indicator_of, measure_of
from dashboards.tables import NOT_HELD, STATUS_SIGNS
from dashboards.visit import Visit

EXACT = 3
"""Decimals of a fraction: half a pixel in a plot of a thousand."""
NEAR = 0.6 * 10**-EXACT
"""So far apart two places may be that were rounded."""
UNMARKED = "unmarked"


class Reading(NamedTuple):
    """One line of a stop. `change` is '' where there is nothing to compare, `y` None where nothing is drawn."""

    name: str
    value: str
    change: str
    y: float | None
    look: str


class Stop(NamedTuple):
    """One place to stop at."""

    x: float | None
    y: float | None
    head: str
    lines: tuple[Reading, ...]


class Teller:
    """Tells the figures of a chart in words."""

    def __init__(self, visit: Visit, chart: Chart) -> None:
        self.visit = visit
        self.indicator = indicator_of(visit, chart)
        self.facts = visit.catalogue.indicators[self.indicator]
        self.as_index = measure_of(visit, chart) == "index"

    def readings(self, line: Line, axis: Axis, look: str) -> dict[str, Reading]:
        """Return what is read of an area by month."""
        visit, indicator = self.visit, line.indicator or self.indicator
        asked = "changes", visit.words.language, visit.selection.as_of, indicator, line.area
        changes: dict[str, str] = visit.edition.memory.recall(asked, dict)
        for point in line.points:
            if point.period not in changes:
                changes[point.period] = self.change(indicator, line.area, point)
        return {
            point.period: Reading(
                line.label, self.value(point), changes[point.period], part_of(axis, point.value, upwards=True), look
            )
            for point in line.points
        }

    def value(self, point: Point) -> str:
        """Return a month's value with its unit, or why there is none."""
        words = self.visit.words
        if point.value is None:
            return words(f"status.{point.status or 'missing'}.name")
        text = format.number(words, point.value, 1) if self.as_index else format.amount(words, point.value, self.facts)
        return words("reading.preliminary", value=text) if point.status == "preliminary" else text

    def change(self, indicator: str, area: str, point: Point) -> str:
        """Return a value's change on the year, or why there is none; '' where there is no value to begin with."""
        if point.value is None:
            return ""
        change = year_on_year(self.visit, indicator, area, point.period)
        if change.difference is not None:
            return format.change_on_year(self.visit.words, change.difference, self.facts)
        not_comparable = change.reason == "not_comparable"
        return self.visit.words("reading.not_comparable" if not_comparable else f"comparison.{change.reason}")


def stops_of(visit: Visit, chart: Chart, description: Plot | Bars | Columns | Pyramid) -> tuple[Stop, ...]:
    """Return a chart's stops in the order of reading; none where nothing is drawn."""
    if description.is_empty:
        return ()
    if isinstance(description, Bars):
        return tuple(stops_of_bars(visit, description))
    if isinstance(description, Columns):
        return tuple(stops_of_columns(visit, description))
    if isinstance(description, Pyramid):
        return tuple(stops_of_pyramid(visit, description))
    return tuple((stops_of_path if description.x.name else stops_of_months)(visit, chart, description))


def stops_of_months(visit: Visit, chart: Chart, plot: Plot) -> Iterator[Stop]:
    """Yield a stop for each month that is held in at least one area, oldest first."""
    teller = Teller(visit, chart)
    places = {point.period: point.x for line in plot.lines for point in line.points}
    areas = []
    for line in plot.lines:
        look = area_class(visit.settings, line.area)
        nothing = Reading(line.label, visit.words("reading.not_held"), "", None, look)
        areas.append((teller.readings(line, plot.y, look), nothing))
    for period in sorted(places):
        lines = tuple([readings.get(period, nothing) for readings, nothing in areas])
        yield Stop(part_of(plot.x, places[period]), None, format.month(visit.words, period), lines)


def stops_of_path(visit: Visit, chart: Chart, plot: Plot) -> Iterator[Stop]:
    """Yield a stop for each point of a path over two axes of values, in the order of the path."""
    teller = Teller(visit, chart)
    for line in plot.lines:
        look = area_class(visit.settings, line.area)
        for period, reading in teller.readings(line, plot.y, look).items():
            point = next(each for each in line.points if each.period == period)
            upright = reading._replace(name=visit.words(f"chart.{chart.indicator}.title"))
            across = Reading(plot.x.name, format.number(visit.words, point.x, 1), "", None, look)
            head = format.month(visit.words, period)
            yield Stop(part_of(plot.x, point.x), reading.y, head, (upright, across))


def stops_of_bars(visit: Visit, bars: Bars) -> Iterator[Stop]:
    """Yield a stop for each row of bars; a sign at a bar is read as what it means."""
    meanings = {sign: visit.words(f"status.{status}.name") for status, sign in STATUS_SIGNS.items()}
    meanings[NOT_HELD] = visit.words("reading.not_held")
    for place, row in enumerate(bars.rows):
        lines = tuple(
            Reading(series.label, meanings.get(bar.text, bar.text), "", None, series.name)
            for series, bar in zip(bars.series, row.bars, strict=True)
        )
        yield Stop(None, round((place + 0.5) / len(bars.rows), EXACT), row.label, lines)


def stops_of_columns(visit: Visit, columns: Columns) -> Iterator[Stop]:
    """Yield a stop for each year of which a part is held, oldest first."""
    for place, row in enumerate(columns.rows):
        if all(bar.value is None for bar in row.bars):
            continue
        pairs = zip(columns.series, row.bars, strict=True)
        nothing = visit.words("reading.not_held")
        lines = [
            Reading(series.label, nothing if bar.value is None else bar.text, "", None, series.name)
            for series, bar in pairs
        ]
        total = total_of(row.bars)
        written = nothing if total is None else format.signed(visit.words, total)
        whole = Reading(columns.total, written, "", None, UNMARKED)
        yield Stop(round((place + 0.5) / len(columns.rows), EXACT), None, row.label, (*lines, whole))


def stops_of_pyramid(visit: Visit, pyramid: Pyramid) -> Iterator[Stop]:
    """Yield a stop for each age group, the oldest, which is on top, first."""
    meanings = {sign: visit.words(f"status.{status}.name") for status, sign in STATUS_SIGNS.items()}
    meanings[NOT_HELD] = visit.words("reading.not_held")
    count = len(pyramid.ages)
    for place in reversed(range(count)):
        lines = tuple(
            Reading(
                f"{side.label} {layer.label}".strip(),
                meanings.get(bars[place].text, bars[place].text),
                "",
                None,
                layer.name,
            )
            for side in pyramid.sides
            for layer, bars in zip(pyramid.layers, side.bars, strict=True)
        )
        yield Stop(None, round((count - place - 0.5) / count, EXACT), pyramid.ages[place], lines)


def part_of(axis: Axis, value: float | None, upwards: bool = False) -> float | None:
    """Return where a value stands on an axis, as a part of it from its left end or, of an upright one, from its top."""
    if value is None:
        return None
    part = (value - axis.low) / (axis.high - axis.low)
    return round(1 - part if upwards else part, EXACT)


def stops_of_ranks(visit: Visit, ranks: Ranks) -> tuple[Stop, ...]:
    """Return a stop for each municipality, the lowest rate first: its position, its rate and the change on the year."""
    standing, over = visit.ranked, visit.over(visit.ranked)
    facts = visit.catalogue.indicators[standing.indicator]
    positions = {each.area: each for each in standing.positions([rank.area for rank in ranks.ranks])}
    stops, measure, heading = [], visit.measure(standing.indicator), visit.words("rank.column")
    for place, rank in enumerate(ranks.ranks):
        change = year_on_year(over, standing.indicator, rank.area, standing.month)
        told = "" if change.difference is None else format.change_on_year(visit.words, change.difference, facts)
        at = positions[rank.area]
        position = format.position(visit.words, at.first, at.last)
        lines = (
            Reading(heading, position, "", None, UNMARKED),
            Reading(measure, visit.value(standing.indicator, rank.value), told, None, UNMARKED),
        )
        x = part_of(ranks.x, rank.value) if ranks.as_strip else None
        y = None if ranks.as_strip else round((place + 0.5) / len(ranks.ranks), EXACT)
        stops.append(Stop(x, y, visit.name(rank.area), lines))
    return tuple(stops)


def stops_of_profile(visit: Visit) -> Iterator[Stop]:
    """Yield a stop for each measure: the municipality's value with its place, the median and who stands at the ends."""
    own, words, measures = visit.selection.area, visit.words, measures_of(visit)
    look = area_class(visit.settings, own)
    for place, each in enumerate(measures):
        everyone = {own: each.own, **each.others}
        ends = [
            words(
                "vitality.profile.end",
                value=visit.value(each.code, end),
                names=format.listed(words, [visit.name(area) for area, value in everyone.items() if value == end]),
            )
            for end in each.ends
        ]
        lines = (
            Reading(visit.name(own), visit.value(each.code, each.own), position_of(visit, each), None, look),
            Reading(words("vitality.profile.middle"), visit.value(each.code, each.middle), "", None, UNMARKED),
            Reading(words("vitality.profile.low"), ends[0], "", None, UNMARKED),
            Reading(words("vitality.profile.high"), ends[1], "", None, UNMARKED),
        )
        yield Stop(None, round((place + 0.5) / len(measures), EXACT), label_of(visit, each), lines)


def tell_stops(visit: Visit, chart: Chart, description: Plot | Bars | Columns | Pyramid | Ranks | Profile) -> Markup:
    """Return a chart's stops for the document. Those of a line chart are remembered: a version never changes."""
    if isinstance(description, Profile):
        return write_stops(tuple(stops_of_profile(visit)))
    if isinstance(description, Ranks):
        areas = [rank.area for rank in description.ranks]
        return visit.ranked.memory.recall(
            ("stops", visit.words.language, *areas), lambda: write_stops(stops_of_ranks(visit, description))
        )
    if isinstance(description, Bars | Columns | Pyramid) or description.x.name:
        return write_stops(stops_of(visit, chart, description))
    question = (
        *("stops", visit.words.language, indicator_of(visit, chart), measure_of(visit, chart), visit.selection.as_of),
        *(description.x.low, description.x.high, description.y.high),
        *(line.area for line in description.lines),
    )
    return visit.edition.memory.recall(question, lambda: write_stops(stops_of(visit, chart, description)))


def write_stops(stops: Sequence[Stop]) -> Markup:
    """Return stops as JSON that can stand in a script element of HTML, '' without any."""
    if not stops:
        return Markup()
    columns = {
        "x": places(stop.x for stop in stops),
        "y": places(stop.y for stop in stops),
        "heads": [stop.head for stop in stops],
        "lines": [
            [lines[0].name, lines[0].look, *(column(line[field] for line in lines) for field in (1, 2, 3))]
            for lines in zip(*(stop.lines for stop in stops), strict=True)
        ],
    }
    text = json.dumps(columns, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c"))


def places(values: Iterable[float | None]) -> list[float] | None:
    """Return the places of some stops, of which all or none has one; of evenly spaced ones the first and the last."""
    found = [place for place in values if place is not None]
    if len(found) < 3:
        return found or None
    first, last, steps = found[0], found[-1], len(found) - 1
    even = (first + (last - first) * at / steps for at in range(len(found)))
    return [first, last] if all(abs(place - near) <= NEAR for place, near in zip(found, even, strict=True)) else found


def column(values: Iterable[str | float | None]) -> list[str | float | None] | None:
    """Return some values as a list, None where there is none but empty ones."""
    found = list(values)
    return found if any(each not in (None, "") for each in found) else None
