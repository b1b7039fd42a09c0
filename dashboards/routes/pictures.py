"""Charts as pictures: /embed/<chart>.svg and /embed/<chart>.png, with the same parameters as the page.

A page says what of an address it could not use and shows the default. A picture stands alone, without the page that
says so: it is refused with one sentence.
"""

from collections.abc import Mapping, Sequence
from functools import partial

from flask import Flask, Response, request
from werkzeug.wrappers import Response as AnyResponse

from dashboards import format
from dashboards.answer import ANSWERERS
from dashboards.charts import CHARTS
from dashboards.charts.description import Plot
from dashboards.charts.picture import (
    SHARE_HEIGHT,
    SHARE_WIDTH,
    Caption,
    draw_picture,
    draw_share,
    layout_for,
    style_hash,
)
from dashboards.charts.png import png_of
from dashboards.charts.svg_parts import WIDE
from dashboards.charts.theme import area_class, dark_rules
from dashboards.places import THEMES
from dashboards.routes.problem import Refused, problem
from dashboards.site import Site
from dashboards.summary import headline
from dashboards.tables import STATUS_SIGNS
from dashboards.view import View, title_alone, view
from dashboards.visit import Visit
from dashboards.words import Words, languages, load_words

LEAST_WIDTH, MOST_WIDTH, USUAL_WIDTH = 240, 2400, 1200
KEPT_FOR = 300
PARAMETERS = {"too_many": "compare", "month": "month/from/to", "order": "from", "day": "as_of", "future_day": "as_of"}


def add_pictures(server: Flask, site: Site) -> None:
    """Answer the addresses of pictures."""

    @server.get("/embed/<name>.<any(svg, png):kind>")
    def picture(name: str, kind: str) -> AnyResponse:
        """Return a chart as SVG or PNG."""
        try:
            return answer(site, name, kind, request.args.to_dict(flat=False))
        except Refused as refused:
            return problem(refused)


def answer(site: Site, name: str, kind: str, parts: Mapping[str, Sequence[str]]) -> AnyResponse:
    """Return a picture. Raises Refused."""
    words = load_words(one_of(parts, "lang", languages(), load_words(languages()[0])))
    theme = one_of(parts, "theme", THEMES, words)
    width, shared = read_size(parts, words)
    if name not in CHARTS:
        raise Refused(404, "chart", words("picture.no_chart", name=name[:40], names=", ".join(CHARTS)))
    visit = ANSWERERS[CHARTS[name].page].visit(site, words.language, parts)
    refuse_problems(visit)
    style = dark_rules(site.settings) if theme == "dark" else ""
    svg = draw(visit, name, width, shared, style)
    content = png_of(svg, width or USUAL_WIDTH) if kind == "png" else svg
    return kept(site, content, "image/png" if kind == "png" else "image/svg+xml", style)


def one_of(parts: Mapping[str, Sequence[str]], name: str, known: Sequence[str], words: Words) -> str:
    """Return one of the values that a parameter may have, the first one by default. Raises Refused."""
    value = next(iter(parts.get(name, ())), "") or known[0]
    if value not in known:
        raise Refused(400, name, words("picture.refused", parameter=name, value=value[:40]))
    return value


def read_size(parts: Mapping[str, Sequence[str]], words: Words) -> tuple[int, bool]:
    """Return the width in pixels (0 = the usual one) and whether the picture is one for sharing. Raises Refused."""
    width, height = (next(iter(parts.get(name, ())), "") for name in ("width", "height"))
    if (width, height) == (str(SHARE_WIDTH), str(SHARE_HEIGHT)):
        return SHARE_WIDTH, True
    fits = width.isascii() and width.isdigit() and len(width) <= 4 and LEAST_WIDTH <= int(width) <= MOST_WIDTH
    if height or (width and not fits):
        sentence = words("picture.sizes", least=LEAST_WIDTH, most=MOST_WIDTH)
        raise Refused(400, "height" if height else "width", sentence)
    return int(width or 0), False


def refuse_problems(visit: Visit) -> None:
    """Raise Refused when a part of the address could not be used: 404 for an area that is not, else 400."""
    for each in visit.selection.problems:
        parameter = PARAMETERS.get(each.code, each.code)
        sentence = visit.words("picture.refused", parameter=parameter, value=each.value)
        raise Refused(404 if each.code in ("area", "compare") else 400, parameter, sentence)


def draw(visit: Visit, name: str, width: int, shared: bool, style: str) -> str:
    """Return a picture as SVG."""
    shown = view(name, visit)
    classes = partial(area_class, visit.settings)
    caption = caption_of(visit, shown, shared and name == "unemployment_rate" and visit.selection.measure == "rate")
    if shared:
        if not isinstance(shown.description, Plot):
            raise Refused(400, "height", visit.words("picture.not_shared"))
        return str(draw_share(shown.description, caption, classes, style))
    layout = layout_for(width) if width else WIDE
    return str(draw_picture(shown.description, caption, layout, classes, style))


def caption_of(visit: Visit, shown: View, as_headline: bool) -> Caption:
    """Return the words around a picture; its title names the area unless the drawing marks it among others.

    One for sharing is titled by the page's headline.
    """
    below = [shown.source_line] if shown.source_line else []
    if visit.selection.as_of:
        below.append(visit.words("picture.as_of", day=format.day(visit.words, visit.selection.as_of)))
    if "suppressed" in shown.frame["status"].tolist():
        reason = visit.words("status.suppressed.name")
        below.append(visit.words("picture.hidden", sign=STATUS_SIGNS["suppressed"], reason=reason))
    title = headline(visit, visit.month) if as_headline else title_alone(visit, shown)
    return Caption(title, shown.alt, below, visit.settings.site_name)


def kept(site: Site, content: bytes | str, kind: str, style: str) -> AnyResponse:
    """Return a picture that may be kept for some minutes and shown by other sites."""
    styles = f"style-src {style_hash(style)}; " if style else ""
    policy = f"default-src 'none'; {styles}base-uri 'none'; frame-ancestors {site.settings.embed_origins}"
    response = Response(content, headers={"Content-Security-Policy": policy}, mimetype=kind)
    response.cache_control.public = True
    response.cache_control.max_age = KEPT_FOR
    response.add_etag()
    return response.make_conditional(request)
