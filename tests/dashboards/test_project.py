"""The project's page: what its report prints, what is computed from it, what it leaves unclear."""

import re
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from dashboards.answer import ANSWERERS
from dashboards.charts import CHARTS, charts_of
from dashboards.charts.description import Bars, Plot
from dashboards.charts.draw_plotly import draw_plotly
from dashboards.charts.draw_svg import draw_svg
from dashboards.charts.svg_parts import MIDDLE, NARROW
from dashboards.pages.parts import Card, Page
from dashboards.pages.project import SLUG, describe
from dashboards.pages.project_feedback import write_grade
from dashboards.server import create_server
from dashboards.site import Site
from dashboards.view import view
from dashboards.visit import Visit
from queries.catalogue import load_catalogue
from queries.settings import load_settings
from tests.dashboards.project_database import build_project

SVG = "{http://www.w3.org/2000/svg}"
NO_BREAK = "\u00a0"
BARS = [chart.id for chart in charts_of(SLUG) if chart.kind != "project_trend"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_project(tmp_path_factory.mktemp("project"))


@pytest.fixture(scope="module")
def project_client(folder: Path) -> FlaskClient:
    return create_server(load_settings(data_dir=folder), load_catalogue()).test_client()


def visit_of(folder: Path, language: str = "fi", **parts: str) -> Visit:
    site = Site(load_settings(data_dir=folder), load_catalogue())
    return ANSWERERS[SLUG].visit(site, language, {name.rstrip("_"): [value] for name, value in parts.items()})


def page_of(folder: Path, language: str = "fi", **parts: str) -> Page:
    return describe(visit_of(folder, language, **parts))


def card(page: Page, name: str) -> Card:
    return next(each for each in page.cards if each.id == name)


def text_of(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return unescape(re.sub(r"<(svg|script|style).*?</\1>|<[^>]+>", " ", answer.text, flags=re.DOTALL))


def bars_of(folder: Path, name: str) -> Bars:
    description = view(name, visit_of(folder)).description
    assert isinstance(description, Bars)
    return description


def test_the_headline_tells_what_was_reached_of_what_was_wanted(folder: Path) -> None:
    assert page_of(folder).headline == (
        "Work & Stay -hanke tavoitti 198 organisaatiota (tavoite 150) ja 646 henkilöä (tavoite 633)."
    )


@pytest.mark.parametrize(
    ("name", "reached", "wanted"), [("project_organisations", 198, 150), ("project_persons", 646, 633)]
)
def test_the_parts_of_a_target_add_up_to_the_total_in_its_table(
    folder: Path, name: str, reached: int, wanted: int
) -> None:
    _, *parts, whole = card(page_of(folder), name).table
    assert whole[:3] == ("Yhteensä", str(reached), str(wanted))
    assert len(parts) == 7
    assert (sum(int(row[1]) for row in parts), sum(int(row[2]) for row in parts)) == (reached, wanted)


def test_who_did_not_reach_a_target_is_named(folder: Path) -> None:
    shown = card(page_of(folder), "project_persons").view
    assert shown and shown.summary.endswith("Tavoite jäi saavuttamatta: Pudasjärvi ja Taivalkoski.")


@pytest.mark.parametrize("layout", [MIDDLE, NARROW])
@pytest.mark.parametrize("chart", BARS)
def test_both_drawers_draw_the_same_bars_marks_and_ranges(folder: Path, chart: str, layout: object) -> None:
    bars = bars_of(folder, chart)
    root = ElementTree.fromstring(draw_svg(bars, layout, "alt"))  # type: ignore[arg-type]
    scale = float(root.get("data-plot", "").split()[2]) / bars.high
    traces = draw_plotly(bars)["data"]
    widths = [float(each.get("width", "")) for each in root.iter(f"{SVG}rect")][len(bars.series) :]
    expected = [trace["x"][row] for row in range(len(bars.rows)) for trace in traces[: len(bars.series)]]
    assert widths == pytest.approx([value * scale for value in expected if value], abs=0.6)
    lines = [each.get("d", "") for each in root.iter(f"{SVG}path") if each.get("class") == "target"]
    lines = lines[bool(bars.mark) + bool(bars.whisker) :]
    begun = [float(re.findall(r"M([\d.]+)", line)[0]) for line in lines]
    if bars.mark:
        assert begun == pytest.approx([value * scale for value in traces[-1]["x"]], abs=0.6)
    elif bars.whisker:
        lows = [
            trace["x"][row] - trace["error_x"]["arrayminus"][row] for row in range(len(bars.rows)) for trace in traces
        ]
        assert begun == pytest.approx([value * scale for value in lows], abs=0.6)
    else:
        assert lines == [] and all("error_x" not in trace for trace in traces)


@pytest.mark.parametrize("chart", BARS)
def test_no_text_of_a_bar_stands_outside_its_drawing(folder: Path, chart: str) -> None:
    bars = bars_of(folder, chart)
    for layout in (MIDDLE, NARROW):
        root = ElementTree.fromstring(draw_svg(bars, layout, "alt"))
        for each in root.iter(f"{SVG}text"):
            assert float(each.get("x", "")) + len(each.text or "") * layout.font * 0.5 <= layout.width, each.text


def test_events_are_shown_only_with_the_mark_of_our_reading(folder: Path) -> None:
    marked = {
        row[0]: row[1]
        for row in card(page_of(folder), "project_service").table
        if row[2] == "tulkinta raportin kuviosta"
    }
    assert marked == {
        "uraohjaus": f"1{NO_BREAK}214",
        "jalkautuminen": "452",
        "työkokeilujaksot": "79",
        "ammatillinen kuntoutus": "15",
    }


def test_both_the_printed_and_the_computed_percent_are_shown(folder: Path) -> None:
    assert card(page_of(folder), "project_employer_groups").table[1] == (
        "arvostelijat", "1", f"4,5{NO_BREAK}%", f"1\u201322{NO_BREAK}%", f"4,6{NO_BREAK}%"
    )  # fmt: skip


def test_the_net_promoter_score_has_its_interval(folder: Path) -> None:
    shown = card(page_of(folder), "project_employer_scores").view
    assert shown and "(NPS) on 68, 95\u00a0%:n väli 37\u201384" in shown.summary


def test_a_municipality_s_interval_is_that_of_the_fewest_answers_that_fit(folder: Path) -> None:
    table = {row[0]: row[1:] for row in card(page_of(folder), "project_customer_groups").table}
    assert [table[name][0] for name in ("Koko hanke", "Kuusamo", "Taivalkoski", "Puolanka")] == ["99", "17", "5", "11"]
    assert table["Koko hanke"][1] == f"17{NO_BREAK}% (11\u201326{NO_BREAK}%)"
    assert [table[name][-1] for name in ("Koko hanke", "Kuusamo", "Taivalkoski", "Puolanka")] == [
        "",
        "8+",
        "9\u2212",
        "7,5",
    ]


@pytest.mark.parametrize(("value", "written"), [(8.25, "8+"), (8.75, "9\u2212"), (7.5, "7,5"), (8.0, "8")])
def test_a_grade_is_written_as_schools_write_it(folder: Path, value: float, written: str) -> None:
    assert write_grade(visit_of(folder), value) == written


def test_each_rate_of_the_report_is_shown_as_printed_with_what_is_known_of_its_difference(folder: Path) -> None:
    rows = {row[:2]: row[2:] for row in card(page_of(folder), "project_rates").table[1:]}
    assert rows["Kuusamo", "lokakuu 2023"] == (f"10,8{NO_BREAK}%", f"10,8{NO_BREAK}%", "0,0", "sama kuin tilastossa")
    told, official, difference, remark = rows["Pudasjärvi", "lokakuu 2025"]
    assert (told, official, difference) == (f"18,6{NO_BREAK}%", f"15,8{NO_BREAK}%", "+2,8")
    assert remark == "poikkeaa; raportin luku on tilaston luku tammikuussa 2025"
    assert rows["Pudasjärvi", "lokakuu 2023"][0] == f"15{NO_BREAK}%"
    assert rows["Pudasjärvi", "lokakuu 2023"][3].endswith("pyöristettynä sama")
    assert rows["Posio", "lokakuu 2025"][3] == "poikkeaa tilastosta; syytä ei tiedetä"
    assert rows["Taivalkoski", "lokakuu 2023"][1:] == ("\u00d7", "\u00d7", "virallista lukua ei ole tässä aineistossa")


def test_the_time_axis_marks_the_project_and_the_page_says_that_no_cause_is_shown(folder: Path) -> None:
    shown = card(page_of(folder), "project_unemployment")
    assert shown.view and isinstance(shown.view.description, Plot)
    marks = {mark.period: mark.label for mark in shown.view.description.marks}
    assert (marks["2023-12"], marks["2025-12"]) == ("hanke alkaa", "hanke päättyy")
    assert shown.told[0].startswith("Syy-yhteyttä ei ole osoitettu")
    assert sum(sentence.startswith("TP") for sentence in shown.told) == 4


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_unclear_point_and_the_warning_stand_on_the_page(project_client: FlaskClient, language: str) -> None:
    text = text_of(project_client, f"/{language}/{SLUG}?area=305&view=table")
    assert "2, 1, 3, 3, 8, 8, 10, 18, 46" in text
    assert "4521214" in text
    for word in {
        "fi": ("ei ole mielekästä", "Syy-yhteyttä ei ole osoitettu"),
        "sv": ("inte meningsfullt", "Inget orsakssamband"),
        "en": ("not meaningful", "No causal link"),
    }[language]:
        assert word in text


def test_the_form_asks_for_no_month_and_keeps_the_area(project_client: FlaskClient) -> None:
    page = project_client.get(f"/sv/{SLUG}?area=615").text
    form = page[page.index("<form") : page.index("</form>")]
    assert re.findall(r'name="(\w+)"', form) == ["area", "search", "view"]
    assert '<option value="615" selected>' in form
    assert f'href="/fi/{SLUG}?area=615"' in page


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_without_the_report_the_page_says_so_and_shows_the_official_series(client: FlaskClient, language: str) -> None:
    page = client.get(f"/{language}/{SLUG}?area=305").text
    assert 'id="project_unemployment"' in page and 'id="project_organisations"' not in page


@pytest.mark.parametrize("kind", ["svg", "png"])
@pytest.mark.parametrize("chart", [chart.id for chart in charts_of(SLUG)])
def test_every_chart_of_the_page_is_a_picture_too(project_client: FlaskClient, chart: str, kind: str) -> None:
    answer = project_client.get(f"/embed/{chart}.{kind}?area=305&lang=sv&theme=dark")
    assert answer.status_code == 200
    if kind == "svg" and not CHARTS[chart].of_area:
        assert not re.search(r"<title[^>]*>[^<]*: Kuusamo<", answer.text)
