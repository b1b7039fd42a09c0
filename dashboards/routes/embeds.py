"""Charts for the pages of others: /embed/<chart>, with the same parameters as the page and as pictures.

A frame asks the same again and again: what was answered is kept whole and packed, by version, address and day.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from flask import Flask, Response, request
from werkzeug.wrappers import Response as AnyResponse

from dashboards.answer import ANSWERERS
from dashboards.charts import CHARTS
from dashboards.embed import render_embed, render_refusal
from dashboards.places import THEMES
from dashboards.routes.assets import PACKINGS, fingerprint, packing_of
from dashboards.routes.pictures import one_of, refuse_problems
from dashboards.routes.problem import Refused
from dashboards.shell import page_address
from dashboards.site import Site
from dashboards.words import Words, languages, load_words
from queries.read import HELSINKI

LIVE_FOR, DATED_FOR = 300, 86_400
"""So many seconds a browser keeps a frame without asking again."""
PACKED_AS = 6
"""Brotli's quality: the best that does not make the first reader wait."""


@dataclass(frozen=True)
class Kept:
    """A frame that has been answered: its document in the forms that browsers took, and how long it may be kept."""

    html: bytes
    seconds: int
    etag: str
    forms: dict[str, bytes] = field(default_factory=dict)

    def in_form(self, packing: str) -> bytes:
        """Return the document packed in a way, '' for plain; made once."""
        if packing not in self.forms:
            self.forms[packing] = packing_of(self.html, packing, PACKED_AS) if packing else self.html
        return self.forms[packing]


def add_embeds(server: Flask, site: Site) -> None:
    """Answer the addresses of frames."""

    @server.get("/embed/<name>")
    def embed(name: str) -> AnyResponse:
        """Return a chart's document."""
        version = site.reader.snapshot().version
        asked = version, name, request.query_string, request.url_root, today()
        try:
            kept = site.embeds.recall(asked, lambda: answer(site, name, request.args.to_dict(flat=False)))
        except Refused as refused:
            return tell(site, refused, request.args.to_dict(flat=False))
        return respond(site, kept)


def today() -> date:
    """Return the day in Finland."""
    return datetime.now(HELSINKI).date()


def answer(site: Site, name: str, parts: Mapping[str, Sequence[str]]) -> Kept:
    """Return a frame's document. Raises Refused."""
    words = load_words(one_of(parts, "lang", languages(), load_words(languages()[0])))
    theme = one_of(parts, "theme", THEMES, words)
    if name not in CHARTS:
        raise Refused(404, "chart", words("picture.no_chart", name=name[:40], names=", ".join(CHARTS)))
    chart = CHARTS[name]
    answerer = ANSWERERS[chart.page]
    question = answerer.ask(site, words.language, {name: parts[name] for name in parts if name != "view"})
    visit = answerer.look_up(site, question)
    refuse_problems(visit)
    root = request.url_root.rstrip("/")
    html = render_embed(visit, question.snapshot, chart, theme, root, today()).encode()
    return Kept(html, DATED_FOR if visit.selection.as_of else LIVE_FOR, f'W/"{fingerprint(html)}"')


def respond(site: Site, kept: Kept) -> Response:
    """Return a kept frame in the form that the browser takes, or tell it that it has it already."""
    packing = request.accept_encodings.best_match(PACKINGS) or ""
    headers = {
        "Cache-Control": f"public, max-age={kept.seconds}",
        "Content-Security-Policy": policy(site),
        "ETag": kept.etag,
        "Vary": "Accept-Encoding",
    }
    if kept.etag in request.headers.get("If-None-Match", ""):
        return Response(status=304, headers=headers)
    if packing:
        headers["Content-Encoding"] = packing
    return Response(kept.in_form(packing), headers=headers, mimetype="text/html")


def policy(site: Site) -> str:
    """Return what a frame may load, all of it from here, and who may frame it."""
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; "
        f"form-action 'none'; frame-ancestors {site.settings.embed_origins}"
    )


def tell(site: Site, refused: Refused, parts: Mapping[str, Sequence[str]]) -> Response:
    """Return a small document that says why there is no chart, in the frame's language and theme where those are."""
    language, theme = (
        value if (value := next(iter(parts.get(name, ())), "")) in known else known[0]
        for name, known in (("lang", languages()), ("theme", THEMES))
    )
    words: Words = load_words(language)
    way_on = {site.settings.site_name: request.url_root.rstrip("/") + page_address(language, "")}
    html = render_refusal(words, site.settings, theme, [refused.sentence], way_on)
    headers = {"Cache-Control": "no-store", "Content-Security-Policy": policy(site)}
    return Response(html, refused.status, headers)
