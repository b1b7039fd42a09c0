"""What is published of evaluations stands on the page with its limits, and what is hidden stays hidden."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import date, datetime
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboards.words import languages, load_words
from queries.catalogue import load_catalogue
from queries.impact_indicators import INDICATORS
from tests.dashboards.conftest import client_of
from tests.dashboards.small_database import build
from tests.impact.forms import Row, few_rows
from tests.impact.published import NAME, build_published, publish_rows
from tests.impact.test_impact_publishing import people

SLUG = "vaikuttavuus"
Table = list[list[str]]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return client_of(build_published(tmp_path_factory.mktemp("published")))


def card(client: FlaskClient, name: str, language: str = "fi") -> str:
    """Return a card of the page, '' where it is not there."""
    page = client.get(f"/{language}/{SLUG}").text
    found = re.search(rf'<section class="[a-z ]+" id="{name}".*?</section>', page, re.DOTALL)
    return unescape(found[0]) if found else ""


def table(text: str) -> Table:
    """Return the cells of a card's table."""
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line) for line in re.findall(r"<tr>(.*?)</tr>", text, re.DOTALL)]


def links(text: str) -> Iterator[str]:
    """Yield the addresses of a card's files."""
    yield from re.findall(r'href="(/api[^"]+)"', text)


@pytest.mark.parametrize("language", languages())
def test_the_page_says_plainly_when_nothing_is_published(tmp_path: Path, language: str) -> None:
    client, words = client_of(build(tmp_path)), load_words(language)
    assert words("evaluation.published.none") in card(client, "published", language)
    assert '<section class="card" id="published-' not in client.get(f"/{language}/{SLUG}").text


@pytest.mark.parametrize("language", languages())
def test_an_evaluation_is_told_with_its_day_its_customers_and_its_limits(client: FlaskClient, language: str) -> None:
    words, text = load_words(language), card(client, "published-ESIMERKKI", language)
    assert words("evaluation.published.some") in card(client, "published", language)
    assert f">{NAME}</h2>" in text and "2025" in text
    assert words("evaluation.published.population", customers="524", ended="447") in text
    for limit in ("0", "3"):
        assert words(f"impact.report.limit.items.{limit}") in text
    cells = [cell for row in table(text) for cell in row]
    assert words("evaluation.published.interval") in cells
    assert re.sub(r"\D", "", cells[cells.index(words("indicator.impact_cost_per_customer.label")) + 1]) == "981"


def test_the_measures_stand_with_their_intervals(client: FlaskClient) -> None:
    rows = {row[0]: row[1:] for row in table(card(client, "published-ESIMERKKI"))}
    assert rows["Työssä, koulutuksessa tai yrittäjänä päättyessä"] == ["50,1\u00a0%", "45,5\u00a0%–54,7\u00a0%"]
    assert rows["Ero vertailuun"] == ["19,1\u00a0%-yks.", "14,5\u00a0%-yks.–23,7\u00a0%-yks."]
    assert rows["Kustannus lisäratkaisua kohti"] == ["6\u00a0017\u00a0€", "4\u00a0846\u00a0€–7\u00a0933\u00a0€"]
    assert rows["Edullisempi kuin ostopalvelu"] == ["55,0\u00a0%", "–"]


def test_groups_and_outcomes_add_up_to_all(client: FlaskClient) -> None:
    head, everyone, *groups = table(card(client, "published-ESIMERKKI-groups"))
    assert len(head) == 8 and everyone[:5] == ["Kaikki", "524", "224", "223", "77"]
    assert [row[0] for row in groups[:4]] == ["Kuusamo", "Pudasjärvi", "Puolanka", "Taivalkoski"]
    for part in (groups[:4], groups[4:]):
        assert [sum(int(row[place]) for row in part) for place in range(1, 5)] == [524, 224, 223, 77]
    outcomes = table(card(client, "published-ESIMERKKI-ends"))
    assert sum(int(value) for name, value in outcomes[1:10]) == 447 and outcomes[1][0] == "Työ"


def test_hidden_figures_say_that_they_are_hidden(client: FlaskClient) -> None:
    states = dict(table(card(client, "published-ESIMERKKI-ends"))[10:])
    assert [value for value in states.values() if not value.isdigit()] == ["piilotettu", "piilotettu"]
    feedback = table(card(client, "published-ESIMERKKI-feedback"))
    assert feedback[1] == ["Henkilöasiakas", "99", "17", "18", "64", "47", "31–61"]
    assert feedback[2] == ["Työnantaja", "22", "piilotettu", "piilotettu", "16", "piilotettu", "–"]
    assert load_words("fi")("evaluation.published.hidden", hidden="5") in card(client, "published-ESIMERKKI")


def test_every_file_that_a_card_links_to_has_figures_of_the_evaluation(client: FlaskClient) -> None:
    given: set[tuple[str, str]] = set()
    for part in ("", "-ends", "-groups", "-feedback"):
        addresses = list(links(card(client, f"published-ESIMERKKI{part}")))
        assert addresses
        for address in addresses:
            answer = client.get(address)
            assert answer.status_code == 200, address
            if ".csv" in address:
                rows = list(csv.DictReader(io.StringIO(answer.text.lstrip("\ufeff"))))
                assert {row["category"].partition(",")[0] for row in rows} == {"ESIMERKKI"}
                given |= {(row["indicator"], row["dimension"]) for row in rows}
    every = load_catalogue().indicators
    assert {indicator for indicator, _ in given} == set(INDICATORS)
    assert given == {(code, way) for code in INDICATORS for way in every[code].dimensions}


def test_the_source_stands_at_the_foot_of_the_page(client: FlaskClient) -> None:
    foot = client.get(f"/fi/{SLUG}").text.partition("<footer")[2]
    assert "Hankkeen oma vaikuttavuuden arviointi" in foot


def test_a_day_before_it_was_published_knows_nothing_of_it(client: FlaskClient) -> None:
    page = client.get(f"/fi/{SLUG}?as_of=2026-09-30").text
    assert load_words("fi")("evaluation.published.none") in page and "published-ESIMERKKI" not in page


def project(code: str, until: date = date(2025, 12, 31)) -> list[Row]:
    return [few_rows()["project"][0] | {"code": code, "name": f"Hanke {code}", "until": until}]


def test_each_project_stands_by_itself_with_its_newest_evaluation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(tmp_path)
    days = iter(datetime(2026, 10, day, 9) for day in range(1, 9))
    monkeypatch.setattr("ingest.impact.publish.utc_now", lambda: next(days))
    publish_rows(tmp_path, few_rows(customers=people(20, 12), services=[], project=project("VANHA")))
    publish_rows(tmp_path, few_rows(customers=people(30, 12), services=[], project=project("UUSI")))
    later = project("VANHA", date(2026, 6, 30))
    publish_rows(tmp_path, few_rows(customers=people(40, 12), services=[], project=later))
    client = client_of(tmp_path)
    shown = re.findall(r'<section class="card[a-z ]*" id="published-(\w+)"', client.get(f"/fi/{SLUG}").text)
    assert shown == ["VANHA", "UUSI"]
    told = card(client, "published-VANHA")
    assert "kesäkuu 2026" in told and "3.10.2026" in told and "58" in told and "joulukuu" not in told
    assert "Palvelun asiakkaita 48, joista 42" in card(client, "published-UUSI")


def test_an_evaluation_of_feedback_alone_has_no_table_of_customers(tmp_path: Path) -> None:
    answers: list[Row] = [{"respondent": "customer", "organisation": "Kunta", "score": 9}] * 8
    publish_rows(build(tmp_path), few_rows(feedback=answers))
    client = client_of(tmp_path)
    assert card(client, "published-KOE") and "<table" not in card(client, "published-KOE")
    assert card(client, "published-KOE-groups") == card(client, "published-KOE-ends") == ""
    assert table(card(client, "published-KOE-feedback"))[1][:5] == ["Henkilöasiakas", "8", "0", "0", "8"]


def test_where_an_end_is_hidden_only_the_customers_are_told(tmp_path: Path) -> None:
    publish_rows(build(tmp_path), few_rows(customers=people(20, 3, 3), services=[]))
    client = client_of(tmp_path)
    told = card(client, "published-KOE")
    assert "Palvelun asiakkaita 26." in told and "joista" not in told
    assert table(card(client, "published-KOE-groups"))[1][:5] == ["Kaikki", "26", "20", "piilotettu", "piilotettu"]


def test_a_name_of_a_project_is_never_markup(tmp_path: Path) -> None:
    named = [few_rows()["project"][0] | {"name": "<b>Hanke</b>"}]
    publish_rows(build(tmp_path), few_rows(customers=people(20, 12), services=[], project=named))
    assert "<b>Hanke" not in client_of(tmp_path).get(f"/fi/{SLUG}").text
