"""A report as a document that stands alone: a page of HTML, a workbook, text; and which of them a file is."""

import io
from collections.abc import Callable
from typing import Any

import xlsxwriter

from dashboards.first_paint import templates
from dashboards.impact.cells import Cell, Table
from dashboards.impact.print import as_pdf
from dashboards.impact.report import Report
from dashboards.impact.template import OPTIONS

LONGEST_NAME = 31
"""So long may the name of a sheet be."""
NUMBER_FORMS = {"whole": "#,##0", "percent": "0.0", "decimal": "0.00", "eur": "#,##0"}


def as_html(report: Report) -> bytes:
    """Return a report as a page without a script and without anything from elsewhere."""
    return templates().get_template("impact_report.html").render(report=report).encode("utf-8")


def as_workbook(report: Report) -> bytes:
    """Return a report as a workbook: what it says, then a sheet a table. It has no formulas."""
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed, OPTIONS) as book:
        styles = {form: book.add_format({"num_format": code}) for form, code in NUMBER_FORMS.items()}
        styles |= {
            "head": book.add_format({"bold": True, "text_wrap": True, "bg_color": "#DBE9F0", "valign": "top"}),
            "title": book.add_format({"bold": True, "font_size": 14}),
            "wrapped": book.add_format({"text_wrap": True, "valign": "top"}),
        }
        write_texts(book, report, styles)
        for place, section in enumerate(report.sections):
            if section.table:
                write_table(book.add_worksheet(f"{place} {section.title}"[:LONGEST_NAME]), section.table, styles)
    return packed.getvalue()


def write_texts(book: Any, report: Report, styles: dict[str, Any]) -> None:
    """Write the sheet of everything that the report says in words."""
    page = book.add_worksheet(report.sections[0].title[:LONGEST_NAME])
    page.set_column(0, 0, 110, styles["wrapped"])
    lines = [(report.title, "title"), *((line, "wrapped") for line in (*report.notices, report.lead))]
    for section in report.sections:
        said = [*section.texts, *section.items]
        lines += [("", "wrapped"), (section.title, "title"), *((line, "wrapped") for line in said)]
    for row, (line, style) in enumerate(lines):
        page.write_string(row, 0, line, styles[style])


def write_table(page: Any, table: Table, styles: dict[str, Any]) -> None:
    """Write the sheet of one table."""
    page.freeze_panes(1, 0)
    for place, head in enumerate(table.head):
        page.set_column(place, place, 34 if place < table.named else 14)
        page.write_string(0, place, head, styles["head"])
    for row, cells in enumerate(table.rows, start=1):
        for place, cell in enumerate(cells):
            write_cell(page, row, place, cell, styles)


def write_cell(page: Any, row: int, place: int, cell: Cell, styles: dict[str, Any]) -> None:
    """Write a cell as a number in its form, or as a text."""
    if cell.value is None:
        page.write_string(row, place, cell.text)
    else:
        page.write_number(row, place, cell.value, styles[cell.form])


def as_text(report: Report) -> str:
    """Return what a report says first, and what it does not prove, as lines of text."""
    lines = [report.title, *report.notices, report.lead]
    for section in (report.sections[0], report.sections[-1]):
        lines += ["", section.title, *section.texts, *(f"- {item}" for item in section.items)]
    return "\n".join(lines)


MAKERS: dict[str, Callable[[Report], bytes]] = {".html": as_html, ".xlsx": as_workbook, ".pdf": as_pdf}
"""What makes a report of each ending of a file's name."""
