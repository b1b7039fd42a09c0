"""The kind `parts_of_change`: what a change is made of, by year, as columns that stand on zero and hang below it."""

from collections.abc import Sequence

from dashboards import format
from dashboards.charts import Chart, Told
from dashboards.charts.axes import axis_to
from dashboards.charts.description import Bar, Columns, Row, Series
from dashboards.charts.theme import SERIES
from dashboards.charts.trend import stretch_of_years
from dashboards.tables import NOT_HELD, STATUS_SIGNS
from dashboards.visit import Visit


def tell_parts(visit: Visit, chart: Chart) -> Told:
    """Describe the parts of the chosen area's change by year; a year that is not held leaves its place open."""
    area = visit.selection.area
    held = [stretch_of_years(visit, code, (area,)) for code in chart.indicators if visit.figures.series(code, area)]
    since, until = min((ends[0] for ends in held), default=""), max((ends[1] for ends in held), default="")
    years = [str(year) for year in range(int(since), int(until) + 1)] if held else []
    rows = tuple(Row(year, tuple(bar_of(visit, code, year) for code in chart.indicators)) for year in years)
    columns = describe_columns(visit, chart, rows)
    summary = read_newest(visit, chart, rows) if not columns.is_empty else columns.empty
    frame = visit.figures.rows(chart.indicators, [area], since or "0000", until or "0000")
    alt = describe_in_words(visit, columns)
    return Told(frame, columns, summary, alt, tuple(tell_lacking(visit, chart, rows)))


def bar_of(visit: Visit, code: str, year: str) -> Bar:
    """Return a part of a year, with the sign that says why there is none."""
    figure = visit.figures.at(code, visit.selection.area, year)
    if figure is None:
        return Bar(None, NOT_HELD)
    if figure.value is None:
        return Bar(None, STATUS_SIGNS.get(figure.status, NOT_HELD))
    return Bar(figure.value, format.signed(visit.words, figure.value))


def describe_columns(visit: Visit, chart: Chart, rows: tuple[Row, ...]) -> Columns:
    """Return the columns; the sum is marked in the years of which all parts are held."""
    highest = max((height(row, 1) for row in rows), default=0.0)
    lowest = min((-height(row, -1) for row in rows), default=0.0)
    return Columns(
        id=chart.id,
        title=visit.words(f"chart.{chart.id}.title"),
        unit=visit.words(f"chart.{chart.id}.unit"),
        y=axis_to(visit, highest, lowest=lowest),
        series=tuple(Series(visit.label(code), *SERIES[code]) for code in chart.indicators),
        rows=rows,
        total=visit.words(f"chart.{chart.id}.total"),
        empty=visit.words("chart.empty", name=visit.name(visit.selection.area)),
        stamp=visit.made_up_stamp,
    )


def height(row: Row, sign: int) -> float:
    """Return how far a column reaches above zero (1) or below it (-1), as a size."""
    return sum(max(sign * (bar.value or 0.0), 0.0) for bar in row.bars)


def read_newest(visit: Visit, chart: Chart, rows: Sequence[Row]) -> str:
    """Return a sentence with the parts of the newest year."""
    newest = next(row for row in reversed(rows) if any(bar.value is not None for bar in row.bars))
    parts = [
        visit.words("parts.part", label=visit.label(code), number=bar.text)
        for code, bar in zip(chart.indicators, newest.bars, strict=True)
        if bar.value is not None
    ]
    return visit.words("parts.newest", year=newest.label, parts=", ".join(parts))


def describe_in_words(visit: Visit, columns: Columns) -> str:
    """Return the text alternative: every year with its parts in the order of the series."""
    if columns.is_empty:
        return columns.empty
    shown = [row for row in columns.rows if any(bar.value is not None for bar in row.bars)]
    rows = "; ".join(f"{row.label}: {', '.join(bar.text for bar in row.bars)}" for row in shown)
    series = format.listed(visit.words, [each.label for each in columns.series])
    return visit.words("parts.alt", unit=columns.unit, series=series, rows=rows)


def tell_lacking(visit: Visit, chart: Chart, rows: Sequence[Row]) -> list[str]:
    """Return a note on the years of which a part is not held: a column there is not the whole change."""
    notes = []
    for place, code in enumerate(chart.indicators):
        years = [row.label for row in rows if row.bars[place].value is None]
        if years:
            told = {"label": visit.label(code), "years": format.stretches(years)}
            notes.append(visit.words("parts.lacking", **told))
    return notes
