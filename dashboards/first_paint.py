"""A page's description as plain HTML with its charts as SVG: all that a reader needs, before and without scripts."""

from functools import cache, partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from dashboards.charts.draw_svg import MIDDLE, NARROW, WIDE, draw_svg
from dashboards.charts.theme import area_class
from dashboards.controls import Controls
from dashboards.pages.parts import Card, Page
from dashboards.routes.assets import asset_address, fingerprint, theme_address
from dashboards.shell import Shell
from dashboards.visit import Visit
from dashboards.words import Words
from queries.settings import Settings

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


def render_page(
    page: Page, visit: Visit, shell: Shell, controls: Controls, notices: list[str], all_months: str
) -> Markup:
    """Return the content of a page. `all_months` is the address of the same page as whole tables."""
    return render(
        "page.html",
        visit.words,
        visit.settings,
        page=page,
        shell=shell,
        controls=controls,
        notices=[*notices, *page.notices],
        selection=visit.selection,
        drawings={card.id: draw_card(card, visit) for card in page.cards},
        arrows=ARROWS,
        all_months=all_months,
    )


def render_front(page: Page, visit: Visit, shell: Shell, notices: list[str]) -> Markup:
    """Return the content of the front page."""
    return render(
        "front.html", visit.words, visit.settings, page=page, shell=shell, notices=notices, arrows=ARROWS
    )  # fmt: skip


def render_notice(words: Words, settings: Settings, shell: Shell, title: str, sentences: list[str]) -> str:
    """Return the document of a page that says one thing and shows a way on."""
    content = render("notice.html", words, settings, shell=shell, title=title, sentences=sentences)
    return render_document(words, settings, shell, f"{title} \u2013 {shell.site_name}", content)


def render_document(
    words: Words, settings: Settings, shell: Shell, title: str, content: Markup, description: str = "", live: str = ""
) -> Markup:
    """Return the document around a page's content. `live` is what it tells the loader of the live page, if any."""
    return render(
        "layout.html", words, settings, shell=shell, title=title, content=content, description=description, live=live
    )


def render(template: str, words: Words, settings: Settings, **values: object) -> Markup:
    """Return a template's HTML; each has the words and the addresses of static files beside its own values."""
    known = {"words": words, "asset": asset_address, "theme": theme_address(settings), "fingerprint": fingerprint}
    return Markup(templates().get_template(template).render(known, **values))


def draw_card(card: Card, visit: Visit) -> list[Markup]:
    """Return a card's chart in the sizes that its box may have; none when tables are asked for."""
    if card.view is None or visit.selection.view != "chart":
        return []
    layouts = (WIDE, MIDDLE, NARROW) if card.wide else (MIDDLE, NARROW)
    name = partial(area_class, visit.settings)
    return [draw_svg(card.view.description, layout, card.view.alt, name) for layout in layouts]
