"""All municipalities in the measures of the vitality review: read once, for map, index, profile and similar ones."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

import pandas as pd

from dashboards.figures import COLUMNS, Figures
from dashboards.memory import Memory
from dashboards.periods import year_before
from dashboards.standing import NEARLY_ALL, Position, Standing
from queries.analysis.rates_of_change import change_on_year, rate_of_flow
from queries.analysis.similar import in_orders, nearest
from queries.analysis.vitality_index import DECIMALS, PARTS, index_of, position_ranges, score, weigh
from queries.catalogue import Catalogue
from queries.read import Snapshot

INDEX = "vitality_index"
FLOW_RATES = {
    "population_change_rate": "population_change",
    "net_migration_rate": "net_migration",
    "natural_increase_rate": "natural_increase",
}
CHANGES = {
    "jobs_change_rate": ("jobs", True),
    "economic_dependency_change": ("economic_dependency_ratio", False),
    "education_level_change": ("education_level_index", False),
}
"""What a change on the year is of, and whether it is told in percents of what it changed from."""
FEATURES = (
    "population",
    "share_under_15",
    "share_over_64",
    "jobs_share_primary",
    "jobs_share_secondary",
    "jobs_share_services",
)
COUNTS = ("population", "population_change", "natural_increase", "net_migration", "jobs")
MOST_SIMILAR = 10
YEARS_BACK = 6
MOST_KEPT = 60


@dataclass(frozen=True, eq=False)
class Country:
    """Figures of all municipalities; `years` is, by indicator, the newest year that nearly all of them have."""

    figures: Figures
    years: Mapping[str, str]
    decimals: Mapping[str, int]
    municipalities: tuple[str, ...]
    memory: Memory = field(default_factory=lambda: Memory(MOST_KEPT))

    def standing(self, indicator: str) -> Standing:
        """Return where the municipalities stand in an indicator; it keeps what is made of it for the next visit."""
        return self.memory.recall(
            ("standing", indicator),
            lambda: Standing(indicator, self.years.get(indicator, ""), self.figures, self.decimals.get(indicator, 1)),
        )

    def index(self, weights: Sequence[int]) -> "IndexStanding":
        """Return where the municipalities stand in the index with some weights of its parts."""
        return self.memory.recall(("index", *weights), lambda: self._index(weights))

    def measure(self, indicator: str, weights: Sequence[int]) -> Standing:
        """Return where the municipalities stand in an indicator, or in the index with some weights."""
        return self.index(weights) if indicator == INDEX else self.standing(indicator)

    @property
    def scores(self) -> pd.DataFrame:
        """Return the scores of the parts that are held, all under the newest of their years."""
        return self.memory.recall(("scores",), lambda: score(self._parts()))

    @property
    def index_year(self) -> str:
        """Return the newest year of a part of the index, '' where none is held."""
        return max((self.years[part.code] for part in PARTS if part.code in self.years), default="")

    def _parts(self) -> pd.DataFrame:
        rows = [
            (area, self.index_year, part.code, value)
            for part in PARTS
            for area, value in self.standing(part.code).values(self.municipalities).items()
        ]
        return pd.DataFrame(rows, columns=["area", "year", "part", "value"])

    def _index(self, weights: Sequence[int]) -> "IndexStanding":
        asked = {part.code: float(weight) for part, weight in zip(PARTS, weights, strict=True)}
        weighed = weigh(self.scores, asked)
        found = index_of(weighed).merge(position_ranges(self.scores, asked), on=["area", "year"])
        releases = self._releases(sorted(set(weighed["part"])))
        release = max(releases, default=0)
        rows = [
            (INDEX, area, year, round(value, DECIMALS), "", "derived", release)
            for area, year, value in zip(found["area"], found["year"], found["value"], strict=True)
        ]
        figures = Figures(pd.DataFrame(rows, columns=list(COLUMNS)))
        return IndexStanding(
            INDEX, self.index_year if rows else "", figures, DECIMALS, best_first=True, releases=releases,
            found=found, weighed=weighed,
        )  # fmt: skip

    def _releases(self, codes: Sequence[str]) -> tuple[int, ...]:
        frame = self.figures.frame
        numbers = [
            frame.loc[(frame["indicator"] == code) & (frame["period"] == self.years[code]), "release_id"].tolist()
            for code in codes
        ]
        return tuple(sorted({int(number) for each in numbers for number in each}))

    def similar(self, area: str) -> tuple[str, ...]:
        """Return a municipality and those that are like it, the nearest first; nobody for an area that is none."""
        found = self.memory.recall(("similar", area), lambda: self._similar(area))
        return (area, *found) if found else ()

    def _similar(self, area: str) -> list[str]:
        held = {code: self.standing(code).values(self.municipalities) for code in FEATURES if code in self.years}
        frame = pd.DataFrame(held, index=list(self.municipalities), dtype=float)
        if "population" in frame:
            frame["population"] = in_orders(frame["population"].tolist())
        return nearest(frame, area, MOST_SIMILAR)


@dataclass(frozen=True, eq=False)
class IndexStanding(Standing):
    """The index of all municipalities: `found` has its positions and their ranges, `weighed` what it is made of."""

    found: pd.DataFrame = field(default_factory=pd.DataFrame)
    weighed: pd.DataFrame = field(default_factory=pd.DataFrame)

    def place(self, area: str) -> "Place | None":
        """Return a municipality's index with its position, None where it has none."""
        return self.places.get(area)

    @cached_property
    def places(self) -> dict[str, "Place"]:
        """Return the places by municipality, the highest index first."""
        columns = [self.found[name].tolist() for name in ("area", "value", "position", "first", "last")]
        rows = sorted(zip(*columns, strict=True), key=lambda row: (-row[1], row[0]))
        return {str(row[0]): Place(float(row[1]), int(row[2]), int(row[3]), int(row[4])) for row in rows}

    def _rank(self, areas: Sequence[str]) -> list[Position]:
        """Return the positions among some municipalities: of all with their ranges, of fewer as the index has them."""
        wanted = set(areas)
        held = {area: place for area, place in self.places.items() if area in wanted}
        values = [round(place.value, self.decimals) for place in held.values()]
        whole = len(held) == len(self.places)
        found = []
        for (area, place), value in zip(held.items(), values, strict=True):
            among = 1 + sum(other > value for other in values), sum(other >= value for other in values)
            first, last = (place.first, place.last) if whole else among
            found.append(Position(area, value, value, value, first, last))
        return found


class Place(NamedTuple):
    """A municipality's index, its position from the highest, and the range of its positions."""

    value: float
    position: int
    first: int
    last: int


def read_country(
    snapshot: Snapshot, indicators: Sequence[str], municipalities: tuple[str, ...], year: str, as_of: datetime,
    catalogue: Catalogue,
) -> Country:  # fmt: skip
    """Read some yearly indicators of all municipalities in one query, some years back, with what follows from them."""
    periods = [str(int(year) - back) for back in range(YEARS_BACK + 1)] if year else []
    rows = snapshot.large_frame("ranking", indicators=list(indicators), periods=periods, as_of=as_of)[list(COLUMNS)]
    more = [rows[rows["indicator"] != INDEX], *derived(rows, catalogue)]
    frame = pd.concat([part for part in more if len(part)], ignore_index=True) if len(rows) else rows
    decimals = {code: facts.decimals for code, facts in catalogue.indicators.items()}
    years = held_years(frame, len(municipalities))
    return Country(Figures(newest_of_each(frame, years)), years, decimals, municipalities)


def newest_of_each(frame: pd.DataFrame, years: Mapping[str, str]) -> pd.DataFrame:
    """Return the rows of each indicator's year and of the one before it: the others only told which year that is."""
    wanted = {(code, period) for code, year in years.items() for period in (year, year_before(year))}
    pairs = zip(frame["indicator"].tolist(), frame["period"].tolist(), strict=True)
    return frame.take([place for place, pair in enumerate(pairs) if pair in wanted])


def held_years(frame: pd.DataFrame, municipalities: int) -> dict[str, str]:
    """Return the newest year of each indicator that nearly all municipalities have, hidden figures included."""
    known = frame[frame["status"] != "missing"]
    counted = Counter(zip(known["indicator"].tolist(), known["period"].tolist(), strict=True))
    years: dict[str, str] = {}
    for (code, period), held in counted.items():
        if held >= NEARLY_ALL * municipalities:
            years[code] = max(period, years.get(code, ""))
    return years


def derived(rows: pd.DataFrame, catalogue: Catalogue) -> list[pd.DataFrame]:
    """Return the rates and changes that follow from published figures."""
    by_code = {str(code): part for code, part in rows.groupby("indicator")}
    decimals = {code: catalogue.indicators[code].decimals for code in (*FLOW_RATES, *CHANGES)}
    found = []
    if "population" in by_code and "population_change" in by_code:
        stock, change = by_code["population"], by_code["population_change"]
        flows = {code: by_code[flow] for code, flow in FLOW_RATES.items() if flow in by_code}
        found += [rate_of_flow(flow, stock, change, code, decimals[code]) for code, flow in flows.items()]
    for code, (of, relative) in CHANGES.items():
        if of in by_code:
            found.append(change_on_year(by_code[of], code, decimals[code], relative))
    return found


NO_COUNTRY = Country(Figures(pd.DataFrame(columns=list(COLUMNS))), {}, {}, ())
