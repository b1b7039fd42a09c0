"""Axes of months and of values: where they begin and end, and which of their places are named."""

import math
from collections.abc import Sequence

from dashboards import format
from dashboards.charts.description import Axis, Band, Line, Tick
from dashboards.periods import is_year
from dashboards.visit import Visit
from queries.analysis.months import month_number, month_of

WANTED_STEPS = 5
LONGEST_MONTHLY_AXIS = 30


def value_axis(visit: Visit, lines: Sequence[Line], band: Band | None = None) -> Axis:
    """Return an axis from zero to a round number above the highest value of some lines and their usual range.

    Values below zero, as recovered euros are, begin it lower.
    """
    values = [point.value for line in lines for point in line.points if point.value is not None]
    values += [each.high for run in (band.runs if band else ()) for each in run]
    return axis_to(visit, max(values, default=0.0), lowest=min(values, default=0.0))


def axis_to(visit: Visit, highest: float, name: str = "", lowest: float = 0.0) -> Axis:
    """Return an axis from zero, or a round number below, to a round number that is not below the highest value."""
    lowest = min(lowest, 0.0)
    step = round_step((max(highest, 0.0) - lowest) / WANTED_STEPS)
    first, last = math.floor(lowest / step), max(math.ceil(highest / step), 0)
    last = max(last, first + 1)
    decimals = 0 if step >= 1 else 1
    ticks = (Tick(n * step, format.number(visit.words, n * step, decimals)) for n in range(first, last + 1))
    return Axis(first * step, last * step, tuple(ticks), name)


def round_step(rough: float) -> float:
    """Return the next of 1, 2, 5, 10, 20 … that is not smaller; nothing is finer than a tenth."""
    if rough <= 0:
        return 1.0
    power = 10.0 ** max(-1, math.floor(math.log10(rough)))
    return next((factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * 0.999), 10 * power)


def month_axis(visit: Visit, since: str, until: str) -> Axis:
    """Return an axis of months: a tick each January, on a short stretch each quarter. Years have years only."""
    low, high = month_number(since), max(month_number(until), month_number(since) + 1)
    if not is_year(since) and high - low <= LONGEST_MONTHLY_AXIS:
        ticks = [Tick(n, format.short_month(visit.words, month_of(n))) for n in range(low, high + 1) if n % 3 == 0]
    else:
        ticks = [Tick(n, month_of(n)[:4]) for n in range(low, high + 1) if n % 12 == 0]
    return Axis(low, high, tuple(ticks))
