"""`make picture`: take the README's picture of the review, over the real figures that ship with the project."""

import tempfile
import threading
from pathlib import Path

from playwright.sync_api import sync_playwright
from werkzeug.serving import make_server

from dashboards.server import create_server
from ingest.snapshot.shipped import load_shipped
from queries.catalogue import load_catalogue
from queries.settings import load_settings
from tests.e2e.system_browser import launch_chromium

PICTURE = Path(__file__).parents[2] / "docs" / "tyollisyyskatsaus.png"
ADDRESS = "/fi/tyollisyyskatsaus?area=305"
WIDTH, HEIGHT = 1280, 2060


def main() -> None:
    """Serve the snapshot, photograph the page's upper part, and say where the picture is."""
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings(data_dir=Path(folder))
        load_shipped(settings, load_catalogue())
        server = make_server("127.0.0.1", 0, create_server(settings, load_catalogue()), threaded=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        take(f"http://127.0.0.1:{server.server_port}{ADDRESS}")
        server.shutdown()
    print(PICTURE)


def take(address: str) -> None:
    """Save a picture of a page as it is before any script runs."""
    PICTURE.parent.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = launch_chromium(playwright)
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, java_script_enabled=False)
        page.goto(address, wait_until="networkidle")
        page.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    main()
