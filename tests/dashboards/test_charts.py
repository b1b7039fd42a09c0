from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import duckdb
import pytest

from dashboards.charts import CHARTS
from dashboards.charts.axes import round_step
from dashboards.charts.description import Bar, Bars, Line, Look, Panels, Plot, Point, Row, Series
from dashboards.charts.draw_plotly import draw_plotly
from dashboards.charts.draw_svg import draw_svg
from dashboards.charts.svg_parts import MIDDLE, NARROW, SMALL, WIDE, Layout, letters
from dashboards.charts.svg_plot import Scale, place_words, scale_of, spread
from dashboards.charts.theme import SERIES
from dashboards.errors import UnknownChart
from dashboards.view import view
from dashboards.visit import Visit
from queries.analysis.months import month_number, month_of
from tests.dashboards.drawn_paths import places_through
from tests.dashboards.small_database import add, build

Ask = Callable[..., Visit]
SVG = "{http://www.w3.org/2000/svg}"
LOOK = Look("#000000", "#ffffff", "solid")
LINED = ("trend", "multiples", "beveridge", "project_trend")
BARRED = ("structure", "breakdown", "occupations")


def plot_of(chart: str, visit: Visit) -> Plot:
    description = view(chart, visit).description
    assert isinstance(description, Plot)
    return description


def plots_of(chart: str, visit: Visit) -> list[Plot]:
    description = view(chart, visit).description
    if isinstance(description, Panels):
        return list(description.plots)
    return [description] if isinstance(description, Plot) else []


def drawn_places(description: Plot, layout: Layout) -> list[list[tuple[float, float]]]:
    """Return the places of each drawn line's points, in the order of drawing: the first line comes last, on top."""
    root = ElementTree.fromstring(draw_svg(description, layout, "alt"))
    groups = [group for group in root.iter(f"{SVG}g") if group.get("class", "").startswith("area-")]
    lines = []
    for group in groups[: len(description.lines)]:
        places = {place for path in group.iter(f"{SVG}path") for place in places_through(path.get("d", ""))}
        places |= {(float(dot.get("cx", "")), float(dot.get("cy", ""))) for dot in group.iter(f"{SVG}circle")}
        lines.append(sorted(places))
    return [line for line in lines if line]


@pytest.mark.parametrize("layout", [WIDE, MIDDLE, NARROW, SMALL])
@pytest.mark.parametrize("measure", ["rate", "persons", "index"])
@pytest.mark.parametrize("chart", sorted(name for name, chart in CHARTS.items() if chart.kind in LINED))
def test_both_drawers_draw_the_same_points(both_models: Ask, chart: str, measure: str, layout: Layout) -> None:
    asked = both_models(page=CHARTS[chart].page, compare="832,SK178,SSS", measure=measure)
    for plot in plots_of(chart, asked):
        scale = scale_of(plot, layout)
        lines = [trace for trace in draw_plotly(plot)["data"] if trace.get("hoverinfo") != "skip"]
        from_plotly = [
            sorted({place(scale, x, y) for x, y in zip(trace["x"], trace["y"], strict=True) if y is not None})
            for trace in lines
        ]
        assert_near(drawn_places(plot, layout), from_plotly)


def assert_near(drawn: list[list[tuple[float, float]]], expected: list[list[tuple[float, float]]]) -> None:
    """Both sides round to a tenth of a unit of the drawing by themselves."""
    assert [len(line) for line in drawn] == [len(line) for line in expected]
    pairs = [pair for lines in zip(drawn, expected, strict=True) for pair in zip(*lines, strict=True)]
    assert [pair for pair in pairs if max(abs(a - b) for a, b in zip(*pair, strict=True)) > 0.11] == []


def place(scale: Scale, x: str | float, y: float) -> tuple[float, float]:
    return scale.x(month_number(x) if isinstance(x, str) else x), scale.y(y)


def eleven_years(database: duckdb.DuckDBPyConnection) -> None:
    for number in range(month_number("2015-01"), month_number("2026-08") + 1):
        add(database, "unemployment_rate", "765", month_of(number), 8 + number % 12 / 2 + number % 7 / 10)


def test_both_drawers_draw_the_same_usual_range(tmp_path: Path, visit_of: Ask) -> None:
    plot = plot_of("unemployment_rate", visit_of(build(tmp_path, change=eleven_years), area="765", compare=""))
    assert plot.band is not None
    area, middle = [trace for trace in draw_plotly(plot)["data"] if trace.get("hoverinfo") == "skip"][:2]
    scale = scale_of(plot, WIDE)
    root = ElementTree.fromstring(draw_svg(plot, WIDE, "alt"))
    for trace, name in ((area, "band"), (middle, "middle")):
        first = next(each.get("d", "") for each in root.iter(f"{SVG}path") if each.get("class") == name)
        assert_near(
            [places_through(first)], [[place(scale, x, y) for x, y in zip(trace["x"], trace["y"], strict=True)]]
        )


@pytest.mark.parametrize("chart", sorted(name for name, chart in CHARTS.items() if chart.kind in BARRED))
def test_both_drawers_draw_the_same_bars(both_models: Ask, chart: str) -> None:
    bars = view(chart, both_models(page=CHARTS[chart].page)).description
    assert isinstance(bars, Bars)
    root = ElementTree.fromstring(draw_svg(bars, MIDDLE, "alt"))
    right = float(root.get("data-plot", "").split()[2])
    drawn = [(each.get("class"), float(each.get("width", ""))) for each in root.iter(f"{SVG}rect")]
    drawn = drawn[len(bars.series) :]
    traces = draw_plotly(bars)["data"]
    expected = [
        (series.name, round(right * trace["x"][row] / bars.high, 1))
        for row in range(len(bars.rows))
        for series, trace in zip(bars.series, traces, strict=True)
        if trace["x"][row]
    ]
    assert [name for name, _ in drawn] == [name for name, _ in expected]
    assert [width for _, width in drawn] == pytest.approx([width for _, width in expected], abs=0.6)


def test_a_gap_is_never_joined() -> None:
    points = [
        Point(month_number(period), value, period)
        for period, value in [("2026-01", 1.0), ("2026-02", 2.0), ("2026-04", 3.0), ("2026-06", None), ("2026-07", 4.0)]
    ]
    runs = Line("305", "Kuusamo", "Kuusamo", LOOK, tuple(points)).runs
    assert [[point.period for point in run] for run in runs] == [["2026-01", "2026-02"], ["2026-04"], ["2026-07"]]


def test_a_single_month_is_a_dot_and_plotly_has_a_hole_in_the_gap(visit: Ask) -> None:
    description = plot_of("unemployment_rate", visit(compare="SSS"))
    svg = draw_svg(description, WIDE, "alt")
    assert svg.count("<circle") == 1
    country = next(trace for trace in draw_plotly(description)["data"] if trace["name"] == "Koko maa")
    assert country["y"][country["x"].index("2024-05")] is None
    assert country["connectgaps"] is False


def test_a_hidden_month_is_marked_and_said(visit: Ask) -> None:
    shown = view("open_vacancies", visit(area="614"))
    plot = plot_of("open_vacancies", visit(area="614"))
    assert "2026-06" in [point.period for point in plot.lines[0].hidden()]
    assert draw_svg(plot, WIDE, "alt").count(">\u2026<") == len(plot.lines[0].hidden())
    assert any("salassa pidettävä" in note for note in shown.notes)


def test_a_break_is_a_dashed_line_with_its_word(visit: Ask) -> None:
    description = plot_of("unemployment_rate", visit())
    assert [(mark.period, mark.label) for mark in description.marks] == [("2025-01", "palvelut kunnille")]
    svg = draw_svg(description, NARROW, "alt")
    assert 'class="break"' in svg
    assert "palvelut kunnille" in svg


def test_values_begin_at_zero_and_the_axis_reaches_above_the_highest(visit: Ask) -> None:
    for plot in (plot for chart in CHARTS for plot in plots_of(chart, visit())):
        highest = max((point.value or 0 for line in plot.lines for point in line.points), default=0)
        usual = max((each.high for run in (plot.band.runs if plot.band else ()) for each in run), default=0)
        assert plot.y.low == 0
        assert plot.y.high >= max(highest, usual)
        assert plot.y.ticks[0].at == 0


def test_at_most_five_lines_are_drawn(visit: Ask) -> None:
    assert len(plot_of("unemployment_rate", visit(compare="832,614,615,SK178,SSS")).lines) == 5


def test_vacancies_open_and_new_are_two_charts() -> None:
    assert {chart.indicator for chart in CHARTS.values()} >= {"open_vacancies", "new_vacancies"}
    assert all(isinstance(chart.indicator, str) for chart in CHARTS.values())


def test_an_area_without_data_is_described_and_not_left_blank(visit: Ask) -> None:
    shown = view("new_vacancies", visit(area="765"))
    plot = plot_of("new_vacancies", visit(area="765"))
    assert plot.is_empty
    assert "Ei tietoja: Sotkamo" in draw_svg(plot, WIDE, shown.alt)
    assert shown.summary == "Ei tietoja: Sotkamo"
    assert draw_plotly(plot)["data"] == []


def test_text_alternative_tells_every_line_s_newest_value(visit: Ask) -> None:
    shown = view("unemployment_rate", visit(compare="832,SSS"))
    assert "Kuusamo 11,4\u00a0% (elokuu 2026); Taivalkoski" in shown.alt
    assert "Koko maa 12,8\u00a0% (kesäkuu 2026)" in shown.alt


def test_a_label_whose_month_is_older_than_the_chart_s_newest_says_so(visit: Ask) -> None:
    ends = [line.end for line in plot_of("unemployment_rate", visit(compare="SSS")).lines]
    assert ends == ["Kuusamo 11,4\u00a0%", "Koko maa 12,8\u00a0% (6/2026)"]


def test_what_is_missing_from_the_shipped_data_is_told_with_the_command_that_brings_it(visit: Ask) -> None:
    notes = view("unemployment_rate", visit(compare="832,SSS")).notes
    assert any("Koko maa. Ne puuttuvat" in note and "koillismaa ingest" in note for note in notes)


def test_what_a_day_did_not_know_is_not_promised_of_an_ingest(visit: Ask) -> None:
    assert "koillismaa ingest" not in " ".join(
        view("unemployment_rate", visit(compare="SSS", as_of="2026-08-01")).notes
    )


def test_the_highest_of_a_stretch_is_claimed_only_where_no_month_of_it_is_missing(visit: Ask) -> None:
    assert "Niistä kuukausista" in view("unemployment_rate", visit(compare="", from_="2016-01", to="2026-08")).summary


def test_a_gap_in_fetched_data_does_not_name_the_command(tmp_path: Path, visit_of: Ask) -> None:
    folder = build(tmp_path, channel="api")
    notes = view("unemployment_rate", visit_of(folder, compare="SSS")).notes
    assert any("Kuukausia puuttuu: Koko maa." in note for note in notes)
    assert not any("koillismaa ingest" in note for note in notes)


def test_calculated_and_transcribed_figures_are_told_with_their_months(visit: Ask) -> None:
    notes = " ".join(view("unemployment_rate", visit(compare="SSS", from_="2023-07")).notes)
    assert "ei julkaistu sellaisenaan: Koko maa, heinäkuu\u2013lokakuu 2023" in notes
    assert "jäljennöksestä, ei haettu rajapinnasta: Kuusamo" in notes


def test_a_drawing_of_made_up_data_says_so(tmp_path: Path, visit_of: Ask) -> None:
    description = plot_of("unemployment_rate", visit_of(build(tmp_path, made_up=True)))
    for layout in (WIDE, MIDDLE, NARROW):
        assert "esimerkkiaineisto – ei oikeita lukuja" in draw_svg(description, layout, "alt")


def test_names_in_a_drawing_are_escaped(tmp_path: Path, visit_of: Ask) -> None:
    folder = build(tmp_path, change=lambda database: add(database, "unemployment_rate", "009", "2026-08", 9.9))
    plot = plot_of("unemployment_rate", visit_of(folder, area="009", compare=""))
    assert "&lt;b&gt;" in draw_svg(plot, WIDE, "alt")
    ElementTree.fromstring(draw_svg(plot, WIDE, "alt"))


def test_line_labels_stand_apart_in_the_order_of_their_values() -> None:
    places = spread([100.0, 101.0, 102.0, 250.0, 260.0], 18, 40, 265)
    assert all(later - earlier >= 17.9 for earlier, later in zip(sorted(places), sorted(places)[1:], strict=False))
    assert places == sorted(places)
    assert max(places) <= 265


def test_steps_of_an_axis_are_round() -> None:
    assert [round_step(rough) for rough in (0, 0.03, 0.13, 0.9, 3.7, 24, 130)] == [1, 0.1, 0.2, 1, 5, 50, 200]


def test_an_unknown_chart_says_which_there_are() -> None:
    with pytest.raises(UnknownChart, match="unemployment_rate"):
        CHARTS.get("x") or view("x", None)  # type: ignore[arg-type]


def test_the_shown_months_follow_the_address(visit: Ask) -> None:
    frame = view("unemployment_rate", visit(from_="2025-01", to="2025-12", compare="")).frame
    assert frame["period"].tolist() == [f"2025-{month:02d}" for month in range(1, 13)]
    assert month_number("2025-12") - month_number("2025-01") == 11


def test_a_row_s_name_that_is_wider_than_the_drawing_has_further_lines() -> None:
    name = "Arbetslösa med funktionsnedsättning eller långtidssjukdom"
    rows = tuple(Row(label, (Bar(5.0, "5"),)) for label in ("Kvinnor", name))
    bars = Bars("x", "X", "personer", 10.0, (Series("nu", *SERIES["now"]),), rows)
    root = ElementTree.fromstring(draw_svg(bars, NARROW, "alt"))
    texts = [(float(each.get("y", "")), each.text or "") for each in root.iter(f"{SVG}text")]
    assert all(letters(words, NARROW.font) <= NARROW.width for _, words in texts)
    assert " ".join(words for _, words in texts if words in name) == name
    tops = [float(each.get("y", "")) for each in root.iter(f"{SVG}rect")][1:]
    assert tops == sorted(tops) and all(abs(top - y) > 1 for top in tops for y, _ in texts)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([], []),
        ([(300, 76)], [(0, "start")]),
        ([(300, 76), (400, 46)], [(0, "start"), (1, "start")]),
        ([(300, 116), (400, 46)], [(0, "start"), (1, "start")]),
        ([(340, 176), (440, 100)], [(1, "end"), (0, "end")]),  # neither has room on the right
        ([(340, 150), (440, 91)], [(0, "start"), (1, "end")]),
        ([(380, 130), (477, 140)], [(1, "end"), (0, "end")]),  # on the right, either would be crossed
        ([(40, 600)], [(0, "end")]),  # no room anywhere
    ],
)
def test_the_line_of_a_break_crosses_no_other_word(
    lines: list[tuple[float, float]], expected: list[tuple[int, str]]
) -> None:
    places, widths = [x for x, _ in lines], [width for _, width in lines]
    words = place_words(places, widths, 500.0)
    assert [(row, side.anchor) for row, side in words] == expected
    at = list(zip(places, words, strict=True))
    assert [x for x, (above, _) in at for row, side in words if above < row and side.left < x < side.right] == []
