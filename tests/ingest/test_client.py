"""The HTTP client tries again only what can pass, waits as it is told, and never takes more than it allows."""

import gzip
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from types import SimpleNamespace

import httpx
import pytest

from ingest.errors import FetchFailed
from ingest.http import MEGABYTE, Client, HttpRefused, Limits, Pace, how_long_to_wait, retry_after
from tests.ingest.small import small_publisher
from tests.publishers import Config, StatFin, faults

QUICK = Limits(whole=20, size=2 * MEGABYTE, attempts=4, first_wait=0.001, longest_wait=0.002)
ADDRESS = "http://publisher.test/fi/?config"
Responder = Callable[[httpx.Request], httpx.Response]


class Stubborn:
    """A publisher that gives its answers one after the other, the last one again and again."""

    def __init__(self, *answers: httpx.Response | Exception) -> None:
        self.answers = list(answers)
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Give the next answer."""
        self.requests.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        stream = answer.stream if isinstance(answer.stream, Body) else Body([answer.content])
        return httpx.Response(answer.status_code, headers=answer.headers, stream=stream)


def client_of(responder: Responder, limits: Limits = QUICK, contact: str = "somebody") -> Client:
    """Return a client whose calls go to a function."""
    return Client(contact, limits, httpx.MockTransport(responder))


def answer(status: int, **headers: str) -> httpx.Response:
    """Make an answer without content."""
    return httpx.Response(status, headers={name.replace("_", "-"): text for name, text in headers.items()})


def refused(status: int, **headers: str) -> httpx.HTTPStatusError:
    """Make the error that a status is."""
    request = httpx.Request("GET", ADDRESS)
    return httpx.HTTPStatusError("refused", request=request, response=answer(status, **headers))


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_passing_fault_is_tried_again_until_it_passes(status: int) -> None:
    publisher = Stubborn(answer(status), answer(status), httpx.Response(200, content=b"good"))
    with client_of(publisher) as client:
        assert client.get(ADDRESS).content == b"good"
        assert client.calls == len(publisher.requests) == 3


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_a_refusal_is_not_tried_again(status: int) -> None:
    publisher = Stubborn(answer(status))
    with client_of(publisher) as client, pytest.raises(HttpRefused, match=f"HTTP {status}") as error:
        client.get(ADDRESS)
    assert (error.value.status, len(publisher.requests)) == (status, 1)


def test_retries_are_bounded_and_then_the_status_and_the_advice_are_told() -> None:
    publisher = Stubborn(answer(429))
    with client_of(publisher) as client, pytest.raises(HttpRefused, match="call limit is spent") as error:
        client.get(ADDRESS)
    assert len(publisher.requests) == QUICK.attempts and len(str(error.value).splitlines()) == 1


@pytest.mark.parametrize(
    "error",
    [
        httpx.ConnectError("refused"),
        httpx.ConnectTimeout("slow"),
        httpx.ReadTimeout("slow"),
        httpx.RemoteProtocolError("cut"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_broken_connection_is_tried_again_and_then_told_as_no_connection(error: Exception) -> None:
    publisher = Stubborn(error)
    with client_of(publisher) as client, pytest.raises(FetchFailed, match="no connection"):
        client.get(ADDRESS)
    assert len(publisher.requests) == QUICK.attempts
    publisher = Stubborn(error, httpx.Response(200, content=b"good"))
    with client_of(publisher) as client:
        assert client.get(ADDRESS).content == b"good"


def test_a_wait_that_the_publisher_names_is_taken_as_a_number_of_seconds_or_as_a_date() -> None:
    assert how_long_to_wait(refused(429, Retry_After="7")) == 7
    assert how_long_to_wait(refused(503, Retry_After="0")) == 0
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)
    waited = how_long_to_wait(refused(429, Retry_After=soon))
    assert isinstance(waited, float) and 30 < waited <= 60
    past = format_datetime(datetime.now(UTC) - timedelta(days=1), usegmt=True)
    assert how_long_to_wait(refused(429, Retry_After=past)) == 0


def test_a_wait_that_is_too_long_leaves_the_matter_to_the_next_run() -> None:
    assert how_long_to_wait(refused(429, Retry_After="3600")) is False
    publisher = Stubborn(answer(429, Retry_After="3600"))
    with client_of(publisher) as client, pytest.raises(HttpRefused, match="next scheduled run"):
        client.get(ADDRESS)
    assert len(publisher.requests) == 1


@pytest.mark.parametrize(
    "text", ["", "soon", "-5", "1.5", "Tue, 99 Foo 2026 00:00:00 GMT", "Tue, 24 Nov 2026 08:00:00"]
)
def test_a_wait_that_nobody_can_read_falls_back_to_our_own(text: str) -> None:
    assert how_long_to_wait(refused(429, Retry_After=text)) is True
    assert retry_after(answer(429, Retry_After=text)) is None


def test_the_wait_that_is_named_is_kept_between_two_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr("time.sleep", waited.append)
    publisher = Stubborn(answer(429, Retry_After="17"), answer(503, Retry_After="3"), httpx.Response(200))
    with client_of(publisher) as client:
        client.get(ADDRESS)
    assert waited == [17, 3]


def test_our_own_waits_grow_and_scatter_and_stay_under_their_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr("time.sleep", waited.append)
    limits = Limits(attempts=8, first_wait=1, longest_wait=4, whole=1000)
    for _ in range(3):
        with client_of(Stubborn(answer(500)), limits) as client, pytest.raises(HttpRefused):
            client.get(ADDRESS)
    assert len(waited) == 3 * 7 and max(waited) <= 4 and len(set(waited)) > 3
    assert waited[0] <= 2 and min(waited[4:7]) >= waited[0] / 2


def test_who_we_are_and_what_we_accept_is_in_every_call() -> None:
    publisher = Stubborn(httpx.Response(200))
    with client_of(publisher, contact="https://example.org/contact") as client:
        client.get(ADDRESS)
        answered = client.post(ADDRESS, {"query": ["ä"]})
    assert [each.headers["User-Agent"] for each in publisher.requests] == [
        "koillismaa/0.1 (https://example.org/contact)"
    ] * 2
    assert [each.headers["Accept-Encoding"] for each in publisher.requests] == ["gzip"] * 2
    assert (answered.query, answered.address) == ('{"query": ["ä"]}', ADDRESS)


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress], ids=["gzip", "zlib"])
def test_a_packed_answer_is_unpacked(pack: Callable[[bytes], bytes]) -> None:
    content = b"content " * 200_000
    encoding = {gzip.compress: "gzip", zlib.compress: "deflate"}[pack]  # type: ignore[dict-item,index]
    packed = httpx.Response(200, headers={"Content-Encoding": encoding}, stream=Body([pack(content)]))
    with client_of(Stubborn(packed)) as client:
        assert client.get(ADDRESS).content == content


class Body(httpx.SyncByteStream):
    """A body that comes in pieces, as they are."""

    def __init__(self, pieces: list[bytes], between: Callable[[], None] = lambda: None) -> None:
        self.pieces, self.between, self.sent = pieces, between, 0

    def __iter__(self) -> Iterator[bytes]:
        for piece in self.pieces:
            self.between()
            self.sent += len(piece)
            yield piece


def test_an_answer_over_the_size_limit_is_left_where_it_is() -> None:
    body = Body([b"x" * MEGABYTE] * 50)
    with client_of(Stubborn(httpx.Response(200, stream=body))) as client, pytest.raises(FetchFailed, match="2 MB"):
        client.get(ADDRESS)
    assert body.sent <= 4 * MEGABYTE


def test_an_answer_of_just_the_size_limit_is_taken() -> None:
    with client_of(Stubborn(httpx.Response(200, content=b"x" * (2 * MEGABYTE)))) as client:
        assert len(client.get(ADDRESS).content) == 2 * MEGABYTE


def test_a_bomb_is_given_up_long_before_it_has_unfolded() -> None:
    with StatFin(tables={}, faults=[faults.Bomb(megabytes=200)]) as publisher, Client("x", QUICK) as client:
        with pytest.raises(FetchFailed, match="more than 2 MB"):
            client.get(f"{publisher.url}/fi/?config")
        assert len(publisher.calls) == 1


@pytest.mark.parametrize("kept", [10, 100, -1], ids=["in its head", "in the middle", "before its sum"])
def test_a_packed_answer_that_ends_too_soon_is_damaged(kept: int) -> None:
    packed = gzip.compress(b"".join(bytes([place % 251, place % 7]) for place in range(5000)))[:kept]
    response = httpx.Response(200, headers={"Content-Encoding": "gzip"}, stream=Body([packed]))
    with client_of(Stubborn(response)) as client, pytest.raises(FetchFailed, match="damaged"):
        client.get(ADDRESS)


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip"])
def test_an_encoding_that_was_not_asked_for_is_refused(encoding: str) -> None:
    response = httpx.Response(200, headers={"Content-Encoding": encoding}, stream=Body([b"x"]))
    with client_of(Stubborn(response)) as client, pytest.raises(FetchFailed, match="was not asked for"):
        client.get(ADDRESS)


def test_an_answer_that_drips_is_given_up_when_the_whole_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = SimpleNamespace(now=0.0)

    def pass_seconds() -> None:
        clock.now += 7

    body = Body([b"."] * 1000, pass_seconds)
    fake = SimpleNamespace(monotonic=lambda: clock.now, sleep=lambda seconds: None)
    monkeypatch.setattr("ingest.http.time", fake)
    with client_of(Stubborn(httpx.Response(200, stream=body))) as client, pytest.raises(FetchFailed, match="no end"):
        client.get(ADDRESS)
    assert body.sent < 10


def test_calls_are_kept_apart_by_the_publishers_window(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = SimpleNamespace(now=100.0)

    def sleep(seconds: float) -> None:
        clock.now += seconds

    monkeypatch.setattr("ingest.http.time", SimpleNamespace(monotonic=lambda: clock.now, sleep=sleep))
    called: list[float] = []

    def note(request: httpx.Request) -> httpx.Response:
        called.append(clock.now)
        clock.now += 0.25
        return httpx.Response(200, stream=Body([]))

    with client_of(note) as client:
        client.get(ADDRESS)
        client.keep_pace(40, 60)
        for _ in range(120):
            client.get(ADDRESS)
    assert all(later - first > 60 for first, later in zip(called, called[40:], strict=False))
    assert called[-1] - called[1] == pytest.approx(119 * 1.05 * 60 / 40)


def test_two_clients_that_share_a_pace_keep_it_together(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr("ingest.http.time", SimpleNamespace(monotonic=lambda: 5.0, sleep=slept.append))
    pace = Pace()
    for _ in range(2):
        with Client("a", QUICK, httpx.MockTransport(Stubborn(answer(200))), pace) as client:
            client.keep_pace(10, 1)
            client.get(ADDRESS)
    assert slept == [pytest.approx(0.105)] * 2


def test_a_retry_keeps_the_pace_too(monkeypatch: pytest.MonkeyPatch) -> None:
    paced: list[float] = []
    monkeypatch.setattr(Pace, "wait", lambda self: paced.append(self.interval))
    publisher = Stubborn(answer(500), answer(500), httpx.Response(200))
    with client_of(publisher) as client:
        client.keep_pace(100, 10)
        client.get(ADDRESS)
    assert paced == [pytest.approx(0.105)] * 3


def test_a_publisher_that_counts_calls_never_has_to_refuse_one() -> None:
    config = Config(max_calls=5, time_window=0.2)
    with small_publisher("2026M08", config=config) as publisher, Client("x", QUICK) as client:
        client.get(f"{publisher.url}/fi/?config")
        client.keep_pace(config.max_calls, config.time_window)
        for _ in range(12):
            client.get(f"{publisher.url}/fi/?config")
        assert [call.status for call in publisher.calls] == [200] * 13


def test_made_up_answers_are_known_by_their_header_or_by_their_content() -> None:
    publisher = Stubborn(
        httpx.Response(200, headers={"X-Made-Up": "1"}),
        httpx.Response(200, content="{'source': 'ESIMERKKIAINEISTO – ei oikeita lukuja'}".encode()),
        httpx.Response(200, content=b"real"),
    )
    with client_of(publisher) as client:
        assert [client.get(ADDRESS).made_up for _ in range(3)] == [True, True, False]


@pytest.mark.parametrize("address", ["ftp://publisher.test/", "no address", "http://", "http://[::1/", "http://a b/"])
def test_an_address_that_is_none_is_told_in_one_sentence(address: str) -> None:
    with Client("x", QUICK) as client, pytest.raises(FetchFailed) as error:
        client.get(address)
    assert len(str(error.value).splitlines()) == 1


def test_a_redirect_is_followed_but_not_for_ever() -> None:
    with client_of(Stubborn(answer(302, Location="/fi/new"), httpx.Response(200, content=b"moved"))) as client:
        assert client.get(ADDRESS).content == b"moved"
    with client_of(Stubborn(answer(302, Location=ADDRESS))) as client, pytest.raises(FetchFailed):
        client.get(ADDRESS)
