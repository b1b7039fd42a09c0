"""What ships of the vitality review, against facts that were read from the publishers' own answers."""

from pathlib import Path

import pytest

from ingest.snapshot.shipped import load_shipped
from queries.catalogue import load_catalogue
from queries.settings import load_settings
from tests.ingest.small import ask, value_of

LIVE_ONLY = {
    "births_monthly",
    "deaths_monthly",
    "natural_increase_monthly",
    "net_migration_intermunicipal_monthly",
    "net_immigration_monthly",
    "net_migration_monthly",
    "population_change_monthly",
    "population_preliminary",
    "enterprise_openings",
    "enterprise_closures",
    "enterprise_stock",
    "enterprise_openings_until_2024",
    "enterprise_closures_until_2024",
    "enterprise_stock_until_2024",
    "overnight_stays",
    "employment_rate_20_64",
    "share_entrepreneurs",
}
EARLIER = ("employment_service", "labour_force_survey", "cofunded", "sotkanet", "work_and_stay")
BY_HAND = ("impact_evaluation", "state_compensation")  # an operator loads them, nothing of them ships


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("snapshot")
    load_shipped(load_settings(data_dir=folder), load_catalogue())
    return folder


@pytest.mark.parametrize(
    ("indicator", "area", "period", "value", "origin"),
    [
        ("births", "305", "2025", 94, "published"),
        ("deaths", "305", "2025", 203, "published"),
        ("natural_increase", "305", "2025", -109, "published"),
        ("net_migration_intermunicipal", "305", "2025", -40, "published"),
        ("net_immigration", "305", "2025", 73, "published"),
        ("net_migration", "305", "2025", 33, "published"),
        ("population_change", "305", "2025", -76, "published"),
        ("population", "305", "2025", 14800, "published"),
        ("population", "TA10", "2025", 87548, "published"),
        ("population", "SSS", "2025", 5652881, "published"),
        ("population", "305", "2024", 14876, "transcript"),
        ("population", "305", "1972", 17977, "transcript"),
        ("share_over_64", "305", "2025", 31.7, "published"),
        ("mean_age", "305", "2025", 48.6, "published"),
        ("projected_population", "305", "2024", 14972, "projection"),
        ("projected_population", "305", "2040", 14087, "projection"),
        ("employment_rate_18_64", "305", "2020", 67.9, "transcript"),
        ("demographic_dependency_ratio", "SSS", "1990", 48.7, "transcript"),
        ("education_share_tertiary", "305", "2025", 24.3, "published"),
        ("education_level_index", "SSS", "2025", 403.2, "published"),
        ("median_income", "SSS", "2024", 26605, "published"),
        ("low_income_rate", "SK178", "2024", 14.5, "published"),
        ("jobs", "305", "2016", 5832, "transcript"),
        ("municipal_income_tax_rate", "205", "2026", 8.4, "transcript"),
        ("overnight_stays_press", "305", "2016", 546295, "press"),
        ("overnight_stays_press", "305", "2016-12", 62000, "press"),
        ("births", "SK178", "2025", 113, "derived"),
    ],
)
def test_a_figure_is_the_publishers_and_says_whose_it_is(
    folder: Path, indicator: str, area: str, period: str, value: float, origin: str
) -> None:
    assert value_of(folder, indicator, area, period) == (value, "", origin)


def test_the_parts_of_the_change_make_it_up_in_every_municipality(folder: Path) -> None:
    rows = ask(
        folder,
        """
        pivot (
            from latest_observation join area using (area)
            select indicator, area, value
            where period = '2025' and dimension = '' and level in ('municipality', 'region', 'employment_area')
        ) on indicator in ('natural_increase', 'net_migration', 'population_correction', 'population_change')
        using sum(value)
        """,
    )
    whole = [row for row in rows if None not in row[1:]]
    assert len(whole) == 308 + 19 + 46
    assert [row for row in whole if row[1] + row[2] + row[3] != row[4]] == []


def test_every_indicator_has_shipped_figures_or_is_named_as_live_only(folder: Path) -> None:
    held = {row[0] for row in ask(folder, "select distinct indicator from observation")}
    delivered = {code: each for code, each in load_catalogue().indicators.items() if not each.made_of}
    ours = {code for code, each in delivered.items() if not each.source.startswith((*EARLIER, *BY_HAND))}
    assert ours - held == LIVE_ONLY


def test_a_year_that_no_copy_holds_is_a_gap(folder: Path) -> None:
    assert value_of(folder, "births", "305", "2024") == ()
    assert value_of(folder, "share_over_64", "305", "2020") == ()


def test_a_projection_is_never_among_what_came_true(folder: Path) -> None:
    origins = ask(folder, "select distinct indicator, origin from observation where origin = 'projection'")
    assert origins == [("projected_population", "projection")]
    assert ask(folder, "select distinct origin from observation where indicator = 'projected_population'") == [
        ("projection",)
    ]


def test_the_projection_has_ages_of_every_municipality_but_none_of_a_hundred_years(folder: Path) -> None:
    rows = ask(
        folder,
        "select category, count(distinct area) from latest_observation join area using (area) "
        "where indicator = 'projected_population' and dimension = 'age' and level = 'municipality' "
        "group by category",
    )
    assert len(rows) == 20 and {count for _, count in rows} == {308}
    assert "100-" not in dict(rows)


def test_a_municipality_that_has_ended_counts_to_the_areas_of_the_one_that_it_joined(folder: Path) -> None:
    parts = ask(
        folder,
        "select period, category, sum(value) from latest_observation join area using (area) "
        "where indicator = 'projected_population' and dimension = 'age' and region = 'MK10' "
        "and level in ('municipality', 'unplaced') group by all",
    )
    region = ask(
        folder,
        "select period, category, value from latest_observation "
        "where indicator = 'projected_population' and dimension = 'age' and area = 'MK10'",
    )
    assert sorted(parts) == sorted(region) and len(region) == 60


def test_the_regions_of_the_projection_make_up_the_country(folder: Path) -> None:
    rows = ask(
        folder,
        "select period, sum(value) filter (area like 'MK%') - sum(value) filter (area = 'SSS') "
        "from latest_observation where indicator = 'projected_population' and dimension = 'age' group by period",
    )
    assert {difference for _, difference in rows} == {0}


def test_moves_in_and_out_of_a_region_are_no_sum_of_its_municipalities(folder: Path) -> None:
    assert value_of(folder, "in_migration_intermunicipal", "MK17", "2025") == ()
    assert value_of(folder, "net_migration_intermunicipal", "MK17", "2025")[2] == "derived"


def test_a_hidden_income_is_hidden_and_a_missing_price_is_missing(folder: Path) -> None:
    hidden = ask(folder, "select count(*) from latest_observation where status = 'suppressed' and period = '2024'")
    assert hidden[0][0] >= 1
    missing = ask(
        folder, "select count(*) from latest_observation where indicator = 'old_flats_price' and value is null"
    )
    assert missing == [(3,)]


def test_a_rate_of_koillismaa_lies_between_those_of_its_two_municipalities(folder: Path) -> None:
    rates = [code for code, facts in load_catalogue().indicators.items() if facts.kind == "rate"]
    apart = ask(
        folder,
        "select indicator, period from latest_observation as o join (select indicator, period, dimension, category, "
        "min(value) as low, max(value) as high from latest_observation where area in ('305', '832') "
        "group by all having count(value) = 2) using (indicator, period, dimension, category) "
        f"where o.area = 'SK178' and indicator in {tuple(rates)} and o.value not between low - 0.1 and high + 0.1",
    )
    assert apart == []
