"""The kind `occupations`: the ten with most unemployed, or with most vacancies, and the other side of each."""

from collections.abc import Hashable, Mapping
from typing import Any

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


def tell_occupations(visit: Visit, chart: Chart) -> Told:
    """Describe the occupations in which the chart's side is largest, with both sides of each."""
    table = both_sides(visit.occupations)
    held = table[table[chart.indicator] > 0]
    top = held.sort_values([chart.indicator, "category"], ascending=[False, True]).head(MOST)
    month = format.month(visit.words, str(visit.occupations["period"].iloc[0])) if len(top) else ""
    rows = tuple(
        Row(visit.category("occupation", row["category"]), tuple(bar(visit, row, side) for side in SIDES))
        for row in top.to_dict("records")
    )
    bars = Bars(
        id=chart.id,
        title=visit.words(f"chart.{chart.id}.title"),
        unit=visit.words(f"chart.{chart.id}.unit", month=month) if month else "",
        high=axis_to(visit, max((each.value or 0.0 for row in rows for each in row.bars), default=0.0)).high,
        series=tuple(Series(visit.label(side), *SERIES[side]) for side in SIDES),
        rows=rows,
        empty=visit.words("chart.empty", name=visit.name(visit.selection.area)),
        stamp=visit.made_up_stamp,
    )
    frame = visit.occupations[visit.occupations["category"].isin(top["category"])]
    summary = read_mismatch(visit, chart, top) if len(top) else bars.empty
    notes = (visit.words("occupations.note"),) if len(top) else (visit.words("occupations.none"),)
    return Told(frame, bars, summary, describe_bars(visit, bars), notes)


def whole_list(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the newest month among some rows; none when they are a mere part of the publisher's list."""
    newest = rows.query("period == period.max()")
    return newest if newest["category"].nunique() >= WHOLE else newest.head(0)


def both_sides(rows: pd.DataFrame) -> pd.DataFrame:
    """Return one row per occupation with unemployed and vacancies, and the status of each."""
    values = rows.pivot(index="category", columns="indicator", values="value").reindex(columns=list(SIDES))
    reasons = rows.pivot(index="category", columns="indicator", values="status").reindex(columns=list(SIDES))
    return values.join(reasons.add_suffix("_status")).reset_index()


def bar(visit: Visit, row: Mapping[Hashable, Any], side: str) -> Bar:
    """Return one side's bar, with its number or the sign that says why there is none."""
    value, status = row[side], row[f"{side}_status"]
    if isinstance(value, float) and value == value:
        return Bar(value, visit.value(side, value))
    return Bar(None, STATUS_SIGNS.get(str(status), NOT_HELD))


def read_mismatch(visit: Visit, chart: Chart, top: pd.DataFrame) -> str:
    """Return a sentence on the largest occupation, and one on where the other side is furthest behind."""
    other = next(side for side in SIDES if side != chart.indicator)
    first = top.iloc[0]
    told = visit.words(
        f"occupations.{chart.indicator}.largest",
        name=visit.category("occupation", first["category"]),
        number=visit.value(chart.indicator, first[chart.indicator]),
    )
    apart = (top[chart.indicator] - top[other]).where(lambda gap: gap > 0).dropna().sort_values(ascending=False)
    names = [visit.category("occupation", top.loc[place, "category"]) for place in apart.index[:NAMED]]
    if not names:
        return told
    return f"{told} {visit.words(f'occupations.{chart.indicator}.apart', names=format.listed(visit.words, names))}"
