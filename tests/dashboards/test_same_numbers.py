"""A chart's frame, its table, its pictures, its CSV and the council review carry the same numbers."""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

import pymupdf
import pytest
from flask.testing import FlaskClient

from dashboards import format
from dashboards.answer import ANSWERERS
from dashboards.charts import CHARTS, Chart
from dashboards.charts.description import Bars, Panels, Plot
from dashboards.open_data.chart_rows import rows_address
from dashboards.pages.cards import SHORT_TABLE
from dashboards.pages.comparison import HOME_SIGN
from dashboards.report.council import CHARTS as REVIEWED
from dashboards.site import Site
from dashboards.tables import NOT_HELD, ORIGIN_SIGNS, PRELIMINARY, STATUS_SIGNS
from dashboards.view import View, view
from dashboards.visit import Visit
from dashboards.words import load_words
from ingest.snapshot.shipped import load_shipped
from queries.catalogue import load_catalogue
from queries.settings import load_settings
from tests.dashboards import benefit_database, every_municipality, small_database
from tests.dashboards.drawn_paths import places_through

New = Callable[[Path], FlaskClient]
Rows = list[dict[str, str]]
Place = tuple[float, float]
CATALOGUE, WORDS = load_catalogue(), load_words("en")
LABOUR = CATALOGUE.indicators["unemployment_rate"].source
SVG = "{http://www.w3.org/2000/svg}"
DRAWING = re.compile(r'<svg class="drawing.*?</svg>', re.DOTALL)
NUMBER = re.compile(r"\u2212?[\d\u00a0]*\d(?:\.\d+)?")
SIGNS = "".join([PRELIMINARY, *ORIGIN_SIGNS.values()])
NO_NUMBER = {"", NOT_HELD, *STATUS_SIGNS.values()}
SHORTENED = "rank_country"
"""Its table has the ends and the neighbourhood of all the municipalities."""
OVERALL = "HANKE"
"""The whole project, whose rows its own charts may leave to the sentence below them."""
NEAR = 0.16
"""A place in a drawing and the lines of its axis are each written to a tenth."""


class Asked:
    """The charts of one database in English, for Kuusamo."""

    def __init__(self, folder: Path, client: FlaskClient) -> None:
        self.client = client
        self._site = Site(load_settings(data_dir=folder), CATALOGUE)
        self.visit = cache(self._visit)

    def _visit(self, page: str) -> Visit:
        return ANSWERERS[page].visit(self._site, "en", {"area": ["305"]})

    def view(self, chart: Chart) -> View:
        return view(chart.id, self.visit(chart.page))

    def text(self, address: str) -> str:
        answer = self.client.get(address)
        assert answer.status_code == 200, answer.text
        return answer.text

    def rows(self, chart: Chart) -> Rows:
        """Return the rows of the chart's CSV; none where it has none, since its figures are computed on the page."""
        address = rows_address(self.visit(chart.page), self.view(chart), "csv")
        return list(csv.DictReader(io.StringIO(self.text(address)))) if address else []

    def paper(self) -> Any:
        """Return the council review's pages."""
        answer = self.client.get("/report.pdf?area=305&lang=en")
        assert answer.status_code == 200, answer.text
        return pymupdf.open(stream=answer.data, filetype="pdf")  # type: ignore[no-untyped-call]

    def given(self) -> Iterator[tuple[Chart, Rows]]:
        """Yield each chart that has a CSV, with its rows."""
        yield from ((chart, rows) for chart in CHARTS.values() if (rows := self.rows(chart)))


@pytest.fixture(scope="module", params=["shipped", "every", "benefit"])
def asked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, new_client: New) -> Asked:
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "shipped":
        load_shipped(load_settings(data_dir=folder), CATALOGUE)
    elif request.param == "every":
        every_municipality.build(folder)
    else:
        small_database.build(folder, change=benefit_database.add_benefit)
    return Asked(folder, new_client(folder))


def written(row: dict[str, str]) -> str:
    """Return a row's figure as a reader sees it, or the sign that says why there is none."""
    if not row["value"]:
        return STATUS_SIGNS[row["status"]]
    return format.number(WORDS, float(row["value"]), CATALOGUE.indicators[row["indicator"]].decimals)


def bare(cell: str) -> str:
    """Return a cell's or a label's number without the signs and the unit that stand at it."""
    return cell.rstrip(SIGNS).removesuffix("%").rstrip()


def says(cell: str, row: dict[str, str]) -> bool:
    """Tell whether a cell has a row's figure; one that its source prints without decimals has none here either."""
    shown, figure = bare(cell), written(row)
    return shown == figure or bool(NUMBER.fullmatch(shown) and row["value"] and number(shown) == number(figure))


def number(text: str) -> float:
    return float(text.replace("\u2212", "-").replace("\u00a0", ""))


def cells_of(html: str) -> list[list[str]]:
    """Return the cells of a frame's table, row by row, without its headings."""
    table = html[html.find("<table>") : html.find("</table>")]
    rows = [re.findall(r"<t[dh](?: [^>]*)?>(.*?)</t[dh]>", row) for row in re.split("<tr[^>]*>", table)[2:]]
    return [[unescape(re.sub("<[^>]+>", "", cell)).replace("\u00ad", "") for cell in row] for row in rows]


def heads_of(visit: Visit, chart: Chart, row: dict[str, str]) -> set[str]:
    """Return how a row of the table may be headed that holds a row of the CSV."""
    if row["category"]:
        return {visit.category(chart.dimension, row["category"]), row["category"].replace("-", "\u2013")}
    return {format.short_month(WORDS, row["period"]), row["area_name"], visit.label(row["indicator"])}


def test_every_figure_of_the_csv_stands_in_its_row_of_the_frame_s_table(asked: Asked) -> None:
    for chart, rows in asked.given():
        visit = asked.visit(chart.page)
        table = cells_of(asked.text(f"/embed/{chart.id}?area=305&lang=en"))
        newest = sorted({row["period"] for row in rows})[-SHORT_TABLE:]
        for row in rows:
            heads = heads_of(visit, chart, row)
            lines = [cells for cells in table if cells[0].removesuffix(HOME_SIGN).rstrip() in heads]
            left_out = row["period"] not in newest or chart.id == SHORTENED or row["area"] == OVERALL
            assert lines or left_out, (chart.id, row)
            assert not lines or any(says(cell, row) for cells in lines for cell in cells[1:]), (chart.id, row, lines)


def ticks_of(root: ElementTree.Element) -> list[Place]:
    """Return where the lines of the upright axis are drawn and the values that are written at them."""
    lines = next(each.get("d", "") for each in root.iter() if each.get("class") == "grid")
    heights = [float(height) for height in re.findall(r"M[\d.]+ ([\d.]+)H", lines)]
    texts = next(group for group in root.iter(f"{SVG}g") if group.get("class") == "ticks")
    return list(zip(heights, (number(text.text or "") for text in texts), strict=True))


def near(dot: Place, place: Place) -> bool:
    """Tell whether a dot stands on a point of a line."""
    return max(abs(a - b) for a, b in zip(dot, place, strict=True)) < NEAR


def heights_of(root: ElementTree.Element) -> dict[str, list[float]]:
    """Return the heights of all points of each area's lines."""
    found: dict[str, list[float]] = {}
    for group in root.iter(f"{SVG}g"):
        name = group.get("class", "")
        if name.startswith("area-"):
            ways = [way.get("d", "") for way in group.findall(f"{SVG}path") if way.get("class") == "line"]
            places = [place for way in ways for place in places_through(way)]
            dots = [(float(dot.get("cx", "")), float(dot.get("cy", ""))) for dot in group.findall(f"{SVG}circle")]
            alone = [dot for dot in dots if not any(near(dot, place) for place in places)]
            found.setdefault(name.removeprefix("area-"), []).extend(height for _, height in places + alone)
    return {area: heights for area, heights in found.items() if heights}


def assert_drawn(ticks: Sequence[Place], heights: Iterable[float], values: Iterable[float]) -> None:
    """Compare heights with values, without their order: that each stands at its month is for the drawers' tests."""
    (low, zero), (high, top) = ticks[0], ticks[-1]
    step = (top - zero) / (high - low)
    drawn, held = sorted(zero + (height - low) * step for height in heights), sorted(values)
    assert len(drawn) == len(held)
    assert drawn == pytest.approx(held, abs=NEAR * abs(step))


def values_of(chart: Chart, rows: Rows) -> dict[str, list[float]]:
    """Return the figures of the upright axis by area."""
    upright = {row["indicator"] for row in rows} if chart.kind != "beveridge" else {chart.indicator}
    found: dict[str, list[float]] = {}
    for row in rows:
        if row["value"] and row["indicator"] in upright:
            found.setdefault(row["area"], []).append(float(row["value"]))
    return found


def test_every_line_of_frames_and_pictures_is_drawn_through_the_figures_of_the_csv(asked: Asked) -> None:
    for chart, rows in asked.given():
        description = asked.view(chart).description
        if not isinstance(description, Plot | Panels):
            continue
        values, drawn = values_of(chart, rows), set()
        drawings = DRAWING.findall(asked.text(f"/embed/{chart.id}?area=305&lang=en"))
        if isinstance(description, Plot):
            drawings += [asked.text(f"/embed/{chart.id}.svg?area=305&lang=en&width={width}") for width in (400, 1200)]
        for drawing in drawings:
            root = ElementTree.fromstring(drawing)
            for area, heights in heights_of(root).items():
                assert_drawn(ticks_of(root), heights, values[area])
                drawn.add(area)
        assert drawn == values.keys(), chart.id


def test_every_bar_s_figure_is_written_in_frames_and_pictures(asked: Asked) -> None:
    for chart, rows in asked.given():
        if not isinstance(asked.view(chart).description, Bars):
            continue
        drawings = DRAWING.findall(asked.text(f"/embed/{chart.id}?area=305&lang=en"))
        drawings.append(asked.text(f"/embed/{chart.id}.svg?area=305&lang=en"))
        for drawing in drawings:
            texts = ["".join(each.itertext()) for each in ElementTree.fromstring(drawing).iter(f"{SVG}text")]
            numbers = Counter(number(each) for text in texts for each in NUMBER.findall(text))
            shown = [row for row in rows if row["area"] != OVERALL or len({each["area"] for each in rows}) == 1]
            missing = Counter(number(written(row)) for row in shown if row["value"]) - numbers
            assert not missing, (chart.id, missing)
            assert {written(row) for row in shown if not row["value"]} <= set(texts), chart.id


class Box(NamedTuple):
    """Where something stands on a page of paper."""

    x0: float
    y0: float
    x1: float
    y1: float


def lines_of(page: Any) -> list[tuple[Box, str]]:
    """Return where each line of text stands on a page of paper, and what it says."""
    lines = [line for block in page.get_text("dict")["blocks"] for line in block.get("lines", ())]
    return [(Box(*line["bbox"]), "".join(span["text"] for span in line["spans"]).strip()) for line in lines]


def test_the_review_s_table_has_the_figures_of_the_csv_in_the_row_of_their_month(asked: Asked) -> None:
    codes = [code for code, each in CATALOGUE.indicators.items() if LABOUR in each.owners and not each.made_of]
    address = f"/api/v1/observations.csv?area=305&indicator={','.join(codes)}"
    held: dict[str, set[str]] = {}
    for row in csv.DictReader(io.StringIO(asked.text(address))):
        held.setdefault(format.short_month(WORDS, row["period"]), set()).add(written(row))
    lines = lines_of(asked.paper()[1])
    rows = {text: place for place, text in lines if text in held}
    assert len(rows) >= 3
    for month, heading in rows.items():
        cells = {bare(text) for place, text in lines if abs(place.y0 - heading.y0) < 1 and place.x0 > heading.x1}
        assert cells <= held[month] | NO_NUMBER and cells & held[month], (month, cells)


def written_colour(parts: Iterable[float]) -> str:
    """Return a colour as it is written for the web."""
    return "#" + "".join(f"{round(255 * part):02x}" for part in parts)


def test_the_review_s_first_line_is_drawn_through_the_figures_of_the_csv(asked: Asked) -> None:
    page, chart = asked.paper()[0], CHARTS[REVIEWED[0]]
    description = asked.view(chart).description
    assert isinstance(description, Plot)
    everything = page.get_drawings()
    drawings = [each for each in everything if each["color"]]
    across = [
        (item[1], item[2])
        for each in drawings
        for item in each["items"]
        if item[0] == "l" and abs(item[1].y - item[2].y) < 0.01 and abs(item[1].x - item[2].x) > 250
    ]
    grid = sorted({start.y for start, _ in across})
    labels = [(place, text) for place, text in lines_of(page) if re.fullmatch(r"\d+", text)]
    ticks = [(height, number(text)) for height in grid for place, text in labels if place.y0 < height < place.y1]
    own = next(line.look.colour for line in description.lines if line.area == "305")
    lines = [each for each in drawings if written_colour(each["color"]) == own]
    right = max(end.x for start, end in across if start.y in dict(ticks))  # beyond it are the keys
    points = {
        (round(at.x, 2), round(at.y, 2)) for each in lines for item in each["items"] for at in item[1:] if at.x <= right
    }
    dots = [each["rect"] for each in everything if each["fill"] and written_colour(each["fill"]) == own]
    heights = [height for _, height in points] + [(dot.y0 + dot.y1) / 2 for dot in dots]
    assert_drawn(ticks, heights, values_of(chart, asked.rows(chart))["305"])


def test_the_review_writes_the_figures_of_its_bars(asked: Asked) -> None:
    texts = Counter(text for _, text in lines_of(asked.paper()[1]))
    bars = [asked.rows(CHARTS[name]) for name in REVIEWED if CHARTS[name].kind == "structure"]
    assert not Counter(written(row) for rows in bars for row in rows) - texts
