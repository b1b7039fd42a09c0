"""Read a workbook of the impact tool from its bytes: all of it, or nothing and every fault that it has.

bytes → parts (container) → cells → values of each row (values) → rows that agree (agreement) → Material
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

import pandas as pd

from ingest.impact.agreement import Row, disagreements
from ingest.impact.cells import Cells, column_letter, read_sheets
from ingest.impact.container import open_parts
from ingest.impact.values import Unfit, read_value
from queries.impact_workbook import SHEETS, Column, Fault, Material, Sheet, Vocabulary, WorkbookRefused, fold

MOST_FAULTS = 200


def read_workbook(content: bytes, vocabulary: Vocabulary) -> Material:
    """Return what a workbook holds. Raises WorkbookRefused with every fault, at most MOST_FAULTS."""
    sheets = read_sheets(open_parts(content), lambda name: vocabulary.sheets.get(fold(name)))
    missing = [Fault("sheet_missing", sheet.code) for sheet in SHEETS if sheet.code not in sheets]
    headers = {sheet.code: Header(sheet, sheets[sheet.code], vocabulary) for sheet in SHEETS if sheet.code in sheets}
    refuse([*missing, *(fault for header in headers.values() for fault in header.faults)])
    faults: list[Fault] = []
    rows = {code: list(read_rows(header, vocabulary, faults)) for code, header in headers.items()}
    faults += [with_letter(fault, headers) for fault in disagreements(rows)]
    refuse(faults)
    return as_material(rows)


def refuse(faults: Sequence[Fault]) -> None:
    """Raise WorkbookRefused when there is a fault."""
    if faults:
        raise WorkbookRefused(faults[:MOST_FAULTS])


class Header:
    """Where a sheet's columns stand, and what is wrong with its first row and the number of its rows."""

    def __init__(self, sheet: Sheet, cells: Cells, vocabulary: Vocabulary) -> None:
        self.sheet, self.cells = sheet, cells
        first, *others = cells.rows.values() or [{}]
        names = vocabulary.columns[sheet.code]
        self.places: dict[str, int] = {}
        self.faults: list[Fault] = []
        for place, cell in first.items():
            code = names.get(fold(cell.text), "")
            if not code or code in self.places:
                kind = "column_twice" if code else "column_unknown"
                self.faults.append(Fault(kind, sheet.code, column=code, letter=column_letter(place)))
            self.places.setdefault(code, place)
        self.faults += [
            Fault("column_missing", sheet.code, column=column.code)
            for column in sheet.columns
            if column.code not in self.places
        ]
        filled = sum(1 for row in others if row)
        if not sheet.least <= filled <= sheet.most:
            kind = "too_few_rows" if filled < sheet.least else "too_many_rows"
            self.faults.append(Fault(kind, sheet.code, low=sheet.least, high=sheet.most))


def read_rows(header: Header, vocabulary: Vocabulary, faults: list[Fault]) -> Iterator[Row]:
    """Yield a sheet's rows under its header; cells that do not fit are added to the faults."""
    rows = iter(header.cells.rows.items())
    next(rows, None)
    beside = set(header.places.values())
    for number, cells in rows:
        if not cells:
            continue
        for place in cells.keys() - beside:
            faults.append(Fault("beside_columns", header.sheet.code, number, letter=column_letter(place)))
        values = {}
        for column in header.sheet.columns:
            place = header.places[column.code]
            try:
                values[column.code] = read_value(column, cells.get(place), vocabulary, header.cells.from_1904)
            except Unfit as unfit:
                faults.append(placed(unfit.fault, header.sheet, number, column, place))
        yield Row(number, values)


def placed(fault: Fault, sheet: Sheet, row: int, column: Column, place: int) -> Fault:
    """Return a fault with its place in the workbook."""
    return replace(fault, sheet=sheet.code, row=row, column=column.code, letter=column_letter(place))


def with_letter(fault: Fault, headers: Mapping[str, Header]) -> Fault:
    """Return a fault of a row with the letter of its column."""
    return replace(fault, letter=column_letter(headers[fault.sheet].places[fault.column]))


def as_material(rows: Mapping[str, Sequence[Row]]) -> Material:
    """Return rows without faults as frames."""
    project = rows["project"][0].values
    until = project["until"]
    assert isinstance(until, date)
    return Material(
        code=str(project["code"]),
        name=str(project["name"]),
        until=until,
        made_up=project["data_kind"] == "made_up",
        prices=(as_float(project["price_low"]), as_float(project["price"]), as_float(project["price_high"])),
        frames={sheet.code: as_frame(sheet, rows[sheet.code]) for sheet in SHEETS if sheet.code != "project"},
    )


def as_float(value: object) -> float:
    """Return a number, NaN for an empty cell."""
    return float(value) if isinstance(value, int | float) else float("nan")


def as_frame(sheet: Sheet, rows: Sequence[Row]) -> pd.DataFrame:
    """Return a sheet's rows as a frame: days as datetimes, numbers as floats, codes and texts as text."""
    return pd.DataFrame({column.code: as_series(column, rows) for column in sheet.columns})


def as_series(column: Column, rows: Sequence[Row]) -> pd.Series:
    """Return one column."""
    values = [row.values[column.code] for row in rows]
    if column.kind == "date":
        return pd.Series(pd.to_datetime(pd.Series(values, dtype="object")), dtype="datetime64[s]")
    if column.kind in ("whole", "amount"):
        return pd.Series([as_float(value) for value in values], dtype="float64")
    return pd.Series(["" if value is None else str(value) for value in values], dtype="object")


def join_materials(materials: Sequence[Material]) -> Material:
    """Return the workbooks of one project as one; customers of different workbooks are different persons.

    Raises WorkbookRefused when they are of different projects or days, or when one stands twice among them.
    """
    first, *others = materials
    for place, other in enumerate(others, start=2):
        if project_of(other) != project_of(first):
            raise WorkbookRefused([Fault("other_project", other=str(place))])
        if any(same_rows(other, earlier) for earlier in materials[: place - 1]):
            raise WorkbookRefused([Fault("same_rows", other=str(place))])
    if not others:
        return first
    marked = [mark_customers(material.frames, str(place)) for place, material in enumerate(materials, start=1)]
    frames = {code: pd.concat([each[code] for each in marked], ignore_index=True) for code in first.frames}
    for sheet, key in (("organisations", "organisation"), ("reference", "target_group")):
        frames[sheet] = frames[sheet].drop_duplicates(ignore_index=True)
        if frames[sheet][key].duplicated().any():
            raise WorkbookRefused([Fault("other_rows", sheet=sheet, column=key)])
    return replace(first, frames=frames)


def project_of(material: Material) -> tuple[object, ...]:
    """Return what the workbooks of one project have in common; prices as text, for no number equals NaN."""
    return material.code, material.name, material.until, material.made_up, str(material.prices)


def same_rows(one: Material, other: Material) -> bool:
    """Tell whether two workbooks hold the same rows, so that their customers would be counted twice."""
    return all(frame.equals(other.frames[sheet]) for sheet, frame in one.frames.items())


def mark_customers(frames: Mapping[str, pd.DataFrame], mark: str) -> dict[str, pd.DataFrame]:
    """Return frames in which each customer's pseudonym begins with the workbook's mark."""
    return {
        code: frame.assign(customer=mark + ":" + frame["customer"]) if "customer" in frame else frame
        for code, frame in frames.items()
    }
