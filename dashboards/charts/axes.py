"""Axes of values (to be replaced by the module of the same name in main)."""

import math

from dashboards import format
from dashboards.charts.description import Axis, Tick
from dashboards.charts.trend import WANTED_STEPS, round_step
from dashboards.visit import Visit


def axis_to(visit: Visit, highest: float, name: str = "") -> Axis:
    """Return an axis from zero to a round number that is not below the highest value."""
    step = round_step(highest / WANTED_STEPS)
    count = max(1, math.ceil(highest / step))
    decimals = 0 if step >= 1 else 1
    ticks = (Tick(n * step, format.number(visit.words, n * step, decimals)) for n in range(count + 1))
    return Axis(0.0, count * step, tuple(ticks))
