"""The feed of loaded releases and the calendar of coming ones."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as Xml

import duckdb
import pytest
from flask.testing import FlaskClient

from dashboards.feeds.calendar import days_of, escaped, folded, release_events
from dashboards.server import create_server
from dashboards.words import load_words
from queries.catalogue import ReleaseDays, load_catalogue
from queries.settings import load_settings
from tests.dashboards.small_database import FIRST, SECOND, build

New = Callable[[Path], FlaskClient]
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def entries(client: FlaskClient) -> list[Xml.Element]:
    answer = client.get("/feeds/releases.atom?lang=en")
    assert (answer.status_code, answer.mimetype) == (200, "application/atom+xml")
    return Xml.fromstring(answer.data).findall("a:entry", ATOM)


def text(entry: Xml.Element, name: str) -> str:
    return entry.findtext(f"a:{name}", "", ATOM)


def events(client: FlaskClient) -> list[dict[str, str]]:
    answer = client.get("/feeds/releases.ics")
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    assert max(len(line) for line in answer.data.split(b"\r\n")) <= 75
    blocks = answer.text.replace("\r\n ", "").split("BEGIN:VEVENT\r\n")[1:]
    return [dict(line.split(":", 1) for line in block.split("\r\n") if ":" in line) for block in blocks]


def test_every_release_is_an_entry_the_last_one_first(client: FlaskClient) -> None:
    found = entries(client)
    assert [text(each, "published") for each in found] == ["2026-09-22T05:00:00Z", "2026-06-23T05:00:00Z"]
    assert len({text(each, "id") for each in found}) == 2
    assert "table tyonv/12r5: released 2026-09-22" in text(found[0], "title")


def test_an_entry_counts_what_a_release_revised(tmp_path: Path, new_client: New) -> None:
    def change(connection: duckdb.DuckDBPyConnection) -> None:
        key = ["births", "305", "2024", "", ""]
        connection.execute(
            "insert into observation values (?, ?, ?, ?, ?, 93, '', 'published', 1, ?, ?)", [*key, FIRST, SECOND]
        )
        connection.execute(
            "insert into observation values (?, ?, ?, ?, ?, 94, '', 'published', 2, ?, timestamp '9999-12-31')",
            [*key, SECOND],
        )

    newest, older = entries(new_client(build(tmp_path, change=change)))
    assert "of these revised 1" in text(newest, "summary") and "of these revised 0" in text(older, "summary")
    terms = [category.get("term") for category in newest.findall("a:category", ATOM)]
    assert terms == ["revision"]


def test_the_calendar_has_lasting_names_and_whole_days(client: FlaskClient) -> None:
    first, second = events(client), events(client)
    assert first == second and first
    assert len({each["UID"] for each in first}) == len(first)
    assert all(each["DTEND;VALUE=DATE"] > each["DTSTART;VALUE=DATE"] for each in first)
    assert {each["STATUS"] for each in first} == {"TENTATIVE"}


def test_a_weekday_within_some_days_is_the_first_and_the_last_that_fit() -> None:
    rule = ReleaseDays("tue", 19, 28)
    assert days_of(rule, date(2026, 11, 1)) == (date(2026, 11, 24), date(2026, 11, 24))
    assert days_of(rule, date(2026, 5, 1)) == (date(2026, 5, 19), date(2026, 5, 26))
    assert days_of(ReleaseDays("", 1, 20), date(2026, 5, 1)) == (date(2026, 5, 1), date(2026, 5, 20))


def test_tables_that_are_released_together_are_one_event_over_the_turn_of_the_year() -> None:
    found = [*release_events(load_words("en"), load_catalogue(), date(2026, 11, 25))]
    service = [each for each in found if each.uid.startswith("employment_service")]
    assert [f"{each.first:%Y-%m}" for each in service] == [
        "2026-12", "2027-01", "2027-02", "2027-03", "2027-04", "2027-05",
    ]  # fmt: skip
    assert "tyonv/12r5, tyonv/12u4, tyonv/12ti" in service[0].text


def test_configured_meetings_stand_in_the_calendar(data_dir: Path) -> None:
    meetings = [{"day": "2026-12-14", "area": "305"}, {"day": "2026-12-15", "area": "832", "what": "Budjetti; 2027"}]
    settings = load_settings(data_dir=data_dir, council_meetings=meetings)
    found = events(create_server(settings, load_catalogue()).test_client())
    council = {each["UID"]: each for each in found if each["UID"].startswith("council")}
    assert [each["SUMMARY"] for each in council.values()] == ["Valtuuston kokous: Kuusamo", "Budjetti\\; 2027"]
    assert {each["STATUS"] for each in council.values()} == {"CONFIRMED"}


def test_a_value_is_escaped_and_a_long_line_folded_between_letters() -> None:
    assert escaped("a,b;c\\d\r\ne") == "a\\,b\\;c\\\\d\\ne"
    line = "ä" * 100
    assert folded(line).replace("\r\n ", "") == line
    assert all(len(part.encode()) <= 75 for part in folded(line).split("\r\n"))


@pytest.mark.parametrize("name", ["releases.atom", "releases.ics"])
def test_a_feed_is_kept_shared_and_refuses_for_programs(client: FlaskClient, name: str) -> None:
    answer = client.get(f"/feeds/{name}")
    assert answer.headers["Access-Control-Allow-Origin"] == "*" and answer.headers["ETag"]
    assert client.get(f"/feeds/{name}?lang=de").mimetype == "application/problem+json"
    assert client.get("/feeds/none").mimetype == "application/problem+json"
