"""Addresses that browsers and search engines ask for by custom: /robots.txt and /favicon.ico."""

from flask import Flask, Response

from dashboards.routes.assets import files, kept

ROBOTS = b"User-agent: *\nAllow: /\n"
ICON = "apple-touch-icon.png"


def add_well_known(server: Flask) -> None:
    """Answer both addresses."""

    @server.get("/robots.txt")
    def robots() -> Response:
        """Let everyone read everything."""
        return kept(ROBOTS, "text/plain")

    @server.get("/favicon.ico")
    def favicon() -> Response:
        """Return the icon as PNG to those who do not read that it is an SVG."""
        return kept(files()[ICON], "image/png")
