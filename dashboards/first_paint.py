"""A page's description as plain HTML with its charts as SVG: all that a reader needs, before and without scripts."""

from functools import cache, lru_cache, partial
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from dashboards.charts.description import AreaMap, Panels, Plot, Ranks
from dashboards.charts.draw_map import draw_far, draw_near, draw_swatch
from dashboards.charts.draw_svg import draw_svg
from dashboards.charts.svg_parts import MIDDLE, NARROW, SMALL, WIDE
from dashboards.charts.svg_spark import draw_spark
from dashboards.charts.theme import area_class
from dashboards.controls import Controls
from dashboards.pages.parts import Card, Page
from dashboards.routes.assets import asset_address, theme_address
from dashboards.selection import MAPPED
from dashboards.shell import Shell
from dashboards.tables import Rows
from dashboards.visit import Visit
from dashboards.words import Words
from queries.settings import Settings

MOST_KEPT = 100
ARROWS = {"up": "\u2191", "down": "\u2193", "same": "=", "": ""}


class Drawn(NamedTuple):
    """One chart as the drawings of all its sizes. `title` stands over it where a card has several charts."""

    chart: str
    title: str
    sizes: str
    drawings: list[Markup]


@cache
def templates() -> Environment:
    """Return the templates; every value is escaped, and an unknown name is an error."""
    return Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render_page(page: Page, visit: Visit, shell: Shell, controls: Controls, notices: list[str], all_months: str) -> str:
    """Return the HTML of a page. `all_months` is the address of the same page as whole tables."""
    return templates().get_template("page.html").render(
        **surroundings(visit.words, visit.settings),
        page=page,
        shell=shell,
        controls=controls,
        notices=[*notices, *page.notices],
        selection=visit.selection,
        drawings={card.id: draw_card(card, visit) for card in page.cards},
        arrows=ARROWS,
        spark=draw_spark,
        all_months=all_months,
        usual_indicator=MAPPED[0],
    )  # fmt: skip


def render_front(page: Page, visit: Visit, shell: Shell, notices: list[str]) -> str:
    """Return the HTML of the front page."""
    return templates().get_template("front.html").render(
        **surroundings(visit.words, visit.settings),
        page=page,
        shell=shell,
        notices=notices,
        arrows=ARROWS,
        spark=draw_spark,
    )  # fmt: skip


def render_notice(words: Words, settings: Settings, shell: Shell, title: str, sentences: list[str]) -> str:
    """Return the HTML of a page that says one thing and shows a way on."""
    return templates().get_template("notice.html").render(
        **surroundings(words, settings), shell=shell, title=title, sentences=sentences
    )  # fmt: skip


def surroundings(words: Words, settings: Settings) -> dict[str, object]:
    """Return what every template needs."""
    return {"table_body": table_body, "words": words, "asset": asset_address, "theme": theme_address(settings)}


def draw_card(card: Card, visit: Visit) -> list[Drawn]:
    """Return the drawings of a card's chart, one of small plots by itself for each; none when tables are asked for."""
    if card.view is None or visit.selection.view != "chart":
        return []
    description, alt = card.view.description, card.view.alt
    name = partial(area_class, visit.settings)
    if isinstance(description, Panels):
        plots = description.plots
        return [Drawn(each.id, each.title, "small", [draw_svg(each, SMALL, each.title, name)]) for each in plots]
    if isinstance(description, AreaMap):
        return [Drawn(card.id, "", "three", [draw_map(description, alt, visit.words)])]
    layouts = (WIDE, MIDDLE, NARROW) if card.wide and isinstance(description, Plot | Ranks) else (MIDDLE, NARROW)
    drawings = [draw_svg(description, layout, alt, name) for layout in layouts]
    return [Drawn(card.id, "", "three" if len(layouts) == 3 else "two", drawings)]


def draw_map(description: AreaMap, alt: str, words: Words) -> Markup:
    """Return a map's two views with their legend."""
    template = templates().get_template("area_map.html")
    keys = [(key, draw_swatch(key)) for key in description.keys]
    far, near = draw_far(description, alt), draw_near(description, alt)
    return Markup(template.render(map=description, far=far, near=near, keys=keys, words=words))


@lru_cache(maxsize=MOST_KEPT)
def table_body(rows: Rows) -> Markup:
    """Return the rows of a table below its headings; long ones are the same on many pages."""
    lines = (
        f'<tr><th scope="row">{escape(row[0])}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in row[1:])}</tr>'
        for row in rows[1:]
    )
    return Markup("\n".join(lines))
