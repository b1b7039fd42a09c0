from datetime import date, datetime

import pytest

from dashboards import format
from dashboards.words import load_words
from queries.catalogue import load_catalogue

INDICATORS = load_catalogue().indicators
RATE, PERSONS, VACANCIES = (
    INDICATORS[code] for code in ("unemployment_rate", "unemployed_jobseekers", "open_vacancies")
)
FI, SV, EN = (load_words(code) for code in ("fi", "sv", "en"))


def test_a_decimal_comma_stands_in_finnish_and_swedish_and_a_point_in_english() -> None:
    assert [format.number(words, 11.4, 1) for words in (FI, SV, EN)] == ["11,4", "11,4", "11.4"]


def test_thousands_and_percent_stand_apart_by_a_no_break_space() -> None:
    assert format.number(FI, 2743596) == "2\u00a0743\u00a0596"
    assert format.value(FI, 12.2, RATE) == "12,2\u00a0%"


@pytest.mark.parametrize(
    ("low", "high", "decimals", "written"),
    [(11.6, 11.7, 1, "11,7"), (10.1, 10.2, 1, "10,2"), (31.4, 31.7, 1, "31,6"), (-2.04, -1.89, 2, "\u22121,97")],
)
def test_the_middle_of_two_published_numbers_is_rounded_as_it_is_written(
    low: float, high: float, decimals: int, written: str
) -> None:
    assert format.number(FI, (low + high) / 2, decimals) == written


def test_of_euros_there_is_less_and_of_persons_there_are_fewer() -> None:
    euros = INDICATORS["cofunded_benefit_municipal_eur"]
    assert format.compared(EN, -6, euros).endswith("less than a year earlier")
    assert format.compared(EN, -6, PERSONS).endswith("fewer than a year earlier")
    assert "mindre" in format.compared(SV, -6, euros) and "färre" in format.compared(SV, -6, PERSONS)


def test_a_half_is_rounded_up_as_the_number_is_written() -> None:
    assert [format.number(FI, value, 1) for value in (25.15, 0.25, 2.45, -0.05)] == ["25,2", "0,3", "2,5", "\u22120,1"]
    assert [format.number(FI, value) for value in (0.5, 1.5, 2.5, 1234.5)] == ["1", "2", "3", "1\u00a0235"]
    assert format.signed(FI, 0.05, 1) == "+0,1"


def test_a_minus_is_a_true_minus() -> None:
    assert format.number(FI, -1234.5, 1) == "\u22121\u00a0234,5"


def test_a_value_that_rounds_to_zero_has_no_minus() -> None:
    assert format.number(FI, -0.04, 1) == "0,0"


@pytest.mark.parametrize(
    ("difference", "indicator", "text"),
    [
        (1.4, RATE, "1,4 prosenttiyksikköä"),
        (-1.0, RATE, "1,0 prosenttiyksikköä"),
        (1, PERSONS, "1 henkilö"),
        (-56, PERSONS, "56 henkilöä"),
        (1, VACANCIES, "1 työpaikka"),
    ],
)
def test_the_size_of_a_change_is_in_the_unit_of_its_indicator(difference: float, indicator: object, text: str) -> None:
    assert format.change(FI, difference, indicator) == text  # type: ignore[arg-type]


def test_a_change_in_a_table_has_its_sign() -> None:
    assert format.signed_change(FI, 1.4, RATE) == "+1,4"
    assert format.signed_change(FI, -0.5, RATE) == "\u22120,5"
    assert format.signed_change(FI, 0.0, RATE) == "0,0"


def test_months_are_words_in_text_and_numbers_on_axes() -> None:
    assert format.month(FI, "2026-08") == "elokuu 2026"
    assert format.in_month(FI, "2026-08") == "elokuussa 2026"
    assert format.in_month(SV, "2026-08") == "i augusti 2026"
    assert format.in_month(EN, "2026-08") == "in August 2026"
    assert format.short_month(FI, "2026-08") == "8/2026"


def test_the_day_of_a_stamp_is_the_day_in_helsinki() -> None:
    assert format.day(FI, datetime(2026, 9, 21, 21, 30)) == "22.9.2026"
    assert format.day(EN, date(2026, 9, 22)) == "22 September 2026"


def test_names_are_listed_as_in_a_sentence() -> None:
    assert format.listed(FI, ["a"]) == "a"
    assert format.listed(FI, ["a", "b", "c"]) == "a, b ja c"


@pytest.mark.parametrize(
    ("since", "until", "text"),
    [
        ("2016", "2020-07", "2016\u2013heinäkuu 2020"),
        ("2020", "2020-07", "2020\u2013heinäkuu 2020"),
        ("2013Q1", "2013Q4", "1. neljännes 2013\u20134. neljännes 2013"),
        ("2024Q3", "2024Q3", "3. neljännes 2024"),
        ("2026-06", "2026-08", "kesäkuu\u2013elokuu 2026"),
    ],
)
def test_a_stretch_of_periods_is_written_in_words(since: str, until: str, text: str) -> None:
    assert format.span(FI, since, until) == text
