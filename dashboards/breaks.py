"""Series breaks: what to say of them, where to mark them, and the guard of every change on the year."""

from collections.abc import Iterable
from typing import NamedTuple

from dashboards.charts.description import Mark
from dashboards.periods import year_before
from dashboards.visit import Visit
from queries.catalogue import Break

PUBLISHED_CHANGES = {"population": "population_change"}
"""Whose change on the year its publisher gives too: it is told where the year before is not held."""


class Change(NamedTuple):
    """A change on the year. `difference` is None when `reason` says why: not_held, hidden or not_comparable."""

    difference: float | None
    earlier: float | None = None
    reason: str = ""
    barrier: str = ""


def breaks_of(visit: Visit, indicator: str) -> list[Break]:
    """Return the breaks of an indicator and of the source that owns it."""
    source = visit.catalogue.indicators[indicator].source
    return visit.edition.breaks_of(indicator, source)


def barrier_between(visit: Visit, indicator: str, earlier: str, later: str) -> Break | None:
    """Return the break that forbids a comparison of two months, or None."""
    for each in breaks_of(visit, indicator):
        if each.severity == "not_comparable" and lies_between(each, earlier, later):
            return each
    return None


def lies_between(each: Break, earlier: str, later: str) -> bool:
    """Tell whether a break lies after a period and not after another; between years it lies at its year."""
    return earlier < each.period[: len(later)] <= later


def barriers_crossed(visit: Visit, indicators: Iterable[str], earlier: str, later: str) -> list[str]:
    """Return the codes of the breaks that forbid a comparison of two months for one of some indicators."""
    found = (barrier_between(visit, indicator, earlier, later) for indicator in indicators)
    return list(dict.fromkeys(each.code for each in found if each))


def year_on_year(visit: Visit, indicator: str, area: str, period: str) -> Change:
    """Return the change from the same month of the year before, or why there is none."""
    change = change_since(visit, indicator, area, year_before(period), period)
    flow = visit.figures.at(PUBLISHED_CHANGES.get(indicator, ""), area, period)
    if change.reason == "not_held" and flow and flow.value is not None and visit.figures.at(indicator, area, period):
        return Change(flow.value)
    return change


def change_since(visit: Visit, indicator: str, area: str, before: str, period: str) -> Change:
    """Return the change from an earlier period, or why there is none."""
    barrier = barrier_between(visit, indicator, before, period)
    if barrier:
        return Change(None, reason="not_comparable", barrier=barrier.code)
    now, then = visit.figures.at(indicator, area, period), visit.figures.at(indicator, area, before)
    if now is None or then is None or "missing" in (now.status, then.status):
        return Change(None, reason="not_held")
    if now.value is None or then.value is None:
        return Change(None, reason="hidden" if "suppressed" in (now.status, then.status) else "not_held")
    decimals = visit.catalogue.indicators[indicator].decimals
    return Change(round(now.value - then.value, decimals), earlier=then.value)


def marks_between(visit: Visit, indicator: str, since: str, until: str) -> tuple[Mark, ...]:
    """Return the marks of the breaks that lie within a chart's months; one of every year has none."""
    return tuple(
        Mark(each.period, visit.words(f"break.{each.code}.mark"))
        for each in breaks_of(visit, indicator)
        if lies_between(each, since, until)
    )


def break_notes(visit: Visit, stretches: dict[str, tuple[str, str]]) -> list[str]:
    """Return the words of every break that touches some indicators' shown months, each break once."""
    codes = [
        each.code
        for indicator, (since, until) in stretches.items()
        for each in breaks_of(visit, indicator)
        if not each.period or lies_between(each, since, until)
    ]
    return [visit.words(f"break.{code}.note") for code in dict.fromkeys(codes)]
