"""The one seam: a chart of a visit as rows, description and words, for page, picture, table and download alike."""

from collections.abc import Hashable
from dataclasses import dataclass

import pandas as pd

from dashboards.charts import Chart, find_chart
from dashboards.charts.area_map import tell_map
from dashboards.charts.beveridge import tell_beveridge
from dashboards.charts.breakdown import tell_breakdown
from dashboards.charts.description import Bars, Columns, Description, Plot, Pyramid
from dashboards.charts.multiples import tell_multiples
from dashboards.charts.occupations import tell_occupations
from dashboards.charts.parts_of_change import tell_parts
from dashboards.charts.profile import tell_profile
from dashboards.charts.project import tell_groups, tell_project_trend, tell_rates, tell_scores, tell_targets
from dashboards.charts.projection import tell_projection
from dashboards.charts.pyramid import tell_pyramid
from dashboards.charts.ranks import tell_ranks
from dashboards.charts.structure import tell_structure
from dashboards.charts.trend import measure_of, stretch, tell_trend
from dashboards.provenance import frame_notes, source_line
from dashboards.visit import Visit


@dataclass(frozen=True)
class View:
    """Everything that is told of one chart; all of it is made of the same rows.

    `question` names all that it depends on within a version, where that is less than the whole selection; else None.
    """

    frame: pd.DataFrame
    description: Description
    title: str
    summary: str
    alt: str
    source_line: str
    notes: tuple[str, ...]
    question: tuple[Hashable, ...] | None = None


KINDS = {
    "trend": tell_trend,
    "parts_of_change": tell_parts,
    "pyramid": tell_pyramid,
    "projection": tell_projection,
    "multiples": tell_multiples,
    "structure": tell_structure,
    "breakdown": tell_breakdown,
    "beveridge": tell_beveridge,
    "occupations": tell_occupations,
    "targets": tell_targets,
    "scores": tell_scores,
    "groups": tell_groups,
    "reported_rates": tell_rates,
    "project_trend": tell_project_trend,
    "ranks": tell_ranks,
    "area_map": tell_map,
    "profile": tell_profile,
}


def view(name: str, visit: Visit) -> View:
    """Return a chart's view. Raises UnknownChart."""
    chart = find_chart(name)
    question = question_of(visit, chart)
    if question is None:
        return make_view(visit, chart)
    return visit.edition.memory.recall(("view", *question), lambda: make_view(visit, chart, question))


def title_alone(visit: Visit, shown: View) -> str:
    """Return a view's title where no page stands around it: it names the area unless the drawing marks it."""
    of_area = find_chart(shown.description.id).of_area
    if not isinstance(shown.description, Plot | Bars | Columns | Pyramid) or not of_area:
        return shown.title
    return visit.words("picture.title", title=shown.title, name=visit.name(visit.selection.area))


def question_of(visit: Visit, chart: Chart) -> tuple[Hashable, ...] | None:
    """Return all that a chart of months depends on: the page's month is not among it. None for other kinds."""
    if chart.kind not in ("trend", "multiples"):
        return None
    selection = visit.selection
    compared = selection.compare if chart.compared else ()
    common = chart.id, visit.words.language, selection.as_of, *stretch(visit, chart)
    return *common, selection.area, compared, measure_of(visit, chart)


def make_view(visit: Visit, chart: Chart, question: tuple[Hashable, ...] | None = None) -> View:
    """Return a chart's view anew."""
    told = KINDS[chart.kind](visit, chart)
    return View(
        frame=told.frame,
        description=told.description,
        title=told.description.title,
        summary=told.summary,
        alt=told.alt,
        source_line=source_line(visit, told.releases or told.frame["release_id"].unique().tolist()),
        notes=(*told.notes, *frame_notes(visit, told.frame)),
        question=question,
    )
