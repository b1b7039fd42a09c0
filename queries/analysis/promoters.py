"""The net promoter score (NPS): the share of promoters less the share of detractors, from -100 to 100.

Promoters give 9 or 10, passives 7 or 8, detractors less. The interval joins Wilson's intervals of the two shares and
takes into account that they are shares of the same persons (Newcombe 1998, "Improved confidence intervals for the
difference between binomial proportions based on paired data", as a sum of recovered variances).
"""

from collections.abc import Iterable
from math import sqrt
from typing import NamedTuple

from queries.analysis.proportion import UNKNOWN, Estimate, share

PASSIVE, PROMOTER = 7, 9


class Recommendation(NamedTuple):
    """How many persons are detractors, passives and promoters."""

    detractors: int
    passives: int
    promoters: int

    @property
    def base(self) -> int:
        """Return how many persons answered."""
        return sum(self)


def classify(scores: Iterable[int]) -> Recommendation:
    """Count scores from 0 to 10 in the three groups."""
    given = list(scores)
    promoters = sum(score >= PROMOTER for score in given)
    passives = sum(PASSIVE <= score < PROMOTER for score in given)
    return Recommendation(len(given) - promoters - passives, passives, promoters)


def net_score(groups: Recommendation) -> Estimate:
    """Return the score with its interval, each from -100 to 100."""
    if groups.base == 0:
        return UNKNOWN
    up, down = share(groups.promoters, groups.base), share(groups.detractors, groups.base)
    middle = up.value - down.value
    low = middle - joined(up.value - up.low, down.high - down.value, up.value, down.value)
    high = middle + joined(up.high - up.value, down.value - down.low, up.value, down.value)
    return Estimate(100 * middle, 100 * low, 100 * high)


def joined(one: float, other: float, promoters: float, detractors: float) -> float:
    """Return the distance of a limit of the difference from the distances of the two shares' limits."""
    free = (1 - promoters) * (1 - detractors)
    correlation = -sqrt(promoters * detractors / free) if free > 0 else -float(promoters * detractors > 0)
    return sqrt(max(one * one - 2 * correlation * one * other + other * other, 0.0))
