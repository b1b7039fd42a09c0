"""A year's cost: what has happened, and what is expected of the rest of the year with an interval.

The model is exponential smoothing with a level and seasons that both go on as they were (ETS, additive error and
season, no trend). An expected month or sum lies in its interval about four times of five if the series goes on as
before: in simulated series of three to five years it was 70-82 times of a hundred. The interval grows with each month
ahead and holds that the model itself is known from so many months only; it cannot hold a change of law or of billing.

A forecast is refused, with a reason, where the series is too short, has a hole, does not vary, or would cross a break:
months before a break are never set beside those after it.

Cost: a fit takes 30-150 ms, and the first one of a process loads statsmodels (over a second, 100 MB), which nothing
else here does. So it is not counted in a callback: a page asks for one forecast, of its own area, and `fit` remembers
the last 512 by the very figures they were made of, so that each is made once in a process whatever version or day it
is asked for. A refusal costs nothing and loads nothing.
"""

import math
import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist, fmean, pstdev
from typing import Literal

from queries.analysis.months import months_between, next_month
from queries.catalogue import Break, Indicator, add_up

SEASON = 12
FEWEST_MONTHS = 36
"""Three of each month: with two, level and season are not told apart and the interval holds less than it says."""

MOST_MONTHS = 120
LEVEL = 0.8
ESTIMATED = 14
"""What a fit takes from the series: the level, eleven seasons, and how fast level and seasons follow."""

Reason = Literal["empty", "short", "hole", "break", "flat", "unfitted"]


@dataclass(frozen=True)
class Barrier:
    """A break that no forecast crosses: months before `first_month` are not like those from it on."""

    code: str
    first_month: str


BILLING_BREAK = Barrier("benefit_billing_2025_10", "2026-01")
"""Arrears were billed in October-December 2025 (kela.md, section 4): the first usual month is January 2026."""


@dataclass(frozen=True)
class Happened:
    """A month that has a published value."""

    period: str
    value: float


@dataclass(frozen=True)
class Expected:
    """What is expected of a month or of a sum of months, between two ends."""

    period: str
    middle: float
    low: float
    high: float


@dataclass(frozen=True)
class YearForecast:
    """A year as its months that happened and its months that are expected, never mixed.

    `rest` is the sum of the expected months, `whole` that and what happened. The model was made of `months` months from
    `since` on.
    """

    year: str
    happened: tuple[Happened, ...]
    expected: tuple[Expected, ...]
    happened_sum: float
    rest: Expected
    whole: Expected
    since: str
    months: int


@dataclass(frozen=True)
class NoForecast:
    """Why there is none. `period` is the missing month or the break's, `barrier` its code, `months` what is there."""

    reason: Reason
    period: str = ""
    barrier: str = ""
    months: int = 0


@dataclass(frozen=True)
class Fit:
    """The expected months, and how far a forecast error goes: its size, and what the level takes over of each error."""

    expected: tuple[float, ...]
    error: float
    alpha: float


def barriers_of(breaks: Iterable[Break], subjects: Iterable[str]) -> tuple[Barrier, ...]:
    """Return the breaks of some subjects (an indicator and its source) that are not comparable, as barriers."""
    known = set(subjects)
    return tuple(
        Barrier(each.code, each.period)
        for each in breaks
        if each.severity == "not_comparable" and each.period and known & set(each.subjects)
    )


def forecast_year(
    indicator: Indicator, series: Mapping[str, float | None], barriers: Iterable[Barrier] = ()
) -> YearForecast | NoForecast:
    """Forecast the year that the month after the newest one lies in. `series` holds values by month (2026-08).

    None is a month whose value is hidden or missing. After December it is the whole next year. Raises SumRefused when
    the months of the indicator do not add up to a year.
    """
    if not series:
        return NoForecast("empty")
    newest = max(series)
    ahead = (SEASON - int(newest[5:7])) or SEASON
    year = next_month(newest)[:4]
    window = usable(series, newest, f"{year}-12", tuple(barriers))
    if isinstance(window, NoForecast):
        return window
    values = [series[period] for period in window]
    found = fit(tuple(value for value in values if value is not None), ahead)
    if found is None:
        return NoForecast("unfitted", months=len(window))
    this_year = sorted(period for period in series if period[:4] == year)
    happened = tuple(Happened(period, value) for period in this_year if (value := series[period]) is not None)
    return tell_year(indicator, year, happened, found, window)


def usable(
    series: Mapping[str, float | None], newest: str, last: str, barriers: Sequence[Barrier]
) -> list[str] | NoForecast:
    """Return the months to learn from, at most ten years without a hole after the newest break; else why none.

    `last` is the last month to forecast: a break that comes before it is crossed too.
    """
    coming = min((each for each in barriers if newest < each.first_month <= last), key=first_month, default=None)
    if coming:
        return NoForecast("break", period=coming.first_month, barrier=coming.code)
    oldest = min(series)
    crossed = max((each for each in barriers if oldest < each.first_month <= newest), key=first_month, default=None)
    window = months_between(max(oldest, crossed.first_month if crossed else oldest), newest)[-MOST_MONTHS:]
    hole = next((period for period in reversed(window) if series.get(period) is None), None)
    if hole:
        return NoForecast("hole", period=hole, months=len(window))
    if len(window) < FEWEST_MONTHS:
        if crossed:
            return NoForecast("break", crossed.first_month, crossed.code, len(window))
        return NoForecast("short", months=len(window))
    if len({series[period] for period in window}) == 1:
        return NoForecast("flat", months=len(window))
    return window


def first_month(barrier: Barrier) -> str:
    """Return the month from which a barrier's other side begins."""
    return barrier.first_month


@lru_cache(maxsize=512)
def fit(values: tuple[float, ...], ahead: int) -> Fit | None:
    """Fit the model and continue it some months ahead; None where the fit does not settle.

    The figures are put on one scale first: with raw euros the search stops at a poor fit and calls it good.
    """
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel  # heavy: see above

    middle, size = fmean(values), pstdev(values)
    scaled = [(value - middle) / size for value in values]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = ETSModel(scaled, error="add", seasonal="add", seasonal_periods=SEASON).fit(disp=False)
        expected = [float(value) for value in found.forecast(ahead)]
    error = size * math.sqrt(float(found.sse) / (len(values) - ESTIMATED))
    if not found.mle_retvals["converged"] or not all(map(math.isfinite, [error, *expected])):
        return None
    return Fit(tuple(middle + size * value for value in expected), error, float(found.smoothing_level))


def tell_year(
    indicator: Indicator, year: str, happened: tuple[Happened, ...], found: Fit, window: Sequence[str]
) -> YearForecast:
    """Put a year together. An error of a month stays in the level of all later ones, so a sum's interval is wider."""
    months = len(window)
    factor = reach(months - ESTIMATED) * found.error
    ahead = len(found.expected)
    # the seasons are known from so many years only: each month carries that error too
    unknown = SEASON / months
    period, expected = window[-1], []
    for step, value in enumerate(found.expected):
        period = next_month(period)
        spread = factor * math.sqrt(1 + step * found.alpha**2 + unknown)
        expected.append(Expected(period, value, value - spread, value + spread))
    spread = factor * math.sqrt(sum((1 + found.alpha * later) ** 2 for later in range(ahead)) + ahead * unknown)
    rest = add_up(indicator, found.expected)
    known = add_up(indicator, (each.value for each in happened))
    return YearForecast(
        year=year,
        happened=happened,
        expected=tuple(expected),
        happened_sum=known,
        rest=Expected(year, rest, rest - spread, rest + spread),
        whole=Expected(year, known + rest, known + rest - spread, known + rest + spread),
        since=window[0],
        months=months,
    )


def reach(freedom: int) -> float:
    """Return how many sizes of an error the interval reaches: Student's t, by its series around the normal one."""
    z = NormalDist().inv_cdf(0.5 + LEVEL / 2)
    first = (z**3 + z) / 4
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return z + first / freedom + second / freedom**2 + third / freedom**3
