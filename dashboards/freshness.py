"""Whether what is shown is older than it should be: by the catalogue's stale_after_days, as `koillismaa status` counts.

A page says how its loading goes; a frame in another site, which nobody looks after, must say that it has grown old.
"""

from collections.abc import Iterable
from datetime import UTC, date

from dashboards import format
from dashboards.visit import Visit
from queries.freshness import age_of, is_late
from queries.read import HELSINKI, Snapshot


def tell_age(visit: Visit, snapshot: Snapshot, release_ids: Iterable[int], today: date) -> str:
    """Return a sentence when one of the shown tables should have newer figures by now, else ''.

    What a day knew never grows old, nor does a table that has ended.
    """
    if visit.selection.as_of:
        return ""
    sources = {visit.edition.releases[number].source for number in release_ids}
    held = visit.edition.memory.recall("sources_held", lambda: snapshot.frame("sources_held").to_dict("records"))
    ages = {row["source"]: age_of(row["newest_period"], row["published_at"].to_pydatetime(), today) for row in held}
    facts = visit.catalogue.sources
    late = [each for each in sources & ages.keys() if not facts[each].by_hand and is_late(facts[each], ages[each])]
    if not late:
        return ""
    fetched = max(each.fetched_at for each in visit.edition.releases.values() if each.source in late)
    return visit.words("embed.stale", day=format.day(visit.words, fetched))


def newest_stamp(visit: Visit) -> date:
    """Return the Finnish day of the newest release: asked for as of that day, a view stays as it is."""
    newest = max(each.published_at for each in visit.edition.releases.values())
    return newest.replace(tzinfo=UTC).astimezone(HELSINKI).date()
