"""The vitality index, its formula open: how far a municipality is from the others in some measures, weighed together.

Our own calculation, not the indicator of the Association of Finnish Municipalities, whose five dimensions are one
choice of weights. For each part and year, score = direction · (value - mean) / spread over all municipalities that have
the value: mean 0, spread 1, and better is above zero. index = the sum of share · score, where a part's share is its
weight of the sum of all weights in use. A municipality that lacks a part in use has no index: nothing is guessed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

DECIMALS = 2
EXACT = 6
"""Indices that differ by less share a position: they differ by how a machine counts."""
PLACE = ["area", "year"]


@dataclass(frozen=True)
class Part:
    """One measure of the index. `direction` is 1 where more is better, -1 where less is."""

    code: str
    direction: int = 1


PARTS = (
    Part("population_change_rate"),
    Part("employment_rate_18_64"),
    Part("economic_dependency_ratio", -1),
    Part("workplace_self_sufficiency"),
    Part("education_level_index"),
    Part("median_income"),
    Part("low_income_rate", -1),
    Part("jobs_change_rate"),
    Part("tax_revenue_change"),
    Part("economic_dependency_change", -1),
    Part("education_level_change"),
)
EQUAL = (1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0)
FIVE_DIMENSIONS = (1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1)
"""Weights of the parts in their order: one for each level, and the association's five changes."""


def score(values: pd.DataFrame, parts: Sequence[Part] = PARTS) -> pd.DataFrame:
    """Return the score of each value, with the mean and the spread it is measured by.

    In, one row per area, year and part (its code) with a value; what is not held has no row. Out, the same rows with
    mean, spread (population standard deviation) and score; a part that is the same everywhere scores 0.
    """
    directions = {part.code: part.direction for part in parts}
    known = values[values["part"].isin(list(directions)) & values["value"].notna()]
    groups = known.groupby(["year", "part"])["value"]
    means, spreads = groups.transform("mean"), groups.transform("std", ddof=0)
    signs = known["part"].map(directions)
    apart = signs * (known["value"] - means) / spreads.where(spreads > 0)
    return known.assign(mean=means, spread=spreads, score=apart.fillna(0.0))


def weigh(scores: pd.DataFrame, weights: Mapping[str, float]) -> pd.DataFrame:
    """Return what each part adds to the index: rows of `scores` with share and contribution.

    Only parts that have a weight and a score in the year are in use, and only municipalities that have all of them;
    of these, the contributions of an area and year sum to its index.
    """
    used = scores[scores["part"].map(weights).fillna(0.0) > 0]
    needed = used.groupby("year")["part"].transform("nunique")
    held = used.groupby(PLACE)["part"].transform("nunique")
    whole = used[held == needed]
    heavy = whole["part"].map(weights).astype(float)
    shares = heavy / heavy.groupby([whole["area"], whole["year"]]).transform("sum")
    return whole.assign(share=shares, contribution=shares * whole["score"])


def index_of(weighed: pd.DataFrame) -> pd.DataFrame:
    """Return the index and the position of each area and year: area, year, value, position (1 is the highest index)."""
    found: pd.DataFrame = weighed.groupby(PLACE, sort=True)["contribution"].sum().rename("value").reset_index()
    rounded = found["value"].round(EXACT)
    positions = rounded.groupby(found["year"]).rank(method="min", ascending=False)
    return found.assign(position=positions.astype(int))


def position_ranges(scores: pd.DataFrame, weights: Mapping[str, float]) -> pd.DataFrame:
    """Return the range of positions of each area and year: area, year, first, last.

    It holds the position with all parts in use, and those with each of them left out in turn: a position that rests on
    one part alone has a wide range. With one part there is nothing to leave out. A position is always one among the
    same areas: those that lack a part are not let in where that part is left out.
    """
    weighed = weigh(scores, weights)
    scores = scores.merge(weighed[PLACE].drop_duplicates(), on=PLACE)
    used = sorted(set(weighed["part"]))
    tries = [index_of(weighed)]
    for left_out in used if len(used) > 1 else []:
        fewer = {code: weight for code, weight in weights.items() if code != left_out}
        tries.append(index_of(weigh(scores, fewer)))
    every = pd.concat(tries)
    areas = tries[0][PLACE]
    ranges = every.groupby(PLACE, as_index=False)["position"].agg(first="min", last="max")
    return areas.merge(ranges, on=PLACE)
