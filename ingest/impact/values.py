"""Read one cell as what its column holds. What does not fit is told without repeating what the cell holds."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from ingest.impact.cells import Cell
from queries.impact_workbook import CHOICES, Column, Fault, Kind, Value, Vocabulary, fold

LONGEST_TEXT = 80
ACTING = ("=", "+", "-", "@", "\t", "\r")
"""What a text begins with that a spreadsheet might take for a formula."""
PROJECT = re.compile(r"^[A-Z][A-Z0-9]{1,15}$")
PSEUDONYM = re.compile(r"^[0-9A-Za-zÅÄÖåäö][0-9A-Za-zÅÄÖåäö_.-]{0,23}$")
PERSONAL_CODE = re.compile(r"(?<!\d)[0-3]\d[01]\d{3}[-+A-FU-Y]?\d{3}[0-9A-Y](?![0-9A-Z])", re.IGNORECASE)
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)
EPOCH, EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)


class Unfit(Exception):
    """A cell does not hold what its column does; `fault` says what was expected, without a place."""

    def __init__(self, code: str, **values: str | float) -> None:
        super().__init__(code)
        self.fault = Fault(code, **values)  # type: ignore[arg-type]


def read_value(column: Column, cell: Cell | None, vocabulary: Vocabulary, from_1904: bool) -> Value:
    """Return what a cell holds, None when it is empty and may be. Raises Unfit."""
    if cell is None:
        if column.required:
            raise Unfit("empty_cell")
        return None
    if cell.kind == "formula":
        raise Unfit("formula")
    if cell.kind == "text":
        refuse_odd_text(cell.text)
    if column.kind == "date":
        return read_date(cell, from_1904)
    return READERS[column.kind](column, cell, vocabulary)


def refuse_odd_text(text: str) -> None:
    """Raise Unfit for a text that might act as a formula, or that tells who a person is."""
    if text.startswith(ACTING):
        raise Unfit("acting_text")
    if PERSONAL_CODE.search(text):
        raise Unfit("personal_code")
    if not text.strip().isprintable():
        raise Unfit("text", high=LONGEST_TEXT)


def read_date(cell: Cell, from_1904: bool) -> date:
    """Return a day. Raises Unfit for a text, a part of a day, or a day of another century."""
    day: date | None = None
    if cell.kind == "number" and cell.number == int(cell.number) and 0 < cell.number < 100_000:
        day = (EPOCH_1904 if from_1904 else EPOCH) + timedelta(days=int(cell.number))
    elif cell.kind == "date":
        day = iso_day(cell.text)
    if day is None or not FIRST_DAY <= day <= LAST_DAY:
        raise Unfit("date")
    return day


def iso_day(text: str) -> date | None:
    """Return the day of an ISO 8601 text, None when it is none, or has a time of day."""
    day, _, time = text.partition("T")
    try:
        return date.fromisoformat(day) if not time.strip("0:.Z") else None
    except ValueError:
        return None


def read_project(column: Column, cell: Cell, vocabulary: Vocabulary) -> Value:
    """Return a project's code."""
    if cell.kind != "text" or not PROJECT.match(cell.text.strip()):
        raise Unfit("project")
    return cell.text.strip()


def read_text(column: Column, cell: Cell, vocabulary: Vocabulary) -> Value:
    """Return a short text."""
    text = " ".join(cell.text.split())
    if cell.kind != "text" or len(text) > LONGEST_TEXT:
        raise Unfit("text", high=LONGEST_TEXT)
    return text


def read_pseudonym(column: Column, cell: Cell, vocabulary: Vocabulary) -> Value:
    """Return a pseudonym: one word, or a whole number."""
    text = written(cell).strip()
    if PERSONAL_CODE.search(text):
        raise Unfit("personal_code")
    if not PSEUDONYM.match(text):
        raise Unfit("pseudonym")
    return text


def written(cell: Cell) -> str:
    """Return a text, or a whole number as it is written; '' for anything else."""
    if cell.kind == "text":
        return cell.text
    whole = cell.kind == "number" and 0 <= cell.number < 1e15 and cell.number == int(cell.number)
    return str(int(cell.number)) if whole else ""


def read_municipality(column: Column, cell: Cell, vocabulary: Vocabulary) -> Value:
    """Return a municipality's code, from its name or its number."""
    text = written(cell).strip()
    code = vocabulary.municipalities.get(fold(text.zfill(3) if text.isdigit() else text))
    if code is None:
        raise Unfit("municipality")
    return code


def read_choice(column: Column, cell: Cell, vocabulary: Vocabulary) -> Value:
    """Return the code of a choice, from its name in any language or the code itself."""
    text = fold(cell.text)
    code = vocabulary.choices[column.choices].get(text, text)
    if code not in CHOICES[column.choices]:
        raise Unfit("choice", choices=column.choices)
    return code


def read_amount(column: Column, cell: Cell, vocabulary: Vocabulary) -> Value:
    """Return a number within the column's limits."""
    if cell.kind != "number" or not column.low <= cell.number <= column.high:
        raise Unfit("amount", low=column.low, high=column.high)
    return cell.number


def read_whole(column: Column, cell: Cell, vocabulary: Vocabulary) -> Value:
    """Return a whole number within the column's limits."""
    if cell.kind != "number" or not column.low <= cell.number <= column.high or cell.number != int(cell.number):
        raise Unfit("whole", low=column.low, high=column.high)
    return int(cell.number)


READERS: dict[Kind, Callable[[Column, Cell, Vocabulary], Value]] = {
    "project": read_project,
    "text": read_text,
    "organisation": read_text,
    "pseudonym": read_pseudonym,
    "municipality": read_municipality,
    "choice": read_choice,
    "amount": read_amount,
    "whole": read_whole,
}
