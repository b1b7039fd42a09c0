"""Fixtures of the browser tests: a server over the small database, and a Chromium that reports what it does."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.dashboards.small_database import build
from tests.e2e.serving import serving
from tests.e2e.system_browser import launch_chromium


@dataclass
class Opened:
    """A page in a browser and everything noticed while it loaded."""

    page: Page
    context: BrowserContext
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


Open = Callable[..., Opened]
Violations = list[tuple[str, list[str]]]
LAY_OUT = "for (const card of document.querySelectorAll('.card')) card.style.contentVisibility = 'visible'"
RUN_AXE = "async () => (await axe.run(document, {resultTypes: ['violations']})).violations"


def lay_out(page: Page) -> None:
    """Have all cards laid out, those far from sight too, for what looks at a whole page."""
    page.evaluate(LAY_OUT)


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the root address of a running server."""
    with serving(build(tmp_path_factory.mktemp("e2e"))) as root:
        yield root


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Return the system's Chromium, or Playwright's own where the system has none."""
    with sync_playwright() as playwright:
        browser = launch_chromium(playwright)
        yield browser
        browser.close()


@pytest.fixture
def open_page(address: str, chromium: Browser) -> Iterator[Open]:
    """Return what opens a path in a fresh context."""
    contexts = []

    def open_path(
        path: str, width: int = 1280, scheme: str = "light", scripts: bool = True, height: int = 900,
        touch: bool = False,
    ) -> Opened:  # fmt: skip
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if scheme == "dark" else "light",
            java_script_enabled=scripts,
            has_touch=touch,
            is_mobile=touch,
        )
        contexts.append(context)
        opened = Opened(context.new_page(), context)
        opened.page.on("request", lambda request: opened.requests.append(request.url))
        opened.page.on("console", lambda message: opened.complaints.append(message.text))
        opened.page.on("pageerror", lambda error: opened.complaints.append(str(error)))
        opened.page.goto(address + path, wait_until="networkidle")
        return opened

    yield open_path
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], Violations]:
    """Return what lists a page's violations as axe-core sees them: each rule with the elements that break it."""
    source = Path(__file__).with_name("axe.min.js").read_text(encoding="utf-8")

    def violations(page: Page) -> Violations:
        lay_out(page)
        page.evaluate(source)
        return [(each["id"], [node["html"][:200] for node in each["nodes"]]) for each in page.evaluate(RUN_AXE)]

    return violations
