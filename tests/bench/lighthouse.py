"""Lighthouse's mobile scores of each page, over the real server process: median of five. Needs Node, else says so."""

import json
import os
import shutil
import statistics
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from dashboards.shell import PAGES, page_address
from tests.bench.figures import Figure, print_figures
from tests.bench.web import running_web
from tests.e2e.system_browser import FLAGS, find_chromium

PORT = 8061
LIGHTHOUSE = "lighthouse@13.5.0"
RUNS = 5
BARS = {"performance": 0.90, "accessibility": 1.0, "best-practices": 1.0, "seo": 1.0}
AUDITS = ("first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift")


def main() -> None:
    """Measure and print."""
    npx, chromium = shutil.which("npx"), find_chromium()
    if not npx or not chromium:
        print("\nLighthouse was left out: it needs npx (Node) and Chromium on the path.")
        return
    with running_web(PORT) as root:
        for slug in ("", *PAGES):
            address = page_address("fi", slug)
            reports = [report for _ in range(RUNS) if (report := run_lighthouse(npx, chromium, root + address))]
            print_figures(f"Lighthouse, mobile, {address}, median of {len(reports)}", figures_of(reports))


def run_lighthouse(npx: str, chromium: str, address: str) -> dict[str, Any]:
    """Return one run's report, {} where Lighthouse gave none."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.json"
        flags = " ".join(["--headless", *FLAGS, f"--user-data-dir={folder}/profile"])
        command = [npx, "--yes", LIGHTHOUSE, address, "--quiet", "--output=json", f"--output-path={path}",
                   f"--only-categories={','.join(BARS)}", f"--chrome-flags={flags}"]  # fmt: skip
        subprocess.run(command, env=os.environ | {"CHROME_PATH": chromium}, capture_output=True, check=False)
        return dict(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else {}


def figures_of(reports: list[dict[str, Any]]) -> list[Figure]:
    """Return the median of each score and measure, and which audits failed in a score that should be whole."""
    if not reports:
        return [Figure("scores", "none", "Lighthouse gave no report: is the network there for npx?")]
    scores = [
        Figure(name, f"{statistics.median(each['categories'][name]['score'] for each in reports):.2f}", f"{bar:.2f}")
        for name, bar in BARS.items()
    ]
    measures = [
        Figure(name, f"{statistics.median(each['audits'][name]['numericValue'] for each in reports):.3g}")
        for name in AUDITS
    ]
    return [*scores, *measures, *(Figure("lost by", name) for name in failed(reports[-1]))]


def failed(report: dict[str, Any]) -> list[str]:
    """Return the audits that cost a report points outside performance."""
    weighed = (
        part["id"]
        for name, category in report["categories"].items()
        if name != "performance"
        for part in category["auditRefs"]
        if part["weight"]
    )
    scores = ((name, report["audits"][name]["score"]) for name in weighed)
    return [name for name, score in scores if score is not None and score < 1]


if __name__ == "__main__":
    main()
