"""A chart that a reader examines: Plotly's graph in the place of the drawing, with the drawing's points and words."""

import pytest

from dashboards.answer import ANSWERERS
from dashboards.charts import REVIEW
from dashboards.charts.description import Plot
from dashboards.site import Site
from dashboards.view import view
from queries.catalogue import load_catalogue
from queries.settings import load_settings
from tests.dashboards.small_database import build
from tests.e2e.test_takeover import AREA, PAGE, RATE, Axe, Gate, Open, examine, headline, take_over

pytestmark = pytest.mark.browser

DRAWN = f"""() => document.querySelector("{RATE} .js-plotly-plot").data.map(
    (trace) => [trace.name, trace.x.map((x, n) => [x, trace.y[n]]).filter(([, y]) => y !== null)])"""
HOVERED = f"""() => {{
    const graph = document.querySelector("{RATE} .js-plotly-plot");
    const axis = graph._fullLayout.xaxis;
    Plotly.Fx.hover(graph, {{xpx: axis.d2p("2026-08-01"), ypx: 50}});
    return graph.querySelector(".hoverlayer").textContent;
}}"""


@pytest.fixture(scope="module")
def description(tmp_path_factory: pytest.TempPathFactory) -> Plot:
    """Return what the page's first chart describes."""
    site = Site(load_settings(data_dir=build(tmp_path_factory.mktemp("described"))), load_catalogue())
    description = view("unemployment_rate", ANSWERERS[REVIEW].visit(site, "fi", {"compare": ["832,SSS"]})).description
    assert isinstance(description, Plot)
    return description


def test_an_examined_chart_has_the_drawing_s_points_and_writes_them_as_readers_do(
    open_page: Open, description: Plot
) -> None:
    page = take_over(open_page(f"{PAGE}?compare=832,SSS").page)
    examine(page)
    described = {
        line.label: [[point.period, point.value] for point in line.points if point.value is not None]
        for line in description.lines
    }
    assert dict(page.evaluate(DRAWN)) == described
    words = page.evaluate(HOVERED)
    assert "elokuu 2026" in words
    assert "11,4\u00a0% (+1,4" in words
    assert "6/2026: 12,8\u00a0%" in words
    assert "11.4" not in words


def test_an_examined_chart_stays_where_it_is_and_keeps_its_text(open_page: Open) -> None:
    page = take_over(open_page(PAGE).page)
    page.locator(RATE).scroll_into_view_if_needed()
    before = page.locator(RATE).bounding_box()
    page.evaluate("() => addEventListener('examined', (event) => { window.examined = event.detail.className; })")
    examine(page)
    assert page.locator(RATE).bounding_box() == before
    assert page.evaluate("() => examined.includes('js-plotly-plot')")
    drawing = page.locator(f"{RATE} > svg.wide")
    assert drawing.evaluate("each => getComputedStyle(each).opacity") == "0"
    assert page.get_by_role("img", name="Työttömien osuus työvoimasta").count() == 1
    box, graph = drawing.bounding_box(), page.locator(f"{RATE} .examined").bounding_box()
    assert [round(box[side]) for side in box] == [round(graph[side]) for side in box]
    page.emulate_media(media="print")
    assert drawing.evaluate("each => getComputedStyle(each).opacity") == "1"
    assert not page.locator(f"{RATE} .examined").is_visible()


@pytest.mark.parametrize(("width", "size"), [(1280, "middle"), (390, "narrow")])
def test_numbers_and_words_of_an_examined_chart_stand_where_the_drawing_has_them(
    open_page: Open, width: int, size: str
) -> None:
    page = take_over(open_page(PAGE, width).page)
    chart = "#open_vacancies .chart"
    examine(page, chart)
    drawing = page.locator(f"{chart} > svg.{size}")
    left = drawing.bounding_box()["x"]
    ticks = page.locator(f"{chart} .ytick text")
    assert ticks.count() > 2
    assert min(each.bounding_box()["x"] for each in ticks.all()) >= left - 0.5
    words = drawing.locator(".quiet.name").all()
    assert len(words) >= 2
    for word in words:
        there = page.locator(f"{chart} .annotation text", has_text=word.text_content()).bounding_box()
        here = word.bounding_box()
        assert abs(there["y"] - here["y"]) < 5
        side = "x" if not word.get_attribute("text-anchor") else "width"
        ends = [each["x"] + (each["width"] if side == "width" else 0) for each in (here, there)]
        assert abs(ends[0] - ends[1]) < 5


def test_what_an_examined_chart_tells_fits_a_phone(open_page: Open) -> None:
    page = take_over(open_page(PAGE, 390).page)
    chart = "#open_vacancies .chart"
    examine(page, chart)
    box = page.locator(chart).bounding_box()
    page.mouse.move(box["x"] + 0.85 * box["width"], box["y"] + box["height"] / 3)
    told = page.locator(f"{chart} .hoverlayer .legend rect.bg")
    told.wait_for()
    seen = told.bounding_box()
    assert seen["x"] >= 0 and seen["x"] + seen["width"] <= 390


def test_another_choice_shows_the_drawing_again(open_page: Open) -> None:
    page = take_over(open_page(PAGE).page)
    examine(page)
    page.mouse.move(0, 0)
    page.select_option(AREA, "614")
    headline(page, "Posiolla")
    assert page.locator(".examined").count() == 0
    assert page.locator(".drawn").count() == 0
    examine(page)
    assert "Posio" in dict(page.evaluate(DRAWN))


def test_the_keys_read_a_chart_before_it_is_examined_while_it_is_and_after(open_page: Open) -> None:
    opened = open_page(PAGE)
    page = take_over(opened.page)
    readout = page.locator(f"{RATE} .readout")
    gate = Gate(page, "**/plotly.min.js*")
    page.locator(RATE).focus()
    page.keyboard.press("End")
    assert "elokuu 2026" in readout.text_content()
    gate.open()
    page.wait_for_selector(f"{RATE}.drawn")
    assert "elokuu 2026" in readout.text_content()
    assert "elokuu 2026" in page.locator(f"{RATE} .hoverlayer").text_content()
    page.locator(AREA).focus()
    page.select_option(AREA, "614")
    headline(page, "Posiolla")
    page.wait_for_selector(f"{RATE} .examined", state="detached")
    page.evaluate("() => document.documentElement.removeAttribute('data-live')")
    page.locator(RATE).focus()
    page.keyboard.press("End")
    assert "Posio" in readout.text_content()
    assert page.locator(f"{RATE} .reading").count() == 1
    assert opened.complaints == []


def test_an_examined_chart_follows_the_reader_s_theme(open_page: Open) -> None:
    page = take_over(open_page(PAGE).page)
    examine(page)
    ink = f"() => document.querySelector('{RATE} .js-plotly-plot').layout.font.color"
    light = page.evaluate(ink)
    page.emulate_media(color_scheme="dark")
    page.wait_for_timeout(500)
    assert page.evaluate(ink) != light


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_no_violation_with_a_chart_examined(open_page: Open, axe: Axe, width: int) -> None:
    page = take_over(open_page(PAGE, width).page)
    examine(page)
    assert axe(page) == []
