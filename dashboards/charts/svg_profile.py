"""Draw a Profile as SVG: a scale for each measure, the municipality's dot among those of the others."""

from collections.abc import Callable, Iterator, Sequence

from dashboards.charts.description import Profile, Scale
from dashboards.charts.svg_parts import Layout, letters, text
from dashboards.charts.theme import HAIRLINE, INK, QUIET

AreaClass = Callable[[str], str]
Box = tuple[float, float, float, float]
OWN, OTHER = 6.5, 6.0
"""The radius of the municipality's dot, and the width of another's."""
BOLD = 1.1
"""How much wider than others bold letters are."""
MOST_LABELS = 0.4
"""Labels that need more of the width than this stand above their scales."""


class Places:
    """Where the parts of a row stand, from left to right, and how high a row is."""

    def __init__(self, profile: Profile, layout: Layout) -> None:
        font, scales = layout.font, profile.scales
        labels = widest([scale.label for scale in scales], font)
        self.stacked = labels > MOST_LABELS * layout.width
        self.position = float(layout.width)
        position = widest([scale.position for scale in scales], font)
        self.value = layout.width if self.stacked else layout.width - position - font * 0.4
        value = 0.0 if self.stacked else widest([scale.text for scale in scales], font) * BOLD + font
        self.low = (0.0 if self.stacked else labels) + widest([scale.low.label for scale in scales], font)
        self.left = self.low + font * 0.9
        high = widest([scale.high.label for scale in scales], font)
        self.right = layout.width - position - value - high - font * 0.9
        self.high = self.right + font * 0.9
        self.step = font * (3.3 if self.stacked else 2.0)

    def x(self, part: float) -> float:
        """Return the place of a part of a scale."""
        return self.left + part * (self.right - self.left)


def widest(words: list[str], font: int) -> float:
    """Return about how wide a column of texts is, with the space after it; nothing for no text."""
    return max((letters(each, font) for each in words), default=0.0) + font * 0.6


def draw_profile(profile: Profile, layout: Layout, area_class: AreaClass) -> tuple[str, int, Box]:
    """Return the inside of a drawing, its height and the box of the rows."""
    font = layout.font
    signs, below = draw_names(profile, layout, area_class)
    places, top = Places(profile, layout), below + font * 1.4
    bottom = top + places.step * max(len(profile.scales), 2)
    parts = [text(0, font, profile.unit, fill=QUIET, extra="quiet"), *signs]
    for row, scale in enumerate(profile.scales):
        parts += draw_scale(profile, scale, places, font, top + places.step * row, area_class)
    if profile.is_empty:
        parts.append(text(layout.width / 2, (top + bottom) / 2, profile.empty, anchor="middle"))
    if profile.stamp:
        parts.append(text(layout.width / 2, bottom + font, profile.stamp, anchor="middle", extra="stamp"))
    return "".join(parts), round(bottom + font * (1.6 if profile.stamp else 0.4)), (0, top, layout.width, bottom)


def draw_names(profile: Profile, layout: Layout, area_class: AreaClass) -> tuple[list[str], float]:
    """Return the signs with their names, in as many lines as they need, and where the last line stands."""
    font, x, y = layout.font, 0.0, layout.font * 2.8
    parts = []
    for sign, name in enumerate(profile.names):
        width = letters(name, font) + font * 2.6
        if x and x + width > layout.width:
            x, y = 0.0, y + font * 1.6
        where = x + 8, y - font * 0.35
        signs = own_dot(profile, *where, area_class), other_dots([where[0]], where[1]), middle_mark(*where)
        parts += [signs[sign], text(x + 20, y, name)]
        x += width
    return parts, y


def draw_scale(
    profile: Profile, scale: Scale, places: Places, font: int, top: float, area_class: AreaClass
) -> Iterator[str]:
    """Yield a row: its name, its ends, everyone's sign on the scale, the municipality's value and position."""
    y = top + places.step - font
    base = y + font * 0.35
    named = top + font * 1.1 if places.stacked else base
    yield text(0, named, scale.label)
    yield text(places.low, base, scale.low.label, anchor="end", fill=QUIET, extra="quiet")
    yield text(places.high, base, scale.high.label, fill=QUIET, extra="quiet")
    yield f'<path class="grid" stroke="{HAIRLINE}" d="M{places.left:.1f} {y:.1f}H{places.right:.1f}"/>'
    yield other_dots([places.x(scale.part(value)) for value in scale.others], y)
    yield middle_mark(places.x(scale.part(scale.middle)), y)
    yield own_dot(profile, places.x(scale.part(scale.own)), y, area_class)
    own = text(places.value, named, scale.text, anchor="end")
    yield f'<g font-weight="700">{own}</g>'
    yield text(places.position, base, scale.position, anchor="end", fill=QUIET, extra="quiet")


def own_dot(profile: Profile, x: float, y: float, area_class: AreaClass) -> str:
    """Return the municipality's dot in its colour, with a ring."""
    dot = f'<circle class="own-dot" cx="{x:.1f}" cy="{y:.1f}" r="{OWN}" stroke="{INK}"/>'
    name = area_class(profile.area)
    return f'<g class="{name}" color="{profile.look.colour}" fill="currentColor">{dot}</g>'


def other_dots(xs: Sequence[float], y: float) -> str:
    """Return the dots of the others: lines without length and with round ends."""
    path = "".join(f"M{x:.1f} {y:.1f}h0.01" for x in xs)
    return f'<path class="dots" stroke="{QUIET}" stroke-width="{OTHER}" stroke-linecap="round" fill="none" d="{path}"/>'


def middle_mark(x: float, y: float) -> str:
    """Return the mark of the median."""
    return f'<path class="target" stroke="{INK}" stroke-width="2.5" fill="none" d="M{x:.1f} {y - 8:.1f}v16"/>'
