"""Draw a description as SVG, in one of four sizes; a page shows the one that fits and hides the others.

Colours stand as attributes, so that a picture is right alone; on a page, classes win over them.
"""

from markupsafe import Markup, escape

from dashboards.charts.description import AreaMap, Bars, Columns, Plot, Profile, Pyramid, Ranks
from dashboards.charts.draw_map import draw_still
from dashboards.charts.draw_ranks import draw_ranks
from dashboards.charts.svg_bars import draw_bars
from dashboards.charts.svg_columns import draw_columns
from dashboards.charts.svg_parts import Layout
from dashboards.charts.svg_plot import AreaClass, draw_plot
from dashboards.charts.svg_profile import draw_profile
from dashboards.charts.svg_pyramid import draw_pyramid
from dashboards.charts.theme import FAMILY, INK


def draw_svg(
    description: Plot | Bars | Columns | Pyramid | Ranks | Profile | AreaMap,
    layout: Layout,
    alt: str,
    area_class: AreaClass = "area-{}".format,
) -> Markup:
    """Return one drawing with its title and its text alternative; `data-plot` tells where its plot area lies."""
    if isinstance(description, Plot):
        body, height, scale = draw_plot(description, layout, area_class)
        box = scale.left, scale.top, scale.right, scale.bottom
    elif isinstance(description, Ranks):
        body, height, box = draw_ranks(description, layout, area_class)
    elif isinstance(description, Profile):
        body, height, box = draw_profile(description, layout, area_class)
    elif isinstance(description, AreaMap):
        body, height, box = draw_still(description, layout)
    elif isinstance(description, Columns):
        body, height, box = draw_columns(description, layout)
    elif isinstance(description, Pyramid):
        body, height, box = draw_pyramid(description, layout)
    else:
        body, height, box = draw_bars(description, layout)
    return frame(description.id, layout, height, description.title, alt, body, box)


def frame(
    name: str, layout: Layout, height: int, title: str, alt: str, body: str, box: tuple[float, float, float, float]
) -> Markup:
    """Return the element around a drawing's inside."""
    names = f"{name}-{layout.name}"
    return Markup(
        f'<svg class="drawing {layout.name}" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {layout.width} {height}" '
        f'data-plot="{" ".join(f"{side:g}" for side in box)}" '
        f'font-size="{layout.font}" font-family="{FAMILY}" fill="{INK}" '
        f'role="img" aria-labelledby="{names}-t {names}-d">'
        f'<title id="{names}-t">{escape(title)}</title><desc id="{names}-d">{escape(alt)}</desc>{body}</svg>'
    )
