"""A forecast of a year in words and as a table, what happened told apart from what is expected."""

from collections.abc import Iterator
from dataclasses import dataclass

from dashboards import format
from dashboards.tables import Rows
from dashboards.words import Words
from queries.analysis.forecast import FEWEST_MONTHS, LEVEL, Expected, NoForecast, YearForecast


@dataclass(frozen=True)
class ForecastTold:
    """What a page shows. A refused forecast has its reason as the only sentence, and no table."""

    title: str
    unit: str
    sentences: tuple[str, ...]
    table: Rows = ()
    note: str = ""


def tell_forecast(words: Words, found: YearForecast | NoForecast, year: str) -> ForecastTold:
    """Tell a forecast, or why there is none. `year` is the page's, for a forecast that was refused."""
    unit = words("forecast.unit")
    if isinstance(found, NoForecast):
        return ForecastTold(words("forecast.title", year=year), unit, (tell_reason(words, found),))
    note = words(
        "forecast.note",
        months=found.months,
        since=format.month(words, found.since),
        level=format.number(words, 100 * LEVEL),
    )
    title = words("forecast.title", year=found.year)
    return ForecastTold(title, unit, tuple(tell_year(words, found)), write_rows(words, found), note)


def tell_reason(words: Words, found: NoForecast) -> str:
    """Say why there is no forecast."""
    if found.reason == "break":
        # nothing was counted where the break is still to come
        key = "break" if found.months else "coming"
        why = words(f"break.{found.barrier}.why")
        return words(f"forecast.none.{key}", **{"why": why, **({} if key == "coming" else counted(found))})
    if found.reason == "hole":
        return words("forecast.none.hole", month=format.month(words, found.period))
    return words(f"forecast.none.{found.reason}", **counted(found))


def counted(found: NoForecast) -> dict[str, int]:
    """Return how many months there are and how many are needed."""
    return {"months": found.months, "needed": FEWEST_MONTHS}


def tell_year(words: Words, found: YearForecast) -> Iterator[str]:
    """Yield what has happened, what is expected of the rest, and what of the whole year."""
    if found.happened:
        span = format.span(words, found.happened[0].period, found.happened[-1].period)
        yield words("forecast.known", span=span, euros=euros(words, found.happened_sum))
        span = format.span(words, found.expected[0].period, found.expected[-1].period)
        yield words("forecast.rest", span=span, **ends(words, found.rest))
    yield words("forecast.whole", year=found.year, **ends(words, found.whole))


def ends(words: Words, expected: Expected) -> dict[str, str]:
    """Return an expected sum and the ends of its interval."""
    return {
        "euros": euros(words, expected.middle),
        "low": format.number(words, expected.low),
        "high": euros(words, expected.high),
    }


def euros(words: Words, amount: float) -> str:
    """Write whole euros with their sign."""
    return words("forecast.euros", number=format.number(words, amount))


def write_rows(words: Words, found: YearForecast) -> Rows:
    """Return one row a month: what happened in one column, what is expected and its interval in others."""
    heads = tuple(words(f"forecast.{name}") for name in ("month", "happened", "expected", "interval"))
    happened = tuple(
        (format.month(words, each.period), format.number(words, each.value), "", "") for each in found.happened
    )
    expected = tuple(
        (
            format.month(words, each.period),
            "",
            format.number(words, each.middle),
            words("forecast.range", low=format.number(words, each.low), high=format.number(words, each.high)),
        )
        for each in found.expected
    )
    return (heads, *happened, *expected)
