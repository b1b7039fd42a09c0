"""The three classes that describe a page, and no more; they know neither HTML nor Dash."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from dashboards.sentences import Sentence
from dashboards.shell import Link
from dashboards.tables import Rows
from dashboards.view import View
from dashboards.visit import Visit


@dataclass(frozen=True)
class KeyFigure:
    """One number at the top of a page, with its own newest month. `direction` is up, down, same or ''.

    `address` is where its label leads, '' for nowhere; `spark` are the values of the two years up to its month.
    """

    code: str
    label: str
    value: str
    unit: str
    period: str
    direction: str
    change: str
    notes: tuple[str, ...] = ()
    address: str = ""
    spark: tuple[float | None, ...] = ()


@dataclass(frozen=True)
class Card:
    """A box of a page: a chart with its table, or a table alone. The first row of `table` is its headings.

    `links` lead to the same page with something else in this box, `told` are sentences that stand in it.
    """

    id: str
    title: str
    unit: str
    wide: bool
    table: Rows
    legend: tuple[str, ...]
    source_line: str
    view: View | None = None
    all_months: bool = True
    links: tuple[Link, ...] = ()
    told: tuple[str, ...] = ()


@dataclass(frozen=True)
class Page:
    """A whole page for one selection. `month` is the newest month that it shows."""

    slug: str
    name: str
    headline: str
    month: str
    summary: tuple[Sentence, ...]
    notices: tuple[str, ...]
    key_figures: tuple[KeyFigure, ...]
    cards: tuple[Card, ...]
    notes: tuple[str, ...]


Maker = Callable[[Visit], Sequence[Card]]
Makers = Mapping[str, Maker]
"""How a page's cards are made, in their order: a chart's by the id of the chart, others by a name of their own.

Each makes its card alone, from figures that it asks the visit for; none where the page leaves the card out.
"""


def always(describe: Callable[..., Card], *more: str) -> Maker:
    """Return the maker of a card that the page never leaves out."""
    return lambda visit: [describe(visit, *more)]


def make_cards(visit: Visit, makers: Makers) -> tuple[Card, ...]:
    """Return all cards of a page."""
    return tuple(card for make in makers.values() for card in make(visit))
