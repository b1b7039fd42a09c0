"""Draw a Plot as SVG: axes, the usual range, breaks, lines, and their labels at the ends or below as a key."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations, product

from dashboards.charts.description import HIDDEN_SIGN, Band, Line, Plot, Point, Tick
from dashboards.charts.svg_parts import Layout, Side, dash, grid, letters, path_through, sides_of, text, tick_texts
from dashboards.charts.theme import HAIRLINE, QUIET
from queries.analysis.months import month_number

AreaClass = Callable[[str], str]


@dataclass(frozen=True)
class Scale:
    """Where values of both axes stand in a drawing."""

    plot: Plot
    left: float
    right: float
    top: float
    bottom: float

    def x(self, number: float) -> float:
        """Return the place of a value of the lower axis: a month's running number, or a value."""
        axis = self.plot.x
        return round(self.left + (number - axis.low) * (self.right - self.left) / (axis.high - axis.low), 1)

    def y(self, value: float) -> float:
        """Return the place of a value of the upright axis."""
        axis = self.plot.y
        return round(self.bottom - (value - axis.low) * (self.bottom - self.top) / (axis.high - axis.low), 1)

    def at(self, point: Point) -> tuple[float, float]:
        """Return the place of a point that has a value."""
        return self.x(point.x), self.y(point.value or 0.0)

    def path(self, places: Iterator[tuple[float, float]]) -> str:
        """Return the path through some places, given as values of both axes."""
        wide = (self.right - self.left) / (self.plot.x.high - self.plot.x.low) * 10
        tall = (self.bottom - self.top) / (self.plot.y.high - self.plot.y.low) * 10
        left, bottom = self.left * 10 - self.plot.x.low * wide, self.bottom * 10 + self.plot.y.low * tall
        return path_through([(round(left + x * wide), round(bottom - y * tall)) for x, y in places])


def scale_of(plot: Plot, layout: Layout) -> Scale:
    """Return the scale of a drawing: room for axis texts, break words and line labels is taken off."""
    beside = max((letters(tick.label, layout.font) for tick in plot.y.ticks), default=0.0) + 10
    # half the first month's name, whose digits are wider than letters
    below = max((letters(tick.label, layout.font) for tick in plot.x.ticks), default=0.0) * 0.6
    left = max(beside, below)
    right = layout.width - layout.font * 1.4
    if layout.beside:
        right = layout.width - 42 - max((letters(line.end, layout.font) for line in plot.lines), default=0.0)
    top = layout.font * (2.4 + 1.4 * len(plot.marks)) if layout.worded else layout.font * 0.8
    return Scale(plot, round(left), round(right), round(top), round(top) + layout.plot_height)


def draw_plot(plot: Plot, layout: Layout, area_class: AreaClass) -> tuple[str, int, Scale]:
    """Return the inside of a drawing, its height and its scale."""
    scale = scale_of(plot, layout)
    font = layout.font
    shown = [line for line in plot.lines if line.runs]
    below = font * 1.7 * (layout.worded * bool(plot.band) + len(shown) * (layout.worded and not layout.beside))
    height = round(scale.bottom + font * (2.4 + 1.4 * bool(plot.x.name)) + below)
    parts = [*draw_axes(plot, scale, layout), *draw_marks(plot, scale, layout), *draw_band(plot.band, scale)]
    parts += [draw_line(line, scale, area_class(line.area), font) for line in reversed(plot.lines)]
    if layout.worded:
        parts += draw_labels(shown, scale, layout, area_class)
        parts += draw_band_key(plot.band, scale.bottom + font * 3.1, font)
    return "".join([*parts, *draw_messages(plot, scale, font)]), height, scale


def draw_axes(plot: Plot, scale: Scale, layout: Layout) -> Iterator[str]:
    """Yield the unit, the lines and numbers of the values, and the names of the months."""
    font = layout.font
    if layout.worded:
        yield text(0, font, plot.unit, fill=QUIET, extra="quiet")
    across = [(scale.y(tick.at), tick.label) for tick in plot.y.ticks]
    yield grid(f"M{scale.left} {y:g}H{scale.right}" for y, _ in across)
    yield tick_texts(((scale.left - 6, y + font * 0.35, label) for y, label in across), "end")
    below = [(scale.x(tick.at), tick.label) for tick in thinned(plot.x.ticks, scale, font)]
    yield grid(f"M{x:g} {scale.bottom}v5" for x, _ in below)
    yield tick_texts(((x, scale.bottom + font * 1.5, label) for x, label in below), "middle")
    if plot.x.name:
        yield text(scale.right, scale.bottom + font * 2.9, plot.x.name, anchor="end", fill=QUIET, extra="quiet")


def thinned(ticks: tuple[Tick, ...], scale: Scale, font: int) -> list[Tick]:
    """Return every nth tick, so that their texts stay apart."""
    if not ticks:
        return []
    room = max(letters(tick.label, font) for tick in ticks) + font
    apart = (scale.right - scale.left) / len(ticks)
    step = next((n for n in (1, 2, 3, 4, 5, 10, 20) if n * apart >= room), 50)
    return list(ticks[::step])


def draw_marks(plot: Plot, scale: Scale, layout: Layout) -> Iterator[str]:
    """Yield the breaks: a dashed line and its word above the plot, each word on a row of its own."""
    places = [scale.x(month_number(mark.period)) for mark in plot.marks]
    widths = [letters(mark.label, layout.font) for mark in plot.marks]
    words = place_words(places, widths, layout.width)
    for x, (row, _) in zip(places, words, strict=True):
        top = round(layout.font * (1.6 + 1.4 * row)) if layout.worded else scale.top
        yield f'<path class="break" stroke="{QUIET}" stroke-dasharray="3 3" d="M{x} {top}V{scale.bottom}"/>'
    for mark, (row, side) in zip(plot.marks, words, strict=True):
        if layout.worded:
            y = layout.font * (2.4 + 1.4 * row)
            yield text(side.start, y, mark.label, anchor=side.anchor, fill=QUIET, extra="quiet name")


def place_words(places: Sequence[float], widths: Sequence[float], room: float) -> tuple[tuple[int, Side], ...]:
    """Return a row from the top and a side for each break's word, given the places of the lines and the words' widths.

    Of all ways it is the first in which the fewest are crossed by the line of another, which begins at its word's row;
    right of the line comes before left of it.
    """
    sides = [sides_of(x, width, room) for x, width in zip(places, widths, strict=True)]
    ways = (
        tuple(zip(rows, chosen, strict=True)) for chosen in product(*sides) for rows in permutations(range(len(places)))
    )

    def crossings(words: Sequence[tuple[int, Side]]) -> int:
        at = list(zip(places, words, strict=True))
        return sum(side.is_crossed(x) for x, (above, _) in at for row, side in words if above < row)

    return min(ways, key=crossings)


def draw_band(band: Band | None, scale: Scale) -> Iterator[str]:
    """Yield the usual range as an area, its middle as a thin line."""
    for run in band.runs if band else ():
        edge = [*((each.x, each.high) for each in run), *((each.x, each.low) for each in reversed(run))]
        yield f'<path class="band" fill="{HAIRLINE}" fill-opacity="0.7" d="{scale.path(iter(edge))}Z"/>'
        middle = scale.path((each.x, each.middle) for each in run)
        yield f'<path class="middle" stroke="{QUIET}" stroke-width="1" fill="none" d="{middle}"/>'


def draw_line(line: Line, scale: Scale, name: str, font: int) -> str:
    """Return one area's stretches, its single months as dots, its hidden months as signs, and names of points."""
    paths, dots = [], []
    for run in line.runs:
        if len(run) > 1:
            paths.append(scale.path((point.x, point.value or 0.0) for point in run))
        if len(run) == 1 or line.labelled:
            places = (scale.at(point) for point in run)
            dots += [f'<circle cx="{x}" cy="{y}" r="2.5" fill="currentColor"/>' for x, y in places]
    signs = [text(scale.x(point.x), scale.bottom - 3, HIDDEN_SIGN, anchor="middle") for point in line.hidden()]
    style = f'class="line" stroke="currentColor" stroke-width="2" fill="none"{dash(line.look)}'
    path = f'<path {style} d="{"".join(paths)}"/>' if paths else ""
    parts = "".join([path, *dots, *signs, *name_points(line, scale, font)])
    return f'<g class="{name}" color="{line.look.colour}">{parts}</g>'


def name_points(line: Line, scale: Scale, font: int) -> Iterator[str]:
    """Yield the names that stand at some of a line's points; one that another would cover is left out."""
    points = {point.period: point for point in line.points if point.value is not None}
    named: list[tuple[float, float]] = []
    for period, label in line.labelled:
        x, y = scale.at(points[period])
        if all(abs(x - other) > letters(label, font) or abs(y - beside) > font for other, beside in named):
            named.append((x, y))
            left = x + 6 + letters(label, font) > scale.right
            yield text(x - 6 if left else x + 6, y - 9, label, anchor="end" if left else "start", extra="name")


def draw_labels(lines: list[Line], scale: Scale, layout: Layout, area_class: AreaClass) -> Iterator[str]:
    """Yield a piece of line and a name for each line: at its end, or below the plot as a key."""
    font = layout.font
    if layout.beside:
        ends = [scale.y(line.runs[-1][-1].value or 0.0) for line in lines]
        places = [(scale.right + 8, y) for y in spread(ends, font * 1.35, scale.top, scale.bottom)]
    else:
        first = scale.bottom + font * (3.1 + 1.4 * bool(scale.plot.x.name) + 1.7 * bool(scale.plot.band))
        places = [(2.0, first + font * 1.7 * row) for row in range(len(lines))]
    for line, (x, y) in zip(lines, places, strict=True):
        sample = f'<path stroke="currentColor" stroke-width="2"{dash(line.look)} d="M{x:.1f} {y:.1f}h24"/>'
        yield f'<g class="{area_class(line.area)}" color="{line.look.colour}">{sample}</g>'
        yield text(x + 30, y + font * 0.35, line.end)


def draw_band_key(band: Band | None, y: float, font: int) -> Iterator[str]:
    """Yield a piece of the band with its middle, and its name."""
    if band:
        yield f'<path class="band" fill="{HAIRLINE}" d="M2 {y - 6:.1f}h24v12h-24z"/>'
        yield f'<path class="middle" stroke="{QUIET}" stroke-width="1" d="M2 {y:.1f}h24"/>'
        yield text(32, y + font * 0.35, band.label, fill=QUIET, extra="quiet")


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


def draw_messages(plot: Plot, scale: Scale, font: int) -> Iterator[str]:
    """Yield what a chart says across its middle: that it is empty, that its data is made up."""
    middle, centre = (scale.left + scale.right) / 2, (scale.top + scale.bottom) / 2
    if plot.is_empty:
        yield text(middle, centre, plot.empty, anchor="middle")
    if plot.stamp:
        yield text(middle, centre + font * 2, plot.stamp, anchor="middle", extra="stamp")
