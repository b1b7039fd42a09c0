"""The web server: which address gives which page, and the headers of every answer."""

from flask import Flask, Response, redirect, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.wrappers import Response as AnyResponse

from dashboards.answer import ANSWERERS, tidy_address
from dashboards.charts.picture import style_hash
from dashboards.first_paint import render_document, render_notice
from dashboards.impact.forms import FormReader
from dashboards.live import CALLED, add_live
from dashboards.packed import add_packing
from dashboards.pages import front
from dashboards.routes.api import add_api, is_interface, tell_failure
from dashboards.routes.assets import add_assets, needed_first, theme_text
from dashboards.routes.chart_list import add_chart_list
from dashboards.routes.embeds import add_embeds
from dashboards.routes.feeds import add_feeds
from dashboards.routes.health import add_health
from dashboards.routes.impact import add_impact
from dashboards.routes.oembed import add_oembed
from dashboards.routes.pictures import add_pictures
from dashboards.routes.reports import add_reports
from dashboards.routes.well_known import add_well_known
from dashboards.shell import CHARTED, PAGES, loading_line, surround
from dashboards.site import Site
from dashboards.words import languages, load_words
from queries.catalogue import Catalogue
from queries.errors import DatabaseRefused, NoDatabase, PublishFailed
from queries.settings import Settings

POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self' {theme}; font-src 'self'; "
    "img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def create_server(settings: Settings, catalogue: Catalogue, forms: FormReader | None = None) -> Flask:
    """Return the WSGI application. Without `forms`, what reads filled ones, its pages do not offer the impact tool."""
    server = Flask(__name__, static_folder=None)
    site = Site(settings, catalogue, takes_forms=forms is not None)
    add_assets(server, settings)
    add_health(server, site)
    add_well_known(server)
    add_pictures(server, site)
    add_api(server, site)
    add_feeds(server, site)
    add_embeds(server, site)
    add_oembed(server, site)
    add_chart_list(server, site)
    add_reports(server, site)
    if forms:
        add_impact(server, settings, forms)
    add_pages(server, site, live=add_live(server, site))
    add_failures(server, site)
    add_headers(server, settings)
    add_packing(server, CALLED)
    return server


def add_headers(server: Flask, settings: Settings) -> None:
    """Give every answer the headers that keep foreign content out."""
    headers = {**HEADERS, "Content-Security-Policy": POLICY.format(theme=style_hash(theme_text(settings)))}

    @server.after_request
    def name_headers(response: Response) -> Response:
        """Name what an answer has no say of its own about."""
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        return response


def add_pages(server: Flask, site: Site, live: str) -> None:
    """Answer the pages and the address that leads to them. `live` is what a document tells the live page's loader."""

    @server.get("/")
    def root() -> AnyResponse:
        """Lead to the front page in the reader's language."""
        response = redirect(with_query(f"/{accepted_language()}/"))
        response.headers["Vary"] = "Accept-Language"
        return response

    @server.get("/<any({}):language>/".format(", ".join(languages())))
    def front_page(language: str) -> AnyResponse:
        """Show the project's municipalities at a glance."""
        return answer_page(site, language, front.SLUG)

    slugs = ", ".join(PAGES)

    @server.get("/<any({}):language>/<any({}):slug>".format(", ".join(languages()), slugs))
    def page(language: str, slug: str) -> AnyResponse:
        """Show a page; one without choices needs no Dash."""
        return answer_page(site, language, slug, live if slug in CHARTED else "")


def with_query(address: str) -> str:
    """Return an address with the query of the present request."""
    query = request.query_string.decode("ascii", "replace")
    return f"{address}?{query}" if query else address


def accepted_language() -> str:
    """Return the language that the reader's browser asks for, else the first one."""
    return request.accept_languages.best_match(languages()) or languages()[0]


def answer_page(site: Site, language: str, slug: str, live: str = "") -> AnyResponse:
    """Return a page's document, or the way to the tidy address of what a form asked for."""
    parts, answerer = request.args.to_dict(flat=False), ANSWERERS[slug]
    question = answerer.ask(site, language, parts)
    tidy = tidy_address(site, question, slug, parts)
    if tidy:
        return redirect(tidy)
    page = answerer.answer(site, question)
    words = load_words(language)
    html = render_document(words, site.settings, page.shell, page.content, page.head, live)
    return kept_a_minute(html, needed_first())


def kept_a_minute(html: str, links: str) -> AnyResponse:
    """Return a page that browsers may keep for a minute and then ask whether it is still the same."""
    response = Response(html, headers={"Link": links})
    response.cache_control.public = True
    response.cache_control.max_age = 60
    response.add_etag(weak=True)
    return response.make_conditional(request)


def add_failures(server: Flask, site: Site) -> None:
    """Answer what cannot be answered with a page: in the reader's language, with a way on."""

    def tell(code: int, key: str) -> Response:
        if is_interface(request.path):
            return tell_failure(code)
        words = load_words(path_language())
        edition = site.last_edition
        shell = surround(words, site.settings, quiet_line=loading_line(words, site.states(), edition))
        title = words(f"failure.{key}.title")
        html = render_notice(words, site.settings, shell, title, [words(f"failure.{key}.text")])
        headers = {"Cache-Control": "no-store", **({"Retry-After": "30"} if code == 503 else {})}
        return Response(html, code, headers)

    @server.errorhandler(404)
    def not_found(error: HTTPException) -> Response:
        """Say that there is no such page."""
        return tell(404, "not_found")

    @server.errorhandler(405)
    def not_taken(error: MethodNotAllowed) -> Response:
        """Say that a page takes nothing of what was sent, and which methods it has (RFC 9110)."""
        answer = tell(405, "not_found")
        answer.allow.update(error.valid_methods or ())
        return answer

    @server.errorhandler(500)
    def failed(error: HTTPException) -> Response:
        """Say that the page failed; the cause is in the log."""
        return tell(500, "failed")

    @server.errorhandler(NoDatabase)
    @server.errorhandler(DatabaseRefused)
    @server.errorhandler(PublishFailed)
    def no_data(error: NoDatabase | DatabaseRefused | PublishFailed) -> Response:
        """Say that there is no data yet and what the operator does."""
        server.logger.error("%s", error)
        return tell(503, "no_data")


def path_language() -> str:
    """Return the language that the address names, else the reader's."""
    first = request.path.strip("/").partition("/")[0]
    return first if first in languages() else accepted_language()
