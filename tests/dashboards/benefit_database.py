"""A small database with made-up figures of the co-funded benefit: four municipalities, two models, their parts."""

from pathlib import Path

import duckdb

from dashboards.periods import shift
from tests.dashboards.small_database import SECOND, add, build

PLACES = {"305": 15000, "832": 3700, "614": 2900, "765": 9500}
"""The population at the end of 2025, by municipality."""
CLASSES = ("101-200", "201-300", "301-400", "401-700", "701-")
NEWEST = "2026-08"
SOURCES = {
    11: ("cofunded_benefit_municipality", "uusi malli"),
    12: ("cofunded_subsidy_municipality", "vanha malli"),
    13: ("cofunded_subsidy_index_diak", "karttasovellus"),
    14: ("employment_service_12r5", "väkiluku"),
}


def share(area: str, month: str) -> float:
    """Return the municipality's share in a month: with cents, another in each place and month."""
    return PLACES[area] * (3 + int(month[5:7]) / 7 + int(month[:4]) - 2025) / 10 + 0.49


def months(since: str, until: str) -> list[str]:
    """Return the months from one to another."""
    found = [since]
    while found[-1] < until:
        found.append(shift(found[-1], 1))
    return found


def add_benefit(connection: duckdb.DuckDBPyConnection) -> None:
    """Add both models, the parts of the newest month and of that of the year before, an index, and populations."""
    for number, (source, table) in SOURCES.items():
        connection.execute(
            "insert into release values (?, ?, ?, ?, 'x', 'live', 'in a test', 'CC BY 4.0', ?)",
            [number, source, SECOND, SECOND, f"Kela, {table}"],
        )
    for area, persons in PLACES.items():
        for year, grown in (("2024", 10), ("2025", 0)):
            add(connection, "population", area, year, persons + grown, release=14)
        for month in months("2025-01", NEWEST):
            add_month(connection, area, month)
        for month in months("2023-01", "2024-12"):
            add(connection, "cofunded_subsidy_municipal_eur", area, month, 1000.5, release=12)
            add(connection, "cofunded_subsidy_paid_eur", area, month, 1800, release=12)
        add(connection, "cofunded_subsidy_municipal_eur", area, "2013", 7000, release=12)
        for year in ("2019", "2020", "2021"):
            add(connection, "cofunded_subsidy_index", area, year, 88.5, origin="transcript", release=13)


def add_month(connection: duckdb.DuckDBPyConnection, area: str, month: str) -> None:
    """Add a month of the new model; its newest month and that of the year before have parts."""
    total = share(area, month)
    add(connection, "cofunded_benefit_municipal_eur", area, month, total, release=11)
    add(connection, "cofunded_benefit_paid_eur", area, month, 3 * total, release=11)
    add(connection, "cofunded_benefit_recipients", area, month, 90 + int(month[5:7]), release=11)
    if month not in (NEWEST, "2025-08"):
        return
    for place, day_class in enumerate(CLASSES, 1):
        of_class = ("day_class", day_class)
        add(
            connection, "cofunded_benefit_municipal_eur", area, month, total * place / 15, "", "published", 11, of_class
        )
        add(connection, "cofunded_benefit_recipients", area, month, 20 + place, "", "published", 11, of_class)
        add(connection, "cofunded_benefit_days", area, month, 300, "", "published", 11, of_class)
    add(connection, "cofunded_benefit_recipients", area, month, None, "suppressed", "published", 11, ("sex", "1"))


def build_benefit(data_dir: Path) -> Path:
    """Publish the small database with the benefit."""
    return build(data_dir, channel="api", change=add_benefit)
