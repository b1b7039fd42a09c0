"""The scheduler: its own process, Helsinki time, one at a time, one source after the other.

Every twenty minutes it asks which sources are due. A source is due when it was never fetched, when it was not fetched
since eight this morning, and on a release day again and again until the new month is there. Where any day may bring
the release, the last one that it is promised for is the release day: before it the morning's question is enough. So a
machine that slept catches up by itself, and a failure is tried again.
"""

import logging
import sys
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.blocking import BlockingScheduler
from filelock import FileLock, Timeout

from ingest.run import Outcome, ingest
from ingest.source import Source
from queries.catalogue import Catalogue, SourceFacts
from queries.database import SourceState, note_state, read_state, unwritable, writing
from queries.errors import KoillismaaError, PublishFailed
from queries.settings import Settings

HELSINKI = ZoneInfo("Europe/Helsinki")
RELEASE_HOUR = time(8, 0)
LAST_HOUR = time(18, 0)
TICK = timedelta(minutes=20)
RETRY = timedelta(hours=1)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

log = logging.getLogger("koillismaa.schedule")


def month_before(day: date) -> str:
    """Return the month before a day's month, as a period."""
    return (day.replace(day=1) - timedelta(days=1)).strftime("%Y-%m")


def is_release_day(facts: SourceFacts, day: date) -> bool:
    """Tell whether the publisher may release the source's table on a day."""
    days = facts.release_days
    if days is None:
        return False
    if not days.weekday:
        return day.day == days.last_day
    return WEEKDAYS[day.weekday()] == days.weekday and days.first_day <= day.day <= days.last_day


def awaits_release(facts: SourceFacts, state: SourceState, now: datetime) -> bool:
    """Tell whether it is a release day after eight and the month before is not held yet. `now` is Helsinki time."""
    in_hours = RELEASE_HOUR <= now.time() < LAST_HOUR
    return in_hours and is_release_day(facts, now.date()) and state.newest_period < month_before(now.date())


def last_morning(now: datetime) -> datetime:
    """Return the last eight o'clock that has passed."""
    today = datetime.combine(now.date(), RELEASE_HOUR, now.tzinfo)
    return today if now >= today else today - timedelta(days=1)


def moment(text: str) -> datetime:
    """Return a time of a state file (UTC) as an aware time; the distant past for an empty one."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC) if text else datetime(1, 1, 2, tzinfo=UTC)


def is_due(facts: SourceFacts, state: SourceState, now: datetime) -> bool:
    """Tell whether a source is to be fetched now. `now` is Helsinki time."""
    if awaits_release(facts, state, now):
        return now - moment(state.last_attempt) >= TICK / 2
    if moment(state.last_success) >= last_morning(now):
        return False
    return now - moment(state.last_attempt) >= RETRY


def next_run(facts: SourceFacts, state: SourceState, now: datetime) -> datetime:
    """Return when the source will be due next, in Helsinki time."""
    if awaits_release(facts, state, now):
        return now + TICK
    if moment(state.last_success) < last_morning(now):
        return now + RETRY
    return last_morning(now) + timedelta(days=1)


def fetch_due(sources: Sequence[Source], settings: Settings, catalogue: Catalogue, now: datetime) -> list[Outcome]:
    """Fetch every source that is due, note when each is due next, and say in one line how it went."""
    states = {source.name: read_state(settings.data_dir, source.name) for source in sources}
    due = [source for source in sources if is_due(catalogue.sources[source.name], states[source.name], now)]
    outcomes = ingest(due, settings, catalogue) if due else []
    for source in sources:
        state = read_state(settings.data_dir, source.name)
        due_next = next_run(catalogue.sources[source.name], state, now).astimezone(UTC).replace(tzinfo=None)
        note_state(settings.data_dir, source.name, next_run=due_next.isoformat(timespec="seconds"))
    if outcomes:
        log.info(summarise(outcomes))
    return outcomes


def summarise(outcomes: Sequence[Outcome]) -> str:
    """Return one quiet line about a round: what was loaded, and the first reason of what failed."""
    loaded = [outcome.source for outcome in outcomes if outcome.verdict == "loaded"]
    failed = [outcome for outcome in outcomes if outcome.error]
    parts = [f"{len(loaded)} of {len(outcomes)} sources had something new"]
    if failed:
        parts.append(f"{len(failed)} could not be fetched, what was loaded before is shown ({failed[0].error})")
    return "; ".join(parts)


def forget_killed_runs(sources: Sequence[Source], settings: Settings) -> None:
    """Clear what a killed run left in its state, so that it is due at once; a run that goes on is left alone."""
    try:
        with writing(settings.data_dir):
            for source in sources:
                if read_state(settings.data_dir, source.name).step:
                    note_state(settings.data_dir, source.name, step="", done=0, total=0, last_attempt="")
    except PublishFailed:
        return


def run_scheduler(
    sources: Sequence[Source], settings: Settings, catalogue: Catalogue, until: Callable[[], None]
) -> None:
    """Run until `until` returns. Raises PublishFailed when another scheduler serves the folder, or it is not writable.

    The first round starts at once, in the background.
    """
    lock = FileLock(settings.data_dir / "schedule.lock")
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout:
        raise PublishFailed(
            f"One scheduler is enough for {settings.data_dir}, and one is running there already: stop it first."
        ) from None
    except OSError as error:
        raise unwritable(settings.data_dir, error) from error
    forget_killed_runs(sources, settings)
    scheduler = BlockingScheduler(timezone=HELSINKI, executors={"default": ThreadPoolExecutor(1)})

    def round_of_fetching() -> None:
        try:
            fetch_due(sources, settings, catalogue, datetime.now(HELSINKI))
        except KoillismaaError as error:
            log.warning("%s", error)

    scheduler.add_job(
        round_of_fetching,
        "interval",
        seconds=TICK.total_seconds(),
        next_run_time=datetime.now(HELSINKI),
        coalesce=True,
        max_instances=1,
        misfire_grace_time=None,
    )

    def stop_in_time() -> None:
        until()
        scheduler.shutdown(wait=False)

    threading.Thread(target=stop_in_time, daemon=True).start()
    try:
        scheduler.start()
    finally:
        lock.release()


def stdin_closed() -> None:
    """Return when standard input ends: the process that started this one is gone."""
    while sys.stdin.buffer.read(1024):
        pass


def for_ever() -> None:
    """Never return."""
    threading.Event().wait()
