"""Read a transcript: figures that someone copied from a publisher's table, as CSV with the publisher's codes.

Columns: alue, kuukausi, tiedot, arvo and, where the copy kept it, lippu (the publisher's symbol for a hidden cell).
An empty value without a symbol is missing: the copy does not tell why.
"""

import csv
import io
from collections.abc import Mapping

import pandas as pd

from ingest.errors import LayoutChanged
from ingest.jsonstat import STATUS_OF_SYMBOL

COLUMNS = frozenset({"alue", "kuukausi", "tiedot", "arvo"})


def read_transcript(content: bytes, contents: Mapping[str, str], where: str) -> pd.DataFrame:
    """Return the transcript's rows with our indicator codes and the publisher's area and period codes.

    `contents` names the indicator of each content code; rows of other contents are left out.
    Columns: indicator, area, period, value, status. Raises LayoutChanged.
    """
    try:
        rows = list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))
    except (UnicodeDecodeError, csv.Error) as error:
        raise LayoutChanged(where, "CSV in UTF-8", str(error)) from error
    if not rows or not rows[0].keys() >= COLUMNS:
        raise LayoutChanged(
            where, f"the columns {', '.join(sorted(COLUMNS))}", ", ".join(rows[0]) if rows else "no rows"
        )
    ours = [row for row in rows if row["tiedot"] in contents]
    return pd.DataFrame(
        {
            "indicator": [contents[row["tiedot"]] for row in ours],
            "area": [row["alue"] for row in ours],
            "period": [row["kuukausi"] for row in ours],
            "value": pd.Series([read_number(row, where) for row in ours], dtype="float64"),
            "status": [read_status(row, where) for row in ours],
        }
    )


def read_number(row: Mapping[str, str], where: str) -> float:
    """Return a row's value, NaN where it is empty. Raises LayoutChanged."""
    try:
        return float(row["arvo"]) if row["arvo"] else float("nan")
    except ValueError as error:
        raise LayoutChanged(where, "numbers with a decimal point", row["arvo"]) from error


def read_status(row: Mapping[str, str], where: str) -> str:
    """Return a row's status. Raises LayoutChanged on an unknown symbol."""
    symbol = row.get("lippu") or ""
    if symbol not in ("", *STATUS_OF_SYMBOL):
        raise LayoutChanged(where, f"the symbols {' '.join(STATUS_OF_SYMBOL)}", symbol)
    return STATUS_OF_SYMBOL.get(symbol) or ("" if row["arvo"] else "missing")
