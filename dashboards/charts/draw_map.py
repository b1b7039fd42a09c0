"""Draw a map as two SVGs: the whole country from afar, and the same shapes seen near.

The far view holds every shape once; what stands on it and on the near view uses them. Each municipality is a link, so
that it is reached by keyboard without scripts; assets/map.js makes one stop of them.
"""

from functools import cache, lru_cache

from markupsafe import Markup, escape

from dashboards.charts.area_map import AreaMap, Region
from dashboards.charts.geometry import Box, load_geometry
from dashboards.charts.theme import CLASSES, FAMILY, HAIRLINE, INK, QUIET

BEFORE, AFTER = "\x02", "\x03"
"""Stand in kept text for what comes before and after a municipality's code in an address."""
MOST_KEPT = 40
GROUND = "#ffffff"
ROOM = 0.06
"""How much of its longer side the near view shows around the municipalities that it is centred on."""
SLOPES = {"far": 20, "near": 12, "key": 7}
"""How far apart the lines of the hatching stand, in the units of each drawing."""


def draw_far(description: AreaMap, alt: str) -> Markup:
    """Return the whole country."""
    geometry = load_geometry()
    regions = tuple(region for region in description.regions if region.area in geometry.shapes)
    box, near = geometry.box.widened(0.006), near_box(description)
    frame = (
        f'<rect class="frame" fill="none" stroke="{QUIET}" stroke-width="4" stroke-dasharray="14 8" '
        f'x="{near.left:g}" y="{near.top:g}" width="{near.width:g}" height="{near.height:g}"/>'
    )
    body = [base_layer(), draw_links(description, "far", regions), frame, *draw_outline()]
    return wrap(description, "far", box, alt, "".join(body))


def draw_near(description: AreaMap, alt: str) -> Markup:
    """Return the project's municipalities and what lies around them, the former with their names."""
    geometry = load_geometry()
    box = near_box(description)
    regions = tuple(
        region
        for region in description.regions
        if region.area in geometry.shapes and geometry.shapes[region.area].box.touches(box)
    )
    base = "".join(use(region.area) for region in regions)
    body = [f'<g class="rim" fill="{QUIET}" stroke="{QUIET}" aria-hidden="true">{base}</g>']
    body += [draw_links(description, "near", regions), *draw_outline()]
    size = round(box.width / 24)
    for label in description.labels:
        if label.area in geometry.shapes:
            x, y = geometry.shapes[label.area].middle
            body.append(
                f'<text class="name area-{label.area}" color="{label.look.colour}" fill="currentColor" '
                f'stroke="{GROUND}" stroke-width="{size / 4:g}" paint-order="stroke" text-anchor="middle" '
                f'x="{x:g}" y="{y:g}" font-size="{size}" aria-hidden="true">{escape(label.text)}</text>'
            )
    return wrap(description, "near", box, alt, "".join(body))


def near_box(description: AreaMap) -> Box:
    """Return what the near view shows."""
    return load_geometry().box_of(description.near).widened(ROOM)


@cache
def base_layer() -> str:
    """Return every shape once, in the colour of the rim that stays visible around the country."""
    shapes = load_geometry().shapes.items()
    paths = "".join(f'<path id="m{code}" d="{shape.path}"/>' for code, shape in shapes)
    return f'<g class="rim" fill="{QUIET}" stroke="{QUIET}" aria-hidden="true">{paths}</g>'


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


def fill_of(level: int | str, view: str) -> str:
    """Return the colour or the pattern of a level; patterns belong to a view, for their size is in its units."""
    if isinstance(level, int):
        return CLASSES[level]
    return f"url(#{level}-{view})"


def use(area: str) -> str:
    """Return the shape of a municipality."""
    return f'<use href="#m{area}"/>'


def draw_outline() -> list[str]:
    """Return a heavy line around the chosen municipalities, with a light edge so that it stands out of any colour."""
    return [
        f'<use class="{name}" href="#chosen" fill="none" stroke="{colour}" aria-hidden="true"/>'
        for name, colour in (("halo", GROUND), ("own", INK))
    ]


def wrap(description: AreaMap, view: str, box: Box, alt: str, body: str) -> Markup:
    """Return the element around a view: its name, its text alternative, its patterns and the mark of made-up data."""
    name = f"{description.id}-{view}"
    title = description.far if view == "far" else description.close
    size = round(box.width / 25)
    bottom = box.top + box.height
    stamp = (
        f'<rect class="paper" x="{box.left:g}" y="{bottom:g}" width="{box.width:g}" height="{3 * size}" fill="{GROUND}"/>'
        f'<text class="stamp" text-anchor="middle" x="{box.left + box.width / 2:g}" y="{bottom + 1.4 * size:g}" '
        f'font-size="{size}">{escape(description.stamp)}</text>'
    )
    height = box.height + (2 * size if description.stamp else 0)
    return Markup(
        f'<svg xmlns="http://www.w3.org/2000/svg" font-family="{FAMILY}" fill="{INK}" '
        f'viewBox="{box.left:g} {box.top:g} {box.width:g} {height:g}" '
        f'role="group" aria-label="{escape(description.title)}: {escape(title)}" aria-describedby="{name}-d">'
        f'<desc id="{name}-d">{escape(alt)}</desc><defs>{patterns(view)}{shared(description) if view == "far" else ""}</defs>'
        f"{body}{stamp if description.stamp else ''}</svg>"
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


def draw_swatch(level: int | str) -> Markup:
    """Return the small square of a line of the legend; its patterns are in the far view."""
    return Markup(
        f'<svg class="swatch" viewBox="0 0 28 18" width="28" height="18" aria-hidden="true">'
        f'<rect class="v-{level}" fill="{fill_of(level, "key")}" stroke="{HAIRLINE}" '
        f'x="0.5" y="0.5" width="27" height="17"/></svg>'
    )
