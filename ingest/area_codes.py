"""Turn the codes and names of areas in Kela's files into ours; what is no place, or no longer one, is told apart."""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ingest.ckan import plain
from ingest.errors import LayoutChanged
from ingest.load import AREAS, AREAS_OF
from queries.settings import ByHand

UNKNOWN = "199"  # fewer than four persons, or not known: a code of the publishers that is no place
COUNTRY_CODES = ("000",)
UNKNOWN_NAMES = ("", "tuntematon", "tieto puuttuu", "ulkomaat")
ENOUGH_TO_TRUST = 5

# One row of what a file says: code, name, newest month, as text.
Told = Sequence[tuple[str, str, str]]


@dataclass(frozen=True)
class Areas:
    """Our code by the text that names an area in the file, its name by our code, and which codes are no places."""

    codes: dict[str, str]
    names: tuple[tuple[str, str], ...]
    no_places: frozenset[str]


@cache
def classification() -> dict[str, tuple[str, str]]:
    """Return level and Finnish name of every area of the classification that ships with the project."""
    with AREAS.open(encoding="utf-8", newline="") as file:
        return {row["area"]: (row["level"], row["name_fi"]) for row in csv.DictReader(file)}


def municipalities(told: Told, by_hand: ByHand, where: str) -> Areas:
    """Read codes of three digits, with or without their leading zeros. The whole country's row is another table's.

    A code that the classification does not hold has ended, unless it has figures later than the classification.
    Raises LayoutChanged.
    """
    codes, names, ended = {}, {}, set()
    for text, name, newest in told:
        code = by_hand.labels.get(text, text.zfill(3) if text else UNKNOWN)
        if not re.fullmatch(r"\d{3}", code):
            raise LayoutChanged(where, "municipalities as three digits", f"'{text}'")
        if code in COUNTRY_CODES:
            continue
        codes[text] = code
        names[code] = name
        if code not in classification() and (newest[:4] <= AREAS_OF or name.isdigit()):
            ended.add(code)
    return Areas(codes, tuple(names.items()), frozenset(ended | {UNKNOWN}))


def employment_areas(told: Told, by_hand: ByHand, where: str) -> Areas:
    """Read employment areas by their names or, where all names that fit agree with it, by their numbers.

    Raises LayoutChanged with the names that fit none.
    """
    known = {code: name for code, (level, name) in classification().items() if level == "employment_area"}
    by_name = {area_name(name): code for code, name in known.items()}
    found: dict[str, str] = {}
    for text, name, _ in told:
        given = by_hand.labels.get(name) or by_hand.labels.get(text) or by_name.get(area_name(name))
        if plain(name) in UNKNOWN_NAMES or text == UNKNOWN:
            given = UNKNOWN
        if given:
            found[text] = given
    numbers = {text: f"TA{int(text.removeprefix('TA')):02}" for text, *_ in told if text.removeprefix("TA").isdigit()}
    named = [text for text, code in found.items() if code != UNKNOWN]
    agree = len(named) >= ENOUGH_TO_TRUST and all(numbers.get(text) == found[text] for text in named)
    rest = [(text, name) for text, name, _ in told if text not in found]
    strange = [name or text for text, name in rest if not (agree and numbers.get(text) in known)]
    if strange:
        raise LayoutChanged(
            where,
            "employment areas of the classification ([source.….labels] in koillismaa.toml may give a name its code)",
            ", ".join(strange[:8]),
        )
    found |= {text: numbers[text] for text, _ in rest}
    return Areas(found, ((UNKNOWN, "Tuntematon"),), frozenset({UNKNOWN}))


def area_name(name: str) -> str:
    """Return an employment area's name for comparison, without the word itself."""
    return " ".join(word for word in plain(name).split() if not word.startswith("tyollisyysalue"))


def whole_country(told: Told, by_hand: ByHand, where: str) -> Areas:
    """Read a file that has no areas: every row is the whole country's."""
    return Areas({"": "SSS"}, (), frozenset())
