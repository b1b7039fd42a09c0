"""Static files, each with its content's hash in the query, so that a browser may keep it for a year; packed once."""

import gzip
import hashlib
import re
from functools import cache
from pathlib import Path

import brotli
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
SCRIPTS = ("loader.js", "reading.js", "menu.js", "share.js", "map.js")
"""What every page is read with; one file of all, for each request more takes from the time of the first content."""
PAGES_ONLY = re.compile(r"/\* pages only \*/.*?/\* frames too \*/", re.DOTALL)
"""The parts of site.css that no frame has a use for: a style sheet is a good part of a frame."""
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
KINDS_PACKED = {kind for kind in KINDS.values() if kind != "font/woff2"}
PACKINGS = ("br", "gzip")
BROTLI_QUALITY, BEST_BROTLI, SMALL = 9, 11, 50_000
"""The quality that takes no time to speak of, all scripts of a page in a seventh of a second; and the best, which packs
what is small enough for it a twelfth smaller, in 40 milliseconds at most."""


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
    """Return the one style sheet of a page: tokens, the settings' colours and the fonts, looks on screen and paper.

    It stands in the document: a file of its own would be a wait before the first content on every reader's first visit.
    """
    tokens, looks, paper = (files()[name].decode() for name in ("tokens.css", "site.css", "print.css"))
    fonts = [(asset_address(name), characters) for name, characters in FONTS.items()]
    return squeezed(f"{tokens}{style_sheet(settings, fonts)}{looks}@media print{{{paper}}}")


@cache
def script_text() -> str:
    """Return the one script of every page."""
    return "\n".join(files()[name].decode() for name in SCRIPTS)


@cache
def script_address() -> str:
    """Return the address of the script."""
    return f"/page.js?v={fingerprint(script_text().encode())}"


@cache
def needed_first() -> str:
    """Return the header that lets a browser ask for the font of the first content before it has read the document."""
    *_, font = FONTS
    return f'<{asset_address(font)}>; rel=preload; as=font; type="font/woff2"; crossorigin'


@cache
def embed_style_text(settings: Settings, theme: str) -> str:
    """Return the style sheet of a frame in one theme, whatever the reader's system asks for. It loads no font."""
    tokens, looks, own = (files()[name].decode() for name in ("tokens.css", "site.css", "embed.css"))
    looks = PAGES_ONLY.sub("", looks)
    tokens = tokens.replace("color-scheme: light dark", f"color-scheme: {theme}")
    text = squeezed(tokens + style_sheet(settings, []) + looks + own)
    return re.sub(r"\(prefers-color-scheme: ?dark\)", "all" if theme == "dark" else "not all", text)


def squeezed(text: str) -> str:
    """Return a style sheet without remarks and spare space."""
    without = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    return re.sub(r" ?([{};,]) ?", r"\1", " ".join(without.split()))


@cache
def embed_style_address(settings: Settings, theme: str) -> str:
    """Return the address of the style sheet of frames in a theme."""
    return f"/embed-{theme}.css?v={fingerprint(embed_style_text(settings, theme).encode())}"


def add_assets(server: Flask, settings: Settings) -> None:
    """Serve the folder assets, and what is made of it and of the settings."""

    @server.get("/assets/<path:name>")
    def asset(name: str) -> Response:
        """Return a file."""
        if name not in files():
            abort(404)
        return kept(files()[name], KINDS.get(Path(name).suffix, "application/octet-stream"))

    @server.get("/page.js")
    def page_script() -> Response:
        """Return the script of every page."""
        return kept(script_text().encode(), "text/javascript")

    @server.get("/embed-<any(light, dark):theme>.css")
    def embed_style(theme: str) -> Response:
        """Return the style sheet of frames."""
        return kept(embed_style_text(settings, theme).encode(), "text/css")

    @server.get("/embed.js")
    def host_script() -> Response:
        """Return the script for pages that embed charts; its address is for ever, so it is asked for again."""
        return kept(files()["embed.js"], "text/javascript")


def kept(content: bytes, kind: str, brotli_form: bytes = b"") -> Response:
    """Return a static answer; a browser keeps one whose address has a hash for a year."""
    response = Response(content, mimetype=kind)
    response.cache_control.public = True
    response.cache_control.max_age = YEAR if "v" in request.args else 300
    return packed_for_reader(response, brotli_form)


def packed_for_reader(response: Response, brotli_form: bytes = b"") -> Response:
    """Pack an answer of text in the best way that the reader's browser takes; `brotli_form` is one that lies ready."""
    packing = request.accept_encodings.best_match(PACKINGS)
    if response.status_code == 200 and response.mimetype in KINDS_PACKED:
        response.vary.add("Accept-Encoding")
        if packing:
            ready = brotli_form if packing == "br" else b""
            response.set_data(ready or packed(response.get_data(), packing))
            response.content_encoding = packing
    return response


@cache
def packed(content: bytes, packing: str) -> bytes:
    """Return a content packed, made once."""
    return packing_of(content, packing, BEST_BROTLI if len(content) <= SMALL else BROTLI_QUALITY)


def packing_of(content: bytes, packing: str, quality: int) -> bytes:
    """Return a content packed as Brotli of a quality, or as gzip."""
    if packing == "br":
        return bytes(brotli.compress(content, quality=quality))
    return gzip.compress(content, mtime=0)
