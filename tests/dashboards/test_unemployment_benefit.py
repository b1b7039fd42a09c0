"""The page of the co-funded benefit: its figures against a second calculation, its sums, and what it refuses to sum."""

import re
from html import unescape
from pathlib import Path

import pandas as pd
import pytest
from flask.testing import FlaskClient

from dashboards.answer import ANSWERERS
from dashboards.benefit_figures import similar_to
from dashboards.breaks import barrier_between
from dashboards.figures import COLUMNS, Figures
from dashboards.pages.parts import Card, Page
from dashboards.pages.unemployment_benefit import SLUG, describe
from dashboards.server import create_server
from dashboards.site import Site
from dashboards.standing import Standing
from dashboards.visit import Visit
from queries.catalogue import load_catalogue
from queries.settings import load_settings
from tests.dashboards.benefit_database import CLASSES, NEWEST, PLACES, build_benefit, months, share

NO_BREAK = "\u00a0"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_benefit(tmp_path_factory.mktemp("benefit"))


@pytest.fixture(scope="module")
def benefit_client(folder: Path) -> FlaskClient:
    return create_server(load_settings(data_dir=folder), load_catalogue()).test_client()


def visit_of(folder: Path, language: str = "fi", **parts: str) -> Visit:
    site = Site(load_settings(data_dir=folder), load_catalogue())
    question = ANSWERERS[SLUG].ask(site, language, {name.rstrip("_"): [value] for name, value in parts.items()})
    return site.look_up_benefit(question)


def page_of(folder: Path, language: str = "fi", **parts: str) -> Page:
    return describe(visit_of(folder, language, **parts))


def card(page: Page, name: str) -> Card:
    return next(each for each in page.cards if each.id == name)


def written(number: float) -> str:
    return f"{number:,.0f}".replace(",", NO_BREAK)


def text_of(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return unescape(re.sub(r"<(svg|script|style).*?</\1>|<[^>]+>", " ", answer.text, flags=re.DOTALL))


def test_the_headline_tells_the_share_and_its_change_on_the_year(folder: Path) -> None:
    now, before = share("305", NEWEST), share("305", "2025-08")
    headline = page_of(folder, area="305").headline
    assert headline == (
        f"Kuusamossa kunnan osuus työttömyysturvasta oli elokuussa 2026 {written(now)} euroa, "
        f"{written(now - before)} euroa enemmän kuin vuotta aiemmin."
    )


def test_an_area_of_which_nothing_is_published_says_so(folder: Path) -> None:
    page = page_of(folder, area="MK17")
    assert any("ei julkaista tällaisesta alueesta" in line for line in page.notices), page.notices


def test_the_year_so_far_is_the_sum_of_its_months_beside_the_same_ones_of_the_year_before(folder: Path) -> None:
    now = sum(share("305", month) for month in months("2026-01", NEWEST))
    before = sum(share("305", month) for month in months("2025-01", "2025-08"))
    row = card(page_of(folder, area="305"), "sums").table[2]
    assert row[:4] == (
        "vuoden alusta, tammikuu\u2013elokuu 2026", written(now), written(before), "+" + written(now - before)
    )  # fmt: skip


def test_twelve_months_are_summed_but_never_compared_over_the_new_model(folder: Path) -> None:
    now = sum(share("305", month) for month in months("2025-09", NEWEST))
    row = card(page_of(folder, area="305"), "sums").table[3]
    assert row[1:4] == (written(now), "\u00d7", "\u00d7")


def test_no_sum_holds_a_month_of_the_other_model(folder: Path) -> None:
    row = card(page_of(folder, area="305", month="2025-06"), "sums").table[3]
    assert row[0].startswith("12 kuukautta, heinäkuu 2024") and row[1:4] == ("\u00d7", "\u00d7", "\u00d7")


def test_the_first_year_of_the_model_is_not_compared_with_the_last_one_of_the_old(folder: Path) -> None:
    page = page_of(folder, area="305", month="2025-08")
    assert "ei vertailukelpoinen" in page.headline
    assert all(row[2] == "\u00d7" for row in card(page, "cofunded_benefit_municipal_eur").table[1:] if "2025" in row[0])


def test_euros_for_each_inhabitant_use_the_population_of_the_last_turn_of_the_year(folder: Path) -> None:
    table = card(page_of(folder, area="305", compare="832"), "cofunded_benefit_municipal_eur_per_inhabitant").table
    by_month = {row[0]: row[1:] for row in table[1:]}
    for month, added in (("2026-08", 0), ("2025-08", 10)):
        cells = [share(area, month) / (PLACES[area] + added) for area in ("305", "832")]
        assert by_month[f"8/{month[:4]}"] == tuple(f"{each:.2f}".replace(".", ",") for each in cells)


def test_similar_municipalities_are_those_nearest_in_population() -> None:
    rows = [("population", area, "2025", float(size), "", "published", 1) for area, size in sorted(PLACES.items())]
    standing = Standing("x", "2026-08", Figures(pd.DataFrame(rows, columns=list(COLUMNS))))
    assert similar_to(standing, sorted(PLACES), "765") == ("765", "305", "832", "614")
    assert similar_to(standing, sorted(PLACES), "SSS") == ()


def test_without_nearly_all_municipalities_nothing_is_ranked(folder: Path) -> None:
    visit = visit_of(folder, area="305")
    assert visit.ranked.month == ""
    assert not any("rank" in each.id for each in describe(visit).cards)


def test_the_parts_of_the_month_stand_beside_those_of_the_year_before(folder: Path) -> None:
    table = card(page_of(folder, area="305"), "benefit_share_by_day_class").table
    assert table[0] == ("Tukipäivien kertymä", "elokuu 2026", "elokuu 2025")
    classes = ("101\u2013200 päivää", "201\u2013300 päivää", "301\u2013400 päivää", "401\u2013700 päivää")
    assert tuple(row[0] for row in table[1:]) == (*classes, "vähintään 701 päivää")
    for place, row in enumerate(table[1:], 1):
        assert row[1:] == tuple(written(share("305", month) * place / 15) for month in (NEWEST, "2025-08"))


def test_what_is_hidden_has_its_sign_and_no_bar(folder: Path) -> None:
    assert card(page_of(folder, area="305"), "benefit_recipients_by_sex").table[1] == ("miehet", "\u2026", "\u2026")


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("area", ["305", "SK178", "SSS"])
def test_no_sum_of_persons_stands_anywhere_on_the_page(benefit_client: FlaskClient, language: str, area: str) -> None:
    text = text_of(benefit_client, f"/{language}/{SLUG}?area={area}&view=table")
    over_classes = sum(20 + place for place in range(1, len(CLASSES) + 1))
    over_months = sum(90 + month for month in range(1, 9))
    for forbidden in (over_classes, over_months):
        assert not re.search(rf"(?<![0-9{NO_BREAK}]){forbidden}(?![0-9])", text)


def test_old_years_are_the_publishers_own_or_the_sum_of_twelve_months_and_marked_so(folder: Path) -> None:
    rows = card(page_of(folder, area="305"), "old_years").table
    assert rows[1:] == (
        ("2024", f"21{NO_BREAK}600\u00b0", f"12{NO_BREAK}006\u00b0"),
        ("2023", f"21{NO_BREAK}600\u00b0", f"12{NO_BREAK}006\u00b0"),
        ("2013", "\u00d7", f"7{NO_BREAK}000"),
    )


def test_the_two_models_are_two_charts_on_one_scale_and_no_line_joins_them(folder: Path) -> None:
    page = page_of(folder, area="305")
    new, old = (card(page, code).view for code in ("cofunded_benefit_municipal_eur", "cofunded_subsidy_municipal_eur"))
    assert new and old
    assert new.description.y == old.description.y  # type: ignore[union-attr]
    assert set(new.frame["indicator"]) == {"cofunded_benefit_municipal_eur"}
    assert set(old.frame["indicator"]) == {"cofunded_subsidy_municipal_eur"}


def test_an_index_is_told_apart_from_euros_by_name_and_unit(folder: Path) -> None:
    shown = card(page_of(folder, area="305"), "cofunded_subsidy_index")
    assert "indeksi" in shown.title and "indeksi" in shown.unit
    assert shown.view and any("ei euroja" in note for note in shown.view.notes)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_without_the_new_model_the_page_says_what_will_be_there(client: FlaskClient, language: str) -> None:
    text = text_of(client, f"/{language}/{SLUG}?area=305")
    assert "koillismaa ingest" in text and "2025" in text


def test_where_nothing_has_a_month_none_is_offered_unless_the_address_asks_for_one(client: FlaskClient) -> None:
    offered = [f'<select name="{name}">' in client.get(f"/fi/{SLUG}?area=305").text for name in ("month", "from", "to")]
    assert offered == [False] * 3
    asked = client.get(f"/fi/{SLUG}?area=305&from=2020-01").text
    assert '<select name="from">' in asked and '<option value="2020-01" selected>' in asked


def test_the_what_if_begins_with_the_persons_of_the_month_and_keeps_its_state_in_the_address(
    benefit_client: FlaskClient,
) -> None:
    page = benefit_client.get(f"/fi/{SLUG}?area=305").text
    assert re.search(r'name="persons"[^>]* value="21"', page)
    moved = benefit_client.get(f"/fi/{SLUG}?area=305&out=1,0,0,0,0&rules=2026-05").text
    assert re.search(r'name="out"[^>]* value="1"', moved)
    assert re.search(
        r'hreflang="sv"[^>]*href="[^"]*out=1,0,0,0,0|href="[^"]*out=1,0,0,0,0[^"]*"[^>]*hreflang="sv"', moved
    )


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_every_chart_of_the_page_is_a_picture_too(benefit_client: FlaskClient, folder: Path, kind: str) -> None:
    for each in page_of(folder, area="305").cards:
        if each.view:
            assert benefit_client.get(f"/embed/{each.id}.{kind}?area=305&lang=sv").status_code == 200, each.id


def test_a_break_within_a_year_forbids_the_comparison_of_that_year_with_the_one_before(folder: Path) -> None:
    visit = visit_of(folder, area="305")
    found = barrier_between(visit, "cofunded_subsidy_municipal_eur", "2014", "2015")
    assert found and found.code == "subsidy_from_300_days_2015_01"
    assert barrier_between(visit, "cofunded_subsidy_municipal_eur", "2015", "2016") is None
    assert barrier_between(visit, "cofunded_subsidy_municipal_eur", "2014-12", "2015-01") == found
