"""What the vitality review shows when an ingest has brought it: ages by sex, quarters, industries, nights by month."""

from pathlib import Path

import duckdb
import pytest

from dashboards.answer import ANSWERERS
from dashboards.charts import VITALITY
from dashboards.charts.description import Bars, Columns, Plot, Pyramid
from dashboards.charts.draw_plotly import draw_plotly
from dashboards.charts.draw_svg import draw_svg
from dashboards.charts.svg_parts import MIDDLE
from dashboards.pages.parts import Page
from dashboards.pages.vitality_review import describe
from dashboards.site import Site
from dashboards.view import view
from dashboards.visit import Visit
from queries.catalogue import load_catalogue
from queries.settings import load_settings
from tests.dashboards.small_database import SECOND, add, build

AGES = ("0-4", "5-9", "100-")
SOURCES = {
    21: "population_by_age_11re",
    22: "population_projection_14wx",
    23: "enterprise_demography_bdem",
    24: "jobs_115h",
    25: "overnight_stays_11lm",
    26: "population_changes_121w",
}


def fetched(database: duckdb.DuckDBPyConnection) -> None:
    for number, source in SOURCES.items():
        database.execute(
            "insert into release values (?, ?, ?, ?, 'x', 'api', 'in a test', 'CC BY 4.0', 'Tilastokeskus, taulu')",
            [number, source, SECOND, SECOND],
        )
    for year in ("2014", "2015", "2024", "2025"):
        add(database, "population", "305", year, 20000 - int(year), release=21)
        for place, age in enumerate(AGES):
            both = 0.0
            for sex in ("1", "2"):
                persons = float(place * 10 + int(sex) + int(year) - 2000)
                both += persons
                add(database, "population", "305", year, persons, "", "published", 21, ("age,sex", f"{age},{sex}"))
            add(database, "population", "305", year, both, "", "published", 21, ("age", age))
    for age in AGES:
        add(database, "projected_population", "305", "2040", 50.0, "", "projection", 22, ("age", age))
    for year, last in (("2022", 4), ("2023", 4), ("2024", 4), ("2025", 3)):
        for quarter in range(1, last + 1):
            add(database, "enterprise_openings", "305", f"{year}Q{quarter}", 10.0 + quarter, release=23)
            add(database, "enterprise_closures", "305", f"{year}Q{quarter}", 12.0, release=23)
    for year, jobs in (("2022", 100.0), ("2023", 90.0)):
        for letter in "AI":
            add(database, "jobs", "305", year, jobs + ord(letter), "", "published", 24, ("industry", letter))
    for month in range(1, 13):
        add(database, "overnight_stays", "305", f"2025-{month:02d}", 1000.0 * month, release=25)
    for code, persons in (("natural_increase", -9.0), ("net_migration_intermunicipal", 4.0), ("net_immigration", 0.0)):
        add(database, code, "305", "2025", persons, release=26)


@pytest.fixture(scope="module")
def visit(tmp_path_factory: pytest.TempPathFactory) -> Visit:
    folder: Path = build(tmp_path_factory.mktemp("fetched"), channel="api", change=fetched)
    site = Site(load_settings(data_dir=folder), load_catalogue())
    return ANSWERERS[VITALITY].visit(site, "fi", {"area": ["305"]})


@pytest.fixture(scope="module")
def page(visit: Visit) -> Page:
    return describe(visit)


def test_men_stand_to_the_left_and_women_to_the_right_now_and_ten_years_ago(visit: Visit) -> None:
    pyramid = view("ages", visit).description
    assert isinstance(pyramid, Pyramid)
    assert [side.label for side in pyramid.sides] == ["miehet", "naiset"]
    assert [(layer.label, layer.filled) for layer in pyramid.layers] == [("2025", True), ("2015", False)]
    assert [bar.value for bar in pyramid.sides[1].bars[0]] == [27.0, 37.0, 47.0]
    assert pyramid.ages == ("0\u20134", "5\u20139", "100\u2013")


def test_both_drawers_of_the_pyramid_agree(visit: Visit) -> None:
    pyramid = view("ages", visit).description
    assert isinstance(pyramid, Pyramid)
    drawn, figure = draw_svg(pyramid, MIDDLE, "alt"), draw_plotly(pyramid)
    assert drawn.count('<rect class="bar-now"') == 1 + 2 * len(AGES)
    assert [trace["x"] for trace in figure["data"]] == [
        [(-1 if place == 0 else 1) * (bar.value or 0) for bar in bars]
        for place, side in enumerate(pyramid.sides)
        for bars in side.bars
    ]
    assert figure["layout"]["xaxis"]["ticktext"][0] == figure["layout"]["xaxis"]["ticktext"][-1]


def test_four_quarters_are_a_year_and_the_running_year_is_not_told(visit: Visit) -> None:
    plot = view("enterprise_openings", visit).description
    assert isinstance(plot, Plot)
    assert [(point.period, point.value) for point in plot.lines[0].points] == [
        ("2022", 50.0), ("2023", 50.0), ("2024", 50.0)
    ]  # fmt: skip
    net = view("enterprise_net", visit)
    assert isinstance(net.description, Plot)
    assert {point.value for point in net.description.lines[0].points} == {2.0}
    assert set(net.frame["origin"]) == {"derived"}


def test_jobs_by_industry_stand_beside_those_of_the_year_before(visit: Visit, page: Page) -> None:
    bars = view("jobs_by_industry", visit).description
    assert isinstance(bars, Bars)
    assert [series.label for series in bars.series] == ["2023", "2022"]
    assert {row.label: [bar.value for bar in row.bars] for row in bars.rows}["Majoitus- ja ravitsemistoiminta"] == [
        163.0, 173.0
    ]  # fmt: skip
    assert "jobs_by_industry" in {card.id for card in page.cards}


def test_nights_by_month_stand_beside_unemployment_by_month(page: Page) -> None:
    cards = [card.id for card in page.cards]
    assert cards.index("unemployment_by_month") == cards.index("overnight_stays") + 1


def test_a_part_that_is_zero_is_held_and_the_sum_is_marked(visit: Visit) -> None:
    columns = view("population_changes", visit).description
    assert isinstance(columns, Columns)
    drawn = draw_svg(columns, MIDDLE, "alt")
    assert drawn.count('class="ink"') == 2
    assert not any("puuttuu" in note for note in view("population_changes", visit).notes)


def test_without_nearly_all_municipalities_there_is_no_index_no_map_and_no_profile(page: Page) -> None:
    cards = {card.id: card for card in page.cards}
    assert not {"vitality_map", "vitality_rank_country", "vitality_rank_similar", "profile"} & set(cards)
    assert any("indeksiä ei ole" in text for text in cards["vitality_index"].told)
