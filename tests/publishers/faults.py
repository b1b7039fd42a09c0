"""What can go wrong at a publisher, one small frozen class each.

A fault has up to five moments: `instead` of an answer, `alter` the table before it is read, `spoil` the JSON document
(metadata or json-stat2), `rewrite` a package of a catalogue (in catalogue_faults.py), `damage` the finished reply.
`path` (a part of the address) and `method` say which calls it meets; with `times`, only the first so many of those are
hit.
"""

import zlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache
from math import prod
from typing import Any

from tests.publishers.datasets import Dataset
from tests.publishers.reply import Reply, refusal
from tests.publishers.table import Table, Unit, Variable

Document = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Fault:
    """A fault that does nothing; each kind overrides one moment."""

    path: str = ""
    method: str = ""
    times: int | None = None

    def meets(self, method: str, path: str) -> bool:
        """Tell whether a call is of the kind that this fault hits."""
        return self.path in path and self.method in ("", method)

    def instead(self) -> Reply | None:
        """Give a reply that takes the place of the answer."""
        return None

    def alter(self, table: Table) -> None:
        """Change a copy of the table before it is read."""

    def spoil(self, document: Document) -> None:
        """Change a metadata or json-stat2 document."""

    def rewrite(self, dataset: Dataset) -> None:
        """Change a copy of a catalogue's package before it is read."""

    def damage(self, reply: Reply) -> Reply:
        """Change the finished reply."""
        return reply


@dataclass(frozen=True)
class Status(Fault):
    """Answer with an error; `retry_after` is seconds, or "http-date" for a date two seconds from now."""

    code: int
    retry_after: int | str | None = None

    def instead(self) -> Reply:
        """Give the reply in place of the answer."""
        if self.retry_after is None:
            return refusal(self.code)
        soon = format_datetime(datetime.now(UTC) + timedelta(seconds=2), usegmt=True)
        wait = soon if self.retry_after == "http-date" else str(self.retry_after)
        return refusal(self.code, **{"Retry-After": wait})


@dataclass(frozen=True)
class Html(Fault):
    """Answer 200 with a web page, as a maintenance break does."""

    def instead(self) -> Reply:
        """Give the reply in place of the answer."""
        page = "<!DOCTYPE html><html lang='fi'><title>Huoltokatko</title><p>Palvelu on huollossa.</p></html>"
        return Reply(200, page.encode(), "text/html; charset=utf-8")


@dataclass(frozen=True)
class Truncated(Fault):
    """Cut the body in the middle and send it as if it were whole."""

    def damage(self, reply: Reply) -> Reply:
        """Give the damaged reply."""
        return replace(reply, body=reply.body[: len(reply.body) // 2])


@dataclass(frozen=True)
class Disconnect(Fault):
    """Close the connection in the middle of the body."""

    def damage(self, reply: Reply) -> Reply:
        """Give the damaged reply."""
        return replace(reply, cut_off=True)


@dataclass(frozen=True)
class Slow(Fault):
    """Wait before answering."""

    seconds: float

    def damage(self, reply: Reply) -> Reply:
        """Give the damaged reply."""
        return replace(reply, delay=reply.delay + self.seconds)


@dataclass(frozen=True)
class Bomb(Fault):
    """Send a small gzip body that inflates to hundreds of megabytes."""

    megabytes: int = 300

    def instead(self) -> Reply:
        """Give the reply in place of the answer."""
        return Reply(200, _bomb(self.megabytes), "application/json; charset=utf-8", {"Content-Encoding": "gzip"})


@cache
def _bomb(megabytes: int) -> bytes:
    packer = zlib.compressobj(1, wbits=31)
    block = b"0," * 2**19
    packed = [packer.compress(b'{"value":[')] + [packer.compress(block) for _ in range(megabytes)]
    return b"".join([*packed, packer.compress(b"0]}"), packer.flush()])


@dataclass(frozen=True)
class NewDimension(Fault):
    """Publish one more variable before the contents; it cannot be left out of a query."""

    code: str = "Koulutusaste"
    values: tuple[str, ...] = ("SSS", "1", "2")

    def alter(self, table: Table) -> None:
        """Change the copy of the table."""
        text = dict.fromkeys(("fi", "sv", "en"), self.code)
        table.variables.insert(-1, Variable(self.code, self.code, text, self.values))


@dataclass(frozen=True)
class LostContent(Fault):
    """Publish a table without one of its contents."""

    code: str

    def alter(self, table: Table) -> None:
        """Change the copy of the table."""
        kept = tuple(value for value in table.contents.values if value != self.code)
        table.change(table.contents.code, values=kept)


@dataclass(frozen=True)
class Hole(Fault):
    """Leave one month out."""

    month: str

    def alter(self, table: Table) -> None:
        """Change the copy of the table."""
        table.keep_months(lambda month: month != self.month)


@dataclass(frozen=True)
class LostNewest(Fault):
    """Take the newest month back, the stamp unchanged."""

    def alter(self, table: Table) -> None:
        """Change the copy of the table."""
        newest = table.time.values[-1]
        table.keep_months(lambda month: month != newest)


@dataclass(frozen=True)
class DroppedYears(Fault):
    """Begin the history later, at a month or year such as 2011M01 or 2011."""

    first: str

    def alter(self, table: Table) -> None:
        """Change the copy of the table."""
        table.keep_months(lambda month: month >= self.first)


@dataclass(frozen=True)
class RenamedVariable(Fault):
    """Give a variable a new code, as happens every January."""

    old: str
    new: str

    def alter(self, table: Table) -> None:
        """Change the copy of the table."""
        if any(variable.code == self.old for variable in table.variables):
            table.rename_variable(self.old, self.new)


@dataclass(frozen=True)
class ChangedUnit(Fault):
    """Give a content another unit, in its unit and in the brackets of its label; the figures stay."""

    code: str
    unit: str

    def alter(self, table: Table) -> None:
        """Change the copy of the table."""
        contents = table.contents
        if self.code not in contents.values:
            return
        unit = Unit(dict.fromkeys(("fi", "sv", "en"), self.unit), contents.units[self.code].decimals)
        label = {lang: f"{text.split(' (')[0]} ({self.unit})" for lang, text in contents.labels[self.code].items()}
        labels, units = {**contents.labels, self.code: label}, {**contents.units, self.code: unit}
        table.change(contents.code, labels=labels, units=units)


@dataclass(frozen=True)
class DuplicateRows(Fault):
    """List a code twice in the metadata; in data, give two codes of the first long dimension the same index."""

    def spoil(self, document: Document) -> None:
        """Change the document."""
        for variable in document.get("variables", [])[:1]:
            variable["values"].insert(0, variable["values"][0])
            variable["valueTexts"].insert(0, variable["valueTexts"][0])
        for dimension in document.get("dimension", {}).values():
            index = dimension["category"]["index"]
            if len(index) > 1:
                index[list(index)[1]] = 0
                return


@dataclass(frozen=True)
class WrongSize(Fault):
    """Leave the last cell out, so that the values no longer fill the size."""

    def spoil(self, document: Document) -> None:
        """Change the document."""
        document.get("value", [None]).pop()


@dataclass(frozen=True)
class NotJsonTypes(Fault):
    """Put text where the first number should be."""

    text: str = "abc"

    def spoil(self, document: Document) -> None:
        """Change the document."""
        _put(document, 0, self.text)


@dataclass(frozen=True)
class TextCode(Fault):
    """Mark the first cell with a symbol that no legend explains."""

    symbol: str = "x"

    def spoil(self, document: Document) -> None:
        """Change the document."""
        _put(document, 0, None)
        if "value" in document:
            document.setdefault("status", {})["0"] = self.symbol


@dataclass(frozen=True)
class ImplausibleRate(Fault):
    """Put an impossible percentage into the first cell of the first rate asked for."""

    rate: float = 940.0

    def spoil(self, document: Document) -> None:
        """Change the document."""
        for metric in document.get("role", {}).get("metric", []):
            units = document["dimension"][metric]["category"]["unit"]
            stride = prod(document["size"][document["id"].index(metric) + 1 :])
            rates = [place for place, unit in enumerate(units.values()) if unit["base"] == "%"]
            for place in rates[:1]:
                _put(document, place * stride, self.rate)


def _put(document: Document, place: int, value: float | str | None) -> None:
    if "value" in document:
        document["value"][place] = value
        document.get("status", {}).pop(str(place), None)
