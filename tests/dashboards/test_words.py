import re
import string

import pytest

from dashboards.errors import WordMissing
from dashboards.words import languages, load_words, missing_words
from queries.catalogue import load_catalogue


def test_no_language_lacks_a_word_that_another_one_has() -> None:
    assert missing_words() == {code: [] for code in languages()}


def test_every_word_takes_the_same_values_in_every_language() -> None:
    def values_of(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    finnish = load_words("fi").texts
    optional = {"day", "month.short", "front.extremes.in_place"}
    for code in languages():
        for key, text in load_words(code).texts.items():
            if key not in optional and not key.startswith("place."):
                assert values_of(text) == values_of(finnish[key]), (code, key)


def test_every_break_has_its_words() -> None:
    for each in load_catalogue().breaks:
        for part in ("mark", "note", "why"):
            assert load_words("fi").has(f"break.{each.code}.{part}")


def test_every_source_has_its_publisher_in_words() -> None:
    assert [code for code in load_catalogue().sources if not load_words("sv").has(f"source.{code}.publisher")] == []


def test_every_indicator_has_a_label_and_every_unit_and_dimension_its_words() -> None:
    words, indicators = load_words("en"), load_catalogue().indicators
    units = {each.unit for each in indicators.values()}
    dimensions = {name for each in indicators.values() for pair in each.dimensions for name in pair.split(",")}
    keys = [f"indicator.{code}.label" for code in indicators]
    keys += [f"unit.{unit}" for unit in units]
    keys += [f"change.{unit}.{form}" for unit in units for form in ("one", "other")]
    keys += [f"dimension.{name}" for name in dimensions]
    assert [key for key in keys if not words.has(key)] == []


def test_every_industry_and_sex_has_its_words() -> None:
    keys = [f"category.industry.{letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUX"]
    keys += ["category.sex.1", "category.sex.2", "category.age.span", "category.age.from"]
    assert [key for key in keys if not load_words("sv").has(key)] == []


def test_no_word_of_another_language_stands_in_a_locale_by_copy() -> None:
    allowed = {
        "number.decimal",
        "month.short",
        "month.name_year",
        "day",
        "trend.point",
        "trend.single",
        "unit.percent",
        "change.eur.one",
    }
    same = [
        key
        for key, text in load_words("fi").texts.items()
        if text == load_words("en").texts[key] and re.search("[a-z]{3}", re.sub(r"\{\w+\}", "", text))
    ]
    assert set(same) <= allowed


def test_no_text_has_two_spaces_in_a_row() -> None:
    for language in languages():
        spaced = [key for key, text in load_words(language).texts.items() if re.search("[ \u00a0]{2}", text)]
        assert spaced == [], language


def test_a_missing_word_says_which_file_to_mend() -> None:
    with pytest.raises(WordMissing, match=r"locale/fi\.toml"):
        load_words("fi")("no.such.word")


def test_an_unknown_language_says_which_there_are() -> None:
    with pytest.raises(WordMissing, match="en, fi, sv"):
        load_words("de")


def test_finnish_comes_first_among_the_languages() -> None:
    assert languages() == ("fi", "sv", "en")
