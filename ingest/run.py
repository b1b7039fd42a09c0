"""Run sources: fetch → keep → parse → check → load → publish, one source after the other, each alone in its failure."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from ingest import load
from ingest.archive import Folder, Raw, hash_of, open_file
from ingest.checks import check_frame, check_release
from ingest.errors import CheckFailed, MadeUpRefused, NothingNew
from ingest.http import Answer, Client, Limits, Pace, Wanted
from ingest.jsonstat import parse_stamp
from ingest.pxweb import Known
from ingest.source import Source
from queries.catalogue import Catalogue
from queries.database import (
    has_database,
    next_version,
    note_state,
    reading,
    unwritable,
    utc_now,
    utc_stamp,
    writing,
)
from queries.errors import KoillismaaError
from queries.settings import NOTHING_BY_HAND, ByHand, Settings

WAIT_FOR_WRITER = 600.0

Progress = Callable[[str, str, int, int], None]


@dataclass(frozen=True)
class Outcome:
    """How one source's run ended. `release` is the publisher's stamp; `error` is '' unless it failed."""

    source: str
    release: str = ""
    rows: int = 0
    new: int = 0
    revised: int = 0
    seconds: float = 0
    error: str = ""

    @property
    def verdict(self) -> str:
        """Return failed, loaded or nothing new."""
        if self.error:
            return "failed"
        return "loaded" if self.rows else "nothing new"


def no_progress(source: str, step: str, done: int, total: int) -> None:
    """Show nothing."""


def ingest(
    sources: Sequence[Source],
    settings: Settings,
    catalogue: Catalogue,
    *,
    since: str | None = None,
    progress: Progress = no_progress,
    limits: Limits = Limits(),
    wait: float = WAIT_FOR_WRITER,
) -> list[Outcome]:
    """Fetch the sources now and publish what is new. One outcome a source.

    Raises PublishFailed when another process writes for longer than `wait` seconds or the folder refuses.
    """
    pace = Pace()  # the publisher counts the calls of all sources together
    with writing(settings.data_dir, wait):
        return [run_source(source, settings, catalogue, since, progress, limits, pace) for source in sources]


def run_source(
    source: Source,
    settings: Settings,
    catalogue: Catalogue,
    since: str | None,
    progress: Progress,
    limits: Limits,
    pace: Pace,
) -> Outcome:
    """Run one source and note its state; a failure is an outcome, not an exception."""
    started = time.monotonic()
    try:
        attempt = utc_stamp()
        note_state(settings.data_dir, source.name, step="asking", done=0, total=0, last_attempt=attempt)
        with Client(settings.contact, limits, pace=pace) as client:
            raws = fetch_raws(source, client, settings, since, progress)
        outcome = load_raws(source, raws, settings, catalogue, channel=channel_of(since))
        ended = {"last_success": utc_stamp(), "last_error": ""}
    except NothingNew:
        outcome = Outcome(source.name)
        ended = {"last_success": utc_stamp(), "last_error": ""}
    except (KoillismaaError, duckdb.Error, OSError) as error:
        outcome = Outcome(source.name, error=as_sentence(error, settings.data_dir))
        ended = {"last_error": outcome.error}
    note_end(settings.data_dir, source.name, ended)
    return Outcome(**{**vars(outcome), "seconds": time.monotonic() - started})


def channel_of(since: str | None) -> str:
    """Return how a release came: a fetch of some years only does not stand for all that the publisher has."""
    return "api" if since is None else "api_since"


def as_sentence(error: Exception, data_dir: Path) -> str:
    """Return an error as one sentence; what the disk or the database engine says is put into ours."""
    if isinstance(error, KoillismaaError):
        return str(error)
    return str(unwritable(data_dir, error))


def note_end(data_dir: Path, source: str, ended: dict[str, str]) -> None:
    """Note how a run ended, where the disk still allows it: the outcome says it in any case."""
    try:
        newest = known_of(data_dir, source).newest_period
        note_state(data_dir, source, step="", done=0, total=0, newest_period=newest, **ended)
    except KoillismaaError:
        return


def fetch_raws(source: Source, client: Client, settings: Settings, since: str | None, progress: Progress) -> list[Raw]:
    """Ask, fetch and keep. Raises NothingNew when the publisher, or the bytes, are what we hold already."""
    if source.fetch is None:
        raise NothingNew(f"{source.name} has been ended by its publisher")
    known = known_of(settings.data_dir, source.name)
    fetch = source.fetch(client, settings, known, since)
    folder = Folder(settings.data_dir, source.name)
    raws = []
    for answer in fetch.answers:
        raws.append(folder.download(client, answer) if isinstance(answer, Wanted) else folder.keep(answer))
        note_state(settings.data_dir, source.name, step="fetching", done=len(raws), total=fetch.total)
        progress(source.name, "fetching", len(raws), fetch.total)
    raws = folder.settle(raws)
    if hash_of(raws) in held_hashes(settings.data_dir, source.name):
        raise NothingNew(f"{source.name} gave the same bytes as before")
    return raws


def load_raws(
    source: Source,
    raws: Sequence[Raw],
    settings: Settings,
    catalogue: Catalogue,
    *,
    channel: str,
    published_at: datetime | None = None,
    obtained: str = "",
) -> Outcome:
    """Parse, check and load kept answers as one release, and publish it. The caller holds `writing`.

    `published_at` is for answers that carry no stamp of their own. Raises IngestError, PublishFailed.
    """
    refuse_mixing(raws, settings)
    with next_version(settings.data_dir) as connection:
        prepare(connection, settings, catalogue)
        release, loaded = load_into(
            connection,
            source,
            raws,
            settings,
            catalogue,
            channel=channel,
            published_at=published_at,
            obtained=obtained,
        )
    return Outcome(source.name, release.published_at.isoformat(), loaded.rows, loaded.new, loaded.revised)


def prepare(connection: duckdb.DuckDBPyConnection, settings: Settings, catalogue: Catalogue) -> None:
    """Bring the draft's edition, areas and break notes up to date. Raises MadeUpRefused on the wrong folder."""
    made_up = connection.execute("select made_up from edition").fetchone()
    if made_up is None:
        connection.execute("insert into edition values (?)", [settings.demo])
    elif bool(made_up[0]) != settings.demo:
        raise MadeUpRefused(wrong_folder(settings))
    load.load_areas(connection)
    load.load_breaks(connection, catalogue)


def wrong_folder(settings: Settings) -> str:
    """Say that a folder holds the other kind of data."""
    kinds = ("real figures", "made-up figures")
    wanted, found = (kinds[1], kinds[0]) if settings.demo else kinds
    return (
        f"A folder with {wanted} was expected, {settings.data_dir} holds {found}: set KOILLISMAA_DATA_DIR to another."
    )


def refuse_mixing(raws: Iterable[Raw | Answer], settings: Settings) -> None:
    """Raise MadeUpRefused when made-up answers would meet real figures, or the other way round."""
    for raw in raws:
        if raw.made_up != settings.demo:
            kind = "made-up" if raw.made_up else "real"
            raise MadeUpRefused(
                f"{raw.address} gave {kind} figures, which may not enter {settings.data_dir}: check the address of the "
                "publisher and the setting 'demo'."
            )


def load_into(
    connection: duckdb.DuckDBPyConnection,
    source: Source,
    raws: Sequence[Raw],
    settings: Settings,
    catalogue: Catalogue,
    *,
    channel: str,
    published_at: datetime | None,
    obtained: str,
    citation: str = "",
) -> tuple[load.Release, load.Loaded]:
    """Stage, check and load one release into a draft."""
    load.stage(connection)
    stamps = stage_raws(connection, source, raws, settings.source.get(source.name, NOTHING_BY_HAND))
    stamp = newest_stamp(stamps, published_at, source.name)
    facts = catalogue.sources[source.name]
    fetched = channel.startswith("api")
    check_release(connection, catalogue, source.name, fetched=fetched, known=known_in(connection, source.name))
    release = load.Release(
        source=source.name,
        published_at=stamp,
        fetched_at=max(raw.fetched_at for raw in raws),
        sha256=hash_of(raws),
        channel=channel,
        obtained=obtained or (raws[-1].address if fetched else f"file {raws[-1].path.name}"),
        licence=facts.licence,
        citation=citation or facts.citation,
    )
    return release, load.load_release(connection, release)


def stage_raws(connection: duckdb.DuckDBPyConnection, source: Source, raws: Sequence[Raw], by_hand: ByHand) -> set[str]:
    """Parse and stage every answer; return the stamps that they carry."""
    stamps = set()
    for raw in raws:
        parsed = source.parse(raw, by_hand, raws)
        stamps.add(parsed.stamp)
        load.stage_frame(connection, check_frame(parsed.frame, raw.address))
        load.learn_areas(connection, parsed.areas, parsed.no_places)
        load.load_categories(connection, parsed.categories)
    return stamps - {""}


def newest_stamp(stamps: set[str], given: datetime | None, source: str) -> datetime:
    """Return the one stamp of a release. Raises CheckFailed when its answers are of two releases, or of none."""
    if len(stamps) > 1:
        raise CheckFailed(source, "all answers are of one release", f"stamps {', '.join(sorted(stamps))}")
    if not stamps and given is None:
        raise CheckFailed(source, "a release has a date", "the file carries none; name it with --published")
    return parse_stamp(stamps.pop()) if stamps else given or utc_now()


def known_of(data_dir: Path, source: str) -> Known:
    """Return what we hold of a source from its API."""
    if not has_database(data_dir):
        return Known()
    with reading(data_dir) as connection:
        return known_in(connection, source)


def known_in(connection: duckdb.DuckDBPyConnection, source: str) -> Known:
    """Return the newest stamp that a source's API gave, that release's newest and first period, and its areas."""
    row = connection.execute(
        """
        select release.published_at, max(list_max(coverage.periods)), min(list_min(coverage.periods)),
            list_distinct(flatten(list(coverage.areas)))
        from release join coverage using (release_id)
        where source = $source and channel = 'api'
        group by release_id, release.published_at order by published_at desc, release_id desc limit 1
        """,
        {"source": source},
    ).fetchone()
    return Known(row[0].isoformat(), str(row[1]), str(row[2]), frozenset(row[3])) if row else Known()


def held_hashes(data_dir: Path, source: str) -> set[str]:
    """Return the hashes of the releases that we hold of a source."""
    if not has_database(data_dir):
        return set()
    with reading(data_dir) as connection:
        rows = connection.execute("select sha256 from release where source = $source", {"source": source}).fetchall()
    return {str(row[0]) for row in rows}


def import_files(
    source: Source,
    paths: Sequence[Path],
    settings: Settings,
    catalogue: Catalogue,
    *,
    published_at: datetime | None = None,
    wait: float = WAIT_FOR_WRITER,
) -> Outcome:
    """Load answers saved by hand, or kept in the archive, as one release. Raises IngestError, PublishFailed."""
    started = time.monotonic()
    with writing(settings.data_dir, wait):
        raws = [open_file(path) for path in paths]
        if hash_of(raws) in held_hashes(settings.data_dir, source.name):
            return Outcome(source.name)
        outcome = load_raws(source, raws, settings, catalogue, channel="import", published_at=published_at)
    return Outcome(**{**vars(outcome), "seconds": time.monotonic() - started})
