"""The state's compensation to municipalities for the wider liability of 2025, from the state's calculation table.

The ministry publishes it as a workbook, which nothing is known of but that it has a row a municipality. Saved as CSV it
is loaded by hand: `koillismaa import FILE.csv --source state_compensation --published 2024-11-15`. Columns are found by
their names, or named in [source.state_compensation.columns].
"""

import re
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from ingest.archive import Raw
from ingest.area_codes import municipalities
from ingest.columns import find_columns, load_layout
from ingest.csv_file import no_number_sql, number_sql, opened, recognise
from ingest.errors import LayoutChanged
from ingest.source import FRAME_COLUMNS, Parsed, Source
from queries.settings import NOTHING_BY_HAND, ByHand

NAME, INDICATOR = "state_compensation", "state_compensation_eur"
LAYOUT = Path(__file__).with_suffix(".toml")
REQUIRED = ("municipality", "year", "compensation")
ROLES = (*REQUIRED, "municipality_name")


def parse(raw: Raw, by_hand: ByHand = NOTHING_BY_HAND, beside: Sequence[Raw] = ()) -> Parsed:
    """Read a row a municipality and year, in euros. Raises LayoutChanged when columns, codes or numbers are others."""
    file = recognise(raw, fewest=len(REQUIRED))
    places = find_columns(file.header, load_layout(LAYOUT), REQUIRED, ROLES, by_hand, file.where)
    code, year, euros = (f"trim(c{places[role]})" for role in REQUIRED)
    name = f"c{places['municipality_name']}" if "municipality_name" in places else "''"
    with opened(file) as connection:
        plain = f"replace(replace({euros}, ' ', ''), '\u00a0', '')"
        rows = connection.execute(
            f"select {code}, {year}, {number_sql(plain)}, {no_number_sql(plain)}, coalesce({name}, '') from line"
        ).fetchall()
    refuse_rows(rows, file.where)
    areas = municipalities([(row[0], row[4], row[1]) for row in rows], by_hand, file.where)
    kept = [row for row in rows if row[0] in areas.codes]
    frame = pd.DataFrame(
        {
            "indicator": INDICATOR,
            "area": [areas.codes[row[0]] for row in kept],
            "period": [row[1] for row in kept],
            "dimension": "",
            "category": "",
            "value": pd.Series([row[2] for row in kept], dtype="float64"),
            "status": ["missing" if row[2] is None else "" for row in kept],
            "origin": "published",
        }
    )
    return Parsed(frame[list(FRAME_COLUMNS)], areas=areas.names, no_places=areas.no_places)


def refuse_rows(rows: list[tuple[str | None, str | None, float | None, bool | None, str]], where: str) -> None:
    """Raise LayoutChanged for a row without a code, with a year that is none, or with euros that are no number."""
    for code, year, _, no_number, _ in rows:
        if not code:
            raise LayoutChanged(where, "a municipality's code in every row", "a row without one")
        if not re.fullmatch(r"20\d\d", year or ""):
            raise LayoutChanged(where, "a year such as 2025 in every row", f"'{year}'")
        if no_number:
            raise LayoutChanged(where, f"euros as a number for {code}", "a text that is none")


SOURCES = (Source(NAME, (INDICATOR,), parse, roles=ROLES),)
