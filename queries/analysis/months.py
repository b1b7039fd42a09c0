"""Months as text ("2026-08") in a row: the one after another, some that end with one, all from one to another."""

from functools import cache

YEAR = 12


@cache
def month_number(month: str) -> int:
    """Return a month's running number: 12 times the year and the months since January; a year is its January."""
    return int(month[:4]) * YEAR + int(month[5:7] or 1) - 1


@cache
def month_of(number: int) -> str:
    """Return the month with a running number."""
    return f"{number // YEAR:04d}-{number % YEAR + 1:02d}"


def next_month(month: str) -> str:
    """Return the month after one."""
    return month_of(month_number(month) + 1)


def months_before(month: str, count: int) -> list[str]:
    """Return some months in a row that end with one, oldest first."""
    number = month_number(month)
    return [month_of(each) for each in range(number - count + 1, number + 1)]


def months_between(first: str, last: str) -> list[str]:
    """Return all months from one to another, both included."""
    return [month_of(each) for each in range(month_number(first), month_number(last) + 1)]
