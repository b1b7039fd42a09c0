"""The figures of one request: rows of a query of series, found by indicator, area and month."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

import pandas as pd

from dashboards.periods import is_between

COLUMNS = ("indicator", "area", "period", "value", "status", "origin", "release_id")


class Figure(NamedTuple):
    """One value of a month. `value` is None when `status` says why."""

    period: str
    value: float | None
    status: str
    origin: str
    release_id: int


class Figures:
    """Rows of series for reading: as a frame for a chart, and one by one for a sentence."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self.frame = frame
        self._series: dict[tuple[str, str], dict[str, Figure]] = {}
        self._places: dict[tuple[str, str], dict[str, int]] = {}
        columns = [self.frame[name].tolist() for name in COLUMNS]
        before: tuple[str, str] = "", ""
        for place, (indicator, area, period, value, status, origin, release) in enumerate(zip(*columns, strict=True)):
            if before != (indicator, area):
                before = indicator, area
                series = self._series.setdefault(before, {})
                places = self._places.setdefault(before, {})
            series[period] = Figure(period, None if value != value else value, status, origin, release)
            places[period] = place

    def series(self, indicator: str, area: str) -> dict[str, Figure]:
        """Return an indicator's held months in an area, oldest first."""
        return self._series.get((indicator, area), {})

    def at(self, indicator: str, area: str, period: str) -> Figure | None:
        """Return the figure of a month, None when it is not held."""
        return self.series(indicator, area).get(period)

    def newest(self, indicator: str, area: str, until: str) -> Figure | None:
        """Return the newest figure that is not later than a month, None when none is held."""
        held = self.series(indicator, area)
        return next((held[period] for period in reversed(held) if period <= until), None)

    def rows(self, indicators: Sequence[str], areas: Sequence[str], since: str, until: str) -> pd.DataFrame:
        """Return the rows of some indicators and areas within some months, or some years, both ends included."""
        held = [self._places.get((indicator, area), {}) for indicator in indicators for area in areas]
        return self.frame.take(
            [place for places in held for period, place in places.items() if is_between(period, since, until)]
        )

    def at_months(self, indicators: Sequence[str], area: str, periods: Collection[str]) -> pd.DataFrame:
        """Return the rows of some indicators of an area in some months."""
        held = [self._places.get((indicator, area), {}) for indicator in indicators]
        ordered = sorted(set(periods))
        return self.frame.take([places[period] for places in held for period in ordered if period in places])
