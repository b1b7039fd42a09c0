"""A page's description as plain HTML with its charts as SVG: all that a reader needs, before and without scripts."""

from functools import cache, lru_cache, partial
from html import escape
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from dashboards.card_menu import menu_of
from dashboards.charts import CHARTS
from dashboards.charts.description import AreaMap, Bars, Columns, Panels, Plot, Profile, Pyramid, Ranks
from dashboards.charts.draw_map import draw_far, draw_near, draw_swatch
from dashboards.charts.draw_svg import draw_svg
from dashboards.charts.drawn import Drawn
from dashboards.charts.stops import tell_stops
from dashboards.charts.svg_parts import MIDDLE, NARROW, SMALL, WIDE, Layout
from dashboards.charts.svg_spark import draw_spark
from dashboards.charts.theme import area_class
from dashboards.controls import Controls
from dashboards.head import Head
from dashboards.pages.parts import Card, Page
from dashboards.routes.assets import asset_address, fingerprint, script_address, theme_text
from dashboards.selection import MAPPED, USUAL_IN_VITALITY
from dashboards.share import choices_of
from dashboards.shell import Shell
from dashboards.tables import Rows
from dashboards.view import View
from dashboards.visit import Visit
from dashboards.vitality_weights import WeightsForm
from dashboards.what_if import Calculator
from dashboards.words import Words
from queries.settings import Settings

MOST_KEPT = 100
LONG_CELL = 16
"""From so many letters on a cell of words may break its lines."""
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
    page: Page, visit: Visit, shell: Shell, head: Head, controls: Controls, notices: list[str], all_months: str,
    calculator: Calculator | None = None, weights: WeightsForm | None = None, report: str = "",
) -> Markup:  # fmt: skip
    """Return the content of a page. `all_months` is where its tables are whole, `report` its PDF."""
    drawings = {card.id: draw_card(card, visit) for card in page.cards}
    pictured = [card for card in page.cards if card.view and not is_blank(card.view)]
    return render(
        "page.html",
        visit.words,
        visit.settings,
        page=page,
        shell=shell,
        head=head,
        controls=controls,
        notices=[*notices, *page.notices],
        selection=visit.selection,
        drawings=drawings,
        menus={card.id: menu_of(visit, card, drawings[card.id], head) for card in pictured},
        choices=choices_of(visit) if pictured else None,
        arrows=ARROWS,
        spark=draw_spark,
        all_months=all_months,
        calculator=calculator,
        weights=weights,
        report=report,
        usual_indicators=(MAPPED[0], USUAL_IN_VITALITY),
    )


def render_plain(
    template: str, page: Page, visit: Visit, shell: Shell, head: Head, notices: list[str], **more: str
) -> Markup:
    """Return the content of a page without choices: the front page, or one of text and tables."""
    return render(
        template,
        visit.words,
        visit.settings,
        page=page,
        shell=shell,
        head=head,
        notices=notices,
        arrows=ARROWS,
        spark=draw_spark,
        **more,
    )


def render_notice(words: Words, settings: Settings, shell: Shell, title: str, sentences: list[str]) -> str:
    """Return the document of a page that says one thing and shows a way on."""
    content = render("notice.html", words, settings, shell=shell, title=title, sentences=sentences)
    return render_document(words, settings, shell, content, title=title)


def render_document(
    words: Words,
    settings: Settings,
    shell: Shell,
    content: Markup,
    head: Head | None = None,
    live: str = "",
    title: str = "",
) -> Markup:
    """Return the document around a page's content. `live` is what it tells the loader of the live page, if any.

    One without a head of its own is only titled, and is for no search engine.
    """
    return render("layout.html", words, settings, shell=shell, content=content, head=head, live=live, title=title)


def render(template: str, words: Words, settings: Settings, **values: object) -> Markup:
    """Return a template's HTML; each has the words and the addresses of static files beside its own values."""
    known = {
        "words": words,
        "asset": asset_address,
        "theme": Markup(theme_text(settings)),
        "script": script_address(),
        "fingerprint": fingerprint,
        "table": html_table,
        "suggestions": html_suggestions,
    }
    return Markup(templates().get_template(template).render(known, **values))


def is_blank(shown: View) -> bool:
    """Tell whether a chart would be a key without a bar; empty axes at least show the months that are meant."""
    return isinstance(shown.description, Bars | Columns) and shown.description.is_empty


def draw_card(card: Card, visit: Visit) -> list[Drawn]:
    """Return the drawings of a card's chart; none when tables are asked for, or of bars that are not there."""
    if card.view is None or visit.selection.view != "chart" or is_blank(card.view):
        return []
    if card.view.question is None:
        return draw_view(card, card.view, visit)
    shown = card.view
    return visit.edition.memory.recall(("drawn", card.wide, *card.view.question), lambda: draw_view(card, shown, visit))


def draw_view(card: Card, shown: View, visit: Visit) -> list[Drawn]:
    """Return the drawings of a view, one of small plots by itself for each."""
    description, alt = shown.description, shown.alt
    if isinstance(description, Panels):
        return [draw_one(visit, card.id, plot, (SMALL,), plot.title, plot.title) for plot in description.plots]
    if isinstance(description, AreaMap):
        return [Drawn(card.id, "", "three", [draw_map(description, alt, visit.words)], Markup())]
    layouts = (
        (WIDE, MIDDLE, NARROW)
        if card.wide and isinstance(description, Plot | Columns | Pyramid | Ranks | Profile)
        else (MIDDLE, NARROW)
    )
    return [draw_one(visit, card.id, description, layouts, alt, "")]


def draw_one(
    visit: Visit,
    chart: str,
    description: Plot | Bars | Columns | Pyramid | Ranks | Profile,
    layouts: tuple[Layout, ...],
    alt: str,
    title: str,
) -> Drawn:
    """Return a plot or bars in some sizes, with what is read of them."""
    name = partial(area_class, visit.settings)
    return Drawn(
        chart=description.id,
        title=title,
        sizes={1: "small", 2: "two", 3: "three"}[len(layouts)],
        drawings=[draw_svg(description, layout, alt, name) for layout in layouts],
        stops=tell_stops(visit, CHARTS[chart], description),
    )


def draw_map(description: AreaMap, alt: str, words: Words) -> Markup:
    """Return a map's two views with their legend."""
    template = templates().get_template("area_map.html")
    keys = [(key, draw_swatch(key)) for key in description.keys]
    far, near = draw_far(description, alt), draw_near(description, alt)
    return Markup(template.render(map=description, far=far, near=near, keys=keys, words=words))


@lru_cache
def html_suggestions(values: tuple[str, ...]) -> Markup:
    """Return what can be found by its name, as options; all places of the country are the same on every page."""
    return Markup("\n").join(Markup('<option value="{}"></option>').format(each) for each in values)


@lru_cache(maxsize=MOST_KEPT)
def html_table(rows: Rows, caption: str) -> Markup:
    """Return a table whose first row is its headings; long ones are the same on many pages.

    A column with a cell of words has room for them, reads from the left and may break its lines; numbers stand below
    each other.
    """
    worded = {place for row in rows[1:] for place, cell in enumerate(row) if is_worded(cell)}
    name = {place: ' class="text"' if place in worded else "" for place in range(len(rows[0]))}
    heads = "".join(f'<th scope="col"{name[place]}>{escape(cell)}</th>' for place, cell in enumerate(rows[0]))
    lines = (
        f'<tr><th scope="row">{escape(row[0])}</th>'
        f"{''.join(f'<td{name[place]}>{escape(cell)}</td>' for place, cell in enumerate(row[1:], 1))}</tr>"
        for row in rows[1:]
    )
    return Markup(
        f'<table>\n<caption class="unseen">{escape(caption)}</caption>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n'
        + "\n".join(lines)
        + "\n</tbody>\n</table>"
    )


def is_worded(cell: str) -> bool:
    """Tell whether a cell holds words that may need more than one line, no number with its unit."""
    return len(cell) >= LONG_CELL and " " in cell and any(letter.isalpha() for letter in cell)
