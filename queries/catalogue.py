"""The catalogue: facts of each source, indicator and series break, read from catalogue.toml. No words for readers."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

from queries.errors import CatalogueRefused, SumRefused

CATALOGUE = Path(__file__).with_name("catalogue.toml")

NO_LICENCE = "not stated"
"""The licence of a source whose publisher names none."""

Unit = Literal[
    "persons",
    "percent",
    "vacancies",
    "days",
    "ratio",
    "eur",
    "index",
    "years",
    "per_100",
    "jobs",
    "enterprises",
    "nights",
    "households",
    "families",
    "sales",
    "m2",
    "eur_per_m2",
    "organisations",
    "events",
    "answers",
    "views",
    "grade",
]
Kind = Literal["stock", "flow", "rate"]
Severity = Literal["note", "not_comparable"]


@dataclass(frozen=True)
class ReleaseDays:
    """When a publisher releases, at 08:00 in Finland: a weekday within some days of the month.

    Without a weekday it is any day, at latest the last.
    """

    weekday: str
    first_day: int
    last_day: int


@dataclass(frozen=True)
class SourceFacts:
    """One table of a publisher. Without release days no day is waited for: it is asked each morning, if at all.

    last_period: after it only late corrections come; yearly_until: the last year of which a year's figure is kept,
    because its months are not published; partial_newest: the newest year holds only some of the measures;
    by_hand: nothing fetches it, it ships with the project or is loaded from a file.
    """

    code: str
    publisher: str
    table: str
    page: str
    licence: str
    period: str
    release_days: ReleaseDays | None = None
    stale_after_days: int = 0
    first_period: str = ""
    last_period: str = ""
    yearly_until: str = ""
    partial_newest: bool = False
    by_hand: bool = False

    @property
    def citation(self) -> str:
        """Return how the licence asks the table to be cited, without the date: the publisher, then the table."""
        return f"{self.publisher}, {self.table}"


@dataclass(frozen=True)
class Indicator:
    """One measure. `source` owns its totals, `dimensions` names the source that owns each breakdown.

    `levels` names the sources that own all figures of areas of a level, where a publisher has a table for each level.
    One that is `made_of` others is computed where it is shown, the first for each of the second; nobody delivers it.
    """

    code: str
    source: str
    unit: Unit
    decimals: int
    kind: Kind
    additive: bool
    range: tuple[float, float]
    dimensions: dict[str, str] = field(default_factory=dict)
    levels: dict[str, str] = field(default_factory=dict)
    made_of: tuple[str, ...] = ()

    @property
    def owners(self) -> tuple[str, ...]:
        """Return the sources that own its figures."""
        return tuple(dict.fromkeys((self.source, *self.dimensions.values(), *self.levels.values())))


@dataclass(frozen=True)
class Break:
    """A point in time before which some subjects (indicators or sources) must be read with care; '' is every year."""

    code: str
    subjects: tuple[str, ...]
    period: str
    severity: Severity


@dataclass(frozen=True)
class Catalogue:
    """All facts, by code."""

    sources: dict[str, SourceFacts]
    indicators: dict[str, Indicator]
    breaks: tuple[Break, ...]

    def indicators_of(self, source: str) -> list[Indicator]:
        """Return the indicators of which a source owns the totals, a breakdown or a level of areas."""
        return [each for each in self.indicators.values() if source in each.owners]


@cache
def load_catalogue() -> Catalogue:
    """Read catalogue.toml. Raises CatalogueRefused when a block is malformed or names an unknown source."""
    facts: dict[str, Any] = tomllib.loads(CATALOGUE.read_text(encoding="utf-8"))
    try:
        catalogue = Catalogue(
            sources={code: read_source(code, block) for code, block in facts["source"].items()},
            indicators={code: read_indicator(code, block) for code, block in facts["indicator"].items()},
            breaks=tuple(Break(**{**block, "subjects": tuple(block["subjects"])}) for block in facts["break"]),
        )
    except (KeyError, TypeError) as error:
        raise CatalogueRefused(
            f"A block of {CATALOGUE.name} is malformed ({error}): compare it with its neighbours."
        ) from error
    refuse_unknown_codes(catalogue)
    return catalogue


def read_source(code: str, block: dict[str, Any]) -> SourceFacts:
    """Return one [source.x] block."""
    days = block.get("release_days")
    return SourceFacts(code=code, **{**block, "release_days": ReleaseDays(**days) if days else None})


def read_indicator(code: str, block: dict[str, Any]) -> Indicator:
    """Return one [indicator.x] block."""
    low, high = block["range"]
    return Indicator(code=code, **{**block, "range": (low, high), "made_of": tuple(block.get("made_of", ()))})


def refuse_unknown_codes(catalogue: Catalogue) -> None:
    """Raise CatalogueRefused when an indicator or a break names something that is not declared."""
    for indicator in catalogue.indicators.values():
        for part in indicator.made_of:
            if part not in catalogue.indicators:
                raise CatalogueRefused(f"Indicator {indicator.code} is made of {part}, which is not declared.")
        for source in indicator.owners:
            if source not in catalogue.sources:
                raise CatalogueRefused(f"Indicator {indicator.code} names the source {source}, which is not declared.")
    known = catalogue.sources.keys() | catalogue.indicators.keys()
    for each in catalogue.breaks:
        for subject in each.subjects:
            if subject not in known:
                raise CatalogueRefused(
                    f"Break {each.code} names {subject}, which is neither an indicator nor a source."
                )


def add_up(indicator: Indicator, values: Iterable[float]) -> float:
    """Return the sum of an indicator's values over areas, categories or periods: whoever sums figures does it here.

    Raises SumRefused when the catalogue says that the measure is not additive, as persons of several months are not.
    """
    if not indicator.additive:
        raise SumRefused(
            f"A sum of {indicator.code} was asked for, which the catalogue says is not additive (a person would count "
            "twice, a share is no part): take the publisher's own total."
        )
    return sum(values)
