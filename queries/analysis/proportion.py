"""Shares of persons with the range that their number allows, and differences of shares.

Wilson's score interval (Wilson 1927) for one share, Newcombe's hybrid score interval (Newcombe 1998, method 10) for the
difference of two independent ones: both stay within what a share can be and hold for few persons too.
"""

from math import inf, isinf, sqrt
from statistics import NormalDist
from typing import NamedTuple

LEVEL = 0.95
"""The confidence of every interval."""
Z = NormalDist().inv_cdf(0.5 + LEVEL / 2)


class Estimate(NamedTuple):
    """A value with its interval; infinite ends say that the figures set no bound."""

    value: float
    low: float
    high: float


UNKNOWN = Estimate(float("nan"), -inf, inf)


def share(count: float, base: float) -> Estimate:
    """Return count / base, as a fraction, with Wilson's interval. Nobody asked (base 0): NaN between 0 and 1."""
    if base <= 0:
        return Estimate(float("nan"), 0.0, 1.0)
    middle = count + Z * Z / 2
    spread = Z * sqrt(count * (base - count) / base + Z * Z / 4)
    whole = base + Z * Z
    low, high = (middle - spread) / whole, (middle + spread) / whole
    return Estimate(count / base, 0.0 if count == 0 else low, 1.0 if count == base else high)


def difference(ours: Estimate, theirs: Estimate) -> Estimate:
    """Return ours - theirs with Newcombe's interval. A share that is taken as exact has low = value = high."""
    middle = ours.value - theirs.value
    below = sqrt((ours.value - ours.low) ** 2 + (theirs.high - theirs.value) ** 2)
    above = sqrt((ours.high - ours.value) ** 2 + (theirs.value - theirs.low) ** 2)
    return Estimate(middle, middle - below, middle + above)


def exact(value: float) -> Estimate:
    """Return a share that is known without a range: of a whole register, not of a sample."""
    return Estimate(value, value, value)


def per_unit(cost: float, units: Estimate) -> Estimate:
    """Return the cost of one unit, with the range that the units' range gives; no bound where there may be none."""
    return Estimate(ratio(cost, units.value), ratio(cost, units.high), ratio(cost, units.low))


def ratio(cost: float, units: float) -> float:
    """Return cost / units, infinity where there may be no unit at all, NaN where their number is not known."""
    if units != units or isinf(units):
        return float("nan")
    return cost / units if units > 0 else inf
