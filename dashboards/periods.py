"""Months as text ("2026-08") and as a running number, with which one can count."""

import re
from functools import cache

MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")


def is_month(text: str) -> bool:
    """Tell whether a text is a month."""
    return MONTH.fullmatch(text) is not None


@cache
def month_number(period: str) -> int:
    """Return the running number of a month: 12 times the year and the months since January."""
    return int(period[:4]) * 12 + int(period[5:7]) - 1


@cache
def month_of(number: int) -> str:
    """Return the month with a running number."""
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def shift(period: str, months: int) -> str:
    """Return the month some months later, or earlier when `months` is negative; of no month ('') none."""
    return period and month_of(month_number(period) + months)


def year_before(period: str) -> str:
    """Return the same month of the year before."""
    return f"{int(period[:4]) - 1:04d}{period[4:]}"
