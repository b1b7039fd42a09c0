"""The published impact evaluations: what is held of each project, as the page, the interface and the downloads have it.

An evaluation is a project's aggregates of the month in which its follow-up ended; of a project the newest is shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from dashboards.edition import Edition
from dashboards.open_data.asked import FIRST_MONTH, LAST_MONTH
from dashboards.selection import Selection, known_at
from dashboards.visit import Visit, no_parts
from queries.catalogue import Catalogue
from queries.impact_indicators import EVERYWHERE, INDICATORS
from queries.read import Snapshot

SOURCE = "impact_evaluation"
PROJECT = "project"
MOST_ROWS = 100_000

Key = tuple[str, str, str, str]
"""indicator, area, dimension without the project, category without it"""


@dataclass(frozen=True)
class PublishedEvaluation:
    """The aggregates of one project. A figure is NaN where it is hidden, and absent where there is none."""

    code: str
    name: str
    period: str
    published: datetime
    figures: Mapping[Key, float]

    @property
    def hidden(self) -> int:
        """Return how many figures are hidden."""
        return sum(value != value for value in self.figures.values())

    @property
    def areas(self) -> list[str]:
        """Return the municipalities that customers live in."""
        return list(dict.fromkeys(area for _, area, _, _ in self.figures if area != EVERYWHERE))

    def find(self, indicator: str, area: str = EVERYWHERE, dimension: str = "", category: str = "") -> float | None:
        """Return a figure, NaN where it is hidden, None where there is none."""
        return self.figures.get((indicator, area, dimension, category))


def read_evaluations(snapshot: Snapshot, selection: Selection, edition: Edition, catalogue: Catalogue) -> pd.DataFrame:
    """Read what is published of all evaluations, through the query that the interface answers with."""
    if edition.lacks([SOURCE]):
        return no_parts()
    frames = [
        snapshot.frame(
            "observations",
            indicators=list(INDICATORS),
            areas=list(edition.areas),
            dimension=way,
            since=FIRST_MONTH,
            until=LAST_MONTH,
            periods=[],
            as_of=known_at(selection),
            most=MOST_ROWS,
        )
        for way in dict.fromkeys(way for code in INDICATORS for way in catalogue.indicators[code].dimensions)
    ]
    held = [each for each in frames if len(each)]
    return pd.concat(held, ignore_index=True) if held else no_parts()


def evaluations_of(visit: Visit) -> list[PublishedEvaluation]:
    """Return the newest evaluation of each project, the one published last first."""
    parts = visit.parts
    if not len(parts):
        return []
    projects = parts["category"].str.partition(",")[0]
    found = []
    for code, rows in parts.groupby(projects, sort=True):
        newest = rows[rows["period"] == rows["period"].max()]
        found.append(as_evaluation(visit, str(code), newest))
    return sorted(found, key=lambda each: each.published, reverse=True)


def as_evaluation(visit: Visit, code: str, rows: pd.DataFrame) -> PublishedEvaluation:
    """Return the rows of one project and month as an evaluation."""
    releases = visit.edition.releases
    return PublishedEvaluation(
        code=code,
        name=visit.category(PROJECT, code),
        period=str(rows["period"].iloc[0]),
        published=max(releases[number].published_at for number in rows["release_id"].unique().tolist()),
        figures={
            (row["indicator"], row["area"], without_project(row["dimension"]), without_project(row["category"])): float(
                row["value"]
            )
            for row in rows.to_dict("records")
        },
    )


def without_project(composite: str) -> str:
    """Return a composite dimension or category without its first part, the project."""
    return composite.partition(",")[2]
