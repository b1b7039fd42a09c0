"""What was usual: the lowest, middle and highest value of the same month in the ten years before each month."""

from collections.abc import Mapping

from dashboards.breaks import breaks_of
from dashboards.charts.description import Band, Normal
from dashboards.visit import Visit
from queries.analysis.months import month_number

YEARS = 10
FEWEST = 8
"""With fewer years than this there is no usual range to speak of."""


def normal_of(visit: Visit, indicator: str, area: str, period: str) -> Normal | None:
    """Return what was usual in a month, None when too few of the ten years before it are held or comparable."""
    return normal_in(comparable(visit, indicator, area, period), month_number(period))


def normal_in(values: Mapping[int, float], month: int) -> Normal | None:
    """Return what was usual in a month by the values of earlier years, all by the running number of their month."""
    before = sorted([values[n] for n in range(month - 12 * YEARS, month, 12) if n in values])
    if len(before) < FEWEST:
        return None
    middle = (before[len(before) // 2] + before[(len(before) - 1) // 2]) / 2
    return Normal(month, before[0], middle, before[-1], len(before))


def comparable(visit: Visit, indicator: str, area: str, period: str) -> dict[int, float]:
    """Return an area's values that may be compared with a month, by the running number of their month."""
    first = first_comparable(visit, indicator, period)
    return {
        month_number(figure.period): figure.value
        for figure in visit.figures.series(indicator, area).values()
        if figure.value is not None and figure.period >= first
    }


def first_comparable(visit: Visit, indicator: str, period: str) -> str:
    """Return the first month that may be compared with a month: the one in which the last barrier before it stands."""
    barriers = [each.period for each in breaks_of(visit, indicator) if each.severity == "not_comparable"]
    return max((each for each in barriers if each <= period), default="")


def normal_band(visit: Visit, indicator: str, area: str, since: str, until: str) -> Band | None:
    """Return the usual range over some months, None when no month has one."""
    values = comparable(visit, indicator, area, until)
    runs: list[list[Normal]] = [[]]
    for number in range(month_number(since), month_number(until) + 1):
        normal = normal_in(values, number)
        if normal:
            runs[-1].append(normal)
        elif runs[-1]:
            runs.append([])
    kept = tuple(tuple(run) for run in runs if len(run) > 1)
    return Band(visit.words("chart.band"), kept) if kept else None
