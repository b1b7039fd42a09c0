"""The kind `projection`: the population of the chosen area as it was, and as it was projected, never as one line."""

from dataclasses import replace

from dashboards import format
from dashboards.charts import Chart, Told
from dashboards.charts.axes import month_axis, value_axis
from dashboards.charts.description import Line, Plot, Point
from dashboards.charts.in_words import describe_trend
from dashboards.charts.trend import describe_line, name_ends, why_empty, writer
from dashboards.visit import Visit

OBSERVED = "population"
OLDEST = "100-"
"""The age group that a projection kept by years of age up to 99 does not have."""
BACK = 30
"""So many observed years stand before the projected ones."""


def tell_projection(visit: Visit, chart: Chart) -> Told:
    """Describe the observed years and the projected ones of the chosen area on one scale."""
    since, until = ends_of(visit, chart)
    lines = lines_of(visit, chart, since, until)
    plot = Plot(
        id=chart.id,
        title=visit.words(f"chart.{chart.id}.title"),
        unit=visit.words(f"chart.{chart.id}.unit"),
        x=month_axis(visit, since, until),
        y=value_axis(visit, lines),
        lines=tuple(name_ends(visit, lines)),
        empty=why_empty(visit, lines[0]),
        stamp=visit.made_up_stamp,
    )
    frame = visit.figures.rows([OBSERVED, chart.indicator], [visit.selection.area], since, until)
    write = writer(visit, OBSERVED, "rate")
    summary = read_projection(visit, chart) or plot.empty
    return Told(frame, plot, summary, describe_trend(visit, plot, write), (visit.words("chart.projection.note"),))


def ends_of(visit: Visit, chart: Chart) -> tuple[str, str]:
    """Return the years that are shown: what the reader chose, else thirty observed years to the last projected one."""
    area, selection = visit.selection.area, visit.selection
    observed = visit.figures.series(OBSERVED, area)
    projected = visit.figures.series(chart.indicator, area)
    newest = max(observed, default="") or min(projected, default="2000")
    until = selection.until[:4] or max([newest, *projected])
    since = selection.since[:4] or str(int(newest) - BACK)
    return min(since, until), until


def lines_of(visit: Visit, chart: Chart, since: str, until: str) -> list[Line]:
    """Return the observed line and the projected one, which has another style and is named as what it is."""
    area, write = visit.selection.area, writer(visit, OBSERVED, "rate")
    observed = describe_line(visit, OBSERVED, area, (since, until), write)
    projected = describe_line(visit, chart.indicator, area, (since, until), write)
    name = visit.words("projection.line", name=observed.label)
    dotted = replace(projected.look, line="dot" if projected.look.line != "dot" else "dash")
    return [
        replace(observed, end=observed.end),
        replace(
            projected,
            label=name,
            end=projected.end.replace(observed.label, name, 1),
            look=dotted,
            indicator=chart.indicator,
            labelled=tuple((each.period, write(each.value or 0.0)) for each in last_alone(projected)),
        ),
    ]


def last_alone(line: Line) -> list[Point]:
    """Return the last point where it stands alone: its value is written at it."""
    return line.runs[-1] if line.runs and len(line.runs[-1]) == 1 else []


def read_projection(visit: Visit, chart: Chart) -> str:
    """Return what is projected for the last year, and how far the newest projected year was from what came true."""
    area = visit.selection.area
    projected, observed = visit.figures.series(chart.indicator, area), visit.figures.series(OBSERVED, area)
    known = {year: each.value for year, each in projected.items() if each.value is not None}
    if not known:
        return ""
    facts, last = visit.catalogue.indicators[OBSERVED], max(known)
    sentences = [visit.words("projection.last", year=last, number=format.number(visit.words, known[last]))]
    for year in sorted(known, reverse=True):
        figure = observed.get(year)
        if figure and figure.value is not None:
            difference = figure.value - known[year]
            form = "same" if difference == 0 else "more" if difference > 0 else "fewer"
            told = {"year": year, "projected": format.number(visit.words, known[year])}
            told["observed"] = format.number(visit.words, figure.value)
            told["difference"] = format.change(visit.words, difference, facts)
            sentences.append(visit.words(f"projection.{form}", **told))
            break
    return " ".join([*sentences, *([visit.words("projection.without_oldest")] if lacks_oldest(visit, chart) else [])])


def lacks_oldest(visit: Visit, chart: Chart) -> bool:
    """Tell whether those of a hundred years and more are not in what is projected for the chosen area."""
    parts = visit.parts
    ages = parts[(parts["indicator"] == chart.indicator) & (parts["dimension"] == "age")]["category"]
    return len(ages) > 0 and OLDEST not in set(ages)
