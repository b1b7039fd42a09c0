"""Where a chart is found as a view shows it: its frame, its page, and what tells of the frame (oEmbed)."""

from dataclasses import dataclass
from urllib.parse import quote

from dashboards.charts import Chart
from dashboards.shell import page_address
from dashboards.visit import Visit

THEMES = ("light", "dark")


@dataclass(frozen=True)
class Places:
    """Where a chart's frame is found, and what tells of it; absolute where `root` is a site's address."""

    embed: str
    page: str
    oembed: str


def embed_query(visit: Visit, theme: str = THEMES[0]) -> str:
    """Return the query of a frame that shows what a visit shows; the common theme is left out."""
    dark = [f"theme={theme}"] if theme != THEMES[0] else []
    return "&".join([visit.query, f"lang={visit.words.language}", *dark])


def places_of(visit: Visit, chart: Chart, root: str = "", theme: str = THEMES[0]) -> Places:
    """Return the addresses of a chart as a visit shows it."""
    embed = f"{root}/embed/{chart.id}?{embed_query(visit, theme)}"
    page = f"{root}{page_address(visit.words.language, chart.page, visit.query)}#{chart.id}"
    return Places(embed, page, f"{root}/oembed?url={quote(embed, safe='')}&format=json")
