"""A chart as a picture that stands alone: title, drawing, source, what must be known of it, and the site's name.

Two shapes: as wide as asked for and as high as it becomes, or 1200 × 630 for sharing, with larger type and the
headline as its title, so that it can be read when it is small.
"""

import base64
import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup, escape

from dashboards.charts.description import Bars, Description, Panels, Plot
from dashboards.charts.draw_svg import draw_svg
from dashboards.charts.svg_parts import MIDDLE, NARROW, SMALL, WIDE, Layout, text, wrapped
from dashboards.charts.theme import FAMILY, GROUND, INK, QUIET

SHARE_WIDTH, SHARE_HEIGHT = 1200, 630
MARGIN = 24
SHARE = Layout("share", 600 - 2 * MARGIN, 100, 15, beside=True)
SHARE_TITLES = (24, 22, 20, 18)
SOURCE = 12
STEP = 1.3
"""Height of a row of text, in font sizes."""

AreaClass = Callable[[str], str]


@dataclass(frozen=True)
class Caption:
    """The words around a drawing: its title, its text alternative, rows that stand below it, and the site's name."""

    title: str
    alt: str
    below: Sequence[str]
    site: str


def layout_for(width: int) -> Layout:
    """Return the drawing that can be read in a picture of some pixels' width."""
    return next((each for each in (WIDE, MIDDLE) if width >= each.width * 0.9), NARROW)


def draw_picture(
    description: Description, caption: Caption, layout: Layout, area_class: AreaClass, style: str = ""
) -> Markup:
    """Return a chart's picture in a layout's width; `style` holds the rules of the dark theme."""
    small = layout.font - 1
    top, title = write_rows(caption.title, layout.width, MARGIN, layout.font + 5, bold=True)
    if isinstance(description, Panels):
        bottom, drawings = place_panels(description, layout, top + layout.font / 2, area_class)
    else:
        drawing = draw_svg(description, layout, caption.alt, area_class)
        top += layout.font
        bottom, drawings = top + height_of(drawing), placed(drawing, MARGIN, top, layout.width)
    bottom, below = write_all(caption.below, layout.width, bottom + small, small)
    bottom, site = write_rows(caption.site, layout.width, bottom, small, bold=True)
    body = title + drawings + below + site
    return whole(body, layout.width + 2 * MARGIN, round(bottom + MARGIN - small * 0.3), caption, style)


def draw_bare(description: Plot | Bars, alt: str, layout: Layout, area_class: AreaClass) -> Markup:
    """Return a drawing alone, on no ground, for paper that has the words around it."""
    drawing = draw_svg(description, layout, alt, area_class)
    width, height = layout.width, height_of(drawing)
    return Markup(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'font-family="{FAMILY}" fill="{INK}">{placed(drawing, 0, 0, width)}</svg>'
    )


def place_panels(panels: Panels, layout: Layout, top: float, area_class: AreaClass) -> tuple[float, str]:
    """Return where the next thing begins, and small plots beside each other under their unit."""
    top, unit = write_rows(panels.unit, layout.width, top, layout.font)
    across = max(1, layout.width // (SMALL.width - MARGIN))
    width = (layout.width - MARGIN * (across - 1)) / across
    parts, bottom = [unit], top
    for place, plot in enumerate(panels.plots):
        drawing = draw_svg(plot, SMALL, plot.title, area_class)
        x = MARGIN + place % across * (width + MARGIN)
        if place % across == 0:
            top = bottom + layout.font
        high = height_of(drawing) * width / SMALL.width
        parts.append(f'<g font-size="{layout.font}" font-weight="700">{text(x, top + layout.font, plot.title)}</g>')
        parts.append(placed(drawing, x, top + layout.font * 1.5, width))
        bottom = max(bottom, top + layout.font * 1.5 + high)
    return bottom, "".join(parts)


def draw_share(description: Plot, caption: Caption, area_class: AreaClass, style: str = "") -> Markup:
    """Return a chart's picture for sharing: of the lines with figures only the first and the last, large."""
    width, height, inner = SHARE_WIDTH // 2, SHARE_HEIGHT // 2, SHARE.width
    size = next(
        (each for each in SHARE_TITLES if len(wrapped(caption.title, inner, each, True)) <= 3), SHARE_TITLES[-1]
    )
    top, title = write_rows(caption.title, inner, MARGIN - 10, size, bold=True)
    rows = wrapped(" ".join(caption.below), inner, SOURCE)
    first = height - 14 - SOURCE * STEP * (len(rows) - 1)
    lines = tuple(line for line in description.lines if line.runs)
    few = replace(description, lines=(*lines[:1], *lines[1:][-1:]), band=None)
    spare = first - SOURCE - top - height_of(draw_svg(few, SHARE, caption.alt, area_class))
    drawing = draw_svg(few, replace(SHARE, plot_height=SHARE.plot_height + round(spare)), caption.alt, area_class)
    below = [text(MARGIN, first + SOURCE * STEP * row, each, "start", QUIET, "quiet") for row, each in enumerate(rows)]
    site = text(width - MARGIN, top + SHARE.font, caption.site, "end")
    body = title + placed(drawing, MARGIN, top, inner)
    body += f'<g font-size="{SHARE.font}" font-weight="700">{site}</g>'
    return whole(f'{body}<g font-size="{SOURCE}">{"".join(below)}</g>', width, height, caption, style)


def whole(body: str, width: int, height: int, caption: Caption, style: str) -> Markup:
    """Return the element around a picture, with its ground."""
    rules = f"<style>{style}</style>" if style else ""
    ground = f'<rect class="ground" width="100%" height="100%" fill="{GROUND}"/>'
    return Markup(
        f'<svg class="picture" xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" font-family="{FAMILY}" fill="{INK}" role="img" aria-labelledby="p-t p-d">'
        f'<title id="p-t">{escape(caption.title)}</title><desc id="p-d">{escape(caption.alt)}</desc>'
        f"{rules}{ground}{body}</svg>"
    )


def placed(drawing: str, x: float, top: float, width: float) -> str:
    """Return a drawing at its place in a picture, as wide as asked for."""
    natural = re.search(r'viewBox="0 0 (\d+) (\d+)"', drawing)
    high = width * int(natural[2]) / int(natural[1]) if natural else 0
    place = f'<svg x="{x:g}" y="{top:.1f}" width="{width:g}" height="{high:.1f}" overflow="visible" '
    return str(drawing).replace("<svg ", place, 1)


def height_of(drawing: str) -> int:
    """Return a drawing's height in its own units."""
    found = re.search(r'viewBox="0 0 \d+ (\d+)"', drawing)
    return int(found[1]) if found else 0


def write_rows(words: str, width: float, top: float, font: int, bold: bool = False) -> tuple[float, str]:
    """Return where the next thing begins, and a text in rows from a place on."""
    rows = wrapped(words, width, font, bold)
    quiet = ("", "") if bold else (QUIET, "quiet")
    texts = [text(MARGIN, top + font * (STEP * row + 1), each, "start", *quiet) for row, each in enumerate(rows)]
    weight = ' font-weight="700"' if bold else ""
    return top + font * STEP * len(rows), f'<g font-size="{font}"{weight}>{"".join(texts)}</g>'


def write_all(lines: Sequence[str], width: float, top: float, font: int) -> tuple[float, str]:
    """Return where the next thing begins, and some texts below each other."""
    parts = []
    for line in lines:
        top, part = write_rows(line, width, top, font)
        parts.append(part)
    return top, "".join(parts)


def style_hash(style: str) -> str:
    """Return how a Content-Security-Policy names an inline style sheet."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'"
