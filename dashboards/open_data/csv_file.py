"""Observations as CSV, and the CSVW metadata that describes that file (https://www.w3.org/TR/tabular-metadata/)."""

import csv
import io
from dataclasses import astuple
from typing import Any

from dashboards.open_data.notes import cite, source_notes, write_notes
from dashboards.open_data.parameters import COLUMNS
from dashboards.open_data.rows import Observations, Row, write_number

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
VALUE = COLUMNS.index("value")
MARK = "\ufeff"


def plain_text(text: str) -> str:
    """Return a text that a spreadsheet does not take for a formula."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def header_of(found: Observations) -> tuple[str, ...]:
    """Return the columns: made-up data has one more, which says so in each row."""
    return (*COLUMNS, "remark") if found.edition.made_up else COLUMNS


def write_csv(found: Observations) -> bytes:
    """Return the rows as CSV in UTF-8, for a Finnish Excel when it was asked for."""
    excel = found.asked.excel
    remark = [found.asked.words("made_up.stamp")] if found.edition.made_up else []
    text = io.StringIO(newline="")
    if excel:
        text.write(MARK)
    writer = csv.writer(text, delimiter=";" if excel else ",", lineterminator="\r\n")
    writer.writerow(header_of(found))
    writer.writerows([*cells_of(row, excel), *remark] for row in found.rows)
    return text.getvalue().encode("utf-8")


def cells_of(row: Row, excel: bool) -> list[str]:
    """Return a row's cells."""
    fields = astuple(row)
    number = write_number(row.value)
    cells = [plain_text(text) for text in (*fields[:VALUE], "", *fields[VALUE + 1 :])]
    cells[VALUE] = number.replace(".", ",") if excel else number
    return cells


def describe_csv(found: Observations, address: str) -> dict[str, Any]:
    """Return the CSVW metadata of the CSV at an address that stands beside it."""
    words = found.asked.words
    sources = source_notes(found)
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": words.language}],
        "url": address,
        "dc:title": ", ".join(words(f"indicator.{each.code}.label") for each in found.indicators),
        "dc:source": [cite(each) for each in sources],
        "dc:license": sorted({each.licence for each in sources}),
        "notes": [{"value": text} for text in write_notes(found)],
        "dialect": {
            "delimiter": ";" if found.asked.excel else ",",
            "encoding": "utf-8",
            "header": True,
            "lineTerminators": ["\r\n"],
        },
        "tableSchema": {
            "columns": [describe_column(found, name) for name in header_of(found)],
            "primaryKey": ["indicator", "area", "period", "dimension", "category"],
        },
    }


def describe_column(found: Observations, name: str) -> dict[str, Any]:
    """Return one column of the metadata. Without a breakdown dimension and category are empty in every row."""
    number = {"base": "decimal", "format": {"decimalChar": ","}} if found.asked.excel else "number"
    kinds: dict[str, Any] = {"value": number, "release": "dateTime", "fetched_at": "dateTime"}
    return {
        "name": name,
        "titles": name,
        "dc:description": found.asked.words(f"api.column.{name}"),
        "datatype": kinds.get(name, "string"),
        "null": "" if name == "value" else [],
    }
