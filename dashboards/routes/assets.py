"""Static files, each with its content's hash in the query, so that a browser may keep it for a year."""

import hashlib
from functools import cache
from pathlib import Path

from flask import Flask, Response, abort, request

from dashboards.charts.theme import style_sheet
from queries.settings import Settings

FOLDER = Path(__file__).resolve().parents[2] / "assets"
# where both parts claim a character, the one that stands last is used: the part that every page has anyway
FONTS = {
    "fonts/atkinson-hyperlegible-next-latin-ext.woff2": (
        "U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+0304,U+0308,U+0329,U+1D00-1DBF,U+1E00-1E9F,"
        "U+1EF2-1EFF,U+2020,U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF"
    ),
    "fonts/atkinson-hyperlegible-next-latin.woff2": (
        "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,"
        "U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD"
    ),
}
KINDS = {
    ".css": "text/css",
    ".geojson": "application/geo+json",
    ".js": "text/javascript",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".txt": "text/plain",
    ".woff2": "font/woff2",
}
YEAR = 31_536_000


def fingerprint(content: bytes) -> str:
    """Return a short name of some content."""
    return hashlib.sha256(content).hexdigest()[:12]


@cache
def files() -> dict[str, bytes]:
    """Return every file of the folder assets by its name there; only these are ever served."""
    return {path.relative_to(FOLDER).as_posix(): path.read_bytes() for path in FOLDER.rglob("*") if path.is_file()}


@cache
def asset_address(name: str) -> str:
    """Return the address of a file in assets, with its hash."""
    return f"/assets/{name}?v={fingerprint(files()[name])}"


@cache
def theme_text(settings: Settings) -> str:
    """Return the style sheet of the settings' colours and of the fonts."""
    return style_sheet(settings, [(asset_address(name), characters) for name, characters in FONTS.items()])


def theme_address(settings: Settings) -> str:
    """Return the address of the style sheet that is made of the settings."""
    return f"/theme.css?v={fingerprint(theme_text(settings).encode())}"


def add_assets(server: Flask, settings: Settings) -> None:
    """Serve the folder assets and the style sheet of the settings."""

    @server.get("/assets/<path:name>")
    def asset(name: str) -> Response:
        """Return a file."""
        if name not in files():
            abort(404)
        return kept(files()[name], KINDS.get(Path(name).suffix, "application/octet-stream"))

    @server.get("/theme.css")
    def theme() -> Response:
        """Return the style sheet of the settings."""
        return kept(theme_text(settings).encode(), "text/css")


def kept(content: bytes, kind: str) -> Response:
    """Return a static answer; a browser keeps one whose address has a hash for a year."""
    response = Response(content, mimetype=kind)
    response.cache_control.public = True
    response.cache_control.max_age = YEAR if "v" in request.args else 300
    return response
