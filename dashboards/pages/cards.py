"""Cards of a chart with the table of its own rows, as every page has them."""

from dashboards.charts.description import Bars
from dashboards.pages.parts import Card
from dashboards.tables import Cell, Column, Rows, change_heading, write_months
from dashboards.view import View, view
from dashboards.visit import Visit

SHORT_TABLE = 24


def change_column(visit: Visit, code: str) -> Column:
    """Return the column of the chosen area's change on the year."""
    return Column(change_heading(visit, code), Cell(code, visit.selection.area, change=True))


def describe_series(visit: Visit, code: str) -> Card:
    """Describe a card of one measure: a stock and a flow have a card each, never one axis."""
    heading = visit.short(code)
    return month_card(visit, code, [Column(heading, Cell(code, visit.selection.area)), change_column(visit, code)])


def month_card(visit: Visit, chart: str, columns: list[Column], wide: bool = False) -> Card:
    """Describe a chart's card; the table has the chart's own months, the short one only the newest."""
    shown = view(chart, visit)
    periods = sorted(shown.frame["period"].unique().tolist(), reverse=True)
    short = visit.selection.view == "chart"
    written = short_of(visit, periods) if short else periods
    if shown.question is None:
        rows, legend = write_months(visit, columns, written)
    else:
        asked = "table", *shown.question, *written
        rows, legend = visit.edition.memory.recall(asked, lambda: write_months(visit, columns, written))
    return chart_card(shown, rows, legend, wide, all_months=not short or len(periods) <= SHORT_TABLE)


def chart_card(shown: View, rows: Rows, legend: tuple[str, ...], wide: bool = False, all_months: bool = True) -> Card:
    """Describe a card of a view and its table."""
    description = shown.description
    return Card(description.id, shown.title, description.unit, wide, rows, legend, shown.source_line, shown, all_months)


def bars_card(visit: Visit, chart: str, heading: str, wide: bool = False) -> Card:
    """Describe a card of bars; its table has the bars' own figures. One that stands alone is wide."""
    shown = view(chart, visit)
    bars = shown.description
    assert isinstance(bars, Bars)
    if not bars.rows:
        return chart_card(shown, (), (), wide)
    head = (heading, *(series.label for series in bars.series))
    return chart_card(shown, (head, *((row.label, *(bar.text for bar in row.bars)) for row in bars.rows)), (), wide)


def short_of(visit: Visit, periods: list[str]) -> list[str]:
    """Return the newest months that a short table has room for, back from the chosen month where one is chosen."""
    month = visit.selection.month
    return [each for each in periods if not month or each <= month][:SHORT_TABLE] or periods[:SHORT_TABLE]
