"""A small database with the project's own figures as they ship, and the official rates of the months that it quotes."""

import csv
from pathlib import Path

import duckdb

from ingest.snapshot.shipped import FOLDER
from tests.dashboards.small_database import SECOND, add, build

TYPED = FOLDER / "transcripts" / "work_and_stay_report__loppuraportti_2025.csv"
RELEASE = 31
OFFICIAL = {
    ("305", "2023-10"): 10.8,
    ("305", "2025-01"): 12.2,
    ("305", "2025-10"): 12.1,
    ("615", "2023-10"): 14.8,
    ("615", "2025-01"): 18.6,
    ("615", "2025-10"): 15.8,
    ("614", "2023-10"): 12.8,
    ("614", "2025-10"): 12.0,
}
"""Of two municipalities nothing is held here, so that the page must say so."""


def add_report(connection: duckdb.DuckDBPyConnection) -> None:
    """Add the report's figures with their categories, and the official rates."""
    connection.execute(
        "insert into area values ('HANKE', 'project', 'Hanke', 'Projekt', 'Project', null, null, null, null, null)"
    )
    connection.execute(
        "insert into release values (?, 'work_and_stay_report', ?, ?, 'x', 'snapshot', 'in a test', 'not stated', ?)",
        [RELEASE, SECOND, SECOND, "Work & Stay, loppuraportti"],
    )
    with TYPED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        area, period = row["alue"].removeprefix("KU"), row["kuukausi"].replace("M", "-")
        breakdown = row["luokitus"], row["luokka"]
        origin = row["alkupera"] or "transcript"
        add(connection, row["tiedot"], area, period, float(row["arvo"]), "", origin, RELEASE, breakdown)
    for dimension, category, name in {(row["luokitus"], row["luokka"], row["luokka_nimi"]) for row in rows}:
        if dimension:
            connection.execute("insert into category values (?, ?, ?, '', '')", [dimension, category, name])
    connection.execute(
        "delete from observation where indicator = 'unemployment_rate' and period in ('2023-10', '2025-01', '2025-10')"
    )
    for (area, period), rate in OFFICIAL.items():
        add(connection, "unemployment_rate", area, period, rate)


def build_project(data_dir: Path) -> Path:
    """Publish the small database with the project's report."""
    return build(data_dir, change=add_report)
