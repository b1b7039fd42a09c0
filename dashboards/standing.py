"""Where the municipalities stand: an indicator in all of them, in one month and in that of the year before."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

import pandas as pd

from dashboards.figures import COLUMNS, Figure, Figures
from dashboards.memory import Memory
from dashboards.periods import year_before
from queries.analysis.ranking import rank
from queries.read import Snapshot

NEARLY_ALL = 0.95
"""The share of municipalities that a month must have before one may speak of all of them."""
BESIDE = {"unemployment_rate": ("unemployed_jobseekers", "labour_force")}
"""What a rate is made of: without it nothing is known of how many persons would move a position."""

MOST_KEPT = 200


class Position(NamedTuple):
    """A municipality's rate, the rates that a few persons fewer or more would make, and the positions between them."""

    area: str
    rate: float
    lowest: float
    highest: float
    first: int
    last: int


@dataclass(frozen=True, eq=False)
class Standing:
    """An indicator and what it is made of in all municipalities. `month` is '' when no month has nearly all.

    Positions are told from the lowest value, or from the highest one where that is `best_first`.
    `releases` are those that a value made of several figures rests on, () where each row tells its own.
    `memory` keeps what was made of these figures alone: it serves every later visit.
    """

    indicator: str
    month: str
    figures: Figures
    decimals: int = 1
    best_first: bool = field(default=False, kw_only=True)
    releases: tuple[int, ...] = field(default=(), kw_only=True)
    memory: Memory = field(default_factory=lambda: Memory(MOST_KEPT))

    def at(self, area: str, indicator: str = "") -> Figure | None:
        """Return a municipality's figure of the month, None when it is not held."""
        return self.figures.at(indicator or self.indicator, area, self.month)

    def rows(self, areas: Sequence[str]) -> pd.DataFrame:
        """Return the rows of some municipalities."""
        month = self.month
        return self.memory.recall(("rows", *areas), lambda: self.figures.rows([self.indicator], areas, month, month))

    def values(self, areas: Sequence[str]) -> dict[str, float]:
        """Return the values of those of some municipalities that have one."""
        return self.memory.recall(("values", *areas), lambda: self._values(areas))

    def _values(self, areas: Sequence[str]) -> dict[str, float]:
        values = {area: self._value(area, self.indicator) for area in areas}
        return {area: value for area, value in values.items() if value == value}

    def positions(self, areas: Sequence[str]) -> list[Position]:
        """Return the positions of those of some municipalities that have a rate, the lowest rate first."""
        return self.memory.recall(("positions", *areas), lambda: self._rank(areas))

    def _rank(self, areas: Sequence[str]) -> list[Position]:
        columns = dict(zip(("rate", "unemployed", "labour_force"), self._measures(), strict=True))
        values = {name: [self._value(area, code) for area in areas] for name, code in columns.items()}
        ranked = rank(pd.DataFrame({"area": list(areas), **values}), self.decimals)
        return [Position(*row) for row in zip(*(ranked[name].tolist() for name in Position._fields), strict=True)]

    def _measures(self) -> tuple[str, str, str]:
        """Return the codes of the rate and of what it is made of; '' stands for nothing."""
        unemployed, labour_force = BESIDE.get(self.indicator, ("", ""))
        return self.indicator, unemployed, labour_force

    def _value(self, area: str, indicator: str) -> float:
        """Return a value, NaN when it is hidden or not held."""
        figure = self.at(area, indicator) if indicator else None
        return float("nan") if figure is None or figure.value is None else figure.value


NOWHERE = Standing("", "", Figures(pd.DataFrame(columns=list(COLUMNS))))


def month_with_nearly_all(snapshot: Snapshot, indicator: str, until: str, as_of: datetime) -> str:
    """Return the newest month, not later than one, of which nearly all municipalities are held; '' for none."""
    frame = snapshot.frame("municipalities_held", indicator=indicator, as_of=as_of)
    months = zip(*(frame[name].tolist() for name in ("period", "held", "municipalities")), strict=True)
    return max((month for month, held, all_ in months if month <= until and held >= NEARLY_ALL * all_), default="")


def read_standing(snapshot: Snapshot, indicator: str, month: str, as_of: datetime, decimals: int) -> Standing:
    """Read an indicator, and what it is made of, of all municipalities in a month and in that of the year before."""
    frame = snapshot.frame(
        "ranking",
        indicators=[indicator, *BESIDE.get(indicator, ())],
        periods=[month, year_before(month)] if month else [],
        as_of=as_of,
    )
    return Standing(indicator, month, Figures(frame), decimals)
