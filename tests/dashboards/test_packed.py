"""What has been packed is kept by its content; what a reader sent in is packed and forgotten."""

import zlib
from collections.abc import Callable
from typing import Any

import brotli
import pytest
from flask import Flask, Response, request
from flask.testing import FlaskClient
from flask_compress import flask_compress as library

from dashboards import packed

LONG = "kuntien työttömyysasteita " * 100
ASKED_BY_POST = "/asked"
Packings = list[bytes]


@pytest.fixture
def packings(monkeypatch: pytest.MonkeyPatch) -> Packings:
    """Return what is packed from now on, in order."""
    done: Packings = []
    pack: Callable[[Flask, bytes, str], bytes] = library._compress_data

    def note(app: Flask, data: bytes, algorithm: str) -> bytes:
        done.append(data)
        return pack(app, data, algorithm)

    monkeypatch.setattr(library, "_compress_data", note)
    return done


@pytest.fixture
def echo() -> FlaskClient:
    """Return a client of a server that answers with what it is asked for, or sent."""
    server = Flask(__name__)
    packed.add_packing(server, ASKED_BY_POST)

    @server.route("/<name>", methods=["GET", "POST"])
    def answer(name: str) -> Response:
        response = Response(name + request.get_data(as_text=True) + LONG, mimetype="text/html")
        response.cache_control.no_store = name == "secret"
        return response

    return server.test_client()


def ask(client: FlaskClient, path: str, packing: str = "br", **more: Any) -> str:
    """Return the unpacked text of an answer."""
    call = client.post if more else client.get
    answer = call(path, headers={"Accept-Encoding": packing}, **more)
    assert answer.headers["Content-Encoding"] == packing
    unpacked = brotli.decompress(answer.data) if packing == "br" else zlib.decompress(answer.data, 31)
    return unpacked.decode()


def test_browsers_are_sent_what_is_packed_quickest(echo: FlaskClient) -> None:
    as_browsers = {"gzip, deflate, br, zstd": "zstd", "gzip, deflate, br": "br", "gzip, deflate": "gzip", "": None}
    for accepted, packing in as_browsers.items():
        answer = echo.get("/posio", headers={"Accept-Encoding": accepted})
        assert answer.headers.get("Content-Encoding") == packing


def test_the_same_answer_is_packed_once_for_each_packing(echo: FlaskClient, packings: Packings) -> None:
    for packing in ("br", "gzip"):
        assert {ask(echo, "/posio", packing) for _ in range(3)} == {f"posio{LONG}"}
    assert len(packings) == 2


def test_another_answer_at_the_same_address_is_another(echo: FlaskClient, packings: Packings) -> None:
    assert [ask(echo, ASKED_BY_POST, data=word) for word in ("yksi", "kaksi", "yksi")] == [
        f"asked{word}{LONG}" for word in ("yksi", "kaksi", "yksi")
    ]
    assert len(packings) == 2


def test_what_is_sent_in_and_what_may_not_be_kept_is_packed_each_time(echo: FlaskClient, packings: Packings) -> None:
    for _ in range(2):
        assert ask(echo, "/workbook", data="asiakas 17") == f"workbookasiakas 17{LONG}"
        assert ask(echo, "/secret") == f"secret{LONG}"
    assert len(packings) == 4


def test_a_large_body_is_not_kept(echo: FlaskClient, packings: Packings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "LARGEST_KEPT", 10)
    assert ask(echo, "/posio") == ask(echo, "/posio")
    assert len(packings) == 2


def test_a_page_is_packed_once(client: FlaskClient, packings: Packings) -> None:
    plain = client.get("/fi/hanke").get_data(as_text=True)
    assert [ask(client, "/fi/hanke") for _ in range(2)] == [plain, plain]
    assert len(packings) == 1
