"""What a reader waits for, in a real browser over the real server process: content, takeover, filters, bytes, jumps."""

import statistics
from collections.abc import Callable
from typing import Any, TypeVar

from playwright.sync_api import Browser, Page, TimeoutError, sync_playwright

from dashboards.shell import CHARTED, page_address
from tests.bench.figures import Figure, print_figures
from tests.bench.web import running_web
from tests.e2e.system_browser import launch_chromium

PORT = 8060
ADDRESSES = tuple(page_address("fi", slug, "area=305") for slug in CHARTED)
LOADS = 7
CHANGES = 30
REST = 1_000.0
"""Milliseconds in which a browser that has opened a tab comes to rest, as a reader's has when an address is entered."""
READING = 3_000.0
"""Milliseconds after which the charts' own script is taken to be not there."""
AREAS = ("614", "615", "832", "305")
# moments in milliseconds since the navigation began, written down as they come
WATCH = """(() => {
  const moments = window.moments = {shift: 0, changes: []};
  new MutationObserver(() => {
    for (const name of ["live", "reading"]) {
      if (document.documentElement?.dataset[name] === "on") moments[name] ??= performance.now();
    }
  }).observe(document, {subtree: true, attributeFilter: ["data-live", "data-reading"]});
  addEventListener("focusin", () => { moments.intent ??= performance.now(); }, true);
  addEventListener("change", () => {
    const [began, content] = [performance.now(), document.getElementById("page")];
    const before = document.title; /* each municipality's page has its own */
    const watching = new MutationObserver(() => {
      if (document.title === before) return;
      watching.disconnect();
      requestAnimationFrame(() => moments.changes.push(performance.now() - began));
    });
    watching.observe(content, {subtree: true, childList: true, characterData: true});
  }, true);
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) moments.shift += entry.value;
  }).observe({type: "layout-shift", buffered: true});
})()"""
FIRST_CONTENT = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
DESK = {"viewport": {"width": 1280, "height": 900}}
Result = TypeVar("Result")


def main() -> None:
    """Measure and print each page that has charts."""
    with running_web(PORT) as root, sync_playwright() as playwright:
        browser = launch_chromium(playwright)
        line = [
            visit(browser, f"{root}/healthz", PHONE, lambda page, _: page.evaluate(FIRST_CONTENT)) for _ in range(LOADS)
        ]
        title = f"browser, one line of text, cold cache, median of {LOADS}: what the machine itself takes"
        print_figures(title, [Figure("first content", milliseconds(line))])
        for address in ADDRESSES:
            measure_page(browser, root, address)
        browser.close()


def measure_page(browser: Browser, root: str, path: str) -> None:
    """Measure a page and print."""
    address = root + path
    visit(browser, address, PHONE, lambda page, _: take_over(page))  # packs each script once
    loads = [visit(browser, address, PHONE, measure_load) for _ in range(LOADS)]
    changes = visit(browser, address, DESK, measure_changes)
    first, reading, takeover, light, everything, shift = (
        [each[name] for each in loads] for name in ("first", "reading", "takeover", "light", "everything", "shift")
    )
    answering = [moment for moment in reading if moment is not None]
    print_figures(
        f"browser, {path}, cold cache, median of {LOADS}",
        [
            Figure("first content", milliseconds(first), "at most 150 ms"),
            Figure("charts answer pointer and keys", milliseconds(answering), "at most 400 ms"),
            Figure("from intent until Dash has taken over", milliseconds(takeover), "at most 900 ms"),
            Figure("transferred, first view", f"{statistics.median(light) / 1000:.0f} kB", "at most 150 kB"),
            Figure("transferred, everything", f"{statistics.median(everything) / 1000:.0f} kB", "at most 900 kB"),
            Figure("layout shift, all of it", f"{max(shift):.3f}", "under 0.05"),
            Figure("filter change p50", milliseconds(changes), "at most 100 ms"),
            Figure("filter change p95", f"{statistics.quantiles(changes, n=20)[-1]:.0f} ms"),
        ],
    )


def milliseconds(values: list[float]) -> str:
    """Return the median of some times."""
    return f"{statistics.median(values):.0f} ms" if values else "not there"


def visit(
    browser: Browser, address: str, device: dict[str, Any], measure: Callable[[Page, dict[str, float]], Result]
) -> Result:
    """Open an address with nothing cached and measure; the bytes that came over the wire are counted as they come."""
    context = browser.new_context(**device)
    page = context.new_page()
    came = {"bytes": 0.0}
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.on("Network.loadingFinished", lambda event: came.update(bytes=came["bytes"] + event["encodedDataLength"]))
    page.add_init_script(WATCH)
    page.wait_for_timeout(REST)
    page.goto(address, wait_until="networkidle")
    try:
        return measure(page, came)
    finally:
        context.close()


def take_over(page: Page) -> None:
    """Show an intent and wait until Dash has taken over."""
    page.locator(".filters > summary, select[name=area]").locator("visible=true").first.focus()
    page.wait_for_selector("html[data-live=on]", state="attached")


def measure_load(page: Page, came: dict[str, float]) -> dict[str, Any]:
    """Return the moments and bytes of one visit on a phone, from the first byte to an examined chart."""
    first, reading, light = page.evaluate(FIRST_CONTENT), moment_of_reading(page), came["bytes"]
    take_over(page)
    page.locator(".chart").first.tap()
    page.wait_for_selector(".chart.drawn")
    page.wait_for_load_state("networkidle")
    moments = page.evaluate("moments")
    takeover = moments["live"] - moments["intent"]
    return {"first": first, "reading": reading, "takeover": takeover, "shift": moments["shift"],
            "light": light, "everything": came["bytes"]}  # fmt: skip


def moment_of_reading(page: Page) -> float | None:
    """Return when the charts' own script began to answer; None when it does not come."""
    try:
        page.wait_for_selector("html[data-reading=on]", state="attached", timeout=READING)
    except TimeoutError:
        return None
    return float(page.evaluate("moments.reading"))


def measure_changes(page: Page, _came: dict[str, float]) -> list[float]:
    """Return how long each of some changes of the municipality took until the new page was on the screen."""
    take_over(page)
    for count in range(CHANGES):
        page.select_option("select[name=area]", AREAS[count % len(AREAS)])
        page.wait_for_function("count => moments.changes.length > count", arg=count, polling=50)
        page.wait_for_selector("#page:not([aria-busy])")
    return [float(each) for each in page.evaluate("moments.changes")]


if __name__ == "__main__":
    main()
