"""Sum published figures where a table gives only the parts: areas of municipalities, age groups of years of age.

Only what the catalogue calls additive is summed, and only from all parts; a sum is marked `derived` (a projection stays
a projection). A sum with a part that has no value has none either, and says why.
"""

import csv
from collections import Counter
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from ingest.errors import LayoutChanged
from ingest.load import AREAS
from ingest.source import FRAME_COLUMNS
from queries.catalogue import load_catalogue

# Why a figure has no value, the reason that outweighs the others first.
REASONS = ("suppressed", "not_applicable", "missing")
KEYS = ["indicator", "area", "period", "dimension", "category"]
LEVELS = ("region", "sub_region", "employment_area")
YEARS_OF_AGE = 5
OLDEST = 100


@dataclass(frozen=True)
class Level:
    """One level of areas: the area of each municipality, and how many municipalities each has today.

    A municipality that has ended belongs to the area of the one that it has joined.
    """

    area_of: dict[str, str]
    sizes: Counter[str]


@cache
def level_of_areas(name: str) -> Level:
    """Read a level from the classification that ships with the project."""
    with AREAS.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row[name]]
    today = Counter(row[name] for row in rows if row["level"] == "municipality")
    return Level({row["area"]: row[name] for row in rows if row["area"].isdigit()}, today)


@cache
def ended_municipalities() -> frozenset[str]:
    """Return the municipalities of the classification that have ended."""
    with AREAS.open(encoding="utf-8", newline="") as file:
        return frozenset(row["area"] for row in csv.DictReader(file) if row["level"] == "unplaced")


def with_areas(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with sums over municipalities for regions, sub-regions and employment areas that it lacks."""
    indicators = load_catalogue().indicators
    additive = [code for code in frame["indicator"].unique() if indicators[code].additive]
    parts = as_text(frame[frame["indicator"].isin(additive)])
    added = [sums_of_level(parts, level_of_areas(name)) for name in LEVELS]
    return pd.concat([frame, *(each for each in added if len(each))], ignore_index=True)


def as_text(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with its columns of codes as plain text, which may be changed and put together."""
    return frame.astype({column: str for column in FRAME_COLUMNS if column != "value"})


def sums_of_level(parts: pd.DataFrame, level: Level) -> pd.DataFrame:
    """Return the sums over the areas of a level of which every municipality is among the parts."""
    held = set(parts["area"])
    area_of = {code: area for code, area in level.area_of.items() if area not in held}
    ours = parts[parts["area"].isin(area_of)]
    moved = ours.assign(area=ours["area"].map(area_of), today=~ours["area"].isin(ended_municipalities()))
    whole = moved.groupby(KEYS, sort=False)["today"].transform("sum") == moved["area"].map(level.sizes)
    return sums_of(moved[whole])


def sums_of(parts: pd.DataFrame) -> pd.DataFrame:
    """Return one row per indicator, area, period, dimension and category: the sum of all parts that have them."""
    grouped = parts.groupby(KEYS, sort=False)
    sums = grouped.agg(
        value=("value", "sum"), held=("value", "count"), size=("value", "size"), origin=("origin", "first")
    )
    reasons = [
        parts["status"].eq(reason).groupby([parts[key] for key in KEYS], sort=False).any().to_numpy()
        for reason in (*REASONS, "preliminary")
    ]
    whole = (sums["held"] == sums["size"]).to_numpy()
    status = np.select([*(~whole & each for each in reasons[:-1]), whole & reasons[-1]], [*REASONS, "preliminary"], "")
    origin = sums["origin"].where(sums["origin"] == "projection", "derived")
    columns = sums.reset_index()[KEYS].assign(
        value=sums["value"].where(whole).to_numpy(dtype="float64"), status=status, origin=origin.to_numpy()
    )
    return columns[list(FRAME_COLUMNS)]


def in_age_groups(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with years of age (000 … 100-) put together by five: 0-4 … 95-99, 100-.

    Rows without age stay. Raises LayoutChanged when a group lacks a year.
    """
    with_age = frame["dimension"].astype(str).str.startswith("age")
    if not with_age.any():
        return frame
    parts = as_text(frame[with_age])
    split = parts["category"].str.partition(",")
    groups = {year: age_group(year) for year in split[0].unique()}
    sizes = Counter(groups.values())
    short = [group for group, size in sizes.items() if size != (1 if group == f"{OLDEST}-" else YEARS_OF_AGE)]
    if short:
        raise LayoutChanged("Ages of an answer", "every year of a group", f"{sizes[short[0]]} years of {short[0]}")
    grouped = parts.assign(category=split[0].map(groups) + split[1] + split[2])
    return pd.concat([frame[~with_age], sums_of(grouped)], ignore_index=True)


def age_group(year: str) -> str:
    """Return the five years that an age such as 047 belongs to: 45-49; 100- stays."""
    first = int(year.rstrip("-")) // YEARS_OF_AGE * YEARS_OF_AGE
    return f"{first}-" if first >= OLDEST else f"{first}-{first + YEARS_OF_AGE - 1}"
