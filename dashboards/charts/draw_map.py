"""Draw a map: the whole country from afar, and the same shapes seen near.

On a page the two views are drawings of their own. The far one holds every shape once; what stands on it and on the near
one uses them. Each municipality is a link, so that it is reached by keyboard without scripts; assets/map.js makes one
stop of them. In a picture both views stand side by side above the legend, and nothing is a link.
"""

from functools import cache, lru_cache

from markupsafe import Markup, escape

from dashboards.charts.description import AreaMap, Key, Region
from dashboards.charts.geometry import Box, load_geometry
from dashboards.charts.svg_parts import Layout, letters, text
from dashboards.charts.theme import CLASSES, FAMILY, HAIRLINE, INK, QUIET

GROUND = "#ffffff"
ROOM = 0.06
"""How much of its longer side the near view shows around the municipalities that it is centred on."""
BORDER = 0.006
SLOPES = {"far": 10, "near": 6, "key": 7}
"""How far apart the lines of the hatching stand, in the units of each drawing."""
STROKES = {"far": (1.2, 3.5, 3.5, 7), "near": (0.5, 1.5, 2, 4)}
"""Widths of the lines between municipalities, around the country, around the chosen ones and of the edge of those."""
BEFORE, AFTER = "\x02", "\x03"
"""Stand in kept text for what comes before and after a municipality's code in an address."""
MOST_KEPT = 40
SWATCH = 28, 18


def draw_far(description: AreaMap, alt: str) -> Markup:
    """Return the whole country as a drawing of a page."""
    regions = regions_in(description, load_geometry().box)
    return wrap(description, "far", alt, far_body(description, draw_links(description, "far", regions)))


def draw_near(description: AreaMap, alt: str) -> Markup:
    """Return the project's municipalities and what lies around them as a drawing of a page."""
    regions = regions_in(description, near_box(description))
    return wrap(description, "near", alt, near_body(description, regions, draw_links(description, "near", regions)))


def draw_still(description: AreaMap, layout: Layout) -> tuple[str, int, tuple[float, float, float, float]]:
    """Return the inside of a picture with both views and the legend, its height and the box of the views."""
    font, top = layout.font, layout.font * 1.8
    far, near = load_geometry().box.widened(BORDER), near_box(description)
    gap = font
    room = layout.width - gap
    far_width = round(room / (1 + near.width / near.height * far.height / far.width))
    height = round(far_width * far.height / far.width)
    regions = regions_in(description, load_geometry().box)
    near_regions = regions_in(description, near)
    views = [
        place(0, top, far_width, height, far, far_body(description, draw_shapes("far", regions)), "far"),
        place(
            far_width + gap,
            top,
            room - far_width,
            height,
            near,
            near_body(description, near_regions, draw_shapes("near", near_regions)),
            "near",
        ),
    ]
    legend, bottom = draw_legend(description, layout, top + height + font)
    below = [description.credit, *([description.stamp] if description.stamp else [])]
    lines = [text(0, bottom + font * 1.5 * row, line, fill=QUIET, extra="quiet") for row, line in enumerate(below, 1)]
    unit = text(0, font, description.unit, fill=QUIET, extra="quiet")
    empty = text(layout.width / 2, top + height / 2, description.empty, "middle") if description.is_empty else ""
    defined = f"<defs>{patterns('far')}{patterns('near')}{shared(description)}</defs>"
    body = "".join([defined, unit, *views, *legend, *lines, empty])
    return body, round(bottom + font * (1.5 * len(below) + 0.6)), (0, round(top), layout.width, round(top + height))


def place(x: float, y: float, width: float, height: float, box: Box, body: str, view: str) -> str:
    """Return a view at its place in a picture."""
    return (
        f'<svg x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" stroke-width="{STROKES[view][0]}" '
        f'viewBox="{box.left:g} {box.top:g} {box.width:g} {box.height:g}">{body}</svg>'
    )


def draw_legend(description: AreaMap, layout: Layout, top: float) -> tuple[list[str], float]:
    """Return the lines of the legend in columns, and where they end."""
    font = layout.font
    width = SWATCH[0] + 8 + max((letters(key.label, font) for key in description.keys), default=0.0) + font
    across = max(1, min(len(description.keys), int(layout.width // width)))
    parts = []
    for number, key in enumerate(description.keys):
        x, y = number % across * width, top + number // across * font * 1.8
        parts.append(f'<g transform="translate({x:.1f} {y:.1f})">{swatch(key)}</g>')
        parts.append(text(x + SWATCH[0] + 8, y + SWATCH[1] - 4, key.label))
    rows = -(-len(description.keys) // across)
    return parts, top + rows * font * 1.8


def regions_in(description: AreaMap, box: Box) -> tuple[Region, ...]:
    """Return the municipalities of which a box shows something."""
    shapes = load_geometry().shapes
    return tuple(each for each in description.regions if each.area in shapes and shapes[each.area].box.touches(box))


def near_box(description: AreaMap) -> Box:
    """Return what the near view shows."""
    return load_geometry().box_of(description.near).widened(ROOM)


def far_body(description: AreaMap, regions: str) -> str:
    """Return the inside of the far view: every shape, the municipalities, what the near view shows, the chosen ones."""
    near = near_box(description)
    frame = (
        f'<rect class="frame" fill="none" stroke="{QUIET}" stroke-width="2" stroke-dasharray="7 4" '
        f'x="{near.left:g}" y="{near.top:g}" width="{near.width:g}" height="{near.height:g}"/>'
    )
    return base_layer() + regions + frame + draw_outline("far")


def near_body(description: AreaMap, regions: tuple[Region, ...], drawn: str) -> str:
    """Return the inside of the near view: the municipalities, the chosen ones, the names of the project's ones."""
    shapes = load_geometry().shapes
    size = round(near_box(description).width / 24, 1)
    names = [
        f'<text class="place area-{label.area}" color="{label.look.colour}" fill="currentColor" font-weight="700" '
        f'stroke="{GROUND}" stroke-width="{size / 4:g}" paint-order="stroke" text-anchor="middle" '
        f'x="{shapes[label.area].middle[0]:g}" y="{shapes[label.area].middle[1]:g}" font-size="{size}" '
        f'aria-hidden="true">{escape(label.text)}</text>'
        for label in description.labels
        if label.area in shapes
    ]
    rim = "".join(use(region.area) for region in regions)
    return f"{rim_of(rim, 'near')}{drawn}{draw_outline('near')}{''.join(names)}"


@cache
def base_layer() -> str:
    """Return every shape once, in the colour of the rim that stays visible around the country."""
    paths = (f'<path id="m{code}" d="{shape.path}"/>' for code, shape in load_geometry().shapes.items())
    return rim_of("".join(paths), "far")


def rim_of(shapes: str, view: str) -> str:
    """Return shapes as what lies below the municipalities."""
    width = STROKES[view][1]
    return f'<g class="rim" fill="{QUIET}" stroke="{QUIET}" stroke-width="{width}" aria-hidden="true">{shapes}</g>'


def draw_links(description: AreaMap, view: str, regions: tuple[Region, ...]) -> str:
    """Return municipalities as links; the chosen one is the current one."""
    before, after = (escape(part) for part in description.way)
    links = links_without_way(regions, view).replace(BEFORE, before).replace(AFTER, after)
    own = f' href="{before}{description.own}{after}"'
    return links.replace(own, f' aria-current="true"{own}')


@lru_cache(maxsize=MOST_KEPT)
def links_without_way(regions: tuple[Region, ...], view: str) -> str:
    """Return municipalities as links whose addresses are still to be filled in: the same for every chosen area."""
    return "".join(
        f'<a class="v-{region.level}" fill="{fill_of(region.level, view)}" href="{BEFORE}{region.area}{AFTER}">'
        f"<title>{escape(region.spoken)}</title>{use(region.area)}</a>"
        for region in regions
    )


def draw_shapes(view: str, regions: tuple[Region, ...]) -> str:
    """Return municipalities that are no links."""
    return "".join(
        f'<g class="region v-{region.level}" fill="{fill_of(region.level, view)}" stroke="{GROUND}">'
        f"{use(region.area)}</g>"
        for region in regions
    )


def fill_of(level: int | str, view: str) -> str:
    """Return the colour or the pattern of a level; patterns belong to a view, for their size is in its units."""
    if isinstance(level, int):
        return CLASSES[level]
    return f"url(#{level}-{view})"


def use(area: str) -> str:
    """Return the shape of a municipality."""
    return f'<use href="#m{area}"/>'


def draw_outline(view: str) -> str:
    """Return a heavy line around the chosen municipalities, with a light edge so that it stands out of any colour."""
    _, _, width, edge = STROKES[view]
    return "".join(
        f'<use class="{name}" href="#chosen" fill="none" stroke="{colour}" stroke-width="{wide}" '
        'stroke-linejoin="round" aria-hidden="true"/>'
        for name, colour, wide in (("halo", GROUND, edge), ("own", INK, width))
    )


def wrap(description: AreaMap, view: str, alt: str, body: str) -> Markup:
    """Return the element around a view: its name, its text alternative, its patterns and the mark of made-up data."""
    name = f"{description.id}-{view}"
    title = description.far if view == "far" else description.close
    box = load_geometry().box.widened(BORDER) if view == "far" else near_box(description)
    size = round(box.width / 25, 1)
    bottom = box.top + box.height
    stamp = (
        f'<rect class="paper" fill="{GROUND}" '
        f'x="{box.left:g}" y="{bottom:g}" width="{box.width:g}" height="{3 * size:g}"/>'
        f'<text class="stamp" text-anchor="middle" x="{box.left + box.width / 2:g}" y="{bottom + 1.4 * size:g}" '
        f'font-size="{size}">{escape(description.stamp)}</text>'
    )
    height = box.height + (2 * size if description.stamp else 0)
    return Markup(
        f'<svg xmlns="http://www.w3.org/2000/svg" font-family="{FAMILY}" fill="{INK}" '
        f'stroke-width="{STROKES[view][0]}" viewBox="{box.left:g} {box.top:g} {box.width:g} {height:g}" '
        f'role="group" aria-label="{escape(description.title)}: {escape(title)}" aria-describedby="{name}-d">'
        f'<desc id="{name}-d">{escape(alt)}</desc><defs>{patterns(view)}{shared(description) if view == "far" else ""}'
        f"</defs>{body}{stamp if description.stamp else ''}</svg>"
    )


def shared(description: AreaMap) -> str:
    """Return what the far view defines for the near one and the legend: the chosen outline and small patterns."""
    return f'{patterns("key")}<path id="chosen" d="{load_geometry().outline(description.outlined)}"/>'


def patterns(view: str) -> str:
    """Return the hatching of hidden values and the dots of missing ones, in the units of a view."""
    step = SLOPES[view]
    frame = f'patternUnits="userSpaceOnUse" width="{step}" height="{step}"'
    ground = f'<rect class="paper" width="{step}" height="{step}" fill="{GROUND}"/>'
    return (
        f'<pattern id="hidden-{view}" {frame} patternTransform="rotate(45)">{ground}'
        f'<path class="ink" stroke="{QUIET}" stroke-width="{step / 4:g}" d="M{step / 2:g} 0V{step}"/></pattern>'
        f'<pattern id="none-{view}" {frame}>{ground}'
        f'<circle class="ink" fill="{QUIET}" cx="{step / 2:g}" cy="{step / 2:g}" r="{step / 8:g}"/></pattern>'
    )


def draw_swatch(key: Key) -> Markup:
    """Return the small square of a line of the legend; its patterns are in the far view."""
    width, height = SWATCH
    return Markup(
        f'<svg class="swatch" viewBox="0 0 {width} {height}" width="{width}" height="{height}" aria-hidden="true">'
        f"{swatch(key)}</svg>"
    )


def swatch(key: Key) -> str:
    """Return the square itself."""
    return (
        f'<rect class="v-{key.level}" fill="{fill_of(key.level, "key")}" stroke="{HAIRLINE}" '
        f'x="0.5" y="0.5" width="{SWATCH[0] - 1}" height="{SWATCH[1] - 1}"/>'
    )
