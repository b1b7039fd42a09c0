"""Filled forms of the impact tool to test with, and ways to damage them."""

import io
import struct
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import Any

import openpyxl

from dashboards.impact.template import Rows, make_template
from dashboards.impact.vocabulary import make_vocabulary
from dashboards.words import load_words
from ingest.impact.places import municipality_names
from queries.impact_example import example_rows
from queries.impact_workbook import Value, Vocabulary

Row = dict[str, Value]
SHEET_OF = {"project": "Hanke", "customers": "Asiakkaat", "services": "Palvelut", "costs": "Kustannukset"}
CUSTOMERS = "xl/worksheets/sheet4.xml"


@cache
def vocabulary() -> Vocabulary:
    return make_vocabulary(municipality_names())


def offered() -> dict[str, str]:
    return {code: municipality_names()[code][0] for code in ("305", "832", "615", "614", "620")}


def customer(name: str, **values: Value) -> Row:
    """Return a made-up customer whose customership goes on, unless it is told otherwise."""
    usual: Row = {
        "customer": name,
        "organisation": "Kunta",
        "municipality": "305",
        "target_group": "young",
        "start": date(2025, 1, 7),
    }
    return usual | values


def few_rows(**sheets: list[Row]) -> Mapping[str, list[Row]]:
    """Return the rows of a small form without faults."""
    small: dict[str, list[Row]] = {
        "project": [
            {
                "code": "KOE",
                "name": "Koe",
                "until": date(2025, 12, 31),
                "data_kind": "real",
                "price_low": 1000.0,
                "price": 2000.0,
                "price_high": 3000.0,
            }
        ],
        "organisations": [{"organisation": "Kunta", "persons_reached": 3, "persons_target": 4}],
        "customers": [
            customer("A001", end=date(2025, 3, 1), outcome="work", state_3="work", state_6="unemployed"),
            customer("A002", end=date(2025, 6, 1), outcome="not_reached"),
            customer("A003"),
        ],
        "services": [
            {"customer": "A001", "service": "mapping", "hours": 1.5},
            {"customer": "A001", "service": "outreach", "hours": 4.0},
        ],
        "feedback": [{"respondent": "customer", "organisation": "Kunta", "score": 9, "grade": 8.5}],
        "costs": [{"organisation": "Kunta", "cost": "staff", "eur": 3000.0}],
        "reference": [{"name": "Tilasto", "target_group": None, "share": 30.0}],
    }
    return small | sheets


def form(rows: Rows | None = None, language: str = "fi") -> bytes:
    """Return a form filled with rows, the small one unless others are given."""
    return make_template(load_words(language), offered(), rows or few_rows())


@cache
def example() -> bytes:
    return make_template(load_words("fi"), offered(), example_rows())


def edited(change: Callable[[Any], None], content: bytes | None = None) -> bytes:
    """Return a form after a change that a spreadsheet program could make."""
    book = openpyxl.load_workbook(io.BytesIO(content or form()))
    change(book)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def with_cell(sheet: str, cell: str, value: object) -> bytes:
    """Return a form in which one cell holds something else."""

    def write(book: Any) -> None:
        book[SHEET_OF.get(sheet, sheet)][cell] = value

    return edited(write)


def repacked(
    change: Mapping[str, Callable[[bytes], bytes]] | None = None, add: Mapping[str, bytes] | None = None
) -> bytes:
    """Return a form with some parts changed and some added."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(form())) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, (change or {}).get(name, bytes)(old.read(name)))
        for name, part in (add or {}).items():
            new.writestr(name, part)
    return packed.getvalue()


def with_lying_header(content: bytes, name: str, size: int) -> bytes:
    """Return a form whose table of contents says that a part is of another size."""
    place = content.rindex(b"PK\x01\x02", 0, content.rindex(name.encode()))
    return content[: place + 24] + struct.pack("<I", size) + content[place + 28 :]


def encrypted_flag(content: bytes) -> bytes:
    """Return a form whose parts say that they are encrypted."""
    place = content.index(b"PK\x01\x02")
    return content[: place + 8] + struct.pack("<H", 1) + content[place + 10 :]
