"""The tables of the vitality review: a theme's newest figures beside other areas, and what is held and what is not."""

from dashboards import format
from dashboards.pages.parts import Card
from dashboards.periods import is_year
from dashboards.provenance import can_be_fetched, source_line
from dashboards.tables import Cell, write_table
from dashboards.visit import Visit
from dashboards.vitality_figures import THEMES, indicators_of, newest_of
from dashboards.words import Words

RANGE = "\u2013"


def describe_theme(visit: Visit, theme: str) -> list[Card]:
    """Describe a theme's newest figures, each of its own year, beside those of the compared areas.

    Without any it says what an ingest would bring, and there is no card where it would bring nothing.
    """
    codes = [code for code in indicators_of(visit.catalogue, theme) if newest_of(visit, code)]
    if not codes:
        return describe_unfetched(visit, theme)
    area, areas = visit.selection.area, visit.selection.areas
    head = [visit.words("vitality.indicator"), visit.name(area), visit.words("vitality.change")]
    head += [visit.name(each) for each in areas[1:]]
    lines = [(named(visit, code), cells_of(visit, code)) for code in codes]
    rows, legend = write_table(visit, head, lines)
    found = (visit.figures.at(code, each, newest_of(visit, code)) for code in codes for each in areas)
    source = source_line(visit, [figure.release_id for figure in found if figure])
    title = visit.words(f"vitality.theme.{theme}")
    told = (visit.words(f"vitality.told.{theme}"),) if visit.words.has(f"vitality.told.{theme}") else ()
    return [Card(f"theme_{theme}", title, visit.words("vitality.own_years"), True, rows, legend, source, told=told)]


def describe_unfetched(visit: Visit, theme: str) -> list[Card]:
    """Describe a theme of which nothing is held: which of its indicators an ingest would bring."""
    codes = [code for code in indicators_of(visit.catalogue, theme) if can_be_fetched_by_ingest(visit, code)]
    if not codes:
        return []
    names = format.listed(visit.words, [visit.label(code) for code in codes])
    told = visit.words("vitality.unfetched", names=names, why=visit.words("vitality.why.ingest"))
    return [Card(f"theme_{theme}", visit.words(f"vitality.theme.{theme}"), "", True, (), (), "", told=(told,))]


def named(visit: Visit, code: str) -> str:
    """Return an indicator's name with its unit and the year that is shown."""
    return visit.words("vitality.row", label=visit.label(code), unit=visit.unit(code), year=newest_of(visit, code))


def cells_of(visit: Visit, code: str) -> list[Cell]:
    """Return the cells of an indicator: the area's figure, its change on the year, and those of the other areas."""
    year, (area, *others) = newest_of(visit, code), visit.selection.areas
    own = [Cell(code, area, year), Cell(code, area, year, change=True)]
    return [*own, *(Cell(code, each, year) for each in others)]


def describe_held(visit: Visit) -> Card:
    """Describe which indicators are held of the area for which years, and why the others are not."""
    words = visit.words
    head = tuple(words(f"vitality.held.{name}") for name in ("indicator", "years", "why"))
    lines = [
        (
            visit.label(code),
            spans(visit.words, list(visit.figures.series(code, visit.selection.area))),
            why_not(visit, code),
        )
        for theme in THEMES
        for code in indicators_of(visit.catalogue, theme)
    ]
    lines += [
        (words(f"vitality.lacking.{name}.name"), RANGE, words(f"vitality.lacking.{name}.why")) for name in LACKING
    ]
    lines.sort(key=lambda line: line[1] != RANGE)
    title = words("vitality.held.title", name=visit.name(visit.selection.area))
    return Card("held", title, words("vitality.held.unit"), True, (head, *lines), (), "")


LACKING = (
    "tax_revenue",
    "accumulated_surplus",
    "migration_by_age",
    "employment_rate_35_44",
    "private_jobs",
    "enterprise_density",
    "turnover",
    "bankruptcies",
    "foreign_nights",
    "air_passengers",
    "building",
    "health",
)
"""What a vitality review should have and no source of the service gives."""


def why_not(visit: Visit, code: str) -> str:
    """Return why an indicator is not held of the area: it comes with an ingest, or no source here gives it."""
    area = visit.selection.area
    if visit.figures.series(code, area):
        return ""
    if can_be_fetched_by_ingest(visit, code):
        return visit.words("vitality.why.ingest")
    source = visit.catalogue.indicators[code].source
    if not any(release.source == source for release in visit.edition.releases.values()):
        return visit.words("vitality.why.no_release")
    held = any(visit.figures.series(code, each) for each in visit.selection.areas)
    return visit.words("vitality.why.not_this_area" if held else "vitality.why.not_given")


def can_be_fetched_by_ingest(visit: Visit, code: str) -> bool:
    """Tell whether a publisher's interface has the indicator and nothing of it has been fetched."""
    facts = visit.catalogue.sources[visit.catalogue.indicators[code].source]
    shipped = visit.edition.only_shipped(facts.code)
    return can_be_fetched(visit, code, visit.selection.area) or (shipped and bool(facts.stale_after_days))


FEW = 3
"""So few months are named one by one."""


def spans(words: Words, periods: list[str]) -> str:
    """Return years as stretches: 2006–2018, 2021; after them months, the ends of many; a dash for none."""
    years = {period for period in periods if is_year(period)}
    parts = sorted({*periods} - years)
    told = [format.stretches(years)] if years else []
    told += [format.month(words, each) for each in parts] if len(parts) <= FEW else []
    told += [format.span(words, parts[0], parts[-1])] if len(parts) > FEW else []
    return ", ".join(told) or RANGE


def describe_press(visit: Visit) -> list[Card]:
    """Describe overnight stays that the press has told, marked as such; nothing where none is held."""
    code = "overnight_stays_press"
    series = visit.figures.series(code, visit.selection.area)
    if not series:
        return []
    head = [visit.words("vitality.period"), visit.short(code)]
    lines = [(format.month(visit.words, each), [Cell(code, visit.selection.area, each)]) for each in sorted(series)]
    rows, legend = write_table(visit, head, lines)
    source = source_line(visit, [figure.release_id for figure in series.values()])
    told = (visit.words("vitality.told.nights"),)
    return [Card("nights_press", visit.label(code), visit.unit(code), False, rows, legend, source, told=told)]
