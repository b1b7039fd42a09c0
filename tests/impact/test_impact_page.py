"""The impact tool on its page: filled forms answered with their report, or refused whole; nothing of them is kept."""

import io
import os
import re
import sys
from html import unescape
from pathlib import Path
from random import Random

import openpyxl
import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import TestResponse, encode_multipart

import app
from dashboards.impact.documents import as_html
from dashboards.impact.forms import File
from dashboards.routes import impact as route
from dashboards.server import create_server
from dashboards.words import languages, load_words
from impact_commands import form_reader
from ingest.impact.read import read_workbook
from queries.catalogue import load_catalogue
from queries.impact_workbook import MOST_BYTES, SHEETS
from queries.settings import load_settings
from tests.dashboards.small_database import build
from tests.impact.forms import customer, example, few_rows, form, repacked, vocabulary, with_cell
from tests.impact.test_impact_form import FAULTS
from tests.impact.test_impact_hostile_workbooks import DAMAGED

PAGE = "vaikuttavuus"
TABLES = re.compile(r"<table>.*?</table>", re.DOTALL)


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("impact_page"))


@pytest.fixture(scope="module")
def client(data_dir: Path) -> FlaskClient:
    return client_of(data_dir)


def client_of(data_dir: Path) -> FlaskClient:
    return create_server(load_settings(data_dir=data_dir), load_catalogue(), form_reader()).test_client()


def send(client: FlaskClient, *contents: bytes, language: str = "fi", kind: str = "page") -> TestResponse:
    """Send filled forms as a browser does, named a.xlsx, b.xlsx and so on."""
    return send_named(
        client, [(f"{chr(97 + place)}.xlsx", each) for place, each in enumerate(contents)], language, kind
    )


def send_named(client: FlaskClient, files: list[File], language: str = "fi", kind: str = "page") -> TestResponse:
    """Send files as bytes that are made here, for a test client would write large ones to the disk itself."""
    sent = [FileStorage(io.BytesIO(content), name) for name, content in files]
    boundary, body = encode_multipart(MultiDict([*(("forms", each) for each in sent), ("as", kind)]))
    content_type = f"multipart/form-data; boundary={boundary}"
    return client.post(f"/{language}/{PAGE}/analyysi", data=body, content_type=content_type)


def told(answer: TestResponse) -> list[str]:
    """Return the sentences that say why there is no report."""
    block = answer.text.partition('<ul class="notices">')[2].partition("</ul>")[0]
    return [unescape(line) for line in re.findall(r"<li>(.*?)</li>", block, re.DOTALL)]


@pytest.mark.parametrize("language", languages())
def test_the_page_answers_with_the_tables_and_drawings_of_the_command(client: FlaskClient, language: str) -> None:
    answer = send(client, example(), language=language)
    report = form_reader().report(load_words(language), [("a.xlsx", example())])
    assert answer.status_code == 200 and answer.headers["Cache-Control"] == "no-store"
    of_command = as_html(report).decode()
    assert TABLES.findall(answer.text) == TABLES.findall(of_command) and len(TABLES.findall(of_command)) == 11
    assert answer.text.count('role="img"') == 2
    for section in report.sections:
        assert f'<h2 id="{section.id}">' in answer.text
        assert all(unescape(line) in unescape(answer.text) for line in (*section.texts, *section.items))
    for said in (*report.notices, report.lead):
        assert said in unescape(answer.text)
    assert f'<html lang="{language}">' in answer.text and f'href="/{language}/{PAGE}#tool"' in answer.text


def test_the_example_has_the_figures_that_the_project_published(client: FlaskClient) -> None:
    text = unescape(send(client, example()).text)
    assert "50,1\u00a0% (45,5\u00a0%–54,7\u00a0%)" in text and "224/447" in text
    assert "suositteluluku (NPS) 68" in text and "55,0\u00a0% vähemmän" in text


def test_no_row_of_a_person_stands_in_an_answer(client: FlaskClient) -> None:
    for kind in ("page", "pdf", "xlsx"):
        assert b"KEKSITTY0" not in send(client, example(), kind=kind).data


def test_the_report_comes_as_a_file_where_one_is_asked_for(client: FlaskClient) -> None:
    pdf, book = send(client, example(), kind="pdf"), send(client, example(), language="sv", kind="xlsx")
    assert pdf.data.startswith(b"%PDF") and pdf.headers["Content-Type"] == "application/pdf"
    assert pdf.headers["Content-Disposition"] == 'attachment; filename="vaikuttavuuden-arviointi.pdf"'
    assert openpyxl.load_workbook(io.BytesIO(book.data)).sheetnames[0] == "Sammandrag"
    assert pdf.headers["Cache-Control"] == book.headers["Cache-Control"] == "no-store"
    assert send(client, example(), kind="docx").text.startswith("<!doctype html>")


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_workbook_is_refused_with_the_right_sentence(client: FlaskClient, name: str) -> None:
    make, expected = DAMAGED[name]
    answer = send(client, make())
    if name == "too large":
        assert answer.status_code == 413 and told(answer) == [load_words("fi")("evaluation.refused.too_large")]
    else:
        assert answer.status_code == 422
        assert len(told(answer)) == 1 and told(answer)[0].startswith("a.xlsx: ") and expected in told(answer)[0]
    assert answer.headers["Cache-Control"] == "no-store" and 'type="file"' in answer.text


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_named_by_sheet_row_and_column(client: FlaskClient, name: str) -> None:
    make, expected = FAULTS[name]
    answer = send(client, make())
    assert answer.status_code == 422 and len(told(answer)) == 1 and expected in told(answer)[0]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fi", "a.xlsx: Välilehti Asiakkaat, rivi 3, sarake Asiakas (peitetunnus) (A): tässä näyttää olevan"),
        ("sv", "a.xlsx: Bladet Kunder, rad 3, kolumn Kund (pseudonym) (A): här verkar finnas en personbeteckning"),
        ("en", "a.xlsx: Sheet Customers, row 3, column Customer (pseudonym) (A): there seems to be a personal"),
    ],
)
def test_faults_of_all_files_are_told_in_the_reader_s_language_without_what_cells_hold(
    client: FlaskClient, language: str, expected: str
) -> None:
    answer = send(client, with_cell("customers", "A3", "131052-308T"), b"text", language=language)
    assert answer.status_code == 422 and len(told(answer)) == 2
    assert told(answer)[0].startswith(expected) and told(answer)[1].startswith("b.xlsx: ")
    assert "131052" not in answer.text and "<table" not in answer.text


def test_forms_of_one_project_are_analysed_together_and_of_two_refused(client: FlaskClient) -> None:
    both = send(client, form(), form(few_rows(feedback=[])))
    assert both.status_code == 200 and "Asiakkaita 6" in both.text
    other = [few_rows()["project"][0] | {"code": "TOINEN"}]
    refused = send(client, form(), form(few_rows(project=other)))
    assert refused.status_code == 422 and told(refused)[0].startswith("Työkirja 2 on eri hankkeesta")


@pytest.mark.parametrize("language", languages())
def test_what_is_too_large_is_refused_unread_with_one_sentence(client: FlaskClient, language: str) -> None:
    sentence = [load_words(language)("evaluation.refused.too_large")]
    larger, together = bytes(MOST_BYTES + route.AROUND), bytes(MOST_BYTES // 2 + 1)
    for contents in ([larger], [together, together], [form()] * (route.MOST_FORMS + 1)):
        answer = send(client, *contents, language=language)
        assert answer.status_code == 413 and told(answer) == sentence
    assert send(client, *[form()] * route.MOST_FORMS, language=language).status_code == 422


@pytest.mark.parametrize("language", languages())
def test_the_limits_that_are_told_are_those_that_hold(language: str) -> None:
    customers = next(sheet.most for sheet in SHEETS if sheet.code == "customers")
    words = load_words(language)
    limits = re.sub(r"\D+", " ", re.sub(r"(?<=\d)[\u00a0,](?=\d)", "", words("evaluation.form.limits"))).split()
    assert limits == [str(route.MOST_FORMS), str(MOST_BYTES // 1_000_000), str(customers)]
    assert re.findall(r"\d+", words("evaluation.refused.too_large")) == limits[:2]


def test_without_a_workbook_the_page_asks_for_one(client: FlaskClient) -> None:
    address = f"/fi/{PAGE}/analyysi"
    nothing = {"forms": (io.BytesIO(b""), ""), "as": "page"}
    for answer in (
        client.post(address),
        client.post(address, data=nothing),
        client.post(address, data={"forms": "text"}),
        client.post(address, data=form(), content_type="multipart/form-data"),
        client.post(address, data=b"--x\r\n\r\nbroken", content_type="multipart/form-data; boundary=x"),
    ):
        assert answer.status_code == 400 and told(answer) == [load_words("fi")("evaluation.refused.no_file")]


def test_the_name_of_a_file_is_never_markup(client: FlaskClient) -> None:
    answer = send_named(client, [("<img src=x>" + "y" * 500 + "<i>.xlsx", b"text")])
    assert "<img" not in answer.text and "<i>" not in answer.text
    assert told(answer)[0].partition(": ")[0] == "y" * (route.LONGEST_NAME - 8) + "<i>.xlsx"


def test_while_others_are_analysed_the_page_says_to_wait(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(route, "AT_ONCE", 0)
    monkeypatch.setattr(route, "LONGEST_WAIT", 0.01)
    answer = send(client_of(data_dir), form())
    assert answer.status_code == 503 and answer.headers["Retry-After"]
    assert told(answer) == [load_words("fi")("evaluation.refused.busy")]


def test_a_refused_form_leaves_the_turn_to_the_next(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(route, "LONGEST_WAIT", 0.01)
    assert [send(client, each).status_code for each in (b"text", form(), b"text", form())] == [422, 200, 422, 200]


class Writing:
    """Notes every file that this process opens for writing, while it is asked to."""

    def __init__(self) -> None:
        self.on, self.opened = False, list[str]()
        sys.addaudithook(self.note)

    def note(self, event: str, args: tuple[object, ...]) -> None:
        """Note an opened file."""
        if self.on and event == "open" and isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR):
            self.opened.append(str(args[0]))

    def __enter__(self) -> list[str]:
        self.on = True
        return self.opened

    def __exit__(self, *_: object) -> None:
        self.on = False


def test_nothing_that_is_sent_is_written_anywhere(
    data_dir: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    client = client_of(data_dir)
    large = repacked(add={"xl/media/image1.png": Random(1).randbytes(1_500_000)})
    kept = {path: path.stat().st_mtime_ns for path in data_dir.rglob("*")}
    caplog.set_level(0)
    with Writing() as opened:
        for content, status in ((large, 200), (large[:-400], 422), (bytes(MOST_BYTES + route.AROUND), 413)):
            for kind in ("page", "xlsx"):
                assert send(client, content, kind=kind).status_code == status
    assert opened == []
    assert {path: path.stat().st_mtime_ns for path in data_dir.rglob("*")} == kept
    assert caplog.text == "" and "".join(capfd.readouterr()) == ""


@pytest.mark.parametrize("language", languages())
def test_the_form_and_the_example_are_downloaded_from_the_page(client: FlaskClient, language: str) -> None:
    page = client.get(f"/{language}/{PAGE}").text
    for name, filled in (("lomake", False), ("esimerkki", True)):
        address = f"/{language}/{PAGE}/{name}.xlsx"
        answer = client.get(address)
        assert f'href="{address}"' in page and answer.status_code == 200
        assert answer.data == form_reader().blank(load_words(language), load_settings(), example=filled)
        assert re.fullmatch(r'attachment; filename="[a-z-]+\.xlsx"', answer.headers["Content-Disposition"])
        again = client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
        assert again.status_code == 304
        assert send(client, answer.data, language=language).status_code == (200 if filled else 422)
    assert read_workbook(client.get(f"/{language}/{PAGE}/esimerkki.xlsx").data, vocabulary()).made_up


def test_no_other_page_takes_a_form_and_no_other_form_is_there(client: FlaskClient) -> None:
    for page in (PAGE, "tietoa"):
        assert client.post(f"/fi/{page}", data={"forms": (io.BytesIO(form()), "a.xlsx")}).status_code == 405
    assert client.get(f"/fi/{PAGE}/muu.xlsx").status_code == 404
    assert client.get(f"/de/{PAGE}/lomake.xlsx").status_code == 404


def test_a_server_without_a_reader_of_forms_does_not_offer_the_tool(data_dir: Path) -> None:
    client = create_server(load_settings(data_dir=data_dir), load_catalogue()).test_client()
    assert 'type="file"' not in client.get(f"/fi/{PAGE}").text
    assert send(client, form()).status_code == 404


def test_the_server_that_the_commands_start_offers_the_tool(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOILLISMAA_DATA_DIR", str(data_dir))
    client = app.create_server().test_client()
    assert 'type="file"' in client.get(f"/fi/{PAGE}").text and send(client, form()).status_code == 200


def test_a_text_of_a_form_is_never_markup_on_the_page(client: FlaskClient) -> None:
    named = few_rows(reference=[{"name": "<b>Luku</b>", "target_group": None, "share": 30.0}])
    assert "<b>Luku" not in send(client, form(named)).text


def test_nobody_ended_yet(client: FlaskClient) -> None:
    text = send(client, form(few_rows(customers=[customer("A1")], services=[]))).text
    assert "Alle puolet on saavuttanut" in text and not re.search(r"\b(nan|inf)\b", text)


@pytest.mark.parametrize("language", languages())
def test_an_analysis_is_nowhere_to_come_back_to(client: FlaskClient, language: str) -> None:
    answer = client.get(f"/{language}/{PAGE}/analyysi")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/{language}/{PAGE}#tool")
