"""Whether what is shown is older than it should be: by the catalogue's stale_after_days, as `koillismaa status` counts.

A page says how its loading goes; a frame in another site, which nobody looks after, must say that it has grown old.
"""

from collections.abc import Iterable
from datetime import UTC, date, timedelta

from dashboards import format
from dashboards.periods import is_month, is_year
from dashboards.visit import Visit
from queries.read import HELSINKI, Snapshot


def end_of(period: str) -> date:
    """Return the last day of a month, quarter or year."""
    year = int(period[:4])
    if is_year(period):
        return date(year, 12, 31)
    month = int(period[5:]) if is_month(period) else 3 * int(period[5:])
    return (date(year, month, 1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def ages_from(snapshot: Snapshot) -> dict[str, date]:
    """Return the day from which each source's figures age: the end of their newest period, or an earlier release."""
    rows = snapshot.frame("reach").to_dict("records")
    return {row["source"]: min(end_of(row["newest_period"]), row["published_at"].date()) for row in rows}


def tell_age(visit: Visit, snapshot: Snapshot, release_ids: Iterable[int], today: date) -> str:
    """Return a sentence when one of the shown tables should have newer figures by now, else ''.

    What a day knew never grows old, nor does a table that has ended.
    """
    if visit.selection.as_of:
        return ""
    sources = {visit.edition.releases[number].source for number in release_ids}
    ages = visit.edition.memory.recall("ages", lambda: ages_from(snapshot))
    late = [source for source in sources if source in ages and is_late(visit, source, ages[source], today)]
    if not late:
        return ""
    fetched = max(each.fetched_at for each in visit.edition.releases.values() if each.source in late)
    return visit.words("embed.stale", day=format.day(visit.words, fetched))


def is_late(visit: Visit, source: str, since: date, today: date) -> bool:
    """Tell whether a source that goes on has been silent for longer than it should be."""
    facts = visit.catalogue.sources[source]
    return bool(facts.stale_after_days) and not facts.last_period and (today - since).days > facts.stale_after_days


def newest_stamp(visit: Visit) -> date:
    """Return the Finnish day of the newest release: asked for as of that day, a view stays as it is."""
    newest = max(each.published_at for each in visit.edition.releases.values())
    return newest.replace(tzinfo=UTC).astimezone(HELSINKI).date()
