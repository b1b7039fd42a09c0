"""Feeds: /feeds/releases.atom and /feeds/releases.ics, in the language that lang= names."""

from datetime import datetime

from flask import Flask, request
from werkzeug.wrappers import Response as AnyResponse

from dashboards.feeds.calendar import council_events, release_events, write_calendar
from dashboards.feeds.releases import write_releases
from dashboards.open_data.asked import read_language
from dashboards.routes.api import guarded, kept
from dashboards.site import Site
from queries.read import HELSINKI


def add_feeds(server: Flask, site: Site) -> None:
    """Answer the addresses of the feeds."""

    @server.get("/feeds/releases.atom")
    def releases() -> AnyResponse:
        """Return the releases that were loaded."""
        return guarded(lambda: answer_releases(site))

    @server.get("/feeds/releases.ics")
    def calendar() -> AnyResponse:
        """Return the coming releases."""
        return guarded(lambda: answer_calendar(site))


def answer_releases(site: Site) -> AnyResponse:
    """Return the releases as Atom. Raises Refused."""
    words = read_language(request.args.to_dict(flat=False))
    snapshot = site.reader.snapshot()
    made_up = site.edition(snapshot).made_up
    rows = snapshot.frame("release_changes")
    return kept(write_releases(words, rows, request.host_url.rstrip("/"), made_up), "application/atom+xml")


def answer_calendar(site: Site) -> AnyResponse:
    """Return the coming releases and meetings as iCalendar. Raises Refused."""
    words = read_language(request.args.to_dict(flat=False))
    edition = site.edition(site.reader.snapshot())
    stamp = max((release.fetched_at for release in edition.releases.values()), default=datetime(2026, 1, 1))
    events = [
        *release_events(words, site.catalogue, datetime.now(HELSINKI).date()),
        *council_events(words, site.settings.council_meetings, edition.areas),
    ]
    return kept(write_calendar(words, events, stamp, request.host.partition(":")[0]), "text/calendar")
