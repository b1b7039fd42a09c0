"""The kind `structure`: several counts of one area as bars, now against a year ago and five years ago."""

from collections.abc import Sequence

from dashboards import format
from dashboards.breaks import barriers_crossed, change_since, year_on_year
from dashboards.charts import Chart, Told
from dashboards.charts.axes import axis_to
from dashboards.charts.description import Bar, Bars, Row, Series
from dashboards.charts.in_words import describe_bars
from dashboards.charts.theme import SERIES
from dashboards.figures import Figure
from dashboards.periods import shift
from dashboards.summary import change_words, is_noise
from dashboards.tables import NOT_HELD, STATUS_SIGNS
from dashboards.visit import Visit

STEPS = {"now": 0, "year_ago": -12, "five_years_ago": -60}


def tell_structure(visit: Visit, chart: Chart) -> Told:
    """Describe a chart's counts in the newest month that the area has, and in the same month of two earlier years."""
    month = structure_month(visit, chart)
    held = [code for code in chart.indicators if figure_at(visit, code, month)]
    months = [shift(month, step) for step in STEPS.values()]
    steps = [step for step in STEPS if any(figure_at(visit, code, shift(month, STEPS[step])) for code in held)]
    rows = tuple(
        Row(visit.label(code), tuple(bar(visit, code, shift(month, STEPS[step])) for step in steps)) for code in held
    )
    highest = max((each.value or 0.0 for row in rows for each in row.bars), default=0.0)
    bars = Bars(
        id=chart.id,
        title=visit.words(f"chart.{chart.id}.title"),
        unit=visit.words(f"chart.{chart.id}.unit"),
        high=axis_to(visit, highest).high,
        series=tuple(Series(format.month(visit.words, shift(month, STEPS[step])), *SERIES[step]) for step in steps),
        rows=rows,
        empty=visit.words("chart.empty", name=visit.name(visit.selection.area)),
        stamp=visit.made_up_stamp,
    )
    shown = [shift(month, STEPS[step]) for step in steps] or [month]
    barriers = barriers_crossed(visit, held, min(shown), month)
    notes = (visit.words(f"chart.{chart.id}.note"), *(visit.words(f"break.{code}.note") for code in barriers))
    summary = read_structure(visit, held, month) if held else bars.empty
    frame = visit.figures.at_months(chart.indicators, visit.selection.area, months)
    return Told(frame, bars, summary, describe_bars(visit, bars), notes)


def read_structure(visit: Visit, codes: Sequence[str], month: str) -> str:
    """Return a sentence on the group that changed most in a year, or why none is named."""
    area = visit.selection.area
    changes = {code: year_on_year(visit, code, area, month) for code in codes}
    told = {"month": format.month(visit.words, month)}
    known = {code: change for code, change in changes.items() if change.difference is not None}
    if not known:
        reason = next(iter(changes.values()))
        if reason.reason == "not_held":
            earlier = read_five_years(visit, codes, month)
            if earlier:
                return earlier
        return visit.words("structure.not_compared", **told, why=change_words(visit, codes[0], reason))
    loud = [code for code, change in known.items() if not is_noise(change)]
    if not loud:
        return visit.words("structure.quiet", **told)
    most = max(loud, key=lambda code: abs(known[code].difference or 0.0))
    return visit.words(
        "structure.changed", **told, label=visit.label(most), change=change_words(visit, most, known[most])
    )


def read_five_years(visit: Visit, codes: Sequence[str], month: str) -> str:
    """Return a sentence on the group that changed most in five years; nothing where none can be compared."""
    area, since = visit.selection.area, shift(month, STEPS["five_years_ago"])
    changes = {code: change_since(visit, code, area, since, month).difference for code in codes}
    known = {code: change for code, change in changes.items() if change}
    if not known:
        return ""
    most = max(known, key=lambda code: abs(known[code]))
    ends = {"since": format.month(visit.words, since), "month": format.month(visit.words, month)}
    amount = format.change(visit.words, known[most], visit.catalogue.indicators[most])
    form = "more" if known[most] > 0 else "less"
    return visit.words(f"structure.five_years.{form}", label=visit.label(most), amount=amount, **ends)


def structure_month(visit: Visit, chart: Chart) -> str:
    """Return the newest month, not later than the page's, in which the area has one of a chart's counts."""
    figures = [visit.figures.newest(code, visit.selection.area, visit.month) for code in chart.indicators]
    return max((figure.period for figure in figures if figure), default=visit.month)


def figure_at(visit: Visit, code: str, month: str) -> Figure | None:
    """Return the chosen area's figure of a month."""
    return visit.figures.at(code, visit.selection.area, month)


def bar(visit: Visit, code: str, month: str) -> Bar:
    """Return a count's bar, with the number or the sign that says why there is none."""
    figure = figure_at(visit, code, month)
    if figure is None:
        return Bar(None, NOT_HELD)
    if figure.value is None:
        return Bar(None, STATUS_SIGNS.get(figure.status, NOT_HELD))
    return Bar(figure.value, visit.value(code, figure.value))
