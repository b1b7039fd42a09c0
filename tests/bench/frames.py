"""Frames in other sites over the real server with two workers: how many a second, how heavy, how soon drawn."""

import re
import shutil
import statistics
import subprocess
import tempfile
import urllib.request
from collections.abc import Iterator
from functools import partial
from itertools import product
from pathlib import Path

from flask.testing import FlaskClient
from playwright.sync_api import sync_playwright

from dashboards.charts import CHARTS
from dashboards.server import create_server
from queries.catalogue import load_catalogue
from queries.settings import load_settings
from tests.bench.browser import FIRST_CONTENT, REST
from tests.bench.figures import Figure, full_database, percentiles, print_figures
from tests.bench.web import running_web
from tests.e2e.system_browser import launch_chromium

PORT = 8062
SECONDS = 8
DRAWN = 7
PARTS = re.compile(r'<(?:link rel="stylesheet" href|script src)="([^"]+)"')
"""What a frame's document loads."""
MIX = tuple(f"/embed/{chart}?area={area}" for chart, area in product(list(CHARTS)[:4], ("305", "832", "615")))
TURN = """local paths, turn = {%s}, 0
function request() turn = turn %% #paths + 1; return wrk.format("GET", paths[turn], {["Accept-Encoding"] = "br"}) end
"""


def main() -> None:
    """Measure and print."""
    with running_web(PORT) as root:
        print_figures("frames, from what was made before", [serve_many(root), *weigh(root), draw_cold(root)])
    with full_database() as data_dir:
        print_figures("frames, never asked before, p50", ask_new(data_dir))


def serve_many(root: str) -> Figure:
    """Ask with wrk as fast as two workers answer."""
    wrk = shutil.which("wrk")
    if not wrk:
        return Figure("answers a second", "left out", "it needs wrk (Debian's package of that name) on the path")
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "turn.lua"
        script.write_text(TURN % ", ".join(f'"{path}"' for path in MIX), encoding="utf-8")
        command = [wrk, "-t1", "-c16", f"-d{SECONDS}s", "-s", str(script), root]
        subprocess.run([*command[:3], "-d2s", *command[4:]], capture_output=True, check=True)  # every worker makes each
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = re.search(r"Requests/sec:\s+([0-9.]+)", told)
    assert found and "Non-2xx" not in told, told
    return Figure("answers a second", f"{float(found[1]):.0f}", "at least 1500")


def weigh(root: str) -> list[Figure]:
    """Return the heaviest frames with their style sheet and scripts, as they are sent, headers too."""
    weights = {}
    for chart in CHARTS:
        address = f"{root}/embed/{chart}?area=305"
        with urllib.request.urlopen(address) as answer:
            parts = PARTS.findall(answer.read().decode())
        weights[chart] = sum(sent(each) for each in (address, *(root + part for part in parts))) / 1000
    heaviest = sorted(weights, key=weights.__getitem__)[-4:]
    return [Figure(f"transferred: {chart}", f"{weights[chart]:.1f} kB", "at most 30 kB") for chart in heaviest]


def sent(address: str) -> int:
    """Return how many bytes an answer in Brotli takes."""
    request = urllib.request.Request(address, headers={"Accept-Encoding": "br"})
    with urllib.request.urlopen(request) as answer:
        headers = sum(len(name) + len(value) + 4 for name, value in answer.headers.items())
        return len(answer.read()) + headers


def draw_cold(root: str) -> Figure:
    """Open frames in a browser that has nothing kept."""
    with sync_playwright() as playwright:
        browser = launch_chromium(playwright)
        moments = []
        for path in MIX[:DRAWN]:
            page = browser.new_context(viewport={"width": 600, "height": 500}).new_page()
            page.wait_for_timeout(REST)
            page.goto(root + path, wait_until="load")
            page.wait_for_function("() => performance.getEntriesByName('first-contentful-paint').length > 0")
            moments.append(page.evaluate(FIRST_CONTENT))
            page.context.close()
        browser.close()
    return Figure("drawn, cold", f"{statistics.median(moments[1:]):.0f} ms", "at most 120 ms")


def ask_new(data_dir: Path) -> list[Figure]:
    """Ask each chart in areas and months that nobody asked before."""
    client = create_server(load_settings(data_dir=data_dir, demo=True), load_catalogue()).test_client()
    spent = {}
    for chart in CHARTS:
        asked = (
            f"/embed/{chart}?area={area}&to={year}-{month:02d}&lang={language}"
            for language, year, month, area in product(
                ("fi", "sv"), (2025, 2024), range(1, 13), ("305", "832", "615", "614", "620")
            )
        )
        spent[chart] = percentiles(partial(ask_next, client, asked), 40)[0]
    slowest = sorted(spent, key=spent.__getitem__)[-3:]
    return [
        Figure("all charts", f"{statistics.median(spent.values()):.1f} ms", "at most 5 ms"),
        *(Figure(chart, f"{spent[chart]:.1f} ms", "at most 5 ms") for chart in slowest),
    ]


def ask_next(client: FlaskClient, addresses: Iterator[str]) -> None:
    """Ask the next address."""
    answer = client.get(next(addresses))
    assert answer.status_code == 200, answer.text


if __name__ == "__main__":
    main()
