"""Every fault of the issue's list through the real command: one sentence, an exit code, the old version served."""

import functools
import os
import random
import resource
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from app import main
from queries.database import current_version, open_version
from queries.settings import PREFIX, ROOT
from tests.bench.kills import INCOMPLETE
from tests.ingest.small import (
    LFS,
    NEW_MONTH,
    NEW_STAMP,
    R5,
    STATFIN,
    TI,
    U4,
    Command,
    Ended,
    ask,
    command_apart,
    command_here,
    environment_of,
    fetch_well,
    sentence_of,
    served,
    small_publisher,
    value_of,
)
from tests.publishers import Fault, StatFin, faults

DATA: dict[str, Any] = {"path": "12r5", "method": "POST"}
TABLE: dict[str, Any] = {"path": "12r5"}

# fault, what the sentence must name
FAULTS: dict[str, tuple[Callable[[], Fault], str]] = {
    "400": (lambda: faults.Status(400, **TABLE), "HTTP 400"),
    "403": (lambda: faults.Status(403, **TABLE), "HTTP 403"),
    "429": (lambda: faults.Status(429, **TABLE), "HTTP 429"),
    "500": (lambda: faults.Status(500, **TABLE), "HTTP 500"),
    "503": (lambda: faults.Status(503, **TABLE), "HTTP 503"),
    "a page in place of JSON": (lambda: faults.Html(**TABLE), "<!"),
    "an answer cut in the middle": (lambda: faults.Truncated(**DATA), "JSON"),
    "a connection cut in the middle": (lambda: faults.Disconnect(**DATA), "no connection"),
    "a new dimension": (lambda: faults.NewDimension(**TABLE), "other variables"),
    "a lost content": (lambda: faults.LostContent("TYOTOSUUS", **TABLE), "TYOTOSUUS"),
    "a hole in the months": (lambda: faults.Hole("2025M05", **TABLE), "no month is missing"),
    "a changed unit": (lambda: faults.ChangedUnit("TYOTTOMATLOPUSSA", "1 000 henkilöä", **DATA), "1 000 henkilöä"),
    "a unit changed to percent": (lambda: faults.ChangedUnit("UUDETAVP", "%", **DATA), "count"),
    "duplicate rows": (lambda: faults.DuplicateRows(**DATA), "duplicate"),
    "a decompression bomb": (lambda: faults.Bomb(**DATA), "more than"),
    "one value too few": (lambda: faults.WrongSize(**DATA), "values"),
    "text among the numbers": (lambda: faults.NotJsonTypes(**DATA), "abc"),
    "an unknown symbol": (lambda: faults.TextCode(**DATA), "'x'"),
    "a rate of 940": (lambda: faults.ImplausibleRate(940, **DATA), "940"),
}


def release_a_month(publisher: StatFin) -> None:
    for table in publisher.tables.values():
        table.add_month(NEW_MONTH, NEW_STAMP)


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_one_sentence_and_the_old_version_is_still_served(
    publisher: StatFin, tmp_path: Path, run: Command, name: str
) -> None:
    fetch_well(publisher, tmp_path, R5)
    before = served(tmp_path)
    release_a_month(publisher)
    make_fault, named = FAULTS[name]
    publisher.faults.append(make_fault())
    ended = run("ingest", R5)
    assert named in sentence_of(ended.said)
    assert ended.code == 1
    assert served(tmp_path) == before


def test_a_lost_newest_month_is_refused(publisher: StatFin, tmp_path: Path, run: Command) -> None:
    fetch_well(publisher, tmp_path, R5)
    before = served(tmp_path)
    publisher.tables["12r5"].stamp = NEW_STAMP
    publisher.faults.append(faults.LostNewest(**TABLE))
    ended = run("ingest", R5)
    assert "the newest period that we hold is still there" in sentence_of(ended.said)
    assert (ended.code, served(tmp_path)) == (1, before)


def test_the_fault_gone_the_next_run_loads_what_was_missed(publisher: StatFin, tmp_path: Path, run: Command) -> None:
    fetch_well(publisher, tmp_path, R5)
    release_a_month(publisher)
    publisher.faults.append(faults.Status(500, **TABLE))
    assert run("ingest", R5).code == 1
    publisher.faults.clear()
    assert run("ingest", R5).code == 0
    assert value_of(tmp_path, "unemployment_rate", "305", "2026-09")[0] is not None


def test_one_failing_source_leaves_the_others_loaded(publisher: StatFin, tmp_path: Path, run: Command) -> None:
    publisher.faults.append(faults.Status(500, path="12u4"))
    ended = run("ingest", *STATFIN)
    assert ended.code == 1
    assert "12u4" in sentence_of(ended.said)
    assert {row[0] for row in ask(tmp_path, "select distinct source from release")} == {R5, TI, LFS}


def test_an_unreachable_publisher_is_one_sentence(
    publisher: StatFin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fetch_well(publisher, tmp_path, LFS)
    before = served(tmp_path)
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{closed.getsockname()[1]}"
    ended = command_here(monkeypatch, capsys, environment_of(nobody, tmp_path))("ingest", LFS)
    assert "check the network connection" in sentence_of(ended.said)
    assert (ended.code, served(tmp_path)) == (1, before)


@pytest.mark.parametrize(
    ("setting", "text", "named"),
    [
        ("NEIGHBOURS", '["999"]', "999"),
        ("NEIGHBOURS", '["KU305"]', "KU305"),
        ("NEIGHBOURS", '["kuusamo"]', "neighbours"),
        ("PORT", "many", "port"),
        ("SCHEDULE", "sometimes", "schedule"),
        ("PROT", "1", "KOILLISMAA_PROT"),
    ],
)
def test_a_bad_setting_stops_the_start_with_one_sentence(
    run: Command, monkeypatch: pytest.MonkeyPatch, setting: str, text: str, named: str
) -> None:
    monkeypatch.setenv(PREFIX + setting, text)
    ended = run("ingest", LFS)
    assert named in sentence_of(ended.said)
    assert ended.code == 1


@pytest.mark.parametrize("arguments", [("frob",), ("ingest", "--since", "yesterday"), ("import",), ("export",)])
def test_a_wrong_call_is_one_sentence_and_exit_code_two(run: Command, arguments: tuple[str, ...]) -> None:
    ended = run(*arguments)
    sentence_of(ended.said)
    assert ended.code == 2


def test_an_unknown_source_is_named_with_those_that_there_are(run: Command) -> None:
    ended = run("ingest", "nosuch")
    assert "nosuch" in sentence_of(ended.said)
    assert R5 in ended.err
    assert ended.code == 2


# --- what is no fault -------------------------------------------------------------------------------------------------


def test_the_next_release_of_every_table_is_loaded_beside_the_others(
    publisher: StatFin, tmp_path: Path, run: Command
) -> None:
    fetch_well(publisher, tmp_path)
    release_a_month(publisher)
    assert run("ingest", *STATFIN).code == 0
    newest = ask(
        tmp_path, "select source, max(published_at)::date::varchar from release group by source order by source"
    )
    assert newest == [(source, "2026-10-20") for source in (R5, TI, U4, LFS)]
    dimensions = "select dimension, count(distinct period) from latest_observation where indicator = ? group by all"
    assert dict(ask(tmp_path, dimensions, "unemployed_jobseekers")) == {"": 21, "occupation": 21}


def test_a_renamed_variable_is_followed_with_a_log_line(
    publisher: StatFin, tmp_path: Path, run: Command, caplog: pytest.LogCaptureFixture
) -> None:
    fetch_well(publisher, tmp_path, R5)
    release_a_month(publisher)
    publisher.tables["12r5"].rename_variable("Alue", "alue_23_20270101")
    with caplog.at_level("INFO", "koillismaa.ingest"):
        assert run("ingest", R5).code == 0
    assert "alue_23_20270101" in caplog.text
    assert value_of(tmp_path, "unemployment_rate", "305", "2026-09")[0] is not None


def test_years_that_the_publisher_drops_stay_in_the_database(
    publisher: StatFin, tmp_path: Path, run: Command, caplog: pytest.LogCaptureFixture
) -> None:
    fetch_well(publisher, tmp_path, R5)
    old = value_of(tmp_path, "unemployment_rate", "305", "2025-01")
    release_a_month(publisher)
    publisher.tables["12r5"].keep_months(lambda month: month >= "2026M01")
    with caplog.at_level("INFO", "koillismaa.ingest"):
        assert run("ingest", R5).code == 0
    assert "2026-01" in caplog.text
    assert value_of(tmp_path, "unemployment_rate", "305", "2025-01") == old != ()


def test_nothing_new_costs_three_calls_a_source_and_makes_no_version(
    publisher: StatFin, tmp_path: Path, run: Command
) -> None:
    fetch_well(publisher, tmp_path)
    before = current_version(tmp_path)
    for source in (R5, U4, TI, LFS):
        earlier = len(publisher.calls)
        ended = run("ingest", source)
        assert (ended.code, len(publisher.calls) - earlier) == (0, 3)
        assert "nothing new" in ended.out
    assert current_version(tmp_path) == before


def test_a_revised_figure_is_counted_and_both_are_kept(publisher: StatFin, tmp_path: Path, run: Command) -> None:
    fetch_well(publisher, tmp_path, R5)
    table = publisher.tables["12r5"]
    table.stamp = NEW_STAMP
    table.revise({"Alue": "KU305", "timeperiod_m": "2026M08", "contentscode": "UUDETAVP"}, 777)
    assert run("ingest", R5).code == 0
    rows = ask(
        tmp_path,
        "select value from observation where indicator = 'new_vacancies' and area = '305' and period = '2026-08' "
        "order by known_from",
    )
    assert (len(rows), rows[-1]) == (2, (777.0,))


# --- two writers, kills, disks, rights --------------------------------------------------------------------------------


def test_a_second_ingest_waits_for_the_first(publisher: StatFin, tmp_path: Path) -> None:
    publisher.faults.append(faults.Slow(0.3))
    environment = os.environ | environment_of(publisher, tmp_path)
    command = [sys.executable, str(ROOT / "app.py"), "ingest", LFS]
    both = [subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    printed = [process.communicate(timeout=60)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert sorted("nothing new" in text for text in printed) == [False, True]
    assert ask(tmp_path, "select count(*) from release") == [(1,)]


def test_twenty_kills_never_leave_a_version_that_is_not_complete(publisher: StatFin, tmp_path: Path) -> None:
    publisher.tables["12r5"].keep_months(lambda month: month >= "2026M01")
    environment = os.environ | environment_of(publisher, tmp_path)
    command = [sys.executable, str(ROOT / "app.py"), "ingest", R5]
    started = time.monotonic()
    subprocess.run(command, env=environment, check=True, capture_output=True)
    whole_run = time.monotonic() - started
    moments = random.Random(305)
    killed = 0
    for turn in range(20):
        table = publisher.tables["12r5"]
        table.stamp = f"2026-10-20T05:{turn:02}:00Z"
        table.revise({"Alue": "KU305", "timeperiod_m": "2026M08", "contentscode": "UUDETAVP"}, 100 + turn)
        with subprocess.Popen(
            command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process:
            time.sleep(moments.uniform(0.3, 1.0) * whole_run)
            killed += process.poll() is None
            process.send_signal(signal.SIGKILL)
        assert ask(tmp_path, INCOMPLETE) == [(0,)]
    assert killed >= 5
    subprocess.run(command, env=environment, check=True, capture_output=True)
    assert value_of(tmp_path, "new_vacancies", "305", "2026-08")[0] == 119.0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of six megabytes, or (where nothing may be mounted) no disk and a limit on files, set by the test."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(disk)], capture_output=True)
    yield disk
    if mounted.returncode == 0:
        subprocess.run(["umount", "-l", str(disk)], check=True)


def limit_files(largest: int = 1_000_000) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)


def test_a_full_disk_is_one_sentence_and_the_old_version_is_still_served(publisher: StatFin, small_disk: Path) -> None:
    publisher.tables["12r5"].keep_months(lambda month: month >= "2026M05")
    fetch_well(publisher, small_disk, R5)
    before = served(small_disk)
    release_a_month(publisher)
    if small_disk.is_mount():
        with (small_disk / "ballast").open("wb") as ballast:
            ballast.write(bytes(shutil.disk_usage(small_disk).free - 200_000))
    command = [sys.executable, str(ROOT / "app.py"), "ingest", R5]
    done = subprocess.run(
        command,
        env=os.environ | environment_of(publisher, small_disk),
        capture_output=True,
        text=True,
        preexec_fn=None if small_disk.is_mount() else limit_files,
    )
    said = [line.strip() for line in done.stderr.splitlines() if line.strip() and " fetching" not in line]
    assert "free disk space" in sentence_of(said)
    assert done.returncode == 1
    assert served(small_disk) == before


@pytest.mark.parametrize("free", [0, 1_000_000, 3_000_000])
def test_a_disk_that_fills_up_at_any_step_is_one_sentence(publisher: StatFin, small_disk: Path, free: int) -> None:
    publisher.tables["12r5"].keep_months(lambda month: month >= "2026M05")
    fetch_well(publisher, small_disk, R5)
    before = served(small_disk)
    release_a_month(publisher)
    for _ in range(2):
        ended = on_a_full_disk(small_disk, environment_of(publisher, small_disk), free, "ingest", R5)
        assert "could not be written" in sentence_of(ended.said)
        assert (ended.code, served(small_disk)) == (1, before)
    assert [path.stem for path in (small_disk / "versions").iterdir()] == [before[0]]


@pytest.mark.parametrize("free", [100_000, 1_000_000, 3_000_000])
def test_a_first_start_on_a_full_disk_is_one_sentence(publisher: StatFin, small_disk: Path, free: int) -> None:
    ended = on_a_full_disk(small_disk, environment_of(publisher, small_disk, demo=False), free, "ingest", LFS)
    assert "could not be written" in sentence_of(ended.said)
    assert ended.code == 1
    assert not (small_disk / "current").exists()


@pytest.mark.parametrize("form", ["csv", "parquet", "xlsx"])
def test_an_export_to_a_full_disk_is_one_sentence(
    publisher: StatFin, tmp_path: Path, small_disk: Path, form: str
) -> None:
    fetch_well(publisher, tmp_path / "data", R5)
    environment = environment_of(publisher, tmp_path / "data")
    ended = on_a_full_disk(small_disk, environment, 20_000, "export", str(small_disk / "out"), "--format", form)
    assert "could not be written" in sentence_of(ended.said)
    assert ended.code == 1


def on_a_full_disk(disk: Path, environment: dict[str, str], free: int, *arguments: str) -> Ended:
    """Run a command while the disk has `free` bytes left, or may have no larger file where nothing can be mounted."""
    ballast = disk / "ballast"
    if disk.is_mount():
        ballast.unlink(missing_ok=True)
        ballast.write_bytes(bytes(max(0, shutil.disk_usage(disk).free - free)))
    done = subprocess.run(
        [sys.executable, str(ROOT / "app.py"), *arguments],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        preexec_fn=None if disk.is_mount() else functools.partial(limit_files, min(free, 1_000_000)),
    )
    return Ended(done.returncode, done.stdout, done.stderr)


def test_a_folder_that_may_not_be_read_is_one_sentence(publisher: StatFin, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    fetch_well(publisher, folder, LFS)
    before = served(folder)
    folder.chmod(0o000)
    endings = [as_another_user(call, environment_of(publisher, folder)) for call in (["ingest", LFS], ["status"])]
    folder.chmod(0o755)
    for code, said in endings:
        assert "right to read" in sentence_of(said)
        assert code == 1
    assert served(folder) == before


def test_a_scheduler_that_may_not_write_is_one_sentence(publisher: StatFin, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    open_to_others(tmp_path)
    folder.chmod(0o555)
    import_module("ingest.schedule")  # before the child gives up the right to read it
    code, said = as_another_user(["schedule"], environment_of(publisher, folder))
    assert "right to write there" in sentence_of(said)
    assert code == 1


def open_to_others(folder: Path) -> None:
    """Let other users come as far as a test's own folder."""
    for path in (folder, *folder.parents):
        if path.owner() == "root" and path != Path("/") and path.is_relative_to(folder.parents[2]):
            path.chmod(0o755)


def test_a_folder_that_may_not_be_written_is_one_sentence(publisher: StatFin, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    fetch_well(publisher, folder, LFS)
    before = served(folder)
    open_to_others(tmp_path)
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    code, said = as_another_user(["ingest", LFS], environment_of(publisher, folder))
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    assert "right to write there" in sentence_of(said)
    assert (code, served(folder)) == (1, before)


def as_another_user(arguments: list[str], environment: dict[str, str]) -> tuple[int, list[str]]:
    """Run the command in a forked child that gives up root's rights, for root may write anywhere.

    A fork, because the interpreter itself may lie where another user may not read.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.dup2(writing, 2)
        os.close(reading)
        if os.getuid() == 0:
            os.setgid(65534)
            os.setuid(65534)
        os.environ.update(environment)
        sys.argv = ["koillismaa", *arguments]
        sys.stderr = os.fdopen(2, "w", buffering=1)
        code = 99
        try:
            main()
        except SystemExit as ended:
            code = int(ended.code or 0)
        finally:
            os._exit(code)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        said = [line.strip() for line in pipe if line.strip()]
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), said


def test_made_up_figures_never_enter_a_real_folder_and_real_ones_never_a_made_up_one(tmp_path: Path) -> None:
    with small_publisher() as made_up, small_publisher(made_up=False) as real:
        for publisher, demo in ((made_up, False), (real, True)):
            folder = tmp_path / str(demo)
            ended = command_apart(environment_of(publisher, folder, demo=demo), "ingest", LFS)
            assert "may not enter" in sentence_of(ended.said)
            assert ended.code == 1
        assert ask(tmp_path / "False", "select count(*) from release where channel = 'api'") == [(0,)]
        assert not (tmp_path / "True" / "current").exists()


def test_a_folder_of_made_up_data_is_not_served_as_real(publisher: StatFin, tmp_path: Path) -> None:
    fetch_well(publisher, tmp_path, LFS)
    ended = command_apart(environment_of(publisher, tmp_path, demo=False), "web")
    assert "made-up" in sentence_of(ended.said)
    assert ended.code == 1


def test_a_damaged_version_is_one_sentence(publisher: StatFin, tmp_path: Path, run: Command) -> None:
    fetch_well(publisher, tmp_path, LFS)
    version = tmp_path / "versions" / f"{current_version(tmp_path)}.duckdb"
    version.write_bytes(b"not a database")
    assert "could not be opened" in sentence_of(run("status").said)


def test_the_wall_between_readers_and_writers_is_the_file(publisher: StatFin, tmp_path: Path) -> None:
    fetch_well(publisher, tmp_path, LFS)
    with open_version(tmp_path, current_version(tmp_path)) as reader:
        release_a_month(publisher)
        fetch_well(publisher, tmp_path, LFS)
        assert reader.execute("select max(period) from observation").fetchone() == ("2026-08",)
