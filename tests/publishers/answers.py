"""The documents of PxWeb API v1: metadata, listings, json-stat2 and json, each a plain structure ready for JSON."""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from tests.publishers.table import Answer, Table, Variable, Words

MADE_UP = "ESIMERKKIAINEISTO – ei oikeita lukuja"
RESTAMPED = "2026-07-01T21:04:30"
"""The listing's `updated` of every table: the day of a mass re-stamp, never a release."""

_BY = {"fi": " muuttujina ", "sv": " efter ", "en": " by "}
_AND = {"fi": " ja ", "sv": " och ", "en": " and "}
_SECRET = {
    "fi": "... = Tieto on salassapitosäännön alainen",
    "sv": "... = Uppgiften är sekretessbelagd",
    "en": "... = Data is subject to secrecy",
}
_DESCRIPTION = {"fi": "Tilaston kuvaus", "sv": "Beskrivning av statistiken", "en": "Description of the statistics"}
_COLUMN_TYPES = {"time": "t", "metric": "c"}


def source(table: Table, language: str, made_up: bool) -> str:
    """Give the source line, marked when the figures are made up."""
    real = table.source[language]
    return f"{MADE_UP} (muoto: {real})" if made_up else real


def _title(table: Table, variables: list[Variable], language: str) -> str:
    names = [variable.text[language] for variable in variables]
    listed = ", ".join(names[:-1]) + _AND[language] + names[-1]
    return table.title[language] + _BY[language] + listed


def _described(table: Table, language: str) -> str:
    months = table.time.values
    return f"{table.id} -- {table.title[language]}, {months[0]}-{months[-1]}"


def folders(names: Mapping[str, Words], language: str) -> list[dict[str, str]]:
    """List the folders of the database."""
    return [{"id": folder, "type": "l", "text": text[language]} for folder, text in names.items()]


def listing(tables: list[Table], language: str) -> list[dict[str, str]]:
    """List the tables of a folder."""
    return [
        {"id": f"{table.id}.px", "type": "t", "text": _described(table, language), "updated": RESTAMPED}
        for table in tables
    ]


def metadata(table: Table, language: str) -> dict[str, Any]:
    """Describe a table; `elimination`, `time` and `map` are absent when they would be false."""
    variables = [_variable(variable, language) for variable in table.variables]
    return {"title": _title(table, table.variables, language), "variables": variables}


def _variable(variable: Variable, language: str) -> dict[str, Any]:
    document: dict[str, Any] = {"code": variable.code, "text": variable.text[language]}
    document["values"] = list(variable.values)
    document["valueTexts"] = [variable.label(value, language) for value in variable.values]
    if variable.elimination is not None:
        document["elimination"] = True
    if variable.role == "time":
        document["time"] = True
    if variable.map:
        document["map"] = variable.map
    return document


def json_stat2(answer: Answer, language: str, source_line: str) -> dict[str, Any]:
    """Write an answer as json-stat2; a secret cell is null and has its flat index in `status`."""
    flat = answer.figures.ravel()
    table, shown = answer.table, answer.shown
    document = {
        "version": "2.0",
        "class": "dataset",
        "label": _title(table, shown, language),
        "source": source_line,
        "updated": table.stamp,
        "note": _notes(table, language),
        "role": _roles(shown),
        "id": [variable.code for variable in shown],
        "size": [len(variable.values) for variable in shown],
        "dimension": {variable.code: _dimension(variable, language) for variable in shown},
        "extension": {"px": _px(table, language)},
        "value": _numbers(answer),
    }
    secret = np.flatnonzero(np.isnan(flat)).tolist()
    return document | ({"status": {str(place): table.symbol for place in secret}} if secret else {})


def _notes(table: Table, language: str) -> list[str]:
    link = f"https://stat.fi/tilasto/dokumentaatio/{table.folder}"
    return [f"\r\n<A HREF='{link}' TARGET=_blank>{_DESCRIPTION[language]}</A>", _SECRET[language]]


def _roles(shown: list[Variable]) -> dict[str, list[str]]:
    roles: dict[str, list[str]] = {}
    for role in ("time", "geo", "metric"):
        codes = [variable.code for variable in shown if variable.role == role]
        roles |= {role: codes} if codes else {}
    return roles


def _dimension(variable: Variable, language: str) -> dict[str, Any]:
    values = variable.values
    category: dict[str, Any] = {
        "index": {value: place for place, value in enumerate(values)},
        "label": {value: variable.label(value, language) for value in values},
    }
    comments = {value: [variable.comments[value]] for value in values if value in variable.comments}
    if comments and language == "fi":
        category["note"] = comments
    if variable.units:
        units = {value: variable.units[value] for value in values}
        category["unit"] = {v: {"base": unit.base[language], "decimals": unit.decimals} for v, unit in units.items()}
    document = {"label": variable.text[language], "category": category, "extension": _extension(variable)}
    if variable.role not in ("time", "metric"):
        document["link"] = {"describedby": [{"extension": {variable.code: "SCALE-TYPE=nominal"}}]}
    return document


def _extension(variable: Variable) -> dict[str, Any]:
    extension: dict[str, Any] = {"elimination": variable.elimination is not None}
    if variable.elimination:
        extension["eliminationValueCode"] = variable.elimination
    return extension | {"show": "value"}


def _px(table: Table, language: str) -> dict[str, Any]:
    return {
        "tableid": table.id,
        "decimals": 0,
        "official-statistics": True,
        "aggregallowed": True,
        "language": language,
        "description": _described(table, language),
        "matrix": table.id,
        "subject-code": table.folder,
    }


def _content_axis(answer: Answer) -> int:
    return next(place for place, variable in enumerate(answer.shown) if variable.role == "metric")


def _decimals(answer: Answer) -> list[int]:
    contents = answer.shown[_content_axis(answer)]
    return [contents.units[code].decimals for code in contents.values]


def _numbers(answer: Answer) -> list[int | float | None]:
    """Whole numbers for contents without decimals, null for the secret."""
    figures = np.moveaxis(answer.figures, _content_axis(answer), -1)
    secret, whole = np.isnan(figures), np.array(_decimals(answer)) == 0
    cells = np.where(secret, 0, figures).astype(object)
    cells[..., whole] = np.rint(np.where(secret, 0, figures)[..., whole]).astype(np.int64).astype(object)
    cells[secret] = None
    flat: list[int | float | None] = np.moveaxis(cells, -1, _content_axis(answer)).ravel().tolist()
    return flat


def px_json(answer: Answer, language: str, source_line: str) -> dict[str, Any]:
    """Write an answer as json: one row for each key, figures as text, the stamp with dots in its time."""
    contents = answer.shown[_content_axis(answer)]
    keys = [variable for variable in answer.shown if variable is not contents]
    label = _title(answer.table, answer.shown, language)
    stamp = answer.table.stamp.replace(":", ".")
    return {
        "columns": [_column(v, language) for v in keys] + _content_columns(contents, language),
        "comments": [],
        "data": _rows(answer, keys),
        "metadata": [{"updated": stamp, "label": label, "source": source_line}],
    }


def _column(variable: Variable, language: str) -> dict[str, str]:
    kind = _COLUMN_TYPES.get(variable.role, "d")
    return {"code": variable.code, "text": variable.text[language], "type": kind}


def _content_columns(contents: Variable, language: str) -> list[dict[str, str]]:
    comments = contents.comments if language == "fi" else {}
    return [
        {"code": code, "text": contents.label(code, language)}
        | ({"comment": comments[code]} if code in comments else {})
        | {"type": "c"}
        for code in contents.values
    ]


def _rows(answer: Answer, keys: list[Variable]) -> list[dict[str, list[str]]]:
    figures = np.moveaxis(answer.figures, _content_axis(answer), -1)
    forms = [f"{{:.{decimals}f}}" for decimals in _decimals(answer)]
    rows, symbol = [], answer.table.symbol
    for place in np.ndindex(figures.shape[:-1]):
        codes = [variable.values[i] for variable, i in zip(keys, place, strict=True)]
        cells = zip(forms, figures[place].tolist(), strict=True)
        rows.append(
            {"key": codes, "values": [symbol if math.isnan(cell) else form.format(cell) for form, cell in cells]}
        )
    return rows
