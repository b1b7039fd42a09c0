"""Rankings on a database with every municipality, and the page around them."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import duckdb
import pytest
from flask.testing import FlaskClient

from dashboards.charts import CHARTS
from dashboards.charts.description import NO_VALUE
from dashboards.charts.draw_map import draw_far, draw_near
from dashboards.charts.draw_svg import draw_svg
from dashboards.charts.stops import tell_stops
from dashboards.charts.svg_parts import MIDDLE, NARROW, WIDE
from dashboards.charts.theme import CLASSES, CLASSES_DARK
from dashboards.pages.employment_review import CARDS, describe
from dashboards.routes.assets import FOLDER
from dashboards.view import view
from dashboards.visit import Visit
from tests.dashboards.every_municipality import build, card, figures_of, map_of, ranks_of, rates

Ask = Callable[..., Visit]
SVG = "{http://www.w3.org/2000/svg}"
PAGE = "tyollisyyskatsaus"


# --- which month -----------------------------------------------------------------------------------------------------


def test_the_newest_month_with_nearly_all_municipalities_is_shown_though_the_page_is_of_a_later_one(ask: Ask) -> None:
    visit = ask()
    assert visit.month == "2026-08"
    assert visit.ranked.month == "2026-06"
    ranking = card(visit, "rank_country")
    assert ranking.unit == "työttömiä, % työvoimasta, kesäkuu 2026"
    assert ranking.view is not None
    assert any("Tässä on kesäkuu 2026" in note for note in ranking.view.notes)


def test_no_month_is_later_than_the_chosen_one_or_than_what_was_known(ask: Ask) -> None:
    assert ask(month="2026-05").ranked.month == "2026-05"
    assert ask(as_of="2026-08-01").ranked.month == "2026-05"
    assert ask(month="2030-01").ranked.month == "2026-06"
    assert ask(as_of="2020-01-01").ranked.month == ""


def test_where_the_page_s_month_has_all_there_is_no_note_on_the_month(ask: Ask) -> None:
    told = card(ask(month="2026-06"), "rank_country").view
    assert told is not None
    assert not any("Sivun kuukaudelta" in note for note in told.notes)


def test_a_month_that_lacks_more_than_a_few_is_passed_over(tmp_path: Path, visit_of: Callable[..., Visit]) -> None:
    def lose(database: duckdb.DuckDBPyConnection) -> None:
        database.execute("delete from observation where period = '2026-06' and area < '200'")

    assert visit_of(build(tmp_path, change=lose)).ranked.month == "2026-05"


def test_each_measure_of_the_map_has_its_own_month(ask: Ask) -> None:
    visit = ask(month="2026-05", indicator="unemployed_per_vacancy")
    assert (visit.ranked.month, visit.mapped.month) == ("2026-05", "")
    assert map_of(visit).is_empty
    assert all(region.level == NO_VALUE for region in map_of(visit).regions)
    assert card(visit, "area_map").table == ()


# --- rankings --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "start", "column"),
    [
        ("fi", "Kuusamo on ", "Sija"),
        ("sv", "Kuusamo ligger på plats ", "Plats"),
        ("en", "Kuusamo is in position ", "Position"),
    ],
)
def test_a_card_tells_the_position_of_the_chosen_municipality(ask: Ask, language: str, start: str, column: str) -> None:
    visit = ask(language)
    for name in ("rank_employment_area", "rank_region", "rank_country"):
        shown = card(visit, name)
        assert shown.view is not None
        assert shown.view.summary.startswith(start)
        assert shown.table[0][1] == column


def test_the_position_is_the_one_that_counting_gives(ask: Ask) -> None:
    unemployed, force, _ = figures_of("832", "2026-06")
    others = [value for code, value in rates().items() if code != "832"]
    low, high = (round(100 * (unemployed + more) / force, 1) for more in (-5, 5))
    first, last = 1 + sum(other < low for other in others), 1 + sum(other <= high for other in others)
    assert first < last
    shown = card(ask(area="832"), "rank_country")
    assert shown.view is not None
    assert f"Taivalkoski on {first}.–{last}. sijalla, kun {len(others) + 1} kuntaa" in shown.view.summary
    assert ("Taivalkoski •", f"{first}.–{last}.") in [row[:2] for row in shown.table]


def test_the_rankings_are_of_the_employment_area_the_region_and_the_country(ask: Ask) -> None:
    visit = ask(area="614")
    assert card(visit, "rank_employment_area").title.endswith("Pohjois- ja Itä-Lappi")
    assert card(visit, "rank_region").title.endswith("Lappi")
    assert len(card(visit, "rank_employment_area").table) == 1 + 8
    assert len(card(visit, "rank_region").table) == 1 + 21
    assert [len(ranks_of(visit, name).ranks) for name in ("rank_region", "rank_country")] == [21, len(rates())]


def test_an_area_of_several_municipalities_tells_of_the_project_s_ones_in_it(ask: Ask) -> None:
    sub_region = ask(area="SK178")
    assert card(sub_region, "rank_employment_area").title.endswith("Kainuu-Koillismaa")
    shown = card(sub_region, "rank_employment_area").view
    assert shown is not None
    assert re.match(r"Kuusamo on [\d.–]+, Taivalkoski [\d.–]+ ja Puolanka [\d.–]+ sijalla", shown.summary)
    country = card(ask(area="SSS"), "rank_country").view
    assert country is not None
    assert all(name in country.summary for name in ("Kuusamo", "Taivalkoski", "Pudasjärvi", "Posio", "Puolanka"))


def test_a_region_is_ranked_by_its_own_municipalities(ask: Ask) -> None:
    visit = ask(area="MK18")
    assert card(visit, "rank_region").title.endswith("Kainuu")
    assert {rank.area for rank in ranks_of(visit, "rank_region").ranks} >= {"205", "620"}


def test_the_only_municipality_of_an_employment_area_has_no_order(ask: Ask) -> None:
    shown = card(ask(area="091"), "rank_employment_area")
    assert shown.view is not None
    assert shown.view.summary == "Helsinki on alueensa ainoa kunta, joten järjestystä ei ole."
    assert not any("Sija on annettu" in note for note in shown.view.notes)


def test_a_hidden_municipality_has_no_position_and_is_counted(ask: Ask) -> None:
    shown = card(ask(area="766", view="table"), "rank_country")
    assert shown.view is not None
    assert shown.view.summary.startswith("Sottunga ei ole järjestyksessä: salassa pidettävä.")
    assert any(note.startswith("5 kuntaa on ilman sijaa") for note in shown.view.notes)
    assert len(shown.table) == 1 + 308 + 1
    assert [row[1] for row in shown.table if row[0] == "Sottunga"] == ["–"]
    assert [row[2] for row in shown.table if row[0] == "Sottunga"] == ["…"]


def test_the_short_table_of_the_country_has_the_homes_the_ends_and_the_median(ask: Ask) -> None:
    shown = card(ask(), "rank_country")
    names = [row[0] for row in shown.table]
    assert {f"{name} •" for name in ("Kuusamo", "Taivalkoski", "Pudasjärvi", "Posio", "Puolanka")} <= set(names)
    values = [float(row[2].replace(",", ".")) for row in shown.table[1:]]
    assert values == sorted(values)
    assert (values[0], values[-1]) == (min(rates().values()), max(rates().values()))
    middle = shown.table[names.index("Mediaani")][2]
    ordered = sorted(rates().values())
    half = len(ordered) // 2
    assert middle == f"{(ordered[half] + ordered[~half]) / 2:.1f}".replace(".", ",")
    assert shown.legend[0] == "• hankekunta"


def test_the_change_on_the_year_is_in_percentage_points(ask: Ask) -> None:
    row = next(row for row in card(ask(), "rank_employment_area").table if row[0] == "Kuusamo •")
    change = figures_of("305", "2026-06")[2] - figures_of("305", "2025-06")[2]
    assert row[4] == f"+{change:.1f}".replace(".", ",")


def test_no_change_is_told_across_a_break_that_forbids_it(tmp_path: Path, visit_of: Callable[..., Visit]) -> None:
    def part(database: duckdb.DuckDBPyConnection) -> None:
        database.execute("update break_note set severity = 'not_comparable' where code = 'customer_register_2025_06'")
        database.execute(
            "update break_note set subject = 'unemployment_rate', period = '2026-01' "
            "where code = 'customer_register_2025_06' and subject = 'activation_rate'"
        )

    visit = visit_of(build(tmp_path, change=part))
    assert {row[4] for row in card(visit, "rank_employment_area").table[1:]} == {"×"}
    assert not any("vuotta aiemmin" in region.spoken for region in map_of(visit).regions)


def test_without_all_municipalities_there_is_no_ranking_and_the_map_says_so(visit: Ask) -> None:
    assert not any(CARDS[name](visit()) for name in ("rank_employment_area", "rank_region", "rank_country"))
    mapped = next(each for each in describe(visit()).cards if each.id == "area_map")
    assert mapped.view is not None
    assert mapped.view.summary == "Kaikkien kuntien tietoja ei ole näillä valinnoilla."


@pytest.mark.parametrize("layout", [WIDE, MIDDLE, NARROW])
def test_a_strip_has_a_dot_for_every_municipality_and_names_the_marked_ones(ask: Ask, layout: object) -> None:
    description = ranks_of(ask(area="091"), "rank_country")
    svg = draw_svg(description, layout, "alt")  # type: ignore[arg-type]
    root = ElementTree.fromstring(svg)
    dots = next(path for path in root.iter(f"{SVG}path") if path.get("class") == "dots")
    step = float(dots.get("stroke-dasharray", "").split()[1])
    piles = re.findall(r"v-([\d.]+)", dots.get("d", ""))
    unmarked = sum(1 + round((float(length) - 0.2) / step) for length in piles)
    marked = len(list(root.iter(f"{SVG}circle")))
    assert (unmarked, marked) == (len(rates()) - 6, 6)
    for name in ("Kuusamo", "Taivalkoski", "Pudasjärvi", "Posio", "Puolanka", "Helsinki"):
        assert f">{name} " in svg


def test_rows_stand_at_their_values_with_their_range(ask: Ask) -> None:
    description = ranks_of(ask(), "rank_employment_area")
    root = ElementTree.fromstring(draw_svg(description, MIDDLE, "alt"))
    left, _, right, _ = map(float, root.get("data-plot", "").split())
    circles = [float(each.get("cx", "")) for each in root.iter(f"{SVG}circle")]
    expected = [left + rank.value / description.x.high * (right - left) for rank in description.ranks]
    assert circles == pytest.approx(expected, abs=1)
    spans = [path.get("d", "") for path in root.iter(f"{SVG}path") if path.get("class") == "range"]
    lengths = [
        float(to) - float(since) for since, to in (re.findall(r"M([\d.]+) [\d.]+H([\d.]+)", d)[0] for d in spans)
    ]
    unit = (right - left) / description.x.high
    assert lengths == pytest.approx([(rank.high - rank.low) * unit for rank in description.ranks], abs=1)


def test_pictures_of_made_up_data_say_so(tmp_path: Path, visit_of: Callable[..., Visit]) -> None:
    visit = visit_of(build(tmp_path, made_up=True))
    words = "esimerkkiaineisto – ei oikeita lukuja"
    for chart in ("rank_employment_area", "rank_country", "area_map"):
        assert words in draw_svg(view(chart, visit).description, MIDDLE, "alt")  # type: ignore[arg-type]
    assert words in draw_far(map_of(visit), "alt")
    assert words in draw_near(map_of(visit), "alt")


def test_a_ranking_can_be_read_municipality_by_municipality(ask: Ask) -> None:
    visit = ask()
    told = json.loads(tell_stops(visit, CHARTS["rank_country"], ranks_of(visit, "rank_country")))
    assert len(told["heads"]) == len(rates())
    place = told["heads"].index("Kuusamo")
    rate, before = figures_of("305", "2026-06")[2], figures_of("305", "2025-06")[2]
    (position, _, positions, _, _), (name, _, values, changes, _) = told["lines"]
    assert (position, name) == ("Sija", "Työttömien osuus työvoimasta")
    assert values[place] == f"{rate:.1f}\u00a0%".replace(".", ",")
    assert changes[place] == f"+{rate - before:.1f}".replace(".", ",") + "\u00a0%-yks. vuodessa"
    assert positions[place].endswith(".")
    axis = ranks_of(visit, "rank_country").x
    assert told["x"][place] == pytest.approx(rate / axis.high, abs=0.001)
    rows = json.loads(tell_stops(visit, CHARTS["rank_employment_area"], ranks_of(visit, "rank_employment_area")))
    assert (rows["x"], len(rows["heads"]), rows["y"]) == (None, 10, [0.05, 0.95])


# --- the page -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_page_has_the_comparison_and_the_licence_of_the_borders(every_client: FlaskClient, language: str) -> None:
    html = every_client.get(f"/{language}/{PAGE}").get_data(as_text=True)
    for name in ("rank_employment_area", "rank_region", "rank_country", "area_map"):
        assert f'id="{name}"' in html
    assert re.search(
        r"Kuntarajat: Tilastokeskus|Kommungränser: Statistikcentralen|boundaries: Statistics Finland", html
    )
    assert html.count('<path id="m') == 308


def test_a_bad_measure_is_said_and_the_default_shown(every_client: FlaskClient) -> None:
    html = every_client.get(f"/fi/{PAGE}?indicator=x%3Cb%3E").get_data(as_text=True)
    assert "kartan mittaria ”x&lt;b&gt;” ei ole" in html
    assert "Työttömien osuus työvoimasta kunnittain" in html


def test_the_form_keeps_the_map_s_measure(every_client: FlaskClient) -> None:
    html = every_client.get(f"/fi/{PAGE}?indicator=activation_rate").get_data(as_text=True)
    assert '<input type="hidden" name="indicator" value="activation_rate">' in html
    assert 'name="indicator"' not in every_client.get(f"/fi/{PAGE}").get_data(as_text=True)


def test_a_map_adds_little_to_the_weight_of_the_page(every_client: FlaskClient, client: FlaskClient) -> None:
    packed = [
        len(each.get(f"/fi/{PAGE}?month=2026-06", headers={"Accept-Encoding": "br"}).data)
        for each in (every_client, client)
    ]
    assert packed[0] - packed[1] < 40_000


def test_the_table_view_has_the_measures_and_all_municipalities(every_client: FlaskClient) -> None:
    html = every_client.get(f"/fi/{PAGE}?view=table").get_data(as_text=True)
    section = html.partition('id="area_map"')[2].partition("</section>")[0]
    assert section.count("<tr>") == 1 + 308
    assert "<svg" not in section
    assert "Työttömiä avointa työpaikkaa kohti</a>" in section


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("chart", ["rank_employment_area", "rank_country", "area_map"])
def test_rankings_and_the_map_are_pictures_too(every_client: FlaskClient, chart: str, theme: str) -> None:
    svg = every_client.get(f"/embed/{chart}.svg?indicator=unemployed_per_vacancy&theme={theme}")
    assert svg.status_code == 200
    root = ElementTree.fromstring(svg.data)
    assert not list(root.iter(f"{SVG}a"))
    png = every_client.get(f"/embed/{chart}.png?width=600&theme={theme}")
    assert png.data.startswith(b"\x89PNG")


def test_a_picture_of_a_measure_that_is_not_mapped_is_refused(every_client: FlaskClient) -> None:
    answer = every_client.get("/embed/area_map.svg?indicator=x")
    assert (answer.status_code, answer.get_json()["parameter"]) == (400, "indicator")


def test_the_classes_have_the_same_colours_on_the_page_and_in_pictures() -> None:
    tokens = (FOLDER / "tokens.css").read_text(encoding="utf-8")
    found = re.findall(r"--class-(\d): (#[0-9a-f]{6})", tokens)
    assert [colour for _, colour in found] == [*CLASSES, *CLASSES_DARK]
