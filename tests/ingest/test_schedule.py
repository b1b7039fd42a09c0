"""When a source is due: pure functions over its facts, its state and the time in Helsinki. And the process itself."""

import json
import os
import subprocess
import sys
import time
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from ingest.schedule import HELSINKI, awaits_release, is_due, is_release_day, next_run
from ingest.status import end_of, verdict_of
from queries.catalogue import load_catalogue
from queries.database import SourceState, read_state
from queries.settings import ROOT
from tests.ingest.small import (
    BENEFIT,
    KELA,
    LFS,
    R5,
    SOTKANET,
    STATFIN,
    SUBSIDY,
    VITALITY,
    ask,
    command_apart,
    environment_of,
    fetch_well,
    small_catalogue,
    small_publisher,
)
from tests.publishers import Sotkanet

FACTS = load_catalogue().sources[R5]
EVERY = {*STATFIN, *VITALITY, *KELA, *SOTKANET}


def helsinki(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HELSINKI)


def state(success: str = "", attempt: str = "", newest: str = "2026-09") -> SourceState:
    return SourceState(R5, last_success=success, last_attempt=attempt or success, newest_period=newest)


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2026-11-24", True), ("2026-11-23", False), ("2026-11-17", False), ("2026-12-22", True), ("2026-12-29", False)],
)
def test_releases_come_on_a_tuesday_late_in_the_month(day: str, expected: bool) -> None:
    assert is_release_day(FACTS, date.fromisoformat(day)) is expected


@pytest.mark.parametrize(
    ("now", "newest", "expected"),
    [
        ("2026-11-24T07:59", "2026-09", False),
        ("2026-11-24T08:00", "2026-09", True),
        ("2026-11-24T17:59", "2026-09", True),
        ("2026-11-24T18:00", "2026-09", False),
        ("2026-11-24T08:00", "2026-10", False),
        ("2026-11-25T08:00", "2026-09", False),
    ],
)
def test_a_release_is_awaited_from_eight_until_the_new_month_is_there(now: str, newest: str, expected: bool) -> None:
    assert awaits_release(FACTS, state(newest=newest), helsinki(now)) is expected


@pytest.mark.parametrize(
    ("day", "expected"), [("2026-11-19", False), ("2026-11-20", True), ("2026-12-20", True), ("2026-11-21", False)]
)
def test_where_any_day_may_bring_the_release_the_last_one_is_waited_on(day: str, expected: bool) -> None:
    facts = load_catalogue().sources[BENEFIT]
    assert is_release_day(facts, date.fromisoformat(day)) is expected
    assert awaits_release(facts, state(newest="2026-09"), helsinki(f"{day}T09:00")) is expected


def test_a_series_that_has_come_to_its_end_is_not_waited_for_and_grows_no_older() -> None:
    facts = load_catalogue().sources[SUBSIDY]
    assert not any(is_release_day(facts, date(2026, 11, day)) for day in range(1, 31))
    assert [verdict_of(facts, channel, 700, ended=False) for channel in ("api", "snapshot")] == ["fresh", "stale"]


def test_a_source_never_fetched_is_due_at_once_and_after_a_failure_an_hour_later() -> None:
    now = helsinki("2026-11-25T03:00")
    assert is_due(FACTS, state(), now)
    failed = state(attempt="2026-11-25T00:30:00")
    assert not is_due(FACTS, failed, now)
    assert is_due(FACTS, failed, now + timedelta(minutes=30))


def test_a_source_is_fetched_once_a_day_after_eight() -> None:
    yesterday = state(success="2026-11-24T07:00:00", newest="2026-10")
    assert not is_due(FACTS, yesterday, helsinki("2026-11-25T07:59"))
    assert is_due(FACTS, yesterday, helsinki("2026-11-25T08:00"))
    assert not is_due(FACTS, state(success="2026-11-25T06:01:00", newest="2026-10"), helsinki("2026-11-25T23:00"))


def test_on_a_release_day_it_is_asked_again_and_again() -> None:
    asked = state(success="2026-11-24T06:01:00")
    assert not is_due(FACTS, asked, helsinki("2026-11-24T08:05"))
    assert is_due(FACTS, asked, helsinki("2026-11-24T08:21"))


def test_after_downtime_it_catches_up_at_once() -> None:
    assert is_due(FACTS, state(success="2026-10-01T06:00:00"), helsinki("2026-11-25T03:00"))


def test_eight_in_the_morning_is_eight_in_summer_too() -> None:
    # 08:00 in Helsinki is 05:00 UTC in summer, 06:00 in winter
    fetched = state(success="2026-07-22T05:00:00", newest="2026-06")
    assert not is_due(FACTS, fetched, helsinki("2026-07-22T12:00"))
    assert is_due(FACTS, state(success="2026-07-22T04:59:00", newest="2026-06"), helsinki("2026-07-22T12:00"))
    assert is_due(FACTS, state(success="2026-11-25T05:59:00", newest="2026-10"), helsinki("2026-11-25T12:00"))


@pytest.mark.parametrize(
    ("success", "newest", "now", "expected"),
    [
        ("2026-11-25T06:01:00", "2026-10", "2026-11-25T09:00", "2026-11-26T08:00"),
        ("2026-11-24T06:01:00", "2026-09", "2026-11-24T09:00", "2026-11-24T09:20"),
        ("", "", "2026-11-25T09:00", "2026-11-25T10:00"),
    ],
)
def test_the_next_run_is_told(success: str, newest: str, now: str, expected: str) -> None:
    assert next_run(FACTS, state(success=success, newest=newest), helsinki(now)) == helsinki(expected)


@pytest.mark.parametrize(
    ("period", "last_day"),
    [
        ("2026-02", "2026-02-28"),
        ("2024-02", "2024-02-29"),
        ("2026-12", "2026-12-31"),
        ("2026Q1", "2026-03-31"),
        ("2025", "2025-12-31"),
    ],
)
def test_a_period_ends_on_its_last_day(period: str, last_day: str) -> None:
    assert end_of(period) == date.fromisoformat(last_day)


@pytest.mark.parametrize(
    ("channel", "age", "ended", "verdict"),
    [
        ("api", 62, False, "fresh"),
        ("api", 63, False, "stale"),
        ("import", 10, False, "fresh"),
        ("snapshot", 10, False, "stale"),
        ("", None, False, "empty"),
        ("snapshot", 9999, True, "ended"),
    ],
)
def test_a_source_is_fresh_stale_empty_or_ended(channel: str, age: int | None, ended: bool, verdict: str) -> None:
    assert verdict_of(FACTS, channel, age, ended=ended) == verdict


def test_the_scheduler_fetches_everything_at_its_first_start_and_ends_with_its_parent(tmp_path: Path) -> None:
    with small_publisher("2026M01") as publisher, small_catalogue() as catalogue, Sotkanet() as sotkanet:
        named = environment_of(publisher, tmp_path, KELA_URL=catalogue.url, SOTKANET_URL=sotkanet.url)
        environment = os.environ | named
        command = [sys.executable, str(ROOT / "app.py"), "schedule", "--with-parent"]
        with subprocess.Popen(
            command, env=environment, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as first:
            assert first.stderr is not None
            assert f"{len(EVERY)} of {len(EVERY)} sources had something new" in next(
                line for line in first.stderr if "something" in line
            )
            second = command_apart(environment_of(publisher, tmp_path), "schedule")
            assert second.code == 1
            assert "One scheduler is enough" in second.err
            assert first.stdin is not None
            first.stdin.close()
            assert first.wait(timeout=20) == 0
        assert {row[0] for row in ask(tmp_path, "select distinct source from release")} == EVERY
        assert all(read_state(tmp_path, source).next_run for source in EVERY)


def test_the_status_says_what_is_stale_and_ends_with_one(tmp_path: Path) -> None:
    with small_publisher() as publisher:
        fetch_well(publisher, tmp_path, LFS)
        ended = command_apart(environment_of(publisher, tmp_path), "status", "--json")
    rows = {row["source"]: row for row in json.loads(ended.out)}
    assert ended.code == 1
    assert rows[LFS]["newest_period"] == "2026-08"
    assert rows[LFS]["verdict"] == (
        "fresh" if time.time() < end_of("2026-08").toordinal() * 86400 - 62135596800 + 62 * 86400 else "stale"
    )
    assert rows[R5]["verdict"] == "empty"
