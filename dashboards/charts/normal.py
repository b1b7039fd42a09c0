"""What was usual: the lowest, middle and highest value of the same month in the ten years before each month."""

import statistics
from collections.abc import Mapping

from dashboards.breaks import breaks_of
from dashboards.charts.description import Band, Normal
from dashboards.figures import Figure
from dashboards.periods import month_number, month_of, shift
from dashboards.visit import Visit

YEARS = 10
FEWEST = 8
"""With fewer years than this there is no usual range to speak of."""


def normal_of(visit: Visit, indicator: str, area: str, period: str) -> Normal | None:
    """Return what was usual in a month, None when too few of the ten years before it are held or comparable."""
    return normal_in(visit.figures.series(indicator, area), period, first_comparable(visit, indicator, period))


def normal_in(series: Mapping[str, Figure], period: str, first: str) -> Normal | None:
    """Return what was usual in a month by the earlier years of a series, not before its first comparable month."""
    before = [shift(period, -12 * years) for years in range(1, YEARS + 1)]
    figures = [series.get(each) for each in before if each >= first]
    values = [figure.value for figure in figures if figure is not None and figure.value is not None]
    if len(values) < FEWEST:
        return None
    return Normal(month_number(period), min(values), statistics.median(values), max(values))


def first_comparable(visit: Visit, indicator: str, period: str) -> str:
    """Return the first month that may be compared with a month: the one in which the last barrier before it stands."""
    barriers = [each.period for each in breaks_of(visit, indicator) if each.severity == "not_comparable"]
    return max((each for each in barriers if each <= period), default="")


def normal_band(visit: Visit, indicator: str, area: str, since: str, until: str) -> Band | None:
    """Return the usual range over some months, None when no month has one."""
    series, first = visit.figures.series(indicator, area), first_comparable(visit, indicator, until)
    runs: list[list[Normal]] = [[]]
    for number in range(month_number(since), month_number(until) + 1):
        normal = normal_in(series, month_of(number), first)
        if normal:
            runs[-1].append(normal)
        elif runs[-1]:
            runs.append([])
    kept = tuple(tuple(run) for run in runs if len(run) > 1)
    return Band(visit.words("chart.band"), kept) if kept else None
