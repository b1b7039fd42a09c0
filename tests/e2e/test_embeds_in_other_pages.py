"""Frames in pages of others: a narrow column, with and without embed.js, a host that strips scripts, one that listens
to Datawrapper's message."""

import re
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from dashboards.charts import CHARTS
from tests.e2e.conftest import Opened, Violations

pytestmark = pytest.mark.browser

Open = Callable[..., Opened]
Axe = Callable[[Page], Violations]
PATIENCE = 50
"""So many tenths of a second frames may take to be as high as what is in them."""
HEAD = '<!doctype html><html lang="fi"><meta charset="utf-8"><title>Kunta</title><body><main><h1>Kunta</h1>'
LISTENER = """<script>window.told = []; addEventListener("message", (event) => {
  const heights = event.data["datawrapper-height"];
  for (const id in heights) {
    told.push(heights[id]);
    for (const each of document.querySelectorAll("iframe")) {
      if (each.contentWindow === event.source) each.style.height = `${heights[id]}px`;
    }
  }
});</script>"""


def frame(address: str, chart: str, query: str = "area=305", height: int = 400, width: str = "100%") -> str:
    return (
        f'<iframe src="{address}/embed/{chart}?{query}" title="{chart}" width="{width}" height="{height}" '
        'style="border:0"></iframe>'
    )


class Host:
    """Another site, whose one page is set by a test."""

    def __init__(self) -> None:
        self.page = ""
        host = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                content = host.page.encode() if self.path == "/" else b""
                self.send_response(200 if self.path == "/" else 204)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def host() -> Iterator[Host]:
    """Return another site."""
    site = Host()
    yield site
    site.server.shutdown()
    site.server.server_close()


@pytest.fixture
def visit_host(host: Host, open_page: Open, address: str) -> Callable[..., Opened]:
    """Return what opens a page of another site that has some content; what `late` names comes late."""

    def visit(content: str, late: str = "", **more: Any) -> Opened:
        host.page = HEAD + content + "</main></body></html>"
        opened = open_page("/healthz", **more)
        opened.requests.clear()
        if late:
            opened.page.route(late, come_late)
        opened.page.goto(host.address + "/", wait_until="networkidle")
        opened.page.wait_for_timeout(150)
        return opened

    return visit


def come_late(route: Route) -> None:
    """Answer as on a slow line."""
    time.sleep(1)
    route.continue_()


def heights(page: Page) -> list[tuple[int, int]]:
    """Return each frame's own height and that of what is in it."""
    inside = [child.evaluate("Math.ceil(document.body.getBoundingClientRect().height)") for child in page.frames[1:]]
    outside = page.evaluate("[...document.querySelectorAll('iframe')].map((each) => each.clientHeight)")
    return list(zip(outside, inside, strict=True))


def settled(page: Page) -> list[tuple[int, int]]:
    """Return the heights once each frame is as high as what is in it; the last ones seen where that does not come."""
    found = heights(page)
    for _ in range(PATIENCE):
        if all(abs(outside - inside) <= 1 for outside, inside in found):
            break
        page.wait_for_timeout(100)
        found = heights(page)
    return found


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_chart_in_one_page_without_complaint_foreign_request_or_violation(
    visit_host: Callable[..., Opened], address: str, axe: Axe, host: Host, language: str, theme: str
) -> None:
    frames = [frame(address, chart, f"area=305&lang={language}&theme={theme}") for chart in CHARTS]
    opened = visit_host("\n".join(frames))
    assert opened.complaints == []
    assert [each for each in opened.requests if not each.startswith((address, host.address))] == []
    assert not [each for each in opened.requests if each.endswith(".woff2")]
    assert opened.context.cookies() == []
    assert len(opened.page.frames) == len(CHARTS) + 1
    opened.page.goto(f"{address}/embed/unemployment_rate?lang={language}&theme={theme}&as_of=2026-08-01")
    assert axe(opened.page) == []
    for chart in ("home_municipalities", "structure", "area_map", "rank_country", "beveridge"):
        opened.page.goto(f"{address}/embed/{chart}?area=305&lang={language}&theme={theme}")
        opened.page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
        assert axe(opened.page) == [], chart


@pytest.mark.parametrize("column", [280, 340, 600])
def test_embed_js_makes_frames_as_high_as_their_charts_and_then_rests(
    visit_host: Callable[..., Opened], address: str, column: int
) -> None:
    frames = "".join(frame(address, each) for each in ("unemployment_rate", "structure", "home_municipalities"))
    script = f'<script src="{address}/embed.js" async></script>'
    page = visit_host(f'<div style="width:{column}px">{frames}</div>{script}').page
    first = settled(page)
    assert all(abs(outside - inside) <= 1 for outside, inside in first)
    page.wait_for_timeout(400)
    assert heights(page) == first
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.frames[1].locator("summary").click()
    page.wait_for_timeout(150)
    (outside, inside), *others = settled(page)
    assert outside > first[0][0] and abs(outside - inside) <= 1 and others == first[1:]


def test_a_frame_out_of_sight_tells_its_height_once_its_styles_are_there(
    visit_host: Callable[..., Opened], address: str
) -> None:
    # Chromium does not lay out a frame of another site that is out of sight: no observer of sizes fires there
    frames = "".join(frame(address, each) for each in ("unemployment_rate", "structure", "home_municipalities"))
    content = f'<script src="{address}/embed.js"></script><div style="height:5000px"></div>{frames}'
    page = visit_host(content, late="**/embed-light.css*").page
    assert all(abs(outside - inside) <= 1 for outside, inside in settled(page))


def test_a_page_made_for_datawrapper_resizes_too_and_hears_each_height_once(
    visit_host: Callable[..., Opened], address: str
) -> None:
    page = visit_host(LISTENER + frame(address, "open_vacancies")).page
    page.wait_for_timeout(400)
    ((outside, inside),) = heights(page)
    assert abs(outside - inside) <= 1
    told = page.evaluate("told")
    assert all(abs(now - before) > 1 for before, now in pairwise(told)) and len(told) <= 2


def test_embed_js_ignores_what_others_say(visit_host: Callable[..., Opened], address: str) -> None:
    page = visit_host(frame(address, "open_vacancies") + f'<script src="{address}/embed.js"></script>').page
    before = heights(page)
    page.evaluate("postMessage({'koillismaa-height': 3000}, '*')")
    page.wait_for_timeout(100)
    assert heights(page) == before


def test_where_scripts_are_stripped_the_code_s_own_height_fits(open_page: Open, address: str) -> None:
    page = open_page("/fi/tyollisyyskatsaus?area=305", scripts=False).page
    inside = open_page("/healthz", scripts=False).page
    for chart in ("unemployment_rate", "structure", "home_municipalities", "area_map", "beveridge"):
        code = page.locator(f"#{chart}-code").input_value()
        given = int(re.findall(r'height="(\d+)"', code)[0])
        inside.goto(re.findall(r'src="([^"]+)"', code)[0].replace("&amp;", "&"))
        for column in (300, 340, 480, 640, 800):
            inside.set_viewport_size({"width": column, "height": 400})
            needed = inside.evaluate("Math.ceil(document.body.getBoundingClientRect().height)")
            assert needed <= given, (chart, column, needed, given)


def test_a_frame_is_read_by_pointer_and_keys(visit_host: Callable[..., Opened], address: str) -> None:
    page = visit_host(frame(address, "unemployment_rate", height=700)).page
    inside = page.frames[1]
    inside.locator(".chart").focus()
    page.keyboard.press("End")
    assert "elokuu 2026" in inside.locator(".readout").inner_text().lower()
    page.keyboard.press("Escape")
    inside.locator(".drawing:visible").hover()
    assert inside.locator(".readout").inner_text()


def test_a_frame_without_scripts_has_its_drawing_and_its_table(open_page: Open) -> None:
    page = open_page("/embed/structure?area=305", 400, scripts=False).page
    assert page.locator(".drawing").locator("visible=true").count() == 1
    page.locator("summary").click()
    assert page.locator("table").is_visible()


@pytest.mark.parametrize("chart", ["unemployment_rate", "home_municipalities", "area_map", "rank_country", "structure"])
def test_a_narrow_frame_does_not_scroll_sideways(open_page: Open, chart: str) -> None:
    for width in (240, 320):
        page = open_page(f"/embed/{chart}?area=305", width).page
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_menu_writes_the_code_that_is_chosen(open_page: Open, address: str) -> None:
    page = open_page("/fi/tyollisyyskatsaus?area=614").page
    card = page.locator("#structure")
    card.locator(".menu > summary").click()
    card.locator(".share > summary").click()
    code = card.locator("textarea")
    with page.expect_response("**/oembed**"):
        card.locator("[data-part=lang]").select_option("sv")
    with page.expect_response("**/oembed**"):
        card.locator("[data-part=as_of]").select_option(index=1)
    with page.expect_response("**/oembed**"):
        card.locator("[data-part=width]").select_option("400")
    expect(code).to_have_value(re.compile('width="400"'))
    assert "lang=sv" in code.input_value() and "as_of=2026-09-22" in code.input_value()
    assert f'src="{address}/embed/structure?area=614' in code.input_value()
    assert "lang=sv" in str(card.locator(".codes .more a").get_attribute("href"))


def test_the_choices_of_an_open_menu_begin_anew_with_another_municipality(open_page: Open) -> None:
    page = open_page("/fi/tyollisyyskatsaus?area=614").page
    page.wait_for_selector("html[data-live=on]", state="attached")
    card = page.locator("#structure")
    card.locator(".menu > summary").click()
    assert card.locator("[data-part]").count() == 0
    card.locator(".share > summary").click()
    with page.expect_response("**/oembed**"):
        card.locator("[data-part=lang]").select_option("sv")
    page.select_option("select[name=area]", "305")
    code = card.locator("textarea")
    expect(code).to_have_value(re.compile("area=305&amp;.*lang=fi"))
    expect(card.locator("[data-part=lang]")).to_have_value("fi")
    with page.expect_response("**/oembed**"):
        card.locator("[data-part=lang]").select_option("en")
    expect(code).to_have_value(re.compile("area=305&amp;.*lang=en"))


def test_a_card_is_copied_with_picture_source_and_table(open_page: Open) -> None:
    opened = open_page("/fi/tyollisyyskatsaus?area=305")
    opened.context.grant_permissions(["clipboard-read", "clipboard-write"])
    card = opened.page.locator("#structure")
    card.locator(".menu > summary").click()
    card.locator("[data-copies-card]").click()
    expect(card.locator(".said").first).not_to_be_empty()
    copied = opened.page.evaluate(
        "navigator.clipboard.read().then(([each]) => each.getType('text/html')).then((blob) => blob.text())"
    )
    assert "/embed/structure.png?area=305" in copied and "<table" in copied and "Lähde: " in copied
    assert card.locator("tbody tr").first.locator("td").first.inner_text() in copied
