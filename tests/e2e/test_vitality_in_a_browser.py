"""The vitality review in a browser over what ships: seen, read aloud, narrow, dark, with scripts and without."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from ingest.snapshot.shipped import load_shipped
from queries.catalogue import load_catalogue
from queries.settings import load_settings
from tests.e2e.conftest import lay_out
from tests.e2e.serving import serving
from tests.e2e.test_review_in_a_browser import CUT_LABELS, SMALL_TARGETS, SMALLEST_TEXT, Axe, Open

pytestmark = pytest.mark.browser

PAGE = "/fi/elinvoimakatsaus"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the root address of a server over the figures that ship with the project."""
    folder = tmp_path_factory.mktemp("vitality_e2e")
    load_shipped(load_settings(data_dir=folder), load_catalogue())
    with serving(folder) as root:
        yield root


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_axe_finds_no_violation(open_page: Open, axe: Axe, language: str, width: int, scheme: str) -> None:
    page = open_page(f"/{language}/elinvoimakatsaus?area=305&compare=832,SSS&weights=x", width, scheme).page
    assert axe(page) == []
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    assert axe(page) == []


@pytest.mark.parametrize("width", [320, 390, 800, 1280])
def test_the_page_does_not_scroll_sideways_and_its_charts_are_whole(open_page: Open, width: int) -> None:
    page = open_page(PAGE, width).page
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    lay_out(page)
    assert page.evaluate(SMALLEST_TEXT) >= (10.5 if width > 320 else 10)
    assert page.evaluate(CUT_LABELS) == []


def test_targets_are_large_enough_for_a_finger(open_page: Open) -> None:
    page = open_page(PAGE, 390).page
    lay_out(page)
    assert page.evaluate(SMALL_TARGETS) == []


@pytest.mark.parametrize("scripts", [True, False])
def test_the_weights_move_the_position_with_scripts_and_without(open_page: Open, scripts: bool) -> None:
    page = open_page(f"{PAGE}?area=305", scripts=scripts).page
    page.locator("input[name=weights]").nth(5).fill("7")
    page.get_by_role("button", name="Laske painoilla").click()
    expect(page.locator("#vitality_index")).to_contain_text("Painotuksesi")
    assert "weights=1,1,1,1,1,7" in page.url and "area=305" in page.url
    page.get_by_role("link", name="Tasapainot").click()
    expect(page.locator("#vitality_index")).not_to_contain_text("Painotuksesi")


def test_the_municipality_changes_in_place_and_keeps_the_weights(open_page: Open) -> None:
    opened = open_page(f"{PAGE}?area=305&weights=1,0,0,0,0,5,0,0,0,0,0")
    page = opened.page
    page.locator("select[name=area]").focus()
    page.wait_for_selector("html[data-live=on]", state="attached")
    page.locator("select[name=area]").select_option("832")
    expect(page.locator("h1")).to_contain_text("Taivalkoskella")
    assert "weights=1,0,0,0,0,5" in page.url
    assert opened.complaints == []
