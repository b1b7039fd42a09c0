"""A page's description as plain HTML with its charts as SVG: all that a reader needs, before and without scripts."""

from functools import cache, lru_cache, partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from dashboards.charts.area_map import AreaMap
from dashboards.charts.draw_map import draw_far, draw_near, draw_swatch
from dashboards.charts.draw_ranks import draw_ranks
from dashboards.charts.draw_svg import MIDDLE, NARROW, WIDE, draw_svg
from dashboards.charts.ranks import Ranks
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
        default_indicator=MAPPED[0],
        all_months=all_months,
    )  # fmt: skip


def render_front(page: Page, visit: Visit, shell: Shell, notices: list[str]) -> str:
    """Return the HTML of the front page."""
    return templates().get_template("front.html").render(
        **surroundings(visit.words, visit.settings), page=page, shell=shell, notices=notices, arrows=ARROWS
    )  # fmt: skip


def render_notice(words: Words, settings: Settings, shell: Shell, title: str, sentences: list[str]) -> str:
    """Return the HTML of a page that says one thing and shows a way on."""
    return templates().get_template("notice.html").render(
        **surroundings(words, settings), shell=shell, title=title, sentences=sentences
    )  # fmt: skip


def surroundings(words: Words, settings: Settings) -> dict[str, object]:
    """Return what every template needs."""
    return {"table_body": table_body, "words": words, "asset": asset_address, "theme": theme_address(settings)}


@lru_cache(maxsize=MOST_KEPT)
def table_body(rows: Rows) -> Markup:
    """Return the rows of a table below its headings; long tables are the same on many pages."""
    lines = (
        f'<tr><th scope="row">{escape(row[0])}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in row[1:])}</tr>'
        for row in rows[1:]
    )
    return Markup("\n".join(lines))


def draw_card(card: Card, visit: Visit) -> list[Markup]:
    """Return a card's chart in the sizes that its box may have; none when tables are asked for."""
    if card.view is None or visit.selection.view != "chart":
        return []
    if isinstance(card.view.description, AreaMap):
        return [draw_map(card.view.description, card.view.alt, visit.words)]
    layouts = (WIDE, MIDDLE, NARROW) if card.wide else (MIDDLE, NARROW)
    name = partial(area_class, visit.settings)
    if isinstance(card.view.description, Ranks):
        return [draw_ranks(card.view.description, layout, card.view.alt, name) for layout in layouts]
    return [draw_svg(card.view.description, layout, card.view.alt, name) for layout in layouts]


def draw_map(description: AreaMap, alt: str, words: Words) -> Markup:
    """Return a map's two views with their legend."""
    template = templates().get_template("area_map.html")
    keys = [(key, draw_swatch(key.level)) for key in description.keys]
    far, near = draw_far(description, alt), draw_near(description, alt)
    return Markup(template.render(map=description, far=far, near=near, keys=keys, words=words))
