"""The evaluation of a service from the material of its workbooks: every figure of the report, without a word."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from queries.analysis.costs import Saving, additional_outcomes, against_reference, cost_rows, savings
from queries.analysis.customers import flow, outcome_shares, service_hours, state_shares, times, with_results
from queries.analysis.promoters import classify, net_score
from queries.analysis.proportion import UNKNOWN, Estimate, per_unit
from queries.analysis.survival import reached_by
from queries.impact_workbook import Material

REACH = ("organisations_reached", "organisations_target", "persons_reached", "persons_target")


@dataclass(frozen=True)
class Evaluation:
    """What an evaluation found. Shares and differences are fractions, costs euros; each frame says its columns where
    it is made.

    reach: organisation ('' = total) and REACH, NaN where it was not given. curve: share that has reached a positive
    outcome by day. feedback: one row per respondent and organisation ('' = all). additional: outcomes more than in the
    reference; per_additional: euros for each.
    """

    code: str
    name: str
    until: date
    made_up: bool
    customers: int
    ended: int
    reach: pd.DataFrame
    flow: pd.DataFrame
    hours: pd.DataFrame
    outcomes: pd.DataFrame
    states: pd.DataFrame
    differences: pd.DataFrame
    curve: pd.DataFrame
    times: pd.DataFrame
    costs: pd.DataFrame
    additional: Estimate
    per_additional: Estimate
    savings: list[Saving]
    feedback: pd.DataFrame


def evaluate(material: Material) -> Evaluation:
    """Return the evaluation of a material."""
    frames: Mapping[str, pd.DataFrame] = material.frames
    customers = with_results(frames["customers"], material.until)
    ended = int((customers["result"] != "ongoing").sum())
    outcomes = outcome_shares(customers)
    differences = against_reference(outcomes, frames["reference"])
    costs = cost_rows(frames["costs"], customers)
    additional = additional_outcomes(differences, ended)
    return Evaluation(
        code=material.code,
        name=material.name,
        until=material.until,
        made_up=material.made_up,
        customers=len(customers),
        ended=ended,
        reach=with_total(frames["organisations"]),
        flow=flow(customers, frames["services"]),
        hours=service_hours(frames["services"]),
        outcomes=outcomes,
        states=state_shares(customers),
        differences=differences,
        curve=reached_by(customers["days"], customers["result"] == "positive"),
        times=times(customers),
        costs=costs,
        additional=additional,
        per_additional=per_unit(float(costs["eur"].iloc[0]), additional) if len(costs) else UNKNOWN,
        savings=savings(float(costs["per_customer"].iloc[0]), material.prices) if len(costs) else [],
        feedback=feedback_rows(frames["feedback"]),
    )


def with_total(organisations: pd.DataFrame) -> pd.DataFrame:
    """Return reach against target of each organisation, then their sums as '', NaN where nobody gave a number."""
    sums = organisations[list(REACH)].sum(min_count=1)
    return pd.concat([organisations, pd.DataFrame([{"organisation": "", **sums.to_dict()}])], ignore_index=True)


def feedback_rows(feedback: pd.DataFrame) -> pd.DataFrame:
    """Return the three groups and the net score of each respondent in all ('') and of each organisation.

    Columns: respondent, organisation, detractors, passives, promoters, base, score, low, high, grade (mean).
    """
    rows = []
    for respondent, given in feedback.groupby("respondent", sort=True):
        parts = [("", given), *given.groupby("organisation", sort=True)]
        for organisation, chosen in parts:
            groups = classify(chosen["score"].astype(int))
            rows.append(
                (respondent, organisation, *groups, groups.base, *net_score(groups), float(chosen["grade"].mean()))
            )
    columns = ["respondent", "organisation", "detractors", "passives", "promoters", "base", "score", "low", "high"]
    return pd.DataFrame(rows, columns=[*columns, "grade"])
