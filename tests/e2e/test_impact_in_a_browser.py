"""The impact tool in a browser: files chosen or dropped, the analysis seen, also without scripts; published results."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.e2e.conftest import Open, Violations
from tests.e2e.serving import serving
from tests.e2e.test_review_in_a_browser import SMALL_TARGETS
from tests.impact.forms import example, with_cell
from tests.impact.published import build_published

pytestmark = pytest.mark.browser

Axe = Callable[[Page], Violations]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DROP = """([input, bytes]) => {
    const moved = new DataTransfer();
    moved.items.add(new File([new Uint8Array(bytes)], 'pudotettu.xlsx'));
    input.files = moved.files;
}"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(build_published(tmp_path_factory.mktemp("impact"))) as root:
        yield root


def send(page: Page, content: bytes) -> None:
    """Choose a workbook and send it."""
    page.set_input_files("#forms", FilePayload(name="lomake.xlsx", mimeType=XLSX, buffer=content))
    with page.expect_navigation():
        page.click("button[value=page]")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_reader_chooses_a_form_and_sees_its_analysis(open_page: Open, scripts: bool) -> None:
    opened = open_page("/fi/vaikuttavuus", scripts=scripts)
    send(opened.page, example())
    assert opened.page.locator("h1").inner_text() == "Vaikuttavuuden arviointi: Work & Stay, keksitty esimerkki"
    assert "224/447" in opened.page.locator("section:has(#summary)").inner_text()
    assert opened.page.locator(".figure svg").count() == 2
    opened.page.click("main a[href$='#tool'] >> nth=0")
    expect(opened.page.locator("#forms")).to_be_visible()
    assert opened.complaints == []


def test_without_scripts_a_refused_form_is_told_and_the_next_one_answered(open_page: Open) -> None:
    page = open_page("/sv/vaikuttavuus", scripts=False).page
    send(page, with_cell("customers", "E2", "7.1.2025"))
    assert page.locator("h1").inner_text() == "Analysen kunde inte göras"
    assert "rad 2, kolumn Började (E)" in page.locator(".notices").inner_text()
    send(page, example())
    assert page.locator("#limits").text_content() == "Vad detta inte bevisar"


def test_the_report_is_downloaded_as_a_file(open_page: Open, tmp_path: Path) -> None:
    page = open_page("/fi/vaikuttavuus").page
    page.set_input_files("#forms", FilePayload(name="lomake.xlsx", mimeType=XLSX, buffer=example()))
    with page.expect_download() as download:
        page.click("button[value=pdf]")
    assert download.value.suggested_filename == "vaikuttavuuden-arviointi.pdf"
    with page.expect_download() as download:
        page.click("a[href$='lomake.xlsx']")
    assert download.value.suggested_filename == "vaikuttavuus-lomake.xlsx"


def test_the_field_is_large_enough_to_drop_a_file_on_and_says_where(open_page: Open) -> None:
    page = open_page("/fi/vaikuttavuus", 390).page
    box = page.locator("#forms").bounding_box()
    assert box and box["width"] >= 250 and box["height"] >= 80
    assert "pudota" in (page.locator("label[for=forms]").text_content() or "")
    page.evaluate(DROP, [page.query_selector("#forms"), list(b"text")])
    page.click("button[value=page]")
    expect(page.locator(".notices")).to_contain_text("pudotettu.xlsx")


def test_nothing_is_sent_before_a_form_is_chosen(open_page: Open) -> None:
    page = open_page("/fi/vaikuttavuus").page
    page.click("button[value=page]")
    assert page.locator("#tool").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_axe_finds_no_violation_and_nothing_is_cut(
    open_page: Open, axe: Axe, language: str, width: int, scheme: str
) -> None:
    page = open_page(f"/{language}/vaikuttavuus", width, scheme).page
    assert page.locator("#published-ESIMERKKI-groups table").count() == 1
    for content in (None, with_cell("customers", "B3", None), example()):
        if content:
            send(page, content)
        assert axe(page) == []
        assert page.evaluate(SMALL_TARGETS) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
