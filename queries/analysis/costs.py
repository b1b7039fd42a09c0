"""What a service cost: for a customer, for an outcome, for an outcome more than in the reference, against a price."""

from collections.abc import Sequence
from math import sqrt
from typing import NamedTuple

import pandas as pd

from queries.analysis.proportion import UNKNOWN, Estimate, difference, exact, per_unit, ratio, share

COST_COLUMNS = ("organisation", "eur", "customers", "reached", "per_customer", "per_outcome", "low", "high")
PRICES = ("low", "usual", "high")


class Saving(NamedTuple):
    """How much cheaper a customer was than at a price of a bought service, as a fraction; negative is dearer."""

    price: str
    eur: float
    saving: float


def against_reference(outcomes: pd.DataFrame, reference: pd.DataFrame) -> pd.DataFrame:
    """Return how the positive share differs from each reference, as fractions.

    In: outcome shares, and the reference rows of a workbook. A reference that is given as a share is taken as exact.
    Out, one row per reference: name, target_group ('' = all), base, ours, reference, reference_persons (NaN for a
    share), difference, low, high.
    """
    positive = outcomes[outcomes["outcome"] == "positive"]
    counted = {
        (breakdown, group): (int(persons), int(base))
        for breakdown, group, persons, base in zip(
            positive["breakdown"], positive["group"], positive["persons"], positive["base"], strict=True
        )
    }
    rows = []
    for name, group, persons, reached, given in reference.itertuples(index=False):
        count, base = counted.get(("target_group", group) if group else ("all", ""), (0, 0))
        mine = share(count, base)
        theirs = share(reached, persons) if persons == persons else exact(given / 100)
        apart = difference(mine, theirs) if base else UNKNOWN
        rows.append((name, group, base, mine.value, theirs.value, persons, *apart))
    columns = ["name", "target_group", "base", "ours", "reference", "reference_persons", "difference", "low", "high"]
    return pd.DataFrame(rows, columns=columns)


def additional_outcomes(differences: pd.DataFrame, ended: int) -> Estimate:
    """Return how many outcomes more than in the reference there were among those who ended.

    By the reference of all customers; without one by those of target groups, if these hold everybody. Else unknown.
    """
    whole = differences[differences["target_group"] == ""]
    parts = whole if len(whole) else differences
    if not ended or parts["base"].sum() != ended:
        return UNKNOWN
    persons = parts["base"]
    middle = float((persons * parts["difference"]).sum())
    below = sqrt(float((persons * (parts["difference"] - parts["low"])).pow(2).sum()))
    above = sqrt(float((persons * (parts["high"] - parts["difference"])).pow(2).sum()))
    return Estimate(middle, middle - below, middle + above)


def cost_rows(costs: pd.DataFrame, customers: pd.DataFrame) -> pd.DataFrame:
    """Return what a customer and a positive outcome cost, in all ('') and in each organisation that has costs.

    low and high are the cost of an outcome at the ends of the interval of the outcomes' share. Columns: COST_COLUMNS.
    """
    by_organisation = costs.groupby("organisation", sort=True)["eur"].sum()
    rows = [("", float(costs["eur"].sum()), customers)] if len(costs) else []
    rows += [
        (str(name), float(eur), customers[customers["organisation"] == name]) for name, eur in by_organisation.items()
    ]
    return pd.DataFrame(
        [(name, eur, *cost_of(eur, chosen["result"])) for name, eur, chosen in rows], columns=list(COST_COLUMNS)
    )


def cost_of(eur: float, results: pd.Series) -> tuple[int, int, float, float, float, float]:
    """Return customers, positive outcomes, cost of a customer, and of an outcome with its ends."""
    ended, reached = int((results != "ongoing").sum()), int((results == "positive").sum())
    part = share(reached, ended)
    counted = Estimate(ended * part.value, ended * part.low, ended * part.high)
    return len(results), reached, ratio(eur, len(results)), *per_unit(eur, counted)


def savings(per_customer: float, prices: Sequence[float]) -> list[Saving]:
    """Return how much cheaper a customer was than at each known price of a bought service."""
    known = [(name, price) for name, price in zip(PRICES, prices, strict=True) if price > 0]
    return [Saving(name, price, 1 - per_customer / price) for name, price in known]
