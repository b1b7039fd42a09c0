"""/charts.json: every chart with its titles, the parameters that its addresses take, and the addresses."""

import json
from collections.abc import Sequence
from typing import Any

from flask import Flask, request
from werkzeug.wrappers import Response as AnyResponse

from dashboards.answer import ANSWERERS
from dashboards.charts import CHARTS, VITALITY, Chart
from dashboards.places import THEMES
from dashboards.routes.embeds import LIVE_FOR
from dashboards.routes.pictures import LEAST_WIDTH, MOST_WIDTH
from dashboards.selection import MAPPED, MEASURES, MOST_COMPARED
from dashboards.shell import page_address
from dashboards.site import Site
from dashboards.view import view
from dashboards.vitality_country import INDEX
from dashboards.vitality_figures import mapped_indicators
from dashboards.words import languages
from queries.analysis.vitality_index import PARTS


def add_chart_list(server: Flask, site: Site) -> None:
    """Answer /charts.json."""

    @server.get("/charts.json")
    def charts() -> AnyResponse:
        """Return the list of charts, for programs of any site."""
        version, root = site.reader.snapshot().version, request.url_root.rstrip("/")
        text = site.answers.recall(("charts", version, root), lambda: write_list(site, root))
        response = server.response_class(text, mimetype="application/json")
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.cache_control.public = True
        response.cache_control.max_age = LIVE_FOR
        response.add_etag(weak=True)
        return response.make_conditional(request)


def write_list(site: Site, root: str) -> str:
    """Return the list as JSON; its titles are those of the area that pages begin with."""
    titles: dict[str, dict[str, str]] = {name: {} for name in CHARTS}
    for language in languages():
        visits = {page: ANSWERERS[page].visit(site, language, {}) for page in {each.page for each in CHARTS.values()}}
        for name, chart in CHARTS.items():
            titles[name][language] = view(name, visits[chart.page]).title
    measures = {VITALITY: mapped_indicators(site.catalogue)}
    listed = [describe(chart, titles[chart.id], root, measures.get(chart.page, MAPPED)) for chart in CHARTS.values()]
    return json.dumps({"charts": listed}, ensure_ascii=False)


def describe(chart: Chart, titles: dict[str, str], root: str, measures: Sequence[str]) -> dict[str, Any]:
    """Return one chart's entry; `measures` are what a map of its page may show."""
    frame = f"{root}/embed/{chart.id}"
    return {
        "id": chart.id,
        "kind": chart.kind,
        "title": titles,
        "parameters": parameters_of(chart, measures),
        "embed": frame,
        "svg": f"{frame}.svg",
        "png": f"{frame}.png",
        "page": {code: f"{root}{page_address(code, chart.page)}#{chart.id}" for code in languages()},
    }


def parameters_of(chart: Chart, measures: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Return the parameters that change a chart, as JSON Schema writes what values they take."""
    month = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}$"}
    parameters: dict[str, dict[str, Any]] = {
        "area": {"type": "string"},
        "lang": {"enum": list(languages())},
        "theme": {"enum": list(THEMES)},
        "as_of": {"type": "string", "format": "date"},
        "width": {"type": "integer", "minimum": LEAST_WIDTH, "maximum": MOST_WIDTH, "description": "of png and svg"},
    }
    if chart.kind in ("trend", "multiples"):
        parameters |= {"from": month, "to": month}
    else:
        parameters["month"] = month
    if chart.compared:
        parameters["compare"] = {"type": "string", "description": f"at most {MOST_COMPARED} areas, comma between"}
    if chart.measured:
        parameters["measure"] = {"enum": list(MEASURES)}
    if chart.indicator == INDEX:
        parameters["weights"] = {"type": "string", "pattern": f"^[0-9]+(,[0-9]+){{{len(PARTS) - 1}}}$"}
    if chart.kind == "area_map":
        parameters["indicator"] = {"enum": list(measures)}
    return parameters
