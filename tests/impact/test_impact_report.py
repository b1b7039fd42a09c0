"""The report says what the analysis found, in three languages, as a page, a workbook and text."""

import io
import re
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from dashboards.impact.documents import MAKERS, as_html, as_text, as_workbook
from dashboards.impact.report import Report, write_report
from dashboards.words import languages, load_words
from ingest.impact.read import read_workbook
from queries.analysis.impact import evaluate
from tests.impact.forms import Row, customer, example, few_rows, form, offered, vocabulary
from tests.pdf_accessibility import faults_of


@cache
def report(language: str = "fi") -> Report:
    return write_report(load_words(language), evaluate(read_workbook(example(), vocabulary())), offered())


def small(**sheets: list[Row]) -> Report:
    content = form(few_rows(**sheets))
    return write_report(load_words("fi"), evaluate(read_workbook(content, vocabulary())), offered())


@pytest.mark.parametrize("language", languages())
def test_every_section_stands_on_the_page_with_its_table(language: str) -> None:
    html = as_html(report(language)).decode()
    assert f'<html lang="{language}">' in html
    for section in report(language).sections:
        assert f'<h2 id="{section.id}">' in html
        assert section.table is None or section.table.rows
    assert html.count("<table>") == sum(section.table is not None for section in report(language).sections)
    assert html.count("<svg") == 2


def test_the_page_brings_no_script_and_asks_nothing_of_others() -> None:
    html = as_html(report()).decode().replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"<script|<link|http|@import|url\(|\son\w+=", html)


def test_no_customer_stands_in_any_report() -> None:
    for make in MAKERS.values():
        assert b"KEKSITTY0" not in make(report())
    assert "KEKSITTY0" not in as_text(report())


def test_the_report_says_what_it_does_not_prove_and_whose_data_it_is() -> None:
    text = as_text(report())
    assert "Mitä tämä ei todista" in text and "ei todista, että palvelu sai sen aikaan" in text
    assert "henkilöt ovat keksittyjä" in text and "Vain omaan käyttöön" in text
    assert "henkilöt ovat keksittyjä" not in as_text(small())


def test_the_summary_tells_the_figures() -> None:
    text = as_text(report())
    assert "50,1\u00a0% (45,5\u00a0%–54,7\u00a0%)" in text and "224/447" in text
    assert "suositteluluku (NPS) 68" in text and "55,0\u00a0% vähemmän" in text


def test_the_workbook_has_numbers_as_numbers_and_no_formula() -> None:
    book = openpyxl.load_workbook(io.BytesIO(as_workbook(report())))
    assert len(book.sheetnames) == 1 + sum(section.table is not None for section in report().sections)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert book[book.sheetnames[3]]["B2"].value == 224


def test_a_text_of_a_form_is_written_as_a_text() -> None:
    named = small(reference=[{"name": "<b>Luku</b> & muu", "target_group": None, "share": 30.0}])
    assert "&lt;b&gt;Luku&lt;/b&gt; &amp; muu" in as_html(named).decode()


def test_a_section_without_data_says_so() -> None:
    empty = small(services=[], feedback=[], costs=[], reference=[])
    said = {section.id: section.texts for section in empty.sections}
    assert said["feedback"] == said["price"] == said["hours"] == ("Aineistossa ei ole tietoja tähän.",)
    assert as_html(empty) and as_workbook(empty)


def test_a_smaller_share_than_in_the_reference_is_told_as_smaller() -> None:
    text = as_text(small(reference=[{"name": "Tilasto", "target_group": None, "share": 90.0}]))
    assert "40,0 prosenttiyksikköä pienempi kuin vertailussa (Tilasto)" in text


def test_nobody_ended_yet() -> None:
    begun = small(customers=[customer("A1")], services=[])
    page = as_html(begun).decode()
    assert "Alle puolet on saavuttanut" in page and not re.search(r"\b(nan|inf)\b", page)


@pytest.mark.parametrize("language", languages())
def test_the_print_is_tagged_and_the_same_for_the_same_report(language: str) -> None:
    pdf = MAKERS[".pdf"](report(language))
    assert pdf.startswith(b"%PDF") and b"/StructTreeRoot" in pdf and f"/Lang({language})".encode() in pdf
    assert pdf == MAKERS[".pdf"](report(language))


@pytest.mark.parametrize("language", languages())
def test_a_validator_of_pdf_ua_finds_no_fault_in_the_print(tmp_path: Path, language: str) -> None:
    assert faults_of(MAKERS[".pdf"](report(language)), tmp_path) == []


def test_a_text_of_a_form_is_never_markup_in_print() -> None:
    named = small(reference=[{"name": '#import "x": *', "target_group": None, "share": 30.0}])
    assert MAKERS[".pdf"](named).startswith(b"%PDF")
