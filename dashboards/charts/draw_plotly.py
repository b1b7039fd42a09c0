"""Draw a description as a Plotly figure: a plain dict, without the Plotly package."""

from collections.abc import Sequence
from typing import Any

from dashboards.charts.description import HIDDEN_SIGN, Axis, Band, Bar, Bars, Columns, Line, Plot, Point, Pyramid
from dashboards.charts.svg_columns import total_of
from dashboards.charts.theme import HAIRLINE, INK, INK_DARK, QUIET
from dashboards.periods import step_of
from queries.analysis.months import month_number, month_of

FONT = "Atkinson Hyperlegible Next"


def draw_plotly(description: Plot | Bars | Columns | Pyramid, dark: bool = False) -> dict[str, Any]:
    """Return data and layout. Months that are not held stand as None, so that a gap stays a gap."""
    if isinstance(description, Plot):
        drawn = plot_figure(description, dark)
    elif isinstance(description, Columns):
        drawn = columns_figure(description, dark)
    elif isinstance(description, Pyramid):
        drawn = pyramid_figure(description, dark)
    else:
        drawn = bars_figure(description, dark)
    drawn["layout"] |= {"font": {"family": FONT, "color": INK_DARK if dark else INK}, "showlegend": False}
    return drawn


def plot_figure(plot: Plot, dark: bool) -> dict[str, Any]:
    """Return the figure of lines over two axes."""
    lines = [trace(line, dark, monthly=not plot.x.name) for line in reversed(plot.lines) if line.runs]
    return {
        "data": [*(band_traces(plot.band) if plot.band else []), *lines],
        "layout": {
            "xaxis": axis_of_months(plot) if not plot.x.name else axis_of_values(plot.x, plot.x.name),
            "yaxis": axis_of_values(plot.y, plot.unit),
            "shapes": [break_line(mark.period) for mark in plot.marks],
            "annotations": annotations(plot),
            "hovermode": "closest" if plot.x.name else "x unified",
        },
    }


def axis_of_months(plot: Plot) -> dict[str, Any]:
    """Return the lower axis of months."""
    return {
        "range": [month_of(int(plot.x.low)), month_of(int(plot.x.high))],
        "tickvals": [month_of(int(tick.at)) for tick in plot.x.ticks],
        "ticktext": [tick.label for tick in plot.x.ticks],
    }


def axis_of_values(axis: Axis, name: str) -> dict[str, Any]:
    """Return an axis of values with its name."""
    return {
        "range": [axis.low, axis.high],
        "tickvals": [tick.at for tick in axis.ticks],
        "ticktext": [tick.label for tick in axis.ticks],
        "title": {"text": name},
        "gridcolor": HAIRLINE,
    }


def band_traces(band: Band) -> list[dict[str, Any]]:
    """Return, for each stretch of the usual range, its area and its middle; neither answers the pointer."""
    traces: list[dict[str, Any]] = []
    for run in band.runs:
        months = [month_of(int(each.x)) for each in run]
        there_and_back = {"x": months + months[::-1], "y": [e.high for e in run] + [e.low for e in reversed(run)]}
        quiet = {"type": "scatter", "mode": "lines", "name": band.label, "hoverinfo": "skip"}
        middle = {"x": months, "y": [each.middle for each in run], "line": {"width": 1, "color": QUIET}}
        filled = {"fill": "toself", "fillcolor": HAIRLINE, "line": {"width": 0}}
        traces += [{**quiet, **there_and_back, **filled}, {**quiet, **middle}]
    return traces


def trace(line: Line, dark: bool, monthly: bool) -> dict[str, Any]:
    """Return one area's line; a point without neighbours gets a marker of its own."""
    points = with_gaps(line) if monthly else [*line.points]
    alone = {run[0].period for run in line.runs if len(run) == 1 or line.labelled}
    labels = dict(line.labelled)
    return {
        "type": "scatter",
        "mode": "lines+markers+text" if labels else "lines+markers",
        "name": line.label,
        "x": [point.period if monthly else point.x for point in points],
        "y": [point.value for point in points],
        "text": [labels.get(point.period, "") for point in points] if labels else None,
        "textposition": "top right",
        "connectgaps": False,
        "line": {"color": line.look.colour_dark if dark else line.look.colour, "dash": line.look.line, "width": 2},
        "marker": {"size": [6 if labels or point.period in alone else 0 for point in points]},
    }


def with_gaps(line: Line) -> list[Point]:
    """Return every month, or year, from a line's first to its last; one that is not held has no value."""
    held = {month_number(point.period): point for point in line.points}
    numbers = range(min(held), max(held) + 1, step_of(line.points[0].period))
    return [held.get(n, Point(n, None, month_of(n))) for n in numbers]


def break_line(period: str) -> dict[str, Any]:
    """Return the dashed vertical line of a break."""
    return {
        "type": "line", "x0": period, "x1": period, "yref": "paper", "y0": 0, "y1": 1,
        "line": {"dash": "dash", "width": 1},
    }  # fmt: skip


def annotations(plot: Plot) -> list[dict[str, Any]]:
    """Return the words of the breaks, the signs of hidden months and the stamp of made-up data."""
    breaks = [{"x": mark.period, "y": 1, "yref": "paper", "text": mark.label} for mark in plot.marks]
    hidden = [{"x": point.period, "y": 0, "text": HIDDEN_SIGN} for line in plot.lines for point in line.hidden()]
    return [{**each, "showarrow": False} for each in breaks + hidden + stamp(plot.stamp)]


def stamp(words: str) -> list[dict[str, Any]]:
    """Return the mark of made-up data across the middle."""
    return [{"xref": "paper", "yref": "paper", "x": 0.5, "y": 0.5, "text": words}] if words else []


def bars_figure(bars: Bars, dark: bool) -> dict[str, Any]:
    """Return the figure of horizontal bars, the first row on top."""
    labels = [row.label for row in bars.rows]
    data = [
        {
            "type": "bar",
            "orientation": "h",
            "name": series.label,
            "x": [row.bars[place].value for row in bars.rows],
            "y": labels,
            "text": [row.bars[place].text for row in bars.rows],
            "marker": {"color": series.colour_dark if dark else series.colour},
            **ranges([row.bars[place] for row in bars.rows]),
        }
        for place, series in enumerate(bars.series)
    ]
    data += mark_traces(bars, dark)
    return {
        "data": data,
        "layout": {
            "barmode": "group",
            "xaxis": {"range": [0, bars.high], "title": {"text": bars.unit}, "gridcolor": HAIRLINE},
            "yaxis": {"autorange": "reversed", "automargin": True},
            "annotations": [{**each, "showarrow": False} for each in stamp(bars.stamp)],
        },
    }


def ranges(bars: Sequence[Bar]) -> dict[str, Any]:
    """Return the ranges of some bars' values as Plotly has them; nothing where no bar has one."""
    if not any(bar.high is not None for bar in bars):
        return {}
    above = [bar.high - (bar.value or 0.0) if bar.high is not None else 0.0 for bar in bars]
    below = [(bar.value or 0.0) - bar.low if bar.low is not None else 0.0 for bar in bars]
    return {"error_x": {"type": "data", "symmetric": False, "array": above, "arrayminus": below}}


def mark_traces(bars: Bars, dark: bool) -> list[dict[str, Any]]:
    """Return the marks of what was aimed at, upright lines on the bars."""
    marked = [(row.bars[0].mark, row.label) for row in bars.rows if row.bars and row.bars[0].mark is not None]
    if not marked:
        return []
    symbol = {"symbol": "line-ns-open", "size": 18, "line": {"width": 3}, "color": INK_DARK if dark else INK}
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "name": bars.mark,
            "x": [value for value, _ in marked],
            "y": [label for _, label in marked],
            "marker": symbol,
        }
    ]


def columns_figure(columns: Columns, dark: bool) -> dict[str, Any]:
    """Return the figure of columns stacked above and below zero, and the line of their sums."""
    years = [row.label for row in columns.rows]
    data: list[dict[str, Any]] = [
        {
            "type": "bar",
            "name": series.label,
            "x": years,
            "y": [row.bars[place].value for row in columns.rows],
            "marker": {"color": series.colour_dark if dark else series.colour},
        }
        for place, series in enumerate(columns.series)
    ]
    marks = {"symbol": "line-ew-open", "size": 14, "line": {"width": 3}, "color": INK_DARK if dark else INK}
    totals = [total_of(row.bars) for row in columns.rows]
    data.append({"type": "scatter", "mode": "markers", "name": columns.total, "x": years, "y": totals, "marker": marks})
    return {
        "data": data,
        "layout": {
            "barmode": "relative",
            "xaxis": {"type": "category"},
            "yaxis": axis_of_values(columns.y, columns.unit),
            "annotations": [{**each, "showarrow": False} for each in stamp(columns.stamp)],
        },
    }


def pyramid_figure(pyramid: Pyramid, dark: bool) -> dict[str, Any]:
    """Return the figure of a pyramid; the left one of two sides is drawn below zero, its axis written without signs."""
    data: list[dict[str, Any]] = []
    for place, side in enumerate(pyramid.sides):
        sign = -1 if len(pyramid.sides) == 2 and place == 0 else 1
        for layer, bars in zip(pyramid.layers, side.bars, strict=True):
            colour = layer.colour_dark if dark else layer.colour
            outline = {"color": "rgba(0,0,0,0)", "line": {"width": 2, "color": colour}}
            data.append(
                {
                    "type": "bar",
                    "orientation": "h",
                    "name": f"{side.label} {layer.label}".strip(),
                    "x": [None if bar.value is None else sign * bar.value for bar in bars],
                    "y": list(pyramid.ages),
                    "text": [bar.text for bar in bars],
                    "textposition": "none",
                    "marker": {"color": colour} if layer.filled else outline,
                }
            )
    low = -pyramid.x.high if len(pyramid.sides) == 2 else 0
    left = [(-tick.at, tick.label) for tick in reversed(pyramid.x.ticks[1:])] if low else []
    marks = [*left, *((tick.at, tick.label) for tick in pyramid.x.ticks)]
    ticks, labels = [at for at, _ in marks], [label for _, label in marks]
    axis = {"range": [low, pyramid.x.high], "tickvals": ticks, "ticktext": labels}
    return {
        "data": data,
        "layout": {
            "barmode": "overlay",
            "xaxis": {**axis, "title": {"text": pyramid.unit}, "gridcolor": HAIRLINE},
            "yaxis": {"type": "category", "automargin": True},
            "annotations": [{**each, "showarrow": False} for each in stamp(pyramid.stamp)],
        },
    }
