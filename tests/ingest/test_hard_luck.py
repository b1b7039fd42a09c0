"""What a review found: clocks that go back, damaged files, names with ä and ö, runs that were killed."""

import json
import subprocess
import sys
import threading
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest

import app
from app import kept_running, make_ready
from ingest.http import Client, retry_after
from ingest.schedule import HELSINKI, forget_killed_runs, is_due
from ingest.snapshot import shipped
from ingest.source import pick_sources
from queries import database
from queries.catalogue import load_catalogue
from queries.database import current_version, next_version, note_state, read_state, version_path, writing
from queries.settings import load_settings
from tests.ingest.small import LFS, R5, TI, Command, ask, fetch_well
from tests.publishers import StatFin, faults


def test_a_clock_that_goes_back_never_costs_the_version_that_is_served(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = datetime(2026, 11, 25)
    for turn in range(4):
        moment = now + timedelta(minutes=turn) if turn < 3 else now - timedelta(days=1)
        monkeypatch.setattr(database, "utc_now", lambda moment=moment: moment)
        with writing(tmp_path), next_version(tmp_path) as connection:
            connection.execute("delete from edition")
        assert version_path(tmp_path, current_version(tmp_path)).is_file()
    assert current_version(tmp_path) == max(path.stem for path in (tmp_path / "versions").iterdir())


def test_an_older_version_that_is_served_is_never_deleted(tmp_path: Path) -> None:
    names = []
    for _ in range(3):
        with writing(tmp_path), next_version(tmp_path):
            pass
        names.append(current_version(tmp_path))
    (tmp_path / "current").write_text(names[0])
    (tmp_path / "versions" / "29990101T000000000000.duckdb").write_bytes(b"")
    database.drop_old_versions(tmp_path)
    assert version_path(tmp_path, names[0]).is_file()


def test_a_contact_with_finnish_letters_is_sent() -> None:
    asked: list[bytes] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(dict(request.headers.raw)[b"User-Agent"])
        return httpx.Response(200, stream=httpx.ByteStream(b"{}"))

    with Client("työ@kuusamo.example", transport=httpx.MockTransport(answer)) as client:
        client.get("http://127.0.0.1/")
    assert "työ@kuusamo.example" in asked[0].decode()


@pytest.mark.parametrize("text", ["\u00b2", "soon", "", "-1"])
def test_a_strange_retry_after_is_no_wait_that_was_asked_for(text: str) -> None:
    response = httpx.Response(429, headers=[(b"Retry-After", text.encode("latin-1"))])
    assert retry_after(response) is None


def test_a_database_damaged_inside_is_one_sentence(publisher: StatFin, tmp_path: Path, run: Command) -> None:
    fetch_well(publisher, tmp_path, R5, LFS)
    path = version_path(tmp_path, current_version(tmp_path))
    content = bytearray(path.read_bytes())
    content[20_000:] = bytes(byte ^ 0x5A for byte in content[20_000:])
    path.write_bytes(content)
    for arguments in (("status",), ("ingest", LFS)):
        ended = run(*arguments)
        assert ended.code == 1
        assert "Traceback" not in ended.err
        assert any("could not be opened" in line for line in ended.said)


@pytest.mark.parametrize("text", ['{"source": "x", "last_success": "yesterday"}', '{"source": "x", "last_attempt": 5}'])
def test_a_state_with_a_time_that_is_none_is_an_empty_state(tmp_path: Path, text: str) -> None:
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / f"{LFS}.json").write_text(text)
    assert read_state(tmp_path, LFS).last_success == ""


def test_a_killed_run_is_due_again_at_the_next_start(tmp_path: Path) -> None:
    settings, facts = load_settings(data_dir=tmp_path), load_catalogue().sources[LFS]
    now = datetime(2026, 11, 25, 3, 0, tzinfo=HELSINKI)
    note_state(tmp_path, LFS, step="fetching", done=3, total=18, last_attempt="2026-11-25T00:59:00")
    assert not is_due(facts, read_state(tmp_path, LFS), now)
    with writing(tmp_path):
        forget_killed_runs(pick_sources((LFS,)), settings)
    assert read_state(tmp_path, LFS).step == "fetching"
    forget_killed_runs(pick_sources((LFS,)), settings)
    assert is_due(facts, read_state(tmp_path, LFS), now)
    assert read_state(tmp_path, LFS).step == ""


def test_a_scheduler_that_keeps_ending_leaves_no_open_files(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []
    enough = threading.Event()

    class Counted(subprocess.Popen[bytes]):
        def __init__(self, *args: object, **more: object) -> None:
            super().__init__(*args, **more)  # type: ignore[call-overload]
            started.append(self)
            if len(started) > 5:
                enough.set()

    monkeypatch.setattr(app, "CHILD_RESTART_SECONDS", 0.0)
    monkeypatch.setattr(subprocess, "Popen", Counted)
    with kept_running([sys.executable, "-c", ""]):
        assert enough.wait(30)
        ended = started[:5]
    assert all(child.stdin is not None and child.stdin.closed for child in ended)


def test_an_upgrade_starts_while_an_ingest_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load_settings(data_dir=tmp_path)
    every = shipped.read_manifest()
    monkeypatch.setattr(shipped, "read_manifest", lambda: every[-1:])
    make_ready(settings)
    monkeypatch.setattr(shipped, "read_manifest", lambda: every)
    before = current_version(tmp_path)
    with writing(tmp_path):
        make_ready(settings)
    assert current_version(tmp_path) == before
    make_ready(settings)
    assert current_version(tmp_path) != before


def test_a_release_refused_again_and_again_is_kept_once(publisher: StatFin, tmp_path: Path, run: Command) -> None:
    publisher.faults.append(faults.ImplausibleRate(940, path="12r5", method="POST"))
    for _ in range(3):
        assert run("ingest", R5).code == 1
    assert len(list((tmp_path / "raw" / R5).iterdir())) == 1


def test_areas_that_are_added_are_fetched_at_once_and_removed_ones_stop_nothing(
    publisher: StatFin, tmp_path: Path, run: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def areas_held() -> int:
        return len(ask(tmp_path, "select distinct area from latest_observation where dimension = 'occupation'"))

    every = [area.model_dump() for area in load_settings().municipalities]
    monkeypatch.setenv("KOILLISMAA_MUNICIPALITIES", json.dumps(every[:1]))
    assert run("ingest", TI).code == 0
    few = areas_held()
    monkeypatch.delenv("KOILLISMAA_MUNICIPALITIES")
    assert "nothing new" not in run("ingest", TI).out
    assert areas_held() == few + len(every) - 1
    assert "nothing new" in run("ingest", TI).out
    monkeypatch.setenv("KOILLISMAA_MUNICIPALITIES", json.dumps(every[:1]))
    publisher.tables["12ti"].add_month("2026M09", "2026-10-20T05:00:00Z")
    assert run("ingest", TI).code == 0
