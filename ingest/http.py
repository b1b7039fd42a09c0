"""The one HTTP client: timeouts, bounded retries with jitter, Retry-After, the publisher's call rate, a size limit.

Every answer is hostile until it is parsed: it is read in pieces, unpacked under a limit and never trusted for its size.
"""

import json
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx
import stamina

from ingest.errors import FetchFailed

VERSION = "0.1"
MEGABYTE = 1024 * 1024
GZIP_OR_ZLIB = 47
LONGEST_RETRY_AFTER = 120  # seconds; who asks for more is asked again by the next scheduled run
MADE_UP_HEADER = "X-Made-Up"
MADE_UP_MARK = b"ESIMERKKIAINEISTO"

ADVICE = {
    400: "the address or the query has changed at the publisher; run 'koillismaa sources check'",
    401: "the publisher has closed the address; ask the publisher",
    403: "the publisher refuses this caller or this query; set 'contact' in koillismaa.toml and try again later",
    404: "the address has moved; run 'koillismaa sources check'",
    429: "the publisher's call limit is spent; the next scheduled run tries again",
}
LATER = "the publisher's service is disturbed; the next scheduled run tries again"
UNREACHABLE = "check the network connection; the next scheduled run tries again"


@dataclass(frozen=True)
class Limits:
    """Bounds of one call: seconds, bytes, and how often it is tried."""

    connect: float = 10
    read: float = 120
    whole: float = 300
    size: int = 64 * MEGABYTE
    attempts: int = 5
    first_wait: float = 1
    longest_wait: float = 60


@dataclass(frozen=True)
class Answer:
    """The bytes that an address gave, unpacked, with what was asked and when (UTC, naive)."""

    address: str
    query: str
    fetched_at: datetime
    content: bytes
    made_up: bool


class Client:
    """Calls one publisher. Use as a context manager; `calls` counts what went out, retries included."""

    def __init__(
        self,
        contact: str,
        limits: Limits = Limits(),
        transport: httpx.BaseTransport | None = None,
        pace: "Pace | None" = None,
    ) -> None:
        self.calls = 0
        self._limits = limits
        self._pace = pace or Pace()
        agent = f"koillismaa/{VERSION} ({contact or 'no contact set'})"
        try:
            self._http = httpx.Client(
                headers={b"User-Agent": agent.encode(), b"Accept-Encoding": b"gzip"},
                timeout=httpx.Timeout(connect=limits.connect, read=limits.read, write=30, pool=10),
                follow_redirects=True,
                transport=transport,
            )
        except (ImportError, ValueError) as error:
            raise FetchFailed(
                "a publisher", f"a proxy that cannot be used ({error})", "correct the proxy's setting"
            ) from error

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def keep_pace(self, calls: int, seconds: float) -> None:
        """Never make more than `calls` calls in `seconds` from now on."""
        self._pace.slow_down(1.05 * seconds / max(calls, 1))

    def get(self, address: str) -> Answer:
        """Fetch an address. Raises FetchFailed."""
        return self._ask("GET", address, None)

    def post(self, address: str, query: dict[str, Any]) -> Answer:
        """Send a query as JSON. Raises FetchFailed."""
        return self._ask("POST", address, query)

    def _ask(self, method: str, address: str, query: dict[str, Any] | None) -> Answer:
        limits = self._limits
        try:
            for attempt in stamina.retry_context(
                on=how_long_to_wait,
                attempts=limits.attempts,
                timeout=limits.whole,
                wait_initial=limits.first_wait,
                wait_max=limits.longest_wait,
                wait_jitter=limits.first_wait,
            ):
                with attempt:
                    return self._try_once(method, address, query)
        except httpx.HTTPStatusError as error:
            status = error.response.status_code
            raise HttpRefused(address, status, ADVICE.get(status, LATER)) from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise FetchFailed(address, f"no connection ({error or type(error).__name__})", UNREACHABLE) from error
        raise AssertionError("a retry context either returns or raises")

    def _try_once(self, method: str, address: str, query: dict[str, Any] | None) -> Answer:
        self._pace.wait()
        self.calls += 1
        with self._http.stream(method, address, json=query) as response:
            response.raise_for_status()
            content = b"".join(self._unpack(response, address))
            made_up = MADE_UP_HEADER in response.headers or MADE_UP_MARK in content
        asked = "" if query is None else json.dumps(query, ensure_ascii=False, sort_keys=True)
        return Answer(address, asked, datetime.now(UTC).replace(tzinfo=None), content, made_up)

    def _unpack(self, response: httpx.Response, address: str) -> Iterator[bytes]:
        """Yield the body's bytes, at most `size` of them when unpacked, within `whole` seconds."""
        deadline = time.monotonic() + self._limits.whole
        left = self._limits.size
        for piece in inflate(response, left, address):
            left -= len(piece)
            if left < 0:
                raise FetchFailed(
                    address,
                    f"an answer of more than {self._limits.size // MEGABYTE} MB",
                    "ask the publisher what changed",
                )
            if time.monotonic() > deadline:
                raise FetchFailed(address, f"no end of the answer in {self._limits.whole:.0f} s", LATER)
            yield piece


class HttpRefused(FetchFailed):
    """The publisher answered with a status that is no success."""

    def __init__(self, address: str, status: int, advice: str) -> None:
        super().__init__(address, f"HTTP {status}", advice)
        self.status = status


class Pace:
    """Keeps calls at least `interval` seconds apart, over all threads and all clients that share it."""

    def __init__(self) -> None:
        self.interval = 0.0
        self._lock = threading.Lock()
        self._next = 0.0

    def slow_down(self, interval: float) -> None:
        """Keep this distance from now on, also from the call that told it."""
        with self._lock:
            self._next = max(self._next, time.monotonic() + interval)
            self.interval = interval

    def wait(self) -> None:
        """Sleep until the next call is allowed."""
        with self._lock:
            pause = self._next - time.monotonic()
            if pause > 0:
                time.sleep(pause)
            self._next = time.monotonic() + self.interval


def how_long_to_wait(error: Exception) -> bool | float:
    """Tell stamina whether to try again: seconds when the publisher names them, True for passing faults, else False."""
    if isinstance(error, httpx.HTTPStatusError):
        if error.response.status_code in (429, 503) and (seconds := retry_after(error.response)) is not None:
            return seconds if seconds <= LONGEST_RETRY_AFTER else False
        return error.response.status_code in (429, 500, 502, 503, 504)
    return isinstance(error, httpx.TransportError)


def retry_after(response: httpx.Response) -> float | None:
    """Return the seconds that a Retry-After header asks for, given as a number or a date; None when it is absent."""
    text = response.headers.get("Retry-After", "").strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        return max(0.0, (parsedate_to_datetime(text) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return None


def inflate(response: httpx.Response, limit: int, address: str) -> Iterator[bytes]:
    """Yield the body unpacked in pieces of a megabyte at most, so that a small body cannot burst the memory."""
    encoding = response.headers.get("Content-Encoding", "identity").lower()
    if encoding == "identity":
        yield from response.iter_raw()
        return
    if encoding not in ("gzip", "deflate"):
        raise FetchFailed(
            address, f"the encoding {encoding}, which was not asked for", "ask the publisher what changed"
        )
    unpacker = zlib.decompressobj(GZIP_OR_ZLIB)
    with refusing_damage(address):
        for packed in response.iter_raw():
            while packed:
                yield unpacker.decompress(packed, MEGABYTE)
                packed = unpacker.unconsumed_tail
        yield unpacker.flush()
        if not unpacker.eof:
            raise zlib.error("the packed answer ends in the middle")


@contextmanager
def refusing_damage(address: str) -> Iterator[None]:
    """Turn a damaged packing into FetchFailed."""
    try:
        yield
    except zlib.error as error:
        raise FetchFailed(address, f"a damaged answer ({error})", LATER) from error
