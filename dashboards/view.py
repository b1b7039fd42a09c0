"""The one seam: a chart of a visit as rows, description and words, for page, picture, table and download alike."""

from dataclasses import dataclass

import pandas as pd

from dashboards.charts import find_chart
from dashboards.charts.area_map import AreaMap, tell_map
from dashboards.charts.description import Description
from dashboards.charts.ranks import Ranks, tell_ranks
from dashboards.charts.trend import describe_trend, stretch
from dashboards.provenance import frame_notes, gap_note, source_line
from dashboards.summary import describe_in_text, read_trend
from dashboards.visit import Visit


@dataclass(frozen=True)
class View:
    """Everything that is told of one chart; all of it is made of the same rows."""

    frame: pd.DataFrame
    description: Description | Ranks | AreaMap
    title: str
    summary: str
    alt: str
    source_line: str
    notes: tuple[str, ...]


KINDS = {"ranks": tell_ranks, "area_map": tell_map}


def view(name: str, visit: Visit) -> View:
    """Return a chart's view. Raises UnknownChart."""
    chart = find_chart(name)
    if chart.kind in KINDS:
        told = KINDS[chart.kind](visit, chart)
        return View(
            frame=told.frame,
            description=told.description,
            title=told.description.title,
            summary=told.summary,
            alt=told.alt,
            source_line=source_line(visit, told.frame["release_id"].unique().tolist()),
            notes=(*told.notes, *frame_notes(visit, told.frame)),
        )
    areas = visit.selection.areas if chart.compared else visit.selection.areas[:1]
    since, until = stretch(visit, chart)
    frame = visit.figures.rows([chart.indicator], areas, since, until)
    description = describe_trend(visit, chart, frame, since, until)
    return View(
        frame=frame,
        description=description,
        title=description.title,
        summary=read_trend(visit, chart.indicator, description),
        alt=describe_in_text(visit, chart.indicator, description),
        source_line=source_line(visit, frame["release_id"].unique().tolist()),
        notes=(*gap_note(visit, chart.indicator, areas, since, until), *frame_notes(visit, frame)),
    )
