"""A chart before it is drawn: frozen, neutral, all text already in the reader's language.

Months are text ("2026-08"). A month that is not held has no Point; a month that is held without a value has one
whose value is None. Both leave a gap in the line, the second one is marked.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from dashboards.periods import month_number


@dataclass(frozen=True)
class Look:
    """How an area's line is told apart: a colour on light ground, one on dark ground, a line style."""

    colour: str
    colour_dark: str
    line: str


class Point(NamedTuple):
    """A month of a line."""

    period: str
    value: float | None
    status: str = ""


@dataclass(frozen=True)
class Line:
    """One area's months, oldest first. `end` is the label at the line's end: name and newest value."""

    area: str
    label: str
    end: str
    look: Look
    points: tuple[Point, ...]

    @cached_property
    def runs(self) -> list[list[Point]]:
        """Return the stretches without a gap; a month without neighbours is a stretch of its own."""
        stretches: list[list[Point]] = []
        for point in self.points:
            if point.value is None:
                continue
            last = stretches[-1][-1] if stretches else None
            if last is not None and month_number(point.period) == month_number(last.period) + 1:
                stretches[-1].append(point)
            else:
                stretches.append([point])
        return stretches

    def hidden(self) -> list[Point]:
        """Return the months whose value is kept secret."""
        return [point for point in self.points if point.status == "suppressed"]


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
    """A stretch from low to high with its ticks."""

    low: float
    high: float
    ticks: tuple[Tick, ...]


@dataclass(frozen=True)
class Description:
    """One chart. `empty` is what it says when no line has a value; `stamp` marks made-up data."""

    id: str
    title: str
    unit: str
    x: Axis
    y: Axis
    lines: tuple[Line, ...]
    marks: tuple[Mark, ...] = ()
    empty: str = ""
    stamp: str = ""
    hidden_sign: str = "\u2026"

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to draw."""
        return not any(line.runs for line in self.lines)
