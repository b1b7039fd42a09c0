"""Draw a description as SVG, in one of three sizes; a page shows the one that fits and hides the others.

Colours stand as attributes, so that a picture is right alone; on a page, classes win over them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup, escape

from dashboards.charts.description import Description, Line, Point, Tick
from dashboards.charts.theme import DASHES, FAMILY, HAIRLINE, INK, QUIET
from dashboards.periods import month_number

WIDE_LETTER = 0.53
"""Average width of a letter, in font sizes, on the safe side."""


@dataclass(frozen=True)
class Layout:
    """A size of drawing. `beside` puts line labels at the lines' ends, else they stand below as a key."""

    name: str
    width: int
    plot_height: int
    font: int
    beside: bool


WIDE = Layout("wide", 860, 300, 13, beside=True)
MIDDLE = Layout("middle", 520, 230, 13, beside=False)
NARROW = Layout("narrow", 360, 220, 15, beside=False)


@dataclass(frozen=True)
class Scale:
    """Where months and values stand in a drawing."""

    description: Description
    left: float
    right: float
    top: float
    bottom: float

    @cached_property
    def month_width(self) -> float:
        """Return how far apart two months stand."""
        return (self.right - self.left) / (self.description.x.high - self.description.x.low)

    @cached_property
    def unit_height(self) -> float:
        """Return how far apart two values stand that differ by one."""
        return (self.bottom - self.top) / (self.description.y.high - self.description.y.low)

    def x(self, number: float) -> float:
        """Return the place of a month's running number."""
        return round(self.left + (number - self.description.x.low) * self.month_width, 1)

    def y(self, value: float) -> float:
        """Return the place of a value."""
        return round(self.bottom - (value - self.description.y.low) * self.unit_height, 1)

    def at(self, period: str, value: float) -> tuple[float, float]:
        """Return the place of a point."""
        return self.x(month_number(period)), self.y(value)

    def path(self, run: list[Point]) -> str:
        """Return the path through a stretch of months."""
        left = self.left - self.description.x.low * self.month_width
        bottom = self.bottom + self.description.y.low * self.unit_height
        width, height = self.month_width, self.unit_height
        places = [
            f"{left + month_number(point.period) * width:.1f} {bottom - (point.value or 0.0) * height:.1f}"
            for point in run
        ]
        return "M" + "L".join(places)


def letters(text: str, font: int) -> float:
    """Return about how wide a text is."""
    return len(text) * font * WIDE_LETTER


def scale_of(description: Description, layout: Layout) -> Scale:
    """Return the scale of a drawing: room for axis texts, break words and line labels is taken off."""
    left = max((letters(tick.label, layout.font) for tick in description.y.ticks), default=0.0) + 10
    right = layout.width - layout.font * 1.4
    if layout.beside:
        right = layout.width - 42 - max((letters(line.end, layout.font) for line in description.lines), default=0.0)
    top = layout.font * (2.4 + 1.4 * len(description.marks))
    return Scale(description, round(left), round(right), round(top), round(top) + layout.plot_height)


def draw_svg(
    description: Description, layout: Layout, alt: str, area_class: Callable[[str], str] = "area-{}".format
) -> Markup:
    """Return one drawing with its title and its text alternative; `data-plot` tells where its plot area lies."""
    scale = scale_of(description, layout)
    font = layout.font
    names = f"{description.id}-{layout.name}"
    shown = [line for line in description.lines if line.runs]
    below = 0 if layout.beside else round(font * 1.7) * len(shown)
    height = round(scale.bottom + font * 2 + below + font * 0.4)
    body = "".join(
        [*draw_axes(description, scale, layout), *draw_marks(description, scale, layout)]
        + [draw_line(line, description, scale, area_class(line.area)) for line in description.lines]
        + [*draw_labels(shown, scale, layout, area_class), *draw_messages(description, scale, font)]
    )
    return Markup(
        f'<svg class="drawing {layout.name}" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {layout.width} {height}" '
        f'data-plot="{scale.left:g} {scale.top:g} {scale.right:g} {scale.bottom:g}" '
        f'font-size="{font}" font-family="{FAMILY}" fill="{INK}" role="img" aria-labelledby="{names}-t {names}-d">'
        f'<title id="{names}-t">{escape(description.title)}</title><desc id="{names}-d">{escape(alt)}</desc>'
        f"{body}</svg>"
    )


def draw_axes(description: Description, scale: Scale, layout: Layout) -> Iterator[str]:
    """Yield the unit, the lines and numbers of the values, and the names of the months."""
    font = layout.font
    yield text(0, font, description.unit, fill=QUIET, extra="quiet")
    for tick in description.y.ticks:
        y = scale.y(tick.at)
        yield f'<path class="grid" stroke="{HAIRLINE}" d="M{scale.left} {y}H{scale.right}"/>'
        yield text(scale.left - 6, y + font * 0.35, tick.label, anchor="end", fill=QUIET, extra="quiet")
    for tick in thinned(description.x.ticks, scale, font):
        x = scale.x(tick.at)
        yield f'<path class="grid" stroke="{HAIRLINE}" d="M{x} {scale.bottom}v5"/>'
        yield text(x, scale.bottom + font * 1.5, tick.label, anchor="middle", fill=QUIET, extra="quiet")


def thinned(ticks: tuple[Tick, ...], scale: Scale, font: int) -> list[Tick]:
    """Return every nth tick, so that their texts stay apart."""
    if not ticks:
        return []
    room = max(letters(tick.label, font) for tick in ticks) + font
    apart = (scale.right - scale.left) / len(ticks)
    step = next((n for n in (1, 2, 3, 4, 5, 10, 20) if n * apart >= room), 50)
    return list(ticks[::step])


def draw_marks(description: Description, scale: Scale, layout: Layout) -> Iterator[str]:
    """Yield the breaks: a dashed line and its word above the plot, each word on a row of its own."""
    for row, mark in enumerate(description.marks):
        x = scale.x(month_number(mark.period))
        y = layout.font * (2.4 + 1.4 * row)
        width = letters(mark.label, layout.font)
        anchor, place = ("start", x + 4) if x + 4 + width <= layout.width else ("end", max(x - 4, width))
        top = round(y - layout.font * 0.8)
        yield f'<path class="break" stroke="{QUIET}" stroke-dasharray="3 3" d="M{x} {top}V{scale.bottom}"/>'
        yield text(place, y, mark.label, anchor=anchor, fill=QUIET, extra="quiet")


def draw_line(line: Line, description: Description, scale: Scale, name: str) -> str:
    """Return one area's stretches, its single months as dots and its hidden months as signs."""
    paths, dots = [], []
    for run in line.runs:
        if len(run) > 1:
            paths.append(scale.path(run))
        else:
            x, y = scale.at(run[0].period, run[0].value or 0.0)
            dots.append(f'<circle cx="{x}" cy="{y}" r="2.5" fill="currentColor"/>')
    signs = [
        text(scale.x(month_number(point.period)), scale.bottom - 3, description.hidden_sign, anchor="middle")
        for point in line.hidden()
    ]
    path = f'<path class="line" stroke="currentColor" stroke-width="2" fill="none"{dash(line)} d="{"".join(paths)}"/>'
    return f'<g class="{name}" color="{line.look.colour}">{path if paths else ""}{"".join(dots)}{"".join(signs)}</g>'


def dash(line: Line) -> str:
    """Return the attribute of a line's style."""
    pattern = DASHES[line.look.line]
    return f' stroke-dasharray="{pattern}"' if pattern else ""


def draw_labels(lines: list[Line], scale: Scale, layout: Layout, area_class: Callable[[str], str]) -> Iterator[str]:
    """Yield a piece of line and a name for each line: at its end, or below the plot as a key."""
    if layout.beside:
        ends = [scale.y(line.runs[-1][-1].value or 0.0) for line in lines]
        places = [(scale.right + 8, y) for y in spread(ends, layout.font * 1.35, scale.top, scale.bottom)]
    else:
        first = scale.bottom + layout.font * 3.1
        places = [(2.0, first + layout.font * 1.7 * row) for row in range(len(lines))]
    for line, (x, y) in zip(lines, places, strict=True):
        sample = f'<path stroke="currentColor" stroke-width="2"{dash(line)} d="M{x:.1f} {y:.1f}h24"/>'
        yield f'<g class="{area_class(line.area)}" color="{line.look.colour}">{sample}</g>'
        yield text(x + 30, y + layout.font * 0.35, line.end)


def spread(places: list[float], gap: float, low: float, high: float) -> list[float]:
    """Move places apart so that each is at least a gap from the next, in the same order and within low and high."""
    order = sorted(range(len(places)), key=lambda index: places[index])
    moved = [places[index] for index in order]
    for index in range(1, len(moved)):
        moved[index] = max(moved[index], moved[index - 1] + gap)
    if moved and moved[-1] > high:
        moved[-1] = high
        for index in range(len(moved) - 2, -1, -1):
            moved[index] = min(moved[index], moved[index + 1] - gap)
    if moved and moved[0] < low:
        moved = [max(low + index * gap, place) for index, place in enumerate(moved)]
    return [place for _, place in sorted(zip(order, moved, strict=True))]


def draw_messages(description: Description, scale: Scale, font: int) -> Iterator[str]:
    """Yield what a chart says across its middle: that it is empty, that its data is made up."""
    middle, centre = (scale.left + scale.right) / 2, (scale.top + scale.bottom) / 2
    if description.is_empty:
        yield text(middle, centre, description.empty, anchor="middle")
    if description.stamp:
        yield text(middle, centre + font * 2, description.stamp, anchor="middle", extra="stamp")


def text(x: float, y: float, words: str, anchor: str = "start", fill: str = "", extra: str = "") -> str:
    """Return a text element; the drawing's own ink is its colour unless another is given."""
    colour = f' fill="{fill}"' if fill else ""
    name = f' class="{extra}"' if extra else ""
    where = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'<text x="{x:.1f}" y="{y:.1f}"{where}{colour}{name}>{escape(words)}</text>'
