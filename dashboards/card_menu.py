"""The one menu of a chart's card: what can be taken away from it. An entry is one line of ENTRIES and its word."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dashboards.charts.drawn import Drawn
from dashboards.head import Head, picture_address
from dashboards.open_data.chart_rows import rows_address
from dashboards.pages.parts import Card
from dashboards.share import Share, share_of
from dashboards.view import View
from dashboards.visit import Visit

Address = Callable[[Visit, View], str]
PICTURE_WIDTH = 1200


@dataclass(frozen=True)
class Entry:
    """A file to take away: its word is menu.<id>, its ending that of the saved file.

    A card of which there is no such file ('' as its address) has no such entry.
    """

    id: str
    ending: str
    address: Address


ENTRIES = (
    Entry("png", "png", lambda visit, shown: picture_address(visit, shown.description.id, "png")),
    Entry("svg", "svg", lambda visit, shown: picture_address(visit, shown.description.id, "svg")),
    Entry("csv", "csv", lambda visit, shown: rows_address(visit, shown, "csv")),
    Entry("xlsx", "xlsx", lambda visit, shown: rows_address(visit, shown, "xlsx")),
)


@dataclass(frozen=True)
class MenuLink:
    """An entry of one card."""

    label: str
    address: str
    file: str


@dataclass(frozen=True)
class Menu:
    """One card's menu: the address of this view of the chart, the files, a picture to paste, and the code to embed."""

    address: str
    links: tuple[MenuLink, ...]
    picture: str
    share: Share


def menu_of(visit: Visit, card: Card, drawings: Sequence[Drawn], head: Head) -> Menu:
    """Return the menu of a card on the page of a head."""
    area, chart = visit.selection.area, card.id
    addresses = [(each, each.address(visit, card.view)) for each in ENTRIES if card.view]
    return Menu(
        address=f"{head.address}#{chart}",
        picture=head.root + picture_address(visit, chart, "png", width=PICTURE_WIDTH),
        share=share_of(visit, card, drawings, head.root),
        links=tuple(
            MenuLink(visit.words(f"menu.{each.id}"), address, f"{chart}_{area}.{each.ending}")
            for each, address in addresses
            if address
        ),
    )
