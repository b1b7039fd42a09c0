"""The catalogue: facts of each source, indicator and series break, read from catalogue.toml. No words for readers."""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

from queries.errors import CatalogueRefused

CATALOGUE = Path(__file__).with_name("catalogue.toml")

Unit = Literal["persons", "percent", "vacancies", "days", "ratio"]
Kind = Literal["stock", "flow", "rate"]
Severity = Literal["note", "not_comparable"]


@dataclass(frozen=True)
class ReleaseDays:
    """When a publisher releases: a weekday within some days of the month, at 08:00 in Finland."""

    weekday: str
    first_day: int
    last_day: int


@dataclass(frozen=True)
class SourceFacts:
    """One table of a publisher. A table that its publisher has ended has no release days and grows no older."""

    code: str
    publisher: str
    table: str
    page: str
    licence: str
    period: str
    release_days: ReleaseDays | None = None
    stale_after_days: int = 0
    first_period: str = ""

    @property
    def citation(self) -> str:
        """Return how the licence asks the table to be cited, without the date: the publisher, then the table."""
        return f"{self.publisher}, {self.table}"


@dataclass(frozen=True)
class Indicator:
    """One measure. `source` owns its totals, `dimensions` names the source that owns each breakdown."""

    code: str
    source: str
    unit: Unit
    decimals: int
    kind: Kind
    additive: bool
    range: tuple[float, float]
    dimensions: dict[str, str] = field(default_factory=dict)


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
        """Return the indicators of which a source owns the totals or a breakdown."""
        return [each for each in self.indicators.values() if source in (each.source, *each.dimensions.values())]


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
    return Indicator(code=code, **{**block, "range": (low, high)})


def refuse_unknown_codes(catalogue: Catalogue) -> None:
    """Raise CatalogueRefused when an indicator or a break names something that is not declared."""
    for indicator in catalogue.indicators.values():
        for source in (indicator.source, *indicator.dimensions.values()):
            if source not in catalogue.sources:
                raise CatalogueRefused(f"Indicator {indicator.code} names the source {source}, which is not declared.")
    known = catalogue.sources.keys() | catalogue.indicators.keys()
    for each in catalogue.breaks:
        for subject in each.subjects:
            if subject not in known:
                raise CatalogueRefused(
                    f"Break {each.code} names {subject}, which is neither an indicator nor a source."
                )
