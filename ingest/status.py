"""Tell how each source stands: what is held, when it was fetched, whether it is fresh."""

from dataclasses import dataclass
from datetime import date, datetime

from ingest.source import Source
from queries.catalogue import Catalogue
from queries.database import has_database, read_state, reading
from queries.freshness import age_of, verdict_of
from queries.settings import Settings

NEWEST = """
select release.published_at, release.channel, max(list_max(coverage.periods)) as newest_period
from release join coverage using (release_id)
where source = $source
group by release_id, release.published_at, release.channel
order by newest_period desc, published_at desc, release_id desc
limit 1
"""


@dataclass(frozen=True)
class SourceStatus:
    """One line of `koillismaa status`. Times are ISO 8601 in UTC, '' where there is none; age in days."""

    source: str
    verdict: str
    last_release: str
    channel: str
    newest_period: str
    age_days: int | None
    last_success: str
    last_error: str
    next_run: str


def read_status(source: Source, settings: Settings, catalogue: Catalogue, today: date) -> SourceStatus:
    """Return how a source stands today. Raises DatabaseRefused when the database cannot be read."""
    held = newest_held(source.name, settings)
    state = read_state(settings.data_dir, source.name)
    last_release, channel, newest_period = held or ("", "", "")
    age = age_of(newest_period, datetime.fromisoformat(last_release), today) if newest_period else None
    return SourceStatus(
        source=source.name,
        verdict=verdict_of(catalogue.sources[source.name], channel, age, ended=source.fetch is None),
        last_release=last_release,
        channel=channel,
        newest_period=newest_period,
        age_days=age,
        last_success=state.last_success,
        last_error=state.last_error,
        next_run=state.next_run,
    )


def newest_held(source: str, settings: Settings) -> tuple[str, str, str] | None:
    """Return stamp, channel and newest period of the release that reaches furthest; None when nothing is held."""
    if not has_database(settings.data_dir):
        return None
    with reading(settings.data_dir) as connection:
        row = connection.execute(NEWEST, {"source": source}).fetchone()
    return (row[0].isoformat(), str(row[1]), str(row[2])) if row else None
