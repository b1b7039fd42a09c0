"""A database with all 308 municipalities in a few months, for the tests of rankings and the map. Rates are made up.

May and June 2026 and June 2025 have nearly all municipalities, August 2026 the project's five only. In June 2026 four
are hidden and one is not held.
"""

import csv
from functools import cache
from pathlib import Path

import duckdb
import pandas as pd

from dashboards.charts.description import AreaMap, Ranks
from dashboards.pages.employment_review import CARDS
from dashboards.pages.parts import Card
from dashboards.view import view
from dashboards.visit import Visit
from queries.catalogue import load_catalogue
from queries.database import next_version, writing
from tests.dashboards.small_database import FIRST, FOREVER, SECOND, Change, add_release

AREAS = Path(__file__).parents[2] / "ingest" / "snapshot" / "areas.csv"
HIDDEN = ("062", "295", "438", "766")
NOT_HELD = "005"
HOMES = ("305", "832", "615", "614", "620")
COLUMNS = ("indicator", "area", "period", "value", "status", "release")
Row = tuple[str, str, str, float | None, str, int]


def areas() -> list[dict[str, str]]:
    """Return the areas that ship with the project."""
    with AREAS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def municipalities() -> list[str]:
    """Return the codes of all municipalities."""
    return sorted(row["area"] for row in areas() if row["level"] == "municipality")


def figures_of(area: str, period: str) -> tuple[int, int, float]:
    """Return the made-up unemployed, labour force and rate of a municipality: many rates are shared by several."""
    number = municipalities().index(area)
    labour_force = 150 + 97 * number
    wanted = 4 + number * 37 % 120 / 10 - (0.5 if period < "2026" else 0)
    unemployed = round(wanted * labour_force / 100)
    return unemployed, labour_force, round(100 * unemployed / labour_force, 1)


def rates() -> dict[str, float]:
    """Return the rates of June 2026 that are held and not hidden."""
    return {code: figures_of(code, "2026-06")[2] for code in municipalities() if code not in {*HIDDEN, NOT_HELD}}


def rows() -> list[Row]:
    """Return all rows."""
    found: list[Row] = []
    for period, release in (("2025-06", 1), ("2026-05", 1), ("2026-06", 2), ("2026-08", 2)):
        for area in HOMES if period == "2026-08" else municipalities():
            if (area, period) == (NOT_HELD, "2026-06"):
                continue
            hidden = area in HIDDEN and period == "2026-06"
            unemployed, labour_force, rate = figures_of(area, period)
            status = "suppressed" if hidden else ""
            found.append(("unemployment_rate", area, period, None if hidden else rate, status, release))
            found.append(("unemployed_jobseekers", area, period, None if hidden else unemployed, status, release))
            found.append(("labour_force", area, period, labour_force, "", release))
    for number, area in enumerate(municipalities()):
        value, status = [(number % 41 + 1.5, ""), (None, "suppressed"), (None, "not_applicable")][
            0 if number % 3 else 1 + number % 2
        ]
        found.append(("unemployed_per_vacancy", area, "2026-06", value, status, 2))
    return found


def build(data_dir: Path, made_up: bool = False, change: Change | None = None) -> Path:
    """Publish a version and return its data folder; `change` may alter it before it is published."""
    with writing(data_dir), next_version(data_dir) as connection:
        connection.execute("insert into edition values (?)", [made_up])
        add_areas(connection)
        add_release(connection, 1, FIRST, "snapshot")
        add_release(connection, 2, SECOND, "snapshot")
        connection.register("made", pd.DataFrame(rows(), columns=list(COLUMNS)))
        connection.execute(
            "insert into observation select indicator, area, period, '', '', value, status, 'published', release, "
            "case release when 1 then ? else ? end, ? from made",
            [FIRST, SECOND, FOREVER],
        )
        for each in load_catalogue().breaks:
            for subject in each.subjects:
                note = [each.code, subject, each.period, each.severity]
                connection.execute("insert into break_note values (?, ?, ?, ?)", note)
        if change:
            change(connection)
    return data_dir


def add_areas(connection: duckdb.DuckDBPyConnection) -> None:
    """Insert the areas."""
    connection.register("shipped", pd.DataFrame(areas()))
    connection.execute(
        "insert into area select area, level, name_fi, name_sv, name_en, nullif(region, ''), nullif(sub_region, ''), "
        "nullif(employment_area, ''), null, null from shipped"
    )


def card(visit: Visit, name: str) -> Card:
    """Return a card of the comparison."""
    (made,) = CARDS[name](visit)
    return made


def map_of(visit: Visit) -> AreaMap:
    """Return the map that a visit describes."""
    description = view("area_map", visit).description
    assert isinstance(description, AreaMap)
    return description


def ranks_of(visit: Visit, chart: str) -> Ranks:
    """Return a ranking that a visit describes."""
    description = view(chart, visit).description
    assert isinstance(description, Ranks)
    return description
