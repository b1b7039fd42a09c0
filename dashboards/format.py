"""Write numbers, months, days and changes for readers: the only place that does.

A decimal sign comes from the locale; thousands and the space before % are U+00A0; minus is U+2212.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from dashboards.periods import is_month, is_quarter, is_year
from dashboards.words import Words
from queries.catalogue import Indicator
from queries.read import HELSINKI

NO_BREAK = "\u00a0"
MINUS = "\u2212"
MOST_KEPT = 20_000
CERTAIN = 9
"""Decimals behind which nothing that is published differs: what stands there comes of counting with floats."""
MEASURED = ("percent", "ratio", "index", "years", "per_100", "m2", "eur", "eur_per_m2")
"""Units of what is measured: less of them; of what is counted there are fewer."""


def number(words: Words, value: float, decimals: int = 0) -> str:
    """Write a number with its thousands apart; a negative zero is written as zero."""
    return digits(value, decimals, words("number.decimal"))


@lru_cache(maxsize=MOST_KEPT)
def digits(value: float, decimals: int, sign: str) -> str:
    """Write a number with its decimal sign; the same ones stand in drawings, tables and sentences, again and again."""
    size = rounded(value, decimals)
    text = f"{abs(size):,.{decimals}f}".replace(",", NO_BREAK).replace(".", sign)
    return MINUS + text if size < 0 else text


@lru_cache(maxsize=MOST_KEPT)
def rounded(value: float, decimals: int) -> float:
    """Round a number as it is written in decimals, a half away from zero: 25.15 is 25.2, though no float is 25.15.

    Nor is the middle of 11.6 and 11.7: what a calculation is off by, far behind the decimals, is rounded away first.
    """
    exact = Decimal(repr(round(float(value), CERTAIN)))
    return float(exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


def signed(words: Words, difference: float, decimals: int = 0) -> str:
    """Write a difference with its sign; one that is written as zero has none."""
    size = rounded(difference, decimals)
    return f"{'+' if size > 0 else ''}{number(words, difference, decimals)}"


def value(words: Words, amount: float, indicator: Indicator) -> str:
    """Write an indicator's value with the % that belongs to it; other units are named beside the value."""
    text = number(words, amount, indicator.decimals)
    return f"{text}{NO_BREAK}%" if indicator.unit == "percent" else text


def amount(words: Words, quantity: float, indicator: Indicator) -> str:
    """Write an indicator's value with its unit: 11,4 %, 206 työpaikkaa."""
    if indicator.unit == "percent":
        return value(words, quantity, indicator)
    return words.counted(f"change.{indicator.unit}", quantity, number(words, quantity, indicator.decimals))


def change(words: Words, difference: float, indicator: Indicator) -> str:
    """Write the size of a change for text, in its unit: persons, percentage points, vacancies. The sign is left out."""
    shown = number(words, abs(difference), indicator.decimals)
    return words.counted(f"change.{indicator.unit}", abs(difference), shown)


def compared(words: Words, difference: float, indicator: Indicator) -> str:
    """Write a change on the year for text: 1,4 prosenttiyksikköä enemmän kuin vuotta aiemmin."""
    if rounded(difference, indicator.decimals) == 0:
        return words("comparison.same")
    smaller = "less" if indicator.unit in MEASURED else "fewer"
    form = "more" if difference > 0 else smaller
    return words(f"comparison.{form}", amount=change(words, difference, indicator))


def signed_change(words: Words, difference: float, indicator: Indicator) -> str:
    """Write a change for tables, whose headings have the unit: a sign and the size."""
    return signed(words, difference, indicator.decimals)


def change_on_year(words: Words, difference: float, indicator: Indicator) -> str:
    """Write a change on the year for reading beside a value: +1,4 %-yks. vuodessa."""
    shown = signed(words, difference, indicator.decimals)
    if indicator.unit == "percent":
        return words("reading.change.points", number=shown)
    sign = shown[0] if shown[0] in f"+{MINUS}" else ""
    size = change(words, difference, indicator).replace(" ", NO_BREAK)
    return words("reading.change.other", change=sign + size)


def month(words: Words, period: str) -> str:
    """Write a month as a name: elokuu 2026; a quarter: 3. neljännes 2024. A year is its number."""
    if is_year(period):
        return period
    if is_quarter(period):
        return words("month.quarter", number=period[5:], year=period[:4])
    return words("month.name_year", name=words(f"month.name.{int(period[5:7]) - 1}"), year=period[:4])


def in_month(words: Words, period: str) -> str:
    """Write a month as a time: elokuussa 2026; a year: vuonna 2026."""
    if is_year(period):
        return words("month.in_year", year=period)
    return words("month.name_year", name=words(f"month.in.{int(period[5:7]) - 1}"), year=period[:4])


def short_month(words: Words, period: str) -> str:
    """Write a month for an axis or a table: 8/2026. A year is its number."""
    if is_year(period):
        return period
    return words("month.short", month=int(period[5:7]), year=period[:4])


def day(words: Words, moment: date | datetime) -> str:
    """Write a day. A moment is a naive UTC time; its day is the day in Helsinki."""
    if isinstance(moment, datetime):
        moment = moment.replace(tzinfo=UTC).astimezone(HELSINKI).date()
    return words(
        "day", day=moment.day, month=moment.month, name=words(f"month.of.{moment.month - 1}"), year=moment.year
    )


def listed(words: Words, names: list[str]) -> str:
    """Join names into a list as a sentence has it: a, b and c."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {words('list.and')} {names[-1]}"


def position(words: Words, first: int, last: int) -> str:
    """Write a position, or the range of positions that cannot be told apart."""
    return words("position.one" if first == last else "position.range", first=first, last=last)


def span(words: Words, since: str, until: str) -> str:
    """Write a stretch of periods, or the single one; the year of two months of one year is told once."""
    if since == until:
        return month(words, since)
    if since[:4] == until[:4] and is_month(since) and is_month(until):
        return f"{words(f'month.name.{int(since[5:7]) - 1}')}\u2013{month(words, until)}"
    return f"{month(words, since)}\u2013{month(words, until)}"


def stretches(years: Iterable[str]) -> str:
    """Write years as stretches: 2006–2018, 2021."""
    found: list[list[int]] = []
    for year in sorted(map(int, years)):
        if found and year == found[-1][1] + 1:
            found[-1][1] = year
        else:
            found.append([year, year])
    return ", ".join("\u2013".join(dict.fromkeys(map(str, ends))) for ends in found)
