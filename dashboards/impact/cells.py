"""The tables of a report: cells that know both how they read and what a workbook computes with."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import inf
from typing import Literal, NamedTuple

from dashboards.format import number
from dashboards.words import Words

Form = Literal["text", "whole", "percent", "decimal", "eur"]
DECIMALS = {"whole": 0, "percent": 1, "decimal": 2, "eur": 0}


class Cell(NamedTuple):
    """One cell: how it reads, its number (None for a text, and where there is none), and the number's form."""

    text: str
    value: float | None
    form: Form


@dataclass(frozen=True)
class Table:
    """A table: its caption, a head and rows; the first `named` columns name the row."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    named: int = 1


@dataclass(frozen=True)
class Columns:
    """What stands in a table's columns: the words of its head and the form of each."""

    heads: tuple[str, ...]
    forms: tuple[Form, ...]
    named: int = 1


def write_cell(words: Words, value: object, form: Form) -> Cell:
    """Write a value: a text as it is, a number in its form (per cent from a fraction), a dash where there is none."""
    if isinstance(value, str):
        return Cell(value, None, "text")
    amount = float(value) if isinstance(value, int | float) else float("nan")
    if amount in (inf, -inf):
        return Cell(words("impact.report.unbounded"), None, "text")
    if amount != amount:
        return Cell(words("impact.report.not_known"), None, "text")
    amount = 100 * amount if form == "percent" else amount
    return Cell(number(words, amount, DECIMALS[form]), amount, form)


def write_table(words: Words, caption: str, columns: Columns, rows: Iterable[Sequence[object]]) -> Table:
    """Write rows of values as a table."""
    written = tuple(
        tuple(write_cell(words, value, form) for value, form in zip(row, columns.forms, strict=True)) for row in rows
    )
    heads = tuple(words(f"impact.report.head.{head}") for head in columns.heads)
    return Table(caption, heads, written, columns.named)
