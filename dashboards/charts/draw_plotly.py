"""Draw a description as a Plotly figure: a plain dict, without the Plotly package."""

from typing import Any

from dashboards.charts.description import Description, Line
from dashboards.charts.theme import HAIRLINE, INK
from dashboards.periods import month_number, month_of


def draw_plotly(description: Description, dark: bool = False) -> dict[str, Any]:
    """Return data and layout. Months that are not held stand as None, so that a gap stays a gap."""
    return {
        "data": [trace(line, dark) for line in description.lines if line.runs],
        "layout": {
            "xaxis": {
                "range": [month_of(int(description.x.low)), month_of(int(description.x.high))],
                "tickvals": [month_of(int(tick.at)) for tick in description.x.ticks],
                "ticktext": [tick.label for tick in description.x.ticks],
            },
            "yaxis": {
                "range": [description.y.low, description.y.high],
                "tickvals": [tick.at for tick in description.y.ticks],
                "ticktext": [tick.label for tick in description.y.ticks],
                "title": {"text": description.unit},
                "gridcolor": HAIRLINE,
            },
            "shapes": [break_line(mark.period) for mark in description.marks],
            "annotations": annotations(description),
            "font": {"family": "Atkinson Hyperlegible Next", "color": "#e6eaec" if dark else INK},
            "showlegend": False,
            "hovermode": "x unified",
        },
    }


def trace(line: Line, dark: bool) -> dict[str, Any]:
    """Return one area's line; a month without neighbours gets a marker of its own."""
    values = {point.period: point.value for point in line.points}
    periods = sorted(values)
    months = [month_of(n) for n in range(month_number(periods[0]), month_number(periods[-1]) + 1)]
    alone = {run[0].period for run in line.runs if len(run) == 1}
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": line.label,
        "x": months,
        "y": [values.get(month) for month in months],
        "connectgaps": False,
        "line": {"color": line.look.colour_dark if dark else line.look.colour, "dash": line.look.line, "width": 2},
        "marker": {"size": [6 if month in alone else 0 for month in months]},
    }


def break_line(period: str) -> dict[str, Any]:
    """Return the dashed vertical line of a break."""
    return {
        "type": "line", "x0": period, "x1": period, "yref": "paper", "y0": 0, "y1": 1,
        "line": {"dash": "dash", "width": 1},
    }  # fmt: skip


def annotations(description: Description) -> list[dict[str, Any]]:
    """Return the words of the breaks, the signs of hidden months and the stamp of made-up data."""
    breaks = [{"x": mark.period, "y": 1, "yref": "paper", "text": mark.label} for mark in description.marks]
    hidden = [
        {"x": point.period, "y": 0, "text": description.hidden_sign}
        for line in description.lines
        for point in line.hidden()
    ]
    stamp = [{"xref": "paper", "yref": "paper", "x": 0.5, "y": 0.5, "text": description.stamp}]
    return [{**each, "showarrow": False} for each in breaks + hidden + (stamp if description.stamp else [])]
