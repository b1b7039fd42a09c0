"""Where a reader can stop in a chart and what is read there: the data that assets/reading.js stands on.

A stop is a place (fractions of the plot area from its left and top, None where a direction does not matter) with a
heading and lines; a line is an area's value, its change on the year, the height of its dot and the class of its colour.
"""

import json
from collections.abc import Iterable
from functools import cache, partial
from typing import NamedTuple

from markupsafe import Markup

from dashboards import format
from dashboards.breaks import year_on_year
from dashboards.charts.description import Axis, Description, Line, Point
from dashboards.charts.theme import area_class
from dashboards.periods import month_number
from dashboards.visit import Visit

EXACT = 4
"""Decimals of a fraction: a tenth of a pixel in a plot of a thousand."""


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
    """Tells the figures of one indicator in words. The same number is written once: a chart repeats many."""

    def __init__(self, visit: Visit, indicator: str) -> None:
        facts = visit.catalogue.indicators[indicator]
        self.visit, self.indicator = visit, indicator
        self.amount = cache(partial(format.amount, visit.words, indicator=facts))
        self.difference = cache(partial(format.change_on_year, visit.words, indicator=facts))

    def value(self, point: Point | None) -> str:
        """Return a month's value with its unit, or why there is none."""
        if point is None:
            return self.visit.words("reading.not_held")
        if point.value is None:
            return self.visit.words(f"status.{point.status or 'missing'}.name")
        text = self.amount(point.value)
        return self.visit.words("reading.preliminary", value=text) if point.status == "preliminary" else text

    def change(self, area: str, point: Point | None) -> str:
        """Return a value's change on the year, or why there is none; '' where there is no value to begin with."""
        if point is None or point.value is None:
            return ""
        change = year_on_year(self.visit, self.indicator, area, point.period)
        if change.difference is not None:
            return self.difference(change.difference)
        not_comparable = change.reason == "not_comparable"
        return self.visit.words("reading.not_comparable" if not_comparable else f"comparison.{change.reason}")


def stops_of(visit: Visit, indicator: str, description: Description) -> tuple[Stop, ...]:
    """Return a stop for each month that a line chart holds in at least one area, oldest first."""
    if description.is_empty:
        return ()
    teller = Teller(visit, indicator)
    held = [{point.period: point for point in line.points} for line in description.lines]
    looks = [area_class(visit.settings, line.area) for line in description.lines]
    areas = list(zip(description.lines, held, looks, strict=True))
    low, wide = description.x.low, description.x.high - description.x.low
    return tuple(
        Stop(
            round((month_number(period) - low) / wide, EXACT),
            None,
            format.month(visit.words, period),
            tuple(read(teller, line, points.get(period), description.y, look) for line, points, look in areas),
        )
        for period in sorted(set().union(*held))
    )


def read(teller: Teller, line: Line, point: Point | None, axis: Axis, look: str) -> Reading:
    """Return what is read of an area in a month."""
    value = point.value if point else None
    height = None if value is None else round((axis.high - value) / (axis.high - axis.low), EXACT)
    return Reading(line.label, teller.value(point), teller.change(line.area, point), height, look)


def write_stops(stops: Iterable[Stop]) -> Markup:
    """Return stops as JSON that can stand in a script element of HTML."""
    text = json.dumps([stop._asdict() for stop in stops], ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c"))
