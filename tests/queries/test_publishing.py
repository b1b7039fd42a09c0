"""A version is published whole or not at all, and whoever reads sees one version and never a part of the next."""

import os
import threading
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from queries import database
from queries.database import (
    KEPT_VERSIONS,
    SourceState,
    current_version,
    has_database,
    next_version,
    note_state,
    open_version,
    read_state,
    version_path,
    write_text_atomically,
    writing,
)
from queries.errors import DatabaseRefused, KoillismaaError, NoDatabase, PublishFailed
from queries.read import Reader

ROWS = 500


def publish(folder: Path, mark: int) -> str:
    """Publish a version in which every area is called by one mark."""
    with writing(folder), next_version(folder) as connection:
        connection.execute("delete from area")
        connection.execute(
            "insert into area by name select 'X' || n as area, 'unplaced' as level, "
            "$mark as name_fi, $mark as name_sv, $mark as name_en from range($rows) as numbers(n)",
            {"mark": str(mark), "rows": ROWS},
        )
    return current_version(folder)


def versions(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "versions").iterdir())


def marks(connection: duckdb.DuckDBPyConnection) -> set[str]:
    return {row[0] for row in connection.execute("select name_fi from area").fetchall()}


def test_a_folder_without_a_version_says_what_builds_one(tmp_path: Path) -> None:
    assert not has_database(tmp_path / "absent")
    with pytest.raises(NoDatabase, match="koillismaa ingest"):
        current_version(tmp_path / "absent")


def test_the_newest_three_versions_are_kept_and_current_names_the_newest(tmp_path: Path) -> None:
    published = [publish(tmp_path, mark) for mark in range(5)]
    assert len(set(published)) == 5 and published == sorted(published)
    assert versions(tmp_path) == [f"{name}.duckdb" for name in published[-KEPT_VERSIONS:]]
    assert current_version(tmp_path) == published[-1]


def test_an_error_while_writing_publishes_nothing_and_leaves_nothing(tmp_path: Path) -> None:
    before = publish(tmp_path, 1)
    with pytest.raises(ZeroDivisionError), writing(tmp_path), next_version(tmp_path) as connection:
        connection.execute("delete from area")
        raise ZeroDivisionError
    assert current_version(tmp_path) == before and versions(tmp_path) == [f"{before}.duckdb"]
    with open_version(tmp_path, before) as connection:
        assert marks(connection) == {"1"}


def stop(*_: object) -> None:
    """Be the process that is killed here."""
    raise KeyboardInterrupt


@pytest.mark.parametrize("step", ["flush", "flush_folder", "write_text_atomically", "drop_old_versions"])
def test_a_stop_at_any_step_of_publishing_leaves_a_whole_version_current(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    publish(tmp_path, 1)
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(database, step, stop)
        publish(tmp_path, 2)
    with open_version(tmp_path, current_version(tmp_path)) as connection:
        assert marks(connection) in ({"1"}, {"2"})
    publish(tmp_path, 3)
    with open_version(tmp_path, current_version(tmp_path)) as connection:
        assert marks(connection) == {"3"}
    assert len(versions(tmp_path)) <= KEPT_VERSIONS


def test_what_a_killed_build_left_behind_is_cleared_away(tmp_path: Path) -> None:
    publish(tmp_path, 1)
    for name in ("draft.duckdb", "draft.duckdb.wal"):
        (tmp_path / "versions" / name).write_bytes(b"half written")
    spilled = tmp_path / "versions" / "draft.duckdb.tmp"
    spilled.mkdir()
    (spilled / "block").write_bytes(b"spilled")
    publish(tmp_path, 2)
    assert [name for name in versions(tmp_path) if "draft" in name] == []


def test_only_one_process_writes_and_the_other_is_told(tmp_path: Path) -> None:
    with writing(tmp_path), pytest.raises(PublishFailed, match="another is writing"), writing(tmp_path, 0.01):
        raise AssertionError("two writers")
    with writing(tmp_path, 0.01):
        pass


def test_a_small_file_is_replaced_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "current"
    write_text_atomically(path, "old\n")

    def refuse(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch, pytest.raises(OSError, match="No space"):
        patch.setattr(os, "fsync", refuse)
        write_text_atomically(path, "new\n")
    assert path.read_text() == "old\n" and list(tmp_path.iterdir()) == [path]


def test_a_reader_follows_current_and_a_snapshot_stays_with_its_version(tmp_path: Path) -> None:
    publish(tmp_path, 1)
    reader = Reader(tmp_path)
    old = reader.snapshot()
    publish(tmp_path, 2)
    new = reader.snapshot()
    assert set(new.frame("areas")["name_fi"]) == {"2"} and set(old.frame("areas")["name_fi"]) == {"1"}
    for mark in range(3, 8):
        publish(tmp_path, mark)
    assert set(old.frame("areas")["name_fi"]) == {"1"}
    assert not version_path(tmp_path, old.version).exists()


def test_a_reader_that_finds_a_damaged_version_says_which(tmp_path: Path) -> None:
    name = publish(tmp_path, 1)
    version_path(tmp_path, name).write_bytes(b"nothing like a database")
    with pytest.raises(DatabaseRefused, match=name):
        Reader(tmp_path).snapshot()


def test_readers_beside_a_busy_writer_never_fail_and_never_see_two_versions_at_once(tmp_path: Path) -> None:
    publish(tmp_path, 0)
    done = threading.Event()
    faults: list[str] = []
    seen: set[str] = set()

    def read() -> None:
        reader = Reader(tmp_path)
        while not done.is_set():
            try:
                snapshot = reader.snapshot()
                names = [set(snapshot.frame("areas")["name_fi"]) for _ in range(2)]
            except (KoillismaaError, duckdb.Error) as error:
                faults.append(str(error))
                continue
            if names[0] != names[1] or len(names[0]) != 1:
                faults.append(f"torn: {names}")
            seen.update(*names)

    readers = [threading.Thread(target=read) for _ in range(4)]
    run_all(readers, lambda: [publish(tmp_path, mark) for mark in range(1, 21)], done)
    assert faults == [] and len(seen) > 1


def run_all(threads: list[threading.Thread], work: Callable[[], object], done: threading.Event) -> None:
    """Do some work while threads run, and end them."""
    for thread in threads:
        thread.start()
    try:
        work()
    finally:
        done.set()
        for thread in threads:
            thread.join()


def test_a_state_is_changed_field_by_field_and_a_damaged_one_is_begun_anew(tmp_path: Path) -> None:
    assert read_state(tmp_path, "x") == SourceState("x")
    note_state(tmp_path, "x", step="fetching", done=1, total=4)
    note_state(tmp_path, "x", done=2)
    assert read_state(tmp_path, "x") == SourceState("x", step="fetching", done=2, total=4)
    for content in ("", "{", "[]", '{"surplus": 1}'):
        (tmp_path / "state" / "x.json").write_text(content, encoding="utf-8")
        assert read_state(tmp_path, "x") == SourceState("x")
