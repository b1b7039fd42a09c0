"""Months ("2026-08") and years ("2026") as text, and as the running number of a month, with which one can count."""

import re
from functools import cache

from queries.analysis.months import month_number, month_of

MONTH = re.compile(r"(19|20)[0-9]{2}-(0[1-9]|1[0-2])")
"""Of the years that statistics speak of; with others one could not count."""


def is_month(text: str) -> bool:
    """Tell whether a text is a month."""
    return MONTH.fullmatch(text) is not None


def is_year(period: str) -> bool:
    """Tell whether a period is a whole year."""
    return len(period) == 4


def is_quarter(period: str) -> bool:
    """Tell whether a period is a quarter of a year, such as 2024Q3."""
    return period[4:5] == "Q"


def is_between(period: str, since: str, until: str) -> bool:
    """Tell whether a period is of the kind of two ends, months or years, and not outside of them."""
    return len(period) == len(since) and since <= period <= until


def step_of(period: str) -> int:
    """Return how many months lie between a period and the next one of its kind."""
    return 12 if is_year(period) else 1


def shift(period: str, months: int) -> str:
    """Return the period some months later, or earlier when `months` is negative; of no period ('') none."""
    return period and month_of(month_number(period) + months)[: len(period)]


@cache
def year_before(period: str) -> str:
    """Return the same month of the year before, or the year before."""
    return f"{int(period[:4]) - 1:04d}{period[4:]}"
