"""The one seam: a chart of a visit as rows, description and words, for page, picture, table and download alike."""

from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from dashboards.charts import PROJECT, Chart, find_chart
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

KEYS = ("indicator", "area", "period", "dimension", "category")


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

    @cached_property
    def rows(self) -> dict[str, set[str]]:
        """Return what stands in the columns of the rows that say what each row is."""
        return {name: set(self.frame[name].tolist()) for name in KEYS if name in self.frame}


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
    """Return all that a chart depends on; of one of all months the page's month is not among it.

    None is returned for what shows all municipalities: their standing keeps what is made of it.
    """
    if chart.kind in ("ranks", "area_map"):
        return None
    selection = visit.selection
    common = chart.id, visit.words.language, selection.as_of, selection.area
    if chart.kind in ("trend", "multiples"):
        compared = selection.compare if chart.compared else ()
        return *common, *stretch(visit, chart), compared, measure_of(visit, chart)
    month = "" if chart.page == PROJECT else visit.month
    return *common, selection.since, selection.until, month, bool(month and selection.month)


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
