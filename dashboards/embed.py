"""One chart as a whole document for a frame in another site: drawn without a script, with its table and source."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from markupsafe import Markup

from dashboards import format
from dashboards.charts import Chart
from dashboards.first_paint import draw_card, render
from dashboards.freshness import tell_age
from dashboards.pages.single_card import describe_card
from dashboards.places import places_of
from dashboards.routes.assets import asset_address, embed_style_address
from dashboards.selection import changed
from dashboards.view import title_alone
from dashboards.visit import Visit
from dashboards.words import Words
from queries.read import Snapshot
from queries.settings import Settings

FRAME_SCRIPT, READING_SCRIPT, MAP_SCRIPT = "frame.js", "reading.js", "map.js"


def render_embed(visit: Visit, snapshot: Snapshot, chart: Chart, theme: str, root: str, today: date) -> Markup:
    """Return the document of a chart."""
    alone = replace(visit, selection=changed(visit.selection, view="chart"))
    card = describe_card(alone, chart)
    assert card.view is not None
    releases = card.view.frame["release_id"].unique().tolist()
    read_by = MAP_SCRIPT if chart.kind == "area_map" else READING_SCRIPT
    return render(
        "embed.html",
        visit.words,
        visit.settings,
        card=card,
        title=title_alone(visit, card.view),
        drawings=draw_card(card, alone),
        notices=[line for line in (tell_day(visit), tell_age(visit, snapshot, releases, today)) if line],
        made_up=visit.edition.made_up,
        places=places_of(alone, chart, root, theme),
        page_name=visit.words(f"page.{chart.page}.name"),
        style=embed_style_address(visit.settings, theme),
        scripts=[asset_address(name) for name in (read_by, FRAME_SCRIPT)],
        site_name=visit.settings.site_name,
        chart=chart.id,
    )


def tell_day(visit: Visit) -> str:
    """Return which day's knowledge is shown, '' for the newest."""
    day = visit.selection.as_of
    return visit.words("picture.as_of", day=format.day(visit.words, day)) if day else ""


def render_refusal(words: Words, settings: Settings, theme: str, sentences: list[str], links: Mapping[str, str]) -> str:
    """Return the small document of a frame that cannot show what is asked for; `links` lead on, address by label."""
    style = embed_style_address(settings, theme)
    script = asset_address("frame.js")
    return render(
        "embed_refused.html", words, settings, style=style, script=script, sentences=sentences, links=links,
        site_name=settings.site_name,
    )  # fmt: skip
