"""Make the form of the impact tool: a workbook with its sheets, drop-down codes and instructions, empty or filled."""

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter

from dashboards.format import number
from dashboards.impact.vocabulary import choice_names
from dashboards.words import Words
from queries.impact_workbook import CHOICES, SHEETS, Column, Sheet, Value

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
CREATED = datetime(2026, 1, 1)
"""A day that is always the same, so that the same form is the same bytes."""
PREPARED_ROWS = 5000
"""So many rows of a sheet have drop-down lists and cells formatted as days; more may be filled in."""
WIDTHS = {"text": 34, "choice": 34, "organisation": 20, "municipality": 20, "pseudonym": 22}

Rows = Mapping[str, Sequence[Mapping[str, Value]]]


def make_template(words: Words, municipalities: Mapping[str, str], rows: Rows | None = None) -> bytes:
    """Return the form as a workbook.

    `municipalities` (names by code) are offered in a list, others may be written. `rows` fills it: an example, whose
    persons are made up, and which says so.
    """
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed, OPTIONS) as book:
        book.set_properties({"title": words("impact.template.title"), "created": CREATED})
        styles = {
            "title": book.add_format({"bold": True, "font_size": 14}),
            "wrapped": book.add_format({"text_wrap": True, "valign": "top"}),
            "required": book.add_format({"bold": True, "text_wrap": True, "bg_color": "#DBE9F0", "border": 1}),
            "optional": book.add_format({"text_wrap": True, "bg_color": "#FBFBF9", "border": 1}),
            "date": book.add_format({"num_format": "d.m.yyyy"}),
        }
        write_instructions(book, words, styles, example=rows is not None)
        for sheet in SHEETS:
            named = [with_names(words, sheet, row, municipalities) for row in rows[sheet.code]] if rows else []
            write_sheet(book, words, styles, sheet, named)
        write_lists(book, words, list(municipalities.values()))
    return packed.getvalue()


def write_instructions(book: Any, words: Words, styles: Mapping[str, Any], *, example: bool) -> None:
    """Write the sheet that says how to fill in the others."""
    page = book.add_worksheet(words("impact.sheet.instructions"))
    page.set_column(0, 0, 110, styles["wrapped"])
    lines = [words("impact.template.example")] if example else []
    place = 0
    while words.has(f"impact.template.instructions.{place}"):
        lines.append(words(f"impact.template.instructions.{place}"))
        place += 1
    page.write_string(0, 0, words("impact.template.title"), styles["title"])
    for row, line in enumerate(lines, start=2):
        page.write_string(row, 0, line, styles["wrapped"])


def write_sheet(
    book: Any, words: Words, styles: Mapping[str, Any], sheet: Sheet, rows: Sequence[Mapping[str, Value]]
) -> None:
    """Write one sheet: its header, what each column takes, and the rows that it is filled with."""
    page = book.add_worksheet(words(f"impact.sheet.{sheet.code}"))
    page.freeze_panes(1, 0)
    last = max(min(PREPARED_ROWS, sheet.most), len(rows))
    for place, column in enumerate(sheet.columns):
        title = words(f"impact.column.{sheet.code}.{column.code}")
        page.set_column(place, place, WIDTHS.get(column.kind, 16), styles["date"] if column.kind == "date" else None)
        page.write_string(0, place, title, styles["required" if column.required else "optional"])
        page.data_validation(1, place, last, place, rule_of(words, column, title))
    for row, values in enumerate(rows, start=1):
        for place, column in enumerate(sheet.columns):
            write_value(page, styles, (row, place), values[column.code])


def with_names(
    words: Words, sheet: Sheet, row: Mapping[str, Value], municipalities: Mapping[str, str]
) -> dict[str, Value]:
    """Return a row with the names that readers know instead of codes."""
    named = {column.code: row.get(column.code) for column in sheet.columns}
    for column in sheet.columns:
        value = named[column.code]
        if isinstance(value, str) and column.kind == "choice":
            named[column.code] = words(f"impact.choice.{column.choices}.{value}")
        elif isinstance(value, str) and column.kind == "municipality":
            named[column.code] = municipalities.get(value, value)
    return named


def rule_of(words: Words, column: Column, title: str) -> dict[str, Any]:
    """Return what a spreadsheet program offers and refuses in a column."""
    need = words("impact.template.required" if column.required else "impact.template.optional")
    low, high = number(words, column.low), number(words, column.high)
    rule: dict[str, Any] = {"input_title": title[:32], "input_message": need, "ignore_blank": True}
    if column.kind in ("choice", "organisation", "municipality"):
        message = f"{need}. {words('impact.template.choose')}"
        strict = "stop" if column.kind != "municipality" else "warning"
        rule |= {"validate": "list", "source": source_of(words, column), "error_type": strict, "input_message": message}
    elif column.kind == "date":
        rule |= {"validate": "date", "criteria": "between", "minimum": date(2000, 1, 1), "maximum": date(2099, 12, 31)}
    elif column.kind == "whole":
        message = f"{need}, {words('impact.template.whole', low=low, high=high)}"
        limits = {"minimum": int(column.low), "maximum": int(column.high)}
        rule |= {"validate": "integer", "criteria": "between", "input_message": message, **limits}
    elif column.kind == "amount":
        message = f"{need}, {words('impact.template.amount', low=low, high=high)}"
        limits = {"minimum": int(column.low), "maximum": int(column.high)}
        rule |= {"validate": "decimal", "criteria": "between", "input_message": message, **limits}
    else:
        rule |= {"validate": "any"}
    return rule


def source_of(words: Words, column: Column) -> str:
    """Return the cells that a drop-down list offers."""
    if column.kind == "organisation":
        return f"='{words('impact.sheet.organisations')}'!$A$2:$A$200"
    names = list(CHOICES)
    letter = chr(ord("A") + (names.index(column.choices) if column.kind == "choice" else len(names)))
    rows = 1 + len(CHOICES[column.choices]) if column.kind == "choice" else 400
    return f"='{words('impact.sheet.lists')}'!${letter}$2:${letter}${rows}"


def write_value(page: Any, styles: Mapping[str, Any], place: tuple[int, int], value: Value) -> None:
    """Write one cell of a filled form."""
    if isinstance(value, date):
        page.write_datetime(*place, value, styles["date"])
    elif isinstance(value, int | float):
        page.write_number(*place, value)
    elif value is not None:
        page.write_string(*place, value)


def write_lists(book: Any, words: Words, municipalities: Sequence[str]) -> None:
    """Write the sheet that drop-down lists take their names from."""
    page = book.add_worksheet(words("impact.sheet.lists"))
    columns = [(words(f"impact.list.{name}"), choice_names(words, name)) for name in CHOICES]
    columns.append((words("impact.column.customers.municipality"), list(municipalities)))
    for place, (title, names) in enumerate(columns):
        page.set_column(place, place, 34)
        page.write_string(0, place, title)
        page.write_column(1, place, names)
