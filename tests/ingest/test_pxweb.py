"""Roles are found in any metadata, and a plan asks for every cell exactly once, never for more than the limit."""

import json
import logging
from collections import Counter
from datetime import datetime
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import LayoutChanged, NothingNew
from ingest.http import Answer, Client
from ingest.jsonstat import read_stamp
from ingest.pxweb import (
    Known,
    canonical_period,
    cell_limit,
    cells_of,
    clean_label,
    fetch,
    halves,
    make_plan,
    read_metadata,
    split,
)
from ingest.pxweb_table import Content, Roles, Table, Variable, find_roles, matches
from ingest.sources.employment_service import BY_AREA, BY_OCCUPATION, SERVICES
from ingest.sources.labour_force_survey import KEY_FIGURES
from tests.ingest.small import FREELY, LIMITS, small_publisher
from tests.publishers import Config, StatFin, faults

MONTHS = tuple(f"{year}M{month:02}" for year in range(2009, 2011) for month in range(1, 13))
TWO = Table("tyonv/12r5", {"TYOTOSUUS": Content("unemployment_rate"), "UUDETAVP": Content("new_vacancies", True)})


def variable(code: str, *values: str, elimination: bool = False, time: bool = False) -> Variable:
    """Make a variable whose labels are its codes."""
    return Variable(code, values, values, elimination, time)


def answer_of(document: Any) -> Answer:
    """Make an answer of a document."""
    content = document if isinstance(document, bytes) else json.dumps(document).encode()
    return Answer("somewhere/fi/StatFin/tyonv/12r5.px", "", datetime(2026, 11, 24), content, True)


def roles_of(publisher: StatFin, table: Table) -> Roles:
    """Find the roles in what a publisher says of a table."""
    with Client("test", LIMITS) as client:
        return find_roles(read_metadata(client.get(f"{publisher.url}/fi/StatFin/{table.path}.px")), table)


def stamp_of(answer: Answer) -> str:
    """Read the stamp as a source does."""
    return read_stamp(answer.content, answer.address)


def plan_of(publisher: StatFin, table: Table, known: Known, since: str | None = None) -> list[dict[str, Any]]:
    """Plan a fetch of all areas and return its queries."""
    with Client("test", LIMITS) as client:
        return list(make_plan(client, publisher.url, table, known, lambda code: True, since, stamp_of).queries)


@pytest.mark.parametrize("table", [BY_AREA, SERVICES, BY_OCCUPATION, KEY_FIGURES], ids=lambda table: str(table.name))
def test_the_roles_of_every_table_are_found_whatever_its_variables_are_called(table: Table) -> None:
    with small_publisher() as publisher:
        before = roles_of(publisher, table)
        published = publisher.tables[table.name]
        for place, each in enumerate(list(published.variables)):
            published.rename_variable(each.code, f"renamed_{place}")
        after = roles_of(publisher, table)
    assert before.time.code == "timeperiod_m" and after.time.code.startswith("renamed_")
    assert (before.time.values, before.contents) == (after.time.values, after.contents)
    assert (before.area is None) == (after.area is None) == (not table.has_areas)
    assert len(before.breakdowns) == len(after.breakdowns) == len(table.dimensions)


def test_a_content_is_found_with_and_without_the_prefix_of_its_statistic() -> None:
    assert matches("tyti-Tyottomyysaste", "Tyottomyysaste") and matches("vaesto", "vaerak-vaesto")
    assert not matches("TYOTTOMAT20", "TYOTTOMAT25") and not matches("TYOTTOMAT2", "TYOTTOMAT25")
    contents = variable("sisalto", "tyonv-TYOTOSUUS", "UUDETAVP", "MUU")
    roles = find_roles([variable("a", "SSS", "KU305"), variable("t", "2026M08", time=True), contents], TWO)
    assert roles.contents == ("tyonv-TYOTOSUUS", "UUDETAVP")


def test_an_optional_content_may_be_absent_and_a_needed_one_may_not() -> None:
    area, month = variable("a", "KU305"), variable("t", "2026M08", time=True)
    assert find_roles([area, month, variable("c", "TYOTOSUUS")], TWO).contents == ("TYOTOSUUS",)
    with pytest.raises(LayoutChanged, match="the content TYOTOSUUS"):
        find_roles([area, month, variable("c", "UUDETAVP")], TWO)


@pytest.mark.parametrize(
    "surplus",
    [variable("x", "1", "2"), variable("x", "MK01"), variable("x", "2026M01", time=True), variable("x", "UUDETAVP")],
    ids=["another variable", "a second area", "a second time", "second contents"],
)
def test_a_role_that_is_doubled_or_a_variable_too_many_is_a_changed_layout(surplus: Variable) -> None:
    usual = [variable("a", "KU305"), variable("t", "2026M08", time=True), variable("c", "TYOTOSUUS")]
    assert find_roles(usual, TWO).time.code == "t"
    with pytest.raises(LayoutChanged, match="1 time, 1 contents, 1 area and 0 other"):
        find_roles([*usual, surplus], TWO)


def test_a_further_variable_is_asked_for_by_its_total_or_left_out() -> None:
    usual = [
        variable("a", "KU305"),
        variable("t", "2026M08", time=True),
        variable("c", "AKTASTE", "PALVELUISSAYHTEENSA"),
    ]
    sex = variable("s", "SSS", "1", "2", elimination=True)
    roles = find_roles([*usual, sex, variable("i", "15-19", "20-24", elimination=True)], SERVICES)
    assert roles.totals == {"s": "SSS"}
    with pytest.raises(LayoutChanged, match="a total"):
        find_roles([*usual, sex, variable("i", "15-19", "20-24")], SERVICES)


@pytest.mark.parametrize(
    "document",
    [
        b"<!DOCTYPE html>",
        b'{"title": "x", "variab',
        b"\xff\xfe\x00",
        b"[" * 3000,
        [],
        3,
        {"variables": 3},
        {"variables": [3]},
        {"variables": [{"code": "a", "values": ["1"]}]},
        {"variables": [{"code": "a", "values": None, "valueTexts": None}]},
        {"variables": [{"code": "a", "values": ["1", "2"], "valueTexts": ["one"]}]},
    ],
    ids=lambda each: str(each)[:40],
)
def test_metadata_of_another_shape_is_a_changed_layout(document: Any) -> None:
    with pytest.raises(LayoutChanged):
        read_metadata(answer_of(document))


@pytest.mark.parametrize(
    "changed",
    [
        {"maxCells": None},
        {"maxCells": 0},
        {"maxCells": "many"},
        {"maxCells": float("inf"), "maxValues": float("inf")},
        {"maxCalls": []},
        {"maxCalls": float("inf")},
        {"maxCalls": 0},
        {"timeWindow": float("nan")},
        {"timeWindow": 1e12},
        {"timeWindow": "60 s"},
    ],
    ids=lambda each: str(each)[:40],
)
def test_limits_that_nobody_can_keep_are_a_changed_layout(changed: dict[str, Any]) -> None:
    class Odd(Config):
        def document(self) -> dict[str, Any]:
            return super().document() | changed

    with StatFin(tables={}, config=Odd()) as publisher, Client("test", LIMITS) as client:
        with pytest.raises(LayoutChanged, match="maxCalls, timeWindow, maxCells and maxValues"):
            cell_limit(client, publisher.url)
        assert len(publisher.calls) == 1


def test_the_cell_limit_is_the_smaller_of_the_two_that_are_told() -> None:
    for config in (Config(max_cells=500, max_calls=1000), Config(max_values=500, max_calls=1000)):
        with StatFin(tables={}, config=config) as publisher, Client("test", LIMITS) as client:
            assert cell_limit(client, publisher.url) == 500


def test_labels_lose_invisible_characters_and_periods_take_our_form() -> None:
    assert clean_label(" Statistic Finland\x92s RES\n ") == "Statistic Finlands RES"
    assert [canonical_period(each) for each in ("2023M10", "2024Q3", "2023")] == ["2023-10", "2024Q3", "2023"]


@st.composite
def wishes(draw: st.DrawFn) -> tuple[Roles, list[str], list[str], int]:
    """Draw roles, periods, areas and a limit that fits at least one period, area and category."""
    contents = tuple(f"C{place}" for place in range(draw(st.integers(1, 9))))
    areas = [f"KU{place:03}" for place in range(draw(st.integers(0, 12)))]
    categories = tuple(f"{place:04}" for place in range(draw(st.integers(0, 9))))
    further = [variable("f", "SSS", "1", "2")] if draw(st.booleans()) else []
    periods = list(MONTHS[: draw(st.integers(1, len(MONTHS)))])
    roles = Roles(
        time=variable("t", *MONTHS, time=True),
        metric=variable("c", *contents),
        contents=contents,
        area=variable("a", *areas) if areas else None,
        breakdowns=(variable("o", *categories), *further) if categories else (),
        totals={} if categories else {"s": "SSS"},
    )
    return roles, periods, areas, draw(st.integers(3 * len(contents), 1200))


def cells_asked(query: dict[str, Any]) -> list[frozenset[tuple[str, str]]]:
    """Return every cell that a query asks for, as pairs of variable and code."""
    parts = [[(part["code"], value) for value in part["selection"]["values"]] for part in query["query"]]
    return [frozenset(cell) for cell in product(*parts)]


@settings(max_examples=60)
@given(wishes())
def test_every_cell_is_asked_exactly_once_and_no_query_is_over_the_limit(
    wished: tuple[Roles, list[str], list[str], int],
) -> None:
    roles, periods, areas, limit = wished
    queries = list(split(roles, periods, areas, limit))
    asked = Counter(cell for query in queries for cell in cells_asked(query))
    wanted = [[("t", period) for period in periods], [("c", content) for content in roles.contents]]
    wanted += [[("a", area) for area in areas]] if areas else []
    wanted += [[(each.code, value) for value in each.values] for each in roles.breakdowns]
    wanted += [[(code, total)] for code, total in roles.totals.items()]
    assert set(asked) == {frozenset(cell) for cell in product(*wanted)}
    assert set(asked.values()) == {1}
    assert max(cells_of(query) for query in queries) <= limit
    assert all(query["response"] == {"format": "json-stat2"} for query in queries)


@settings(max_examples=30)
@given(wishes())
def test_the_halves_of_a_query_ask_for_the_same_cells(wished: tuple[Roles, list[str], list[str], int]) -> None:
    roles, periods, areas, limit = wished
    query = next(split(roles, periods, areas, limit))
    if cells_of(query) > 1:
        parts = [cell for half in halves(query) for cell in cells_asked(half)]
        assert Counter(parts) == Counter(cells_asked(query))


def test_a_query_that_the_publisher_calls_too_large_is_halved_until_it_fits() -> None:
    told = Config(max_calls=1_000_000)
    with small_publisher(config=told) as publisher, Client("test", LIMITS) as client:
        plan = make_plan(client, publisher.url, BY_AREA, Known(), lambda code: True, None, stamp_of)
        publisher.config = Config(max_calls=1_000_000, max_cells=2000)
        answers = list(fetch(client, plan))
        cells = sum(len(json.loads(answer.content)["value"]) for answer in answers)
        statuses = Counter(call.status for call in publisher.calls)
        size = [len(variable.values) for variable in publisher.tables["12r5"].variables]
    assert len(plan.queries) == 1 and len(answers) == statuses[200] - 3 > 1 and statuses[403] > 1
    assert cells == size[0] * size[1] * size[2]


def test_a_refusal_of_a_single_cell_is_no_matter_of_size() -> None:
    with small_publisher() as publisher, Client("test", LIMITS) as client:
        plan = make_plan(client, publisher.url, BY_AREA, Known(), lambda code: True, None, stamp_of)
        publisher.faults.append(faults.Status(403, method="POST"))
        before = len(publisher.calls)
        with pytest.raises(Exception, match="HTTP 403"):
            list(fetch(client, plan))
        assert len(publisher.calls) - before < 20


def test_asking_whether_there_is_news_takes_three_calls_and_one_cell() -> None:
    with small_publisher() as publisher:
        stamp, newest = "2026-09-22T05:00:00", "2026-08"
        with pytest.raises(NothingNew):
            plan_of(publisher, BY_AREA, Known(stamp, newest, "2009-01"))
        assert [call.method for call in publisher.calls] == ["GET", "GET", "POST"]
        one_cell = {part["code"]: part["selection"]["values"] for part in publisher.calls[2].json["query"]}
        assert one_cell["timeperiod_m"] == ["2026M08"] and one_cell["Alue"] == ["SSS"]
        assert plan_of(publisher, BY_AREA, Known(stamp, "2026-07"))
        assert plan_of(publisher, BY_AREA, Known("2026-08-25T05:00:00", newest))


def test_a_plan_keeps_to_the_first_period_wanted_and_to_the_newest_of_a_wide_table() -> None:
    with small_publisher("2020M01") as publisher:
        queries = plan_of(publisher, BY_AREA, Known(), since="2026-01")
        asked = {month for query in queries for month in query["query"][0]["selection"]["values"]}
        assert asked == {f"2026M{month:02}" for month in range(1, 9)}
        queries = plan_of(publisher, BY_OCCUPATION, Known())
        asked = {month for query in queries for month in query["query"][0]["selection"]["values"]}
        assert (len(asked), max(asked), min(asked)) == (60, "2026M08", "2021M09")


def test_a_total_among_occupations_is_not_asked_for_because_another_table_owns_it() -> None:
    with small_publisher() as publisher:
        occupations = publisher.tables["12ti"].variable("Ammattiryhmä")
        totals = dict(occupations.labels) | {"SSS": dict.fromkeys(("fi", "sv", "en"), "Yhteensä")}
        publisher.tables["12ti"].change("Ammattiryhmä", values=("SSS", *occupations.values), labels=totals)
        roles = roles_of(publisher, BY_OCCUPATION)
        asked = [part for query in split(roles, ["2026M08"], ["SSS"], 1000) for part in query["query"]]
    assert next(part for part in asked if part["code"] == "Ammattiryhmä")["selection"]["values"][0] == "2513"


def test_the_plan_says_what_the_variables_are_called_and_where_a_shorter_history_begins(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO, "koillismaa.ingest")
    with small_publisher() as publisher:
        publisher.tables["12r5"].rename_variable("Alue", "alue_23_20270101")
        plan_of(publisher, BY_AREA, Known("2026-08-25T05:00:00", "2026-07", "2025-01"))
        assert [record.getMessage() for record in caplog.records] == [
            "12r5 calls its areas alue_23_20270101, its periods timeperiod_m, its contents contentscode"
        ]
        plan_of(publisher, BY_AREA, Known("2026-08-25T05:00:00", "2026-07", "2009-01"))
    assert caplog.records[-1].getMessage() == "12r5 now begins in 2025-01, the months before stay in the database"


def test_a_table_without_an_area_takes_no_area_in_its_query() -> None:
    with small_publisher(config=FREELY) as publisher:
        (query,) = plan_of(publisher, KEY_FIGURES, Known())
    assert [part["code"] for part in query["query"]] == ["timeperiod_m", "contentscode"]
    assert len(query["query"][1]["selection"]["values"]) == 4
