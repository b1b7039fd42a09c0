"""The one HTTP client: timeouts, bounded retries with jitter, Retry-After, the publisher's call rate, a size limit.

Every answer is hostile until it is parsed: it is read in pieces, unpacked under a limit and never trusted for its size.
A file that is too large for memory is streamed to disk, packed, in the same way.
"""

import gzip
import hashlib
import json
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, TypeVar

import httpx
import stamina

from ingest.errors import FetchFailed

VERSION = "0.1"
MEGABYTE = 1024 * 1024
GZIP_OR_ZLIB = 47
LONGEST_RETRY_AFTER = 120  # seconds; who asks for more is asked again by the next scheduled run
MADE_UP_HEADER = "X-Made-Up"
MADE_UP_MARK = b"ESIMERKKIAINEISTO"
MOST_REDIRECTS = 5
PACKED_HARD_ENOUGH = 3  # of 9: beyond it the processor, not the network, would set the pace
HASH_OF_LENGTH = {32: "md5", 40: "sha1", 64: "sha256"}

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
    file_whole: float = 1800
    file_size: int = 600 * MEGABYTE
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


@dataclass(frozen=True)
class Wanted:
    """A file to stream to disk, and what its catalogue tells of it: a checksum ('' for none), bytes (None for none).

    hosts: where a redirect may lead; ending: of the file's name.
    """

    address: str
    hosts: frozenset[str]
    ending: str = "csv"
    checksum: str = ""
    size: int | None = None


@dataclass(frozen=True)
class Download:
    """What was streamed to disk. `etag` and `last_modified` are what to ask with whether it has changed."""

    address: str
    fetched_at: datetime
    sha256: str
    made_up: bool
    etag: str = ""
    last_modified: str = ""


Given = TypeVar("Given")


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

    def get(self, address: str, hosts: frozenset[str] = frozenset()) -> Answer:
        """Fetch an address; `hosts` are those that a redirect may lead to, any when there are none.

        Raises FetchFailed.
        """
        return self._patiently(address, self._limits.whole, lambda: self._try_once("GET", address, None, hosts))

    def post(self, address: str, query: dict[str, Any]) -> Answer:
        """Send a query as JSON. Raises FetchFailed."""
        return self._patiently(address, self._limits.whole, lambda: self._try_once("POST", address, query))

    def start_of(self, address: str, hosts: frozenset[str], size: int) -> bytes:
        """Fetch the first bytes of a file and leave the rest where it is. Raises FetchFailed."""
        return self._patiently(address, self._limits.whole, lambda: self._try_start(address, hosts, size))

    def download(self, wanted: Wanted, path: Path, etag: str = "", last_modified: str = "") -> Download | None:
        """Stream a file to `path`, packed; None when the publisher says that it has not changed.

        Raises FetchFailed, also when the bytes are not those that the catalogue promises; OSError.
        """
        conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers = {name: text for name, text in conditions.items() if text}
        limit = self._limits.file_whole
        return self._patiently(wanted.address, limit, lambda: self._try_download(wanted, path, headers))

    def _patiently(self, address: str, whole: float, call: Callable[[], Given]) -> Given:
        """Make a call, again where the fault can pass."""
        limits = self._limits
        try:
            for attempt in stamina.retry_context(
                on=how_long_to_wait,
                attempts=limits.attempts,
                timeout=whole,
                wait_initial=limits.first_wait,
                wait_max=limits.longest_wait,
                wait_jitter=limits.first_wait,
            ):
                with attempt:
                    return call()
        except httpx.HTTPStatusError as error:
            status = error.response.status_code
            raise HttpRefused(address, status, ADVICE.get(status, LATER)) from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise FetchFailed(address, f"no connection ({error or type(error).__name__})", UNREACHABLE) from error
        raise AssertionError("a retry context either returns or raises")

    def _try_once(
        self, method: str, address: str, query: dict[str, Any] | None, hosts: frozenset[str] = frozenset()
    ) -> Answer:
        request = self._http.build_request(method, address, json=query)
        with self._sent(request, hosts) as response:
            response.raise_for_status()
            content = b"".join(self._unpack(response, address, self._limits.size, self._limits.whole))
            made_up = MADE_UP_HEADER in response.headers or MADE_UP_MARK in content
        asked = "" if query is None else json.dumps(query, ensure_ascii=False, sort_keys=True)
        return Answer(address, asked, datetime.now(UTC).replace(tzinfo=None), content, made_up)

    def _try_start(self, address: str, hosts: frozenset[str], size: int) -> bytes:
        start = b""
        with self._sent(self._http.build_request("GET", address), hosts) as response:
            response.raise_for_status()
            for piece in self._unpack(response, address, self._limits.file_size, self._limits.whole):
                start += piece
                if len(start) >= size:
                    break
        return start[:size]

    def _try_download(self, wanted: Wanted, path: Path, headers: dict[str, str]) -> Download | None:
        with self._sent(self._http.build_request("GET", wanted.address, headers=headers), wanted.hosts) as response:
            if response.status_code == 304:
                return None
            response.raise_for_status()
            pieces = self._unpack(response, wanted.address, self._limits.file_size, self._limits.file_whole)
            sha256, marked = write_packed(pieces, path, wanted)
            return Download(
                wanted.address,
                datetime.now(UTC).replace(tzinfo=None),
                sha256,
                marked or MADE_UP_HEADER in response.headers,
                response.headers.get("ETag", ""),
                response.headers.get("Last-Modified", ""),
            )

    @contextmanager
    def _sent(self, request: httpx.Request, hosts: frozenset[str]) -> Iterator[httpx.Response]:
        """Give the response to a request, not yet read. A redirect to a host that is not named is not followed."""
        for _ in range(MOST_REDIRECTS):
            self._pace.wait()
            self.calls += 1
            response = self._http.send(request, stream=True, follow_redirects=not hosts)
            try:
                if not hosts or response.next_request is None:
                    yield response
                    return
                request = allowed_redirect(response.next_request, request, hosts)
            finally:
                response.close()
        raise FetchFailed(str(request.url), f"more than {MOST_REDIRECTS} redirects", "ask the publisher what changed")

    def _unpack(self, response: httpx.Response, address: str, size: int, whole: float) -> Iterator[bytes]:
        """Yield the body's bytes, at most `size` of them when unpacked, within `whole` seconds."""
        deadline = time.monotonic() + whole
        left = size
        for piece in inflate(response, left, address):
            left -= len(piece)
            if left < 0:
                raise FetchFailed(
                    address, f"an answer of more than {size // MEGABYTE} MB", "ask the publisher what changed"
                )
            if time.monotonic() > deadline:
                raise FetchFailed(address, f"no end of the answer in {whole:.0f} s", LATER)
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


def allowed_redirect(asked: httpx.Request, before: httpx.Request, hosts: frozenset[str]) -> httpx.Request:
    """Return a redirect's request. Raises FetchFailed when it leads to another host, or out of encryption."""
    if asked.url.host not in hosts or (before.url.scheme == "https" and asked.url.scheme != "https"):
        raise FetchFailed(
            str(before.url),
            f"a redirect to {asked.url.scheme}://{asked.url.host}, neither the catalogue nor its download host",
            "ask the publisher what changed",
        )
    return asked


def write_packed(pieces: Iterable[bytes], path: Path, wanted: Wanted) -> tuple[str, bool]:
    """Write pieces to a packed file; return their sha256 and whether they say that they are made up.

    Raises FetchFailed when they are not the bytes that the catalogue promises.
    """
    algorithm, _, promised = wanted.checksum.rpartition(":")
    algorithm = algorithm or HASH_OF_LENGTH.get(len(promised), "")
    hashes = {name: hashlib.new(name) for name in {"sha256", algorithm} & {*HASH_OF_LENGTH.values()}}
    size, tail, marked = 0, b"", False
    with path.open("wb") as file, gzip.GzipFile("", "wb", PACKED_HARD_ENOUGH, file, mtime=0) as packed:
        for piece in pieces:
            for each in hashes.values():
                each.update(piece)
            packed.write(piece)
            size += len(piece)
            marked = marked or MADE_UP_MARK in tail + piece
            tail = piece[-len(MADE_UP_MARK) :]
    if wanted.size is not None and size != wanted.size:
        raise FetchFailed(wanted.address, f"{size} bytes where the catalogue promises {wanted.size}", LATER)
    found = hashes[algorithm].hexdigest() if algorithm in hashes else promised
    if found.lower() != promised.lower():
        raise FetchFailed(wanted.address, f"the checksum {found} where the catalogue promises {promised}", LATER)
    return hashes["sha256"].hexdigest(), marked


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
