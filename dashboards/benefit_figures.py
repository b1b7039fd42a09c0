"""The figures of the benefit page: series, their parts, and euros for each inhabitant and each unemployed person."""

from collections.abc import Sequence

import pandas as pd

from dashboards.charts import (
    BENEFIT,
    BESIDE_BENEFIT,
    PAID,
    PER_INHABITANT,
    PER_UNEMPLOYED,
    RECIPIENTS,
    SHARE,
    charts_of,
)
from dashboards.figures import COLUMNS, Figures
from dashboards.periods import year_before
from dashboards.selection import Selection, known_at
from dashboards.standing import Standing
from queries.analysis.per_head import per_head
from queries.catalogue import Catalogue
from queries.read import Snapshot

POPULATION, UNEMPLOYED = "population", "unemployed_jobseekers"
ALONE = (
    RECIPIENTS,
    "cofunded_benefit_days",
    PAID,
    "cofunded_subsidy_recipients",
    "cofunded_subsidy_paid_eur",
    "cofunded_subsidy_municipal_eur",
    "cofunded_subsidy_municipal_eur_press",
    "state_compensation_eur",
)
COMPARED = (SHARE, POPULATION, UNEMPLOYED, *BESIDE_BENEFIT)
FOR_EACH = (PER_INHABITANT, PER_UNEMPLOYED)
MOST_SIMILAR = 10


def read_benefit(snapshot: Snapshot, selection: Selection, catalogue: Catalogue) -> pd.DataFrame:
    """Read the page's series, with those for each head that follow from them.

    One row an indicator, area and period, in the order that Figures takes.
    """
    rows = snapshot.frame(
        "series_with_comparison",
        indicators=[*COMPARED, *ALONE],
        compared=list(COMPARED),
        area=selection.area,
        areas=list(selection.areas),
        dimension="",
        since="0000",
        until="9999",
        as_of=known_at(selection),
    )
    if not (rows["indicator"] == SHARE).any():
        rows = rows[~rows["indicator"].isin((POPULATION, UNEMPLOYED))]
    return pd.concat([rows[list(COLUMNS)], *(for_each(rows, code, catalogue) for code in FOR_EACH)])


def for_each(rows: pd.DataFrame, code: str, catalogue: Catalogue) -> pd.DataFrame:
    """Return the municipality's share in euros for each head."""
    facts = catalogue.indicators[code]
    measure, heads = (rows.loc[rows["indicator"] == each, list(COLUMNS)] for each in facts.made_of)
    return per_head(measure, heads, code, facts.decimals)


def read_parts(snapshot: Snapshot, selection: Selection, month: str) -> pd.DataFrame:
    """Read what the shown measures are made of, in a month and in that of the year before, in one query."""
    charts = [chart for chart in charts_of(BENEFIT) if chart.dimension]
    return snapshot.frame(
        "breakdowns",
        indicators=["cofunded_benefit_days", *dict.fromkeys(chart.indicator for chart in charts)],
        area=selection.area,
        dimensions=list(dict.fromkeys(chart.dimension for chart in charts)),
        periods=[month, year_before(month)] if month else [],
        as_of=known_at(selection),
    )


def read_per_inhabitant(snapshot: Snapshot, month: str, selection: Selection, catalogue: Catalogue) -> Standing:
    """Read the euros for each inhabitant of all municipalities, in a month and in that of the year before."""
    years = [str(int(month[:4]) - back) for back in range(1, 4)] if month else []
    rows = snapshot.frame(
        "ranking",
        indicators=[SHARE, POPULATION],
        periods=[month, year_before(month), *years] if month else [],
        as_of=known_at(selection),
    )
    frame = pd.concat([rows, for_each(rows, PER_INHABITANT, catalogue)])
    return Standing(PER_INHABITANT, month, Figures(frame), catalogue.indicators[PER_INHABITANT].decimals)


def similar_to(standing: Standing, municipalities: Sequence[str], area: str) -> tuple[str, ...]:
    """Return a municipality and those that are nearest to it in population, by their newest year end; else nobody."""
    held = {code: standing.figures.newest(POPULATION, code, "9999") for code in municipalities}
    sizes = {code: figure.value for code, figure in held.items() if figure and figure.value}
    if area not in sizes:
        return ()
    nearest = sorted(sizes, key=lambda code: (abs((sizes[code] or 0) - (sizes[area] or 0)), code))
    return tuple(nearest[: MOST_SIMILAR + 1])
