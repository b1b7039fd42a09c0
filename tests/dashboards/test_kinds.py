"""What the kinds of charts say of figures: the usual range, persons and index, groups, the path, occupations."""

import re
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from flask.testing import FlaskClient

from dashboards.charts.description import Bars, Panels, Plot
from dashboards.charts.normal import normal_of
from dashboards.pages.employment_review import describe
from dashboards.sentences import place_in_normal
from dashboards.view import View, view
from dashboards.visit import Visit
from tests.dashboards.small_database import add, build

Ask = Callable[..., Visit]
Put = Callable[[duckdb.DuckDBPyConnection], None]


def plot_of(shown: View) -> Plot:
    assert isinstance(shown.description, Plot)
    return shown.description


def bars_of(shown: View) -> Bars:
    assert isinstance(shown.description, Bars)
    return shown.description


def augusts(values: dict[int, float], indicator: str = "unemployment_rate") -> Put:
    def put(database: duckdb.DuckDBPyConnection) -> None:
        for year, value in values.items():
            add(database, indicator, "765", f"{year}-08", value)

    return put


def test_the_usual_range_is_of_the_same_month_in_the_ten_years_before(tmp_path: Path, visit_of: Ask) -> None:
    rates = {2015: 99.0, **{year: float(year - 2010) for year in range(2016, 2026)}, 2026: 50.0}
    normal = normal_of(
        visit_of(build(tmp_path, change=augusts(rates)), area="765"), "unemployment_rate", "765", "2026-08"
    )
    assert normal is not None
    assert (normal.low, normal.middle, normal.high, normal.years) == (6.0, 10.5, 15.0, 10)


@pytest.mark.parametrize(
    ("first", "end"), [(2016, "mediaani) on 10,0\u00a0%."), (2018, " Kymmenestä vuodesta tieto on 8 vuodelta.")]
)
def test_a_usual_range_that_rests_on_fewer_than_ten_years_says_so(
    tmp_path: Path, visit_of: Ask, first: int, end: str
) -> None:
    rates = dict.fromkeys(range(first, 2027), 10.0)
    assert place_in_normal(visit_of(build(tmp_path, change=augusts(rates)), area="765")).endswith(end)


def test_fewer_than_eight_years_make_no_usual_range(tmp_path: Path, visit_of: Ask) -> None:
    rates = dict.fromkeys(range(2019, 2027), 10.0)
    visit = visit_of(build(tmp_path, change=augusts(rates)), area="765")
    assert normal_of(visit, "unemployment_rate", "765", "2026-08") is None


def test_years_beyond_a_break_that_forbids_comparison_are_not_usual(tmp_path: Path, visit_of: Ask) -> None:
    rates = dict.fromkeys(range(2014, 2027), 20.0)
    visit = visit_of(build(tmp_path, change=augusts(rates, "activation_rate")), area="765")
    assert normal_of(visit, "activation_rate", "765", "2025-08") is None
    assert normal_of(visit, "activation_rate", "765", "2024-08") is not None


def test_an_index_is_a_hundred_in_its_base_month_and_says_which_that_is(visit: Ask) -> None:
    plot = plot_of(view("unemployment_rate", visit(compare="832", measure="index", from_="2023-01")))
    frame = view("unemployment_rate", visit(compare="832", measure="persons", from_="2023-01")).frame
    base = next(point.period for point in plot.lines[0].points if point.value is not None)
    assert plot.unit == f"indeksi, {int(base[5:])}/{base[:4]} = 100"
    for line in plot.lines:
        rows = frame[frame["area"] == line.area]
        persons = dict(zip(rows["period"].tolist(), rows["value"].tolist(), strict=True))
        held = [point for point in line.points if point.value is not None]
        assert held
        assert all(point.value == round(100 * persons[point.period] / persons[base], 1) for point in held)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("measure", ["rate", "persons", "index"])
@pytest.mark.parametrize("area", ["305", "765", "SSS"])
def test_no_place_for_a_word_is_left_unfilled(client: FlaskClient, language: str, measure: str, area: str) -> None:
    html = client.get(f"/{language}/tyollisyyskatsaus?area={area}&measure={measure}").get_data(as_text=True)
    seen = re.sub(r"<script.*?</script>", "", html, flags=re.DOTALL)
    assert re.findall(r"[^<>]*\{\w+\}[^<>]*", seen) == []


def test_an_area_that_would_press_the_others_flat_is_left_out_of_persons_and_named(
    tmp_path: Path, visit_of: Ask
) -> None:
    def put(database: duckdb.DuckDBPyConnection) -> None:
        add(database, "unemployed_jobseekers", "SSS", "2026-05", 350000.0)

    shown = view("unemployment_rate", visit_of(build(tmp_path, change=put), compare="832,SSS", measure="persons"))
    assert [line.area for line in plot_of(shown).lines] == ["305", "832"]
    assert any("yli kymmenkertainen: Koko maa" in note for note in shown.notes)
    assert "SSS" not in set(shown.frame["area"])


@pytest.mark.parametrize("measure", ["rate", "persons", "index"])
def test_the_table_beside_the_main_chart_has_its_values(visit: Ask, measure: str) -> None:
    page = describe(visit(compare="832", measure=measure, view="table"))
    card = next(card for card in page.cards if card.id == "unemployment_rate")
    assert card.view is not None
    newest = plot_of(card.view).lines[0].runs[-1][-1]
    row = next(row for row in card.table if row[0] == f"{int(newest.period[5:])}/{newest.period[:4]}")
    decimals = 0 if measure == "persons" else 1
    assert row[1].rstrip("*\u00b0\u2020").replace("\u00a0", "").replace(",", ".") == f"{newest.value:.{decimals}f}"


def test_an_unknown_measure_is_said_and_the_rate_is_shown(visit: Ask) -> None:
    asked = visit(measure="euros")
    assert [(problem.code, problem.value) for problem in asked.selection.problems] == [("measure", "euros")]
    assert view("unemployment_rate", asked).title == "Työttömien osuus työvoimasta"


def groups(database: duckdb.DuckDBPyConnection) -> None:
    add(database, "unemployment_rate", "765", "2026-08", 9.0)
    for period, women, men in (("2026-08", 120.0, 140.0), ("2025-08", 90.0, 139.0), ("2021-08", 100.0, None)):
        add(database, "unemployed_women", "765", period, women)
        add(database, "unemployed_men", "765", period, men, status="" if men else "suppressed")


def test_groups_stand_now_a_year_ago_and_five_years_ago(tmp_path: Path, visit_of: Ask) -> None:
    shown = view("structure", visit_of(build(tmp_path, change=groups), area="765"))
    bars = bars_of(shown)
    assert [series.label for series in bars.series] == ["elokuu 2026", "elokuu 2025", "elokuu 2021"]
    assert [(row.label, [bar.value for bar in row.bars]) for row in bars.rows] == [
        ("Työttömät naiset", [120.0, 90.0, 100.0]),
        ("Työttömät miehet", [140.0, 139.0, None]),
    ]
    assert bars.rows[1].bars[2].text == "…"
    assert (
        shown.summary
        == "Suurin muutos vuodessa on ryhmässä Työttömät naiset: 30 henkilöä enemmän kuin vuotta aiemmin (elokuu 2026)."
    )


def test_a_change_that_chance_makes_is_not_told(tmp_path: Path, visit_of: Ask) -> None:
    def put(database: duckdb.DuckDBPyConnection) -> None:
        add(database, "unemployment_rate", "765", "2026-08", 9.0)
        add(database, "unemployed_women", "765", "2026-08", 109.0)
        add(database, "unemployed_women", "765", "2025-08", 100.0)

    assert view("structure", visit_of(build(tmp_path, change=put), area="765")).summary.startswith("Mikään ryhmä")


def test_services_are_not_compared_over_the_new_register(tmp_path: Path, visit_of: Ask) -> None:
    def put(database: duckdb.DuckDBPyConnection) -> None:
        add(database, "unemployment_rate", "765", "2025-09", 9.0)
        add(database, "in_services_coaching", "765", "2025-09", 10.0)
        add(database, "in_services_coaching", "765", "2024-09", 90.0)

    visit = visit_of(build(tmp_path, change=put), area="765")
    shown = view("services", visit)
    assert "ei vertailukelpoinen" in shown.summary
    assert any("uusi asiakasrekisteri" in note for note in shown.notes)
    table = next(card.table for card in describe(visit).cards if card.id == "services")
    assert table[1] == ("Valmennuksessa", "10", "90", "×", "×")


def beveridge(database: duckdb.DuckDBPyConnection) -> None:
    for year, rate, vacancies in ((2023, 8.0, 50.0), (2024, 9.0, None), (2025, 9.5, 30.0), (2026, 10.0, 20.0)):
        add(database, "unemployment_rate", "765", f"{year}-08", rate)
        add(database, "labour_force", "765", f"{year}-08", 4000.0)
        add(database, "open_vacancies", "765", f"{year}-08", vacancies, status="" if vacancies else "suppressed")


def test_the_beveridge_path_joins_the_same_month_of_years_and_not_over_a_hidden_one(
    tmp_path: Path, visit_of: Ask
) -> None:
    shown = view("beveridge", visit_of(build(tmp_path, change=beveridge), area="765"))
    line = plot_of(shown).lines[0]
    assert [(point.period, point.x, point.value) for point in line.points] == [
        ("2023-08", 1.25, 8.0),
        ("2025-08", 0.75, 9.5),
        ("2026-08", 0.5, 10.0),
    ]
    assert [[point.period for point in run] for run in line.runs] == [["2023-08"], ["2025-08", "2026-08"]]
    assert shown.summary.startswith("Työttömiä oli 10,0\u00a0% työvoimasta ja avoimia työpaikkoja 0,5 sataa")


def occupations(count: int) -> Put:
    def put(database: duckdb.DuckDBPyConnection) -> None:
        add(database, "unemployment_rate", "765", "2026-08", 9.0)
        for number in range(count):
            code = f"{1000 + number}"
            for indicator, value in (("unemployed_jobseekers", 200.0 - number), ("open_vacancies", 10.0 + number)):
                add(database, indicator, "765", "2026-08", value, breakdown=("occupation", code))
        add(database, "unemployed_jobseekers", "765", "2026-08", None, "suppressed", breakdown=("occupation", "9999"))
        database.execute("insert into category values ('occupation', '1000', 'Myyjät', 'Försäljare', 'Sales workers')")

    return put


def test_the_ten_occupations_with_most_unemployed_have_their_vacancies_beside(tmp_path: Path, visit_of: Ask) -> None:
    shown = view("occupations_unemployed", visit_of(build(tmp_path, change=occupations(150)), area="765"))
    rows = bars_of(shown).rows
    assert len(rows) == 10
    assert rows[0].label == "Myyjät"
    assert [bar.value for bar in rows[0].bars] == [200.0, 10.0]
    assert shown.summary.startswith(
        "Eniten työttömiä on ryhmässä Myyjät, 200. Työttömiä on eniten yli avoimien työpaikkojen: Myyjät, 1001 ja 1002."
    )


def test_occupations_that_are_all_hidden_are_said_to_be(tmp_path: Path, visit_of: Ask) -> None:
    def put(database: duckdb.DuckDBPyConnection) -> None:
        add(database, "unemployment_rate", "765", "2026-08", 9.0)
        for number in range(150):
            breakdown = ("occupation", f"{1000 + number}")
            add(database, "unemployed_jobseekers", "765", "2026-08", None, "suppressed", breakdown=breakdown)

    shown = view("occupations_unemployed", visit_of(build(tmp_path, change=put), area="765"))
    assert shown.summary == "Sotkamo: salassa pidettävä"
    assert not any("koillismaa ingest" in note for note in shown.notes)


def test_a_card_without_occupations_has_its_sentence_and_neither_drawing_nor_menu(client: FlaskClient) -> None:
    html = client.get("/fi/tyollisyyskatsaus?area=305").get_data(as_text=True)
    card = html.partition('id="occupations_unemployed"')[2].partition("</section>")[0]
    assert "Ei tietoja: Kuusamo" in card
    assert "<svg" not in card
    assert "menu" not in card


def test_services_that_are_not_compared_are_not_warned_of_a_break(tmp_path: Path, visit_of: Ask) -> None:
    def put(database: duckdb.DuckDBPyConnection) -> None:
        add(database, "unemployment_rate", "765", "2026-06", 9.0)
        add(database, "in_services_coaching", "765", "2026-06", 10.0)

    shown = view("services", visit_of(build(tmp_path, change=put), area="765"))
    assert not any("asiakasrekisteri" in note for note in shown.notes)


def test_a_part_of_the_list_of_occupations_is_no_ranking(tmp_path: Path, visit_of: Ask) -> None:
    visit = visit_of(build(tmp_path, change=occupations(20)), area="765")
    shown = view("occupations_unemployed", visit)
    assert shown.description.is_empty
    assert [card.id for card in describe(visit).cards if card.id.startswith("occupations")] == [
        "occupations_unemployed"
    ]


def test_the_home_municipalities_share_one_axis(visit: Ask) -> None:
    panels = view("home_municipalities", visit()).description
    assert isinstance(panels, Panels)
    assert [plot.lines[0].label for plot in panels.plots] == ["Kuusamo", "Taivalkoski", "Pudasjärvi", "Posio"]
    assert len({plot.y for plot in panels.plots}) == 1
    assert len({plot.x for plot in panels.plots}) == 1
