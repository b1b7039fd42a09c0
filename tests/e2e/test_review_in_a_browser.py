from collections.abc import Callable
from typing import Any

import pytest

from tests.e2e.conftest import lay_out

pytestmark = pytest.mark.browser

Open = Callable[..., Any]
Axe = Callable[[Any], list[tuple[str, list[str]]]]
PAGE = "/fi/tyollisyyskatsaus"
SMALLEST_TEXT = """() => Math.min(...[...document.querySelectorAll('svg text')].filter(t => t.getClientRects().length)
    .map(t => parseFloat(getComputedStyle(t).fontSize) * t.getScreenCTM().a))"""
SMALL_TARGETS = """() => [...document.querySelectorAll('a, button, select, summary, input:not([type=hidden])')]
    .filter(e => e.checkVisibility() && !e.matches('.skip, label.check input, svg a'))
    .map(e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])
    .filter(([, box]) => Math.min(box.width, box.height) < 24)
    .map(([html]) => html)"""
SKIPPED = """[...document.querySelectorAll('.card')]
    .filter(card => getComputedStyle(card).contentVisibility !== 'visible').length"""
# one drawing at a time is seen: those that are not have no box
CUT_LABELS = """() => [...document.querySelectorAll("svg.drawing")].filter(s => s.checkVisibility()).flatMap(s => {
    const box = s.getBoundingClientRect();
    return [...s.querySelectorAll('text')].filter(t => { const r = t.getBoundingClientRect();
        return r.left < box.left - 1 || r.right > box.right + 1 || r.bottom > box.bottom + 1; }).map(t => t.textContent)
})"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_axe_finds_no_violation(open_page: Open, axe: Axe, language: str, width: int, scheme: str) -> None:
    page = open_page(f"/{language}/tyollisyyskatsaus?area=614&compare=305,832,SK178,SSS&as_of=x", width, scheme).page
    assert axe(page) == []
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    assert axe(page) == []


@pytest.mark.parametrize("path", ["/fi/", "/sv/finns-inte", f"{PAGE}?view=table"])
def test_axe_finds_no_violation_on_other_pages(open_page: Open, axe: Axe, path: str) -> None:
    page = open_page(path, 390).page
    assert axe(page) == []


def test_a_page_shows_its_figures_and_charts_without_scripts(open_page: Open) -> None:
    page = open_page(PAGE, scripts=False).page
    assert page.locator("h1").inner_text().startswith("Kuusamossa oli elokuussa 2026 työttömiä 11,4")
    assert page.locator(".key-figure", has_text="Työttömät työnhakijat").locator("strong").inner_text() == "805"
    assert page.locator("#unemployment_rate svg.wide path.line").first.is_visible()


def test_the_form_changes_municipality_and_month_without_scripts(open_page: Open) -> None:
    page = open_page(PAGE, scripts=False).page
    page.get_by_label("Kunta tai alue").select_option("614")
    page.locator("select[name=month]").select_option("2026-06")
    page.get_by_text("Vertailualueet", exact=True).click()
    page.get_by_role("checkbox", name="Pudasjärvi").check()
    page.get_by_role("button", name="Näytä").click()
    assert page.locator("h1").inner_text().startswith("Posiolla oli kesäkuussa 2026 työttömiä 12,4")
    assert "area=614" in page.url
    assert "compare=" in page.url
    assert "615" in page.url


def test_any_municipality_is_found_by_its_name_without_scripts(open_page: Open) -> None:
    page = open_page(PAGE, scripts=False).page
    page.get_by_label("Hae muu kunta").fill("sotk")
    page.get_by_label("Hae muu kunta").press("Enter")
    assert "area=765" in page.url
    assert page.locator("select[name=area] option:checked").inner_text() == "Sotkamo"


def test_on_a_phone_one_button_opens_the_choices_without_scripts(open_page: Open) -> None:
    page = open_page(PAGE, 390, scripts=False).page
    assert not page.locator("select[name=area]").is_visible()
    page.get_by_text("Valinnat", exact=True).click()
    page.locator("select[name=area]").select_option("832")
    page.get_by_role("button", name="Näytä").click()
    assert "area=832" in page.url


def test_nothing_is_asked_of_another_host_no_cookie_is_set_and_nothing_is_complained_of(
    open_page: Open, address: str
) -> None:
    opened = open_page(PAGE, 390, touch=True)
    assert [url for url in opened.requests if not url.startswith(address)] == []
    assert opened.context.cookies() == []
    assert opened.complaints == []
    assert len(opened.requests) < 12


@pytest.mark.parametrize("width", [320, 390, 800, 1280])
@pytest.mark.parametrize("path", ["/fi/", PAGE, "/sv/tyollisyyskatsaus?area=614&view=table", "/en/none"])
def test_no_page_scrolls_sideways(open_page: Open, width: int, path: str) -> None:
    page = open_page(path, width).page
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [320, 390, 700, 900, 1280])
def test_text_in_charts_is_large_enough_and_not_cut(open_page: Open, width: int) -> None:
    page = open_page(f"{PAGE}?compare=832,SK178,MK17,SSS", width).page
    lay_out(page)
    assert page.evaluate(SMALLEST_TEXT) >= (10.5 if width > 320 else 10)
    assert page.evaluate(CUT_LABELS) == []


def test_exactly_one_drawing_of_each_chart_is_seen_at_every_width(open_page: Open) -> None:
    page = open_page(PAGE).page
    lay_out(page)
    for width in (320, 390, 500, 700, 899, 900, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 800})
        seen = page.evaluate(
            "[...document.querySelectorAll('.chart:has(.drawing)')].map(c => "
            "[...c.querySelectorAll('.drawing')].filter(s => s.checkVisibility()).length)"
        )
        assert set(seen) == {1}, width


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("width", [1280, 390])
def test_an_address_that_names_a_card_shows_it_and_paper_has_all_of_them(
    open_page: Open, width: int, scripts: bool
) -> None:
    page = open_page(f"{PAGE}#area_map", width, scripts=scripts).page
    page.wait_for_timeout(500)  # cards come to their own heights as they come near
    top = page.locator("#area_map").bounding_box()["y"]
    assert 0 <= top < 300
    page.emulate_media(media="print")
    assert page.evaluate(SKIPPED) == 0


@pytest.mark.parametrize("slug", ["tietoa", "vaikuttavuus"])
def test_a_page_of_text_is_laid_out_whole(open_page: Open, slug: str) -> None:
    assert open_page(f"/fi/{slug}", 390).page.evaluate(SKIPPED) == 0


def test_targets_are_large_enough_for_a_finger(open_page: Open) -> None:
    page = open_page(PAGE, 390).page
    lay_out(page)
    assert page.evaluate(SMALL_TARGETS) == []


def test_the_keyboard_reaches_the_content_first_and_sees_where_it_is(open_page: Open) -> None:
    page = open_page(PAGE).page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_a_dark_page_has_the_municipality_s_lighter_colour(open_page: Open) -> None:
    colour = "getComputedStyle(document.querySelector('svg.wide g.area-305')).color"
    assert open_page(PAGE, scheme="light").page.evaluate(colour) == "rgb(11, 90, 122)"
    assert open_page(PAGE, scheme="dark").page.evaluate(colour) == "rgb(92, 179, 214)"


def test_the_typeface_is_our_own_and_loaded(open_page: Open) -> None:
    page = open_page(PAGE).page
    assert page.evaluate("document.fonts.check('16px \"Atkinson Hyperlegible Next\"')")
    assert page.evaluate("[...document.fonts].some(f => f.status === 'loaded')")
