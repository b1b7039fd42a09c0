"""The ecosystem's own JSON-stat toolkit reads our cubes: the same figures, marks and names as the CSV has."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.conftest import Open

pytestmark = pytest.mark.browser

TOOLKIT = Path(__file__).with_name("jsonstat-toolkit.iife.js")
READ = """async address => {
    const cube = JSONstat(await (await fetch(address)).json());
    const cells = [];
    cube.toTable({type: "arrobj", content: "id", status: true}, row => { cells.push(row); });
    return {class: cube.class, id: cube.id, size: cube.size, role: cube.role, length: cube.length, cells,
            areas: cube.Dimension("area").Category().map(each => each.label),
            unit: cube.Dimension("indicator").Category(0).unit};
}"""
QUERIES: tuple[tuple[str, set[str]], ...] = (
    ("indicator=unemployment_rate&area=305", set()),
    ("indicator=unemployment_rate,open_vacancies&area=305,614,SSS&lang=sv", {"suppressed"}),
    ("indicator=unemployed_jobseekers&level=municipality&from=2026-06", set()),
)
"""What is asked, and the marks of what it has no figure of."""


def figures(cells: list[dict[str, Any]]) -> dict[tuple[str, str, str], tuple[float, str]]:
    """Return the cells that hold a figure or say why they hold none."""
    return {
        (cell["indicator"], cell["area"], cell["period"]): (cell["value"], cell["status"] or "")
        for cell in cells
        if cell["value"] is not None or cell["status"]
    }


@pytest.mark.parametrize(("query", "marks"), QUERIES)
def test_the_toolkit_reads_the_figures_of_the_csv(open_page: Open, query: str, marks: set[str]) -> None:
    page = open_page("/healthz").page
    page.evaluate(TOOLKIT.read_text(encoding="utf-8") + ";window.JSONstat = JSONstat")
    read = page.evaluate(READ, f"/api/v1/observations.json?{query}")
    text = page.evaluate("async address => (await fetch(address)).text()", f"/api/v1/observations.csv?{query}")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert rows and read["class"] == "dataset" and read["id"] == ["indicator", "area", "period"]
    assert figures(read["cells"]) == {
        (row["indicator"], row["area"], row["period"]): (float(row["value"]) if row["value"] else None, row["status"])
        for row in rows
        if row["value"] or row["status"]
    }
    assert {row["status"] for row in rows if row["status"]} == marks
    assert read["areas"] == list(dict.fromkeys(row["area_name"] for row in rows))
    assert read["role"] == {"metric": ["indicator"], "geo": ["area"], "time": ["period"], "classification": None}
    assert read["unit"]["label"] and isinstance(read["unit"]["decimals"], int)
