from datetime import date
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.edition import Area
from dashboards.selection import MAPPED, Problem, Selection, area_code, read_selection, write_query
from queries.settings import load_settings

SETTINGS = load_settings()
NAMES = {
    "SK178": ("sub_region", "Koillismaa", "Koillismaa"),
    "MK18": ("region", "Kainuu", "Kajanaland"),
    "MK17": ("region", "Pohjois-Pohjanmaa", "Norra Österbotten"),
    "MK19": ("region", "Lappi", "Lappland"),
    "SSS": ("country", "Koko maa", "Hela landet"),
    "SK999": ("sub_region", "Posio", "Posio"),
    "305": ("municipality", "Kuusamo", "Kuusamo"),
    "832": ("municipality", "Taivalkoski", "Taivalkoski"),
    "614": ("municipality", "Posio", "Posio"),
    "615": ("municipality", "Pudasjärvi", "Pudasjärvi"),
    "620": ("municipality", "Puolanka", "Puolanka"),
    "765": ("municipality", "Sotkamo", "Sotkamo"),
}
KNOWN = {code: Area(code, level, {"fi": fi, "sv": sv}) for code, (level, fi, sv) in NAMES.items()}


def read(query: str) -> Selection:
    return read_selection(parse_qs(query, keep_blank_values=True), "fi", KNOWN, SETTINGS)


def test_an_empty_address_asks_for_the_first_municipality_and_its_own_comparison() -> None:
    selection = read("")
    assert selection.area == SETTINGS.municipalities[0].code
    assert selection.compare == SETTINGS.municipalities[0].compare
    assert selection.problems == ()


def test_the_source_s_own_code_of_a_municipality_is_accepted() -> None:
    assert read("area=KU832").area == "832"
    assert area_code(" ku305 ") == "305"


def test_comparison_is_read_with_commas_and_from_a_form() -> None:
    assert read("area=305&compare=832,615").compare == ("832", "615")
    assert read("area=305&compare=&compare=832&compare=615").compare == ("832", "615")


def test_an_empty_comparison_means_none() -> None:
    assert read("area=305&compare=").compare == ()


def test_an_area_is_not_compared_with_itself() -> None:
    assert read("area=305&compare=305,832").compare == ("832",)


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("area=999", Problem("area", "999")),
        ("area=199", Problem("area", "199")),
        ("compare=xyz", Problem("compare", "xyz")),
        ("compare=832,614,615,620,SSS", Problem("too_many", "SSS")),
        ("month=2026-13", Problem("month", "2026-13")),
        ("month=elokuu", Problem("month", "elokuu")),
        ("month=9999-12", Problem("month", "9999-12")),
        ("from=0000-01", Problem("month", "0000-01")),
        ("from=2015", Problem("month", "2015")),
        ("from=2020-01&to=2019-01", Problem("order", "2020-01\u20132019-01")),
        ("view=map", Problem("view", "map")),
        ("indicator=population", Problem("indicator", "population")),
        ("as_of=2026-02-30", Problem("day", "2026-02-30")),
        ("as_of=20260615", Problem("day", "20260615")),
    ],
)
def test_a_value_that_cannot_be_used_is_told_and_its_default_taken(query: str, problem: Problem) -> None:
    selection = read(query)
    assert selection.problems == (problem,)
    assert selection.area == "305"
    assert (selection.month, selection.since, selection.until, selection.view) == ("", "", "", "chart")


def test_a_long_value_is_told_short() -> None:
    assert len(read("month=" + "9" * 5000).problems[0].value) == 40


months = st.builds("{:04d}-{:02d}".format, st.integers(2006, 2026), st.integers(1, 12))
selections = st.builds(
    Selection,
    language=st.just("fi"),
    area=st.sampled_from(sorted(KNOWN)),
    compare=st.lists(st.sampled_from(sorted(KNOWN)), unique=True, max_size=4).map(tuple),
    month=st.just("") | months,
    since=st.just("") | months.filter(lambda month: month < "2016"),
    until=st.just("") | months.filter(lambda month: month > "2016"),
    view=st.sampled_from(["chart", "table"]),
    indicator=st.sampled_from(MAPPED),
    as_of=st.none() | st.dates(date(2006, 1, 1), date(2026, 11, 1)),
).filter(lambda selection: selection.area not in selection.compare)


@given(selections)
def test_a_written_selection_is_read_as_the_same(selection: Selection) -> None:
    assert read(write_query(selection, SETTINGS, KNOWN)) == selection


@given(
    st.dictionaries(
        st.sampled_from(["area", "compare", "month", "from", "to", "view", "indicator", "as_of"]), st.lists(st.text())
    )
)
def test_no_address_whatsoever_breaks_the_reading(parts: dict[str, list[str]]) -> None:
    assert read_selection(parts, "fi", KNOWN, SETTINGS).area in KNOWN


@pytest.mark.parametrize(
    ("text", "code"),
    [("sotkamo", "765"), ("SOTK", "765"), ("Lappland", "MK19"), ("KU620", "620"), ("mk17", "MK17"), ("Posio", "614")],
)
def test_a_place_is_found_by_its_name_its_beginning_or_its_code(text: str, code: str) -> None:
    assert read(f"area=305&search={text}").area == code


@pytest.mark.parametrize("text", ["Atlantis", "Ku-", "P", "%3Cb%3E"])
def test_a_place_that_is_not_found_or_not_the_only_one_is_said_and_the_chosen_area_stays(text: str) -> None:
    selection = read(f"area=832&search={text}")
    assert selection.area == "832"
    assert [problem.code for problem in selection.problems] == ["search"]
