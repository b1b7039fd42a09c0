"""The one menu of a chart's card: what can be taken away from it. An entry is one line of ENTRIES and its word."""

from collections.abc import Callable
from dataclasses import dataclass

from dashboards.head import picture_address
from dashboards.open_data.chart_rows import rows_address
from dashboards.view import View
from dashboards.visit import Visit

Address = Callable[[Visit, View], str]


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
    Entry("csv", "csv", lambda visit, shown: rows_address(visit, shown.frame, "csv")),
    Entry("xlsx", "xlsx", lambda visit, shown: rows_address(visit, shown.frame, "xlsx")),
)


@dataclass(frozen=True)
class MenuLink:
    """An entry of one card."""

    label: str
    address: str
    file: str


@dataclass(frozen=True)
class Menu:
    """One card's menu: the address of this view of the chart, and the files."""

    address: str
    links: tuple[MenuLink, ...]


def menu_of(visit: Visit, shown: View, page: str) -> Menu:
    """Return a chart's menu on the page with an absolute address."""
    chart, area = shown.description.id, visit.selection.area
    addresses = [(each, each.address(visit, shown)) for each in ENTRIES]
    return Menu(
        address=f"{page}#{chart}",
        links=tuple(
            MenuLink(visit.words(f"menu.{each.id}"), address, f"{chart}_{area}.{each.ending}")
            for each, address in addresses
            if address
        ),
    )
