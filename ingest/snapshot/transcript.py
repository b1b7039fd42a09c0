"""Read a transcript: figures that someone copied from a publisher's table, as CSV with the publisher's codes.

Columns: alue, kuukausi (or another period), tiedot, arvo; where the copy kept it, lippu (the publisher's symbol for a
hidden cell); where some figures are of another origin than the rest, such as computed ones, alkupera; where they are
broken down, luokitus and luokka, with the category's name in luokka_nimi; where it is a report that was read, kohta.
An empty value without a symbol is missing: the copy does not tell why.
"""

import csv
import io
import math
from collections.abc import Mapping

import pandas as pd

from ingest.errors import LayoutChanged
from ingest.jsonstat import STATUS_OF_SYMBOL

COLUMNS = frozenset({"alue", "kuukausi", "tiedot", "arvo"})


def read_transcript(content: bytes, contents: Mapping[str, str], where: str, origin: str) -> pd.DataFrame:
    """Return the transcript's rows with our indicator codes and the publisher's area and period codes.

    `contents` names the indicator of each content code; rows of other contents are left out. `origin` is that of the
    rows that name none. Columns: indicator, area, period, dimension, category, value, status, origin.
    Raises LayoutChanged.
    """
    rows = read_rows(content, where)
    if not rows or not rows[0].keys() >= COLUMNS:
        found = ", ".join(rows[0]) if rows else "no rows"
        raise LayoutChanged(where, f"the columns {', '.join(sorted(COLUMNS))}", found)
    ours = [row for row in rows if row["tiedot"] in contents]
    return pd.DataFrame(
        {
            "indicator": [contents[row["tiedot"]] for row in ours],
            "area": [row["alue"] for row in ours],
            "period": [row["kuukausi"] for row in ours],
            "dimension": [row.get("luokitus", "") for row in ours],
            "category": [row.get("luokka", "") for row in ours],
            "value": pd.Series([read_number(row, where) for row in ours], dtype="float64"),
            "status": [read_status(row, where) for row in ours],
            "origin": [row.get("alkupera") or origin for row in ours],
        }
    )


def read_rows(content: bytes, where: str) -> list[dict[str, str]]:
    """Return the rows of a CSV file by column name. Raises LayoutChanged when one has other columns than the first."""
    try:
        header, *lines = list(csv.reader(io.StringIO(content.decode("utf-8"), newline=""), strict=True)) or [[]]
    except (UnicodeDecodeError, csv.Error) as error:
        raise LayoutChanged(where, "CSV in UTF-8", str(error)) from error
    uneven = next((line for line in lines if len(line) != len(header) or any("\x00" in cell for cell in line)), None)
    if uneven is not None:
        raise LayoutChanged(where, f"{len(header)} columns of text in every row", ", ".join(uneven)[:80])
    return [dict(zip(header, line, strict=True)) for line in lines]


def read_number(row: Mapping[str, str], where: str) -> float:
    """Return a row's value, NaN where it is empty. Raises LayoutChanged."""
    try:
        value = float(row["arvo"] or "nan")
    except ValueError as error:
        raise LayoutChanged(where, "numbers with a decimal point", row["arvo"]) from error
    if row["arvo"] and not math.isfinite(value):
        raise LayoutChanged(where, "finite numbers", row["arvo"])
    return value


def read_status(row: Mapping[str, str], where: str) -> str:
    """Return a row's status. Raises LayoutChanged on an unknown symbol, or one that denies the value beside it."""
    symbol = row.get("lippu", "")
    if symbol not in ("", *STATUS_OF_SYMBOL):
        raise LayoutChanged(where, f"the symbols {' '.join(STATUS_OF_SYMBOL)}", symbol)
    if row["arvo"] and STATUS_OF_SYMBOL.get(symbol) not in (None, "preliminary"):
        raise LayoutChanged(where, "no value where a symbol says that there is none", row["arvo"])
    return STATUS_OF_SYMBOL.get(symbol) or ("" if row["arvo"] else "missing")
