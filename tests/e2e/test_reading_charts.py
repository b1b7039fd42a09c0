"""Charts answer pointer, finger and keyboard; cards have a menu. Both are looked at as a reader meets them."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.e2e.conftest import lay_out

pytestmark = pytest.mark.browser

Open = Callable[..., Any]
Axe = Callable[[Any], list[tuple[str, list[str]]]]
PAGE = "/fi/tyollisyyskatsaus?compare=832,SSS"
RATE = "#unemployment_rate"
LINK_BUTTON = f'{RATE} .menu button[data-copies="unemployment_rate-link"]'
FOCUSED = "document.activeElement.matches(%r)"
# the places of the dots that are marked, and whether the text covers one of them
COVERED = """(card) => { const box = document.querySelector(card + ' .readout').getBoundingClientRect();
    const dots = [...document.querySelectorAll(card + ' .reading circle')].map(dot => dot.getBoundingClientRect());
    return dots.filter(at => at.right > box.left && at.left < box.right
        && at.bottom > box.top && at.top < box.bottom).length }"""
PLACES = """() => [...document.querySelectorAll('h2, p.summary, p.source, .chart')].map(e => {
    const box = e.getBoundingClientRect(); return [box.left, box.top + scrollY, box.width, box.height]; })"""
STUB = """() => { window.calls = [];
    const axis = (length, range) => (
        { range, r2l: Number, l2p: (v) => length * (v - range[0]) / (range[1] - range[0]) });
    const hover = (figure, at) => calls.push(['hover', at]), unhover = () => calls.push(['unhover']);
    window.Plotly = { Fx: { hover, unhover } };
    const chart = document.querySelector('#unemployment_rate .chart');
    chart.dispatchEvent(new CustomEvent('examined', { detail:
        { _fullLayout: { xaxis: axis(1000, [0, 10]), yaxis: axis(300, [0, 20]) } } })); }"""


def readout(page: Any, card: str = RATE) -> str:
    """Return what is read now, as one line."""
    return re.sub(r"\s+", " ", page.locator(f"{card} .readout").first.text_content()).strip()


def until(page: Any, expression: str, arg: Any = None) -> None:
    """Wait until an expression holds; Playwright's own waiting evaluates text in the page, which the policy forbids."""
    for _ in range(250):
        if page.evaluate(expression, arg):
            return
        page.wait_for_timeout(20)
    raise AssertionError(expression)


def hover(page: Any, across: float, card: str = RATE) -> None:
    """Move the pointer over a chart's plot area, a part of it from its left."""
    lay_out(page)
    page.locator(f"{card} .chart").first.scroll_into_view_if_needed()
    x, y = page.evaluate(
        """([card, across]) => { const svg = [...document.querySelectorAll(card + ' svg[data-plot]')]
            .find(each => each.getClientRects().length), box = svg.getBoundingClientRect();
            const [left, top, right] = svg.dataset.plot.split(' ').map(Number);
            const scale = box.width / svg.viewBox.baseVal.width;
            return [box.left + (left + across * (right - left)) * scale, box.top + (top + 20) * scale]; }""",
        [card, across],
    )
    page.mouse.move(x, y)


def test_the_pointer_shows_month_value_unit_and_change(open_page: Open) -> None:
    page = open_page(PAGE).page
    assert page.evaluate("document.documentElement.dataset.reading") == "on"
    hover(page, 1)
    assert readout(page) == (
        "elokuu 2026 Kuusamo 11,4 % +1,4 %-yks. vuodessa Taivalkoski 13,3 % +0,7 %-yks. vuodessa Koko maa ei tietoa"
    )
    assert page.locator(f"{RATE} svg.wide .reading circle").count() == 2
    page.mouse.move(5, 5)
    assert readout(page) == ""
    assert page.locator(".reading").count() == 0


def test_a_hidden_value_is_read_as_its_reason(open_page: Open) -> None:
    page = open_page("/fi/tyollisyyskatsaus?area=614").page
    hover(page, 1, "#open_vacancies")
    assert "Posio salassa pidettävä" in readout(page, "#open_vacancies")


@pytest.mark.parametrize("width", [320, 390, 800, 1280])
def test_what_is_read_covers_no_point_moves_nothing_and_stays_on_the_screen(open_page: Open, width: int) -> None:
    page = open_page(PAGE, width).page
    lay_out(page)
    before = page.evaluate(PLACES)
    chart = page.locator(f"{RATE} .chart")
    chart.focus()
    seen = set()
    for key in ["End", *["ArrowLeft"] * 3, "PageUp", "PageUp", *["ArrowLeft"] * 6, "Home", "PageDown"]:
        page.keyboard.press(key)
        seen.add(readout(page))
        assert page.evaluate(COVERED, RATE) == 0, readout(page)
        box = page.locator(f"{RATE} .readout").bounding_box()
        assert (box["x"] >= 0, box["x"] + box["width"] <= width) == (True, True), (readout(page), box)
    assert len(seen) > 10
    assert page.evaluate(PLACES) == before
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_bars_and_paths_are_read_row_by_row_and_point_by_point(open_page: Open) -> None:
    page = open_page("/fi/tyollisyyskatsaus?area=305").page
    read = {}
    for card in ("#structure", "#beveridge", "#home_municipalities"):
        page.locator(f"{card} .chart").first.focus()
        page.keyboard.press("Home")
        first = readout(page, card)
        page.keyboard.press("End")
        read[card] = first, readout(page, card)
    assert all(first and last for first, last in read.values())
    assert "paikkoja 100 työvoimaan kuuluvaa kohti 3,1" in read["#beveridge"][1]
    assert read["#home_municipalities"][1].startswith("elokuu 2026 Kuusamo 11,4 %")


def test_the_keyboard_alone_reads_the_whole_page(open_page: Open) -> None:
    page = open_page(PAGE).page
    press = page.keyboard.press

    def tab_to(selector: str, most: int) -> None:
        for _ in range(most):
            press("Tab")
            if page.evaluate(FOCUSED % selector):
                return
        raise AssertionError(f"{selector} was not reached")

    press("Tab")
    press("Enter")
    assert page.evaluate(FOCUSED % "#content")
    for name in ("area", "month", "from", "to", "view"):
        tab_to(f"select[name={name}]", 3)
    tab_to(".controls summary", 3)
    press("Enter")
    tab_to("input[name=compare]", 2)
    tab_to(".controls button[type=submit]", 40)
    tab_to(f"{RATE} .chart", 60)
    assert page.locator(f"{RATE} .hint").is_visible()
    press("ArrowLeft")
    assert readout(page).startswith("elokuu 2026 Kuusamo 11,4 %")
    assert not page.locator(f"{RATE} .hint").is_visible()
    press("ArrowLeft")
    assert readout(page).startswith("heinäkuu 2026")
    press("ArrowDown")
    assert readout(page).startswith("elokuu 2026")
    press("PageUp")
    earlier = readout(page)
    press("Home")
    assert readout(page) not in (earlier, "")
    press("End")
    assert readout(page).startswith("elokuu 2026")
    press("Escape")
    assert readout(page) == ""
    tab_to(f"{RATE} .as-table summary", 1)
    press("Enter")
    tab_to(f"{RATE} .scroll", 1)
    tab_to(f"{RATE} .menu > summary", 3)
    press("Enter")
    tab_to(f"{RATE} .menu a", 1)
    tab_to(f"{RATE} .menu input", 8)
    tab_to(f"{RATE} .menu button", 1)
    press("Escape")
    assert page.locator(f"{RATE} .menu[open]").count() == 0
    assert page.evaluate(FOCUSED % f"{RATE} .menu > summary")


def test_leaving_a_chart_ends_its_reading(open_page: Open) -> None:
    page = open_page(PAGE).page
    page.locator(f"{RATE} .chart").focus()
    page.keyboard.press("End")
    page.keyboard.press("Tab")
    assert readout(page) == ""
    page.locator("#open_vacancies .chart").focus()
    page.keyboard.press("End")
    assert "työpaikkaa" in readout(page, "#open_vacancies")
    assert readout(page) == ""


def test_keys_that_mean_something_else_are_left_alone(open_page: Open) -> None:
    page = open_page(PAGE, height=500).page
    page.keyboard.press("PageDown")
    until(page, "() => scrollY > 0")
    page.locator(f"{RATE} .chart").focus()
    for key in ("Control+ArrowLeft", "Alt+ArrowUp", "a", "Enter"):
        page.keyboard.press(key)
        assert readout(page) == ""


def test_a_tap_shows_what_is_read_and_a_tap_elsewhere_ends_it(open_page: Open) -> None:
    page = open_page(PAGE, 390, touch=True).page
    chart = page.locator(f"{RATE} .chart")
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    page.touchscreen.tap(box["x"] + box["width"] * 0.9, box["y"] + 80)
    assert re.match(r"\w+ 20\d\d Kuusamo \d", readout(page))
    page.locator(f"{RATE} h2").tap()
    assert readout(page) == ""


def test_a_finger_on_a_chart_still_scrolls_the_page(open_page: Open) -> None:
    opened = open_page(PAGE, 390, touch=True)
    page = opened.page
    page.locator(f"{RATE} .chart").scroll_into_view_if_needed()
    box = page.locator(f"{RATE} .chart").bounding_box()
    before = page.evaluate("scrollY")
    session = opened.context.new_cdp_session(page)
    x, y = box["x"] + 150, box["y"] + 150
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, 11):
        moved = {"x": x, "y": y - 15 * step}
        session.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [moved]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    until(page, "before => scrollY > before + 80", before)
    assert readout(page) == ""


def test_a_finger_drawn_across_a_chart_reads_it(open_page: Open) -> None:
    opened = open_page(PAGE, 390, touch=True)
    page = opened.page
    page.locator(f"{RATE} .chart").scroll_into_view_if_needed()
    box = page.locator(f"{RATE} .chart").bounding_box()
    session = opened.context.new_cdp_session(page)
    x, y, read = box["x"] + 100, box["y"] + 80, set()
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, 11):
        moved = {"x": x + 20 * step, "y": y}
        session.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [moved]})
        page.wait_for_timeout(20)
        read.add(readout(page))
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    assert len(read) > 3
    assert readout(page) != ""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_axe_finds_no_violation_while_a_chart_is_read_and_a_menu_is_open(
    open_page: Open, axe: Axe, language: str, width: int, scheme: str
) -> None:
    page = open_page(f"/{language}/tyollisyyskatsaus?compare=832,SSS", width, scheme).page
    page.locator(f"{RATE} .menu > summary").click()
    page.locator(LINK_BUTTON).click()
    page.locator(f"{RATE} .chart").focus()
    page.keyboard.press("End")
    assert readout(page)
    assert axe(page) == []


def test_a_chart_that_replaces_another_is_read_too(open_page: Open) -> None:
    page = open_page(PAGE).page
    hover(page, 0.9)
    page.evaluate(
        """() => { const chart = document.querySelector('#unemployment_rate .chart'), fresh = chart.cloneNode(true);
            fresh.removeAttribute('tabindex'); fresh.querySelector('.reading').remove();
            fresh.querySelector('.readout').textContent = '';
            fresh.querySelector('.stops').textContent = '{"x":[0,1],"y":null,"heads":["a","b"],"lines":'
                + '[["Uusi <i>","area-305",["1","2"],null,[0.5,0.4]]]}';
            chart.replaceWith(fresh); }"""
    )
    until(page, "() => document.querySelector('#unemployment_rate .chart').tabIndex === 0")
    hover(page, 0.95)
    assert readout(page) == "b Uusi <i> 2"
    page.locator(f"{RATE} .chart").focus()
    page.keyboard.press("Home")
    assert readout(page) == "a Uusi <i> 1"


def test_keys_lead_the_figure_that_has_taken_a_chart_over_and_the_pointer_is_its_own(open_page: Open) -> None:
    page = open_page(PAGE).page
    page.evaluate(STUB)
    page.locator(f"{RATE} .chart").focus()
    page.keyboard.press("End")
    assert readout(page).startswith("elokuu 2026 Kuusamo 11,4 %")
    assert page.locator(".reading").count() == 0
    assert page.evaluate("calls.at(-1)") == ["hover", {"xpx": 1000, "ypx": 150}]
    page.keyboard.press("Escape")
    assert page.evaluate("calls.at(-1)") == ["unhover"]
    hover(page, 0.5)
    assert readout(page) == ""
    hover(page, 0.5, "#open_vacancies")
    assert readout(page, "#open_vacancies")


def test_without_scripts_nothing_promises_what_only_a_script_does(open_page: Open) -> None:
    page = open_page(PAGE, scripts=False).page
    assert page.locator(".chart[tabindex]").count() == 0
    assert page.locator(".hint:visible").count() == 0
    page.locator(f"{RATE} .menu > summary").click()
    assert page.locator(f"{RATE} .menu button:visible").count() == 0
    assert (
        page.locator(f"{RATE} .menu input")
        .input_value()
        .endswith("tyollisyyskatsaus?area=305&compare=832,SSS#unemployment_rate")
    )
    assert page.locator(f"{RATE} .menu li a").count() == 4


def test_a_menu_closes_outside_and_only_one_is_open(open_page: Open) -> None:
    page = open_page(PAGE).page
    page.locator(f"{RATE} .menu > summary").click()
    page.locator("#open_vacancies .menu > summary").click()
    assert page.locator(".menu[open]").count() == 1
    page.locator("#open_vacancies .menu input").click()
    assert page.locator("#open_vacancies .menu[open]").count() == 1
    page.locator("h1").click()
    assert page.locator(".menu[open]").count() == 0


def test_the_link_is_copied_and_said_to_be(open_page: Open, address: str) -> None:
    opened = open_page(PAGE)
    page = opened.page
    opened.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("#open_vacancies .menu > summary").click()
    page.get_by_role("button", name="Kopioi linkki").click()
    until(page, "() => document.querySelector('#open_vacancies .said').textContent === 'Linkki kopioitu.'")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{address}/fi/tyollisyyskatsaus?area=305&compare=832,SSS#open_vacancies"
    page.goto(copied)
    assert page.locator("#open_vacancies").bounding_box()["y"] < 900


def test_an_open_menu_fits_a_phone(open_page: Open) -> None:
    page = open_page(PAGE, 320).page
    page.locator(f"{RATE} .menu > summary").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    for part in ("a", "input", "button"):
        box = page.locator(f"{RATE} .menu {part}").first.bounding_box()
        assert box["height"] >= 24 and box["x"] + box["width"] <= 320


def test_reading_complains_of_nothing_and_asks_for_nothing_more(open_page: Open, address: str) -> None:
    opened = open_page(PAGE)
    opened.page.wait_for_selector("html[data-live=on]", state="attached")  # Dash comes when the browser is idle
    opened.page.wait_for_load_state("networkidle")
    asked = len(opened.requests)
    hover(opened.page, 0.5)
    opened.page.locator(f"{RATE} .menu > summary").click()
    assert opened.complaints == []
    assert len(opened.requests) == asked
    assert [url for url in opened.requests if not url.startswith(address)] == []


def test_paper_shows_address_and_source_and_nothing_to_press(open_page: Open) -> None:
    page = open_page(PAGE, 700).page
    hover(page, 0.9)
    page.emulate_media(media="print")
    foot = page.locator(".on-paper")
    assert foot.is_visible()
    assert "Lähde: KEHA-keskus" in foot.inner_text()
    assert "/fi/tyollisyyskatsaus?area=305" in foot.inner_text()
    for hidden in (".controls", ".menu", ".readout", ".hint", ".as-table", ".skip"):
        assert page.locator(f"{hidden}:visible").count() == 0, hidden
    assert page.locator(f"{RATE} svg:visible").count() == 1
