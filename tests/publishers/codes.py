"""The value codes of the fake Statistics Finland: real ones for areas and contents, made-up ones for the rest."""

import json
from itertools import product
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
AREAS: list[dict[str, Any]] = json.loads((HERE / "areas.json").read_text(encoding="utf-8"))
CONTENTS: dict[str, list[dict[str, Any]]] = json.loads((HERE / "contents.json").read_text(encoding="utf-8"))
AREA_CODES = tuple(str(area["code"]) for area in AREAS)
MUNICIPALITIES = [area for area in AREAS if "within" in area]
UNKNOWN, FLEXIBLE = "KU199", "KUJOU"

SEXES = ("SSS", "1", "2")
AGES = ("SSS", "15-19", "20-24", "25-29", "30-34", "35-39", "40-44", "45-49", "50-54", "55-59", "60-64", "65-")

_GROUPS_IN_MAJOR = {"0": 3, "1": 4, "2": 6, "3": 5, "4": 4, "5": 4, "6": 3, "7": 5, "8": 3, "9": 6}
_GROUPS = tuple(f"{major}{group}" for major, last in _GROUPS_IN_MAJOR.items() for group in range(1, last + 1))
OCCUPATIONS = (*map("".join, product(_GROUPS, "12", "12349")), "X001", "X002", "X003", "X004")


def content_codes(table: str) -> tuple[str, ...]:
    """Give the content codes of a table in its order."""
    return tuple(str(content["code"]) for content in CONTENTS[table])


def months(first: str, last: str) -> tuple[str, ...]:
    """Give every month from first to last, such as 2009M01."""
    numbers = range(month_number(first), month_number(last) + 1)
    return tuple(f"{number // 12}M{number % 12 + 1:02}" for number in numbers)


def month_number(month: str) -> int:
    """Count the months from year nought to a month such as 2009M01."""
    year, _, part = month.partition("M")
    return int(year) * 12 + int(part) - 1


def years(first: int, last: int) -> tuple[str, ...]:
    """Give every year from first to last."""
    return tuple(str(year) for year in range(first, last + 1))


def quarters(first: int, last: int) -> tuple[str, ...]:
    """Give every quarter of the years from first to last, such as 2024Q3."""
    return tuple(f"{year}Q{part}" for year in range(first, last + 1) for part in range(1, 5))


def quarter_number(quarter: str) -> int:
    """Count the quarters from year nought to a quarter such as 2024Q3."""
    year, _, part = quarter.partition("Q")
    return int(year) * 4 + int(part) - 1
