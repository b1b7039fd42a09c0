"""What was known when: releases loaded in any order give the same history as in the order of their stamps."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from ingest.checks import check_frame, check_release
from ingest.errors import CheckFailed
from ingest.load import Loaded, Release, learn_areas, load_areas, load_release, stage, stage_frame
from ingest.pxweb import Known
from ingest.source import FRAME_COLUMNS
from queries.catalogue import load_catalogue
from queries.database import SCHEMA
from tests.ingest.small import R5

START = datetime(2026, 1, 1)
Cell = tuple[str, str]
Content = dict[Cell, float | None]


@contextmanager
def empty_database() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute(SCHEMA.read_text(encoding="utf-8"))
        yield connection


def frame_of(content: Content, indicator: str = "open_vacancies") -> pd.DataFrame:
    rows = [
        (indicator, area, period, "", "", value, "" if value is not None else "suppressed", "published")
        for (area, period), value in content.items()
    ]
    return pd.DataFrame(rows, columns=list(FRAME_COLUMNS)).astype({"value": "float64"})


def load(connection: duckdb.DuckDBPyConnection, day: int, content: Content) -> Loaded:
    stage(connection)
    stage_frame(connection, frame_of(content))
    moment = START + timedelta(days=day)
    return load_release(connection, Release(R5, moment, moment, f"hash {day}", "api", "", "CC BY 4.0", ""))


def known_at(connection: duckdb.DuckDBPyConnection, day: int) -> Content:
    rows = connection.execute(
        "select area, period, value from observation where known_from <= $moment and known_to > $moment",
        {"moment": START + timedelta(days=day)},
    ).fetchall()
    assert len(rows) == len({row[:2] for row in rows})
    return {(area, period): value for area, period, value in rows}


def model(releases: Sequence[tuple[int, Content]], day: int) -> Content:
    """The slow, plain answer: every release up to the day, in the order of their stamps, the later ones winning."""
    known: Content = {}
    for stamp, content in sorted(releases, key=lambda release: release[0]):
        if stamp <= day:
            known |= content
    return known


CELLS = st.tuples(st.sampled_from(["305", "614", "SSS"]), st.sampled_from(["2026-01", "2026-02"]))
CONTENTS = st.dictionaries(CELLS, st.sampled_from([None, 0.0, 5.0, 6.0]), min_size=1, max_size=6)
RELEASES = st.lists(CONTENTS, min_size=1, max_size=6).flatmap(
    lambda contents: st.permutations(list(enumerate(contents))).map(lambda order: list(order))
)


@hypothesis_settings(max_examples=120)
@given(RELEASES)
def test_any_order_of_loading_gives_what_was_known_on_every_day(releases: list[tuple[int, Content]]) -> None:
    with empty_database() as connection:
        for day, content in releases:
            load(connection, day, content)
        for day in range(len(releases)):
            assert known_at(connection, day) == model(releases, day)


def test_only_changed_cells_get_a_row() -> None:
    with empty_database() as connection:
        assert load(connection, 0, {("305", "2026-01"): 5, ("614", "2026-01"): None}) == Loaded(2, 2, 0)
        assert load(connection, 1, {("305", "2026-01"): 5, ("614", "2026-01"): None}) == Loaded(2, 0, 0)
        assert load(connection, 2, {("305", "2026-01"): 6, ("614", "2026-01"): None}) == Loaded(2, 0, 1)
        assert load(connection, 3, {("305", "2026-02"): 7}) == Loaded(1, 1, 0)
        assert connection.execute("select count(*) from observation").fetchone() == (4,)


def test_an_older_file_takes_its_place_and_does_not_undo_what_a_newer_release_confirmed() -> None:
    with empty_database() as connection:
        for day, value in ((0, 5.0), (4, 5.0), (2, 6.0)):
            load(connection, day, {("305", "2026-01"): value})
        assert [known_at(connection, day)["305", "2026-01"] for day in (1, 3, 4, 9)] == [5, 6, 5, 5]


def test_what_the_source_no_longer_returns_stays() -> None:
    with empty_database() as connection:
        load(connection, 0, {("305", "2006-01"): 5, ("305", "2026-01"): 6})
        load(connection, 1, {("305", "2026-01"): 6})
        assert known_at(connection, 1) == {("305", "2006-01"): 5, ("305", "2026-01"): 6}


def test_of_two_releases_with_one_stamp_the_later_load_is_what_is_known() -> None:
    with empty_database() as connection:
        load(connection, 0, {("305", "2026-01"): 5})
        load(connection, 0, {("305", "2026-01"): 6})
        assert known_at(connection, 0) == {("305", "2026-01"): 6}


def test_an_area_that_the_classification_does_not_know_is_learnt_with_its_level() -> None:
    with empty_database() as connection:
        load_areas(connection)
        stage(connection)
        stage_frame(connection, frame_of({(code, "2026-01"): 5 for code in ("998", "EVK99", "KUXYZ", "305")}))
        names = (("998", "Uusikunta"), ("EVK99", "EVK99 Uusimaa"), ("KUXYZ", "Jokin"), ("305", "toinen nimi"))
        learn_areas(connection, names)
        learnt = connection.execute(
            "select area, level, name_fi from area where area in ('998', 'EVK99', 'KUXYZ', '305') order by area"
        ).fetchall()
    assert learnt == [
        ("305", "municipality", "Kuusamo"),
        ("998", "municipality", "Uusikunta"),
        ("EVK99", "vitality_centre", "Uusimaa"),
        ("KUXYZ", "unplaced", "Jokin"),
    ]


# --- checks -----------------------------------------------------------------------------------------------------------

MONTHS = ("2026-01", "2026-02", "2026-03")
REGIONS = [f"MK{number:02}" for number in range(1, 20)]
WHOLE: Content = {(area, month): 1900.0 if area == "SSS" else 100.0 for area in ("SSS", *REGIONS) for month in MONTHS}


def check(
    content: Content, before: Content | None = None, indicator: str = "unemployed_jobseekers", **known: Any
) -> None:
    with empty_database() as connection:
        load_areas(connection)
        if before:
            stage(connection)
            stage_frame(connection, frame_of(before, indicator))
            load_release(connection, Release(R5, START, START, "before", "api", "", "", ""))
        stage(connection)
        stage_frame(connection, frame_of(content, indicator))
        check_release(connection, load_catalogue(), R5, fetched=True, known=Known(**known))


def test_figures_in_order_pass() -> None:
    check(WHOLE, before=WHOLE, stamp="2026-01-01T00:00:00", newest_period="2026-03")


def without(month: str) -> Content:
    return {cell: value for cell, value in WHOLE.items() if cell[1] != month}


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (without("2026-02"), "no month is missing"),
        (without("2026-03"), "the newest period that we hold is still there"),
        ({cell: 10 * (value or 0) for cell, value in WHOLE.items()}, "keeps its size"),
        (WHOLE | {("MK01", "2026-03"): 1000.0}, "add up"),
        (WHOLE | {("SSS", "2026-02"): -1.0}, "range"),
        ({cell: value for cell, value in WHOLE.items() if cell[0] in ("SSS", "MK01", "MK02")}, "as many rows"),
        ({cell: value if cell[1] == "2026-03" else None for cell, value in WHOLE.items()}, "as many values"),
        (WHOLE | {cell: None for cell in WHOLE if cell[1] == "2026-03"}, "about as full"),
        (WHOLE | {("MK01", "2026-02"): 100.5}, "whole numbers"),
    ],
)
def test_each_rule_refuses_what_breaks_it(content: Content, rule: str) -> None:
    with pytest.raises(CheckFailed, match=rule):
        check(content, before=WHOLE, stamp="2026-01-01T00:00:00", newest_period="2026-03")


def test_a_register_row_that_is_no_place_may_have_any_rate() -> None:
    check({("199", "2026-01"): 250.0}, indicator="unemployment_rate")
    with pytest.raises(CheckFailed, match="range"):
        check({("305", "2026-01"): 250.0}, indicator="unemployment_rate")


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("status", "secret", "isin"),
        ("origin", "guessed", "isin"),
        ("status", "suppressed", "a value stands"),
        ("period", "2026-13", "periods are"),
    ],
)
def test_a_frame_with_a_strange_cell_is_refused(column: str, value: str, words: str) -> None:
    frame = frame_of({("305", "2026-01"): 5.0})
    frame[column] = value
    with pytest.raises(CheckFailed, match=words):
        check_frame(frame, "a frame")


def test_a_column_too_many_is_refused() -> None:
    with pytest.raises(CheckFailed):
        check_frame(frame_of({("305", "2026-01"): 5.0}).assign(more=1), "a frame")


def test_a_cell_stated_twice_is_refused(tmp_path: Path) -> None:
    with empty_database() as connection:
        load_areas(connection)
        stage(connection)
        for _ in range(2):
            stage_frame(connection, frame_of({("305", "2026-01"): 5.0}))
        with pytest.raises(CheckFailed, match="one row per indicator"):
            check_release(connection, load_catalogue(), R5, fetched=False, known=Known())
