"""The project's own figures as they ship: what the report prints, with its parts, its place and its unclear points."""

import csv
from pathlib import Path

import duckdb
import pytest

from ingest.snapshot.shipped import FOLDER, load_shipped
from queries.catalogue import load_catalogue
from queries.database import current_version, open_version
from queries.settings import load_settings

TYPED = FOLDER / "transcripts" / "work_and_stay_report__loppuraportti_2025.csv"
COUNTED_BY_ORGANISATION = (
    "project_organisations_reached",
    "project_organisations_target",
    "project_persons_reached",
    "project_persons_target",
)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    folder: Path = tmp_path_factory.mktemp("snapshot")
    load_shipped(load_settings(data_dir=folder), load_catalogue())
    return open_version(folder, current_version(folder))


def values(database: duckdb.DuckDBPyConnection, indicator: str, dimension: str = "") -> dict[str, float]:
    rows = database.execute(
        "select category, value from latest_observation where indicator = ? and dimension = ? and area = 'HANKE'",
        [indicator, dimension],
    ).fetchall()
    return {str(category): float(value) for category, value in rows}


@pytest.mark.parametrize(
    ("indicator", "total"),
    list(zip(COUNTED_BY_ORGANISATION, (198, 150, 646, 633), strict=True)),
)
def test_the_parts_of_each_target_add_up_to_the_printed_total(
    database: duckdb.DuckDBPyConnection, indicator: str, total: int
) -> None:
    assert values(database, indicator) == {"": total}
    parts = values(database, indicator, "organisation")
    assert len(parts) == 7
    assert sum(parts.values()) == total


def test_the_answers_of_employers_add_up_to_the_printed_groups(database: duckdb.DuckDBPyConnection) -> None:
    by_score = {int(score): value for score, value in values(database, "project_employer_scores", "score").items()}
    groups = values(database, "project_employer_recommendation_answers", "recommendation")
    assert sorted(by_score) == list(range(11))
    assert sum(value for score, value in by_score.items() if score <= 6) == groups["detractors"] == 1
    assert sum(value for score, value in by_score.items() if 7 <= score <= 8) == groups["passives"] == 5
    assert sum(value for score, value in by_score.items() if score >= 9) == groups["promoters"] == 16


def test_the_answers_of_personal_customers_make_the_printed_shares(database: duckdb.DuckDBPyConnection) -> None:
    scores = values(database, "project_customer_scores", "score")
    printed = values(database, "project_customer_recommendation_share", "recommendation")
    assert set(scores) == {"1-6", "7", "8", "9", "10"} and sum(scores.values()) == 99
    counted = (scores["1-6"], scores["7"] + scores["8"], scores["9"] + scores["10"])
    assert tuple(round(100 * count / 99) for count in counted) == tuple(
        printed[group] for group in ("detractors", "passives", "promoters")
    )


def test_what_was_read_from_a_graphic_or_put_together_is_marked_as_not_printed_so(
    database: duckdb.DuckDBPyConnection,
) -> None:
    rows = database.execute(
        "select distinct indicator, category from latest_observation join release using (release_id) "
        "where source = 'work_and_stay_report' and origin = 'derived'"
    ).fetchall()
    events = {"rehabilitation", "work_trial", "outreach", "career_guidance"}
    assert set(rows) == {("project_customer_scores", "1-6"), *(("project_events", each) for each in events)}


def test_the_rates_of_the_report_are_not_those_of_the_statistics(database: duckdb.DuckDBPyConnection) -> None:
    rows = database.execute(
        "select area, period, value from latest_observation "
        "where indicator = 'project_reported_unemployment_rate' and period = '2025-10'"
    ).fetchall()
    january = dict(
        database.execute(
            "select area, value from latest_observation where indicator = 'unemployment_rate' and period = '2025-01'"
        ).fetchall()
    )
    equal = {area for area, _, value in rows if january[area] == value}
    assert equal == {"305", "615", "832"}


def test_each_typed_figure_names_its_place_in_the_report() -> None:
    with TYPED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 103
    assert [row for row in rows if not row["kohta"]] == []
