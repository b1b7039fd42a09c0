"""A chart before it is drawn: frozen, neutral, all text already in the reader's language.

A Plot has lines over two axes, Bars has rows of horizontal bars, Panels has small plots on one common axis.
Columns has a column for each year, whose parts stand above zero and hang below it; Pyramid has age groups.
Ranks has municipalities on one axis, Profile one among those like it in many measures, each on a scale of its own;
AreaMap has the municipalities of the country in classes.
A month that is not held has no Point; one that is held without a value has a Point whose value is None. Both leave
a gap in the line, the second one is marked.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from queries.analysis.months import month_number

HIDDEN_SIGN = "\u2026"
HIDDEN, NO_VALUE = "hidden", "none"
"""Levels beside the numbered classes: the publisher keeps the value secret; there is no value for another reason."""


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
    `indicator` is what it shows where that is not the chart's own.
    """

    area: str
    label: str
    end: str
    look: Look
    points: tuple[Point, ...]
    step: int = 1
    labelled: tuple[tuple[str, str], ...] = ()
    indicator: str = ""

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
    """What was usual in a month: the lowest, the middle and the highest value of the same month in `years` years."""

    x: float
    low: float
    middle: float
    high: float
    years: int


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
    """One bar: its length, None when there is none, and what is written at its end.

    `mark` is the value that was aimed at, `low` and `high` the range that the value may lie in.
    """

    value: float | None
    text: str
    mark: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def reach(self) -> float:
        """Return the highest value that is drawn of it."""
        return max(self.value or 0.0, self.mark or 0.0, self.high or 0.0)


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
    """Rows of horizontal bars from zero to `high`; `mark` and `whisker` name what stands on them beside their ends."""

    id: str
    title: str
    unit: str
    high: float
    series: tuple[Series, ...]
    rows: tuple[Row, ...]
    empty: str = ""
    stamp: str = ""
    mark: str = ""
    whisker: str = ""

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to draw."""
        return not any(bar.value is not None for row in self.rows for bar in row.bars)


@dataclass(frozen=True)
class Columns:
    """A column for each row, a year, its bars stacked up and down from zero; `total` names the mark of their sum."""

    id: str
    title: str
    unit: str
    y: Axis
    series: tuple[Series, ...]
    rows: tuple[Row, ...]
    total: str
    empty: str = ""
    stamp: str = ""

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to draw."""
        return not any(bar.value is not None for row in self.rows for bar in row.bars)


@dataclass(frozen=True)
class Layer(Series):
    """A year of a pyramid: what its bars have in common, and whether they are filled or an outline."""

    filled: bool = False


class Side(NamedTuple):
    """A side of a pyramid: for each layer a bar of each age group, the youngest first."""

    label: str
    bars: tuple[tuple[Bar, ...], ...]


@dataclass(frozen=True)
class Pyramid:
    """Age groups on top of each other, the youngest at the bottom; one side, or one to each side."""

    id: str
    title: str
    unit: str
    x: Axis
    ages: tuple[str, ...]
    layers: tuple[Layer, ...]
    sides: tuple[Side, ...]
    empty: str = ""
    stamp: str = ""

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to draw."""
        return not any(bar.value is not None for side in self.sides for bars in side.bars for bar in bars)


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


class Rank(NamedTuple):
    """One municipality: its value, the values that a few persons fewer and more would make, and its texts.

    `look` is None for one that is not told apart; on a strip such a one has no texts. `own` is the chosen one.
    """

    area: str
    value: float
    low: float
    high: float
    label: str = ""
    position: str = ""
    text: str = ""
    look: Look | None = None
    own: bool = False


@dataclass(frozen=True)
class Ranks:
    """Municipalities on one axis, the lowest value first; `as_strip` has them as dots, the marked ones with names."""

    id: str
    title: str
    unit: str
    x: Axis
    ranks: tuple[Rank, ...]
    as_strip: bool
    middle: Tick | None = None
    empty: str = ""
    stamp: str = ""

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to draw."""
        return not self.ranks


class Scale(NamedTuple):
    """One measure of a profile: the lowest and the highest value with their texts, and the values between them.

    `own` is the municipality's value, `text` how it is written, `position` where it stands from the highest.
    """

    label: str
    low: Tick
    high: Tick
    others: tuple[float, ...]
    middle: float
    own: float
    text: str
    position: str

    def part(self, value: float) -> float:
        """Return where a value stands between the ends, as a part; midway where all values are the same."""
        width = self.high.at - self.low.at
        return (value - self.low.at) / width if width else 0.5


@dataclass(frozen=True)
class Profile:
    """A municipality among those like it, a scale for each measure.

    `names` tell the signs: the municipality's dot, the dots of the others, the mark of their median.
    """

    id: str
    title: str
    unit: str
    area: str
    look: Look
    names: tuple[str, str, str]
    scales: tuple[Scale, ...]
    empty: str = ""
    stamp: str = ""

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to draw."""
        return not self.scales


class Region(NamedTuple):
    """One municipality on the map: what is said of it, and its level: a class from 0, HIDDEN or NO_VALUE."""

    area: str
    spoken: str
    level: int | str


@dataclass(frozen=True)
class Key:
    """One line of the legend."""

    level: int | str
    label: str


@dataclass(frozen=True)
class Label:
    """A municipality that is named on the near view."""

    area: str
    text: str
    look: Look


@dataclass(frozen=True)
class AreaMap:
    """A map seen from afar and near: `far` and `close` are the names of the two views, `skip` leads past them.

    `outlined` are the chosen municipalities, `near` those that the near view is centred on; `own` is the chosen
    municipality, '' for none, and `spoken` what is said of it. `credit` is the licence of the boundaries; `way` is what
    stands before and after the code in the address of a municipality's page.
    """

    id: str
    title: str
    unit: str
    far: str
    close: str
    skip: str
    regions: tuple[Region, ...]
    keys: tuple[Key, ...]
    labels: tuple[Label, ...]
    outlined: tuple[str, ...]
    near: tuple[str, ...]
    own: str
    spoken: str
    credit: str
    way: tuple[str, str]
    empty: str = ""
    stamp: str = ""

    @property
    def is_empty(self) -> bool:
        """Tell whether no municipality has a value."""
        return not any(isinstance(region.level, int) for region in self.regions)


Description = Plot | Bars | Columns | Pyramid | Panels | Ranks | Profile | AreaMap
