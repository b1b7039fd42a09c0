"""/oembed: how to embed the chart of an address (oEmbed 1.0, rich), for editors' systems that ask."""

import json
from collections.abc import Mapping, Sequence
from urllib.parse import parse_qs, urlsplit

from flask import Flask, Response, request

from dashboards.answer import ANSWERERS
from dashboards.charts import CHARTS, charts_of
from dashboards.charts.description import Plot
from dashboards.charts.picture import SHARE_HEIGHT, SHARE_WIDTH
from dashboards.first_paint import draw_card
from dashboards.head import picture_address
from dashboards.pages.single_card import describe_card
from dashboards.places import THEMES, places_of
from dashboards.routes.embeds import LIVE_FOR
from dashboards.routes.pictures import one_of, refuse_problems
from dashboards.routes.problem import Refused, problem
from dashboards.share import LEAST_WIDTH, MOST_WIDTH, WIDTHS, code_of, height_of
from dashboards.site import Site
from dashboards.view import title_alone
from dashboards.visit import Visit
from dashboards.words import Words, languages, load_words

Parts = Mapping[str, Sequence[str]]


def add_oembed(server: Flask, site: Site) -> None:
    """Answer /oembed."""

    @server.get("/oembed")
    def oembed() -> Response:
        """Return what an editor's system puts into its page for an address of ours."""
        try:
            told = describe(site, request.args)
        except Refused as refused:
            return problem(refused)
        response = Response(json.dumps(told, ensure_ascii=False), mimetype="application/json")
        response.cache_control.public = True
        response.cache_control.max_age = LIVE_FOR
        return response


def describe(site: Site, asked: Mapping[str, str]) -> dict[str, object]:
    """Return the answer of oEmbed. Raises Refused: 404 for an address that is none of a chart, 501 for XML."""
    if asked.get("format", "json") != "json":
        raise Refused(501, "format", load_words(languages()[0])("oembed.format"))
    name, language, theme, parts = read_address(asked.get("url", ""))
    chart, words = CHARTS[name], load_words(language)
    visit = ANSWERERS[chart.page].visit(site, language, parts)
    refuse_problems(visit)
    width = min(read_most(asked, "maxwidth", LEAST_WIDTH, words), MOST_WIDTH)
    most = read_most(asked, "maxheight", 1, words)
    card, root = describe_card(visit, chart), request.url_root.rstrip("/")
    assert card.view is not None
    title = title_alone(visit, card.view)
    height = height_of(card, title, draw_card(card, visit), width)
    height = min(height, most) if most else height
    return {
        "version": "1.0",
        "type": "rich",
        "provider_name": site.settings.site_name,
        "provider_url": f"{root}/{language}/",
        "title": title,
        "html": code_of(places_of(visit, chart, root, theme).embed, title, height, width),
        "width": width or WIDTHS[0],
        "height": height,
        "cache_age": LIVE_FOR,
        **(thumbnail(visit, name, root) if isinstance(card.view.description, Plot) else {}),
    }


def thumbnail(visit: Visit, name: str, root: str) -> dict[str, object]:
    """Return the picture for sharing of a chart that has one."""
    picture = picture_address(visit, name, "png", width=SHARE_WIDTH, height=SHARE_HEIGHT)
    return {"thumbnail_url": root + picture, "thumbnail_width": SHARE_WIDTH, "thumbnail_height": SHARE_HEIGHT}


def read_address(url: str) -> tuple[str, str, str, Parts]:
    """Return the chart, language, theme and parts that one of our addresses asks for; of a page its named or first one.

    Raises Refused.
    """
    words = load_words(languages()[0])
    try:
        address = urlsplit(url)
    except ValueError:
        raise Refused(404, "url", words("oembed.url", url=url[:80])) from None
    parts = {name: values for name, values in parse_qs(address.query, keep_blank_values=True).items() if name != "view"}
    first, _, rest = address.path.strip("/").partition("/")
    charts = [chart.id for chart in charts_of(rest)]
    if address.netloc == request.host and first == "embed" and rest in CHARTS:
        return rest, one_of(parts, "lang", languages(), words), one_of(parts, "theme", THEMES, words), parts
    if address.netloc == request.host and first in languages() and charts:
        return address.fragment if address.fragment in charts else charts[0], first, THEMES[0], parts
    raise Refused(404, "url", words("oembed.url", url=url[:80]))


def read_most(asked: Mapping[str, str], part: str, least: int, words: Words) -> int:
    """Return the most pixels that there is room for, 0 for no limit. Raises Refused."""
    text = asked.get(part, "")
    fits = text.isascii() and text.isdigit() and len(text) <= 5 and int(text) >= least
    if text and not fits:
        raise Refused(400, part, words("picture.refused", parameter=part, value=text[:40]))
    return int(text or 0)
