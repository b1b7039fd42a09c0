"""The page of the co-funded benefit in a browser: seen, read aloud, typed into, with scripts and without."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.dashboards.benefit_database import build_benefit
from tests.dashboards.small_database import build
from tests.e2e.conftest import lay_out
from tests.e2e.serving import serving
from tests.e2e.test_review_in_a_browser import CUT_LABELS, SMALL_TARGETS, SMALLEST_TEXT, Axe, Open

pytestmark = pytest.mark.browser

PAGE = "/fi/tyottomyysturva"
TOLD = "form[data-what-if] p.told"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the root address of a server over both models' figures."""
    with serving(build_benefit(tmp_path_factory.mktemp("benefit_e2e"))) as root:
        yield root


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_axe_finds_no_violation(open_page: Open, axe: Axe, language: str, width: int, scheme: str) -> None:
    page = open_page(f"/{language}/tyottomyysturva?area=305&compare=832,SSS&as_of=x&out=99", width, scheme).page
    assert axe(page) == []
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    assert axe(page) == []


@pytest.mark.parametrize("width", [320, 390, 800, 1280])
def test_the_page_does_not_scroll_sideways_and_its_charts_are_whole(open_page: Open, width: int) -> None:
    page = open_page(f"{PAGE}?compare=832,SSS", width).page
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    lay_out(page)
    assert page.evaluate(SMALLEST_TEXT) >= (10.5 if width > 320 else 10)
    assert page.evaluate(CUT_LABELS) == []


def test_targets_are_large_enough_for_a_finger(open_page: Open) -> None:
    page = open_page(PAGE, 390).page
    lay_out(page)
    assert page.evaluate(SMALL_TARGETS) == []


def test_without_scripts_all_figures_are_there_and_both_forms_work(open_page: Open) -> None:
    page = open_page(PAGE, scripts=False).page
    assert page.locator("h1").inner_text().startswith("Kuusamossa kunnan osuus työttömyysturvasta")
    assert page.locator("#cofunded_benefit_municipal_eur svg path.line").first.is_visible()
    page.get_by_label("Kunta tai alue").select_option("832")
    page.get_by_role("button", name="Näytä").click()
    assert page.locator("h1").inner_text().startswith("Taivalkoskella")
    before = page.locator(TOLD).inner_text()
    page.locator("input[name=out]").first.fill("5")
    page.get_by_role("button", name="Laske", exact=True).click()
    assert "out=5" in page.url and "area=832" in page.url
    assert page.locator(TOLD).inner_text() != before


def test_the_what_if_goes_on_counting_after_the_municipality_was_changed_in_place(open_page: Open) -> None:
    opened = open_page(PAGE)
    page = opened.page
    page.locator("select[name=area]").focus()
    page.wait_for_selector("html[data-live=on]", state="attached")
    page.locator("select[name=area]").select_option("832")
    expect(page.locator("h1")).to_contain_text("Taivalkoskella")
    before = page.locator(TOLD).inner_text()
    page.locator("input[name=out]").first.fill("5")
    expect(page.locator(TOLD)).not_to_have_text(before)
    assert "area=832" in page.url
    assert opened.complaints == []


def test_taking_over_leaves_the_calculator_where_it_is_in_a_browser_that_holds_nothing_itself(open_page: Open) -> None:
    page = open_page(f"{PAGE}#what-if", 390, height=600, touch=True).page
    page.evaluate("for (const part of [document.documentElement, document.body]) part.style.overflowAnchor = 'none'")
    page.evaluate("scrollBy(0, 180)")
    page.wait_for_timeout(300)  # cards come to their own heights as they come near
    top, above = "document.getElementById('what-if').getBoundingClientRect().top", "scrollY"
    before = page.evaluate(top), page.evaluate(above)
    page.keyboard.press("Shift")
    page.wait_for_selector("html[data-live=on]", state="attached")
    assert abs(page.evaluate(top) - before[0]) < 2
    assert page.evaluate(above) != before[1]


def test_nothing_is_asked_of_another_host_and_no_cookie_is_set(open_page: Open, address: str) -> None:
    opened = open_page(PAGE, 390, touch=True)
    assert [url for url in opened.requests if not url.startswith(address)] == []
    assert opened.context.cookies() == []
    assert opened.complaints == []


def test_without_the_new_model_s_figures_the_page_is_whole_too(
    tmp_path: Path, open_page: Open, axe: Axe, address: str
) -> None:
    page = open_page(PAGE).page
    with serving(build(tmp_path / "small")) as root:
        page.goto(root + PAGE, wait_until="networkidle")
        assert axe(page) == []
        assert "koillismaa ingest" in page.locator("main").inner_text()
        assert page.locator(TOLD).is_visible()
