"""The one menu of a chart's card: what can be taken away from it. An entry is one line of ENTRIES and its word."""

from collections.abc import Callable
from dataclasses import dataclass

from dashboards.head import picture_address
from dashboards.visit import Visit

Address = Callable[[Visit, str], str]


@dataclass(frozen=True)
class Entry:
    """A file to take away: its word is menu.<id>, its ending that of the saved file."""

    id: str
    ending: str
    address: Address


ENTRIES = (
    Entry("png", "png", lambda visit, chart: picture_address(visit, chart, "png")),
    Entry("svg", "svg", lambda visit, chart: picture_address(visit, chart, "svg")),
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


def menu_of(visit: Visit, chart: str, page: str) -> Menu:
    """Return a chart's menu on the page with an absolute address."""
    area = visit.selection.area
    return Menu(
        address=f"{page}#{chart}",
        links=tuple(
            MenuLink(visit.words(f"menu.{each.id}"), each.address(visit, chart), f"{chart}_{area}.{each.ending}")
            for each in ENTRIES
        ),
    )
