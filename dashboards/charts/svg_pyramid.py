"""Draw a Pyramid as SVG: the youngest at the bottom, bars for the first year, stepped outlines for the others."""

from collections.abc import Iterator, Sequence

from dashboards.charts.description import Bar, Layer, Pyramid, Tick
from dashboards.charts.svg_parts import Layout, grid, letters, text, tick_texts
from dashboards.charts.theme import QUIET

STEP = 1.25
"""Height of an age group, in font sizes."""
FILL = 0.82
DASHED = ("", "5 3", "2 3")
Box = tuple[float, float, float, float]
Reach = tuple[float, float]
"""Where a side begins, at zero, and where it ends; it may lead to the left."""


def draw_pyramid(pyramid: Pyramid, layout: Layout) -> tuple[str, int, Box]:
    """Return the inside of a drawing, its height and the box of the age groups."""
    font = layout.font
    two = len(pyramid.sides) == 2
    top = round(font * (2.4 + 1.5 * len(pyramid.layers) + 1.4 * two))
    bottom = top + font * STEP * max(len(pyramid.ages), 3)
    middle = round(max((letters(age, font) for age in pyramid.ages), default=0.0) + font)
    edge = letters(pyramid.x.ticks[-1].label, font) * 0.6 + 2
    reaches = reaches_of(two, layout.width, middle, edge)
    parts = [text(0, font, pyramid.unit, fill=QUIET, extra="quiet"), *draw_key(pyramid.layers, font)]
    for side, reach in zip(pyramid.sides, reaches, strict=True):
        parts += draw_axis(pyramid, reach, top, bottom, font)
        if side.label:
            parts.append(text((reach[0] + reach[1]) / 2, top - font * 0.5, side.label, anchor="middle"))
        for place, (layer, bars) in enumerate(zip(pyramid.layers, side.bars, strict=True)):
            draw = draw_filled(pyramid, layer, bars, reach, bottom, font)
            parts += (
                draw if layer.filled else draw_outline(pyramid, layer, bars, reach, bottom, font, DASHED[place % 3])
            )
    centre = layout.width / 2 if two else middle - font * 0.6
    for place, age in enumerate(pyramid.ages):
        y = bottom - font * STEP * (place + 0.5) + font * 0.35
        parts.append(text(centre, y, age, anchor="middle" if two else "end", fill=QUIET, extra="quiet"))
    if pyramid.is_empty:
        parts.append(text(layout.width / 2, (top + bottom) / 2, pyramid.empty, anchor="middle"))
    if pyramid.stamp:
        parts.append(text(layout.width / 2, (top + bottom) / 2, pyramid.stamp, anchor="middle", extra="stamp"))
    return "".join(parts), round(bottom + font * 2), (0, top, layout.width, round(bottom))


def reaches_of(two: bool, width: int, middle: float, edge: float) -> list[Reach]:
    """Return where the sides stand: to both sides of the ages, or to the right of them."""
    if not two:
        return [(middle, width - edge)]
    return [((width - middle) / 2, edge), ((width + middle) / 2, width - edge)]


def place_of(pyramid: Pyramid, value: float, reach: Reach) -> float:
    """Return the place of a value on a side."""
    return round(reach[0] + (reach[1] - reach[0]) * value / pyramid.x.high, 1)


def draw_key(layers: Sequence[Layer], font: int) -> Iterator[str]:
    """Yield the name of each year beside a piece of its bar or outline."""
    for place, layer in enumerate(layers):
        y = font * (2.4 + 1.5 * place)
        if layer.filled:
            size = f'width="24" height="{font * 0.85:.1f}"'
            yield f'<rect class="{layer.name}" fill="{layer.colour}" x="0" y="{y - font * 0.7:.1f}" {size}/>'
        else:
            yield stroke(layer, f"M0 {y - font * 0.3:.1f}h24", DASHED[place % 3])
        yield text(30, y, layer.label)


def stroke(layer: Layer, path: str, dashes: str) -> str:
    """Return a line in a year's colour."""
    pattern = f' stroke-dasharray="{dashes}"' if dashes else ""
    line = f'<path fill="none" stroke="currentColor" stroke-width="2"{pattern} d="{path}"/>'
    return f'<g class="{layer.name}" color="{layer.colour}">{line}</g>'


def draw_axis(pyramid: Pyramid, reach: Reach, top: float, bottom: float, font: int) -> Iterator[str]:
    """Yield the lines and the numbers of so many ticks that the numbers stay apart."""
    places = [(place_of(pyramid, tick.at, reach), tick.label) for tick in thinned(pyramid, reach, font)]
    yield grid(f"M{x} {top}V{bottom:.1f}" for x, _ in places)
    yield tick_texts(((x, bottom + font * 1.4, label) for x, label in places), "middle")


def thinned(pyramid: Pyramid, reach: Reach, font: int) -> Sequence[Tick]:
    """Return every nth tick from zero."""
    ticks = pyramid.x.ticks
    apart = abs(reach[1] - reach[0]) / max(len(ticks) - 1, 1)
    room = max(letters(tick.label, font) for tick in ticks) + font
    step = next((n for n in (1, 2, 5) if n * apart >= room), 5)
    return ticks[::step]


def draw_filled(
    pyramid: Pyramid, layer: Layer, bars: Sequence[Bar], reach: Reach, bottom: float, font: int
) -> Iterator[str]:
    """Yield the bars of a year."""
    for place, bar in enumerate(bars):
        if bar.value:
            ends = sorted((reach[0], place_of(pyramid, bar.value, reach)))
            y = bottom - font * STEP * (place + 0.5 + FILL / 2)
            size = f'width="{ends[1] - ends[0]:.1f}" height="{font * STEP * FILL:.1f}"'
            yield f'<rect class="{layer.name}" fill="{layer.colour}" x="{ends[0]:.1f}" y="{y:.1f}" {size}/>'


def draw_outline(
    pyramid: Pyramid, layer: Layer, bars: Sequence[Bar], reach: Reach, bottom: float, font: int, dashes: str
) -> Iterator[str]:
    """Yield the stepped outline of a year, broken at an age group without a value."""
    path, drawn = "", False
    for place, bar in enumerate(bars):
        if bar.value is None:
            drawn = False
            continue
        x, y = place_of(pyramid, bar.value, reach), bottom - font * STEP * place
        path += f"{'L' if drawn else 'M'}{x} {y:.1f}V{y - font * STEP:.1f}"
        drawn = True
    if path:
        yield stroke(layer, path, dashes)
