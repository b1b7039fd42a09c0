"""The profile of a municipality against similar ones: newest figures, middle and ends, its place among them."""

from statistics import median

from dashboards import format
from dashboards.pages.parts import Card
from dashboards.provenance import source_line
from dashboards.tables import Rows
from dashboards.visit import Visit
from dashboards.vitality_country import FEATURES
from dashboards.vitality_figures import mapped_indicators

CARD = "profile"


def describe_profile(visit: Visit) -> list[Card]:
    """Describe the profile; nothing for an area that is no municipality or that nothing is known of."""
    codes = [code for code in mapped_indicators(visit.catalogue) if code in visit.country.years]
    rows = tuple(row for code in codes for row in profile_row(visit, code))
    if not visit.similar or not rows:
        return []
    words, others = visit.words, visit.similar[1:]
    head: Rows = (tuple(words(f"vitality.profile.{name}") for name in ("indicator", "own", "middle", "ends", "place")),)
    names = format.listed(words, [visit.name(area) for area in others])
    told = (words("vitality.profile.similar", names=names), tell_method(visit))
    title = words("vitality.profile.title", name=visit.name(visit.selection.area))
    return [Card(CARD, title, words("vitality.profile.unit"), True, head + rows, (), sources(visit, codes), told=told)]


def profile_row(visit: Visit, code: str) -> list[tuple[str, ...]]:
    """Return the row of an indicator; nothing where the municipality has no value."""
    standing, own = visit.country.standing(code), visit.selection.area
    values = standing.values(visit.similar)
    if own not in values or len(values) < 2:
        return []
    others = [value for area, value in values.items() if area != own]
    place = 1 + sum(value > values[own] for value in others)
    ends = f"{visit.value(code, min(others))} \u2013 {visit.value(code, max(others))}"
    name = visit.words("vitality.row", label=visit.label(code), unit=visit.unit(code), year=standing.month)
    written = (visit.value(code, values[own]), visit.value(code, median(others)), ends)
    return [(name, *written, visit.words("vitality.profile.of", place=place, count=len(values)))]


def tell_method(visit: Visit) -> str:
    """Tell how similar municipalities are found, and which features could not count."""
    used = [visit.label(code) for code in FEATURES if code in visit.country.years]
    lacking = [visit.label(code) for code in FEATURES if code not in visit.country.years]
    text = visit.words("vitality.profile.method", features=format.listed(visit.words, used))
    if not lacking:
        return text
    return f"{text} {visit.words('vitality.profile.lacking', features=format.listed(visit.words, lacking))}"


def sources(visit: Visit, codes: list[str]) -> str:
    """Return the source line of the municipality's figures."""
    figures = (visit.country.standing(code).at(visit.selection.area) for code in codes)
    return source_line(visit, [figure.release_id for figure in figures if figure])
