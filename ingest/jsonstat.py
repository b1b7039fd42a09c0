"""Read a data answer of PxWeb, json-stat2 or the publisher's own json, into cells whose shape has been checked.

The answer describes itself (roles, codes, units, the publisher's stamp), so it can be read again without its metadata.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from math import prod
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from ingest.errors import LayoutChanged

PERIOD = re.compile(r"^\d{4}(M\d{2}|Q[1-4])?$")
AREA = re.compile(r"^(SSS|(KU|MK|SK|ELY|TA|EVK)\w{2,3})$")
MOST_CELLS = 2_000_000  # of one answer; the publisher's own limit is far below
STATUS_OF_SYMBOL = {"...": "suppressed", "..": "missing", ".": "not_applicable", "*": "preliminary"}


Codes: TypeAlias = "pd.Categorical[Any]"


def code_column(places: Any, names: Sequence[str]) -> Codes:
    """Return a column of codes: for each cell the name at a place. Codes are kept once, cells are numbers."""
    return pd.Categorical.from_codes(np.asarray(places), categories=pd.Index(list(names)))


@dataclass(frozen=True)
class Dimension:
    """One dimension of an answer: its codes in order, their labels, their units (contents only), its code per cell."""

    code: str
    values: tuple[str, ...]
    labels: Mapping[str, str]
    per_cell: Codes
    units: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Cells:
    """All cells of an answer: value (NaN where there is none) and status per cell, the dimensions by role."""

    values: np.ndarray[Any, np.dtype[np.float64]]
    statuses: Codes
    time: Dimension
    metric: Dimension
    area: Dimension | None
    others: tuple[Dimension, ...]
    stamp: str
    source: str


def parse_stamp(text: str) -> datetime:
    """Return a publisher's stamp as naive UTC; 2026-07-21T05.00.00Z with dots is understood too.

    Raises ValueError when it is no time.
    """
    date, separator, time = text.partition("T")
    moment = datetime.fromisoformat(date + separator + time.replace(".", ":"))
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


def read_cells(content: bytes, where: str) -> Cells:
    """Read a data answer. Raises LayoutChanged when it is not of the documented shape."""
    try:
        answer = json.loads(content)
    except (ValueError, RecursionError) as error:
        start = content[:40].decode("utf-8", "replace").strip().replace("\n", " ")
        raise LayoutChanged(where, "JSON", f"'{start}…' ({error})") from error
    try:
        if answer.get("class") == "dataset":
            return read_jsonstat(answer, where)
        return read_pxjson(answer, where)
    except (KeyError, TypeError, AttributeError, ValueError, IndexError, OverflowError) as error:
        raise LayoutChanged(where, "a json-stat2 or json data answer", f"{type(error).__name__} {error}") from error


def read_stamp(content: bytes, where: str) -> str:
    """Return the publisher's stamp of a data answer, in ISO 8601. Raises LayoutChanged."""
    return read_cells(content, where).stamp


# --- json-stat2 -------------------------------------------------------------------------------------------------------


def read_jsonstat(answer: dict[str, Any], where: str) -> Cells:
    """Read a json-stat2 dataset."""
    codes = [str(code) for code in answer["id"]]
    sizes = [int(size) for size in answer["size"]]
    ordered = [ordered_codes(answer["dimension"][code]["category"]["index"], where) for code in codes]
    if [len(each) for each in ordered] != sizes:
        raise LayoutChanged(where, f"as many codes as size says ({sizes})", str([len(each) for each in ordered]))
    if prod(sizes) > MOST_CELLS:
        raise LayoutChanged(where, f"{MOST_CELLS} cells at most", str(prod(sizes)))
    values = read_values(answer["value"], prod(sizes), where)
    dimensions = [
        Dimension(code, each, labels_of(answer, code), spread(each, place, sizes), units_of(answer, code))
        for place, (code, each) in enumerate(zip(codes, ordered, strict=True))
    ]
    statuses = read_statuses(answer.get("status") or {}, values, where)
    return with_roles(answer, dimensions, values, statuses, where)


def ordered_codes(index: Any, where: str) -> tuple[str, ...]:
    """Return a dimension's codes in their order. Raises LayoutChanged when two stand in one place or one is doubled."""
    if isinstance(index, list):
        index = {code: place for place, code in enumerate(index)} if len(set(index)) == len(index) else {}
    if sorted(index.values()) != list(range(len(index))) or not index:
        raise LayoutChanged(where, "every code once, each in a place of its own", "duplicate rows or codes in an index")
    return tuple(str(code) for code in sorted(index, key=index.__getitem__))


def labels_of(answer: dict[str, Any], code: str) -> dict[str, str]:
    """Return the labels of a dimension's codes."""
    return {str(key): str(label) for key, label in (answer["dimension"][code]["category"].get("label") or {}).items()}


def units_of(answer: dict[str, Any], code: str) -> dict[str, str]:
    """Return the unit texts of a dimension's codes, where the answer gives them."""
    units = answer["dimension"][code]["category"].get("unit") or {}
    return {str(key): str(unit.get("base", "")) for key, unit in units.items()}


def spread(codes: tuple[str, ...], place: int, sizes: list[int]) -> Codes:
    """Return a dimension's code for every cell, in the cells' order."""
    inner = prod(sizes[place + 1 :])
    outer = prod(sizes[:place])
    return code_column(np.tile(np.repeat(np.arange(sizes[place]), inner), outer), codes)


def read_values(value: Any, count: int, where: str) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Return the values, NaN for null. Raises LayoutChanged when one is no number or the count is another."""
    if isinstance(value, dict):
        value = [value.get(str(place)) for place in range(count)]
    if len(value) != count:
        raise LayoutChanged(where, f"{count} values", f"{len(value)}")
    strange = next((each for each in value if each is not None and type(each) not in (int, float)), None)
    if strange is not None:
        raise LayoutChanged(where, "numbers or null as values", repr(strange)[:60])
    return refuse_infinite(np.array(value, dtype=np.float64), where)


def refuse_infinite(
    numbers: np.ndarray[Any, np.dtype[np.float64]], where: str
) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Return the numbers. Raises LayoutChanged when one is infinite."""
    if np.isinf(numbers).any():
        raise LayoutChanged(where, "finite numbers", "an infinite one")
    return numbers


def read_statuses(status: Any, values: np.ndarray[Any, np.dtype[np.float64]], where: str) -> Codes:
    """Return each cell's status: '' for an ordinary value, 'missing' for null without a symbol."""
    if isinstance(status, str):
        status = {str(place): status for place in range(len(values))}
    if isinstance(status, list):
        status = {str(place): symbol for place, symbol in enumerate(status) if symbol}
    places = np.fromiter((int(place) for place in status), dtype=np.int64, count=len(status))
    return status_column(values, places, list(status.values()), where)


def status_column(
    values: np.ndarray[Any, np.dtype[np.float64]], places: np.ndarray[Any, Any], symbols: list[str], where: str
) -> Codes:
    """Return the status of every cell from the symbols at some places. Raises LayoutChanged on an unknown symbol."""
    unknown = sorted({str(symbol) for symbol in symbols} - STATUS_OF_SYMBOL.keys())
    if unknown:
        raise LayoutChanged(where, f"the symbols {' '.join(STATUS_OF_SYMBOL)}", f"'{unknown[0]}'")
    names = ["", *STATUS_OF_SYMBOL.values()]
    codes = np.where(np.isnan(values), names.index("missing"), 0)
    if len(places) and (places.min() < 0 or places.max() >= len(values)):
        raise LayoutChanged(where, f"symbols for cells 0 to {len(values) - 1}", f"one for {places.max()}")
    codes[places] = [names.index(STATUS_OF_SYMBOL[symbol]) for symbol in symbols]
    clash = ~np.isnan(values) & (codes != 0) & (codes != names.index("preliminary"))
    if clash.any():
        raise LayoutChanged(where, "no value where a symbol says that there is none", f"value {values[clash][0]:g}")
    return code_column(codes, names)


def with_roles(
    answer: dict[str, Any],
    dimensions: list[Dimension],
    values: np.ndarray[Any, np.dtype[np.float64]],
    statuses: Codes,
    where: str,
) -> Cells:
    """Name the dimensions by role: from the answer's own roles where it tells them, else by their codes."""
    roles = {role: set(map(str, codes)) for role, codes in (answer.get("role") or {}).items()}
    time = only(dimensions, lambda each: each.code in roles.get("time", ()), "time dimension", where)
    metric = only(dimensions, lambda each: each.code in roles.get("metric", ()), "contents dimension", where)
    areas = [each for each in dimensions if each.code in roles.get("geo", ())]
    areas = areas or [each for each in dimensions if each not in (time, metric) and is_area(each)]
    if len(areas) > 1:
        raise LayoutChanged(where, "one area dimension at most", str([each.code for each in areas]))
    others = tuple(each for each in dimensions if each not in (time, metric, *areas))
    refuse_strange_periods(time, where)
    stamp = parse_stamp(str(answer["updated"])).isoformat()
    return Cells(
        values, statuses, time, metric, areas[0] if areas else None, others, stamp, str(answer.get("source", ""))
    )


def is_area(dimension: Dimension) -> bool:
    """Tell whether a dimension's codes are areas, some perhaps of levels that we do not hold; 'SSS' is no sign."""
    return any(value != "SSS" and AREA.match(value) for value in dimension.values)


def only(dimensions: list[Dimension], chosen: Any, what: str, where: str) -> Dimension:
    """Return the one dimension that is chosen. Raises LayoutChanged when there is none or more."""
    found = [each for each in dimensions if chosen(each)]
    if len(found) != 1:
        raise LayoutChanged(where, f"one {what}", f"{len(found)} among {[each.code for each in dimensions]}")
    return found[0]


def refuse_strange_periods(time: Dimension, where: str) -> None:
    """Raise LayoutChanged when a period is not of a form that we know."""
    strange = [period for period in time.values if not PERIOD.match(period)]
    if strange:
        raise LayoutChanged(where, "periods such as 2026M08, 2026Q3 or 2026", strange[0])


# --- the publisher's json ---------------------------------------------------------------------------------------------


def read_pxjson(answer: dict[str, Any], where: str) -> Cells:
    """Read PxWeb's own json: rows of keys and of values as text, symbols among the values."""
    columns = answer["columns"]
    keys = [column for column in columns if column["type"] != "c"]
    contents = [str(column["code"]) for column in columns if column["type"] == "c"]
    rows = answer["data"]
    uneven = [row for row in rows if (len(row["key"]), len(row["values"])) != (len(keys), len(contents))]
    if uneven:
        raise LayoutChanged(where, f"{len(keys)} keys and {len(contents)} values a row", str(uneven[0])[:80])
    per_row: list[Codes] = [
        pd.Categorical([str(row["key"][place]) for row in rows]).repeat(len(contents)) for place in range(len(keys))
    ]
    texts = [text for row in rows for text in row["values"]]
    symbols = np.array([text in STATUS_OF_SYMBOL for text in texts])
    numbers = [None if text in STATUS_OF_SYMBOL else float(text) for text in texts]
    values = refuse_infinite(np.array(numbers, dtype=np.float64), where)
    if (np.isnan(values) & ~symbols).any():
        raise LayoutChanged(where, "a number or a symbol in every cell", "nan")
    places = np.flatnonzero(symbols)
    statuses = status_column(values, places, [texts[place] for place in places], where)
    metric_cells = code_column(np.tile(np.arange(len(contents)), len(rows)), contents)
    dimensions = [
        Dimension(str(column["code"]), tuple(map(str, cells.categories)), {}, cells)
        for column, cells in zip(keys, per_row, strict=True)
    ]
    labels = {str(column["code"]): str(column["text"]) for column in columns}
    dimensions.append(Dimension("contents", tuple(contents), labels, metric_cells))
    roles = {"time": [column["code"] for column in keys if column["type"] == "t"], "metric": ["contents"]}
    about = answer["metadata"][0]
    return with_roles({"role": roles, **about}, dimensions, values, statuses, where)
