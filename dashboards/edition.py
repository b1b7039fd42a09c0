"""What one version of the database says of itself: areas, releases, breaks, and whether it is made up.

Read once per version and kept, so that a request asks only for its series.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from dashboards.memory import Memory
from queries.catalogue import Break, Catalogue
from queries.read import Snapshot

NO_PLACE = "unplaced"
MOST_KEPT = 5000
SURROUNDINGS = ("region", "sub_region", "employment_area")


@dataclass(frozen=True)
class Area:
    """A place with figures, its names by language, and the codes of what it lies in ('' for none)."""

    code: str
    level: str
    names: Mapping[str, str]
    region: str = ""
    sub_region: str = ""
    employment_area: str = ""

    def name(self, language: str) -> str:
        """Return the name in a language; a language without names of places shows the Finnish one."""
        return self.names.get(language) or self.names["fi"]


@dataclass(frozen=True)
class Release:
    """One load of a source, and the publisher's table that it was read from. Times are naive UTC."""

    source: str
    published_at: datetime
    fetched_at: datetime
    channel: str
    table: str


@dataclass(frozen=True)
class Edition:
    """Everything of a version that is not a series. `areas` holds places only, in the order of their Finnish names.

    `memory` keeps what took time to make of this version.
    """

    version: str
    made_up: bool
    areas: Mapping[str, Area]
    releases: Mapping[int, Release]
    breaks: tuple[Break, ...]
    categories: Mapping[tuple[str, str], Mapping[str, str]]
    memory: Memory = field(default_factory=lambda: Memory(MOST_KEPT))

    @cached_property
    def municipalities(self) -> tuple[str, ...]:
        """Return the codes of all municipalities, in the order of their Finnish names."""
        return tuple(code for code, area in self.areas.items() if area.level == "municipality")

    @cached_property
    def members(self) -> dict[str, tuple[str, ...]]:
        """Return the municipalities of each area that has some; a municipality is its own, the country has all."""
        found: dict[str, list[str]] = {}
        for code in self.municipalities:
            around = (getattr(self.areas[code], level) for level in SURROUNDINGS)
            for place in dict.fromkeys((code, *around)):
                found.setdefault(place, []).append(code)
        countries = (code for code, area in self.areas.items() if area.level == "country")
        return {place: tuple(codes) for place, codes in found.items() if place} | dict.fromkeys(
            countries, self.municipalities
        )

    def breaks_of(self, *subjects: str) -> list[Break]:
        """Return the breaks of some indicators and sources, in their order; every change on the year asks for them."""
        known = self._breaks_by_subjects
        if subjects not in known:
            known[subjects] = [each for each in self.breaks if not set(subjects).isdisjoint(each.subjects)]
        return known[subjects]

    @cached_property
    def _breaks_by_subjects(self) -> dict[tuple[str, ...], list[Break]]:
        return {}

    def newest_of_tables(self, release_ids: Iterable[int]) -> list[Release]:
        """Return the newest of some releases of each source's table."""
        newest: dict[tuple[str, str], Release] = {}
        for release in (self.releases[number] for number in sorted(set(release_ids))):
            known = newest.get((release.source, release.table))
            if known is None or release.published_at >= known.published_at:
                newest[release.source, release.table] = release
        return list(newest.values())

    def lacks(self, sources: Iterable[str]) -> bool:
        """Tell whether nothing is held of some sources."""
        return not {each.source for each in self.releases.values()} & set(sources)

    def only_shipped(self, source: str) -> bool:
        """Tell whether everything held of a source came with the project."""
        return all(each.channel == "snapshot" for each in self.releases.values() if each.source == source)


def load_edition(snapshot: Snapshot, catalogue: Catalogue) -> Edition:
    """Read a version's own facts."""
    subjects = [*catalogue.indicators, *catalogue.sources]
    return Edition(
        version=snapshot.version,
        made_up=bool(snapshot.frame("edition")["made_up"].any()),
        areas=read_areas(snapshot),
        releases=read_releases(snapshot),
        breaks=read_breaks(snapshot, subjects),
        categories=read_categories(snapshot),
    )


def read_areas(snapshot: Snapshot) -> dict[str, Area]:
    """Return the places by code, in the order of their Finnish names; rows that are no place are left out."""
    rows = snapshot.frame("areas").to_dict("records")
    places = [
        Area(
            row["area"],
            row["level"],
            names_in(row),
            **{level: row[level] for level in SURROUNDINGS if isinstance(row[level], str)},
        )
        for row in rows
        if row["level"] != NO_PLACE
    ]
    return {area.code: area for area in sorted(places, key=lambda area: finnish_order(area.names["fi"]))}


def names_in(row: Mapping[Hashable, Any]) -> dict[str, str]:
    """Return the names of a row by language."""
    return {str(name)[5:]: text for name, text in row.items() if str(name).startswith("name_")}


def read_categories(snapshot: Snapshot) -> dict[tuple[str, str], dict[str, str]]:
    """Return the names of the categories by dimension and category."""
    rows = snapshot.frame("categories").to_dict("records")
    return {(row["dimension"], row["category"]): names_in(row) for row in rows}


def finnish_order(name: str) -> str:
    """Return a key that sorts å, ä and ö after z, as in Finnish and Swedish."""
    return name.casefold().translate(str.maketrans("åäö", "{|}"))


def read_releases(snapshot: Snapshot) -> dict[int, Release]:
    """Return the releases by their number."""
    rows = snapshot.frame("releases").to_dict("records")
    return {
        row["release_id"]: Release(
            row["source"],
            row["published_at"].to_pydatetime(),
            row["fetched_at"].to_pydatetime(),
            row["channel"],
            row["citation"].rpartition(", ")[2],
        )
        for row in rows
    }


def read_breaks(snapshot: Snapshot, subjects: list[str]) -> tuple[Break, ...]:
    """Return the breaks of some subjects, one Break per code and period with all its subjects."""
    rows = snapshot.frame("breaks", subjects=subjects).to_dict("records")
    together: dict[tuple[str, str, str], list[str]] = {}
    for row in rows:
        together.setdefault((row["code"], row["period"], row["severity"]), []).append(row["subject"])
    return tuple(
        Break(code, tuple(names), period, "not_comparable" if severity == "not_comparable" else "note")
        for (code, period, severity), names in sorted(together.items(), key=lambda item: (item[0][1], item[0][0]))
    )
