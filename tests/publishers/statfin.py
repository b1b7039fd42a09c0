"""A fake Statistics Finland: PxWeb API v1 on this machine's loopback, with made-up figures and, on request, faults.

Its answers have the shape of stored answers of the real one: hidden cells, stamps, limits and all. Start it in a test
with `with StatFin() as publisher`, or as a process with `python -m tests.publishers`.
"""

import gzip
import json
import sys
import threading
import time
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import unquote, urlsplit

from tests.publishers import answers
from tests.publishers.faults import Fault
from tests.publishers.reply import Reply, document, refusal
from tests.publishers.table import BadQuery, Table, answer, choose, size
from tests.publishers.tables import FOLDERS, default_tables, words

ROOT = "/PxWeb/api/v1"
LANGUAGES = ("fi", "sv", "en")
DATABASE = "StatFin"
_STATFIN = {DATABASE: words("StatFin", "StatFin", "StatFin")}
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


@dataclass(frozen=True)
class Call:
    """One call as it came in; `path` has the query string, `at` is the monotonic clock."""

    method: str
    path: str
    body: str | None
    status: int
    at: float

    @property
    def json(self) -> Any:
        """The body, read."""
        return json.loads(self.body or "null")


class StatFin:
    """The publisher: tables, faults and the calls it has had. Leaving the `with` block closes it."""

    def __init__(
        self,
        tables: dict[str, Table] | None = None,
        faults: Iterable[Fault] = (),
        config: Config | None = None,
        made_up: bool = True,
        port: int = 0,
    ) -> None:
        """Listen on 127.0.0.1; port 0 takes a free one."""
        self.tables = default_tables() if tables is None else tables
        self.faults = list(faults)
        self.config = config or Config()
        self.made_up = made_up
        self.calls: list[Call] = []
        self.closing = threading.Event()
        self._spent: list[Fault] = []
        self._accepted: deque[float] = deque()
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", port), partial(_Handler, self))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        """The root of the API, language left out."""
        return f"http://127.0.0.1:{self._server.server_port}{ROOT}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def respond(self, method: str, path: str, body: str | None) -> Reply:
        """Answer one call and note it."""
        at = time.monotonic()
        faults = self._met(method, path)
        reply = next((reply for fault in faults if (reply := fault.instead())), None)
        reply = reply or self._refused_for_rate(at) or self._answer(method, path, body, faults)
        for fault in faults:
            reply = fault.damage(reply)
        with self._lock:
            self.calls.append(Call(method, path, body, reply.status, at))
        return replace(reply, headers=self._headers() | reply.headers)

    def _headers(self) -> dict[str, str]:
        made_up = {"X-Made-Up": "1"} if self.made_up else {}
        return made_up | ({"Access-Control-Allow-Origin": "*"} if self.config.cors else {})

    def _met(self, method: str, path: str) -> list[Fault]:
        """The faults that hit this call; each use of one with `times` is counted."""
        with self._lock:
            met = [f for f in self.faults if f.meets(method, unquote(path)) and self._uses(f) != f.times]
            self._spent += met
        return met

    def _uses(self, fault: Fault) -> int:
        return sum(spent is fault for spent in self._spent)

    def _refused_for_rate(self, at: float) -> Reply | None:
        with self._lock:
            while self._accepted and self._accepted[0] <= at - self.config.time_window:
                self._accepted.popleft()
            if len(self._accepted) < self.config.max_calls:
                self._accepted.append(at)
                return None
        wait = self.config.retry_after
        return refusal(429) if wait is None else refusal(429, **{"Retry-After": str(wait)})

    def _answer(self, method: str, path: str, body: str | None, faults: list[Fault]) -> Reply:
        address = urlsplit(path)
        if not address.path.lower().startswith(ROOT.lower() + "/"):
            return refusal(404)
        language, *rest = [unquote(step) for step in address.path[len(ROOT) :].split("/") if step] or [""]
        if language not in LANGUAGES:
            return refusal(400)
        try:
            if rest and rest[-1].endswith(".px"):
                return self._about_table(method, language, self._table(rest, faults), body, faults)
            return document(self._about_folder(language, rest, address.query))
        except (BadQuery, json.JSONDecodeError):
            return refusal(400)

    def _about_folder(self, language: str, rest: list[str], query: str) -> Any:
        if query.rstrip("=") == "config" and not rest:
            return self.config.document()
        match rest:
            case []:
                return [{"dbid": dbid, "text": text[language]} for dbid, text in _STATFIN.items()]
            case [dbid] if dbid == DATABASE:
                return answers.folders(FOLDERS, language)
            case [dbid, folder] if dbid == DATABASE and folder in FOLDERS:
                return answers.listing([t for t in self.tables.values() if t.folder == folder], language)
        raise BadQuery("no such folder")

    def _table(self, rest: list[str], faults: list[Fault]) -> Table:
        """A copy of the table that the address means, with or without its folder, as the faults make it."""
        published = self.tables.get(rest[-1].removesuffix(".px"))
        if published is None or rest[:-1] not in ([DATABASE], [DATABASE, published.folder]):
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


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Keep quiet when a client hangs up or stops waiting; that is no error of ours."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    timeout = 60

    def __init__(self, publisher: StatFin, *connection: Any) -> None:
        self.publisher = publisher
        super().__init__(*connection)

    def do_GET(self) -> None:
        """Answer a GET."""
        self._send(self.publisher.respond("GET", self.path, None))

    def do_POST(self) -> None:
        """Answer a POST."""
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode("utf-8", "replace")
        self._send(self.publisher.respond("POST", self.path, body))

    def log_message(self, format: str, *args: Any) -> None:
        """Keep quiet; the calls are in the publisher's list."""

    def _send(self, reply: Reply) -> None:
        self.publisher.closing.wait(reply.delay)
        body, headers = reply.body, dict(reply.headers)
        if "gzip" in self.headers.get("Accept-Encoding", "") and "Content-Encoding" not in headers:
            body, headers["Content-Encoding"] = gzip.compress(body, 1, mtime=0), "gzip"
        self.send_response(reply.status)
        for name, value in {"Content-Type": reply.kind, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if reply.cut_off else body)
        self.close_connection = self.close_connection or reply.cut_off
