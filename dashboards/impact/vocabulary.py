"""What the names on the form mean, in whatever language it was made, and the faults of a form in words."""

from collections.abc import Iterable, Mapping

from dashboards.format import number
from dashboards.words import Words, languages, load_words
from queries.impact_workbook import CHOICES, SHEETS, Fault, Vocabulary, fold


def make_vocabulary(municipalities: Mapping[str, tuple[str, ...]]) -> Vocabulary:
    """Return the vocabulary of all languages. `municipalities` are the names of each by its code."""
    return Vocabulary(
        sheets=names_of("impact.sheet", (sheet.code for sheet in SHEETS)),
        columns={
            sheet.code: names_of(f"impact.column.{sheet.code}", (column.code for column in sheet.columns))
            for sheet in SHEETS
        },
        choices={name: names_of(f"impact.choice.{name}", codes) for name, codes in CHOICES.items()},
        municipalities={fold(name): code for code, names in municipalities.items() for name in (code, *names)},
    )


def names_of(key: str, codes: Iterable[str]) -> dict[str, str]:
    """Return the codes below a key of words by their folded name in each language."""
    return {fold(load_words(language)(f"{key}.{code}")): code for code in codes for language in languages()}


def tell_fault(words: Words, fault: Fault) -> str:
    """Write a fault as one sentence: where it is and what was expected. What a cell holds is not said."""
    if not fault.sheet:
        return words(f"impact.refused.{fault.code}", **place_of(words, fault))
    if words.has(f"impact.fault.{fault.code}"):
        return words(f"impact.fault.{fault.code}", **place_of(words, fault))
    expected = words(f"impact.expected.{fault.code}", **place_of(words, fault))
    return words("impact.fault.place", expected=expected, **place_of(words, fault))


def place_of(words: Words, fault: Fault) -> dict[str, str]:
    """Return everything that a sentence may say of a fault, in words."""
    column = f"impact.column.{fault.sheet}.{fault.column}"
    return {
        "sheet": words(f"impact.sheet.{fault.sheet}") if fault.sheet else "",
        "column": words(column) if fault.column else "",
        "row": str(fault.row),
        "letter": fault.letter,
        "part": fault.part or "xlsx",
        "low": number(words, fault.low),
        "high": number(words, fault.high),
        "other": fault.other,
        "choices": ", ".join(choice_names(words, fault.choices)) if fault.choices else "",
    }


def choice_names(words: Words, name: str) -> list[str]:
    """Return the names of a set of codes in their order."""
    return [words(f"impact.choice.{name}.{code}") for code in CHOICES[name]]
