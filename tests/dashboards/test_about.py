"""The page on the service itself: every source and indicator is there, in three languages, with its state."""

import re
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboards.answer import ANSWERERS
from dashboards.pages.about import describe
from dashboards.pages.vitality_tables import LACKING
from dashboards.server import create_server
from dashboards.site import Site
from dashboards.words import load_words, table_name
from ingest.snapshot.shipped import load_shipped
from queries.catalogue import load_catalogue
from queries.settings import load_settings
from tests.dashboards.conftest import client_of
from tests.dashboards.small_database import build

LANGUAGES = ("fi", "sv", "en")


def text_of(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.text)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_source_and_indicator_is_named(client: FlaskClient, language: str) -> None:
    text, words = text_of(client, f"/{language}/tietoa"), load_words(language)
    for code in load_catalogue().sources:
        assert re.sub(r"\s+", " ", words(f"source.{code}.publisher")) in text
    for code in load_catalogue().indicators:
        assert code in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_no_source_gives_is_named_with_its_reason(client: FlaskClient, language: str) -> None:
    text, words = text_of(client, f"/{language}/tietoa"), load_words(language)
    for name in LACKING:
        assert f"{words(f'vitality.lacking.{name}.name')} {words(f'vitality.lacking.{name}.why')}" in text


def test_what_is_held_is_told_with_its_periods_and_what_is_not_with_the_way_to_it(client: FlaskClient) -> None:
    text = text_of(client, "/fi/tietoa")
    assert "tyonv/12r5" in text and "elokuu 2026" in text
    assert "ei vielä tietoja haetaan rajapinnasta komennolla koillismaa ingest" in text
    assert "ei vielä tietoja tuodaan käsin tiedostosta" in text


REVIEW = {
    "population": "population share_under_15 share_15_64 share_over_64 demographic_dependency_ratio mean_age "
    "share_foreign_citizens share_foreign_language projected_population",
    "change": "population_change births deaths natural_increase net_migration_intermunicipal net_immigration "
    "immigration emigration net_migration -migration_by_age",
    "employment": "employment_rate_18_64 unemployment_rate unemployment_rate_year_end long_term_unemployed "
    "unemployed_under_25 unemployed_over_50 activation_rate economic_dependency_ratio share_pensioners "
    "-employment_rate_35_44",
    "demand": "open_vacancies new_vacancies unemployed_per_vacancy",
    "jobs": "jobs employed_residents out_commuters in_commuters workplace_self_sufficiency jobs_share_primary "
    "jobs_share_secondary jobs_share_services jobs_change_rate -private_jobs",
    "enterprises": "enterprise_openings enterprise_closures enterprise_stock enterprise_net -enterprise_density "
    "-bankruptcies -turnover",
    "skills and income": "education_share_upper_secondary_or_higher education_share_tertiary education_level_index "
    "median_income low_income_rate gini_coefficient",
    "housing": "household_dwelling_units households_share_rental households_share_detached_or_terraced "
    "old_flats_price terraced_houses_price old_flats_sales dwellings_without_permanent_residents_share -building",
    "finances": "municipal_income_tax_rate property_tax_land annual_margin_per_inhabitant loans_per_inhabitant "
    "group_loans_per_inhabitant -tax_revenue -accumulated_surplus",
    "local engine": "overnight_stays -foreign_nights -air_passengers",
    "position": "population_change_rate economic_dependency_change education_level_change vitality_index -health",
}
"""What a vitality review of the area has, by theme; after a minus what this service has not, and says why."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_indicator_of_a_vitality_review_is_there_or_named_as_missing(tmp_path: Path, language: str) -> None:
    load_shipped(load_settings(data_dir=tmp_path), load_catalogue())
    site, words = Site(load_settings(data_dir=tmp_path), load_catalogue()), load_words(language)
    cards = describe(ANSWERERS["tietoa"].visit(site, language, {})).cards
    rows = {row[:2]: row for each in cards if each.id == "indicators" for row in each.table}
    for code in " ".join(REVIEW.values()).split():
        if code.startswith("-"):
            name = f"vitality.lacking.{code[1:]}"
            assert rows[words(f"{name}.name"), ""][3] == words(f"{name}.why") != ""
        else:
            assert rows[words(f"indicator.{code}.label"), code][3], code


CODE = re.compile(r"[\w.]+(/[\w.]+)+|\d+\.\d+\.\d{4}|\w*\d\w*|bdem|vaerak|Paavo")


def test_no_table_has_a_finnish_name_in_other_languages(tmp_path: Path) -> None:
    load_shipped(load_settings(data_dir=tmp_path), load_catalogue())
    site = Site(load_settings(data_dir=tmp_path), load_catalogue())
    edition = site.edition(site.reader.snapshot())
    tables = {release.table for release in edition.releases.values()}
    tables |= {facts.table for facts in load_catalogue().sources.values()}
    phrases = {each for each in tables if not all(CODE.fullmatch(part) for part in each.split())}
    assert {"Kuntien avainluvut 2019\u20132021", "tunnusluku 451", "kuntien rahoituslaskelmat"} <= phrases
    for language in ("sv", "en"):
        names = {each: table_name(load_words(language), each) for each in phrases}
        assert [each for each, name in names.items() if name == each] == []


def test_what_is_held_by_categories_alone_is_held_and_no_period_is_written_as_a_code(tmp_path: Path) -> None:
    load_shipped(load_settings(data_dir=tmp_path), load_catalogue())
    text = text_of(create_server(load_settings(data_dir=tmp_path), load_catalogue()).test_client(), "/fi/tietoa")
    assert "tyonv/12ti kesäkuu 2026" in text
    assert "project_employer_scores vastausta joulukuu 2025" in text
    assert "overnight_stays_press yöpymistä 2016\u2013heinäkuu 2020" in text
    assert not re.search(r" \d{4}-\d{2}[ \u2013]", text)


@pytest.mark.parametrize(("language", "authority"), [("fi", "Traficomille"), ("sv", "Traficom"), ("en", "Traficom")])
def test_the_accessibility_statement_has_its_parts(client: FlaskClient, language: str, authority: str) -> None:
    text = text_of(client, f"/{language}/tietoa")
    for part in ("306/2019", "WCAG 2.1", authority):
        assert part in text


def test_a_day_s_knowledge_is_kept_by_the_links_to_other_languages(client: FlaskClient) -> None:
    assert "/sv/tietoa?as_of=2026-07-01" in client.get("/fi/tietoa?as_of=2026-07-01").text


@pytest.mark.parametrize("channel", ["api", "api_since", "import", "snapshot"])
def test_every_way_that_figures_come_has_its_words(tmp_path: Path, channel: str) -> None:
    client = client_of(build(tmp_path, channel=channel))
    for language in LANGUAGES:
        assert load_words(language)(f"about.channel.{channel}") in text_of(client, f"/{language}/tietoa")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_results_of_an_evaluation_stand_beside_what_they_do_not_prove(client: FlaskClient, language: str) -> None:
    text, words = text_of(client, f"/{language}/vaikuttavuus"), load_words(language)
    for part in ("results", "limits"):
        assert words(f"evaluation.{part}.title") in text
    for figure in ("447", "10–30", "55", "koillismaa impact template"):
        assert figure in text
