"""What can go wrong with Sotkanet's lists, one small frozen class each, beside the faults of any publisher."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from tests.publishers.faults import Fault
from tests.publishers.reply import Reply

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class OfRows(Fault):
    """A fault of an answer that is a list of rows, or one row alone."""

    def damage(self, reply: Reply) -> Reply:
        """Give the reply with other rows."""
        if reply.status != 200:
            return reply
        content = json.loads(reply.body)
        rows = self.changed(content if isinstance(content, list) else [content])
        return replace(reply, body=json.dumps(rows if isinstance(content, list) else rows[0]).encode())

    def changed(self, rows: Rows) -> Rows:
        """Give other rows."""
        return rows


@dataclass(frozen=True)
class Retitled(OfRows):
    """Give an indicator, or an area, another Finnish title."""

    old: str = ""
    new: str = ""

    def changed(self, rows: Rows) -> Rows:
        """Give other rows."""
        return [row | {"title": {"fi": self.new}} if row["title"]["fi"] == self.old else row for row in rows]


@dataclass(frozen=True)
class Further(OfRows):
    """Add one more row, a copy of the last with some of its cells changed."""

    cells: tuple[tuple[str, Any], ...] = ()

    def changed(self, rows: Rows) -> Rows:
        """Give other rows."""
        return [*rows, rows[-1] | dict(self.cells)]


@dataclass(frozen=True)
class Cell(OfRows):
    """Put another value into a cell of every row, or of those that a test picks."""

    name: str = ""
    value: Any = None
    where: Callable[[dict[str, Any]], bool] = bool

    def changed(self, rows: Rows) -> Rows:
        """Give other rows."""
        return [row | {self.name: self.value} if self.where(row) else row for row in rows]


@dataclass(frozen=True)
class LostCell(OfRows):
    """Leave a cell of every row out."""

    name: str = ""

    def changed(self, rows: Rows) -> Rows:
        """Give other rows."""
        return [{name: value for name, value in row.items() if name != self.name} for row in rows]


@dataclass(frozen=True)
class LostRows(OfRows):
    """Leave out the rows that a test picks."""

    where: Callable[[dict[str, Any]], bool] = bool

    def changed(self, rows: Rows) -> Rows:
        """Give other rows."""
        return [row for row in rows if not self.where(row)]
