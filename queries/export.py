"""Write the whole database as a Frictionless data package: one file a table, with their descriptions."""

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import duckdb
import xlsxwriter

from queries.database import first_line, reading
from queries.errors import PublishFailed

Format = Literal["csv", "parquet", "xlsx"]

# observation is exported as what is known now; the column `known_from` keeps each row's release in time
TABLES = {
    "observation": "select * exclude (known_to) from observation where known_to = timestamp '9999-12-31' order by all",
    "revision": "select * from observation where known_to < timestamp '9999-12-31' order by all",
    "area": "select * from area order by area",
    "category": "select * from category order by all",
    "release": "select * from release order by release_id",
    "break_note": "select * from break_note order by all",
    "edition": "select * from edition",
}
FRICTIONLESS_TYPES = {
    "VARCHAR": "string",
    "DOUBLE": "number",
    "INTEGER": "integer",
    "TIMESTAMP": "datetime",
    "DATE": "date",
    "BOOLEAN": "boolean",
}
ROWS_A_SHEET = 1_000_000
MADE_UP = "esimerkkiaineisto – ei oikeita lukuja"


def export_package(data_dir: Path, folder: Path, file_format: Format) -> list[Path]:
    """Write every table and datapackage.json into a folder and return the files.

    Raises NoDatabase, DatabaseRefused, PublishFailed when the folder cannot be written.
    """
    with reading(data_dir) as connection:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            made_up = holds_made_up(connection)
            resources = []
            for name, sql in TABLES.items():
                resources += write_table(connection, name, marked(sql) if made_up else sql, folder, file_format)
            return [
                *(folder / each["path"] for each in resources),
                write_description(connection, folder, resources, made_up),
            ]
        except (OSError, duckdb.IOException, xlsxwriter.exceptions.FileCreateError) as error:
            raise PublishFailed(
                f"The folder {folder} could not be written ({first_line(error)}): free disk space or name another."
            ) from error


def holds_made_up(connection: duckdb.DuckDBPyConnection) -> bool:
    """Tell whether the database holds made-up data."""
    row = connection.execute("select made_up from edition").fetchone()
    return row is not None and bool(row[0])


def marked(sql: str) -> str:
    """Return a query whose every row says that the data are made up."""
    return f"select *, '{MADE_UP}' as remark from ({sql})"


def write_table(
    connection: duckdb.DuckDBPyConnection, name: str, sql: str, folder: Path, file_format: Format
) -> list[dict[str, Any]]:
    """Write one table and return its resources."""
    path = folder / f"{name}.{file_format}"
    fields = [
        {"name": column[0], "type": FRICTIONLESS_TYPES.get(str(column[1]), "string")}
        for column in connection.execute(f"describe {sql}").fetchall()
    ]
    resource: dict[str, Any] = {
        "name": name.replace("_", "-"),
        "path": path.name,
        "format": file_format,
        "schema": {"fields": fields},
    }
    if file_format == "csv":
        connection.sql(sql).write_csv(str(path), header=True, timestamp_format="%Y-%m-%dT%H:%M:%SZ")
        return [{**resource, "mediatype": "text/csv", "encoding": "utf-8"}]
    if file_format == "parquet":
        connection.sql(sql).write_parquet(str(path), compression="zstd")
        return [{**resource, "mediatype": "application/vnd.apache.parquet"}]
    sheets = write_workbook(connection, sql, path)
    return [
        {**resource, "name": resource["name"] + (f"-{place}" if place else ""), "dialect": {"excel": {"sheet": sheet}}}
        for place, sheet in enumerate(sheets)
    ]


def write_workbook(connection: duckdb.DuckDBPyConnection, sql: str, path: Path) -> list[str]:
    """Write a query's rows into a workbook, a further sheet where one is full, and return the sheets' names."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    cursor = connection.execute(sql)
    header = [column[0] for column in cursor.description or []]
    sheets: list[str] = []
    packed = io.BytesIO()  # a full disk would leave an open archive behind, which speaks when it is cleared away
    with xlsxwriter.Workbook(packed, options) as workbook:
        for sheet_rows in sheets_of(cursor):
            sheet = workbook.add_worksheet(f"{path.stem}{len(sheets) + 1 if sheets else ''}")
            sheets.append(sheet.get_name())
            sheet.write_row(0, 0, header)
            for place, row in enumerate(sheet_rows, start=1):
                sheet.write_row(place, 0, [text_of_time(value) for value in row])
    path.write_bytes(packed.getbuffer())
    return sheets


def sheets_of(cursor: duckdb.DuckDBPyConnection) -> Iterator[Iterator[tuple[Any, ...]]]:
    """Yield a query's rows in runs that fit a sheet, at least one run."""
    first: list[tuple[Any, ...]] = cursor.fetchmany(1)
    while True:
        yield rows_of(cursor, first)
        first = cursor.fetchmany(1)
        if not first:
            return


def rows_of(cursor: duckdb.DuckDBPyConnection, first: list[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """Yield rows until a sheet is full or the query ends."""
    left = ROWS_A_SHEET
    rows = first
    while rows:
        yield from rows
        left -= len(rows)
        rows = cursor.fetchmany(min(left, 10_000)) if left else []


def text_of_time(value: Any) -> Any:
    """Return times as ISO 8601 text, everything else unchanged."""
    return value.isoformat() if hasattr(value, "isoformat") else value


def write_description(
    connection: duckdb.DuckDBPyConnection, folder: Path, resources: list[dict[str, Any]], made_up: bool
) -> Path:
    """Write datapackage.json and return it. A package of made-up data says so in its title."""
    sources = connection.execute("select distinct citation, licence from release order by all").fetchall()
    package = {
        "name": "koillismaa",
        "title": MADE_UP if made_up else "Koillismaa: open municipal indicators",
        "licenses": [{"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}],
        "sources": [{"title": citation} for citation, _ in sources],
        "resources": resources,
    }
    path = folder / "datapackage.json"
    path.write_text(json.dumps(package, ensure_ascii=False, indent=1), encoding="utf-8")
    return path
