"""Whether a source's figures are as fresh as they can be, for `koillismaa status` and for the interface alike."""

from datetime import date, datetime, timedelta

from queries.catalogue import SourceFacts


def age_of(newest_period: str, published_at: datetime, today: date) -> int:
    """Return how many days old a source's newest figures are.

    A projection is as old as its release, for its periods are to come.
    """
    return (today - min(end_of(newest_period), published_at.date())).days


def verdict_of(facts: SourceFacts, channel: str, age: int | None, *, ended: bool) -> str:
    """Return ended, empty, stale or fresh; what only shipped with the project is stale."""
    if ended:
        return "ended"
    if age is None:
        return "empty"
    return "stale" if channel == "snapshot" or is_late(facts, age) else "fresh"


def is_late(facts: SourceFacts, age: int) -> bool:
    """Tell whether a source has been silent for longer than it should be; one that has come to its end never is."""
    return not facts.last_period and age > facts.stale_after_days


def end_of(period: str) -> date:
    """Return the last day of a month, quarter or year."""
    year = int(period[:4])
    if len(period) == 4:
        return date(year, 12, 31)
    month = int(period[5:]) if period[4] == "-" else 3 * int(period[5])
    return (date(year, month, 1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
