"""The kind `multiples`: the home municipalities side by side, each alone, all on the same axes."""

from collections.abc import Sequence

from dashboards import format
from dashboards.charts import Chart, Told
from dashboards.charts.axes import month_axis, value_axis
from dashboards.charts.description import Band, Line, Panels, Plot
from dashboards.charts.in_words import Write
from dashboards.charts.normal import normal_band
from dashboards.charts.trend import describe_line, name_ends, stretch, writer
from dashboards.provenance import gap_note
from dashboards.visit import Visit


def tell_multiples(visit: Visit, chart: Chart) -> Told:
    """Describe each home municipality's months of one indicator, with a common axis."""
    since, until = stretch(visit, chart)
    write = writer(visit, chart.indicator, "rate")
    homes = visit.homes
    lines = name_ends(visit, [describe_line(visit, chart.indicator, area, (since, until), write) for area in homes])
    bands = [normal_band(visit, chart.indicator, area, since, until) for area in homes]
    names = format.listed(visit.words, [line.label for line in lines])
    panels = Panels(
        id=chart.id,
        title=visit.words(f"chart.{chart.id}.title"),
        unit=visit.words(f"chart.{chart.id}.unit"),
        plots=describe_panels(visit, chart, lines, bands, (since, until)),
        empty=visit.words("chart.empty", name=names),
        stamp=visit.made_up_stamp,
    )
    return Told(
        frame=visit.figures.rows([chart.indicator], homes, since, until),
        description=panels,
        summary=read_multiples(visit, lines, write) if not panels.is_empty else panels.empty,
        alt=visit.words("chart.multiples_alt", unit=panels.unit, lines="; ".join(line.end for line in lines)),
        notes=tuple(gap_note(visit, chart.indicator, homes, since, until)),
    )


def describe_panels(
    visit: Visit, chart: Chart, lines: Sequence[Line], bands: Sequence[Band | None], ends: tuple[str, str]
) -> tuple[Plot, ...]:
    """Return a plot for each line with its usual range; all have the axis that the highest of them needs."""
    axis = max((value_axis(visit, lines, band) for band in bands), key=lambda each: each.high)
    return tuple(
        Plot(
            id=f"{chart.id}-{line.area}",
            title=line.end,
            unit=visit.words(f"chart.{chart.id}.unit"),
            x=month_axis(visit, *ends),
            y=axis,
            lines=(line,),
            band=band,
            empty=visit.words("chart.empty", name=line.label),
            stamp=visit.made_up_stamp,
        )
        for line, band in zip(lines, bands, strict=True)
    )


def read_multiples(visit: Visit, lines: Sequence[Line], write: Write) -> str:
    """Return a sentence on the lowest and the highest month of each line that has one."""
    spans = []
    for line in lines:
        values = [point.value for run in line.runs for point in run if point.value is not None]
        if values:
            spans.append(f"{line.label} {write(min(values))}\u2013{write(max(values))}")
    return visit.words("chart.multiples_summary", lines="; ".join(spans))
