import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from dashboards.charts import CHARTS
from dashboards.charts.description import Description, Line, Look, Point
from dashboards.charts.draw_plotly import draw_plotly
from dashboards.charts.draw_svg import MIDDLE, NARROW, WIDE, Layout, draw_svg, scale_of, spread
from dashboards.charts.trend import round_step
from dashboards.errors import UnknownChart
from dashboards.periods import month_number
from dashboards.view import view
from dashboards.visit import Visit
from tests.dashboards.small_database import add, build

Ask = Callable[..., Visit]
SVG = "{http://www.w3.org/2000/svg}"
LOOK = Look("#000000", "#ffffff", "solid")


def drawn_places(description: Description, layout: Layout) -> list[list[tuple[float, float]]]:
    """Return the places of each line's points in a drawing, in the order of the months."""
    root = ElementTree.fromstring(draw_svg(description, layout, "alt"))
    groups = [group for group in root.iter(f"{SVG}g") if group.get("class", "").startswith("area-")]
    lines = []
    for group in groups[: len(description.lines)]:
        places = [
            (float(x), float(y))
            for path in group.iter(f"{SVG}path")
            for x, y in re.findall(r"([\d.]+) ([\d.]+)", path.get("d", ""))
        ]
        places += [(float(dot.get("cx", "")), float(dot.get("cy", ""))) for dot in group.iter(f"{SVG}circle")]
        lines.append(sorted(places))
    return lines


@pytest.mark.parametrize("layout", [WIDE, MIDDLE, NARROW])
@pytest.mark.parametrize("chart", sorted(CHARTS))
def test_both_drawers_draw_the_same_points(visit: Ask, chart: str, layout: Layout) -> None:
    description = view(chart, visit(compare="832,SK178,SSS")).description
    scale = scale_of(description, layout)
    figure = draw_plotly(description)
    from_plotly = [
        [scale.at(x, y) for x, y in zip(trace["x"], trace["y"], strict=True) if y is not None]
        for trace in figure["data"]
    ]
    assert [line for line in drawn_places(description, layout) if line] == from_plotly


def test_a_gap_is_never_joined() -> None:
    points = [
        Point("2026-01", 1.0),
        Point("2026-02", 2.0),
        Point("2026-04", 3.0),
        Point("2026-06", None),
        Point("2026-07", 4.0),
    ]
    runs = Line("305", "Kuusamo", "Kuusamo", LOOK, tuple(points)).runs
    assert [[point.period for point in run] for run in runs] == [["2026-01", "2026-02"], ["2026-04"], ["2026-07"]]


def test_a_single_month_is_a_dot_and_plotly_has_a_hole_in_the_gap(visit: Ask) -> None:
    description = view("unemployment_rate", visit(compare="SSS")).description
    svg = draw_svg(description, WIDE, "alt")
    assert svg.count("<circle") == 1
    country = draw_plotly(description)["data"][1]
    assert country["y"][country["x"].index("2024-05")] is None
    assert country["connectgaps"] is False


def test_a_hidden_month_is_marked_and_said(visit: Ask) -> None:
    shown = view("open_vacancies", visit(area="614"))
    assert "2026-06" in [point.period for point in shown.description.lines[0].hidden()]
    assert draw_svg(shown.description, WIDE, "alt").count(">\u2026<") == len(shown.description.lines[0].hidden())
    assert any("salassa pidettävä" in note for note in shown.notes)


def test_a_break_is_a_dashed_line_with_its_word(visit: Ask) -> None:
    description = view("unemployment_rate", visit()).description
    assert [(mark.period, mark.label) for mark in description.marks] == [("2025-01", "palvelut kunnille")]
    svg = draw_svg(description, NARROW, "alt")
    assert 'class="break"' in svg
    assert "palvelut kunnille" in svg


def test_values_begin_at_zero_and_the_axis_reaches_above_the_highest(visit: Ask) -> None:
    for chart in CHARTS:
        description = view(chart, visit()).description
        highest = max(point.value or 0 for line in description.lines for point in line.points)
        assert description.y.low == 0
        assert description.y.high >= highest
        assert description.y.ticks[0].at == 0


def test_at_most_five_lines_are_drawn(visit: Ask) -> None:
    assert len(view("unemployment_rate", visit(compare="832,614,615,SK178,SSS")).description.lines) == 5


def test_vacancies_open_and_new_are_two_charts() -> None:
    assert {chart.indicator for chart in CHARTS.values()} >= {"open_vacancies", "new_vacancies"}
    assert all(isinstance(chart.indicator, str) for chart in CHARTS.values())


def test_an_area_without_data_is_described_and_not_left_blank(visit: Ask) -> None:
    shown = view("new_vacancies", visit(area="765"))
    assert shown.description.is_empty
    assert "Ei tietoja: Sotkamo" in draw_svg(shown.description, WIDE, shown.alt)
    assert shown.summary == "Ei tietoja: Sotkamo"
    assert draw_plotly(shown.description)["data"] == []


def test_text_alternative_tells_every_line_s_newest_value(visit: Ask) -> None:
    shown = view("unemployment_rate", visit(compare="832,SSS"))
    assert "Kuusamo 11,4\u00a0% (elokuu 2026); Taivalkoski" in shown.alt
    assert "Koko maa 12,8\u00a0% (kesäkuu 2026)" in shown.alt


def test_a_label_whose_month_is_older_than_the_chart_s_newest_says_so(visit: Ask) -> None:
    ends = [line.end for line in view("unemployment_rate", visit(compare="SSS")).description.lines]
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
    assert "ei julkaistu sellaisenaan: Koko maa, heinäkuu 2023\u2013lokakuu 2023" in notes
    assert "jäljennöksestä, ei haettu rajapinnasta: Kuusamo" in notes


def test_a_drawing_of_made_up_data_says_so(tmp_path: Path, visit_of: Ask) -> None:
    description = view("unemployment_rate", visit_of(build(tmp_path, made_up=True))).description
    for layout in (WIDE, MIDDLE, NARROW):
        assert "esimerkkiaineisto – ei oikeita lukuja" in draw_svg(description, layout, "alt")


def test_names_in_a_drawing_are_escaped(tmp_path: Path, visit_of: Ask) -> None:
    folder = build(tmp_path, change=lambda database: add(database, "unemployment_rate", "009", "2026-08", 9.9))
    shown = view("unemployment_rate", visit_of(folder, area="009", compare=""))
    assert "&lt;b&gt;" in draw_svg(shown.description, WIDE, shown.alt)
    ElementTree.fromstring(draw_svg(shown.description, WIDE, shown.alt))


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
