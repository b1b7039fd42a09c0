import json
import math
import re
from collections.abc import Callable
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from flask.testing import FlaskClient

from dashboards.charts import CHARTS
from dashboards.charts.description import Bars, Panels, Plot
from dashboards.charts.draw_svg import draw_svg
from dashboards.charts.stops import Reading, Stop, stops_of, tell_stops, write_stops
from dashboards.charts.svg_parts import WIDE
from dashboards.periods import year_before
from dashboards.view import view
from dashboards.visit import Visit
from dashboards.words import load_words
from tests.dashboards.drawn_paths import places_through
from tests.dashboards.small_database import add, build

Ask = Callable[..., Visit]
PAGE = "/fi/tyollisyyskatsaus"
MONTHS = load_words("fi").texts


def described(visit: Visit, chart: str) -> Plot | Bars:
    description = view(chart, visit).description
    shown = description.plots[0] if isinstance(description, Panels) else description
    assert isinstance(shown, Plot | Bars)
    return shown


def stops(visit: Visit, chart: str) -> tuple[Stop, ...]:
    return stops_of(visit, CHARTS[chart], described(visit, chart))


def told(visit: Visit) -> str:
    return tell_stops(visit, CHARTS["unemployment_rate"], described(visit, "unemployment_rate"))


def readings(visit: Visit, chart: str, name: str) -> dict[str, Reading]:
    """Return what is read of an area, by the words of the month."""
    return {stop.head: line for stop in stops(visit, chart) for line in stop.lines if line.name == name}


def words_of(period: str) -> str:
    return f"{MONTHS[f'month.name.{int(period[5:]) - 1}']} {period[:4]}"


def cells(frame: pd.DataFrame) -> dict[tuple[str, str], float]:
    return dict(zip(zip(frame["area"], frame["period"], strict=True), frame["value"].tolist(), strict=True))


def number(text: str) -> float:
    found = re.match(r"[+\u2212]?[\d\u00a0]+(?:,\d+)?", text)
    assert found, text
    return float(found[0].replace("\u2212", "-").replace("\u00a0", "").replace(",", "."))


@pytest.mark.parametrize(
    ("chart", "area"),
    [("unemployment_rate", "305"), ("unemployment_rate", "832"), ("open_vacancies", "614"), ("new_vacancies", "305")],
)
def test_every_figure_of_a_chart_is_read_to_its_last_digit_with_its_change(visit: Ask, chart: str, area: str) -> None:
    shown = visit(area=area, compare="305,832,SK178,SSS", from_="2006-01")
    held = cells(view(chart, shown).frame)
    frame = shown.figures.frame
    everything = cells(frame[frame["indicator"] == CHARTS[chart].indicator])
    read = {(line.name, stop.head): line for stop in stops(shown, chart) for line in stop.lines}
    assert held
    for (place, period), value in held.items():
        line = read[shown.name(place), words_of(period)]
        if value != value:
            assert line.value == "salassa pidettävä"
            continue
        assert number(line.value) == value
        then = everything.get((place, year_before(period)), float("nan"))
        if then == then:
            assert number(line.change) == round(value - then, 1)
            assert line.change.endswith("vuodessa")
        else:
            assert "vertailutieto" in line.change


def test_a_value_is_read_with_its_unit_and_the_change_in_its_own(visit: Ask) -> None:
    rate = readings(visit(), "unemployment_rate", "Kuusamo")["elokuu 2026"]
    assert (rate.value, rate.change, rate.look) == ("11,4\u00a0%", "+1,4\u00a0%-yks. vuodessa", "area-305")
    vacancies = readings(visit(), "open_vacancies", "Kuusamo")["kesäkuu 2026"]
    assert vacancies.value == "206 työpaikkaa"
    assert "työpaikkaa vuodessa" in vacancies.change


def test_a_month_that_an_area_lacks_is_said_and_has_no_dot(visit: Ask) -> None:
    gap = readings(visit(compare="SSS"), "unemployment_rate", "Koko maa")["toukokuu 2024"]
    assert gap == ("Koko maa", "ei tietoa", "", None, "area-SSS")


def test_a_hidden_value_is_read_as_its_reason(visit: Ask) -> None:
    hidden = readings(visit(area="614"), "open_vacancies", "Posio")["kesäkuu 2026"]
    assert hidden == ("Posio", "salassa pidettävä", "", None, "area-614")


def test_nothing_that_is_read_is_empty(visit: Ask) -> None:
    for chart in ("unemployment_rate", "open_vacancies", "new_vacancies"):
        lines = [line for stop in stops(visit(area="614"), chart) for line in stop.lines]
        assert [line for line in lines if not line.name or not line.value] == []


def test_no_change_is_read_across_a_break_that_forbids_it(tmp_path: Path, visit_of: Ask) -> None:
    def forbid(connection: duckdb.DuckDBPyConnection) -> None:
        note = ["customer_register_2025_06", "unemployment_rate", "2025-06", "not_comparable"]
        connection.execute("insert into break_note values (?, ?, ?, ?)", note)

    read = readings(visit_of(build(tmp_path, change=forbid)), "unemployment_rate", "Kuusamo")
    assert read["kesäkuu 2025"].change == "ei vertailukelpoinen"
    assert read["toukokuu 2026"].change == "ei vertailukelpoinen"
    assert read["toukokuu 2025"].change.endswith("vuodessa")
    assert read["kesäkuu 2026"].change.endswith("vuodessa")


def test_a_stop_stands_where_its_point_is_drawn(visit: Ask) -> None:
    shown = visit(compare="832")
    svg = draw_svg(described(shown, "unemployment_rate"), WIDE, "alt")
    left, top, right, bottom = (
        float(each) for each in re.findall(r'data-plot="([^"]+)"', svg)[0].split()
    )  # fmt: skip
    group = re.findall(r'<g class="area-305".*?</g>', svg)[0]
    drawn = places_through(re.findall(r' d="([^"]+)"', group)[0])
    read = [
        (left + stop.x * (right - left), top + line.y * (bottom - top))
        for stop in stops(shown, "unemployment_rate")
        for line in stop.lines[:1]
        if stop.x is not None and line.y is not None
    ]
    assert len(drawn) >= 30
    exact = 0.0005 * max(right - left, bottom - top) + 0.1
    assert [place for place in drawn if not any(math.dist(place, stop) <= exact for stop in read)] == []


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ([0.0, 0.333, 0.667, 1.0], [0.0, 1.0]),
        ([1.0, 0.75, 0.5, 0.25], [1.0, 0.25]),
        ([0.0, 0.3, 0.667, 1.0], [0.0, 0.3, 0.667, 1.0]),
        ([0.0, 1.0], [0.0, 1.0]),
        ([0.5], [0.5]),
        ([None, None, None], None),
    ],
)
def test_of_places_equally_far_apart_the_ends_are_told(found: list[float | None], told: list[float] | None) -> None:
    stops = tuple(Stop(x, None, "", (Reading("", "", "", None, ""),)) for x in found)
    assert json.loads(write_stops(stops))["x"] == told


def test_stops_follow_each_other_from_left_to_right(visit: Ask) -> None:
    places = [stop.x or 0.0 for stop in stops(visit(), "unemployment_rate")]
    assert places == sorted(places)
    assert (places[0] >= 0, places[-1] <= 1) == (True, True)


@pytest.mark.parametrize(("language", "change"), [("sv", "på ett år"), ("en", "on the year")])
def test_stops_speak_the_reader_s_language(visit: Ask, language: str, change: str) -> None:
    text = write_stops(stops(visit(language), "unemployment_rate"))
    assert change in text
    assert "vuodessa" not in text


def test_stops_cannot_end_the_element_that_holds_them(tmp_path: Path, visit_of: Ask) -> None:
    folder = build(tmp_path, change=lambda database: add(database, "unemployment_rate", "009", "2026-08", 9.9))
    shown = visit_of(folder, area="009", compare="")
    text = write_stops(stops(shown, "unemployment_rate"))
    assert "<" not in text
    assert json.loads(text)["lines"][0][0] == "Äänekoski & <b>"


def test_a_chart_without_figures_has_no_stops(visit: Ask) -> None:
    assert stops(visit(area="765"), "new_vacancies") == ()


def test_a_page_carries_the_stops_of_each_chart_and_a_page_of_tables_none(client: FlaskClient) -> None:
    html = client.get(PAGE).get_data(as_text=True)
    blocks = re.findall(r'<script type="application/json" class="stops">(.*?)</script>', html)
    assert len(blocks) >= 5
    first = json.loads(blocks[0])
    assert (first["heads"][-1], first["x"][-1], first["y"]) == ("elokuu 2026", 1.0, None)
    assert first["lines"][0][:2] == ["Kuusamo", "area-305"]
    assert [column[-1] for column in first["lines"][0][2:4]] == ["11,4\u00a0%", "+1,4\u00a0%-yks. vuodessa"]
    assert 'class="stops"' not in client.get(f"{PAGE}?view=table").get_data(as_text=True)


def test_a_row_of_bars_is_read_with_all_its_figures_and_signs_as_words(visit: Ask) -> None:
    shown = visit(area="614")
    bars = described(shown, "structure")
    assert isinstance(bars, Bars)
    read = stops(shown, "structure")
    assert [stop.head for stop in read] == [row.label for row in bars.rows]
    assert [len(stop.lines) for stop in read] == [len(bars.series)] * len(bars.rows)
    said = {line.value for stop in read for line in stop.lines}
    assert not said & {"\u2026", "..", ".", "\u00d7"}
    assert all(stop.x is None and 0 < (stop.y or 0) < 1 for stop in read)


def test_a_point_of_a_path_is_read_on_both_its_axes(visit: Ask) -> None:
    newest = stops(visit(area="305"), "beveridge")[-1]
    assert newest.head == "kesäkuu 2026"
    assert newest.lines[0][:2] == ("Työttömien osuus työvoimasta", "12,2\u00a0%")
    assert newest.lines[1][:2] == ("paikkoja 100 työvoimaan kuuluvaa kohti", "3,1")
    assert newest.x is not None and newest.x > 0.5
    assert newest.y == newest.lines[0].y


def test_an_index_is_read_as_an_index_and_never_as_what_was_told_of_the_persons(visit: Ask) -> None:
    persons = readings(visit(measure="persons"), "unemployment_rate", "Kuusamo")
    index = readings(visit(measure="index"), "unemployment_rate", "Kuusamo")
    assert persons.keys() == index.keys()
    assert persons["kesäkuu 2026"].value == "805 henkilöä"
    assert re.fullmatch(r"\d+,\d", index["kesäkuu 2026"].value)
    written = [
        tell_stops(
            visit(measure=measure), CHARTS["unemployment_rate"], described(visit(measure=measure), "unemployment_rate")
        )
        for measure in ("rate", "persons", "index", "persons")
    ]
    assert len(set(written)) == 3


def test_what_was_told_of_one_question_is_not_told_of_another(visit: Ask) -> None:
    questions: list[dict[str, str]] = [
        {}, {"language": "sv"}, {"area": "614"}, {"compare": "832"}, {"compare": ""}, {"as_of": "2026-08-01"},
        {"from_": "2024-01"}, {"to": "2026-01"},
    ]  # fmt: skip
    first = [told(visit(**question)) for question in questions]
    assert len(set(first)) == len(questions)
    assert [told(visit(**question)) for question in questions] == first
