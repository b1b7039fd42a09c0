"""What must be read with the figures: breaks of the series, signs, whose figures they are, where they come from."""

from dataclasses import dataclass

from dashboards import format
from dashboards.open_data.rows import Observations, write_stamp
from queries.catalogue import Break


@dataclass(frozen=True)
class SourceNote:
    """One release that figures come from."""

    source: str
    publisher: str
    table: str
    page: str
    licence: str
    release: str
    fetched_at: str


def breaks_of(found: Observations) -> tuple[Break, ...]:
    """Return the breaks that concern the asked indicators or their sources."""
    subjects = {each.code for each in found.indicators}
    subjects |= {source for each in found.indicators for source in each.owners}
    return tuple(each for each in found.edition.breaks if subjects & set(each.subjects))


def write_notes(found: Observations) -> list[str]:
    """Return the notes in the reader's language: made-up data, the day, statuses, origins, breaks, no sums."""
    words = found.asked.words
    notes = [words("made_up.banner")] if found.edition.made_up else []
    if found.asked.as_of:
        notes.append(words("picture.as_of", day=format.day(words, found.asked.as_of)))
    statuses, origins = ({getattr(row, name) for row in found.rows} for name in ("status", "origin"))
    notes += [f"{each}: {words(f'status.{each}.name')}" for each in sorted(statuses) if each]
    notes += [f"{each}: {words(f'origin.{each}.name')}" for each in sorted(origins) if each != "published"]
    notes += [note_of(found, each) for each in breaks_of(found)]
    single = [each.code for each in found.indicators if not each.additive]
    return [*notes, *([words("api.not_additive", names=", ".join(single))] if single else [])]


def note_of(found: Observations, mark: Break) -> str:
    """Return a break's note with the period from which it holds."""
    words = found.asked.words
    note = words(f"break.{mark.code}.note")
    return f"{mark.period}: {note}" if mark.period else note


def source_notes(found: Observations) -> list[SourceNote]:
    """Return the releases that the rows come from, with the licence of each."""
    notes = []
    for release in found.releases:
        facts = found.catalogue.sources[release.source]
        notes.append(
            SourceNote(
                release.source,
                found.asked.words(f"source.{release.source}.publisher"),
                release.table,
                facts.page,
                facts.licence,
                write_stamp(release.published_at),
                write_stamp(release.fetched_at),
            )
        )
    return notes


def cite(note: SourceNote) -> str:
    """Return how a release is cited in one line."""
    return f"{note.publisher}, {note.table}, {note.release[:10]} ({note.licence})"
