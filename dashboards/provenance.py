"""Whose figures are shown: the source line, and notes on figures that were not fetched as published."""

from collections.abc import Iterable

import pandas as pd

from dashboards import format
from dashboards.edition import Release
from dashboards.periods import is_year, step_of
from dashboards.visit import Visit
from dashboards.words import table_name
from queries.analysis.months import month_number
from queries.catalogue import NO_LICENCE

TOLD_ORIGINS = ("derived", "transcript", "press", "projection")
MOST_NAMES = 12
TOLD_STATUSES = ("suppressed", "missing", "not_applicable", "preliminary")


def source_line(visit: Visit, release_ids: Iterable[int]) -> str:
    """Return publisher, table, day of release and day of fetching of each table among some releases."""
    lines = (describe_release(visit, each) for each in visit.edition.newest_of_tables(release_ids))
    return " ".join(dict.fromkeys(lines))


def describe_release(visit: Visit, release: Release) -> str:
    """Return one table's part of the source line."""
    return cite(visit, release, "line")


def footer_lines(visit: Visit) -> list[str]:
    """Return a line with its licence for each table of the shown figures: the newest of its releases among them."""
    releases = sorted(visit.edition.newest_of_tables(visit.releases), key=lambda release: release.table)
    lines = [
        cite(visit, each, "footer") for code in visit.catalogue.sources for each in releases if each.source == code
    ]
    return list(dict.fromkeys(lines))


def cite(visit: Visit, release: Release, form: str) -> str:
    """Return a release's citation in one of the forms that the words have for all sources, or for its own."""
    words = visit.words
    own, licence = f"source.{release.source}.{form}", visit.catalogue.sources[release.source].licence
    return words(
        own if words.has(own) else f"source.{form}",
        publisher=words(f"source.{release.source}.publisher"),
        table=table_name(words, release.table),
        published=format.day(words, release.published_at),
        fetched=format.day(words, release.fetched_at),
        licence=words("source.no_licence") if licence == NO_LICENCE else licence,
    )


def frame_notes(visit: Visit, frame: pd.DataFrame) -> list[str]:
    """Return a note for each origin and each status among shown rows that a reader must know of."""
    rows = list(zip(*(frame[name].tolist() for name in ("origin", "area", "period")), strict=True))
    statuses = set(frame["status"].tolist())
    return [
        *(origin_note(visit, origin, rows) for origin in TOLD_ORIGINS if any(of == origin for of, _, _ in rows)),
        *(visit.words(f"status.{each}.note") for each in TOLD_STATUSES if each in statuses),
    ]


def origin_note(visit: Visit, origin: str, rows: Iterable[tuple[str, str, str]]) -> str:
    """Return the note on those of some rows (origin, area, period) that are of an origin."""
    own = [(area, period) for of, area, period in rows if of == origin]
    areas, periods = dict.fromkeys(area for area, _ in own), [period for _, period in own]
    names = format.listed(visit.words, [visit.name(area) for area in areas])
    if len(areas) > MOST_NAMES:
        names = visit.words("origin.areas", number=len(areas))
    return visit.words(f"origin.{origin}.note", names=names, span=format.span(visit.words, min(periods), max(periods)))


def gap_note(visit: Visit, indicator: str, areas: Iterable[str], since: str, until: str) -> list[str]:
    """Return a note that names the areas whose line has months that are not held, or nothing."""
    lines = {area: visit.figures.series(indicator, area) for area in areas}
    until = min(until, max((max(held, default="") for held in lines.values()), default=""))
    if not until:
        return []
    fetchable = [area for area, held in lines.items() if can_be_fetched(visit, indicator, area)]
    first = max(since, visit.catalogue.sources[visit.catalogue.indicators[indicator].source].first_period)
    lacking = {
        area
        for area, held in lines.items()
        if lacks_months(held, first if area in fetchable else max(since, min(held, default=since)), until)
    }
    notes = []
    kind = "years" if is_year(until) else "months"
    for code, group in ((f"gap.{kind}.shipped", lacking & {*fetchable}), (f"gap.{kind}.other", lacking - {*fetchable})):
        names = [visit.name(area) for area in lines if area in group]
        if names:
            notes.append(visit.words(code, names=format.listed(visit.words, names)))
    return notes


def can_be_fetched(visit: Visit, indicator: str, area: str) -> bool:
    """Tell whether an ingest would bring what is missing: not while all was fetched, nor what a day did not know.

    Whether the publisher gives employment areas is not known, so nothing is promised of them.
    """
    source = visit.catalogue.indicators[indicator].source
    fetched = not visit.catalogue.sources[source].by_hand
    promised = visit.edition.areas[area].level != "employment_area" and fetched
    return visit.selection.as_of is None and promised and visit.edition.only_shipped(source)


def lacks_months(held: Iterable[str], first: str, until: str) -> bool:
    """Tell whether a month, or of years a year, from the first to the last is not held."""
    periods = {month_number(each) for each in held}
    return any(n not in periods for n in range(month_number(first), month_number(until) + 1, step_of(until)))
