"""A chart's Plotly figure as a reader examines it in the place of its SVG: the reader's own numbers and months.

The figure itself is draw_plotly's. Here it gets what only matters in a browser: a card's ground, and axes that cannot
be dragged out of sight. Where the plot and its words stand is left to assets/examined.js, which reads it off the SVG.
"""

from collections.abc import Mapping
from typing import Any

from dashboards import format
from dashboards.charts import CHARTS
from dashboards.charts.description import Axis, Line, Plot
from dashboards.charts.draw_plotly import draw_plotly
from dashboards.charts.stops import Teller
from dashboards.charts.theme import (
    DASHES,
    GROUND,
    GROUND_DARK,
    HAIRLINE,
    HAIRLINE_DARK,
    INK,
    INK_DARK,
    QUIET,
    QUIET_DARK,
)
from dashboards.errors import UnknownChart
from dashboards.format import NO_BREAK
from dashboards.periods import is_month
from dashboards.view import view
from dashboards.visit import Visit
from dashboards.words import Words

GROUNDS, INKS = (GROUND, GROUND_DARK), (INK, INK_DARK)
QUIETS, HAIRLINES = (QUIET, QUIET_DARK), (HAIRLINE, HAIRLINE_DARK)
SHEER = "b3"
"""How much of a band is seen, as the last two digits of its colour; in SVG it is fill-opacity 0.7."""
MOST_DECIMALS = 2
MONTHS = range(12)


def examined_figure(visit: Visit, name: str, dark: bool) -> dict[str, Any] | None:
    """Return a chart's data, layout and names of its lines' ends; None where Plotly has nothing to add.

    That is all but lines: bars have their values written on them, and a map is not Plotly's.
    """
    try:
        description = view(name, visit).description
    except UnknownChart:
        return None
    if not isinstance(description, Plot) or description.is_empty:
        return None
    figure = draw_plotly(description, dark)
    ends = {plain(line.label): plain(line.end) for line in description.lines}
    layout = dress(figure, visit.words, dark)
    said = {line.label: tell_points(visit, name, line, description.y) for line in description.lines}
    data = [toned(dashed(told(trace, said)), dark) for trace in figure["data"]]
    return {"data": data, "layout": layout, "ends": ends}


def answers(trace: dict[str, Any]) -> bool:
    """Tell whether a trace answers the pointer."""
    return trace.get("hoverinfo") != "skip"


def plain(text: str) -> str:
    """Return a text so that Plotly, which reads some tags, shows it as it is."""
    return text.replace("&", "&amp;").replace("<", "&lt;")


def dashed(trace: dict[str, Any]) -> dict[str, Any]:
    """Return a trace with the dashes that its line has in SVG, for Plotly's own are longer, and uncut at the edges."""
    line = trace.get("line", {})
    pattern = DASHES.get(line.get("dash", ""))
    dash = {"dash": pattern.replace(" ", ",")} if pattern else {}
    return {**trace, "name": plain(trace["name"]), "line": {**line, **dash}, "cliponaxis": False}


def toned(trace: dict[str, Any], dark: bool) -> dict[str, Any]:
    """Return a trace that only stands behind the lines in the tones that it has in SVG."""
    if answers(trace):
        return trace
    if trace.get("fill"):
        return {**trace, "fillcolor": HAIRLINES[dark] + SHEER}
    return {**trace, "line": {**trace["line"], "color": QUIETS[dark]}}


def tell_points(visit: Visit, name: str, line: Line, axis: Axis) -> dict[str, str]:
    """Return what is told of each month of a line: value, unit and change on the year, as in the drawing.

    A line with gaps tells its month too: where it has no figure of a month, Plotly tells the nearest one it has.
    """
    said = {}
    for period, read in Teller(visit, CHARTS[name]).readings(line, axis, "").items():
        text = f"{read.value} ({read.change})" if read.change else read.value
        said[period] = plain(text if len(line.runs) == 1 else f"{format.short_month(visit.words, period)}: {text}")
    return said


def told(trace: dict[str, Any], said: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """Return a trace that tells under the pointer what is said of its months."""
    if not answers(trace) or not all(is_month(str(x)) for x in trace["x"]):
        return trace
    texts = [said[trace["name"]].get(month, "") for month in trace["x"]]
    return {**trace, "customdata": texts, "hovertemplate": "%{customdata}"}


def dress(figure: dict[str, Any], words: Words, dark: bool) -> dict[str, Any]:
    """Return a figure's layout for a page: its ground and hairlines, the reader's separators, axes that stay."""
    layout, data = figure["layout"], figure["data"]
    axis = {
        "fixedrange": True,
        "zeroline": False,
        "tickfont": {"color": QUIETS[dark]},
        "linecolor": HAIRLINES[dark],
        "gridcolor": HAIRLINES[dark],
        "tickcolor": HAIRLINES[dark],
        "spikecolor": QUIETS[dark],
        "spikedash": "solid",
        "spikethickness": 1,
    }
    unit = layout["yaxis"].get("title", {}).get("text", "")
    breaks = {"color": QUIETS[dark], "dash": "3,3", "width": 1}
    pointed = {"bgcolor": GROUNDS[dark], "bordercolor": QUIETS[dark], "font": {"color": INKS[dark]}, "namelength": -1}
    return {
        **layout,
        "shapes": [{**shape, "line": breaks} for shape in layout.get("shapes", ())],
        "paper_bgcolor": GROUNDS[dark],
        "plot_bgcolor": GROUNDS[dark],
        "dragmode": False,
        "separators": words("number.decimal") + NO_BREAK,
        "hoverlabel": pointed,
        "xaxis": {"showgrid": False, "ticks": "outside", **layout["xaxis"], **axis, **written(data, "x", unit)},
        "yaxis": {"ticks": "", "showspikes": False, "showline": False, **layout["yaxis"], **axis, **written(data, "y")},
    }


def written(data: list[dict[str, Any]], side: str, unit: str = "") -> dict[str, Any]:
    """Return how one side's values are written under the pointer: months in words and the unit, or full decimals."""
    values = [value for trace in data if answers(trace) for value in trace[side] if value is not None]
    if all(isinstance(value, str) and is_month(value) for value in values):
        return {"hoverformat": "%B %Y", "unifiedhovertitle": {"text": f"%{{x|%B %Y}}<br>{unit}"}}
    if any(isinstance(value, str) for value in values):
        return {}
    decimals = (len(f"{value:.{MOST_DECIMALS}f}".rstrip("0").partition(".")[2]) for value in values)
    return {"hoverformat": f",.{max(decimals, default=0)}f"}


def plotly_config(words: Words) -> dict[str, Any]:
    """Return how Plotly behaves on a page: no tools, no tips, no link out, a locale of our own words."""
    months = [words(f"month.name.{number}") for number in MONTHS]
    numbers = {"decimal": words("number.decimal"), "thousands": NO_BREAK}
    return {
        "displayModeBar": False,
        "displaylogo": False,
        "showTips": False,
        "doubleClick": False,
        "plotlyServerURL": "",
        "locale": words.language,
        "locales": {words.language: {"format": {"months": months, "shortMonths": months, **numbers}}},
    }
