"""The sources' coming releases and the councils' meetings, as a calendar (RFC 5545).

A publisher's release days are known as a rule (a weekday within some days of the month), not as dates: an event covers
all days on which the rule lets it release, and is tentative.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dashboards.edition import Area
from dashboards.words import Words, table_name
from queries.catalogue import Catalogue, ReleaseDays
from queries.settings import CouncilMeeting

MONTHS_AHEAD = 6
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LONGEST_LINE = 75


@dataclass(frozen=True)
class Event:
    """Some whole days, the last one included."""

    uid: str
    first: date
    last: date
    title: str
    text: str
    tentative: bool = True


def release_events(words: Words, catalogue: Catalogue, today: date) -> Iterator[Event]:
    """Yield when the publishers may release in the coming months; what they release together is one event."""
    together: dict[tuple[str, ReleaseDays], list[str]] = {}
    for facts in catalogue.sources.values():
        if facts.release_days:
            publisher = words(f"source.{facts.code}.publisher")
            together.setdefault((publisher, facts.release_days), []).append(facts.code)
    for (publisher, rule), sources in together.items():
        tables = ", ".join(table_name(words, catalogue.sources[code].table) for code in sources)
        for month in months_from(today):
            first, last = days_of(rule, month)
            if last >= today:
                title = words("feed.calendar.release", publisher=publisher)
                text = words("feed.calendar.rule", tables=tables)
                yield Event(f"{sources[0]}-{month:%Y-%m}", first, last, title, text)


def months_from(today: date) -> Iterator[date]:
    """Yield the first days of this month and the coming ones."""
    for ahead in range(MONTHS_AHEAD + 1):
        years, month = divmod(today.month - 1 + ahead, 12)
        yield date(today.year + years, month + 1, 1)


def days_of(rule: ReleaseDays, month: date) -> tuple[date, date]:
    """Return the first and the last day of a month on which a rule lets a publisher release."""
    days = [month.replace(day=day) for day in range(rule.first_day, rule.last_day + 1)]
    fitting = [day for day in days if rule.weekday in ("", WEEKDAYS[day.weekday()])]
    return fitting[0], fitting[-1]


def council_events(words: Words, meetings: Iterable[CouncilMeeting], areas: Mapping[str, Area]) -> Iterator[Event]:
    """Yield the meetings that the configuration names."""
    for each in meetings:
        name = areas[each.area].name(words.language) if each.area in areas else each.area
        title = each.what or words("feed.calendar.council", name=name)
        yield Event(f"council-{each.area}-{each.day:%Y-%m-%d}", each.day, each.day, title, name, tentative=False)


def write_calendar(words: Words, events: Iterable[Event], stamp: datetime, host: str) -> bytes:
    """Return the calendar. `stamp` (naive UTC) is when what it tells was last changed."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Koillismaa//releases//FI", "CALSCALE:GREGORIAN"]
    lines += [f"X-WR-CALNAME:{escaped(words('feed.calendar.title'))}"]
    for each in sorted(events, key=lambda event: (event.first, event.uid)):
        lines += [
            "BEGIN:VEVENT",
            f"UID:{each.uid}@{host}",
            f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{each.first:%Y%m%d}",
            f"DTEND;VALUE=DATE:{each.last + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{escaped(each.title)}",
            f"DESCRIPTION:{escaped(each.text)}",
            f"STATUS:{'TENTATIVE' if each.tentative else 'CONFIRMED'}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    return "".join(f"{folded(line)}\r\n" for line in (*lines, "END:VCALENDAR")).encode("utf-8")


def escaped(text: str) -> str:
    """Return a text as a value of a calendar."""
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\r", "").replace("\n", "\\n")


def folded(line: str) -> str:
    """Return a line broken where it is longer than a calendar's lines may be; they are counted in bytes."""
    parts, width = [""], 0
    for letter in line:
        size = len(letter.encode("utf-8"))
        if width + size > LONGEST_LINE:
            parts.append("")
            width = 1
        parts[-1] += letter
        width += size
    return "\r\n ".join(parts)
