"""The impact tool over a form of 5 000 customers with 20 000 services: read, evaluated, reported, ready to publish."""

import time
from collections.abc import Callable
from itertools import cycle, islice
from typing import Any

from dashboards.impact.documents import MAKERS
from dashboards.impact.report import write_report
from dashboards.impact.template import make_template
from dashboards.impact.vocabulary import make_vocabulary
from dashboards.words import load_words
from ingest.impact.places import municipality_names
from ingest.impact.read import read_workbook
from queries.analysis.impact import evaluate
from queries.analysis.publication import publishable
from queries.impact_example import example_rows
from tests.bench.figures import Figure, own_peak_megabytes, print_figures

CUSTOMERS, SERVICES = 5_000, 20_000


def main() -> None:
    """Measure and print."""
    words = load_words("fi")
    places = {code: names[0] for code, names in municipality_names().items()}
    content = make_template(words, places, many_rows())
    spent: list[float] = []

    def timed(call: Callable[[], Any]) -> Any:
        started = time.perf_counter()
        result = call()
        spent.append(time.perf_counter() - started)
        return result

    vocabulary = timed(lambda: make_vocabulary(municipality_names()))
    material = timed(lambda: read_workbook(content, vocabulary))
    found = timed(lambda: evaluate(material))
    report = timed(lambda: write_report(words, found, places))
    timed(lambda: [make(report) for make in MAKERS.values()])
    timed(lambda: publishable(material, found))
    names = ("names of the form", "read and check", "evaluate", "write the report", "make its files", "aggregates")
    figures = [Figure(name, f"{seconds:.2f} s") for name, seconds in zip(names, spent, strict=True)]
    print_figures(
        f"impact: {CUSTOMERS:,} customers, {SERVICES:,} services, {len(content) / 1e6:.1f} MB",
        [*figures, Figure("all of it", f"{sum(spent):.2f} s", "at most 3 s"), peak()],
    )


def peak() -> Figure:
    """Return the largest memory of this process."""
    return Figure("largest memory", f"{own_peak_megabytes():.0f} MB")


def many_rows() -> dict[str, list[dict[str, Any]]]:
    """Return the example's rows, its persons and services repeated under other names."""
    rows: dict[str, list[dict[str, Any]]] = {sheet: list(each) for sheet, each in example_rows().items()}
    persons = islice(cycle(rows["customers"]), CUSTOMERS)
    rows["customers"] = [row | {"customer": f"K{place}"} for place, row in enumerate(persons)]
    services = islice(cycle(rows["services"]), SERVICES)
    rows["services"] = [row | {"customer": f"K{place % CUSTOMERS}"} for place, row in enumerate(services)]
    return rows


if __name__ == "__main__":
    main()
