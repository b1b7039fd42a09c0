"""Dash takes over a page that has been read: one callback follows the address, one gives the charts to examine.

The document stays as first_paint.py drew it. Dash's only component of ours, Page (assets/live.js), changes it in place,
with the content that the plain routes would have answered; assets/loader.js loads Dash when a reader first needs it.
"""

import json
import re
from typing import Any, cast
from urllib.parse import parse_qsl

from dash import Dash, Input, Output, State
from dash.dcc import Location
from dash.development.base_component import Component
from flask import Flask, abort, request
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from dashboards.answer import ANSWERERS, Answerer, tidy_address
from dashboards.charts.examined import examined_figure, plotly_config
from dashboards.live_call import refuse_other_calls
from dashboards.routes.assets import asset_address, fingerprint, script_address
from dashboards.routes.scripts import STYLE, add_scripts, plotly_address
from dashboards.shell import page_address
from dashboards.site import Parts, Site
from dashboards.words import languages

PREFIX = "/live/"
CALLED = f"{PREFIX}_dash-update-component"
OWN_SCRIPTS = ("idiomorph/idiomorph.min.js", "examined.js", "live.js")
NOT_USED = ("/html/", "/dash_table/")
TOLD = ("url_base_pathname", "requests_pathname_prefix", "update_title", "csrf_token_name", "csrf_header_name")
MOST_CHARTS = 20
LONGEST_REQUEST = 64_000


class Page(Component):
    """The page that a reader has before them. It draws no second copy: it changes what the document holds.

    `answer` is what stands at an address, `examined` what the reader examines there, `figures` the figures of that.
    """

    _namespace = "koillismaa"
    _type = "Page"
    _children_props: list[str] = []  # noqa: RUF012
    _base_nodes: list[str] = []  # noqa: RUF012

    def __init__(self, id: str) -> None:
        self._prop_names = ["id", "answer", "examined", "figures"]
        self._valid_wildcard_attributes: list[str] = []
        super().__init__(id=id)


class Live(Dash):
    """A Dash application without a page of its own."""

    def index(self, *_args: object, **_more: object) -> str:
        """Answer Dash's own page, and every address below it that is none of Dash's."""
        abort(404)


def add_live(server: Flask, site: Site) -> str:
    """Serve Dash's part below PREFIX; return what a document tells the loader."""
    server.config["MAX_CONTENT_LENGTH"] = LONGEST_REQUEST
    app = Live(
        __name__,
        server=cast(Any, server),
        url_base_pathname=PREFIX,
        include_assets_files=False,
        update_title="",
        add_log_handler=False,
    )
    app.layout = [Location("address", refresh=False), Page("page")]
    add_callbacks(app, site)
    add_scripts(server, PREFIX)

    @server.before_request
    def check_call() -> None:
        """Let only calls of the page's own shape through to Dash."""
        if request.path == CALLED:
            refuse_other_calls()

    return Markup(json.dumps(told_to_loader(app)).replace("<", "\\u003c"))


def add_callbacks(app: Dash, site: Site) -> None:
    """Declare the two callbacks."""

    def follow(search: str | None, pathname: str | None) -> dict[str, str]:
        """Answer the address that the reader is at."""
        return answer_address(site, pathname or "", search or "")

    def examine(examined: dict[str, Any], pathname: str | None) -> dict[str, Any]:
        """Give the figures of the charts that the reader examines."""
        return figures_of(site, pathname or "", examined)

    where = State("address", "pathname")
    app.callback(Output("page", "answer"), Input("address", "search"), where, prevent_initial_call=True)(follow)
    app.callback(Output("page", "figures"), Input("page", "examined"), where, prevent_initial_call=True)(examine)


def told_to_loader(app: Dash) -> dict[str, Any]:
    """Return what Dash's renderer must know of the server, and what the loader loads in which order.

    Dash writes both only into a page of its own: hence the private names, which tests/dashboards/test_live.py watches.
    """
    config = app._config()
    scripts = re.findall(r'<script src="([^"]+)"', app._generate_scripts_html())
    needed = [address for address in scripts if not any(part in address for part in NOT_USED)]
    return {
        **{name: config[name] for name in TOLD},
        "children_props": {},
        "plotlyjs_url": plotly_address(PREFIX),
        "scripts": [*needed, *map(asset_address, OWN_SCRIPTS)],
        "style": asset_address(STYLE),
    }


def find_answerer(pathname: str) -> tuple[str, str, Answerer]:
    """Return the language, the slug and the answerer of a page's path; any other path is not found."""
    language, _, slug = pathname.removeprefix("/").partition("/")
    known = language in languages() and slug in ANSWERERS
    if not known or pathname != page_address(language, slug):
        abort(404)
    return language, slug, ANSWERERS[slug]


def parts_of(search: str) -> Parts:
    """Return the parts of an address's query, as the plain routes read them."""
    query = parse_qsl(search.removeprefix("?"), keep_blank_values=True, errors="werkzeug.url_quote")
    return MultiDict(query).to_dict(flat=False)


def answer_address(site: Site, pathname: str, search: str) -> dict[str, str]:
    """Return the content of an address and its name, its title, its tidy address, and the query that links keep.

    The address of the script tells a page that was left open that the service is a newer one by now.
    """
    language, slug, answerer = find_answerer(pathname)
    parts = parts_of(search)
    question = answerer.ask(site, language, parts)
    answer = answerer.answer(site, question)
    return {
        "search": search,
        "content": fingerprint(answer.content.encode()),
        "html": answer.content,
        "title": answer.title,
        "address": tidy_address(site, question, slug, parts),
        "query": answer.query,
        "script": script_address(),
    }


def figures_of(site: Site, pathname: str, examined: dict[str, Any]) -> dict[str, Any]:
    """Return the figures of some charts at an address, by the charts' names; None of what stays a drawing."""
    language, _, answerer = find_answerer(pathname)
    visit = answerer.visit(site, language, parts_of(examined["search"]))
    names = examined["charts"][:MOST_CHARTS]
    return {
        "visit": examined["visit"],
        "config": plotly_config(visit.words),
        "charts": {name: examined_figure(visit, name, bool(examined["dark"])) for name in names},
    }
