"""The map and the rankings in a browser, on a database with every municipality."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Page as BrowserPage

from tests.dashboards.every_municipality import build, municipalities
from tests.e2e.conftest import lay_out
from tests.e2e.serving import serving

pytestmark = pytest.mark.browser

Open = Callable[..., Any]
Axe = Callable[[Any], list[tuple[str, list[str]]]]
PAGE = "/fi/tyollisyyskatsaus"
FAR, NEAR = ".map-far svg a", ".map-near svg a"
STOPS = """selector => [...document.querySelectorAll(selector)].filter(e => e.tabIndex === 0).length"""
FOCUSED = "() => document.activeElement.querySelector('title')?.textContent || document.activeElement.className"
READOUT = "() => document.querySelector('.map-readout').textContent"
# every municipality that the arrows reach from the first one, by pressing them as a reader does
REACHED = """selector => {
    const links = [...document.querySelectorAll(selector)];
    const seen = new Set([links[0]]);
    const waiting = [links[0]];
    while (waiting.length) {
        const link = waiting.pop();
        for (const key of ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight']) {
            link.focus();
            link.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true}));
            if (!seen.has(document.activeElement)) {
                seen.add(document.activeElement);
                waiting.push(document.activeElement);
            }
        }
    }
    return [seen.size, links.length];
}"""
SMALLEST_TEXT = """() => Math.min(
    ...[...document.querySelectorAll('[id^=rank_] svg text, #area_map svg text')]
    .filter(t => t.getClientRects().length).map(t => parseFloat(getComputedStyle(t).fontSize) * t.getScreenCTM().a))"""
CUT = """() => [...document.querySelectorAll("[id^=rank_] svg, #area_map svg")].flatMap(s => {
    if (!s.checkVisibility()) return [];
    const box = s.getBoundingClientRect();
    return [...s.querySelectorAll('text')].filter(t => { const r = t.getBoundingClientRect();
        return r.left < box.left - 1 || r.right > box.right + 1 || r.bottom > box.bottom + 1; }).map(t => t.textContent)
})"""
COLOURS = """() => [0, 1, 2, 3, 4].map(level =>
    getComputedStyle(document.querySelector(`.map-far .v-${level}`)).fill)"""
LINES = """() => ['.map .own', '.map .halo', '.map-far .rim'].map(name =>
    getComputedStyle(document.querySelector(name)).stroke)"""
TOP = "document.getElementById('area_map').getBoundingClientRect().top"
"""Where the map is seen."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the root address of a server over every municipality, in place of the small one."""
    with serving(build(tmp_path_factory.mktemp("every"))) as root:
        yield root


@pytest.fixture
def page(open_page: Open) -> BrowserPage:
    """Return the page as a reader with scripts opens it."""
    opened: BrowserPage = open_page(PAGE).page
    return opened


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_axe_finds_no_violation(open_page: Open, axe: Axe, language: str, width: int, scheme: str) -> None:
    opened = open_page(f"/{language}/tyollisyyskatsaus?indicator=unemployed_per_vacancy", width, scheme).page
    opened.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    assert axe(opened) == []


def test_without_scripts_every_municipality_is_a_stop_with_a_name_and_leads_to_its_page(open_page: Open) -> None:
    opened = open_page(PAGE, scripts=False).page
    links = opened.locator(FAR)
    assert links.count() == len(municipalities())
    opened.locator(".skip-map").focus()
    opened.keyboard.press("Tab")
    assert opened.get_by_role("link", name="Akaa: ").first.evaluate("e => e === document.activeElement")
    opened.keyboard.press("Tab")
    opened.keyboard.press("Enter")
    opened.wait_for_url("**area=005*")
    assert opened.locator("h1").inner_text().startswith("Alajärvi")


def test_the_map_can_be_skipped_without_scripts(open_page: Open) -> None:
    opened = open_page(PAGE, scripts=False).page
    skip = opened.locator(".skip-map")
    skip.focus()
    assert skip.bounding_box()["x"] > 0
    opened.keyboard.press("Enter")
    opened.keyboard.press("Tab")
    assert opened.evaluate("document.activeElement.closest('.map')") is None
    assert opened.evaluate("!!document.activeElement.closest('#area_map')")


def test_with_scripts_each_view_is_one_stop_and_begins_at_the_chosen_municipality(page: BrowserPage) -> None:
    assert page.evaluate(STOPS, FAR) == page.evaluate(STOPS, NEAR) == 1
    page.locator(".skip-map").focus()
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED).startswith("Kuusamo: ")
    assert page.evaluate("document.activeElement.matches('.map-far a')")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('.map-near a')")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.map figure')") is None


def test_arrows_go_to_the_neighbour_in_their_direction_and_it_is_read_out(page: BrowserPage) -> None:
    page.locator(f"{NEAR}[tabindex='0']").focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate(FOCUSED).startswith("Taivalkoski: ")
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(FOCUSED).startswith("Pudasjärvi: ")
    assert page.evaluate(READOUT) == page.evaluate(FOCUSED)
    assert page.evaluate(STOPS, NEAR) == 1
    assert page.locator(".map .cursor").count() == 4
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(FOCUSED) == page.evaluate(READOUT)


def test_home_and_end_go_to_the_first_and_the_last_and_nothing_scrolls(page: BrowserPage) -> None:
    page.locator(f"{FAR}[tabindex='0']").focus()
    before = page.evaluate(TOP)
    page.keyboard.press("Home")
    assert page.evaluate(FOCUSED).startswith("Akaa: ")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("End")
    assert page.evaluate(FOCUSED).startswith("Äänekoski: ")
    assert page.evaluate(TOP) == pytest.approx(before, abs=1)


def test_the_arrows_reach_every_municipality(page: BrowserPage) -> None:
    assert page.evaluate(REACHED, FAR) == [308, 308]
    near = page.evaluate(REACHED, NEAR)
    assert near[0] == near[1] > 10


def test_enter_follows_the_link_with_scripts(page: BrowserPage) -> None:
    page.locator(f"{FAR}[tabindex='0']").focus()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.wait_for_url("**area=992*")


def test_the_pointer_reads_a_municipality_out_in_both_views(page: BrowserPage) -> None:
    page.locator(f"{NEAR}[href*='area=832']").hover()
    assert page.evaluate(READOUT).startswith("Taivalkoski: ")
    assert page.evaluate("[...document.querySelectorAll('.cursor')].map(e => e.getAttribute('href'))") == ["#m832"] * 4


def test_a_map_that_is_put_in_place_of_another_is_one_stop_again(page: BrowserPage) -> None:
    page.evaluate("document.querySelector('.map-far').innerHTML += ''")
    page.evaluate("document.querySelectorAll('.map a').forEach(e => e.removeAttribute('tabindex'))")
    page.wait_for_timeout(100)
    assert page.evaluate(STOPS, FAR) == page.evaluate(STOPS, NEAR) == 1


@pytest.mark.parametrize("width", [320, 390, 600, 800, 1280])
def test_text_is_large_enough_and_not_cut_and_nothing_scrolls_sideways(open_page: Open, width: int) -> None:
    for path in (
        f"{PAGE}?month=2026-06",
        "/sv/tyollisyyskatsaus?area=091&indicator=unemployed_per_vacancy",
        "/en/tyollisyyskatsaus?area=SSS&indicator=activation_rate",
    ):
        opened = open_page(path, width).page
        lay_out(opened)
        assert opened.evaluate(SMALLEST_TEXT) >= (10.5 if width > 320 else 10)
        assert opened.evaluate(CUT) == []
        assert opened.evaluate("document.documentElement.scrollWidth") <= width


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour as the browser writes it."""
    parts = [int(part) / 255 for part in colour.removeprefix("rgb(").removesuffix(")").split(",")]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours."""
    high, low = sorted([luminance(one), luminance(other)], reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_classes_go_one_way_and_lines_stand_out_of_them(open_page: Open, scheme: str) -> None:
    opened = open_page(PAGE, scheme=scheme).page
    classes = opened.evaluate(COLOURS)
    own, halo, rim = opened.evaluate(LINES)
    steps = [luminance(colour) for colour in classes]
    assert steps == sorted(steps, reverse=scheme == "light")
    assert min(contrast(one, other) for one, other in pairwise(classes)) > 1.35
    assert contrast(own, halo) > 7
    # the outline of the chosen one has two lines: one of them stands out of any class
    assert min(max(contrast(own, each), contrast(halo, each)) for each in classes) > 3
    assert contrast(rim, halo) > 3
