"""The profile of a municipality against similar ones: its chart, a table of the same rows, and how those are found."""

from dataclasses import replace

from dashboards import format
from dashboards.charts.profile import Measure, measures_of, position_of
from dashboards.pages.cards import chart_card
from dashboards.pages.parts import Card
from dashboards.tables import Rows
from dashboards.view import view
from dashboards.visit import Visit
from dashboards.vitality_country import FEATURES

CHART = "profile"
COLUMNS = ("indicator", "own", "middle", "ends", "place")


def describe_profile(visit: Visit) -> list[Card]:
    """Describe the profile; nothing for an area that is no municipality or that nothing is known of."""
    measures = measures_of(visit)
    if not measures:
        return []
    words = visit.words
    head: Rows = (tuple(words(f"vitality.profile.{name}") for name in COLUMNS),)
    rows = head + tuple(profile_row(visit, measure) for measure in measures)
    names = format.listed(words, [visit.name(area) for area in visit.similar[1:]])
    told = (words("vitality.profile.years"), words("vitality.profile.similar", names=names), tell_method(visit))
    return [replace(chart_card(view(CHART, visit), rows, (), wide=True), told=told)]


def profile_row(visit: Visit, measure: Measure) -> tuple[str, ...]:
    """Return the row of a measure."""
    code = measure.code
    name = visit.words("vitality.row", label=visit.label(code), unit=visit.unit(code), year=measure.year)
    ends = " \u2013 ".join(visit.value(code, end) for end in measure.ends)
    return name, visit.value(code, measure.own), visit.value(code, measure.middle), ends, position_of(visit, measure)


def tell_method(visit: Visit) -> str:
    """Tell how similar municipalities are found, and which features could not count."""
    used = [visit.label(code) for code in FEATURES if code in visit.country.years]
    lacking = [visit.label(code) for code in FEATURES if code not in visit.country.years]
    text = visit.words("vitality.profile.method", features=format.listed(visit.words, used))
    if not lacking:
        return text
    return f"{text} {visit.words('vitality.profile.lacking', features=format.listed(visit.words, lacking))}"
