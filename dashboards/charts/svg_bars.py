"""Draw Bars as SVG: each row has its name, and below it a bar for each series with its figure at the end."""

from collections.abc import Iterator

from dashboards.charts.description import Bar, Bars, Row, Series
from dashboards.charts.svg_parts import Layout, letters, text, wrapped
from dashboards.charts.theme import GROUND, INK, QUIET

BAR = 0.85
"""Height of a bar, in font sizes; its figure is as high."""
GAP = 0.2
LINE = 1.2
"""Height of a further line of a row's name, in font sizes. All rows are as high as the highest needs."""


def draw_bars(bars: Bars, layout: Layout) -> tuple[str, int, tuple[float, float, float, float]]:
    """Return the inside of a drawing, its height and the box of its rows."""
    font = layout.font
    top = font * (2.2 + 1.5 * (len(bars.series) + len([each for each in (bars.mark, bars.whisker) if each])))
    right = layout.width - max((letters(bar.text, font) for row in bars.rows for bar in row.bars), default=0.0) - 8
    parts = [text(0, font, bars.unit, fill=QUIET, extra="quiet"), *draw_key(bars, font)]
    named = [wrapped(row.label, layout.width, font) for row in bars.rows]
    lines = max(map(len, named), default=1)
    high = row_height(bars, font) + (lines - 1) * font * LINE
    for place, (row, label) in enumerate(zip(bars.rows, named, strict=True)):
        first = top + place * high + (lines - len(label)) * font * LINE
        parts += [text(0, first + font * (1 + number * LINE), line) for number, line in enumerate(label)]
        parts += draw_row(bars, row, top + place * high + (lines - 1) * font * LINE, right, font)
    bottom = top + len(bars.rows) * high
    if bars.is_empty:
        bottom = max(bottom, top + font * 4)
        parts.append(text(layout.width / 2, top + font * 2, bars.empty, anchor="middle"))
    if bars.stamp:
        parts.append(text(layout.width / 2, (top + bottom) / 2, bars.stamp, anchor="middle", extra="stamp"))
    return "".join(parts), round(bottom + font * 0.4), (0, round(top), round(right), round(bottom))


def row_height(bars: Bars, font: int) -> float:
    """Return how far apart two rows stand whose names have one line each."""
    return font * (1.5 + len(bars.series) * (BAR + GAP) + 0.5)


def draw_key(bars: Bars, font: int) -> Iterator[str]:
    """Yield the name of each series beside a piece of its colour."""
    for place, series in enumerate(bars.series):
        y = font * (2.4 + 1.5 * place)
        yield rectangle(series, y - font * 0.7, 24, font)
        yield text(30, y, series.label)
    place = len(bars.series)
    for word, line in ((bars.mark, mark_line), (bars.whisker, whisker_line)):
        if word:
            y = font * (2.4 + 1.5 * place)
            yield line(0, 24, y - font * 0.7, font)
            yield text(30, y, word)
            place += 1


def mark_line(low: float, high: float, y: float, font: int) -> str:
    """Return an upright line over a bar's height, at the middle of two places."""
    x = (low + high) / 2
    return stroke(f"M{x:.1f} {y - font * 0.15:.1f}V{y + font * (BAR + 0.15):.1f}", 3)


def whisker_line(low: float, high: float, y: float, font: int) -> str:
    """Return a line along a bar's middle with an end at each side."""
    middle, half = y + font * BAR / 2, font * 0.2
    ends = "".join(f"M{x:.1f} {middle - half:.1f}V{middle + half:.1f}" for x in (low, high))
    return stroke(f"M{low:.1f} {middle:.1f}H{high:.1f}{ends}", 1.5)


def stroke(way: str, width: float) -> str:
    """Return a line in the drawing's ink, with a rim of the ground so that it is seen on every bar."""
    return (
        f'<path class="rimmed" d="{way}" fill="none" stroke="{GROUND}" stroke-width="{width + 2}"/>'
        f'<path class="target" d="{way}" fill="none" stroke="{INK}" stroke-width="{width}"/>'
    )


def rectangle(series: Series, y: float, length: float, font: int) -> str:
    """Return a bar."""
    return (
        f'<rect class="{series.name}" fill="{series.colour}" x="0" y="{y:.1f}" '
        f'width="{length:.1f}" height="{font * BAR:.1f}"/>'
    )


def draw_row(bars: Bars, row: Row, top: float, right: float, font: int) -> Iterator[str]:
    """Yield a row's bars below its name."""
    for place, (series, bar) in enumerate(zip(bars.series, row.bars, strict=True)):
        y = top + font * (1.5 + place * (BAR + GAP))
        length = right * (bar.value or 0.0) / bars.high
        if bar.value:
            yield rectangle(series, y, length, font)
        yield from draw_beside(bar, right / bars.high, y, font)
        yield text(right * bar.reach / bars.high + 5 if bar.reach else 0, y + font * 0.75, bar.text)


def draw_beside(bar: Bar, scale: float, y: float, font: int) -> Iterator[str]:
    """Yield the mark of what was aimed at, and the range of a bar's value."""
    if bar.mark is not None:
        yield mark_line(bar.mark * scale, bar.mark * scale, y, font)
    if bar.low is not None and bar.high is not None:
        yield whisker_line(bar.low * scale, bar.high * scale, y, font)
