"""The vitality review over what ships with the project: its figures against those of the publishers' answers."""

import csv
import re
from dataclasses import replace
from html import unescape
from io import StringIO
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboards.answer import ANSWERERS
from dashboards.breaks import year_on_year
from dashboards.charts import CHARTS, VITALITY, charts_of
from dashboards.charts.description import AreaMap, Columns, Plot, Profile, Pyramid, Ranks
from dashboards.charts.draw_plotly import draw_plotly
from dashboards.charts.profile import MEASURES, Measure, label_of, measures_of
from dashboards.charts.stops import stops_of, stops_of_profile
from dashboards.charts.svg_columns import total_of
from dashboards.charts.svg_parts import MIDDLE, NARROW, WIDE, Layout, letters
from dashboards.charts.svg_profile import Places
from dashboards.pages.parts import Card, Page
from dashboards.pages.vitality_review import KEY_FIGURES, SHOWN, describe
from dashboards.server import create_server
from dashboards.site import Site
from dashboards.view import view
from dashboards.visit import Visit
from dashboards.words import languages
from ingest.snapshot.shipped import load_shipped
from queries.analysis.vitality_index import FIVE_DIMENSIONS, PARTS
from queries.catalogue import load_catalogue
from queries.settings import load_settings

NO_BREAK, MINUS = "\u00a0", "\u2212"
ADDRESS = f"/fi/{VITALITY}?area=305"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    shipped = tmp_path_factory.mktemp("shipped")
    load_shipped(load_settings(data_dir=shipped), load_catalogue())
    return shipped


@pytest.fixture(scope="module")
def site(folder: Path) -> Site:
    return Site(load_settings(data_dir=folder), load_catalogue())


@pytest.fixture(scope="module")
def shipped_client(folder: Path) -> FlaskClient:
    return create_server(load_settings(data_dir=folder), load_catalogue()).test_client()


def visit_of(site: Site, language: str = "fi", **parts: str) -> Visit:
    return ANSWERERS[VITALITY].visit(site, language, {name.rstrip("_"): [value] for name, value in parts.items()})


def page_of(site: Site, language: str = "fi", **parts: str) -> Page:
    return describe(visit_of(site, language, **parts))


def card(page: Page, name: str) -> Card:
    return next(each for each in page.cards if each.id == name)


def text_of(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return unescape(re.sub(r"<(textarea|svg|script|style).*?</\1>|<[^>]+>", " ", answer.text, flags=re.DOTALL))


def row_of(shown: Card, begins: str) -> tuple[str, ...]:
    return next(row for row in shown.table if row[0].startswith(begins))


def test_the_headline_tells_the_population_and_its_change_in_persons(site: Site) -> None:
    assert page_of(site, area="305").headline == (
        f"Kuusamossa oli vuoden 2025 lopussa 14{NO_BREAK}800 asukasta, 76 henkilöä vähemmän kuin vuotta aiemmin."
    )


def test_a_change_that_is_published_is_told_where_the_year_before_is_not_held(site: Site) -> None:
    visit = visit_of(site, area="091")
    assert visit.figures.at("population", "091", "2024") is None
    change = visit.figures.at("population_change", "091", "2025")
    assert change and change.value == 10374
    headline = f"Helsinki: vuoden 2025 lopussa asukkaita oli 694{NO_BREAK}392, 10{NO_BREAK}374 henkilöä enemmän"
    assert describe(visit).headline == f"{headline} kuin vuotta aiemmin."
    held = year_on_year(visit_of(site, area="305"), "population", "305", "2024")
    assert held.difference == 14876 - 15019


def test_a_year_whose_change_nobody_gives_has_none(site: Site) -> None:
    assert year_on_year(visit_of(site, area="305"), "population", "305", "1972").reason == "not_held"
    assert year_on_year(visit_of(site, area="091"), "population", "091", "2024").reason == "not_held"


def test_the_projection_s_sentence_tells_that_it_lacks_those_of_a_hundred_years(site: Site) -> None:
    for area in ("305", "SK178", "SSS"):
        told = view("projection", visit_of(site, area=area)).summary
        assert told.endswith("Ennusteen luvuissa ei ole mukana 100 vuotta täyttäneitä."), area


def test_sectors_are_compared_with_five_years_before_where_the_year_before_is_not_held(site: Site) -> None:
    told = view("jobs_by_sector", visit_of(site, area="305")).summary
    assert told == (
        "Suurin muutos 2014\u20132019 on ryhmässä Alkutuotannon osuus työpaikoista: 1,3 prosenttiyksikköä vähemmän."
    )


@pytest.mark.parametrize("path", ["/fi/", "/fi/tyollisyyskatsaus", "/fi/elinvoimakatsaus"])
def test_the_foot_of_a_page_names_every_table_of_its_source_lines(shipped_client: FlaskClient, path: str) -> None:
    content, _, foot = shipped_client.get(path).text.rpartition("<footer")
    tables = set(re.findall(r"taulukko (\w+/\w+)\.", content)) or {
        "tyonv/12r5",
        "tyonv/12tf",
    }  # the front page has none
    assert len(tables) >= 2
    assert [table for table in tables if f"taulukko {table}." not in foot] == []


def test_no_source_line_tells_one_table_twice(site: Site) -> None:
    for shown in page_of(site, area="305").cards:
        lines = shown.source_line.split("Lähde: ")[1:]
        assert len(lines) == len({line.strip() for line in lines}), shown.id


def test_the_figures_of_2025_are_those_of_the_publisher(site: Site) -> None:
    page = page_of(site, area="305")
    changes = card(page, "theme_changes")
    assert row_of(changes, "Elävänä syntyneet")[:2] == ("Elävänä syntyneet, henkilöä (2025)", "94")
    assert row_of(changes, "Kuolleet")[1] == "203"
    assert row_of(changes, "Kuntien välinen nettomuutto")[1] == f"{MINUS}40"
    assert [each.value for each in page.key_figures[:4]] == [f"14{NO_BREAK}800", "94", "203", "33"]


def test_the_figures_of_2025_are_the_same_in_the_interface(shipped_client: FlaskClient) -> None:
    codes = "births,deaths,net_migration_intermunicipal,population"
    answer = shipped_client.get(f"/api/v1/observations.csv?indicator={codes}&area=305&from=2025&to=2025")
    rows = {
        row["indicator"]: (row["period"], row["value"], row["origin"]) for row in csv.DictReader(StringIO(answer.text))
    }
    assert {code: float(value) for code, (_, value, _) in rows.items()} == {
        "births": 94, "deaths": 203, "net_migration_intermunicipal": -40, "population": 14800,
    }  # fmt: skip
    assert {(period, origin) for period, _, origin in rows.values()} == {("2025", "published")}


def test_each_key_figure_has_its_own_newest_year_and_a_share_changes_in_points(site: Site) -> None:
    figures = {each.code: each for each in page_of(site, area="305").key_figures}
    assert tuple(figures) == KEY_FIGURES
    assert (figures["population"].period, figures["employment_rate_18_64"].period) == ("2025", "2020")
    assert figures["share_over_64"].change == "0,7 prosenttiyksikköä enemmän kuin vuotta aiemmin"


def test_the_sentences_tell_the_decade_births_migration_and_the_projection(site: Site) -> None:
    told = " ".join(sentence.text for sentence in page_of(site, area="305").summary)
    assert f"pienentynyt 888 henkilöä vuodesta 2015 vuoteen 2025 (5,7{NO_BREAK}%)" in told
    assert "syntyneitä oli 94 ja kuolleita 203" in told
    assert f"nettomuutto oli {MINUS}40 ja nettomaahanmuutto +73" in told
    assert f"ennustettiin 14{NO_BREAK}972, toteutunut oli 14{NO_BREAK}876: 96 henkilöä ennustettua vähemmän" in told


def test_every_sentence_leads_to_a_card_of_the_page(site: Site) -> None:
    for area in ("305", "SK178", "SSS"):
        page = page_of(site, area=area)
        assert {sentence.card for sentence in page.summary} <= {each.id for each in page.cards}


def test_no_line_crosses_a_year_that_is_not_held(site: Site) -> None:
    plot = view("share_over_64", visit_of(site, area="305", compare="")).description
    assert isinstance(plot, Plot)
    runs = [(run[0].period, run[-1].period) for run in plot.lines[0].runs]
    assert runs == [("2006", "2018"), ("2021", "2021"), ("2024", "2025")]


def test_the_projection_is_another_line_than_what_came_true_and_is_called_so(site: Site) -> None:
    shown = view("projection", visit_of(site, area="305"))
    assert isinstance(shown.description, Plot)
    observed, projected = shown.description.lines
    assert [point.value for point in projected.points] == [14972, 14262, 14087]
    assert max(point.period for point in observed.points) == "2025"
    assert "ennuste" in projected.label and projected.look.line != observed.look.line
    assert any(note.startswith("Ennuste:") for note in shown.notes)


def test_the_parts_of_change_sum_to_the_change_only_where_all_are_held(site: Site) -> None:
    columns = view("population_changes", visit_of(site, area="305")).description
    assert isinstance(columns, Columns)
    totals = {row.label: total_of(row.bars) for row in columns.rows}
    assert {year: total for year, total in totals.items() if total is not None} == {"2025": -76.0}
    assert [bar.value for bar in columns.rows[-1].bars] == [-109.0, -40.0, 73.0]


def test_the_year_that_lacks_a_part_is_named(site: Site) -> None:
    notes = view("population_changes", visit_of(site, area="305")).notes
    assert any("Nettomaahanmuutto puuttuu vuosilta 1990\u20132024" in note for note in notes)


def test_both_drawers_have_the_same_parts_of_each_year(site: Site) -> None:
    columns = view("population_changes", visit_of(site, area="305")).description
    assert isinstance(columns, Columns)
    figure = draw_plotly(columns)
    assert [trace["name"] for trace in figure["data"][:3]] == [series.label for series in columns.series]
    for place, trace in enumerate(figure["data"][:3]):
        assert trace["y"] == [row.bars[place].value for row in columns.rows]
    assert figure["layout"]["barmode"] == "relative"


def test_without_observed_ages_the_projection_is_drawn_and_named(site: Site) -> None:
    shown = view("ages", visit_of(site, area="305"))
    pyramid = shown.description
    assert isinstance(pyramid, Pyramid)
    assert [layer.label for layer in pyramid.layers] == ["2024, ennuste", "2040, ennuste"]
    assert "ennusteesta" in shown.summary
    assert pyramid.ages[0] == "0\u20134" and pyramid.sides[0].bars[0][0].value == 518
    figure = draw_plotly(pyramid)
    assert figure["data"][0]["x"] == [bar.value for bar in pyramid.sides[0].bars[0]]


def test_every_stop_of_columns_and_pyramid_lies_on_the_drawing(site: Site) -> None:
    visit = visit_of(site, area="305")
    for name in ("population_changes", "ages"):
        description = view(name, visit).description
        assert isinstance(description, Columns | Pyramid)
        stops = stops_of(visit, CHARTS[name], description)
        assert stops and all(0 <= (stop.x if stop.x is not None else stop.y or 0) <= 1 for stop in stops)


def test_the_parts_of_the_index_sum_to_it_for_every_municipality(site: Site) -> None:
    standing = visit_of(site, area="305").country.index((1, 1, 1, 1, 2, 3, 1, 0, 0, 0, 0))
    assert len(standing.places) == 307
    sums = standing.weighed.groupby("area")["contribution"].sum().to_dict()
    assert sums.keys() == standing.places.keys()
    for area, place in standing.places.items():
        assert place.value == pytest.approx(sums[area])
        assert place.first <= place.position <= place.last


def test_the_index_names_the_parts_that_are_not_held_and_leaves_them_out(site: Site) -> None:
    page = page_of(site, area="305", weights=",".join(map(str, FIVE_DIMENSIONS)))
    told = " ".join(card(page, "vitality_index").told)
    for name in ("Työpaikkojen määrän muutos", "Verotulojen muutos", "huoltosuhteen muutos", "Koulutustasomittaimen"):
        assert name in told
    rows = card(page, "vitality_index").table
    assert rows[1][6] == f"100,0{NO_BREAK}%" and all(set(row[1:]) == {"\u00d7"} for row in rows[2:6])


def test_moved_weights_tell_how_far_the_position_moves(site: Site) -> None:
    usual, moved = page_of(site, area="305"), page_of(site, area="305", weights="1,0,0,0,0,5,0,0,0,0,0")
    assert not any("Painotuksesi" in text for text in card(usual, "vitality_index").told)
    told = next(text for text in card(moved, "vitality_index").told if "Painotuksesi" in text)
    steps = int(re.search(r"(\d+) sijaa", told)[1])  # type: ignore[index]
    visit = visit_of(site, area="305", weights="1,0,0,0,0,5,0,0,0,0,0")
    now, before = visit.ranked, visit.country.index((1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0))
    places = (now.places["305"].position, before.places["305"].position)  # type: ignore[attr-defined]
    assert steps == abs(places[0] - places[1]) and steps > 0


def test_the_form_of_the_weights_works_without_a_script(shipped_client: FlaskClient) -> None:
    fields = "&".join(f"weights={weight}" for weight in (1, 0, 0, 0, 0, 5, 0, 0, 0, 0, 0))
    answer = shipped_client.get(f"{ADDRESS}&{fields}")
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith("area=305&weights=1,0,0,0,0,5,0,0,0,0,0")
    page = shipped_client.get(answer.headers["Location"]).text
    assert len(re.findall(r'<input name="weights"[^>]*>', page)) == len(PARTS)
    assert re.search(r'<input name="weights"[^>]* value="5">', page)
    assert 'hreflang="sv"' not in page or "weights=1,0,0,0,0,5" in page


@pytest.mark.parametrize("weights", ["1,x", "0,0,0,0,0,0,0,0,0,0,0", "1,2", "11,1,1,1,1,1,1,0,0,0,0"])
def test_weights_that_cannot_be_used_are_told_and_the_usual_ones_shown(site: Site, weights: str) -> None:
    visit = visit_of(site, area="305", weights=weights)
    assert visit.selection.weights == ()
    assert [problem.code for problem in visit.selection.problems] == ["weights"]


def test_the_map_shows_any_rate_that_nearly_all_municipalities_have(site: Site) -> None:
    page = page_of(site, area="305", indicator="median_income")
    shown = card(page, "vitality_map")
    assert shown.view and isinstance(shown.view.description, AreaMap)
    assert shown.view.description.way[0].startswith("/fi/elinvoimakatsaus?area=")
    assert len(shown.links) >= 15
    assert [link.current for link in shown.links].count(True) == 1
    assert "euroa, 2024" in shown.unit


def test_what_another_page_s_map_may_show_is_no_mistake_here(site: Site) -> None:
    visit = visit_of(site, area="305", indicator="activation_rate")
    assert visit.selection.problems == () and visit.mapped.indicator == "population_change_rate"


def test_similar_municipalities_are_named_with_the_method_and_what_it_lacks(site: Site) -> None:
    shown = card(page_of(site, area="305"), "profile")
    assert shown.told[1].startswith("Samankaltaiset kunnat, lähin ensin:")
    assert "keskihajontoina" in shown.told[2] and "Alkutuotannon osuus" in shown.told[2]
    visit = visit_of(site, area="305")
    assert visit.similar[0] == "305" and len(visit.similar) == 11
    ranks = view("vitality_rank_similar", visit).description
    assert isinstance(ranks, Ranks) and {rank.area for rank in ranks.ranks} <= set(visit.similar)


def profile_of(visit: Visit) -> Profile:
    description = view("profile", visit).description
    assert isinstance(description, Profile)
    return description


def test_the_profile_s_dots_table_stops_and_rows_are_the_same_figures(site: Site) -> None:
    visit = visit_of(site, area="832")
    shown, profile = card(describe(visit), "profile"), profile_of(visit)
    stops = list(stops_of_profile(visit))
    assert shown.view and len(profile.scales) == len(shown.table) - 1 == len(stops) >= 10
    frame = shown.view.frame
    for measure, scale, row, stop in zip(measures_of(visit), profile.scales, shown.table[1:], stops, strict=True):
        rows = frame[frame["indicator"] == measure.code].dropna(subset="value")
        values = dict(zip(rows["area"].tolist(), rows["value"].tolist(), strict=True))
        assert (scale.own, sorted(scale.others)) == (values.pop("832"), sorted(values.values()))
        assert (scale.low.at, scale.high.at) == (rows["value"].min(), rows["value"].max())
        place = f"{1 + sum(value > scale.own for value in values.values())}/{len(values) + 1}"
        assert row[1:] == (scale.text, row[2], f"{scale.low.label} \u2013 {scale.high.label}", place)
        assert (scale.position, stop.lines[0].value, stop.lines[0].change) == (place, scale.text, place)
        assert stop.lines[1].value == row[2] and stop.head == scale.label and measure.year in scale.label


def test_the_profile_s_sentence_names_only_the_measures_in_which_nobody_is_beyond(site: Site) -> None:
    told = view("profile", visit_of(site, area="832")).summary
    assert told == ("Pienin samankaltaisten joukossa: Väkiluvun muutos, % (2025); Nettomuutto, % (2025).")
    assert view("profile", visit_of(site, area="305")).summary == (
        "Kuusamo ei ole missään mittarissa samankaltaisten kuntien suurin eikä pienin."
    )


@pytest.mark.parametrize("area", ["SK178", "MK17", "SSS", "TA10"])
def test_an_area_that_is_no_municipality_has_no_profile_and_says_so(site: Site, area: str) -> None:
    visit = visit_of(site, area=area)
    assert view("profile", visit).summary.startswith("Profiili on vain kunnista")
    assert profile_of(visit).is_empty and not any(each.id == "profile" for each in describe(visit).cards)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("layout", [WIDE, MIDDLE, NARROW], ids=lambda layout: str(layout.name))
def test_no_words_of_the_profile_meet_in_any_width(site: Site, language: str, layout: Layout) -> None:
    visit, font = visit_of(site, language, area="305"), layout.font
    shown = profile_of(visit)
    labels = [label_of(visit, Measure(code, "2025", 0.0, {})) for code in MEASURES]
    profile = replace(shown, scales=tuple(shown.scales[0]._replace(label=label) for label in labels))
    columns = Places(profile, layout)
    for label in labels:
        beside = columns.value if columns.stacked else columns.low
        text = shown.scales[0].text if columns.stacked else shown.scales[0].low.label
        assert letters(label, font) + letters(text, font) < beside
    for scale in shown.scales:
        assert columns.high + letters(scale.high.label, font) <= columns.position - letters(scale.position, font)
    assert columns.right - columns.left > 0.3 * layout.width


def test_every_indicator_is_held_or_named_as_missing_with_the_reason(site: Site) -> None:
    visit = visit_of(site, area="305")
    rows = {row[0]: row[1:] for row in card(describe(visit), "held").table[1:]}
    catalogue = load_catalogue()
    skipped = {"unemployment_rate"}
    for code in SHOWN:
        if code in skipped or catalogue.indicators[code].made_of:
            continue
        years, why = rows[visit.label(code)]
        held = bool(visit.figures.series(code, "305"))
        assert (years != "\u2013") == held and bool(why) != held, code


def test_a_chosen_year_shows_what_was_known_of_it(site: Site) -> None:
    page = page_of(site, area="305", month="2020-06")
    assert page.headline.startswith("Kuusamossa oli vuoden 2020 lopussa")
    assert all(figure.period <= "2020" for figure in page.key_figures)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("area", ["305", "SK178", "MK17", "SSS", "091", "TA10"])
def test_the_page_answers_for_every_kind_of_area(shipped_client: FlaskClient, language: str, area: str) -> None:
    for shown in ("chart", "table"):
        assert shipped_client.get(f"/{language}/{VITALITY}?area={area}&view={shown}").status_code == 200


def test_no_english_stands_on_the_finnish_page(shipped_client: FlaskClient) -> None:
    text = text_of(shipped_client, ADDRESS)
    words = set(re.findall(r"[a-z]+", text.lower()))
    assert words & {"the", "and", "of", "population", "year", "share", "index", "weights", "missing", "none"} == set()
    assert not re.search(r"\d\.\d(?!\d*\.)", re.sub(r"\d+\.\d+\.\d{4}|CC BY 4\.0", "", text))


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_every_chart_of_the_page_is_a_picture_too(shipped_client: FlaskClient, kind: str) -> None:
    for chart in charts_of(VITALITY):
        assert shipped_client.get(f"/embed/{chart.id}.{kind}?area=305&lang=sv").status_code == 200, chart.id


def test_a_picture_of_the_index_has_the_reader_s_weights(shipped_client: FlaskClient) -> None:
    usual, moved = (
        shipped_client.get(f"/embed/vitality_rank_country.svg?area=305{more}").text
        for more in ("", "&weights=1,0,0,0,0,5,0,0,0,0,0")
    )
    assert usual != moved


def test_the_list_of_charts_names_the_page_s_own_measures_and_weights(shipped_client: FlaskClient) -> None:
    listed = {each["id"]: each["parameters"] for each in shipped_client.get("/charts.json").get_json()["charts"]}
    measures = listed["vitality_map"]["indicator"]["enum"]
    assert "median_income" in measures and "unemployment_rate" not in measures
    assert "unemployment_rate" in listed["area_map"]["indicator"]["enum"]
    for chart in ("vitality_rank_similar", "vitality_rank_country"):
        assert re.fullmatch(listed[chart]["weights"]["pattern"], ",".join(map(str, FIVE_DIMENSIONS)))
    assert "weights" not in listed["rank_country"]


def test_a_theme_that_an_ingest_would_bring_says_so_where_it_would_stand(site: Site) -> None:
    shown = card(page_of(site, area="305"), "theme_enterprises")
    assert shown.table == () and shown.told[0].startswith("Aloittaneet yritykset, Lopettaneet yritykset")
    assert shown.told[0].endswith("tulee komennolla koillismaa ingest.")
