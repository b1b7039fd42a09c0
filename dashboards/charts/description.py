"""A chart before it is drawn: frozen, neutral, all text already in the reader's language.

A Plot has lines over two axes, Bars has rows of horizontal bars, Panels has small plots on one common axis.
A month that is not held has no Point; one that is held without a value has a Point whose value is None. Both leave
a gap in the line, the second one is marked.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from dashboards.periods import month_number

HIDDEN_SIGN = "\u2026"


@dataclass(frozen=True)
class Look:
    """How an area's line is told apart: a colour on light ground, one on dark ground, a line style."""

    colour: str
    colour_dark: str
    line: str


class Point(NamedTuple):
    """A month of a line. `x` is its place: the month's running number, or a value where both axes hold values."""

    x: float
    value: float | None
    period: str
    status: str = ""


@dataclass(frozen=True)
class Line:
    """One area's points, oldest first. `end` is the label at the line's end: name and newest value.

    `step` is how many months lie between two neighbours; `labelled` are the periods whose names stand at their points.
    """

    area: str
    label: str
    end: str
    look: Look
    points: tuple[Point, ...]
    step: int = 1
    labelled: tuple[tuple[str, str], ...] = ()

    @cached_property
    def runs(self) -> list[list[Point]]:
        """Return the stretches without a gap; a month without neighbours is a stretch of its own."""
        stretches: list[list[Point]] = []
        for point in self.points:
            if point.value is None:
                continue
            last = stretches[-1][-1] if stretches else None
            if last is not None and month_number(point.period) == month_number(last.period) + self.step:
                stretches[-1].append(point)
            else:
                stretches.append([point])
        return stretches

    def hidden(self) -> list[Point]:
        """Return the months whose value is kept secret."""
        return [point for point in self.points if point.status == "suppressed"]


class Normal(NamedTuple):
    """What was usual in a month: the lowest, the middle and the highest value of the same month in earlier years."""

    x: float
    low: float
    middle: float
    high: float


@dataclass(frozen=True)
class Band:
    """The usual range behind a seasonal line. `runs` are its stretches without a gap."""

    label: str
    runs: tuple[tuple[Normal, ...], ...]


@dataclass(frozen=True)
class Mark:
    """A series break: a month and its word."""

    period: str
    label: str


@dataclass(frozen=True)
class Tick:
    """A place on an axis (a value, or a month's running number) and its text."""

    at: float
    label: str


@dataclass(frozen=True)
class Axis:
    """A stretch from low to high with its ticks. `name` is told where the axis does not hold months."""

    low: float
    high: float
    ticks: tuple[Tick, ...]
    name: str = ""


@dataclass(frozen=True)
class Plot:
    """Lines over two axes. `empty` is what it says when no line has a value; `stamp` marks made-up data."""

    id: str
    title: str
    unit: str
    x: Axis
    y: Axis
    lines: tuple[Line, ...]
    marks: tuple[Mark, ...] = ()
    band: Band | None = None
    empty: str = ""
    stamp: str = ""

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to draw."""
        return not any(line.runs for line in self.lines)


class Bar(NamedTuple):
    """One bar: its length, None when there is none, and what is written at its end."""

    value: float | None
    text: str


@dataclass(frozen=True)
class Series:
    """What all bars of one look have in common: their name, the class that colours them on a page, and the colour."""

    label: str
    name: str
    colour: str
    colour_dark: str


@dataclass(frozen=True)
class Row:
    """A group of bars, one for each series in their order."""

    label: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Bars:
    """Rows of horizontal bars from zero to `high`."""

    id: str
    title: str
    unit: str
    high: float
    series: tuple[Series, ...]
    rows: tuple[Row, ...]
    empty: str = ""
    stamp: str = ""

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to draw."""
        return not any(bar.value is not None for row in self.rows for bar in row.bars)


@dataclass(frozen=True)
class Panels:
    """Small plots side by side on the same axes, each titled by its first line."""

    id: str
    title: str
    unit: str
    plots: tuple[Plot, ...]
    empty: str = ""
    stamp: str = ""

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to draw."""
        return all(plot.is_empty for plot in self.plots)


Description = Plot | Bars | Panels
