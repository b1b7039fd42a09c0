"""The interface for programs below /api/v1: lists, observations in five forms, and its own description.

Whatever is refused is refused as application/problem+json. Every answer has an ETag, may be kept for some minutes and
may be read by scripts of other sites.
"""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from flask import Flask, Response, request, send_file
from werkzeug.wrappers import Response as AnyResponse

from dashboards.open_data.asked import read_asked, read_language, refusal
from dashboards.open_data.csv_file import describe_csv, write_csv
from dashboards.open_data.everything import parquet_of
from dashboards.open_data.json_stat import write_json_stat
from dashboards.open_data.lists import list_areas, list_indicators, list_sources
from dashboards.open_data.openapi import CSVW, OBSERVATIONS, PARQUET, describe_interface
from dashboards.open_data.rows import Observations, find_observations
from dashboards.open_data.workbook import write_workbook
from dashboards.routes.problem import Refused, problem
from dashboards.site import Site
from dashboards.words import languages, load_words

SHARED_PATHS = ("/api/", "/feeds/")
KEPT_FOR = 300
SHARED = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Expose-Headers": "ETag, Link, Content-Disposition",
    "Access-Control-Max-Age": "86400",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
WRITERS: dict[str, Callable[[Observations], bytes]] = {
    "csv": write_csv,
    "json": lambda found: as_json(write_json_stat(found)),
    "xlsx": write_workbook,
    "csv-metadata.json": lambda found: as_json(describe_csv(found, csv_address())),
}


def add_api(server: Flask, site: Site) -> None:
    """Answer the addresses of the interface."""

    @server.get("/api/v1/<any(indicators, areas, sources):name>")
    def listed(name: str) -> AnyResponse:
        """Return a list."""
        return guarded(lambda: answer_list(site, name))

    @server.get("/api/v1/openapi.json")
    def described() -> AnyResponse:
        """Return the description of the interface."""
        return kept(as_json(describe_interface()), "application/json")

    @server.get("/api/v1/observations.<any({}):kind>".format(", ".join(f"'{each}'" for each in OBSERVATIONS)))
    def observations(kind: str) -> AnyResponse:
        """Return observations in one of the forms."""
        return guarded(lambda: answer_observations(site, kind))

    @server.get("/api/v1/observations.parquet")
    def everything() -> AnyResponse:
        """Return everything as Parquet."""
        return guarded(lambda: answer_everything(site))

    @server.after_request
    def share(response: Response) -> Response:
        """Let scripts of other sites read the interface."""
        if is_interface(request.path):
            response.headers.update(SHARED)
        return response


def guarded(answer: Callable[[], AnyResponse]) -> AnyResponse:
    """Return an answer, or why there is none."""
    try:
        return answer()
    except Refused as refused:
        return problem(refused)


def tell_failure(status: int) -> Response:
    """Return why an address of the interface failed as a whole: not found, no data, or a failure in our log."""
    keys = {404: "no_address", 405: "no_method", 503: "no_data"}
    words = load_words(languages()[0])
    asked = request.args.get("lang", "")
    if asked in languages():
        words = load_words(asked)
    answer = problem(Refused(status, "", words(f"api.refused.{keys.get(status, 'failed')}")))
    if status == 503:
        answer.headers["Retry-After"] = "30"
    return answer


def answer_list(site: Site, name: str) -> AnyResponse:
    """Return a list as JSON. Raises Refused."""
    refuse_parameters()
    snapshot = site.reader.snapshot()
    edition = site.edition(snapshot)
    if name == "areas":
        return kept(as_json(list_areas(edition)), "application/json")
    told = list_indicators if name == "indicators" else list_sources
    return kept(as_json(told(snapshot, edition, site.catalogue)), "application/json")


def refuse_parameters() -> None:
    """Raise Refused when an address that takes no parameters has one."""
    words = read_language({})
    for name in request.args:
        raise refusal(words, name[:40], name, "no_parameters")


def answer_observations(site: Site, kind: str) -> AnyResponse:
    """Return observations. Raises Refused."""
    snapshot = site.reader.snapshot()
    edition = site.edition(snapshot)
    asked = read_asked(request.args.to_dict(flat=False), edition, site.catalogue)
    if asked.excel and not kind.startswith("csv"):
        raise refusal(asked.words, "excel", "fi", "only_csv")
    form = kind.partition("-")[0]
    found = find_observations(snapshot, edition, site.catalogue, asked, form)
    response = kept(WRITERS[kind](found), OBSERVATIONS[kind][0])
    if form == kind == "csv":
        metadata = f"{request.path}-metadata.json?{query()}"
        response.headers["Link"] = f'<{metadata}>; rel="describedby"; type="{CSVW}"'
    if kind in ("csv", "xlsx"):
        response.headers["Content-Disposition"] = f'attachment; filename="{file_name(found)}.{kind}"'
    return response


def file_name(found: Observations) -> str:
    """Return a name for a saved file."""
    asked = found.asked
    areas = asked.areas if len(asked.areas) <= 2 else ()
    return "_".join((*asked.indicators[:2], *areas))


def answer_everything(site: Site) -> AnyResponse:
    """Return the Parquet file of the version. Raises Refused."""
    refuse_parameters()
    snapshot = site.reader.snapshot()
    path = parquet_of(site.settings.data_dir, snapshot, site.catalogue)
    response = send_file(path, PARQUET, download_name="koillismaa.parquet", etag=snapshot.version, max_age=KEPT_FOR)
    response.cache_control.public = True
    return response


def query() -> str:
    """Return the query of the present request, fit for a header."""
    return quote(request.query_string.decode("ascii", "replace"), safe="=&,%+-_.")


def csv_address() -> str:
    """Return the address of the CSV that the present request describes, relative to this one."""
    return f"observations.csv?{query()}"


def as_json(told: Any) -> bytes:
    """Write JSON in UTF-8."""
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode("utf-8")


def kept(content: bytes, kind: str) -> AnyResponse:
    """Return an answer that may be kept for some minutes and then asked for again by its ETag."""
    charset = "; charset=utf-8" if kind.startswith("text/") else ""
    response = Response(content, content_type=kind + charset)
    response.cache_control.public = True
    response.cache_control.max_age = KEPT_FOR
    response.add_etag()
    return response.make_conditional(request)


def is_interface(path: str) -> bool:
    """Tell whether a path is one that programs read: its refusals are for programs too."""
    return path.startswith(SHARED_PATHS)
