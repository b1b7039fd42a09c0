"""The web server: which address gives which page, and the headers of every answer."""

from collections.abc import Mapping, Sequence

from flask import Flask, Response, redirect, request
from flask_compress import Compress
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from dashboards import format
from dashboards.controls import offer
from dashboards.first_paint import render_front, render_notice, render_page
from dashboards.head import describe_head
from dashboards.pages import employment_review, front
from dashboards.routes.assets import add_assets
from dashboards.routes.health import add_health
from dashboards.routes.pictures import add_pictures
from dashboards.routes.well_known import add_well_known
from dashboards.selection import Problem, changed, known_at, write_query
from dashboards.shell import Shell, footer_sources, loading_line, page_address, surround
from dashboards.site import Site
from dashboards.visit import Visit
from dashboards.words import languages, load_words
from queries.catalogue import Catalogue
from queries.errors import DatabaseRefused, NoDatabase
from queries.settings import Settings

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def create_server(settings: Settings, catalogue: Catalogue) -> Flask:
    """Return the WSGI application."""
    server = Flask(__name__, static_folder=None)
    site = Site(settings, catalogue)
    add_assets(server, settings)
    add_health(server, site)
    add_well_known(server)
    add_pictures(server, site)
    add_pages(server, site)
    add_failures(server, site)
    server.after_request(add_headers)
    Compress(server)
    return server


def add_headers(response: Response) -> Response:
    """Give an answer the headers that keep foreign content out."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def add_pages(server: Flask, site: Site) -> None:
    """Answer the pages and the two addresses that lead to them."""

    @server.get("/")
    def root() -> AnyResponse:
        """Lead to the front page in the reader's language."""
        response = redirect(with_query(f"/{accepted_language()}/"))
        response.headers["Vary"] = "Accept-Language"
        return response

    @server.get("/<any({}):language>/".format(", ".join(languages())))
    def front_page(language: str) -> AnyResponse:
        """Show the project's municipalities at a glance."""
        return answer_front(site, site.front_visit(language, request.args.to_dict(flat=False)))

    @server.get("/<any({}):language>/{}".format(", ".join(languages()), employment_review.SLUG))
    def review(language: str) -> AnyResponse:
        """Show the employment review."""
        return answer_review(site, language, request.args.to_dict(flat=False))


def with_query(address: str) -> str:
    """Return an address with the query of the present request."""
    query = request.query_string.decode("ascii", "replace")
    return f"{address}?{query}" if query else address


def accepted_language() -> str:
    """Return the language that the reader's browser asks for, else the first one."""
    return request.accept_languages.best_match(languages()) or languages()[0]


def answer_review(site: Site, language: str, parts: Mapping[str, Sequence[str]]) -> AnyResponse:
    """Return the page, or the tidy address of what the form asked for."""
    visit = site.visit(language, parts)
    selection = visit.selection
    query = write_query(selection, site.settings, visit.edition.areas)
    if not selection.problems and came_from_form(parts):
        return redirect(page_address(language, employment_review.SLUG, query))
    page = employment_review.describe(visit)
    shell = shell_of(site, visit, page.slug, query)
    whole = write_query(changed(selection, view="table"), site.settings, visit.edition.areas)
    all_months = page_address(language, page.slug, whole)
    head = describe_head(visit, page, request.url_root, query)
    return kept_a_minute(render_page(page, visit, shell, head, offer(visit), notices(visit), all_months))


def answer_front(site: Site, visit: Visit) -> AnyResponse:
    """Return the front page."""
    as_of = visit.selection.as_of
    query = f"as_of={as_of.isoformat()}" if as_of else ""
    shell = shell_of(site, visit, front.SLUG, query)
    page = front.describe(visit)
    head = describe_head(visit, page, request.url_root, query)
    return kept_a_minute(render_front(page, visit, shell, head, notices(visit)))


def shell_of(site: Site, visit: Visit, slug: str, query: str) -> Shell:
    """Return what surrounds a page of a visit."""
    return surround(
        visit.words,
        site.settings,
        slug=slug,
        query=query,
        quiet_line=loading_line(visit.words, site.states(), visit.edition),
        sources=footer_sources(visit.words, site.catalogue, visit.edition, known_at(visit.selection)),
        made_up=visit.edition.made_up,
    )


def kept_a_minute(html: str) -> AnyResponse:
    """Return a page that browsers may keep for a minute and then ask whether it is still the same."""
    response = Response(html)
    response.cache_control.public = True
    response.cache_control.max_age = 60
    response.add_etag(weak=True)
    return response.make_conditional(request)


def came_from_form(parts: Mapping[str, Sequence[str]]) -> bool:
    """Tell whether an address is as a plain form writes it: empty parts, and `compare` several times."""
    empty = any(values == [""] for name, values in parts.items() if name != "compare")
    return empty or "search" in parts or len(parts.get("compare", ())) > 1


def notices(visit: Visit) -> list[str]:
    """Return what must be said first: which day's knowledge is shown, what of the address could not be used."""
    lines = [tell_problem(visit, problem) for problem in visit.selection.problems]
    if visit.selection.as_of:
        lines.insert(0, visit.words("notice.as_of", day=format.day(visit.words, visit.selection.as_of)))
    return lines


def tell_problem(visit: Visit, problem: Problem) -> str:
    """Return what could not be used and what is shown instead; an area that is known is told by its name."""
    known = problem.value in visit.edition.areas
    return visit.words(f"problem.{problem.code}", value=visit.name(problem.value) if known else problem.value)


def add_failures(server: Flask, site: Site) -> None:
    """Answer what cannot be answered with a page: in the reader's language, with a way on."""

    def tell(code: int, key: str) -> Response:
        words = load_words(path_language())
        edition = site.last_edition
        shell = surround(words, site.settings, quiet_line=loading_line(words, site.states(), edition))
        title = words(f"failure.{key}.title")
        html = render_notice(words, site.settings, shell, title, [words(f"failure.{key}.text")])
        headers = {"Cache-Control": "no-store", **({"Retry-After": "30"} if code == 503 else {})}
        return Response(html, code, headers)

    @server.errorhandler(404)
    @server.errorhandler(405)
    def not_found(error: HTTPException) -> Response:
        """Say that there is no such page, or none that takes what was sent."""
        return tell(error.code or 404, "not_found")

    @server.errorhandler(500)
    def failed(error: HTTPException) -> Response:
        """Say that the page failed; the cause is in the log."""
        return tell(500, "failed")

    @server.errorhandler(NoDatabase)
    @server.errorhandler(DatabaseRefused)
    def no_data(error: NoDatabase | DatabaseRefused) -> Response:
        """Say that there is no data yet and what the operator does."""
        server.logger.error("%s", error)
        return tell(503, "no_data")


def path_language() -> str:
    """Return the language that the address names, else the reader's."""
    first = request.path.strip("/").partition("/")[0]
    return first if first in languages() else accepted_language()
