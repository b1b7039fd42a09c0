"""What ships with the project, against facts that were read from the publisher's own answers."""

import csv
from pathlib import Path

import pytest

from ingest.snapshot.shipped import load_shipped, missing_releases, read_manifest
from queries.catalogue import load_catalogue
from queries.database import current_version
from queries.read import Reader, end_of_day
from queries.settings import load_settings
from tests.ingest.small import ask, value_of

GOLDEN = Path(__file__).parent.parent / "golden" / "unemployment_rate_2006M01_2026M08.csv"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("snapshot")
    load_shipped(load_settings(data_dir=folder), load_catalogue())
    return folder


@pytest.mark.parametrize(
    ("indicator", "area", "period", "value"),
    [
        ("unemployment_rate", "305", "2026-08", 11.4),
        ("unemployment_rate", "305", "2025-08", 10.0),
        ("unemployment_rate", "615", "2025-01", 18.6),
        ("unemployment_rate", "614", "2026-06", 12.4),
        ("jobseekers", "305", "2026-06", 1197),
        ("unemployed_jobseekers", "305", "2026-06", 805),
        ("labour_force", "305", "2026-06", 6583),
        ("unemployment_rate", "305", "2026-06", 12.2),
        ("unemployed_under_25", "305", "2026-06", 79),
        ("unemployed_over_50", "305", "2026-06", 314),
        ("long_term_unemployed", "305", "2026-06", 268),
        ("laid_off", "305", "2026-06", 58),
        ("open_vacancies", "305", "2026-06", 206),
        ("new_vacancies", "305", "2026-06", 155),
        ("unemployed_per_vacancy", "305", "2026-06", 3.9),
        ("unemployed_jobseekers", "SK178", "2026-06", 999),
        ("unemployment_rate", "SK178", "2026-06", 12.4),
        ("unemployed_jobseekers", "SSS", "2026-06", 352001),
        ("unemployment_rate", "SSS", "2026-06", 12.8),
        ("open_vacancies", "SSS", "2026-06", 26641),
        ("open_vacancies", "SSS", "2022-03", 132680),
        ("unemployment_rate_survey", "SSS", "2026-06", 10.0),
        ("unemployment_rate_survey_trend", "SSS", "2026-06", 10.5),
        ("vacancies_during_month", "SSS", "2006-01", 69407),
        ("cofunded_subsidy_index", "305", "2021", 68.9),
        ("cofunded_subsidy_index", "620", "2012", 140.6),
        ("cofunded_subsidy_municipal_eur_press", "SSS", "2016", 425_600_000),
    ],
)
def test_a_figure_is_the_publishers(folder: Path, indicator: str, area: str, period: str, value: float) -> None:
    found, status, _ = value_of(folder, indicator, area, period)
    decimals = 1 if indicator.endswith("_index") else None
    assert (round(found, decimals) if decimals else found, status) == (value, "")


def test_a_statistic_an_index_and_a_rounded_figure_of_the_press_are_told_apart(folder: Path) -> None:
    rows = ask(
        folder,
        "select distinct indicator, origin, source, licence from latest_observation join release using (release_id) "
        "where indicator like 'cofunded%' order by all",
    )
    assert rows == [
        ("cofunded_subsidy_index", "transcript", "cofunded_subsidy_index_diak", "MIT"),
        ("cofunded_subsidy_municipal_eur_press", "press", "cofunded_subsidy_press", "not stated"),
    ]


def test_a_municipality_that_has_ended_since_is_no_place(folder: Path) -> None:
    assert ask(folder, "select level, name_fi from area where area = '588'") == [("unplaced", "Pertunmaa")]


@pytest.mark.parametrize("indicator", ["open_vacancies", "new_vacancies"])
def test_the_vacancies_of_posio_are_hidden_not_zero(folder: Path, indicator: str) -> None:
    assert value_of(folder, indicator, "614", "2026-06")[:2] == (None, "suppressed")


def test_a_ratio_with_a_hidden_part_is_hidden(folder: Path) -> None:
    assert value_of(folder, "unemployed_per_vacancy", "614", "2026-06") == (None, "suppressed", "derived")


@pytest.mark.parametrize(("area", "period"), [("614", "2016-06"), ("614", "2009-09"), ("832", "2014-06")])
def test_a_ratio_learns_from_a_later_release_that_its_part_is_hidden(folder: Path, area: str, period: str) -> None:
    assert value_of(folder, "unemployed_per_vacancy", area, period)[:2] == (None, "suppressed")


def test_every_rate_of_the_combined_series_is_in_the_database(folder: Path) -> None:
    with GOLDEN.open(encoding="utf-8", newline="") as file:
        expected = {
            (row["alue"].removeprefix("KU"), row["kuukausi"].replace("M", "-")): float(row["tyottomyysaste"])
            for row in csv.DictReader(file)
        }
    held = {
        (area, period): value
        for area, period, value in ask(
            folder, "select area, period, value from latest_observation where indicator = 'unemployment_rate'"
        )
    }
    assert len(expected) == 2315
    assert {key: (value, held.get(key)) for key, value in expected.items() if held.get(key) != value} == {}


def test_a_computed_rate_says_so_and_a_copied_one_says_so(folder: Path) -> None:
    assert value_of(folder, "unemployment_rate", "305", "2006-12")[2] == "derived"
    assert value_of(folder, "unemployment_rate", "SSS", "2023-10")[2] == "derived"
    assert value_of(folder, "unemployment_rate", "305", "2007-01")[2] == "transcript"
    assert value_of(folder, "unemployment_rate", "305", "2026-08")[2] == "transcript"
    assert value_of(folder, "unemployment_rate", "SSS", "2026-06")[2] == "published"


def test_a_gap_of_the_snapshot_is_a_gap(folder: Path) -> None:
    assert value_of(folder, "unemployment_rate", "SSS", "2024-06") == ()
    assert value_of(folder, "open_vacancies", "305", "2026-05") == ()


def test_the_stored_answer_has_all_areas_and_its_904_hidden_cells(folder: Path) -> None:
    published = "from observation where release_id = 4 and origin = 'published'"
    assert ask(folder, f"select count(*), count(distinct area), count(distinct indicator) {published}") == [
        (9683, 421, 23)
    ]
    assert ask(folder, f"select count(*) {published} and status = 'suppressed'") == [(904,)]


def test_where_releases_overlap_both_are_kept_and_the_newer_wins(folder: Path) -> None:
    rows = ask(
        folder,
        "select release_id, origin, known_from < known_to from observation "
        "where indicator = 'unemployment_rate' and area = '305' and period = '2026-06' order by known_from",
    )
    assert rows == [(4, "published", True), (6, "transcript", True)]
    assert ask(folder, "select count(*) from release where source = 'employment_service_12r5'") == [(5,)]


def test_as_of_shows_what_was_known_that_day(folder: Path) -> None:
    snapshot = Reader(folder).snapshot()

    def known(day: str) -> list[str]:
        from datetime import date

        frame = snapshot.frame(
            "series",
            indicator="unemployment_rate",
            areas=["305"],
            since="2025-01",
            until="2026-12",
            as_of=end_of_day(date.fromisoformat(day)),
        )
        return list(frame["period"])

    assert known("2025-02-24") == []
    assert known("2025-02-25") == ["2025-01"]
    assert known("2026-07-21") == ["2025-01", "2026-06"]
    assert known("2026-09-22")[-1] == "2026-08"


def test_rows_that_are_no_places_have_no_level_of_places(folder: Path) -> None:
    unplaced = {row[0] for row in ask(folder, "select area from area where level = 'unplaced'")}
    assert unplaced == {"199", "588", "KUJOU", "MK91", "MKJO", "SK902", "SKJOU", "ELY80", "ELYJO"}
    assert ask(folder, "select count(*) from area where level = 'municipality'") == [(308,)]
    assert ask(folder, "select count(*) from observation where area not in (select area from area)") == [(0,)]


def test_every_municipality_has_its_region_sub_region_and_employment_area(folder: Path) -> None:
    places = ask(folder, "select region, sub_region, employment_area from area where level = 'municipality'")
    known = {row[0] for row in ask(folder, "select area from area")}
    assert all(set(row) <= known for row in places)
    assert ask(folder, "select area from area where employment_area = 'TA10' order by area") == [
        (code,) for code in ("105", "205", "290", "305", "578", "620", "697", "765", "777", "832")
    ]


def test_loading_again_changes_nothing(folder: Path) -> None:
    before = current_version(folder)
    assert load_shipped(load_settings(data_dir=folder), load_catalogue()) == 0
    assert current_version(folder) == before
    assert missing_releases(folder) == []


def test_every_release_tells_its_licence_and_how_it_came_here(folder: Path) -> None:
    rows = ask(folder, "select licence, obtained, channel from release")
    assert len(rows) == len(read_manifest())
    assert {channel for _, _, channel in rows} == {"snapshot"}
    assert {licence for licence, _, _ in rows} == {"CC BY 4.0", "MIT", "not stated"}
    assert all(obtained for _, obtained, _ in rows)


def test_a_copy_of_another_table_that_repeats_the_figures_names_that_table(folder: Path) -> None:
    tables = ask(folder, "select citation from release where source = 'employment_service_12r5' order by published_at")
    assert [citation.rpartition("/")[2] for (citation,) in tables] == ["12r5", "12r5", "12r5", "12r5", "12tf"]
