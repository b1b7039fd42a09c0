"""What of an evaluation may be published: counts without small groups, and figures that follow from these counts alone.

Customers are counted by what became of them (positive, other, ongoing), beside their municipality and beside their
target group; then each result by its outcomes, and those who ended by their state half a year later. Each of these
tables shares with another only the result, which is hidden alike in all, so that queries/analysis/disclosure.py holds
for them together. A share, a difference or a score stands only where every count that it is made of is shown.

Rows are those of an observation. The area SSS is all customers wherever they live; a dimension begins with the project,
`bound` holds the ends of an interval. The period is the month in which the follow-up ends.
"""

from collections.abc import Iterator, Mapping
from math import isfinite

import pandas as pd

from queries.analysis.customers import RESULTS, with_results
from queries.analysis.disclosure import LEAST, Groups, hidden_of, is_small, shown_cells, shown_parts, together
from queries.analysis.impact import Evaluation
from queries.analysis.promoters import Recommendation, net_score
from queries.analysis.proportion import Estimate, share
from queries.impact_indicators import EVERYWHERE
from queries.impact_workbook import CHOICES, POSITIVE, Material

COLUMNS = ("indicator", "area", "period", "dimension", "category", "value", "status", "origin")
MEMBERS = {"positive": POSITIVE, "other": tuple(code for code in CHOICES["outcome"] if code not in POSITIVE)}

Row = tuple[str, str, str, str, float | None, str]
"""indicator, area, dimension without the project, category without it, value (None = hidden), origin"""


def publishable(material: Material, found: Evaluation) -> pd.DataFrame:
    """Return what may be published of an evaluation as rows of observations, none where there are too few customers."""
    rows: list[Row] = []
    if found.customers >= LEAST:
        customers = with_results(material.frames["customers"], material.until)
        rows += count_rows(customers)
        rows += share_rows({row[1:4]: row[4] for row in rows}, found)
        rows += cost_rows({row[1:4]: row[4] for row in rows}, found)
    rows += [row for respondent in CHOICES["respondent"] for row in feedback_rows(found, respondent)]
    return as_observations(rows, found)


def as_observations(rows: list[Row], found: Evaluation) -> pd.DataFrame:
    """Return rows with the project in their dimension and category; what is hidden is suppressed."""
    period = f"{found.until:%Y-%m}"
    frame = pd.DataFrame(
        [
            (
                indicator,
                area,
                period,
                joined("project", dimension),
                joined(found.code, category),
                float("nan") if value is None else value,
                "suppressed" if value is None else "",
                origin,
            )
            for indicator, area, dimension, category, value, origin in rows
        ],
        columns=list(COLUMNS),
    )
    return frame.astype({"value": "float64"})


def count_rows(customers: pd.DataFrame) -> Iterator[Row]:
    """Yield the counts of customers; a group that is too small, or would reveal one, without its value."""
    totals = {result: int((customers["result"] == result).sum()) for result in RESULTS}
    results = together(totals)
    yield counted(EVERYWHERE, "", "", len(customers))
    hidden = hidden_of(results)
    for result, count in totals.items():
        yield counted(EVERYWHERE, "result", result, None if result in hidden else count)
    for way in ("municipality", "target_group"):
        yield from table_rows(customers, way, results)
    for group in results:
        yield from outcome_rows(customers, group)
    if not hidden:
        yield from state_rows(customers[customers["result"] != "ongoing"])


def counted(area: str, dimension: str, category: str, value: int | None) -> Row:
    """Return a row of a count of customers."""
    return "impact_customers", area, dimension, category, value, "published"


def table_rows(customers: pd.DataFrame, way: str, results: Groups) -> Iterator[Row]:
    """Yield customers by municipality or target group, and by these and the result."""
    table = pd.crosstab(customers[way], customers["result"]).reindex(columns=list(RESULTS), fill_value=0)
    sizes = {str(name): int(count) for name, count in table.sum(axis=1).items()}
    groups = together(sizes)
    shown = shown_cells(table, groups, results)
    cells = dict(zip(sizes, shown.to_numpy().tolist(), strict=True))
    hidden = hidden_of(groups)
    for name, size in sizes.items():
        area, dimension, category = (name, "", "") if way == "municipality" else (EVERYWHERE, way, name)
        yield counted(area, dimension, category, None if name in hidden else size)
        for result, value in zip(RESULTS, cells[name], strict=True):
            yield counted(
                area, joined(dimension, "result"), joined(category, result), int(value) if value == value else None
            )


def joined(*parts: str) -> str:
    """Return the parts of a composite dimension or category; empty ones are left out."""
    return ",".join(part for part in parts if part)


def outcome_rows(customers: pd.DataFrame, results: tuple[str, ...]) -> Iterator[Row]:
    """Yield the outcomes of a result; results that are hidden together have theirs hidden together, too."""
    chosen = customers[customers["result"].isin(results)]
    counts = {
        outcome: int((chosen["outcome"] == outcome).sum()) for each in results for outcome in MEMBERS.get(each, ())
    }
    ongoing = {"": int((chosen["result"] == "ongoing").sum())} if "ongoing" in results else {}
    for outcome, value in shown_parts(counts | ongoing).items():
        if outcome:
            yield counted(EVERYWHERE, "outcome", outcome, value)


def state_rows(ended: pd.DataFrame) -> Iterator[Row]:
    """Yield the states six months after the end, if any is known; those of whom none is known are one of the parts."""
    if len(ended) < LEAST or not (ended["state_6"] != "").any():
        return
    counts = {state: int((ended["state_6"] == state).sum()) for state in (*CHOICES["state"], "")}
    for state, value in shown_parts(counts).items():
        yield counted(EVERYWHERE, "state_6", state or "unknown", value)


Shown = Mapping[tuple[str, str, str], float | None]
"""The counts of customers by area, dimension and category."""


def share_rows(shown: Shown, found: Evaluation) -> list[Row]:
    """Return the share of positive outcomes wherever both its counts are shown, and its differences to references."""
    rows: list[Row] = []
    for area, dimension, category in shown:
        if dimension not in ("", "target_group"):
            continue
        estimate = share_of(shown, area, dimension, category)
        rows += interval_rows("impact_positive_share", area, dimension, category, scaled(estimate), 1)
    for row in found.differences.to_dict("records"):
        group = str(row["target_group"])
        dimension = "target_group" if group else ""
        safe = share_of(shown, EVERYWHERE, dimension, group) is not None and reference_is_safe(
            found, row["name"], group
        )
        estimate = Estimate(row["difference"], row["low"], row["high"]) if safe else None
        rows += interval_rows("impact_difference", EVERYWHERE, dimension, group, scaled(estimate), 1)
    return rows


def share_of(shown: Shown, area: str, dimension: str, category: str) -> Estimate | None:
    """Return the share of positive outcomes among those who ended, None where a count of it is hidden."""
    ways = joined(dimension, "result")
    positive, other = (shown.get((area, ways, joined(category, result))) for result in ("positive", "other"))
    if positive is None or other is None or positive + other < LEAST:
        return None
    return share(positive, positive + other)


def reference_is_safe(found: Evaluation, name: str, group: str) -> bool:
    """Tell whether a reference's own persons are no small group: a share from elsewhere has none."""
    rows = found.differences
    chosen = rows[(rows["target_group"] == group) & (rows["name"] == name)]
    persons, part = float(chosen["reference_persons"].iloc[0]), float(chosen["reference"].iloc[0])
    if persons != persons:
        return True
    reached = round(persons * part)
    return persons >= LEAST and not is_small(reached) and not is_small(persons - reached)


def scaled(estimate: Estimate | None) -> Estimate | None:
    """Return a fraction as per cent."""
    return Estimate(*(100 * each for each in estimate)) if estimate else None


def interval_rows(
    indicator: str, area: str, dimension: str, category: str, estimate: Estimate | None, decimals: int
) -> list[Row]:
    """Return a figure and the ends of its interval; a hidden figure has no ends."""
    if estimate is None:
        return [(indicator, area, dimension, category, None, "derived")]
    bounded = joined(dimension, "bound")
    ends = [
        (
            indicator,
            area,
            bounded,
            joined(category, end),
            round(value, decimals),
            "derived",
        )
        for end, value in (("low", estimate.low), ("high", estimate.high))
        if isfinite(value)
    ]
    return [(indicator, area, dimension, category, round(estimate.value, decimals), "derived"), *ends]


def cost_rows(shown: Shown, found: Evaluation) -> list[Row]:
    """Return what customers, outcomes and additional outcomes cost, as far as their numbers are shown."""
    if not len(found.costs):
        return []
    total = found.costs.iloc[0]
    rows: list[Row] = [("impact_cost_per_customer", EVERYWHERE, "", "", round(float(total["per_customer"])), "derived")]
    rows += [
        ("impact_saving", EVERYWHERE, "", "", round(100 * saving.saving, 1), "derived")
        for saving in found.savings
        if saving.price == "usual"
    ]
    if share_of(shown, EVERYWHERE, "", "") is None:
        return rows
    if isfinite(float(total["per_outcome"])):
        rows.append(("impact_cost_per_outcome", EVERYWHERE, "", "", round(float(total["per_outcome"])), "derived"))
    whole = found.differences[found.differences["target_group"] == ""]
    if isfinite(found.per_additional.value) and len(whole) and reference_is_safe(found, whole["name"].iloc[0], ""):
        rows += interval_rows("impact_cost_per_additional", EVERYWHERE, "", "", found.per_additional, 0)
    return rows


def feedback_rows(found: Evaluation, respondent: str) -> Iterator[Row]:
    """Yield the three groups of a kind of respondents and, where all of them are shown, their net score."""
    chosen = found.feedback[(found.feedback["respondent"] == respondent) & (found.feedback["organisation"] == "")]
    if not len(chosen) or int(chosen["base"].iloc[0]) < LEAST:
        return
    counts = {group: int(chosen[group].iloc[0]) for group in Recommendation._fields}
    yield "impact_feedback", EVERYWHERE, "respondent", respondent, sum(counts.values()), "published"
    parts = shown_parts(counts)
    for group, value in parts.items():
        yield "impact_feedback", EVERYWHERE, "respondent,recommendation", f"{respondent},{group}", value, "published"
    estimate = None if None in parts.values() else net_score(Recommendation(**counts))
    yield from interval_rows("impact_net_promoter_score", EVERYWHERE, "respondent", respondent, estimate, 0)
