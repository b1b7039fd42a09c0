"""Read the cells of a checked workbook's sheets: numbers and texts as they stand, formulas and errors told apart.

Nothing of a file is built but the cells themselves, and no more of them than a sheet may have.
"""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from posixpath import join, normpath
from typing import Literal, NamedTuple

from ingest.impact.container import WORKBOOK, new_parser, parse_part, refused
from queries.impact_workbook import Fault, WorkbookRefused

CellKind = Literal["text", "number", "date", "formula", "error"]
MOST_ROWS = 200_000
MOST_CELLS = 1_500_000
MOST_SHARED = 500_000
MOST_COLUMNS = 16_384
LONGEST_CELL = 1_000
REFERENCE = re.compile(r"^([A-Z]{1,3})([1-9]\d{0,6})$")
RELATIONS = "xl/_rels/workbook.xml.rels"
SHARED = "xl/sharedStrings.xml"


class Cell(NamedTuple):
    """One cell: text as text, number as a number; a date is ISO text; formula and error carry nothing."""

    kind: CellKind
    text: str = ""
    number: float = 0.0


@dataclass(frozen=True)
class Cells:
    """One sheet's cells by row and column, from 1, in the order of the file; `from_1904` tells how days are counted."""

    rows: Mapping[int, Mapping[int, Cell]]
    from_1904: bool


def read_sheets(parts: Mapping[str, bytes], wanted: Callable[[str], str | None]) -> dict[str, Cells]:
    """Return the sheets for whose names `wanted` gives a code, by code.

    Raises WorkbookRefused when two have the same code, or a part that a sheet needs is missing.
    """
    book = read_book(parts)
    shared = read_shared(parts[SHARED]) if SHARED in parts else []
    sheets: dict[str, Cells] = {}
    for name, part in book.sheets:
        code = wanted(name)
        if code is None:
            continue
        if code in sheets:
            raise WorkbookRefused([Fault("sheet_twice", sheet=code)])
        if part not in parts:
            raise refused("damaged", part)
        sheets[code] = Cells(read_rows(code, parts[part], shared), book.from_1904)
    return sheets


@dataclass
class Book:
    """What the workbook part says: sheets as name and part, and how days are counted."""

    sheets: list[tuple[str, str]] = field(default_factory=list)
    from_1904: bool = False


def read_book(parts: Mapping[str, bytes]) -> Book:
    """Return the sheets that the workbook names, in their order."""
    targets: dict[str, str] = {}

    def relation(name: str, values: dict[str, str]) -> None:
        if local(name) == "Relationship":
            target = values.get("Target", "")
            targets[values.get("Id", "")] = (
                target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
            )

    book = Book()

    def element(name: str, values: dict[str, str]) -> None:
        if local(name) == "sheet":
            key = next((value for each, value in values.items() if each.endswith(":id")), "")
            book.sheets.append((values.get("name", ""), targets.get(key, "")))
        elif local(name) == "workbookPr":
            book.from_1904 = values.get("date1904", "0") in ("1", "true")

    for part, handler in ((RELATIONS, relation), (WORKBOOK, element)):
        parser = new_parser()
        parser.StartElementHandler = handler
        parse_part(part, parts.get(part, b"<none/>"), parser)
    return book


def local(name: str) -> str:
    """Return an element's name without its prefix."""
    return name.rpartition(":")[2]


def read_shared(part: bytes) -> list[str]:
    """Return the texts that cells share, by number; readings of characters (rPh) are left out."""
    texts: list[str] = []
    pieces: list[str] = []
    inside: list[str] = []

    def start(name: str, _: dict[str, str]) -> None:
        inside.append(local(name))
        if inside[-1] == "si":
            if len(texts) >= MOST_SHARED:
                raise refused("too_many_cells")
            pieces.clear()

    def end(name: str) -> None:
        if inside.pop() == "si":
            texts.append("".join(pieces))

    def data(text: str) -> None:
        if inside and inside[-1] == "t" and "rPh" not in inside:
            pieces.append(text)

    parser = new_parser()
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, data
    parse_part(SHARED, part, parser)
    return texts


class RowReader:
    """Gathers the cells of one sheet part, called by the parser for each element."""

    def __init__(self, sheet: str, shared: list[str]) -> None:
        self.rows: dict[int, dict[int, Cell]] = {}
        self._sheet, self._shared = sheet, shared
        self._row: dict[int, Cell] = {}
        self._row_number = self._column = self._cells = 0
        self._kind, self._element, self._formula = "n", "", False
        self._in_cell = self._reading = False
        self._pieces: list[str] = []

    def start(self, name: str, values: dict[str, str]) -> None:
        """Begin a row, a cell or what stands in it."""
        self._element = local(name)
        if self._element == "c":
            self._begin_cell(values)
        elif self._element == "row":
            self._begin_row(values)
        elif self._element == "f":
            self._formula = True
        elif self._element == "rPh":
            self._reading = True

    def end(self, name: str) -> None:
        """End a cell, and take its value over."""
        ended = local(name)
        if ended == "c" and self._in_cell:
            self._in_cell = False
            cell = self._value("".join(self._pieces))
            if cell is not None:
                self._row[self._column] = cell
        elif ended == "rPh":
            self._reading = False
        self._element = ""

    def data(self, text: str) -> None:
        """Gather the text of a value."""
        if self._in_cell and self._element in ("v", "t") and not self._reading:
            self._pieces.append(text)

    def _begin_row(self, values: dict[str, str]) -> None:
        given = values.get("r", "")
        number = int(given) if given.isascii() and given.isdigit() and len(given) < 8 else self._row_number + 1
        if number <= self._row_number or len(self.rows) >= MOST_ROWS:
            raise WorkbookRefused([Fault("too_many_cells" if number > self._row_number else "damaged", self._sheet)])
        self._row_number, self._column, self._row = number, 0, {}
        self.rows[number] = self._row

    def _begin_cell(self, values: dict[str, str]) -> None:
        self._cells += 1
        if self._cells > MOST_CELLS:
            raise WorkbookRefused([Fault("too_many_cells", self._sheet)])
        self._column = column_number(values.get("r", "")) or self._column + 1
        self._kind, self._formula, self._in_cell = values.get("t", "n"), False, True
        self._pieces.clear()

    def _value(self, text: str) -> Cell | None:
        """Return the cell that has ended, None when it is empty."""
        if self._formula:
            return Cell("formula")
        if self._kind == "s":
            place = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else len(self._shared)
            return as_text(self._shared[place]) if place < len(self._shared) else Cell("error")
        if self._kind in ("inlineStr", "str"):
            return as_text(text)
        if self._kind == "d":
            return Cell("date", text)
        if not text.strip():
            return None
        return as_number(text) if self._kind == "n" else Cell("error")


def as_text(text: str) -> Cell | None:
    """Return a text's cell, None for blanks, an error's when it is longer than any that we read."""
    if len(text) > LONGEST_CELL:
        return Cell("error")
    return Cell("text", text) if text.strip() else None


def as_number(text: str) -> Cell:
    """Return a number's cell, an error's when it is none."""
    try:
        number = float(text)
    except ValueError:
        return Cell("error")
    return Cell("number", number=number) if math.isfinite(number) else Cell("error")


def read_rows(sheet: str, part: bytes, shared: list[str]) -> dict[int, dict[int, Cell]]:
    """Return the cells of a sheet part by row and column. Raises WorkbookRefused when there are too many."""
    reader = RowReader(sheet, shared)
    parser = new_parser()
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.data
    parse_part(sheet, part, parser)
    return reader.rows


def column_number(reference: str) -> int:
    """Return the column of a reference such as B7, from 1; 0 when it is none."""
    found = REFERENCE.match(reference)
    if not found:
        return 0
    number = 0
    for letter in found[1]:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number if number <= MOST_COLUMNS else 0


def column_letter(number: int) -> str:
    """Return the letters of a column, from 1."""
    letters = ""
    while number:
        number, place = divmod(number - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters
