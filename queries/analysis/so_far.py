"""Sums of months: a year so far, and the twelve months up to one. Whole or not at all: no month is guessed.

Both take a series of one area by month, None where a value is hidden or missing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from queries.analysis.months import YEAR, months_before
from queries.catalogue import Break, Indicator, add_up


@dataclass(frozen=True)
class SumOfMonths:
    """The sum of some months and that of the same months a year before.

    `value` is None where one of `lacking` has no value; `earlier` also where a break lies between (`barrier`).
    """

    since: str
    until: str
    value: float | None
    earlier: float | None
    lacking: tuple[str, ...] = ()
    barrier: str = ""


def year_so_far(
    indicator: Indicator, series: Mapping[str, float | None], month: str, breaks: Iterable[Break] = ()
) -> SumOfMonths:
    """Add up a year's months until one. Raises SumRefused for a measure that is not additive."""
    return sum_of(indicator, series, months_before(month, int(month[5:7])), breaks)


def twelve_months(
    indicator: Indicator, series: Mapping[str, float | None], month: str, breaks: Iterable[Break] = ()
) -> SumOfMonths:
    """Add up the twelve months until one. Raises SumRefused for a measure that is not additive."""
    return sum_of(indicator, series, months_before(month, YEAR), breaks)


def sum_of(
    indicator: Indicator, series: Mapping[str, float | None], months: Sequence[str], breaks: Iterable[Break]
) -> SumOfMonths:
    """Add up some months and the same ones of the year before; nothing across a break that forbids a comparison."""
    barriers = [each for each in breaks if each.severity == "not_comparable"]
    earlier = [f"{int(month[:4]) - 1:04d}{month[4:]}" for month in months]
    inside = next((each.code for each in barriers if months[0] < each.period <= months[-1]), "")
    between = next((each.code for each in barriers if earlier[0] < each.period <= months[-1]), "")
    value = None if inside else whole(indicator, series, months)
    return SumOfMonths(
        since=months[0],
        until=months[-1],
        value=value,
        earlier=None if between else whole(indicator, series, earlier),
        lacking=tuple(month for month in months if series.get(month) is None),
        barrier=between,
    )


def whole(indicator: Indicator, series: Mapping[str, float | None], months: Sequence[str]) -> float | None:
    """Return the sum of some months, None where one of them has no value."""
    values = [series.get(month) for month in months]
    known = [value for value in values if value is not None]
    return add_up(indicator, known) if len(known) == len(values) else None
