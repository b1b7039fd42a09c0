"""The form of the impact tool: what it offers, what is read of it, and each fault named by sheet, row and column."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from dashboards.impact.vocabulary import tell_fault
from dashboards.words import languages, load_words
from ingest.impact.places import municipality_names
from ingest.impact.read import join_materials, read_workbook
from queries.impact_workbook import CHOICES, SHEETS, Material, Value, WorkbookRefused, fold
from tests.impact.forms import Row, customer, edited, example, few_rows, form, vocabulary, with_cell


def read(content: bytes) -> Material:
    return read_workbook(content, vocabulary())


def told(content: bytes) -> list[str]:
    with pytest.raises(WorkbookRefused) as refused:
        read(content)
    return [tell_fault(load_words("fi"), fault) for fault in refused.value.faults]


def customers(*rows: Row) -> bytes:
    return form(few_rows(customers=list(rows), services=[]))


@pytest.mark.parametrize("language", languages())
def test_a_form_filled_in_any_language_is_read_the_same(language: str) -> None:
    material, finnish = read(form(language=language)), read(form())
    assert (material.code, material.until, material.prices) == ("KOE", date(2025, 12, 31), (1000, 2000, 3000))
    assert all(material.frames[sheet].equals(frame) for sheet, frame in finnish.frames.items())


def test_what_is_read_is_what_was_filled_in() -> None:
    frame = read(form()).frames["customers"]
    assert frame["customer"].tolist() == ["A001", "A002", "A003"]
    assert frame["outcome"].tolist() == ["work", "not_reached", ""]
    assert frame["end"].isna().tolist() == [False, False, True]
    assert str(frame["start"].iloc[0].date()) == "2025-01-07"
    assert read(form()).frames["services"]["hours"].tolist() == [1.5, 4.0]


def test_what_another_program_saved_is_read_the_same() -> None:
    saved = edited(lambda book: None)
    assert all(read(saved).frames[sheet].equals(frame) for sheet, frame in read(form()).frames.items())


def test_no_name_of_the_form_means_two_things() -> None:
    for sheet in SHEETS:
        assert set(vocabulary().columns[sheet.code].values()) == {column.code for column in sheet.columns}
        for language in languages():
            words = load_words(language)
            assert vocabulary().sheets[fold(words(f"impact.sheet.{sheet.code}"))] == sheet.code
            for column in sheet.columns:
                name = fold(words(f"impact.column.{sheet.code}.{column.code}"))
                assert vocabulary().columns[sheet.code][name] == column.code
    for choices, codes in CHOICES.items():
        for language in languages():
            names = [fold(load_words(language)(f"impact.choice.{choices}.{code}")) for code in codes]
            assert [vocabulary().choices[choices][name] for name in names] == list(codes)


def test_every_municipality_is_known_by_its_names_and_its_number() -> None:
    known = vocabulary().municipalities
    assert (known["kuusamo"], known["305"], known["helsingfors"]) == ("305", "305", "091")
    assert set(known.values()) == set(municipality_names()) and len(municipality_names()) == 308


def test_a_number_is_a_municipality_too() -> None:
    rows = [customer("A1", municipality="91"), customer("A2", municipality="832")]
    assert read(customers(*rows)).frames["customers"]["municipality"].tolist() == ["091", "832"]


def test_an_empty_form_offers_lists_and_instructions_in_finnish() -> None:
    from dashboards.impact.template import make_template
    from tests.impact.forms import offered

    book = openpyxl.load_workbook(io.BytesIO(make_template(load_words("fi"), offered())))
    assert book.sheetnames == [
        "Ohjeet",
        "Hanke",
        "Toteuttajat",
        "Asiakkaat",
        "Palvelut",
        "Palaute",
        "Kustannukset",
        "Vertailu",
        "Luettelot",
    ]
    rules = {str(rule.sqref).split(":")[0]: rule for rule in book["Asiakkaat"].data_validations.dataValidation}
    assert (rules["D2"].type, rules["E2"].type) == ("list", "date")
    column = rules["G2"].formula1.split("!")[1].replace("$", "").split(":")
    offered_outcomes = [cell.value for (cell,) in book["Luettelot"][f"{column[0]}:{column[1]}"]]
    assert offered_outcomes == [load_words("fi")(f"impact.choice.outcome.{code}") for code in CHOICES["outcome"]]
    places = [cell.value for cell in list(book["Luettelot"].columns)[len(CHOICES)]][1:6]
    assert places == ["Kuusamo", "Taivalkoski", "Pudasjärvi", "Posio", "Puolanka"]
    assert "keksittyjä" not in str(book["Ohjeet"]["A3"].value)
    assert told(make_template(load_words("fi"), offered()))[0].startswith(
        "Välilehti Hanke: rivejä odotettiin vähintään"
    )


def test_the_example_says_that_its_persons_are_made_up() -> None:
    book = openpyxl.load_workbook(io.BytesIO(example()))
    assert "keksittyjä" in str(book["Ohjeet"]["A3"].value)
    assert "Esimerkkiaineisto" in str(book["Hanke"]["D2"].value)
    assert read(example()).made_up and not read(form()).made_up


def until(day: date) -> list[Row]:
    return [few_rows()["project"][0] | {"until": day}]


FAULTS: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: with_cell("customers", "B3", None), "Asiakkaat, rivi 3, sarake Toteuttaja (B): arvo puuttuu"),
    "name": (lambda: with_cell("customers", "A4", "Matti Koe"), "(A): odotettiin peitetunnusta"),
    "place": (lambda: with_cell("customers", "C2", "Koillismaa"), "(C): odotettiin Suomen kunnan nimeä"),
    "group": (lambda: with_cell("customers", "D2", "Vanha"), "odotettiin yhtä näistä: Täsmä- tai osatyökykyinen, "),
    "text for a day": (lambda: with_cell("customers", "E2", "7.1.2025"), "(E): odotettiin päivää vuosilta 2000–2099"),
    "day of another century": (lambda: with_cell("customers", "E2", 366), "odotettiin päivää"),
    "text for a number": (lambda: with_cell("services", "C2", "1,5"), "(C): odotettiin lukua 0–2\u00a0000"),
    "hours of years": (lambda: with_cell("services", "C2", 20_000), "odotettiin lukua 0–2\u00a0000"),
    "score": (lambda: with_cell("Palaute", "C2", 11), "(C): odotettiin kokonaislukua 0–10"),
    "half a score": (lambda: with_cell("Palaute", "C2", 8.5), "odotettiin kokonaislukua 0–10"),
    "boolean": (lambda: with_cell("services", "C2", True), "odotettiin lukua"),
    "error": (lambda: with_cell("services", "C2", "#REF!"), "odotettiin lukua"),
    "beside": (lambda: with_cell("customers", "L3", "muistiinpano"), "rivi 3: solu L3 on lomakkeen sarakkeiden ulko"),
    "project": (lambda: with_cell("project", "A2", "koe 1"), "odotettiin tunnusta"),
    "endless text": (lambda: with_cell("customers", "D2", "x" * 5000), "odotettiin yhtä näistä"),
    "long text": (lambda: with_cell("Vertailu", "A2", "x" * 81), "enintään 80 merkkiä"),
    "customer twice": (
        lambda: with_cell("customers", "A4", "A001"),
        "rivi 4, sarake Asiakas (peitetunnus) (A): sama on jo",
    ),
    "customer unknown": (lambda: with_cell("services", "A2", "A009"), "asiakasta, joka on välilehdellä Asiakkaat"),
    "organisation unknown": (lambda: with_cell("costs", "A2", "Muu"), "toteuttajaa, joka on välilehdellä"),
    "end before start": (
        lambda: customers(customer("A1", end=date(2024, 12, 1), outcome="work")),
        "päättymisen odotettiin olevan alkamisen jälkeen",
    ),
    "after the follow-up": (lambda: customers(customer("A1", start=date(2026, 1, 1))), "viimeistään seurannan"),
    "end without outcome": (lambda: customers(customer("A1", end=date(2025, 2, 1))), "on oltava ratkaisu"),
    "outcome without end": (lambda: customers(customer("A1", outcome="work")), "on oltava päättymispäivä"),
    "state too early": (
        lambda: customers(customer("A1", end=date(2025, 11, 1), outcome="work", state_3="work")),
        "kulunut 3 kuukautta",
    ),
    "grade of an employer": (lambda: with_cell("Palaute", "A2", "Työnantaja"), "ei odotettu kouluarvosanaa"),
    "reference of both forms": (lambda: with_cell("Vertailu", "C2", 50), "joko henkilöitä"),
    "reference of none": (lambda: with_cell("Vertailu", "E2", None), "joko henkilöitä"),
    "prices": (lambda: with_cell("project", "E2", 2500), "tavallista hintaa alimman ja ylimmän väliltä"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_named_by_sheet_row_and_column(name: str) -> None:
    make, expected = FAULTS[name]
    found = told(make())
    assert len(found) == 1 and expected in found[0], found


def test_every_fault_is_told_at_once() -> None:
    rows = [customer("A 1", start=date(2030, 1, 1)), customer("A2", organisation="Muu"), customer("A2")]
    assert len(told(customers(*rows))) == 4


def test_a_state_three_months_later_is_known_on_that_day() -> None:
    row = customer("A1", start=date(2025, 1, 1), end=date(2025, 1, 31), outcome="work", state_3="work")
    for day, held in ((date(2025, 4, 29), False), (date(2025, 4, 30), True)):
        content = form(few_rows(project=until(day), customers=[row], services=[]))
        if held:
            assert len(read(content).frames["customers"]) == 1
        else:
            assert len(told(content)) == 1


@pytest.mark.parametrize("value", ["131052-308T", "010203A123B", "131052308T"])
def test_a_personal_identity_code_is_found_in_any_text(value: Value) -> None:
    assert "henkilötunnus" in told(with_cell("Vertailu", "A2", f"luku, {value}"))[0]


def test_days_counted_from_1904_are_the_same_days() -> None:
    def change(book: openpyxl.Workbook) -> None:
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904

    assert read(edited(change)).frames["customers"].equals(read(form()).frames["customers"])


def test_workbooks_of_one_project_are_joined_and_their_customers_kept_apart() -> None:
    other = form(few_rows(feedback=[]))
    joined = join_materials([read(form()), read(other)])
    assert joined.frames["customers"]["customer"].nunique() == 6
    assert len(joined.frames["organisations"]) == 1 and len(joined.frames["reference"]) == 1
    assert set(joined.frames["services"]["customer"]) <= set(joined.frames["customers"]["customer"])


def test_a_workbook_that_stands_twice_is_refused_before_its_customers_are_counted_twice() -> None:
    with pytest.raises(WorkbookRefused) as refused:
        join_materials([read(form()), read(form(few_rows(feedback=[]))), read(form())])
    assert tell_fault(load_words("fi"), refused.value.faults[0]).startswith("Työkirjassa 3 on samat rivit")


def test_workbooks_of_two_projects_are_not_joined() -> None:
    with pytest.raises(WorkbookRefused) as refused:
        join_materials([read(form()), replace(read(form()), code="TOINEN")])
    assert "Työkirja 2 on eri hankkeesta" in tell_fault(load_words("fi"), refused.value.faults[0])
    other = few_rows(organisations=[{"organisation": "Kunta", "persons_target": 9}])
    with pytest.raises(WorkbookRefused) as refused:
        join_materials([read(form()), read(form(other))])
    assert "eri tiedot samasta rivistä (Toteuttaja)" in tell_fault(load_words("fi"), refused.value.faults[0])
