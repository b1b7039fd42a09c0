"""A small database of real figures (series.csv) for the tests of pages, built through the floor's own publishing."""

import csv
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import duckdb

from queries.catalogue import load_catalogue
from queries.database import next_version, writing

SERIES = Path(__file__).with_name("series.csv")
FOREVER = datetime(9999, 12, 31)
FIRST, SECOND = datetime(2026, 6, 23, 5), datetime(2026, 9, 22, 5)
AREAS = [
    ("305", "municipality", "Kuusamo", "Kuusamo", "Kuusamo"),
    ("832", "municipality", "Taivalkoski", "Taivalkoski", "Taivalkoski"),
    ("614", "municipality", "Posio", "Posio", "Posio"),
    ("615", "municipality", "Pudasjärvi", "Pudasjärvi", "Pudasjärvi"),
    ("765", "municipality", "Sotkamo", "Sotkamo", "Sotkamo"),
    ("009", "municipality", "Äänekoski & <b>", "Äänekoski", "Äänekoski"),
    ("SK178", "sub_region", "Koillismaa", "Koillismaa", "Koillismaa"),
    ("MK17", "region", "Pohjois-Pohjanmaa", "Norra Österbotten", "North Ostrobothnia"),
    ("SSS", "country", "Koko maa", "Hela landet", "Whole country"),
    ("199", "unplaced", "Tuntematon", "Okänd", "Unknown"),
]

Change = Callable[[duckdb.DuckDBPyConnection], None]


def build(data_dir: Path, channel: str = "snapshot", made_up: bool = False, change: Change | None = None) -> Path:
    """Publish a version and return its data folder; `change` may add to it before it is published."""
    with writing(data_dir), next_version(data_dir) as connection:
        connection.execute("insert into edition values (?)", [made_up])
        for area in AREAS:
            connection.execute("insert into area values (?, ?, ?, ?, ?, null, null, null, null, null)", area)
        add_release(connection, 1, FIRST, channel)
        add_release(connection, 2, SECOND, channel)
        with SERIES.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                number = 2 if row["period"] > "2026-05" else 1
                value = float(row["value"]) if row["value"] else None
                add(
                    connection,
                    row["indicator"],
                    row["area"],
                    row["period"],
                    value,
                    row["status"],
                    row["origin"],
                    number,
                )
        for each in load_catalogue().breaks:
            for subject in each.subjects:
                note = [each.code, subject, each.period, each.severity]
                connection.execute("insert into break_note values (?, ?, ?, ?)", note)
        if change:
            change(connection)
    return data_dir


def add_release(connection: duckdb.DuckDBPyConnection, number: int, stamp: datetime, channel: str) -> None:
    """Insert a release of table 12r5."""
    connection.execute(
        "insert into release values (?, 'employment_service_12r5', ?, ?, 'x', ?, 'in a test', 'CC BY 4.0', ?)",
        [number, stamp, stamp, channel, "KEHA, tyonv/12r5"],
    )


def add(
    connection: duckdb.DuckDBPyConnection,
    indicator: str,
    area: str,
    period: str,
    value: float | None,
    status: str = "",
    origin: str = "published",
    release: int = 2,
    breakdown: tuple[str, str] = ("", ""),
) -> None:
    """Insert one observation, known from the stamp of its release; `breakdown` is its dimension and category."""
    known_from = FIRST if release == 1 else SECOND
    connection.execute(
        "insert into observation values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [indicator, area, period, *breakdown, value, status, origin, release, known_from, FOREVER],
    )
