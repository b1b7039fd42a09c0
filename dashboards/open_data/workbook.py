"""Observations as a workbook: figures as numbers, texts as texts, then sheets of notes and of sources."""

import io
from dataclasses import astuple, fields
from datetime import datetime
from typing import Any

import xlsxwriter

from dashboards.open_data.csv_file import header_of
from dashboards.open_data.notes import SourceNote, source_notes, write_notes
from dashboards.open_data.rows import Observations

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
NO_DAY = datetime(2000, 1, 1)
WIDTHS = {"indicator": 28, "area_name": 22, "source": 28, "release": 21, "fetched_at": 21, "value": 12}


def write_workbook(found: Observations) -> bytes:
    """Return the workbook. The same rows give the same bytes: its time is that of the newest release."""
    packed = io.BytesIO()
    words = found.asked.words
    with xlsxwriter.Workbook(packed, OPTIONS) as book:
        made = found.releases[0].published_at if found.releases else NO_DAY
        book.set_properties({"title": words("api.sheet.title"), "created": made})
        bold = book.add_format({"bold": True})
        write_figures(book.add_worksheet(words("api.sheet.figures")), found, bold)
        write_sheet(book.add_worksheet(words("api.sheet.notes")), note_lines(found), bold)
        write_sheet(book.add_worksheet(words("api.sheet.sources")), source_lines(found), bold)
    return packed.getvalue()


def write_figures(sheet: Any, found: Observations, bold: Any) -> None:
    """Write a row for each figure; a figure is a number, one that is not published an empty cell."""
    header = header_of(found)
    remark = (found.asked.words("made_up.stamp"),) if found.edition.made_up else ()
    sheet.write_row(0, 0, header, bold)
    for place, row in enumerate(found.rows, start=1):
        for column, cell in enumerate((*astuple(row), *remark)):
            if isinstance(cell, float):
                sheet.write_number(place, column, cell)
            elif cell:
                sheet.write_string(place, column, cell)
    for column, name in enumerate(header):
        sheet.set_column(column, column, WIDTHS.get(name, 13))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(found.rows), 1), len(header) - 1)


def note_lines(found: Observations) -> list[tuple[str, ...]]:
    """Return the lines of the sheet of notes: each indicator with its unit, the notes, what each column is."""
    words = found.asked.words
    measures = [
        (each.code, words(f"indicator.{each.code}.label"), words(f"unit.{each.unit}")) for each in found.indicators
    ]
    notes = [("", text) for text in write_notes(found)]
    columns = [(name, words(f"api.column.{name}")) for name in header_of(found)]
    return [(words("api.sheet.notes"),), *measures, *notes, *columns]


def source_lines(found: Observations) -> list[tuple[str, ...]]:
    """Return the lines of the sheet of sources."""
    head = tuple(field.name for field in fields(SourceNote))
    return [head, *(astuple(each) for each in source_notes(found))]


def write_sheet(sheet: Any, lines: list[tuple[str, ...]], bold: Any) -> None:
    """Write lines of text, the first one in bold."""
    for place, line in enumerate(lines):
        for column, text in enumerate(line):
            sheet.write_string(place, column, text, *([bold] if place == 0 else []))
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 6, 40)
