"""A fake Statistics Finland: PxWeb API v1 on this machine's loopback, with made-up figures and, on request, faults.

Its answers have the shape of stored answers of the real one: hidden cells, stamps, limits and all. Start it in a test
with `with StatFin() as publisher`, or as a process with `python -m tests.publishers`.
"""

import json
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from tests.publishers import answers
from tests.publishers.faults import Fault
from tests.publishers.reply import Reply, document, refusal
from tests.publishers.server import Call, Publisher
from tests.publishers.table import BadQuery, Table, answer, choose, size
from tests.publishers.tables import FOLDERS, default_tables

ROOT = "/PxWeb/api/v1"
LANGUAGES = ("fi", "sv", "en")
_WRITERS = {"json-stat2": answers.json_stat2, "json": answers.px_json}


@dataclass(frozen=True)
class Config:
    """The limits that `?config` tells; `retry_after` (seconds) goes with a refusal for too many calls."""

    max_values: int = 120_000
    max_cells: int = 120_000
    max_calls: int = 40
    time_window: float = 60
    cors: bool = True
    retry_after: int | None = None

    def document(self) -> dict[str, Any]:
        """Give the answer to `?config`."""
        return {
            "maxValues": self.max_values,
            "maxCells": self.max_cells,
            "maxCalls": self.max_calls,
            "timeWindow": self.time_window,
            "CORS": self.cors,
        }


class StatFin(Publisher):
    """The publisher: tables, faults and the calls it has had. Leaving the `with` block closes it."""

    root = ROOT

    def __init__(
        self,
        tables: dict[str, Table] | None = None,
        faults: Iterable[Fault] = (),
        config: Config | None = None,
        made_up: bool = True,
        port: int = 0,
    ) -> None:
        """Listen on 127.0.0.1; port 0 takes a free one."""
        super().__init__(faults, made_up, port)
        self.tables = default_tables() if tables is None else tables
        self.config = config or Config()
        self._accepted: deque[float] = deque()

    def headers(self) -> dict[str, str]:
        """Give the headers of every answer."""
        return {"Access-Control-Allow-Origin": "*"} if self.config.cors else {}

    def refused(self, call: Call) -> Reply | None:
        """Refuse a call that is one too many."""
        with self._lock:
            while self._accepted and self._accepted[0] <= call.at - self.config.time_window:
                self._accepted.popleft()
            if len(self._accepted) < self.config.max_calls:
                self._accepted.append(call.at)
                return None
        wait = self.config.retry_after
        return refusal(429) if wait is None else refusal(429, **{"Retry-After": str(wait)})

    def answer(self, call: Call, faults: list[Fault]) -> Reply:
        """Answer a call."""
        address = urlsplit(call.path)
        if not address.path.lower().startswith(ROOT.lower() + "/"):
            return refusal(404)
        language, *rest = [unquote(step) for step in address.path[len(ROOT) :].split("/") if step] or [""]
        if language not in LANGUAGES:
            return refusal(400)
        try:
            if rest and rest[-1].endswith(".px"):
                return self._about_table(call.method, language, self._table(rest, faults), call.body, faults)
            return document(self._about_folder(language, rest, address.query))
        except (BadQuery, json.JSONDecodeError):
            return refusal(400)

    def _about_folder(self, language: str, rest: list[str], query: str) -> Any:
        if query.rstrip("=") == "config" and not rest:
            return self.config.document()
        match rest:
            case []:
                return [{"dbid": dbid, "text": dbid} for dbid in FOLDERS]
            case [dbid] if dbid in FOLDERS:
                return answers.folders(FOLDERS[dbid], language)
            case [dbid, folder] if folder in FOLDERS.get(dbid, {}):
                listed = [t for t in self.tables.values() if (t.database, t.folder) == (dbid, folder)]
                return answers.listing(listed, language)
        raise BadQuery("no such folder")

    def _table(self, rest: list[str], faults: list[Fault]) -> Table:
        """A copy of the table that the address means, with or without its folder, as the faults make it."""
        published = self.tables.get(rest[-1].removesuffix(".px"))
        if published is None or rest[:-1] not in ([published.database], [published.database, published.folder]):
            raise BadQuery("no such table")
        table = published.copy()
        for fault in faults:
            fault.alter(table)
        return table

    def _about_table(self, method: str, language: str, table: Table, body: str | None, faults: list[Fault]) -> Reply:
        if method == "GET":
            content = answers.metadata(table, language)
        else:
            query = json.loads(body or "")
            if not isinstance(query, dict):
                raise BadQuery("the body is not an object")
            picks = choose(table, query.get("query"))
            if size(picks) > min(self.config.max_cells, self.config.max_values):
                return refusal(403)
            content = self._data(language, table, query, picks)
        for fault in faults:
            fault.spoil(content)
        return document(content)

    def _data(self, language: str, table: Table, query: Any, picks: dict[str, tuple[str, ...]]) -> dict[str, Any]:
        wanted = query.get("response")
        if not isinstance(wanted, dict) or wanted.get("format") not in _WRITERS:
            raise BadQuery("format")
        writer = _WRITERS[wanted["format"]]
        asked = {part["code"] for part in query["query"]}
        return writer(answer(table, picks, asked), language, answers.source(table, language, self.made_up))
