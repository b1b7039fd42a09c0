"""The kind `breakdown`: one measure of the chosen area by a dimension, as bars, now against a year ago.

Persons are never added up over the bars: who moves from one class to another within the month is in both.
"""

from collections.abc import Sequence

import pandas as pd

from dashboards import format
from dashboards.breaks import barriers_crossed
from dashboards.charts import Chart, Told
from dashboards.charts.axes import axis_to
from dashboards.charts.description import Bar, Bars, Row, Series
from dashboards.charts.in_words import describe_bars
from dashboards.charts.theme import SERIES
from dashboards.periods import year_before
from dashboards.tables import NOT_HELD, STATUS_SIGNS
from dashboards.visit import Visit

STEPS = ("now", "year_ago")


def tell_breakdown(visit: Visit, chart: Chart) -> Told:
    """Describe a measure by category in the visit's month and, where it may be compared, in that of the year before."""
    months = shown_months(visit, chart)
    rows = visit.parts_of(chart.indicator, chart.dimension)
    frame = rows[rows["period"].isin(list(months.values()))]
    columns = (frame[name].tolist() for name in ("category", "period", "value", "status"))
    held = {
        (category, period): bar_of(visit, chart, value, status)
        for category, period, value, status in zip(*columns, strict=True)
    }
    categories = in_order({category for category, _ in held})
    bars = describe_bars_of(visit, chart, months, categories, held)
    notes = [visit.words(f"breakdown.{visit.catalogue.indicators[chart.indicator].unit}.note")]
    now = newest_of_parts(visit, chart)
    crossed = barriers_crossed(visit, [chart.indicator], year_before(now), now) if now else []
    notes += [visit.words(f"break.{code}.note") for code in crossed]
    summary = read_largest(visit, chart, frame) if categories else bars.empty
    return Told(frame, bars, summary, describe_bars(visit, bars), tuple(notes))


def shown_months(visit: Visit, chart: Chart) -> dict[str, str]:
    """Return the month, and that of the year before unless a break forbids the comparison, by the name of its step."""
    now = newest_of_parts(visit, chart)
    if not now:
        return {}
    before = year_before(now)
    crossed = barriers_crossed(visit, [chart.indicator], before, now)
    return {"now": now} if crossed else dict(zip(STEPS, (now, before), strict=True))


def newest_of_parts(visit: Visit, chart: Chart) -> str:
    """Return the visit's month; of a yearly measure the newest year, not later than one that is chosen, with parts."""
    if not visit.is_yearly(chart.indicator):
        return visit.month
    rows = visit.parts_of(chart.indicator, chart.dimension)
    until = visit.month if visit.selection.month else "9999"
    return max((year for year in rows["period"].tolist() if year <= until), default="")


def describe_bars_of(
    visit: Visit, chart: Chart, months: dict[str, str], categories: Sequence[str], held: dict[tuple[str, str], Bar]
) -> Bars:
    """Return the bars of some categories; a year of which nothing is held is left out."""
    steps = [step for step in months if any(period == months[step] for _, period in held)]
    return Bars(
        id=chart.id,
        title=visit.words(f"chart.{chart.id}.title"),
        unit=visit.words(f"breakdown.{visit.catalogue.indicators[chart.indicator].unit}.unit"),
        high=axis_to(visit, max((bar.value or 0.0 for bar in held.values()), default=0.0)).high,
        series=tuple(Series(format.month(visit.words, months[step]), *SERIES[step]) for step in steps),
        rows=tuple(
            Row(
                visit.category(chart.dimension, category),
                tuple(held.get((category, months[step]), Bar(None, NOT_HELD)) for step in steps),
            )
            for category in categories
        ),
        empty=visit.words("chart.empty", name=visit.name(visit.selection.area)),
        stamp=visit.made_up_stamp,
    )


def bar_of(visit: Visit, chart: Chart, value: float, status: str) -> Bar:
    """Return a category's bar. Where more was recovered than paid it has no length, its text is below zero."""
    if value != value:
        return Bar(None, STATUS_SIGNS.get(status, NOT_HELD))
    return Bar(max(value, 0.0), visit.value(chart.indicator, value))


def in_order(categories: set[str]) -> list[str]:
    """Return categories by the number that they begin with, then by code; what is not known comes last."""
    return sorted(categories, key=lambda code: (code == "unknown", number_of(code), code))


def number_of(code: str) -> int:
    """Return the number that a class begins with (101-200), 0 where it begins with none."""
    digits = code.partition("-")[0]
    return int(digits) if digits.isdigit() else 0


def read_largest(visit: Visit, chart: Chart, frame: pd.DataFrame) -> str:
    """Return a sentence on the category that is largest in the month."""
    newest = newest_of_parts(visit, chart)
    known = frame[(frame["period"] == newest) & frame["value"].notna()]
    month = format.in_month(visit.words, newest)
    if known.empty:
        return visit.words("breakdown.hidden", month=month)
    largest = known.sort_values("value").iloc[-1]
    return visit.words(
        "breakdown.largest",
        month=month,
        label=visit.category(chart.dimension, str(largest["category"])),
        amount=format.amount(visit.words, float(largest["value"]), visit.catalogue.indicators[chart.indicator]),
    )
