"""Charts in words: the sentence that reads a chart, and its text alternative."""

from collections.abc import Callable

from dashboards import format
from dashboards.charts.description import Bars, Line, Plot, Point
from dashboards.periods import is_year
from dashboards.visit import Visit
from queries.analysis.months import month_number, month_of

Write = Callable[[float], str]


def read_trend(visit: Visit, plot: Plot, write: Write) -> str:
    """Return a sentence that reads the first line of a plot: its newest, highest and lowest month."""
    line = plot.lines[0]
    points = [point for run in line.runs for point in run]
    if not points:
        return plot.empty
    newest = points[-1]
    parts = {"name": line.label, "newest": written(visit, newest, write)}
    if len(points) == 1:
        return visit.words("trend.single", **parts)
    highest, lowest = max(points, key=height), min(points, key=height)
    ends = month_number(points[0].period), month_number(newest.period)
    whole = len(line.runs) == 1 and ends == (plot.x.low, plot.x.high)
    with_gaps = "trend.summary_of_years" if is_year(newest.period) else "trend.summary_with_gaps"
    return visit.words(
        "trend.summary" if whole else with_gaps,
        **parts,
        highest=written(visit, highest, write),
        lowest=written(visit, lowest, write),
    )


def height(point: Point) -> float:
    """Return a drawn point's value."""
    return point.value or 0.0


def written(visit: Visit, point: Point, write: Write) -> str:
    """Return a point's value and its month."""
    return visit.words("trend.point", value=write(height(point)), month=format.month(visit.words, point.period))


def describe_trend(visit: Visit, plot: Plot, write: Write) -> str:
    """Return a plot's text alternative: what is drawn, of which months, and each line's newest value."""
    length = len(next((point.period for line in plot.lines for point in line.points), "2000-01"))
    since, until = (month_of(int(end))[:length] for end in (plot.x.low, plot.x.high))
    lines = "; ".join(describe_line(visit, line, write) for line in plot.lines)
    return visit.words("chart.alt", span=format.span(visit.words, since, until), unit=plot.unit, lines=lines)


def describe_line(visit: Visit, line: Line, write: Write) -> str:
    """Return one line's part of the text alternative."""
    if not line.runs:
        return visit.words("chart.alt_none", name=line.label)
    return f"{line.label} {written(visit, line.runs[-1][-1], write)}"


def describe_bars(visit: Visit, bars: Bars) -> str:
    """Return the text alternative of bars: every row with its figures in the order of the series."""
    if not bars.rows:
        return bars.empty
    rows = "; ".join(f"{row.label}: {', '.join(bar.text for bar in row.bars)}" for row in bars.rows)
    series = format.listed(visit.words, [each.label for each in bars.series])
    return visit.words("chart.bars_alt", unit=bars.unit, series=series, rows=rows)
