"""The made-up figures of the fake labour force survey (135z): one row of 21 contents for each month, whole country."""

import math
from functools import cache

import numpy as np

from tests.publishers.codes import content_codes, month_number
from tests.publishers.scatter import Figures, key, scatter
from tests.publishers.table import Picks

_PERSONS_TO_RATE = {"15-64": 36.4, "20-64": 34.1, "20-69": 36.6}
_YOUTH_TO_ALL = 2.0


def _wobble(month: int, name: str, width: float) -> float:
    return width * (float(scatter(month, key(name))) - 0.5)


def _thousands(month: int, kind: str) -> tuple[int, int]:
    """The employed and the unemployed: the trend, the seasonally adjusted series (kausi) or the plain one."""
    employed, unemployed = 2560 + 60 * math.sin(month / 17), 255 - 50 * math.sin(month / 17 - 0.4)
    if kind == "kausi":
        employed, unemployed = employed + _wobble(month, "employed", 16), unemployed + _wobble(month, "unemployed", 16)
    if kind == "plain":
        employed += 55 * math.cos(math.pi * (month - 6) / 6) + _wobble(month, "employed", 30)
        unemployed += 40 * math.cos(math.pi * (month - 4) / 6) + _wobble(month, "unemployed", 30)
    return math.floor(employed + 0.5), math.floor(unemployed + 0.5)


def _half_up(number: float) -> float:
    return math.floor(number * 10 + 0.5) / 10


def _measures(month: int, kind: str) -> list[float]:
    """The seven measures in the order in which the table's contents come in threes."""
    employed, unemployed = _thousands(month, kind)
    rate = 100 * unemployed / (employed + unemployed)
    employment = [_half_up(employed / divisor) for divisor in _PERSONS_TO_RATE.values()]
    return [*employment, employed, unemployed, _half_up(rate), _half_up(rate * _YOUTH_TO_ALL)]


def _kind(code: str) -> str:
    return next((kind for kind in ("trendi", "kausi") if code.endswith(kind)), "plain")


@cache
def _month(month: int) -> dict[str, float]:
    return {code: _measures(month, _kind(code))[place // 3] for place, code in enumerate(content_codes("135z"))}


def fill_135z(picks: Picks) -> Figures:
    """Make cells of 135z: month, content."""
    return np.array([[_month(month_number(month))[code] for code in picks["content"]] for month in picks["month"]])
