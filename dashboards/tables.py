"""Tables: rows of text, and a legend of the signs that stand in them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from dashboards import format
from dashboards.breaks import year_on_year
from dashboards.figures import Figure
from dashboards.periods import is_year
from dashboards.visit import Visit

STATUS_SIGNS = {"suppressed": "\u2026", "missing": "..", "not_applicable": "."}
ORIGIN_SIGNS = {"derived": "\u00b0", "transcript": "\u2020", "press": "\u2021", "projection": "\u00a7"}
PRELIMINARY = "*"
NOT_HELD = "\u00d7"
SIGNS = {*STATUS_SIGNS.values(), *ORIGIN_SIGNS.values(), PRELIMINARY, NOT_HELD}
Rows = tuple[tuple[str, ...], ...]


class Cell(NamedTuple):
    """An indicator's figure of an area and month: as its value, as its change on the year, or as an index of a base."""

    indicator: str
    area: str
    period: str = ""
    change: bool = False
    base: float | None = None


@dataclass(frozen=True)
class Column:
    """A column of a table of months; its cell is one without a month, which each row fills in."""

    heading: str
    cell: Cell


Line = tuple[str, Sequence[Cell]]


def write_months(visit: Visit, columns: Sequence[Column], periods: Iterable[str]) -> tuple[Rows, tuple[str, ...]]:
    """Return the table of some columns, a row for each month or year, and its legend."""
    periods = list(periods)
    kind = "year" if any(map(is_year, periods)) else "month"
    head = [visit.words(f"table.{kind}"), *(column.heading for column in columns)]
    lines = [
        (format.short_month(visit.words, each), [column.cell._replace(period=each) for column in columns])
        for each in periods
    ]
    return write_table(visit, head, lines)


def write_table(visit: Visit, head: Sequence[str], lines: Sequence[Line]) -> tuple[Rows, tuple[str, ...]]:
    """Return the rows (the first one is the headings) and the legend of the signs among them."""
    found = [[(cell, find(visit, cell)) for cell in cells] for _, cells in lines]
    figures = [figure for cells in found for cell, figure in cells if not cell.change]
    common = common_origin(figures)
    body = [
        (name, *(write_cell(visit, cell, figure, common) for cell, figure in cells))
        for (name, _), cells in zip(lines, found, strict=True)
    ]
    changes = any(cell.change for cells in found for cell, _ in cells)
    return (tuple(head), *body), write_legend(visit, figures, common, changes)


def change_heading(visit: Visit, indicator: str) -> str:
    """Return the heading of a column of an indicator's change on the year."""
    own = f"table.change.{visit.catalogue.indicators[indicator].unit}"
    return visit.words(own) if visit.words.has(own) else visit.words("table.change.other", unit=visit.unit(indicator))


def find(visit: Visit, cell: Cell) -> Figure | None:
    """Return the figure that a cell shows, None when it is not held."""
    return visit.figures.at(cell.indicator, cell.area, cell.period)


def common_origin(figures: Iterable[Figure | None]) -> str:
    """Return the origin that all figures share, '' when they do not: what all share is said once, not in each cell."""
    origins = {figure.origin for figure in figures if figure}
    return origins.pop() if len(origins) == 1 else ""


def write_cell(visit: Visit, cell: Cell, figure: Figure | None, common: str) -> str:
    """Return the text of a cell and its figure: a number with its signs, or the sign that says why there is none."""
    facts = visit.catalogue.indicators[cell.indicator]
    if cell.change:
        change = year_on_year(visit, cell.indicator, cell.area, cell.period)
        if change.difference is None:
            return STATUS_SIGNS["suppressed"] if change.reason == "hidden" else NOT_HELD
        return format.signed_change(visit.words, change.difference, facts)
    if figure is None:
        return NOT_HELD
    if figure.value is None:
        return STATUS_SIGNS.get(figure.status, NOT_HELD)
    mark = "" if figure.origin == common else ORIGIN_SIGNS.get(figure.origin, "")
    preliminary = PRELIMINARY if figure.status == "preliminary" else ""
    if cell.base:
        return format.number(visit.words, 100 * figure.value / cell.base, 1) + preliminary + mark
    return format.number(visit.words, figure.value, facts.decimals) + preliminary + mark


def write_legend(visit: Visit, figures: Sequence[Figure | None], common: str, changes: bool) -> tuple[str, ...]:
    """Return what each sign in the cells means; `changes` tells whether there are cells of changes."""
    statuses = {figure.status for figure in figures if figure}
    origins = {figure.origin for figure in figures if figure}
    signs = {**STATUS_SIGNS, "preliminary": PRELIMINARY}
    lines = [f"{signs[each]} {visit.words(f'status.{each}.name')}" for each in signs if each in statuses]
    if None in figures or changes:
        lines.append(f"{NOT_HELD} {visit.words('table.not_held')}")
    if common in ORIGIN_SIGNS:
        return (*lines, visit.words("table.all_of_origin", origin=visit.words(f"origin.{common}.name")))
    marked = [each for each in ORIGIN_SIGNS if each in origins]
    return (*lines, *(f"{ORIGIN_SIGNS[each]} {visit.words(f'origin.{each}.name')}" for each in marked))
