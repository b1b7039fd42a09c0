"""One statistical table as a PxWeb server holds it: variables, a stamp, figures made on request, and queries.

A test may alter a table between two calls; every method below that changes something is meant for that.

BadQuery
    the publisher would answer 400 to this query
"""

import fnmatch
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

Words = Mapping[str, str]
"""A text by language (fi, sv, en)."""
Figures = NDArray[np.float64]
"""Cells of a table; a secret cell is NaN."""
Picks = Mapping[str, Sequence[str]]
"""The chosen codes by variable key."""
Fill = Callable[[Picks], Figures]
"""Makes the cells for some picks, with the axes in the order of the table's original variables."""

SUM = ""
"""Elimination without a code of its own: leaving the variable out gives the sum of its values."""


class BadQuery(Exception):
    """Tell that the publisher would refuse the query with 400."""


@dataclass(frozen=True)
class Unit:
    """The unit of one content."""

    base: Words
    decimals: int


@dataclass(frozen=True)
class Variable:
    """One variable: `key` is our own fixed name, `code` the publisher's, which may change."""

    key: str
    code: str
    text: Words
    values: tuple[str, ...]
    role: str = ""
    labels: Mapping[str, Words] = field(default_factory=dict)
    units: Mapping[str, Unit] = field(default_factory=dict)
    comments: Mapping[str, str] = field(default_factory=dict)
    elimination: str | None = None
    map: str | None = None

    def label(self, value: str, language: str) -> str:
        """Give the label of a value; a value without words, such as a month, is its own label."""
        return self.labels[value][language] if value in self.labels else value

    def choose(self, selection: Mapping[str, Any]) -> tuple[str, ...]:
        """Give the codes that a PxWeb selection means, in the table's order."""
        wanted = selection.get("values")
        if not isinstance(wanted, list) or not wanted or not all(isinstance(code, str) for code in wanted):
            raise BadQuery(f"no values for {self.code}")
        chosen = self._filtered(str(selection.get("filter")), wanted)
        if not chosen:
            raise BadQuery(f"nothing chosen of {self.code}")
        return chosen

    def _filtered(self, kind: str, wanted: list[str]) -> tuple[str, ...]:
        if kind == "item" and set(wanted) <= set(self.values):
            return tuple(code for code in self.values if code in set(wanted))
        if kind == "all":
            return tuple(code for code in self.values if any(fnmatch.fnmatchcase(code, form) for form in wanted))
        if kind == "top" and wanted[0].isdigit() and int(wanted[0]) > 0:
            count = int(wanted[0])
            return self.values[-count:] if self.role == "time" else self.values[:count]
        raise BadQuery(f"filter {kind} with {wanted} on {self.code}")


@dataclass
class Table:
    """One table; `axes` are the variable keys that `fill` knows, in its order, without any variable added later.

    symbol: what stands for a cell without a figure, `...` for a secret one or `..` for one that is not available.
    """

    id: str
    folder: str
    title: Words
    source: Words
    stamp: str
    variables: list[Variable]
    fill: Fill
    axes: tuple[str, ...] = ()
    revisions: dict[tuple[str, ...], float | None] = field(default_factory=dict)
    database: str = "StatFin"
    symbol: str = "..."

    def __post_init__(self) -> None:
        """Remember the variables that the figures are made for."""
        self.axes = self.axes or tuple(variable.key for variable in self.variables)

    def variable(self, code: str) -> Variable:
        """Give the variable of that code."""
        for variable in self.variables:
            if variable.code == code:
                return variable
        raise BadQuery(f"no variable {code} in {self.id}")

    @property
    def time(self) -> Variable:
        """The time variable."""
        return next(variable for variable in self.variables if variable.role == "time")

    @property
    def contents(self) -> Variable:
        """The variable of contents."""
        return next(variable for variable in self.variables if variable.role == "metric")

    def change(self, code: str, /, **fields: Any) -> None:
        """Replace fields of one variable, for instance `change("Alue", code="alue_23_20260101")`."""
        changed = replace(self.variable(code), **fields)
        self.variables = [changed if variable.code == code else variable for variable in self.variables]

    def add_month(self, month: str, stamp: str) -> None:
        """Publish one more month, such as 2026M09, under a new stamp."""
        self.change(self.time.code, values=(*self.time.values, month))
        self.stamp = stamp

    def keep_months(self, kept: Callable[[str], bool]) -> None:
        """Keep only the months that pass."""
        self.change(self.time.code, values=tuple(month for month in self.time.values if kept(month)))

    def rename_variable(self, old: str, new: str) -> None:
        """Give a variable a new code."""
        self.change(old, code=new)

    def revise(self, cell: Mapping[str, str], figure: float | None) -> None:
        """Publish another figure (None: secret) for a cell named by variable codes; one left out is its total."""
        codes = {v.key: cell.get(v.code, v.elimination) for v in self.variables}
        place = tuple(code for code in (codes[axis] for axis in self.axes) if code is not None)
        if len(place) != len(self.axes) or not set(cell) <= {variable.code for variable in self.variables}:
            raise BadQuery(f"{dict(cell)} is not one cell of {self.id}")
        self.revisions[place] = figure

    def copy(self) -> "Table":
        """Give a table that can be altered without touching this one."""
        return replace(self, variables=list(self.variables), revisions=dict(self.revisions))


@dataclass(frozen=True)
class Answer:
    """The part of a table that a query asked for; figures have one axis for each shown variable."""

    table: Table
    shown: list[Variable]
    figures: Figures


def choose(table: Table, query: Any) -> dict[str, tuple[str, ...]]:
    """Give the chosen codes by variable key for a PxWeb query; an omitted variable is its total."""
    if not isinstance(query, list) or not all(isinstance(part, dict) for part in query):
        raise BadQuery("the query is not a list of selections")
    selections = {part.get("code"): part.get("selection") for part in query}
    for code, selection in selections.items():
        if not isinstance(selection, dict) or not isinstance(code, str) or not table.variable(code):
            raise BadQuery(f"no selection for {code}")
    return {variable.key: _codes(variable, selections.get(variable.code)) for variable in table.variables}


def _codes(variable: Variable, selection: Mapping[str, Any] | None) -> tuple[str, ...]:
    if selection is not None:
        return variable.choose(selection)
    if variable.elimination is None:
        raise BadQuery(f"{variable.code} must be in the query")
    return (variable.elimination,)


def size(picks: Picks) -> int:
    """Count the cells of some picks."""
    return math.prod(len(codes) for codes in picks.values())


def answer(table: Table, picks: Picks, asked: set[str]) -> Answer:
    """Make the figures for some picks and drop the variables that were not asked for, by code."""
    figures = table.fill(picks)
    _apply_revisions(table, picks, figures)
    for position, variable in enumerate(table.variables):
        if variable.key not in table.axes:
            figures = np.repeat(np.expand_dims(figures, position), len(picks[variable.key]), axis=position)
    omitted = tuple(i for i, variable in enumerate(table.variables) if variable.code not in asked)
    shown = [replace(v, values=tuple(picks[v.key])) for v in table.variables if v.code in asked]
    return Answer(table, shown, figures.squeeze(omitted))


def _apply_revisions(table: Table, picks: Picks, figures: Figures) -> None:
    for place, figure in table.revisions.items():
        if all(code in picks[axis] for axis, code in zip(table.axes, place, strict=True)):
            spot = tuple(list(picks[axis]).index(code) for axis, code in zip(table.axes, place, strict=True))
            figures[spot] = np.nan if figure is None else figure
