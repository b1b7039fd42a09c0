"""Key figures: an indicator's newest value, its change on the year, and two or 24 years of it as a spark line."""

from dashboards import format
from dashboards.breaks import year_on_year
from dashboards.pages.parts import KeyFigure
from dashboards.periods import shift, step_of
from dashboards.provenance import TOLD_ORIGINS, can_be_fetched
from dashboards.summary import change_words, direction
from dashboards.tables import STATUS_SIGNS
from dashboards.visit import Visit

SPARK_PERIODS = 24


def describe_key_figure(visit: Visit, code: str, month: str, area: str) -> KeyFigure:
    """Describe an indicator's newest figure of an area that is not later than a month."""
    figure = visit.figures.newest(code, area, month)
    facts = visit.catalogue.indicators[code]
    label, unit = visit.label(code), "" if facts.unit == "percent" else visit.unit(code)
    if figure is None:
        note = visit.words("value.none_shipped" if can_be_fetched(visit, code, area) else "value.none_note")
        return KeyFigure(code, label, visit.words("value.none"), "", "", "", "", (note,))
    period = format.month(visit.words, figure.period)
    notes = [visit.words(f"status.{figure.status}.name")] if figure.status else []
    if figure.value is None:
        return KeyFigure(code, label, STATUS_SIGNS.get(figure.status, ".."), "", period, "", "", tuple(notes))
    if figure.origin in TOLD_ORIGINS:
        notes.append(visit.words(f"origin.{figure.origin}.name"))
    change = year_on_year(visit, code, area, figure.period)
    return KeyFigure(
        code=code,
        label=label,
        value=visit.value(code, figure.value),
        unit=unit,
        period=period,
        direction=direction(change),
        change=change_words(visit, code, change),
        notes=tuple(notes),
        spark=spark(visit, code, area, figure.period),
    )


def spark(visit: Visit, code: str, area: str, until: str) -> tuple[float | None, ...]:
    """Return an indicator's values of two years up to a month, or of 24 years up to one; None where there is none."""
    series, step = visit.figures.series(code, area), step_of(until)
    figures = (series.get(shift(until, -back * step)) for back in range(SPARK_PERIODS, -1, -1))
    return tuple(figure.value if figure else None for figure in figures)
