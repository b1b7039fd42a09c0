"""Draw Columns as SVG: parts stacked above and below zero for each year, a short line where they add up to."""

from collections.abc import Iterator

from dashboards.charts.description import Bar, Columns, Row
from dashboards.charts.svg_parts import Layout, grid, letters, text, tick_texts
from dashboards.charts.theme import INK, QUIET

WIDTH = 0.72
"""The part of a year's room that its column takes."""
Box = tuple[float, float, float, float]


def draw_columns(columns: Columns, layout: Layout) -> tuple[str, int, Box]:
    """Return the inside of a drawing, its height and the box of its columns."""
    font = layout.font
    # digits and the minus are wider than letters
    left = round(max((letters(tick.label, font) for tick in columns.y.ticks), default=0.0) * 1.2 + 10)
    top = round(font * (2.4 + 1.5 * (len(columns.series) + 1)))
    box = (left, top, round(layout.width - font * 1.4), top + layout.plot_height)
    parts = [text(0, font, columns.unit, fill=QUIET, extra="quiet"), *draw_key(columns, font)]
    parts += draw_grid(columns, box, font)
    parts += [piece for place, row in enumerate(columns.rows) for piece in draw_column(columns, row, place, box)]
    parts.append(draw_years(columns, box, font))
    middle, centre = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    if columns.is_empty:
        parts.append(text(middle, centre, columns.empty, anchor="middle"))
    if columns.stamp:
        parts.append(text(middle, centre + font * 2, columns.stamp, anchor="middle", extra="stamp"))
    return "".join(parts), round(box[3] + font * 2.2), box


def y_of(columns: Columns, value: float, box: Box) -> float:
    """Return the place of a value."""
    axis = columns.y
    return round(box[3] - (value - axis.low) * (box[3] - box[1]) / (axis.high - axis.low), 1)


def draw_key(columns: Columns, font: int) -> Iterator[str]:
    """Yield the name of each part beside a piece of its colour, then that of the sum beside its line."""
    for place, series in enumerate(columns.series):
        y = font * (2.4 + 1.5 * place)
        high = f"{font * 0.85:.1f}"
        place_of = f'x="0" y="{y - font * 0.7:.1f}" width="24" height="{high}"'
        yield f'<rect class="{series.name}" fill="{series.colour}" {place_of}/>'
        yield text(30, y, series.label)
    y = font * (2.4 + 1.5 * len(columns.series))
    yield f'<path class="ink" stroke="{INK}" stroke-width="3" d="M0 {y - font * 0.3:.1f}h24"/>'
    yield text(30, y, columns.total)


def draw_grid(columns: Columns, box: Box, font: int) -> Iterator[str]:
    """Yield the lines and numbers of the values; zero is drawn darker, above the others."""
    ticks = [(y_of(columns, tick.at, box), tick) for tick in columns.y.ticks]
    yield grid(f"M{box[0]} {y}H{box[2]}" for y, tick in ticks if tick.at != 0)
    for y, tick in ticks:
        if tick.at == 0:
            yield f'<path class="break" stroke="{QUIET}" d="M{box[0]} {y}H{box[2]}"/>'
    yield tick_texts(((box[0] - 6, y + font * 0.35, tick.label) for y, tick in ticks), "end")


def draw_column(columns: Columns, row: Row, place: int, box: Box) -> Iterator[str]:
    """Yield the parts of a year, outwards from zero in the order of the series, and the line of their sum."""
    room = (box[2] - box[0]) / len(columns.rows)
    x, width = box[0] + room * (place + (1 - WIDTH) / 2), room * WIDTH
    reached = {1: 0.0, -1: 0.0}
    for series, bar in zip(columns.series, row.bars, strict=True):
        if not bar.value:
            continue
        sign = 1 if bar.value > 0 else -1
        ends = sorted(y_of(columns, value, box) for value in (reached[sign], reached[sign] + bar.value))
        reached[sign] += bar.value
        yield (
            f'<rect class="{series.name}" fill="{series.colour}" x="{x:.1f}" y="{ends[0]:.1f}" '
            f'width="{width:.1f}" height="{ends[1] - ends[0]:.1f}"/>'
        )
    total = total_of(row.bars)
    if total is not None:
        y = y_of(columns, total, box)
        line = f"M{x - room * 0.1:.1f} {y}h{room * (WIDTH + 0.2):.1f}"
        yield f'<path class="ink" stroke="{INK}" stroke-width="3" d="{line}"/>'


def total_of(bars: tuple[Bar, ...]) -> float | None:
    """Return the sum of a year's parts, None where one of them is not held."""
    values = [bar.value for bar in bars if bar.value is not None]
    return sum(values) if len(values) == len(bars) else None


def draw_years(columns: Columns, box: Box, font: int) -> str:
    """Return the names of so many years that their texts stay apart, the newest one always."""
    room = (box[2] - box[0]) / max(len(columns.rows), 1)
    step = next((n for n in (1, 2, 3, 4, 5, 10, 20) if n * room >= letters("2000", font) + font), 50)
    last = len(columns.rows) - 1
    named = (
        (box[0] + room * (place + 0.5), box[3] + font * 1.5, row.label)
        for place, row in enumerate(columns.rows)
        if (last - place) % step == 0
    )
    return tick_texts(named, "middle")
