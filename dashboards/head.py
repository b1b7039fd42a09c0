"""What a page tells of itself in its head: to a search engine, to a browser's tab, and to those who share its address.

A search engine is told one address for an area and month in each language; sharing keeps the whole view.
"""

from dataclasses import dataclass, replace
from urllib.parse import quote

from dashboards import format
from dashboards.charts.description import Plot
from dashboards.charts.picture import SHARE_HEIGHT, SHARE_WIDTH
from dashboards.pages.parts import Page
from dashboards.selection import changed, write_query
from dashboards.shell import page_address
from dashboards.view import View
from dashboards.visit import Visit
from dashboards.words import languages, load_words

SHARED_CHART = "unemployment_rate"
"""The picture of a page without a chart of lines that has figures."""


@dataclass(frozen=True)
class Head:
    """The head of one page; all addresses are absolute. `alternates` are (language, address), x-default the last.

    `source` is the source line of the first chart: with the address it stands at the foot of each printed page.
    `root` is the site's address, `oembed` the one that tells how to embed the page's first chart, '' without one.
    """

    title: str
    description: str
    canonical: str
    alternates: tuple[tuple[str, str], ...]
    address: str
    picture: str
    picture_alt: str
    picture_size: tuple[int, int]
    locale: str
    other_locales: tuple[str, ...]
    source: str
    root: str
    oembed: str


def describe_head(visit: Visit, page: Page, root: str, query: str) -> Head:
    """Return a page's head. `root` is the site's address with a slash at its end, `query` that of the whole view."""
    root = root.rstrip("/")
    language = visit.words.language
    lasting = lasting_query(visit) if page.slug else ""
    addresses = {code: root + page_address(code, page.slug, lasting) for code in languages()}
    address = root + page_address(language, page.slug, query)
    others = tuple(load_words(code)("head.locale") for code in languages() if code != language)
    shared = shared_view(page)
    chart = shared.description.id if shared else SHARED_CHART
    return Head(
        title=write_title(visit, page),
        description=page.headline,
        canonical=addresses[language],
        alternates=(*addresses.items(), ("x-default", addresses[languages()[0]])),
        address=address,
        picture=root + picture_address(visit, chart, "png", width=SHARE_WIDTH, height=SHARE_HEIGHT),
        picture_alt=shared.alt if shared else page.headline,
        picture_size=(SHARE_WIDTH, SHARE_HEIGHT),
        locale=visit.words("head.locale"),
        other_locales=others,
        source=next((card.source_line for card in page.cards if card.source_line), ""),
        root=root,
        oembed=f"{root}/oembed?url={quote(address, safe='')}&format=json" if page.cards else "",
    )


def shared_view(page: Page) -> View | None:
    """Return the chart whose picture is shown with a page's address: its first one of lines that has figures."""
    views = (card.view for card in page.cards if card.view and isinstance(card.view.description, Plot))
    return next((each for each in views if not each.description.is_empty), None)


def write_title(visit: Visit, page: Page) -> str:
    """Return the page's name with its area and month; the front page has neither."""
    if not page.slug:
        return page.name
    name = visit.name(visit.selection.area)
    if not page.month:
        return visit.words("head.title_without_month", page=page.name, name=name)
    return visit.words("head.title", page=page.name, name=name, month=format.month(visit.words, page.month))


def lasting_query(visit: Visit) -> str:
    """Return the query of an area and month alone."""
    plain = replace(changed(visit.selection), since="", until="", view="chart", measure="rate", as_of=None)
    usual = write_query(plain, visit.settings, visit.edition.areas)
    return "&".join(part for part in usual.split("&") if part.partition("=")[0] in ("area", "month"))


def picture_address(visit: Visit, chart: str, kind: str, **more: object) -> str:
    """Return the address of a chart's picture as the visit shows it, without the host."""
    parts = [visit.query, f"lang={visit.words.language}", *(f"{name}={value}" for name, value in more.items())]
    return f"/embed/{chart}.{kind}?{'&'.join(parts)}"
