"""The kind `trend`: months of one indicator in at most five areas, as lines from zero."""

import math
from collections.abc import Sequence

import pandas as pd

from dashboards import format
from dashboards.breaks import marks_between
from dashboards.charts import Chart
from dashboards.charts.description import Axis, Description, Line, Point, Tick
from dashboards.charts.theme import look_of
from dashboards.periods import month_number, month_of, shift
from dashboards.visit import Visit

MOST_LINES = 5
WANTED_STEPS = 5
LONGEST_MONTHLY_AXIS = 30


def describe_trend(visit: Visit, chart: Chart, frame: pd.DataFrame, since: str, until: str) -> Description:
    """Describe a frame of `series` rows as lines over the months from `since` to `until`."""
    areas = visit.selection.areas if chart.compared else visit.selection.areas[:1]
    points = points_of(frame)
    newest = max((point.period for line in points.values() for point in line), default="")
    lines = tuple(
        describe_line(visit, chart.indicator, area, points.get(area, []), newest) for area in areas[:MOST_LINES]
    )
    return Description(
        id=chart.id,
        title=visit.words(f"chart.{chart.id}.title"),
        unit=visit.words(f"chart.{chart.id}.unit"),
        x=month_axis(visit, since, until),
        y=value_axis(visit, chart.indicator, lines),
        lines=lines,
        marks=marks_between(visit, chart.indicator, since, until),
        empty=why_empty(visit, areas[0], points.get(areas[0], [])),
        stamp=visit.words("made_up.stamp") if visit.edition.made_up else "",
    )


def why_empty(visit: Visit, area: str, points: Sequence[Point]) -> str:
    """Return what a chart says when nothing of its first area can be drawn: hidden is not the same as not there."""
    if points and points[-1].status:
        reason = visit.words(f"status.{points[-1].status}.name")
        return visit.words("chart.empty_hidden", name=visit.name(area), reason=reason)
    return visit.words("chart.empty", name=visit.name(area))


def points_of(frame: pd.DataFrame) -> dict[str, list[Point]]:
    """Return the points of each area of a frame, oldest first."""
    points: dict[str, list[Point]] = {}
    columns = [frame[name].tolist() for name in ("area", "period", "value", "status")]
    for area, period, value, status in zip(*columns, strict=True):
        points.setdefault(area, []).append(Point(period, None if value != value else value, status))
    return points


def describe_line(visit: Visit, indicator: str, area: str, points: Sequence[Point], newest: str) -> Line:
    """Return one area's line; its end label has the last value, and its month where that is not the chart's newest."""
    name = visit.name(area)
    last = next((point for point in reversed(points) if point.value is not None), None)
    end = name if last is None else f"{name} {visit.value(indicator, last.value or 0.0)}"
    if last is not None and last.period != newest:
        end = f"{end} ({format.short_month(visit.words, last.period)})"
    return Line(area, name, end, look_of(visit.settings, area), tuple(points))


def value_axis(visit: Visit, indicator: str, lines: Sequence[Line]) -> Axis:
    """Return an axis from zero to a round number above the highest value."""
    values = [point.value for line in lines for point in line.points if point.value is not None]
    step = round_step(max(values, default=0.0) / WANTED_STEPS)
    count = max(1, math.ceil(max(values, default=0.0) / step))
    decimals = 0 if step >= 1 else 1
    ticks = (Tick(n * step, format.number(visit.words, n * step, decimals)) for n in range(count + 1))
    return Axis(0.0, count * step, tuple(ticks))


def round_step(rough: float) -> float:
    """Return the next of 1, 2, 5, 10, 20 … that is not smaller; nothing is finer than a tenth."""
    if rough <= 0:
        return 1.0
    power = 10.0 ** max(-1, math.floor(math.log10(rough)))
    return next((factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * 0.999), 10 * power)


def month_axis(visit: Visit, since: str, until: str) -> Axis:
    """Return an axis of months: a tick each January, on a short stretch each quarter."""
    low, high = month_number(since), max(month_number(until), month_number(since) + 1)
    if high - low <= LONGEST_MONTHLY_AXIS:
        ticks = [Tick(n, format.short_month(visit.words, month_of(n))) for n in range(low, high + 1) if n % 3 == 0]
    else:
        ticks = [Tick(n, month_of(n)[:4]) for n in range(low, high + 1) if n % 12 == 0]
    return Axis(low, high, tuple(ticks))


def stretch(visit: Visit, chart: Chart) -> tuple[str, str]:
    """Return the months that a chart shows: what the reader chose, else ten years to the newest month held."""
    areas = visit.selection.areas if chart.compared else visit.selection.areas[:1]
    newest = [max(visit.figures.series(chart.indicator, area), default="") for area in areas]
    until = visit.selection.until or max(newest) or visit.selection.month or visit.selection.since or "2000-01"
    usual = f"{shift(until, -120)[:4]}-01"
    since = visit.selection.since or min(usual, visit.selection.month or usual)
    return min(since, until), until
