"""Find, open and publish version files, and keep the state files beside them.

    <data>/current                  one line: the name of the version that is served
    <data>/versions/<name>.duckdb   the newest three, the older two for rollback only
    <data>/state/<source>.json      progress, last error, next run of one source
    <data>/write.lock               held by the one process that writes

A version is never changed and never replaced under its own name: a process that has it open goes on serving it.
"""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
from filelock import FileLock, Timeout

from queries.errors import DatabaseRefused, NoDatabase, PublishFailed

SCHEMA = Path(__file__).parent / "schema.sql"
KEPT_VERSIONS = 3
NAME_FORM = "%Y%m%dT%H%M%S%f"
# What the engine raises when a disk is full depends on where it was: spilling, committing, or at a checkpoint.
DISK_REFUSES = (OSError, duckdb.IOException, duckdb.FatalException, duckdb.TransactionException)
WRITER_MEMORY = "320MB"
# A page asks small questions and many pages are asked at once: one thread a question is quicker than two.
READER_CONFIG: dict[str, str | bool | int | float | list[str]] = {"threads": 1}


@dataclass(frozen=True)
class SourceState:
    """What is known of one source's loading, for people and for the scheduler. Times are ISO 8601 in UTC."""

    source: str
    step: str = ""
    done: int = 0
    total: int = 0
    last_attempt: str = ""
    last_success: str = ""
    last_error: str = ""
    newest_period: str = ""
    next_run: str = ""


def utc_now() -> datetime:
    """Return the present as a naive UTC time, the form in which the database keeps times."""
    return datetime.now(UTC).replace(tzinfo=None)


def utc_stamp() -> str:
    """Return the present as text for a state file."""
    return utc_now().isoformat(timespec="seconds")


def current_version(data_dir: Path) -> str:
    """Return the name of the version that is served. Raises NoDatabase when there is none, DatabaseRefused."""
    try:
        return (data_dir / "current").read_text(encoding="ascii").strip()
    except FileNotFoundError:
        raise NoDatabase(
            f"A database was expected in {data_dir}, none has been published there: run 'koillismaa serve' or "
            "'koillismaa ingest', which build it."
        ) from None
    except (OSError, ValueError) as error:
        raise unreadable(data_dir, error) from error


def has_database(data_dir: Path) -> bool:
    """Tell whether a version has been published. Raises DatabaseRefused when this user may not know."""
    try:
        return (data_dir / "current").is_file()
    except OSError as error:
        raise unreadable(data_dir, error) from error


def unreadable(data_dir: Path, error: BaseException) -> DatabaseRefused:
    """Return the error that says why `current` cannot be read and what to do."""
    return DatabaseRefused(
        f"{data_dir / 'current'} was expected to name a version, it could not be read ({first_line(error)}): give this "
        "user the right to read the folder, or write the name of a file in 'versions' there, without its ending."
    )


def version_path(data_dir: Path, version: str) -> Path:
    """Return the file of a version."""
    return data_dir / "versions" / f"{version}.duckdb"


def open_version(data_dir: Path, version: str) -> duckdb.DuckDBPyConnection:
    """Open a version for reading. Raises DatabaseRefused when the file is missing or damaged."""
    path = version_path(data_dir, version)
    try:
        return duckdb.connect(str(path), read_only=True, config=READER_CONFIG)
    except duckdb.Error as error:
        raise damaged(data_dir, version, error) from error


@contextmanager
def reading(data_dir: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Give a connection to the current version for some questions. Raises NoDatabase, DatabaseRefused when damaged."""
    version = current_version(data_dir)
    try:
        with open_version(data_dir, version) as connection:
            yield connection
    except duckdb.DatabaseError as error:
        raise damaged(data_dir, version, error) from error


def damaged(data_dir: Path, version: str, error: BaseException) -> DatabaseRefused:
    """Return the error that says that a version cannot be opened or read, and what to do."""
    return DatabaseRefused(
        f"The version {version} that 'current' names could not be opened ({first_line(error)}): restore the "
        f"folder {data_dir} or name an older version in {data_dir / 'current'}."
    )


def first_line(error: BaseException) -> str:
    """Return the first line of an error's text, for use inside a sentence."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")


@contextmanager
def writing(data_dir: Path, wait_seconds: float = 0) -> Iterator[None]:
    """Hold the only right to write in the data folder.

    Raises PublishFailed when another process holds it for longer than `wait_seconds`, or the folder is not writable.
    """
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        lock = FileLock(data_dir / "write.lock")
        lock.acquire(timeout=wait_seconds)
    except Timeout:
        raise PublishFailed(
            f"Only one process may write in {data_dir}, and another is writing there now: try again when it is done."
        ) from None
    except OSError as error:
        raise unwritable(data_dir, error) from error
    try:
        yield
    finally:
        lock.release()


def unwritable(data_dir: Path, error: BaseException) -> PublishFailed:
    """Return the error that says why nothing could be written and what to do."""
    return PublishFailed(
        f"The data folder {data_dir} could not be written ({first_line(error)}): free disk space or give this user "
        "the right to write there; the version that was current is still served."
    )


@contextmanager
def next_version(data_dir: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Give a writable copy of the current version and publish it when the block ends without an error.

    The caller holds `writing`. Raises PublishFailed when the disk refuses; on any error nothing is published.
    """
    versions = data_dir / "versions"
    draft = versions / "draft.duckdb"
    try:
        remove_draft(draft)
        versions.mkdir(parents=True, exist_ok=True)
        connection = open_draft(data_dir, draft)
        try:
            yield connection
            connection.execute("checkpoint")
        finally:
            connection.close()
        make_current(data_dir, draft)
    except DISK_REFUSES as error:
        raise unwritable(data_dir, error) from error
    finally:
        remove_draft(draft)


def open_draft(data_dir: Path, draft: Path) -> duckdb.DuckDBPyConnection:
    """Open the draft for writing: a copy of the current version, or an empty database with our schema."""
    fresh = not has_database(data_dir)
    if not fresh:
        shutil.copyfile(version_path(data_dir, current_version(data_dir)), draft)
    connection = duckdb.connect(str(draft), config={"memory_limit": WRITER_MEMORY})
    connection.execute("set preserve_insertion_order = false")
    if fresh:
        connection.execute(SCHEMA.read_text(encoding="utf-8"))
    return connection


def remove_draft(draft: Path) -> None:
    """Delete what a killed or failed build left behind."""
    for leftover in draft.parent.glob(f"{draft.name}*"):
        if leftover.is_dir():
            shutil.rmtree(leftover, ignore_errors=True)
        else:
            leftover.unlink(missing_ok=True)


def make_current(data_dir: Path, draft: Path) -> None:
    """Give the finished draft its own name, then let `current` name it; each step is on disk before the next."""
    flush(draft)
    version = next_name(data_dir)
    draft.rename(version_path(data_dir, version))
    flush_folder(draft.parent)
    write_text_atomically(data_dir / "current", version + "\n")
    drop_old_versions(data_dir)


def next_name(data_dir: Path) -> str:
    """Return a name later than every version's, also when the clock went back."""
    now = utc_now()
    for path in version_files(data_dir):
        now = max(now, datetime.strptime(path.stem, NAME_FORM) + timedelta(microseconds=1))
    return now.strftime(NAME_FORM)


def version_files(data_dir: Path) -> list[Path]:
    """Return the files of all versions, oldest first."""
    return sorted((data_dir / "versions").glob("2*.duckdb"))


def flush(path: Path) -> None:
    """Force a file's content to disk."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Force a folder's names to disk, where the system can."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_text_atomically(path: Path, text: str) -> None:
    """Replace a small file so that a reader, or a kill, finds either the old text or the new."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with draft.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    flush_folder(path.parent)


def drop_old_versions(data_dir: Path) -> None:
    """Delete all but the newest versions, never the current one.

    A file that another process holds open on Windows waits for the next time.
    """
    served = version_path(data_dir, current_version(data_dir))
    for path in version_files(data_dir)[:-KEPT_VERSIONS]:
        if path == served:
            continue
        try:
            path.unlink()
        except PermissionError:
            continue


def read_state(data_dir: Path, source: str) -> SourceState:
    """Return the state of a source; one that has none, or a damaged or unreadable one, has an empty one."""
    try:
        fields: dict[str, Any] = json.loads((data_dir / "state" / f"{source}.json").read_text(encoding="utf-8"))
        state = SourceState(**fields)
        for moment in (state.last_attempt, state.last_success, state.next_run):
            datetime.fromisoformat(moment or "2026-01-01")
        return state
    except (OSError, ValueError, TypeError):
        return SourceState(source)


def note_state(data_dir: Path, source: str, **changes: Any) -> None:
    """Change some fields of a source's state. Raises PublishFailed when the folder cannot be written."""
    state = replace(read_state(data_dir, source), **changes)
    folder = data_dir / "state"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_text_atomically(folder / f"{source}.json", json.dumps(asdict(state), ensure_ascii=False, indent=1))
    except OSError as error:
        raise unwritable(data_dir, error) from error
