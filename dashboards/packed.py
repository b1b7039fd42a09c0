"""Answers are sent packed, and what has been packed is kept: the same answer is not packed again."""

import hashlib
from collections.abc import Hashable

from flask import Flask, Response, g, request
from flask_compress import Compress

from dashboards.memory import Memory

PACKED = (
    "application/atom+xml",
    "application/csvm+json",
    "application/javascript",
    "application/json",
    "image/svg+xml",
    "text/calendar",
    "text/css",
    "text/csv",
    "text/html",
    "text/javascript",
    "text/xml",
)
"""The kinds of answers that are sent packed."""
PACKINGS = ("zstd", "br", "gzip")
"""The best first: Zstandard packs a page in two milliseconds; Brotli takes five times as long for an eighth less."""
QUALITY = 6
"""Of Brotli, for browsers that do not know Zstandard: a tenth less than at the usual 4, for some milliseconds more."""
MOST_KEPT, LARGEST_KEPT = 200, 256_000


class Bodies(Memory):
    """Packed bodies by way of packing and content: what Flask-Compress asks before it packs."""

    def __init__(self) -> None:
        super().__init__(MOST_KEPT)

    def set(self, question: Hashable, made: object) -> None:
        """Keep a packed body, unless it is large or of an answer that may not be kept."""
        if g.body and isinstance(made, bytes) and len(made) <= LARGEST_KEPT:
            super().set(question, made)


def add_packing(server: Flask, asked_by_post: str) -> None:
    """Pack what is answered. `asked_by_post` is the one address whose answers depend on nothing but the question."""
    server.config["COMPRESS_MIMETYPES"] = PACKED
    server.config["COMPRESS_ALGORITHM"] = PACKINGS
    server.config["COMPRESS_BR_LEVEL"] = QUALITY
    server.config["COMPRESS_CACHE_BACKEND"] = Bodies
    server.config["COMPRESS_CACHE_KEY"] = lambda _request: g.body
    Compress(server)

    @server.after_request
    def name_body(response: Response) -> Response:
        """Name what is packed by all of its content: no answer may ever be taken for another.

        What a reader sent in, and what says so itself, has no name and is not kept.
        """
        public = request.method == "GET" or request.path == asked_by_post
        packed = response.mimetype in PACKED and not response.is_streamed
        named = public and packed and not response.cache_control.no_store
        g.body = hashlib.sha256(response.get_data()).hexdigest() if named else ""
        return response
