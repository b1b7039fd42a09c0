"""A package of a CKAN catalogue as its publisher fills it: rows, how they are written, what is said of them.

A test may alter a dataset between two calls; a fault alters a copy of it.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID, uuid5

import duckdb
import pandas as pd

_SPACE = UUID("20261124-0000-4000-8000-000000000000")
DESCRIPTION = "package.json"
FIGURES = ("saaja_lkm", "korvattu_paiva_lkm", "maksettu_eur", "kunta_osuus_eur")

Rows = Callable[[], pd.DataFrame]


@dataclass(frozen=True)
class Written:
    """How a file is written: between fields, before decimals, letters, byte order mark, line ends, quotes."""

    delimiter: str = ","
    decimal: str = "."
    encoding: str = "utf-8"
    mark: bool = False
    line_end: str = "\n"
    quoted: bool = False


AS_DOCUMENTED = Written()


@dataclass
class Dataset:
    """One package. `rows` makes its rows, `changes` are made to them in order, `files` cut them by years.

    `stamp` is when its files changed last; each release gives them new ids.
    """

    slug: str
    title: str
    owner: str
    stamp: str
    rows: Rows
    written: Written = AS_DOCUMENTED
    files: dict[str, tuple[str, str]] = field(default_factory=lambda: {"data.csv": ("0000", "9999")})
    changes: list[Callable[[pd.DataFrame], pd.DataFrame]] = field(default_factory=list)
    described: bool = True
    checksum: str | None = None
    told_size: bool = True
    downloads: str = ""

    def copy(self) -> "Dataset":
        """Give a dataset that can be altered without touching this one."""
        return replace(self, files=dict(self.files), changes=list(self.changes))

    def change(self, change: Callable[[pd.DataFrame], pd.DataFrame], stamp: str) -> None:
        """Publish changed rows under a new stamp."""
        self.changes.append(change)
        self.stamp = stamp

    @property
    def id(self) -> str:
        """The package's id."""
        return str(uuid5(_SPACE, self.slug))

    def resource_id(self, name: str) -> str:
        """Give the id of a file, another one after each release."""
        return str(uuid5(_SPACE, f"{self.slug} {name} {self.stamp}"))

    def altered(self) -> pd.DataFrame:
        """Give the rows with all changes."""
        frame = self.rows()
        for change in self.changes:
            frame = change(frame)
        return frame

    def content(self, name: str) -> bytes:
        """Write one of the files."""
        if name == DESCRIPTION:
            return json.dumps(self._description(), ensure_ascii=False).encode()
        return _content(self.rows, tuple(self.changes), self.written, self.files[name])

    def _description(self) -> dict[str, Any]:
        frame = self.altered()
        fields = []
        for position, name in enumerate(frame.columns):
            column = frame.iloc[:, position]
            values = [] if name in FIGURES else sorted(map(str, column.dropna().unique().tolist()))[:400]
            fields.append({"name": name, "type": "number" if name in FIGURES else "string", "values": values})
        schema = {"fields": fields, "missingValues": [""]}
        resource = {"name": self.slug, "path": list(self.files), "format": "csv", "encoding": "UTF-8", "schema": schema}
        return {"name": self.slug, "resources": [resource | {"dialect": {"delimiter": self.written.delimiter}}]}

    def package(self, root: str) -> dict[str, Any]:
        """Give what the catalogue says of the package."""
        names = [*self.files, *([DESCRIPTION] if self.described else [])]
        return {
            "id": self.id,
            "name": self.slug,
            "title": self.title,
            "owner_org": self.owner,
            "license_id": "cc-by-4.0",
            "metadata_modified": self.stamp,
            "num_resources": len(names),
            "resources": [self._resource(name, root) for name in names],
        }

    def _resource(self, name: str, root: str) -> dict[str, Any]:
        figures = name != DESCRIPTION
        content = self.content(name) if figures and (self.checksum is None or self.told_size) else b""
        place = f"dataset/{self.id}/resource/{self.resource_id(name)}/download/{name}"
        return {
            "id": self.resource_id(name),
            "name": name,
            "format": "CSV" if figures else "JSON",
            "size": len(content) if figures and self.told_size else None,
            "hash": hashlib.sha256(content).hexdigest() if figures and self.checksum is None else self.checksum or "",
            "created": self.stamp,
            "last_modified": self.stamp,
            "url": f"{self.downloads or root}/{place}",
        }


@cache
def _content(
    rows: Rows, changes: tuple[Callable[[pd.DataFrame], pd.DataFrame], ...], written: Written, years: tuple[str, str]
) -> bytes:
    frame = rows()
    for change in changes:
        frame = change(frame)
    if "vuosi" in frame.columns and years != ("0000", "9999"):
        frame = frame[frame["vuosi"].between(int(years[0]), int(years[1]))]
    if written == AS_DOCUMENTED:
        return _quickly(frame)
    text = frame.to_csv(
        index=False,
        sep=written.delimiter,
        decimal=written.decimal,
        lineterminator=written.line_end,
        quoting=1 if written.quoted else 0,
    )
    mark = b"\xef\xbb\xbf" if written.mark else b""
    return mark + text.encode(written.encoding)


def _quickly(frame: pd.DataFrame) -> bytes:
    """Write a million rows in a second."""
    columns = [f"c{place}" for place in range(len(frame.columns))]
    header = ",".join(frame.columns) + "\n"
    with TemporaryDirectory() as folder, duckdb.connect() as connection:
        path = Path(folder) / "rows.csv"
        connection.register("rows", frame.set_axis(columns, axis=1))
        connection.sql("select * from rows").write_csv(str(path), header=False)
        return header.encode() + path.read_bytes()
