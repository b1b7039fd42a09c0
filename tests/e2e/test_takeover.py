"""Dash takes over the page in place: nothing flashes, nothing that the reader did is lost, and without it all works."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

pytestmark = pytest.mark.browser

Open = Callable[..., Any]
Axe = Callable[[Any], list[tuple[str, list[str]]]]
PAGE = "/fi/tyollisyyskatsaus"
LIVE = "html[data-live=on]"
RENDERER = "**/dash_renderer*"
CALLBACK = "**/live/_dash-update-component"
AREA = "select[name=area]"
CHOICES = ".filters > summary"
"""The button that opens the choices on a phone."""
RATE = "#unemployment_rate .chart"
WATCH_PAGE = """() => {
    window.changed = 0;
    new MutationObserver((list) => { changed += list.length; }).observe(
        document.getElementById("page"), {subtree: true, childList: true, attributes: true, characterData: true});
}"""


def take_over(page: Any) -> Any:
    page.locator(f"{CHOICES}, {AREA}").locator("visible=true").first.focus()
    page.wait_for_selector(LIVE, state="attached")
    return page


def examine(page: Any, chart: str = RATE) -> None:
    page.locator(chart).hover()
    page.wait_for_selector(f"{chart}.drawn")


def headline(page: Any, beginning: str) -> None:
    page.wait_for_selector(f"h1:has-text('{beginning}')")


def asked(page: Any) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def path_of(page: Any) -> str:
    return str(urlsplit(page.url)._replace(scheme="", netloc="").geturl())


def shown_text(page: Any) -> str:
    return str(page.locator("#page").evaluate("page => page.textContent.replace(/\\s+/g, ' ')"))


def stays(page: Any) -> None:
    """Mark the document, so that one that was loaded anew is told apart."""
    page.evaluate("() => { window.stayed = true; }")


def stayed(page: Any) -> bool:
    return bool(page.evaluate("() => window.stayed === true"))


class Gate:
    """Keeps back requests for an address until the test lets them go."""

    def __init__(self, page: Any, pattern: str) -> None:
        self.held: list[Any] = []
        self.shut = True
        page.route(pattern, self.meet)

    def meet(self, route: Any) -> None:
        if self.shut:
            self.held.append(route)
        else:
            route.continue_()

    def open(self, newest_first: bool = False) -> None:
        self.shut = False
        for route in reversed(self.held) if newest_first else self.held:
            route.continue_()


def test_taking_over_changes_nothing_of_the_page(open_page: Open) -> None:
    page = open_page(PAGE, 390, touch=True).page
    page.evaluate(WATCH_PAGE)
    take_over(page)
    assert page.evaluate("() => changed") == 0


def test_taking_over_leaves_what_is_seen_where_it_is(open_page: Open) -> None:
    page = open_page(f"{PAGE}#area_map", 390, touch=True).page
    page.wait_for_timeout(300)  # cards come to their own heights as they come near
    top = "document.getElementById('area_map').getBoundingClientRect().top"
    above = "document.getElementById('area_map').offsetTop"
    before = page.evaluate(top), page.evaluate(above)
    page.keyboard.press("Shift")
    page.wait_for_selector(LIVE, state="attached")
    assert abs(page.evaluate(top) - before[0]) < 2
    assert page.evaluate(above) != before[1]


def test_what_was_chosen_opened_and_focused_while_dash_loaded_counts(open_page: Open) -> None:
    page = open_page(PAGE, 390, touch=True).page
    gate = Gate(page, RENDERER)
    stays(page)
    page.locator(CHOICES).click()
    page.locator(".compare > summary").click()
    page.get_by_role("checkbox", name="Koko maa").uncheck()
    page.get_by_role("checkbox", name="Pudasjärvi").check()
    page.locator(AREA).focus()
    page.select_option(AREA, "614")
    headline(page, "Kuusamossa")
    gate.open()
    headline(page, "Posiolla")
    assert {"832", "615"} <= set(asked(page)["compare"][0].split(","))
    assert page.get_by_role("checkbox", name="Pudasjärvi").is_checked()
    assert page.locator(AREA).input_value() == "614"
    assert page.locator(f"{AREA}:focus").count() == 1
    assert page.locator(".filters[open] .compare[open]").count() == 1
    assert stayed(page)


def test_what_is_being_typed_while_dash_loads_stays_and_is_not_taken_for_a_choice(open_page: Open) -> None:
    page = open_page(PAGE, 390, touch=True).page
    page.locator(CHOICES).click()
    page.locator("input[name=search]").press_sequentially("Sot")
    page.wait_for_selector(LIVE, state="attached")
    page.wait_for_timeout(300)
    assert page.locator("input[name=search]:focus").input_value() == "Sot"
    assert page.url.endswith(PAGE)


def test_a_filter_changes_the_page_and_all_that_belongs_to_it_without_a_reload(open_page: Open) -> None:
    page = take_over(open_page(PAGE).page)
    stays(page)
    page.locator("#measures .scroll").evaluate("each => { each.scrollTop = 40; }")
    page.select_option(AREA, "614")
    headline(page, "Posiolla")
    assert asked(page)["area"] == ["614"]
    assert "month" not in asked(page)
    assert page.locator(f"{AREA}:focus").count() == 1
    assert page.locator("#told").inner_text() == page.locator("h1").inner_text()
    assert "area=614" in page.locator("header.site a[lang=sv]").get_attribute("href")
    assert page.locator("#measures .scroll").evaluate("each => each.scrollTop") == 40
    assert stayed(page)


def test_back_and_forward_show_what_was_shown(open_page: Open) -> None:
    page = take_over(open_page(f"{PAGE}?area=305").page)
    stays(page)
    page.select_option(AREA, "614")
    headline(page, "Posiolla")
    page.select_option("select[name=month]", "2026-06")
    headline(page, "kesäkuussa")
    page.go_back()
    headline(page, "Posiolla oli elokuussa")
    page.go_back()
    headline(page, "Kuusamossa")
    assert page.locator(AREA).input_value() == "305"
    page.go_forward()
    headline(page, "Posiolla oli elokuussa")
    assert page.locator(AREA).input_value() == "614"
    assert stayed(page)


def test_a_link_to_another_view_is_followed_in_place_to_the_part_that_it_names(open_page: Open) -> None:
    page = take_over(open_page(PAGE).page)
    stays(page)
    page.locator("#unemployment_rate details.as-table summary").click()
    page.locator("#unemployment_rate .as-table .more a").click()
    page.wait_for_selector("select[name=view] option[value=table][selected]", state="attached")
    assert page.url.endswith("#unemployment_rate")
    assert page.locator("#unemployment_rate").evaluate("each => each.getBoundingClientRect().top") < 200
    assert page.locator("#content:focus").count() == 1
    assert stayed(page)


def test_the_form_s_button_asks_nothing_anew_once_dash_runs(open_page: Open) -> None:
    page = take_over(open_page(PAGE).page)
    stays(page)
    page.evaluate("() => { document.querySelector('select[name=area]').value = '614'; }")
    page.get_by_role("button", name="Näytä").click()
    headline(page, "Posiolla")
    assert stayed(page)


def test_a_form_sent_before_dash_runs_is_a_plain_navigation(open_page: Open) -> None:
    page = open_page(PAGE, 390, touch=True).page
    Gate(page, RENDERER)
    stays(page)
    page.locator(CHOICES).click()
    page.select_option(AREA, "614")
    page.get_by_role("button", name="Näytä").click()
    headline(page, "Posiolla")
    assert not stayed(page)


def test_a_script_that_does_not_come_leaves_a_page_that_works(open_page: Open) -> None:
    opened = open_page(PAGE, 390, touch=True)
    page = opened.page
    page.route(RENDERER, lambda route: route.abort())
    page.locator(CHOICES).click()
    page.select_option(AREA, "614")
    page.wait_for_load_state("networkidle")
    assert page.locator(LIVE).count() == 0
    page.get_by_role("button", name="Näytä").click()
    headline(page, "Posiolla")
    assert [each for each in opened.complaints if "Content Security Policy" in each] == []


@pytest.mark.parametrize("going_on", [False, True])
def test_an_answer_that_fails_is_asked_for_as_a_plain_page(open_page: Open, going_on: bool) -> None:
    page = take_over(open_page(PAGE).page)
    stays(page)
    page.route(CALLBACK, lambda route: route.abort())
    page.select_option(AREA, "614")
    if going_on:
        page.wait_for_timeout(200)
        page.locator(".in-short a").first.click()
    headline(page, "Posiolla")
    assert not stayed(page)


def test_a_chart_that_plotly_does_not_come_for_stays_a_drawing_and_the_page_goes_on(open_page: Open) -> None:
    page = take_over(open_page(PAGE).page)
    page.route("**/plotly.min.js*", lambda route: route.abort())
    stays(page)
    with page.expect_request("**/plotly.min.js*"):
        page.locator(RATE).hover()
    page.wait_for_timeout(300)
    assert page.locator(f"{RATE} > svg.wide").is_visible()
    assert page.locator(".drawn").count() == 0
    page.select_option(AREA, "614")
    headline(page, "Posiolla")
    assert stayed(page)


def test_a_walk_through_a_list_with_the_keys_is_one_step_back(open_page: Open) -> None:
    page = take_over(open_page(f"{PAGE}?area=305").page)
    for _ in range(3):
        page.keyboard.press("ArrowDown")
        page.wait_for_timeout(20)  # a walk ends where a second passes: a busy machine needs every bit of it
    headline(page, "Posiolla")
    page.go_back()
    headline(page, "Kuusamossa")


@pytest.mark.parametrize("areas", [["614"], ["614", "305", "614"]])
def test_what_is_out_of_sight_follows_what_is_seen_and_all_is_as_on_the_plain_page(
    open_page: Open, areas: list[str]
) -> None:
    page = take_over(open_page(f"{PAGE}?area=832").page)
    below = page.locator(".card").last
    before = below.text_content()
    for area in areas:
        page.select_option(AREA, area)
        page.wait_for_timeout(60)
    headline(page, "Posio")
    page.wait_for_selector("#page:not([aria-busy])")
    assert below.text_content() != before
    assert shown_text(page) == shown_text(open_page(path_of(page), scripts=False).page)


CHOOSE_ONCE_REDRAWN = f"""area => addEventListener("redrawn", () => {{
    const list = document.querySelector("{AREA}");
    list.value = area;
    list.dispatchEvent(new Event("change", {{bubbles: true}}));
}}, {{once: true}})"""


def test_a_page_gone_back_to_before_all_of_it_was_drawn_is_whole(open_page: Open) -> None:
    page = take_over(open_page(f"{PAGE}?area=832").page)
    calls: list[Any] = []

    def hold_all_but_the_first(route: Any) -> None:
        calls.append(route)
        if len(calls) == 1:
            route.continue_()

    page.route(CALLBACK, hold_all_but_the_first)
    page.evaluate(CHOOSE_ONCE_REDRAWN, "305")
    page.select_option(AREA, "614")
    headline(page, "Posio")
    page.wait_for_timeout(200)
    assert page.locator("#page[aria-busy]").count() == 1
    page.go_back()
    page.wait_for_timeout(200)
    for route in calls[1:]:
        route.continue_()
    page.wait_for_selector("#page:not([aria-busy])")
    assert asked(page)["area"] == ["614"]
    assert shown_text(page) == shown_text(open_page(path_of(page), scripts=False).page)


def test_a_late_answer_to_an_earlier_choice_is_not_shown(open_page: Open) -> None:
    page = take_over(open_page(PAGE).page)
    gate = Gate(page, CALLBACK)
    page.select_option(AREA, "614")
    page.wait_for_timeout(100)
    page.select_option(AREA, "832")
    page.wait_for_timeout(100)
    gate.open(newest_first=True)
    headline(page, "Taivalkoskella")
    assert page.locator(AREA).input_value() == "832"


def test_a_page_left_open_while_the_service_became_a_newer_one_is_loaded_anew(open_page: Open) -> None:
    page = take_over(open_page(PAGE).page)
    stays(page)

    def from_a_newer_one(route: Any) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("page.js?v=", "page.js?v=newer"))

    page.route(CALLBACK, from_a_newer_one)
    page.select_option(AREA, "614")
    headline(page, "Posiolla")
    page.wait_for_load_state()
    assert not stayed(page)
    assert asked(page)["area"] == ["614"]


def test_a_value_that_cannot_be_used_is_told_as_on_the_plain_page(open_page: Open) -> None:
    page = take_over(open_page(f"{PAGE}?area=305").page)
    page.evaluate(
        """() => {
            const option = new Option("?", "999", true, true);
            document.querySelector("select[name=area]").append(option);
        }"""
    )
    page.locator(AREA).dispatch_event("change")
    page.wait_for_selector("ul.notices")
    assert "area=999" in page.url
    live = page.locator("#page").inner_html()
    page.reload(wait_until="domcontentloaded")
    assert page.locator(".notices").inner_text() in live


def test_on_a_phone_nothing_of_dash_is_loaded_before_it_is_wanted(open_page: Open) -> None:
    opened = open_page(PAGE, 390, touch=True)
    opened.page.mouse.wheel(0, 600)
    opened.page.wait_for_timeout(400)
    assert [url for url in opened.requests if "/live/" in url] == []
    opened.page.locator(RATE).tap()
    opened.page.wait_for_selector(f"{RATE}.drawn")


def test_a_pointer_device_has_dash_without_asking(open_page: Open) -> None:
    open_page(PAGE).page.wait_for_selector(LIVE, state="attached")


def test_a_municipality_of_the_map_is_gone_to_in_place(open_page: Open) -> None:
    page = take_over(open_page(PAGE).page)
    stays(page)
    page.locator(".map-near a[href*='area=614']").first.dispatch_event("click")
    headline(page, "Posiolla")
    assert stayed(page)


def test_a_page_that_dash_runs_asks_no_other_host_and_leaves_nothing_behind(open_page: Open, address: str) -> None:
    opened = open_page(PAGE)
    page = take_over(opened.page)
    examine(page)
    examine(page, "#open_vacancies .chart")
    page.mouse.move(0, 0)
    page.select_option(AREA, "614")
    headline(page, "Posiolla")
    assert opened.complaints == []
    assert [url for url in opened.requests if not url.startswith(address)] == []
    assert opened.context.cookies() == []
    assert page.evaluate("() => localStorage.length + sessionStorage.length") == 0
