"""Time to an outcome by Kaplan and Meier (1958): who left without it, or is still there, is counted as long as seen.

The interval is Greenwood's variance on the scale of log(-log), which stays between 0 and 1.
"""

from math import exp, log, sqrt
from typing import NamedTuple

import numpy as np
import pandas as pd

from queries.analysis.proportion import Z

COLUMNS = ("days", "at_risk", "reached", "share", "low", "high")


class Median(NamedTuple):
    """The day by which half have reached the outcome, with its interval; NaN where the curve does not come so far."""

    days: float
    low: float
    high: float


def reached_by(days: pd.Series, reached: pd.Series) -> pd.DataFrame:
    """Return the share that has reached the outcome by each day on which somebody does.

    In: days of each person, and whether the outcome was reached that day (False: last seen that day without it).
    Out, one row per such day: COLUMNS; share, low and high are fractions of all.
    """
    seen = pd.DataFrame({"days": days.to_numpy("float64"), "reached": reached.to_numpy("bool")})
    by_day = seen.groupby("days")["reached"].agg(["sum", "count"])
    at_risk = by_day["count"].iloc[::-1].cumsum().iloc[::-1]
    events = by_day[by_day["sum"] > 0]
    at_risk = at_risk[events.index]
    left = np.cumprod(1 - events["sum"].to_numpy() / at_risk.to_numpy())
    with np.errstate(divide="ignore"):
        summed = np.cumsum(events["sum"].to_numpy() / (at_risk * (at_risk - events["sum"])).to_numpy())
    limits = [limits_of(float(survivors), float(part)) for survivors, part in zip(left, summed, strict=True)]
    return pd.DataFrame(
        {
            "days": events.index.to_numpy("float64"),
            "at_risk": at_risk.to_numpy("int64"),
            "reached": events["sum"].to_numpy("int64"),
            "share": 1 - left,
            "low": [1 - high for _, high in limits],
            "high": [1 - low for low, _ in limits],
        },
        columns=list(COLUMNS),
    )


def limits_of(left: float, summed: float) -> tuple[float, float]:
    """Return the interval of the share that has not reached the outcome; where nobody is left it is not known."""
    if left <= 0:
        return 0.0, 1.0
    spread = Z * sqrt(summed) / abs(log(left))
    return left ** exp(spread), left ** exp(-spread)


def median(curve: pd.DataFrame) -> Median:
    """Return the day by which half have reached the outcome, and those on which the interval crosses half."""
    return Median(first_day(curve, "share"), first_day(curve, "high"), first_day(curve, "low"))


def first_day(curve: pd.DataFrame, column: str) -> float:
    """Return the first day on which a column is at least a half, NaN when it never is."""
    days = curve.loc[curve[column] >= 0.5 - 1e-12, "days"]
    return float(days.iloc[0]) if len(days) else float("nan")
