"""Whether the process is up, and whether it has data to show."""

from flask import Flask, Response

from dashboards.site import Site
from queries.errors import KoillismaaError


def add_health(server: Flask, site: Site) -> None:
    """Answer /healthz and /readyz."""

    @server.get("/healthz")
    def healthz() -> Response:
        """Say that the process is up."""
        return plain("ok\n", 200)

    @server.get("/readyz")
    def readyz() -> Response:
        """Say whether a version can be read; if not, what the operator does."""
        try:
            version = site.edition(site.reader.snapshot()).version
        except KoillismaaError as error:
            return plain(f"{error}\n", 503)
        return plain(f"ready {version}\n", 200)


def plain(text: str, status: int) -> Response:
    """Return a line of text that no one keeps."""
    return Response(text, status, {"Cache-Control": "no-store"}, mimetype="text/plain")
