"""The project's page in a browser: accessible, uncut, without sideways scrolling, and whole without scripts."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.dashboards.project_database import build_project
from tests.e2e.conftest import Open, Violations, lay_out
from tests.e2e.serving import serving
from tests.e2e.test_review_in_a_browser import CUT_LABELS

Axe = Callable[[Page], Violations]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(build_project(tmp_path_factory.mktemp("project"))) as root:
        yield root


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_axe_finds_no_violation_and_nothing_is_cut(
    open_page: Open, axe: Axe, language: str, width: int, scheme: str
) -> None:
    page = open_page(f"/{language}/hanke?area=305", width, scheme).page
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    assert axe(page) == []
    lay_out(page)
    assert page.evaluate(CUT_LABELS) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_page_is_whole_without_scripts_and_its_form_leads_to_another_municipality(open_page: Open) -> None:
    page = open_page("/fi/hanke", scripts=False).page
    assert page.locator("h1").inner_text().startswith("Work & Stay -hanke tavoitti 198")
    assert page.locator("svg.drawing").count() > 0
    page.select_option("select[name=area]", "615")
    page.click("form.controls button[type=submit]")
    assert "area=615" in page.url
    expect(page.locator("#project_unemployment .summary")).to_contain_text("Pudasjärvi")


def test_a_reader_changes_the_municipality_in_place(open_page: Open) -> None:
    opened = open_page("/sv/hanke?area=305")
    opened.page.select_option("select[name=area]", "615")
    expect(opened.page.locator("#project_unemployment .summary")).to_contain_text("Pudasjärvi")
    assert "area=615" in opened.page.url
    assert opened.complaints == []
