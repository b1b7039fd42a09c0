"""The council review as PDF: /report.pdf with the same parts of the address as the employment review, and `lang`."""

from flask import Flask, Response, request
from werkzeug.wrappers import Response as AnyResponse

from dashboards.answer import ANSWERERS
from dashboards.charts import REVIEW
from dashboards.report.council import council_review
from dashboards.routes.pictures import KEPT_FOR, Refused, one_of, problem, refuse_problems
from dashboards.site import Site
from dashboards.words import languages, load_words


def add_reports(server: Flask, site: Site) -> None:
    """Answer the address of the council review."""

    @server.get("/report.pdf")
    def council() -> AnyResponse:
        """Return the council review of an area and month."""
        try:
            return answer(site)
        except Refused as refused:
            return problem(refused)


def answer(site: Site) -> AnyResponse:
    """Return the PDF that an address asks for. Raises Refused."""
    parts = request.args.to_dict(flat=False)
    words = load_words(one_of(parts, "lang", languages(), load_words(languages()[0])))
    visit = ANSWERERS[REVIEW].visit(site, words.language, parts)
    refuse_problems(visit)
    response = Response(council_review(visit, request.url_root), mimetype="application/pdf")
    name = f"{REVIEW}-{visit.selection.area}-{visit.month}-{words.language}.pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.cache_control.public = True
    response.cache_control.max_age = KEPT_FOR
    response.add_etag()
    return response.make_conditional(request)
