"""Read a large CSV file from disk through DuckDB, in little memory; what it is written in is told from its first bytes.

A comma, a semicolon or a tab may part the fields, a point or a comma the decimals; UTF-8 with or without a byte order
mark, or Latin-1. Anything else is refused in one sentence, never guessed.
"""

import csv
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from ingest.archive import Raw
from ingest.errors import LayoutChanged
from ingest.http import MEGABYTE

DELIMITERS = (",", ";", "\t")
FEWEST_COLUMNS = 5
MEMORY = "256MB"
OTHER_ENCODINGS = (b"\xff\xfe", b"\xfe\xff")
NO_LETTERS = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
CONTROLS = re.compile(r"[\x80-\x9f]")  # Latin-1 has no letters there, other encodings have


@dataclass(frozen=True)
class CsvFile:
    """A CSV file and how it is written."""

    path: Path
    where: str
    encoding: str
    delimiter: str
    header: tuple[str, ...]


def recognise(raw: Raw, fewest: int = FEWEST_COLUMNS) -> CsvFile:
    """Tell how a file with some columns or more is written. Raises LayoutChanged when it is no CSV that we read."""
    start = b"".join(islice(raw.pieces(), 1))
    return CsvFile(raw.path, raw.address, *read_header(start, raw.address, fewest))


def read_header(start: bytes, where: str, fewest: int = FEWEST_COLUMNS) -> tuple[str, str, tuple[str, ...]]:
    """Return encoding, delimiter and column names from a file's first bytes. Raises LayoutChanged."""
    encoding, text = decode(start, where)
    first = text.removeprefix("\ufeff").lstrip("\r\n").partition("\n")[0].rstrip("\r")
    counts = {each: len(split(first, each)) for each in DELIMITERS}
    delimiter = max(counts, key=lambda each: counts[each])
    if counts[delimiter] < fewest:
        raise LayoutChanged(where, "CSV with a row of column names", f"'{first[:60]}…'")
    return encoding, delimiter, tuple(name.strip() for name in split(first, delimiter))


def split(line: str, delimiter: str) -> list[str]:
    """Return the fields of one line, quotes taken off."""
    return next(csv.reader(io.StringIO(line), delimiter=delimiter), [])


def decode(start: bytes, where: str) -> tuple[str, str]:
    """Return the encoding of a file's first bytes, and their text. Raises LayoutChanged on any but two encodings."""
    if start.startswith(OTHER_ENCODINGS) or NO_LETTERS.search(start):
        raise LayoutChanged(where, "CSV in UTF-8 or Latin-1", "another encoding, or no text")
    # A letter may be cut in two where a piece ends.
    for cut in range(4 if len(start) >= MEGABYTE else 1):
        try:
            return "utf-8", start[: len(start) - cut].decode("utf-8")
        except UnicodeDecodeError:
            continue
    text = start.decode("latin-1")
    if CONTROLS.search(text):
        raise LayoutChanged(where, "CSV in UTF-8 or Latin-1", "another encoding")
    return "latin-1", text


@contextmanager
def opened(file: CsvFile) -> Iterator[duckdb.DuckDBPyConnection]:
    """Give a database in memory whose view `line` has the file's rows as text, in columns c0, c1 …

    Raises LayoutChanged when a row is not of the shape of the first, or the encoding changes on the way.
    """
    columns = ", ".join(f"'c{place}': 'VARCHAR'" for place in range(len(file.header)))
    options = {
        "path": str(file.path),
        "delimiter": file.delimiter,
        "encoding": file.encoding,
        "packing": "gzip" if file.path.suffix == ".gz" else "none",
    }
    with TemporaryDirectory() as spill, duckdb.connect(config={"memory_limit": MEMORY}) as connection:
        connection.execute(f"set temp_directory = '{spill}'")
        connection.execute("set preserve_insertion_order = false")
        connection.execute(
            f"""
            create view line as select * from read_csv(
                {quoted(options["path"])}, columns = {{{columns}}}, auto_detect = false, header = true,
                delim = {quoted(options["delimiter"])}, quote = '"', escape = '"', nullstr = '', strict_mode = true,
                encoding = {quoted(options["encoding"])}, compression = {quoted(options["packing"])}
            )
            """
        )
        try:
            yield connection
        except (duckdb.InvalidInputException, duckdb.ConversionException) as error:
            raise LayoutChanged(
                file.where, f"{len(file.header)} columns of text in every row", sentence_of(error)
            ) from error


def quoted(text: str) -> str:
    """Return a text as SQL writes it: a view takes no parameters."""
    return "'" + text.replace("'", "''") + "'"


def sentence_of(error: duckdb.Error) -> str:
    """Return what the engine says of a row, without its advice on its own settings."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    told = [line for line in lines if not line.startswith(("Possible", "*", "file =", "delimiter ="))][:4]
    return " ".join(told)[:240]


def number_sql(column: str) -> str:
    """Return SQL of a text column as a number, NULL where it is empty or no number."""
    return f"try_cast(replace({column}, ',', '.') as double)"


def no_number_sql(column: str) -> str:
    """Return SQL that tells whether a text, where there is one, is no number with a point or a comma."""
    return f"not regexp_full_match({column}, '\\s*-?\\d+([.,]\\d+)?([eE][+-]?\\d+)?\\s*')"
