"""Named queries take exactly their parameters and answer as of a day."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from queries.errors import QueryRefused
from queries.read import NEWEST_KNOWLEDGE, Reader, Snapshot, end_of_day, load_query
from tests.ingest.small import R5, fetch_well, small_publisher

SERIES: dict[str, Any] = {
    "indicator": "new_vacancies",
    "areas": ["305", "614"],
    "since": "2026-07",
    "until": "2026-08",
    "as_of": NEWEST_KNOWLEDGE,
}


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    folder: Path = tmp_path_factory.mktemp("data")
    with small_publisher("2026M06") as publisher:
        fetch_well(publisher, folder, R5)
        table = publisher.tables["12r5"]
        table.stamp = "2026-10-20T05:00:00Z"
        table.revise({"Alue": "KU305", "timeperiod_m": "2026M08", "contentscode": "UUDETAVP"}, 777)
        fetch_well(publisher, folder, R5)
    return Reader(folder).snapshot()


def test_a_query_that_does_not_exist_is_refused_with_those_that_do() -> None:
    with pytest.raises(QueryRefused, match=r"nosuch.*series"):
        load_query("nosuch")


@pytest.mark.parametrize("name", ["../schema", "series.sql", ""])
def test_a_name_is_not_a_path(name: str) -> None:
    with pytest.raises(QueryRefused):
        load_query(name)


def test_a_parameter_too_few_or_too_many_is_refused(snapshot: Snapshot) -> None:
    with pytest.raises(QueryRefused, match="as_of"):
        snapshot.frame("series", **{name: value for name, value in SERIES.items() if name != "as_of"})
    with pytest.raises(QueryRefused, match="surplus"):
        snapshot.frame("series", **SERIES, surplus=1)


def test_a_series_keeps_to_its_areas_and_months_and_is_in_order(snapshot: Snapshot) -> None:
    frame = snapshot.frame("series", **SERIES)
    keys = list(zip(frame["area"], frame["period"], strict=True))
    assert keys == [("305", "2026-07"), ("305", "2026-08"), ("614", "2026-07"), ("614", "2026-08")]


@pytest.mark.parametrize("hostile", ["305' or '1'='1", "305; drop table area", "%", "305\x00"])
def test_a_parameter_is_bound_and_never_becomes_sql(snapshot: Snapshot, hostile: str) -> None:
    assert len(snapshot.frame("series", **SERIES | {"areas": [hostile]})) == 0
    assert len(snapshot.frame("areas")) > 300


def test_a_snapshot_can_only_be_read(snapshot: Snapshot) -> None:
    with pytest.raises(Exception, match="read-only"):
        snapshot.cursor.execute("delete from area")


@pytest.mark.parametrize(
    ("day", "rows", "revised"), [("2026-09-21", 0, False), ("2026-09-22", 4, False), ("2026-10-20", 4, True)]
)
def test_a_day_shows_what_was_known_at_its_end(snapshot: Snapshot, day: str, rows: int, revised: bool) -> None:
    frame = snapshot.frame("series", **SERIES | {"as_of": end_of_day(date.fromisoformat(day))})
    assert len(frame) == rows and (777 in list(frame["value"])) == revised


def test_a_finnish_day_ends_at_midnight_in_helsinki() -> None:
    assert end_of_day(date(2026, 7, 21)) == datetime(2026, 7, 21, 20, 59, 59, 999999)
    assert end_of_day(date(2026, 1, 21)) == datetime(2026, 1, 21, 21, 59, 59, 999999)
    assert end_of_day(date(2026, 3, 29)) == datetime(2026, 3, 29, 20, 59, 59, 999999)
    assert end_of_day(date(2026, 10, 25)) == datetime(2026, 10, 25, 21, 59, 59, 999999)


def test_every_query_runs_on_the_schema(snapshot: Snapshot) -> None:
    values: dict[str, Any] = SERIES | {
        "compared": ["new_vacancies"],
        "dimension": "",
        "area": "305",
        "subjects": ["new_vacancies"],
        "indicators": ["new_vacancies"],
        "dimensions": ["age"],
        "period": "2026-08",
        "periods": ["2026-08"],
        "level": "municipality",
        "units": ["vacancies"],
        "stamp": "%Y-%m-%d",
        "most": 10,
        "leading": "new_vacancies",
    }
    from queries.read import SQL_FOLDER

    for path in SQL_FOLDER.glob("*.sql"):
        names = load_query(path.stem)[1]
        assert names <= values.keys(), path.name
        snapshot.frame(path.stem, **{name: values[name] for name in names})
