"""The council review: two tagged pages of the page's own figures, refused with one sentence where nothing is held."""

import json
import re
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
import typst
from flask.testing import FlaskClient

from dashboards.charts.png import fonts
from dashboards.errors import ReportRefused
from dashboards.pages.employment_review import describe
from dashboards.report.command import write_review
from dashboards.report.council import TEMPLATE, council_review, describe_report
from dashboards.tables import SIGNS
from dashboards.visit import Visit
from queries.catalogue import load_catalogue
from queries.settings import load_settings
from tests.ingest.small import command_here
from tests.pdf_accessibility import faults_of

Ask = Callable[..., Visit]


def pages_of(visit: Visit) -> int:
    told = json.dumps(describe_report(visit, ""))
    pages = typst.compile(TEMPLATE.read_bytes(), font_paths=fonts(), ignore_system_fonts=True, format="png", ppi=20,
                          sys_inputs={"data": told})  # fmt: skip
    return len(pages) if isinstance(pages, list) else 1


def unpacked(pdf: bytes) -> bytes:
    """Return a PDF's parts as text where they are packed."""
    parts = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    found = [pdf]
    for part in parts:
        try:
            found.append(zlib.decompress(part))
        except zlib.error:
            continue
    return b"\n".join(found)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("area", ["305", "614", "SK178", "SSS"])
def test_the_review_is_two_pages(visit: Ask, language: str, area: str) -> None:
    assert pages_of(visit(language, area=area)) == 2


def test_it_is_tagged_titled_and_in_the_reader_s_language_with_its_fonts_inside(visit: Ask) -> None:
    pdf = council_review(visit("sv", area="305"))
    text = unpacked(pdf)
    assert pdf.startswith(b"%PDF-")
    for part in (b"/StructTreeRoot", b"/MarkInfo", b"pdfuaid", b"/FontFile", b"sv"):
        assert part in text
    assert len(pdf) <= 400_000


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("area", ["305", "SSS"])
def test_a_validator_of_pdf_ua_finds_no_fault(visit: Ask, tmp_path: Path, language: str, area: str) -> None:
    assert faults_of(council_review(visit(language, area=area)), tmp_path) == []


def test_the_validator_sees_a_table_without_headers(tmp_path: Path) -> None:
    table = b'#set document(title: "x")\n#table(columns: 2)[1][2][3][4]'
    pdf = typst.compile(table, format="pdf", pdf_standards=["ua-1"])
    assert isinstance(pdf, bytes)
    assert any("header" in fault for fault in faults_of(pdf, tmp_path))


def test_it_is_the_same_bytes_whenever_it_is_made(visit: Ask) -> None:
    assert council_review(visit(area="305")) == council_review(visit(area="305"))


def test_it_says_what_the_page_says(visit: Ask) -> None:
    asked = visit(area="614", month="2026-06")
    page, told = describe(asked), describe_report(asked, "https://x.example/")
    assert told["headline"] == page.headline
    assert [each["value"] for each in told["figures"]] == [each.value for each in page.key_figures]
    assert told["summary"] == [each.text for each in page.summary]
    assert told["table"][0][0] == "Kuukausi" and len(told["table"]) > 2
    assert told["address"] == "https://x.example/fi/tyollisyyskatsaus?area=614&month=2026-06"


def test_the_page_links_to_its_report_and_the_address_answers(client: FlaskClient) -> None:
    page = client.get("/sv/tyollisyyskatsaus?area=614&month=2026-06").text
    found = re.search(r'href="(/report\.pdf[^"]*)"', page)
    assert found
    answer = client.get(found[1].replace("&amp;", "&"))
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert "614-2026-06-sv" in answer.headers["Content-Disposition"]
    assert (
        client.get(found[1].replace("&amp;", "&"), headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    )


@pytest.mark.parametrize(
    ("query", "status"), [("area=x", 404), ("month=2026", 400), ("lang=de", 400), ("compare=x", 404)]
)
def test_what_cannot_be_reported_is_a_problem(client: FlaskClient, query: str, status: int) -> None:
    answer = client.get(f"/report.pdf?{query}")
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")


@pytest.mark.parametrize(
    ("area", "month", "language"),
    [("999", "", "fi"), ("305", "2026", "fi"), ("305", "1999-01", "fi"), ("305", "", "de")],
)
def test_the_command_refuses_with_one_sentence(data_dir: Path, area: str, month: str, language: str) -> None:
    with pytest.raises(ReportRefused) as error:
        write_review(load_settings(data_dir=data_dir), load_catalogue(), area, month, language)
    assert len(str(error.value).splitlines()) == 1


def test_a_review_that_cannot_be_written_is_said(
    data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run = command_here(monkeypatch, capsys, {"KOILLISMAA_DATA_DIR": str(data_dir)})
    monkeypatch.setattr("app.make_ready", lambda settings: None)  # what ships is not added to the tests' own data
    ended = run("report", str(tmp_path / "no" / "r.pdf"))
    assert ended.code == 1 and "expected to be writable" in ended.err and "Traceback" not in ended.err


@pytest.mark.parametrize("area", ["305", "614", "SK178", "SSS"])
def test_the_legend_explains_the_signs_of_the_printed_cells_and_no_others(visit: Ask, area: str) -> None:
    told = describe_report(visit("fi", area=area), "")
    cells = [cell for row in told["table"][1:] for cell in row]
    standing = {sign for sign in SIGNS for cell in cells if cell == sign or (cell[0].isdigit() and cell.endswith(sign))}
    explained = {line.partition(" ")[0] for line in told["legend"]} & SIGNS
    assert explained == standing
