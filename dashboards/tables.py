"""Tables of months, newest first: rows of text, and a legend of the signs that stand in them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboards import format
from dashboards.breaks import year_on_year
from dashboards.figures import Figure
from dashboards.visit import Visit

STATUS_SIGNS = {"suppressed": "\u2026", "missing": "..", "not_applicable": "."}
ORIGIN_SIGNS = {"derived": "\u00b0", "transcript": "\u2020", "press": "\u2021", "projection": "\u00a7"}
PRELIMINARY = "*"
NOT_HELD = "\u00d7"
Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Column:
    """A column of a table: an indicator in an area, as its value or as its change on the year."""

    heading: str
    indicator: str
    area: str
    change: bool = False


def write_table(visit: Visit, columns: Sequence[Column], periods: Iterable[str]) -> tuple[Rows, tuple[str, ...]]:
    """Return the rows (the first one is the headings) and the legend of the signs among them."""
    periods = list(periods)
    common = common_origin(visit, columns, periods)
    head = (visit.words("table.month"), *(column.heading for column in columns))
    body = [
        (format.short_month(visit.words, period), *(write_cell(visit, column, period, common) for column in columns))
        for period in periods
    ]
    return (head, *body), write_legend(visit, columns, periods, common)


def figures_of(visit: Visit, columns: Sequence[Column], periods: list[str]) -> list[Figure | None]:
    """Return the figures of all cells that show a value."""
    return [
        visit.figures.at(column.indicator, column.area, period)
        for column in columns
        if not column.change
        for period in periods
    ]


def common_origin(visit: Visit, columns: Sequence[Column], periods: list[str]) -> str:
    """Return the origin that all figures share, '' when they do not: what all share is said once, not in each cell."""
    origins = {figure.origin for figure in figures_of(visit, columns, periods) if figure}
    return origins.pop() if len(origins) == 1 else ""


def write_cell(visit: Visit, column: Column, period: str, common: str) -> str:
    """Return a cell's text: a number with its signs, or the sign that says why there is none."""
    facts = visit.catalogue.indicators[column.indicator]
    if column.change:
        change = year_on_year(visit, column.indicator, column.area, period)
        if change.difference is None:
            return STATUS_SIGNS["suppressed"] if change.reason == "hidden" else NOT_HELD
        return format.signed_change(visit.words, change.difference, facts)
    figure = visit.figures.at(column.indicator, column.area, period)
    if figure is None:
        return NOT_HELD
    if figure.value is None:
        return STATUS_SIGNS.get(figure.status, NOT_HELD)
    mark = "" if figure.origin == common else ORIGIN_SIGNS.get(figure.origin, "")
    preliminary = PRELIMINARY if figure.status == "preliminary" else ""
    return format.number(visit.words, figure.value, facts.decimals) + preliminary + mark


def write_legend(visit: Visit, columns: Sequence[Column], periods: list[str], common: str) -> tuple[str, ...]:
    """Return what each sign in the cells means."""
    figures = figures_of(visit, columns, periods)
    statuses = {figure.status for figure in figures if figure}
    origins = {figure.origin for figure in figures if figure}
    signs = {**STATUS_SIGNS, "preliminary": PRELIMINARY}
    lines = [f"{signs[each]} {visit.words(f'status.{each}.name')}" for each in signs if each in statuses]
    if None in figures or any(column.change for column in columns):
        lines.append(f"{NOT_HELD} {visit.words('table.not_held')}")
    if common in ORIGIN_SIGNS:
        return (*lines, visit.words("table.all_of_origin", origin=visit.words(f"origin.{common}.name")))
    marked = [each for each in ORIGIN_SIGNS if each in origins]
    return (*lines, *(f"{ORIGIN_SIGNS[each]} {visit.words(f'origin.{each}.name')}" for each in marked))
