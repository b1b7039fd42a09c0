"""Observations with all that travels with a figure: name, unit, status, source, release, origin. Nothing is summed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import pandas as pd

from dashboards.edition import Edition, Release
from dashboards.open_data.asked import Asked, refusal
from queries.catalogue import Catalogue, Indicator
from queries.read import Snapshot

MOST_ROWS = {"csv": 100_000, "json": 100_000, "xlsx": 30_000}
STAMP = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True)
class Row:
    """One figure, its fields as in the columns; `value` is None where there is none, and `status` says why."""

    indicator: str
    area: str
    area_name: str
    period: str
    dimension: str
    category: str
    value: float | None
    unit: str
    status: str
    source: str
    release: str
    fetched_at: str
    origin: str


@dataclass(frozen=True)
class Observations:
    """The answer to what was asked: rows of one version."""

    asked: Asked
    edition: Edition
    catalogue: Catalogue
    frame: pd.DataFrame

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Return the rows in the order of indicator, area, period and category."""
        return tuple(self._rows())

    def _rows(self) -> Iterator[Row]:
        language = self.asked.words.language
        stamps = {number: self._stamps(release) for number, release in self.edition.releases.items()}
        names = {code: area.name(language) for code, area in self.edition.areas.items()}
        units = {indicator.code: indicator.unit for indicator in self.indicators}
        columns = (self.frame[name].tolist() for name in self.frame.columns)
        for indicator, area, period, dimension, category, value, status, origin, release in zip(*columns, strict=True):
            yield Row(
                indicator,
                area,
                names[area],
                period,
                dimension,
                category,
                None if pd.isna(value) else value,
                units[indicator],
                status,
                *stamps[release],
                origin,
            )

    @staticmethod
    def _stamps(release: Release) -> tuple[str, str, str]:
        return release.source, write_stamp(release.published_at), write_stamp(release.fetched_at)

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """Return the asked indicators."""
        return tuple(self.catalogue.indicators[code] for code in self.asked.indicators)

    @cached_property
    def releases(self) -> tuple[Release, ...]:
        """Return the releases that the rows come from, the newest first."""
        held = (self.edition.releases[number] for number in set(self.frame["release_id"].tolist()))
        return tuple(sorted(held, key=lambda release: (release.published_at, release.source), reverse=True))


def write_stamp(moment: datetime) -> str:
    """Write a naive UTC time as ISO 8601."""
    return moment.strftime(STAMP)


def write_number(value: float | None) -> str:
    """Write a figure for programs: a point, no thousands, a whole number without decimals; '' where there is none."""
    if value is None:
        return ""
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def find_observations(
    snapshot: Snapshot, edition: Edition, catalogue: Catalogue, asked: Asked, kind: str
) -> Observations:
    """Return what is asked for. Raises Refused when a file of this kind would become too long."""
    frame = snapshot.large_frame(
        "observations",
        indicators=list(asked.indicators),
        areas=list(asked.areas),
        dimension=asked.dimension,
        since=asked.since,
        until=asked.until,
        periods=list(asked.periods),
        as_of=asked.known_at,
        most=MOST_ROWS[kind] + 1,
    )
    if len(frame) > MOST_ROWS[kind]:
        raise refusal(asked.words, "indicator", ",".join(asked.indicators), "too_many", most=MOST_ROWS[kind])
    return Observations(asked, edition, catalogue, frame)
