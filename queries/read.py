"""Read a published version: the only place that reads through a .sql file.

A Reader belongs to one process and holds one read-only connection; a Snapshot is one request's cursor on it.
All frames of one Snapshot come from one version, also when a new one is published meanwhile.
"""

import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import pandas as pd

from queries.database import current_version, first_line, open_version
from queries.errors import PublishFailed, QueryRefused

SQL_FOLDER = Path(__file__).parent / "sql"
NEWEST_KNOWLEDGE = datetime(9999, 12, 30)
HELSINKI = ZoneInfo("Europe/Helsinki")
MOST_FRAMES = 200

# A named query with its parameters; a version never changes, so the same question has the same answer.
Question = tuple[Any, ...]


def end_of_day(day: date) -> datetime:
    """Return the last moment of a Finnish day as a naive UTC time, the form of release stamps."""
    midnight = datetime.combine(day + timedelta(days=1), time(), HELSINKI)
    return midnight.astimezone(UTC).replace(tzinfo=None) - timedelta(microseconds=1)


@cache
def load_query(name: str) -> tuple[str, frozenset[str]]:
    """Return the text of sql/<name>.sql and the names of its parameters.

    Raises QueryRefused when there is no such file.
    """
    path = SQL_FOLDER / f"{name}.sql"
    if not name.isidentifier() or not path.is_file():
        known = ", ".join(sorted(file.stem for file in SQL_FOLDER.glob("*.sql")))
        raise QueryRefused(f"No query is named {name}; there are {known}.")
    text = path.read_text(encoding="utf-8")
    return text, frozenset(re.findall(r"\$(\w+)", text))


@dataclass(frozen=True)
class Snapshot:
    """One request's view of one version. `answered` are the frames that other requests have asked of it already."""

    version: str
    cursor: duckdb.DuckDBPyConnection
    answered: dict[Question, pd.DataFrame] = field(default_factory=dict)

    def frame(self, name: str, **params: Any) -> pd.DataFrame:
        """Run sql/<name>.sql with bound parameters and return its rows.

        Raises QueryRefused when a parameter is missing or surplus.
        """
        text = text_for(name, params)
        question = (name, *((key, as_key(params[key])) for key in sorted(params)))
        frame = self.answered.get(question)
        if frame is None:
            frame = self.cursor.execute(text, params).df()
            if len(self.answered) >= MOST_FRAMES:
                self.answered.clear()
            self.answered[question] = frame
        return frame.copy(deep=False)

    def large_frame(self, name: str, **params: Any) -> pd.DataFrame:
        """Return what `frame` does, of so many rows that they are not kept for the next request."""
        return self.cursor.execute(text_for(name, params), params).df()

    def write_parquet(self, path: Path, name: str, **params: Any) -> None:
        """Write the rows of sql/<name>.sql into a Parquet file. Raises PublishFailed when it cannot be written."""
        try:
            self.cursor.sql(text_for(name, params), params=params).write_parquet(str(path), compression="zstd")
        except (OSError, duckdb.IOException) as error:
            raise PublishFailed(
                f"The file {path} could not be written ({first_line(error)}): free disk space or give this user the "
                "right to write there."
            ) from error


def text_for(name: str, params: Mapping[str, Any]) -> str:
    """Return the text of sql/<name>.sql. Raises QueryRefused when a parameter is missing or surplus."""
    text, expected = load_query(name)
    if params.keys() != expected:
        raise QueryRefused(f"Query {name} takes {sorted(expected)}, it was given {sorted(params)}.")
    return text


def as_key(value: Any) -> Any:
    """Return a parameter in a form that can be compared and kept."""
    return tuple(value) if isinstance(value, list) else value


class Reader:
    """A process's read-only connection to the current version; it follows `current` when that changes."""

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir
        self._lock = threading.Lock()
        self._version = ""
        self._connection: duckdb.DuckDBPyConnection | None = None
        self._answered: dict[Question, pd.DataFrame] = {}

    def snapshot(self) -> Snapshot:
        """Return a cursor on the version that is current now.

        Raises NoDatabase when nothing has been published, DatabaseRefused when the file cannot be opened.
        """
        with self._lock:
            version = current_version(self._data_dir)
            if self._connection is None or version != self._version:
                # The connection that is left is closed by its last cursor: a request that reads it goes on.
                self._connection = open_version(self._data_dir, version)
                self._version = version
                self._answered = {}
            return Snapshot(self._version, self._connection.cursor(), self._answered)
