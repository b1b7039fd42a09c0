"""The kind `trend`: months of one indicator in at most five areas, as lines from zero."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from dashboards import format
from dashboards.breaks import marks_between
from dashboards.charts import CHARTS, Chart, Told
from dashboards.charts.axes import month_axis, value_axis
from dashboards.charts.description import Band, Line, Plot, Point
from dashboards.charts.in_words import Write, describe_trend, read_trend
from dashboards.charts.normal import YEARS, normal_band
from dashboards.charts.theme import look_of
from dashboards.figures import Figure
from dashboards.periods import is_between, is_year, shift, step_of
from dashboards.provenance import gap_note
from dashboards.visit import Visit
from queries.analysis.months import month_number

MOST_LINES = 5
MEASURED = {"rate": "unemployment_rate", "persons": "unemployed_jobseekers", "index": "unemployed_jobseekers"}
DWARFING = 10
"""An area with so many times the persons of the chosen one would press its line flat: it is left out and named."""


def tell_trend(visit: Visit, chart: Chart) -> Told:
    """Describe a chart's months with their usual range, in the areas that can stand beside the chosen one."""
    since, until = stretch(visit, chart)
    indicator, measure = indicator_of(visit, chart), measure_of(visit, chart)
    areas, left_out = shown_areas(visit, chart, since, until)
    base, bases = index_bases(visit, areas, since, until) if measure == "index" else ("", {})
    write = writer(visit, indicator, measure)
    frame = visit.figures.rows([indicator], areas, since, until)
    band = None if bases or is_year(since) else normal_band(visit, indicator, areas[0], since, until)
    lines = [describe_line(visit, indicator, area, (since, until), write, bases.get(area)) for area in areas]
    plot = describe_plot(visit, chart, lines, (since, until), band, base)
    notes = list(gap_note(visit, indicator, areas, since, until))
    if band:
        notes.append(band_note(visit, band, areas[0]))
    if visit.words.has(f"chart.{chart.id}.note"):
        notes.append(visit.words(f"chart.{chart.id}.note"))
    if left_out:
        names = format.listed(visit.words, [visit.name(area) for area in left_out])
        notes.append(visit.words(f"chart.left_out.{measure}", names=names))
    return Told(frame, plot, read_trend(visit, plot, write), describe_trend(visit, plot, write), tuple(notes))


def band_note(visit: Visit, band: Band, area: str) -> str:
    """Return what the band of an area is, and how few of the ten years some month of it rests on."""
    told = visit.words("chart.band_note", name=visit.name(area))
    fewest = min(normal.years for normal in chain.from_iterable(band.runs))
    return told if fewest == YEARS else f"{told} {visit.words('chart.fewer_years', number=fewest)}"


def indicator_of(visit: Visit, chart: Chart) -> str:
    """Return what a chart shows for the reader's choice of rate, persons or index."""
    return MEASURED[visit.selection.measure] if chart.measured else chart.indicator


def measure_of(visit: Visit, chart: Chart) -> str:
    """Return the reader's choice where it touches the chart, else 'rate': the figures as they are published."""
    return visit.selection.measure if chart.measured else "rate"


def writer(visit: Visit, indicator: str, measure: str) -> Write:
    """Return what writes a value of a chart."""
    if measure == "index":
        return lambda value: format.number(visit.words, value, 1)
    return lambda value: visit.value(indicator, value)


def shown_areas(visit: Visit, chart: Chart, since: str, until: str) -> tuple[tuple[str, ...], list[str]]:
    """Return the areas of a chart, and those of the comparison that cannot stand on its axis or have no base."""
    areas = visit.selection.areas[:MOST_LINES] if chart.compared else visit.selection.areas[:1]
    measure = measure_of(visit, chart)
    if measure == "rate":
        return areas, []
    if measure == "index":
        fitting = set(index_bases(visit, areas, since, until)[1])
    else:
        peaks = {area: peak(visit, MEASURED[measure], area, since, until) for area in areas}
        fitting = {area for area in areas if peaks[area] <= DWARFING * peaks[areas[0]]}
    fitting.add(areas[0])
    return tuple(area for area in areas if area in fitting), [area for area in areas if area not in fitting]


def peak(visit: Visit, indicator: str, area: str, since: str, until: str) -> float:
    """Return an area's highest value in some months, 0 without any."""
    return max((figure.value or 0.0 for figure in between(visit, indicator, area, since, until)), default=0.0)


def between(visit: Visit, indicator: str, area: str, since: str, until: str) -> list[Figure]:
    """Return an area's figures of some months, or of some years, both ends included, oldest first."""
    figures = visit.figures.series(indicator, area).values()
    return [each for each in figures if is_between(each.period, since, until)]


def index_bases(visit: Visit, areas: Sequence[str], since: str, until: str) -> tuple[str, dict[str, float]]:
    """Return the month whose persons are 100, the first one that most areas have, and each area's persons in it."""
    held = {
        area: {each.period: each.value for each in between(visit, MEASURED["index"], area, since, until) if each.value}
        for area in areas
    }
    months = sorted(held[areas[0]], key=lambda month: (-sum(month in series for series in held.values()), month))
    base = months[0] if months else ""
    return base, {area: series[base] for area, series in held.items() if base in series}


def describe_plot(
    visit: Visit, chart: Chart, lines: Sequence[Line], ends: tuple[str, str], band: Band | None, base: str
) -> Plot:
    """Return the plot of some lines; the words are those of the reader's choice of rate, persons or index."""
    measure = measure_of(visit, chart)
    words = f"chart.{chart.id}" + ("" if measure == "rate" else f".{measure}")
    unit = f"{words}.unit" if base or measure != "index" else f"{words}.unit_without_base"
    known, code = visit.words.has(f"{words}.title"), indicator_of(visit, chart)
    told = {"month": format.short_month(visit.words, base)} if base else {}
    return Plot(
        id=chart.id,
        title=visit.words(f"{words}.title") if known else visit.label(code),
        unit=visit.words(unit, **told) if known else visit.unit(code),
        x=month_axis(visit, *ends),
        y=value_axis(visit, [*lines, *also_held(visit, chart)], band),
        lines=tuple(name_ends(visit, lines)),
        marks=marks_between(visit, indicator_of(visit, chart), *ends),
        band=band,
        empty=why_empty(visit, lines[0]),
        stamp=visit.made_up_stamp,
    )


def also_held(visit: Visit, chart: Chart) -> list[Line]:
    """Return the lines that a chart does not draw but whose values its axis holds, so that two charts share one."""
    charts = [CHARTS[indicator] for indicator in chart.indicators]
    write = writer(visit, chart.indicator, "rate")
    return [describe_line(visit, each.indicator, visit.selection.area, stretch(visit, each), write) for each in charts]


def why_empty(visit: Visit, line: Line) -> str:
    """Return what a chart says when nothing of its first area can be drawn: hidden is not the same as not there."""
    if line.points and line.points[-1].status:
        reason = visit.words(f"status.{line.points[-1].status}.name")
        return visit.words("chart.empty_hidden", name=line.label, reason=reason)
    return visit.words("chart.empty", name=line.label)


def describe_line(
    visit: Visit, indicator: str, area: str, ends: tuple[str, str], write: Write, base: float | None = None
) -> Line:
    """Return one area's line; with a base, its values as an index. Its end label is the name and the last value."""
    points = [
        Point(month_number(each.period), scaled(each.value, base), each.period, each.status)
        for each in between(visit, indicator, area, *ends)
    ]
    name = visit.name(area)
    last = next((point for point in reversed(points) if point.value is not None), None)
    end = name if last is None else f"{name} {write(last.value or 0.0)}"
    return Line(area, name, end, look_of(visit.settings, area), tuple(points), step=step_of(ends[0]))


def scaled(value: float | None, base: float | None) -> float | None:
    """Return a value as an index where there is a base."""
    return value if value is None or base is None else round(100 * value / base, 1)


def name_ends(visit: Visit, lines: Sequence[Line]) -> list[Line]:
    """Return the lines; one that ends before the newest month of the chart tells its month in its end label."""
    newest = max((line.runs[-1][-1].period for line in lines if line.runs), default="")
    return [
        replace(line, end=f"{line.end} ({format.short_month(visit.words, line.runs[-1][-1].period)})")
        if line.runs and line.runs[-1][-1].period != newest
        else line
        for line in lines
    ]


def stretch(visit: Visit, chart: Chart) -> tuple[str, str]:
    """Return the periods that a chart shows: what the reader chose, else ten years to the newest month held,
    or what there is of them since the source began.

    Of an indicator that has years alone they are years, all that are held.
    """
    areas = visit.selection.areas if chart.compared else visit.selection.areas[:1]
    indicator = indicator_of(visit, chart)
    if visit.is_yearly(indicator):
        return stretch_of_years(visit, indicator, areas)
    newest = [max(visit.figures.series(indicator, area), default="") for area in areas]
    until = visit.selection.until or max(newest) or visit.selection.month or visit.selection.since or "2000-01"
    first = visit.catalogue.sources[visit.catalogue.indicators[indicator].source].first_period
    usual = max(f"{shift(until, -120)[:4]}-01", first)
    since = visit.selection.since or min(usual, visit.selection.month or usual)
    return min(since, until), until


def stretch_of_years(visit: Visit, indicator: str, areas: Sequence[str]) -> tuple[str, str]:
    """Return the years that the reader chose, else all that some areas have."""
    held = [year for area in areas for year in visit.figures.series(indicator, area)]
    until = visit.selection.until[:4] or max(held, default=visit.month[:4] or "2000")
    since = visit.selection.since[:4] or min(held, default=until)
    return min(since, until), until
