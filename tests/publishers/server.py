"""What every fake publisher is: a server on this machine's loopback that notes its calls and has faults."""

import gzip
import json
import sys
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, ClassVar, Self
from urllib.parse import unquote

from tests.publishers.faults import Fault
from tests.publishers.reply import Reply


@dataclass(frozen=True)
class Call:
    """One call as it came in; `path` has the query string, `at` is the monotonic clock."""

    method: str
    path: str
    body: str | None
    status: int
    at: float
    headers: Mapping[str, str] = field(default_factory=dict, compare=False)

    @property
    def json(self) -> Any:
        """The body, read."""
        return json.loads(self.body or "null")


class Publisher(ABC):
    """A publisher: its faults and the calls it has had. Leaving the `with` block closes it."""

    root: ClassVar[str] = ""

    def __init__(self, faults: Iterable[Fault] = (), made_up: bool = True, port: int = 0) -> None:
        """Listen on 127.0.0.1; port 0 takes a free one."""
        self.faults = list(faults)
        self.made_up = made_up
        self.calls: list[Call] = []
        self.closing = threading.Event()
        self._spent: list[Fault] = []
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", port), partial(_Handler, self))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        """The root of the API."""
        return f"http://127.0.0.1:{self._server.server_port}{self.root}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def respond(self, method: str, path: str, body: str | None, headers: Mapping[str, str]) -> Reply:
        """Answer one call and note it."""
        at = time.monotonic()
        faults = self._met(method, path)
        reply = next((reply for fault in faults if (reply := fault.instead())), None)
        call = Call(method, path, body, 0, at, headers)
        reply = reply or self.refused(call) or self.answer(call, faults)
        for fault in faults:
            reply = fault.damage(reply)
        with self._lock:
            self.calls.append(replace(call, status=reply.status))
        return replace(reply, headers=({"X-Made-Up": "1"} if self.made_up else {}) | self.headers() | reply.headers)

    def refused(self, call: Call) -> Reply | None:
        """Refuse a call before it is looked at, or not."""
        return None

    @abstractmethod
    def answer(self, call: Call, faults: list[Fault]) -> Reply:
        """Answer a call as a healthy publisher does, but for what its faults alter."""

    def headers(self) -> dict[str, str]:
        """Give the headers of every answer."""
        return {}

    def _met(self, method: str, path: str) -> list[Fault]:
        """The faults that hit this call; each use of one with `times` is counted."""
        with self._lock:
            met = [f for f in self.faults if f.meets(method, unquote(path)) and self._uses(f) != f.times]
            self._spent += met
        return met

    def _uses(self, fault: Fault) -> int:
        return sum(spent is fault for spent in self._spent)


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

    def __init__(self, publisher: Publisher, *connection: Any) -> None:
        self.publisher = publisher
        super().__init__(*connection)

    def do_GET(self) -> None:
        """Answer a GET."""
        self._send(self.publisher.respond("GET", self.path, None, dict(self.headers)))

    def do_POST(self) -> None:
        """Answer a POST."""
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode("utf-8", "replace")
        self._send(self.publisher.respond("POST", self.path, body, dict(self.headers)))

    def log_message(self, format: str, *args: Any) -> None:
        """Keep quiet; the calls are in the publisher's list."""

    def _send(self, reply: Reply) -> None:
        self.publisher.closing.wait(reply.delay)
        body, headers = reply.body, dict(reply.headers)
        if reply.packable and "gzip" in self.headers.get("Accept-Encoding", "") and "Content-Encoding" not in headers:
            body, headers["Content-Encoding"] = gzip.compress(body, 1, mtime=0), "gzip"
        self.send_response(reply.status)
        for name, value in {"Content-Type": reply.kind, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if reply.cut_off else body)
        self.close_connection = self.close_connection or reply.cut_off
