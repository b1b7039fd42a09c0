"""The calculator as the server describes and shows it: addresses, refusals, certainty, three languages."""

import json
import re
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlencode

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from dashboards.what_if import Calculator, what_if
from dashboards.what_if_address import OWN_PARTS, Limits, Start, read_number, read_what_if, start_of, write_number
from dashboards.words import languages, load_words
from queries.benefit_rules import load_benefit_rules
from queries.settings import load_settings
from tests.dashboards.what_if_page import DAY, SLUG, START, server_with_calculator

RULES = load_benefit_rules(load_settings())


def described(query: str = "", start: Start = START, confirmed: date | None = None) -> Calculator:
    rules = load_benefit_rules(load_settings(benefit_rules_confirmed=confirmed))
    return what_if(load_words("fi"), rules, parse_qs(query, True), start, DAY, "/fi/x", {"area": "305"})


@pytest.fixture(scope="module")
def calculator_client(data_dir: Path) -> FlaskClient:
    return server_with_calculator(load_settings(data_dir=data_dir)).test_client()


def test_without_parts_of_its_own_an_address_changes_nothing() -> None:
    it = described()
    assert it.parts == {}
    assert it.told == "Kunnan osuus ei muutu: 73\u00a0950\u00a0€ kuukaudessa, 887\u00a0403\u00a0€ vuodessa."
    assert {text for name, text in it.results.items() if name.startswith("difference")} == {"0"}
    assert [field.value for field in it.amounts] == ["17,84", "0", "37,21", "37,21"]


def test_the_address_says_what_changes_and_the_answer_says_it_in_a_sentence() -> None:
    it = described("out=0,0,0,5,10")
    assert it.told == "Kunnan osuus pienenee 4\u00a0647\u00a0€ kuukaudessa, 55\u00a0761\u00a0€ vuodessa."
    assert it.results["persons.4"] == "108"
    assert it.results["difference.4"] == "\u22123\u00a0319"
    assert it.results["before.month"] == "73\u00a0950"
    assert described("on=10,0,0,0").told.startswith("Kunnan osuus kasvaa 664\u00a0€ kuukaudessa")
    assert described("on=10,0,0,0").results["difference.1"] == "+1\u00a0328"


def test_a_form_sent_without_scripts_means_the_same_as_the_tidy_address() -> None:
    form = [("rules", "2026-05"), *(("persons", str(each)) for each in START.persons or ())]
    form += [("out", each) for each in ("0", "", "0", "5", "10")] + [("on", each) for each in ("0", "0", "0", "")]
    form += [("days", "17,84"), ("length", "\u221212"), ("daily", "37,21"), ("new_daily", "1\u00a00"), ("active", "")]
    it, tidy = described(urlencode(form)), described("out=0,0,0,5,10&length=-12&new_daily=10")
    assert (it.told, it.results, it.parts) == (tidy.told, tidy.results, tidy.parts)
    assert it.parts["length"] == "-12"
    assert it.parts.keys() == set(OWN_PARTS)


def test_a_changed_address_means_the_same_when_newer_figures_come() -> None:
    then = described("out=1,1,1,1,1")
    later = described(urlencode(then.parts), start=Start(persons=(9, 9, 9, 9, 9), days=20.5, daily=40.0))
    assert later.results == then.results


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("persons=1,2", "”Nyt” ei kelpaa ”1,2”"),
        ("persons=a,41,30,72,118", "”Nyt” ei kelpaa ”a”: anna kokonaisluku, vähintään 0 ja enintään 99\u00a0999"),
        ("out=-1,0,0,0,0", "”Pois etuudelta” ei kelpaa ”-1”"),
        ("days=24", "”24”: anna luku, vähintään 0 ja enintään 23"),
        ("days=1,234", "”1,234”"),
        ("length=-300", "anna kokonaisluku, vähintään \u2212276 ja enintään 276"),
        ("daily=1e3", "”1e3”"),
        ("daily=١", "”١”"),
        ("active=101", "enintään 100"),
        ("leaving=nan", "”nan”"),
        ("rules=1999", "sääntöjä ”1999” ei ole"),
        ("daily=" + "9" * 500, "”" + "9" * 40 + "”"),
        ("daily=%00%1B", "”\ufffd\ufffd”"),
    ],
)
def test_what_cannot_be_used_is_said_and_the_default_is_taken(query: str, told: str) -> None:
    it = described(query)
    assert len(it.problems) == 1
    assert told in it.problems[0]
    assert it.results == described().results


def test_more_moved_than_there_are_is_refused_in_one_sentence_and_told_where() -> None:
    it = described("out=0,0,20,0,0&on=0,0,11,0")
    assert it.refused
    assert it.told == "Portaalta 301–400 päivää siirtyisi 31, mutta siellä on 30. Laskua ei voi tehdä."
    assert set(it.results.values()) == {"–"}
    assert [field.value for step in it.steps for field in step.fields if field.wrong] == ["30", "20", "11"]


def test_more_days_than_a_month_has_are_refused() -> None:
    it = described("length=276")
    assert it.told.startswith("Muutoksen jälkeen kuukaudessa olisi 40,8 etuuspäivää. Niitä on oltava 0–23")
    assert [field.name for field in it.amounts if field.wrong] == ["days", "length"]


@given(st.dictionaries(st.sampled_from(OWN_PARTS), st.lists(st.text(max_size=12), max_size=6)))
def test_no_address_breaks_the_calculator(parts: dict[str, list[str]]) -> None:
    it = what_if(load_words("sv"), RULES, parts, START, DAY, "/sv/x")
    assert it.told


@given(st.data())
def test_an_asked_what_if_survives_being_written_and_read(data: st.DataObject) -> None:
    def numbers(low: int, high: int, tens: int) -> float:
        return data.draw(st.integers(low, high)) / tens

    parts = {
        "rules": data.draw(st.sampled_from([each.code for each in RULES.rules])),
        "persons": ",".join(str(data.draw(st.integers(0, 99_999))) for _ in range(5)),
        "out": ",".join(str(data.draw(st.integers(0, 99_999))) for _ in range(5)),
        "on": ",".join(str(data.draw(st.integers(0, 99_999))) for _ in range(4)),
        "days": write_number(numbers(0, 2300, 100), 2),
        "length": write_number(numbers(-276, 276, 1), 0),
        "daily": write_number(numbers(0, 99_999, 100), 2),
        "new_daily": write_number(numbers(0, 99_999, 100), 2),
        "active": write_number(numbers(0, 1000, 10), 1),
        "leaving": write_number(numbers(0, 1000, 10), 1),
    }
    asked = read_what_if({name: [text] for name, text in parts.items()}, RULES, START, DAY)
    assert (asked.parts, asked.problems) == (parts, ())


@pytest.mark.parametrize(
    ("text", "value"),
    [("1 234,5", 1234.5), ("1\u00a0234.5", 1234.5), ("\u22123", -3), ("+3", 3), ("-0", 0), ("1,2,3", None), ("", None),
     ("1.234", None), ("12345678", None), ("1 000 000", None)],
)  # fmt: skip
def test_numbers_are_read_as_readers_write_them(text: str, value: float | None) -> None:
    assert read_number(text, Limits(-99_999, 99_999, 2)) == value


def test_the_page_says_to_check_the_law_until_someone_has_confirmed_it() -> None:
    assert "tarkista laista 555/1998" in described().certainty
    assert "tarkista laista 555/1998" in described("rules=2025").certainty
    confirmed = described(confirmed=date(2026, 12, 1))
    assert confirmed.certainty == "Portaat on tarkistettu laista 555/1998 1.12.2026."
    early = date(2026, 1, 1)
    assert "tarkista" not in described("rules=2025", confirmed=early).certainty
    assert "tarkista" in described(confirmed=early).certainty


def test_the_rules_of_the_day_hold_and_the_others_can_be_chosen() -> None:
    assert [choice.code for choice in described().others] == ["2025"]
    old = described("rules=2025")
    assert old.in_force == "Säännöt: 1.1.2025–30.4.2026."
    assert old.facts[0] == "Päiväetuus: työmarkkinatuki keskimäärin 36,17\u00a0€ (koko maa, 2025)."
    assert (
        described().law
        == "Laki työttömyysetuuksien rahoituksesta (555/1998), 4\u00a0§ ja 8\u00a0§, muutettu lailla 387/2023."
    )


def test_an_area_without_figures_starts_from_nobody_and_says_so() -> None:
    it = described(start=Start())
    assert it.start.startswith("Alueen omia lukuja ei ole käytettävissä")
    assert [field.value for field in it.amounts] == ["21,5", "0", "37,21", "37,21"]
    assert it.told == "Kunnan osuus ei muutu: 0\u00a0€ kuukaudessa, 0\u00a0€ vuodessa."
    assert any("21,5 etuuspäivää" in fact for fact in it.facts)


def test_an_area_s_figures_by_day_class_are_a_start_where_no_step_is_hidden() -> None:
    rules = RULES.on(DAY)
    persons = {"": 90.0, "101-200": 20.0, "201-300": 10.0, "301-400": 5.0, "401-700": 25.0, "701-": 40.0}
    days = {"101-200": 300.0, "201-300": 150.0, "301-400": 75.0, "401-700": 500.0, "701-": 800.0}
    assert start_of(rules, persons, days, "Kela") == Start((20, 10, 5, 25, 40), 18.25, told="Kela")
    assert start_of(rules, {**persons, "301-400": None}, days, "Kela") == Start()
    assert start_of(rules, persons, {**days, "701-": None}, "Kela").days is None
    assert start_of(rules, dict.fromkeys(persons, 0.0), days, "Kela") == Start((0,) * 5, None, told="Kela")
    assert start_of(rules, persons, dict.fromkeys(days, -9.0), "Kela").days == 0


def test_persons_who_leave_by_chance_are_told_with_a_decimal() -> None:
    assert described("active=30&leaving=20").results["persons.0"] == "60,2"
    assert described("active=50&leaving=100").results["persons.0"] == "32"


def test_persons_are_never_summed() -> None:
    it = described("persons=10000,200,30,4,50000")
    every = " ".join([it.told, *it.results.values(), *it.facts])
    assert not re.search(r"60\W?234", every)
    assert {name for name in it.results if name.startswith("persons")} == {f"persons.{step}" for step in range(5)}


@pytest.mark.parametrize("language", languages())
def test_every_language_tells_everything(calculator_client: FlaskClient, language: str) -> None:
    answer = calculator_client.get(f"/{language}/{SLUG}?area=305&out=9,0,0,0,0&rules=2025&days=x")
    html = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert 'name="area" value="305"' in html
    assert "555/1998" in html
    assert not re.search(r"\{\w+\}", html.partition("<script type")[0])


def test_what_the_script_is_given_stands_safely_in_the_document(calculator_client: FlaskClient) -> None:
    html = calculator_client.get(f'/fi/{SLUG}?area="><script>&daily=</script><b>').get_data(as_text=True)
    block = html.partition('class="what-if-data">')[2].partition("</script>")[0]
    assert json.loads(block)["shares"] == [10, 20, 30, 40, 50]
    assert "<b>" not in html
    assert "<script>" not in html
