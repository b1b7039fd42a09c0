"""The kind `occupations`: the ten with most unemployed, or with most vacancies, and the other side of each."""

from dataclasses import dataclass

import pandas as pd

from dashboards import format
from dashboards.charts import Chart, Told
from dashboards.charts.axes import axis_to
from dashboards.charts.description import Bar, Bars, Row, Series
from dashboards.charts.in_words import describe_bars
from dashboards.charts.theme import SERIES
from dashboards.tables import NOT_HELD, STATUS_SIGNS
from dashboards.visit import Visit

SIDES = ("unemployed_jobseekers", "open_vacancies")
MOST = 10
NAMED = 3
WHOLE = 100
"""Fewer occupations than this are a part of the publisher's list, and a part has no largest ones."""


@dataclass(frozen=True)
class Occupation:
    """An occupation's two sides: values by indicator, and the status of each."""

    code: str
    values: dict[str, float | None]
    statuses: dict[str, str]

    def value(self, side: str) -> float:
        """Return a side's value, 0 where it is hidden or not held."""
        return self.values.get(side) or 0.0


def tell_occupations(visit: Visit, chart: Chart) -> Told:
    """Describe the occupations in which the chart's side is largest, with both sides of each."""
    side = chart.indicator
    frame = rows_of_largest(visit.occupations, side)
    top = sorted(both_sides(frame), key=lambda each: (-each.value(side), each.code))
    month = format.month(visit.words, visit.occupations["period"].iloc[0]) if top else ""
    bars = Bars(
        id=chart.id,
        title=visit.words(f"chart.{chart.id}.title"),
        unit=visit.words(f"chart.{chart.id}.unit", month=month) if top else "",
        high=axis_to(visit, max((each.value(name) for each in top for name in SIDES), default=0.0)).high,
        series=tuple(Series(visit.label(name), *SERIES[name]) for name in SIDES),
        rows=tuple(Row(name_of(visit, each), tuple(bar(visit, each, name) for name in SIDES)) for each in top),
        empty=why_empty(visit),
        stamp=visit.made_up_stamp,
    )
    summary = read_mismatch(visit, side, top) if top else bars.empty
    note = visit.words("occupations.note" if len(visit.occupations) else "occupations.none")
    return Told(frame, bars, summary, describe_bars(visit, bars), (note,))


def why_empty(visit: Visit) -> str:
    """Return what is said instead of bars: that all figures are hidden, or that none is held."""
    name = visit.name(visit.selection.area)
    if len(visit.occupations):
        return visit.words("chart.empty_hidden", name=name, reason=visit.words("status.suppressed.name"))
    return visit.words("chart.empty", name=name)


def whole_list(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a month; none when they are a mere part of the publisher's list."""
    return rows if rows["category"].nunique() >= WHOLE else rows.head(0)


def rows_of_largest(rows: pd.DataFrame, side: str) -> pd.DataFrame:
    """Return the rows of the occupations in which a side is largest."""
    codes, sides, values = (rows[name].tolist() for name in ("category", "indicator", "value"))
    own = sorted(
        (-value, code) for code, of, value in zip(codes, sides, values, strict=True) if of == side and value > 0
    )
    largest = {code for _, code in own[:MOST]}
    return rows.take([place for place, code in enumerate(codes) if code in largest])


def both_sides(rows: pd.DataFrame) -> list[Occupation]:
    """Return each occupation among some rows of one month, in no order."""
    found: dict[str, Occupation] = {}
    columns = [rows[name].tolist() for name in ("indicator", "category", "value", "status")]
    for indicator, code, value, status in zip(*columns, strict=True):
        occupation = found.setdefault(code, Occupation(code, {}, {}))
        occupation.values[indicator] = None if value != value else value
        occupation.statuses[indicator] = status
    return list(found.values())


def name_of(visit: Visit, occupation: Occupation) -> str:
    """Return an occupation's name as the publisher writes it."""
    return visit.category("occupation", occupation.code)


def bar(visit: Visit, occupation: Occupation, side: str) -> Bar:
    """Return one side's bar, with its number or the sign that says why there is none."""
    value = occupation.values.get(side)
    if value is None:
        return Bar(None, STATUS_SIGNS.get(occupation.statuses.get(side, ""), NOT_HELD))
    return Bar(value, visit.value(side, value))


def read_mismatch(visit: Visit, side: str, top: list[Occupation]) -> str:
    """Return a sentence on the largest occupation, and one on where the other side is known to be furthest behind."""
    other = next(each for each in SIDES if each != side)
    largest = name_of(visit, top[0])
    told = visit.words(f"occupations.{side}.largest", name=largest, number=visit.value(side, top[0].value(side)))
    known = [each for each in top if each.values.get(other) is not None and each.value(side) > each.value(other)]
    apart = sorted(known, key=lambda each: each.value(other) - each.value(side))[:NAMED]
    if not apart:
        return told
    names = format.listed(visit.words, [name_of(visit, each) for each in apart])
    return f"{told} {visit.words(f'occupations.{side}.apart', names=names)}"
