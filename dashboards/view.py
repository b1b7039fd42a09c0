"""The one seam: a chart of a visit as rows, description and words, for page, picture, table and download alike."""

from dataclasses import dataclass

import pandas as pd

from dashboards.charts import find_chart
from dashboards.charts.area_map import tell_map
from dashboards.charts.beveridge import tell_beveridge
from dashboards.charts.description import Description
from dashboards.charts.multiples import tell_multiples
from dashboards.charts.occupations import tell_occupations
from dashboards.charts.ranks import tell_ranks
from dashboards.charts.structure import tell_structure
from dashboards.charts.trend import tell_trend
from dashboards.provenance import frame_notes, source_line
from dashboards.visit import Visit


@dataclass(frozen=True)
class View:
    """Everything that is told of one chart; all of it is made of the same rows."""

    frame: pd.DataFrame
    description: Description
    title: str
    summary: str
    alt: str
    source_line: str
    notes: tuple[str, ...]


KINDS = {
    "trend": tell_trend,
    "multiples": tell_multiples,
    "structure": tell_structure,
    "beveridge": tell_beveridge,
    "occupations": tell_occupations,
    "ranks": tell_ranks,
    "area_map": tell_map,
}


def view(name: str, visit: Visit) -> View:
    """Return a chart's view. Raises UnknownChart."""
    chart = find_chart(name)
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
