"""Sentences made of figures by rule: the headline, the change on the year, what a chart shows."""

from dashboards import format
from dashboards.breaks import Change, year_on_year
from dashboards.charts.description import Description, Line, Point
from dashboards.figures import Figure
from dashboards.periods import month_of
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


def state(visit: Visit, indicator: str, figure: Figure) -> str:
    """Return a sentence that states an indicator's figure of the chosen area."""
    area = visit.selection.area
    place = in_place(visit, area)
    form = "in_place" if place else "neutral"
    month = format.in_month(visit.words, figure.period)
    names = {"place": place, "name": visit.name(area), "month": month}
    if figure.value is None:
        reason = visit.words(f"status.{figure.status or 'missing'}.name")
        return visit.words("headline.no_value", **names, reason=reason)
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
    facts = visit.catalogue.indicators[indicator]
    if change.difference == 0:
        return visit.words("comparison.same")
    direction = "more" if change.difference > 0 else "less"
    amount = format.change(visit.words, change.difference, facts)
    return visit.words(f"comparison.{direction}.{facts.unit}", amount=amount)


def direction(change: Change) -> str:
    """Return up, down, same, or '' when there is no change to tell."""
    if change.difference is None:
        return ""
    if change.difference == 0:
        return "same"
    return "up" if change.difference > 0 else "down"


def read_trend(visit: Visit, indicator: str, description: Description) -> str:
    """Return a sentence that reads the first line of a chart: its newest, highest and lowest month."""
    line = description.lines[0]
    points = [point for run in line.runs for point in run]
    if not points:
        return description.empty
    newest = points[-1]
    parts = {"name": line.label, "newest": written(visit, indicator, newest)}
    if len(points) == 1:
        return visit.words("trend.single", **parts)
    highest, lowest = max(points, key=height), min(points, key=height)
    ends = month_of(int(description.x.low)), month_of(int(description.x.high))
    whole = len(line.runs) == 1 and (points[0].period, newest.period) == ends
    return visit.words(
        "trend.summary" if whole else "trend.summary_with_gaps",
        **parts,
        highest=written(visit, indicator, highest),
        lowest=written(visit, indicator, lowest),
    )


def height(point: Point) -> float:
    """Return a drawn point's value."""
    return point.value or 0.0


def written(visit: Visit, indicator: str, point: Point) -> str:
    """Return a point's value and its month."""
    return visit.words(
        "trend.point", value=visit.value(indicator, height(point)), month=format.month(visit.words, point.period)
    )


def describe_in_text(visit: Visit, indicator: str, description: Description) -> str:
    """Return a chart's text alternative: what is drawn, of which months, and each line's newest value."""
    since, until = month_of(int(description.x.low)), month_of(int(description.x.high))
    lines = "; ".join(line_in_text(visit, indicator, line) for line in description.lines)
    return visit.words("chart.alt", span=format.span(visit.words, since, until), unit=description.unit, lines=lines)


def line_in_text(visit: Visit, indicator: str, line: Line) -> str:
    """Return one line's part of the text alternative."""
    runs = line.runs
    if not runs:
        return visit.words("chart.alt_none", name=line.label)
    return f"{line.label} {written(visit, indicator, runs[-1][-1])}"
