"""Sentences made of figures by rule: the headline, and the change on the year."""

import math

from dashboards import format
from dashboards.breaks import Change, year_on_year
from dashboards.figures import Figure
from dashboards.visit import Visit

SMALL_BASE = 20
"""Below this many persons a text gives persons, not percents."""


def headline(visit: Visit, month: str) -> str:
    """Return the page's first sentence: the newest rate not later than a month, and its change on the year."""
    area = visit.selection.area
    figure = visit.figures.newest("unemployment_rate", area, month)
    if figure is None:
        return visit.words("headline.none", name=visit.name(area))
    persons = visit.figures.at("unemployed_jobseekers", area, figure.period)
    if persons and persons.value is not None and persons.value < SMALL_BASE:
        return state(visit, "unemployed_jobseekers", persons)
    return state(visit, "unemployment_rate", figure)


def state(visit: Visit, indicator: str, figure: Figure, neutral: bool = False) -> str:
    """Return a sentence that states an indicator's figure of the chosen area; a neutral one begins with its name."""
    area = visit.selection.area
    place = "" if neutral else in_place(visit, area)
    form = "in_place" if place else "neutral"
    month = format.in_month(visit.words, figure.period)
    names = {"place": place, "name": visit.name(area), "month": month}
    if figure.value is None:
        reason = visit.words(f"status.{figure.status or 'missing'}.name")
        return visit.words(f"headline.{indicator}.no_value", **names, reason=reason)
    change = change_words(visit, indicator, year_on_year(visit, indicator, area, figure.period))
    return visit.words(
        f"headline.{indicator}.{form}", **names, value=visit.value(indicator, figure.value), change=change
    )


def in_place(visit: Visit, area: str) -> str:
    """Return the words for being in an area ("Kuusamossa"), '' when the language has no safe way to say it."""
    shown = visit.settings.shown.get(area)
    if shown is None:
        return ""
    own: str = getattr(shown, f"in_{visit.words.language}", "")
    return own or visit.words(f"place.{visit.edition.areas[area].level}", name=visit.name(area))


def change_words(visit: Visit, indicator: str, change: Change) -> str:
    """Return a change on the year in words, or why there is none."""
    if change.difference is None:
        why = visit.words(f"break.{change.barrier}.why") if change.barrier else ""
        return visit.words(f"comparison.{change.reason}", why=why)
    return format.compared(visit.words, change.difference, visit.catalogue.indicators[indicator])


def direction(change: Change) -> str:
    """Return up, down, same, or '' when there is no change to tell."""
    if change.difference is None:
        return ""
    if change.difference == 0:
        return "same"
    return "up" if change.difference > 0 else "down"


def is_noise(change: Change) -> bool:
    """Tell whether chance alone makes such a change of a count: one up to the square root of what it changed from."""
    return change.difference is None or abs(change.difference) <= math.sqrt(change.earlier or 0.0)
