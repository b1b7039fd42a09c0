"""What the form offers: areas, areas to compare with, months and years, with what is chosen now."""

from dataclasses import dataclass, replace
from typing import NamedTuple

from dashboards import format
from dashboards.charts import CHARTS
from dashboards.charts.trend import stretch
from dashboards.selection import MEASURES, VIEWS
from dashboards.visit import Visit


class Option(NamedTuple):
    """One thing to choose."""

    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True)
class Controls:
    """Everything that the form offers; without `months` it offers no ends either: there is no time to choose from."""

    areas: tuple[tuple[str, tuple[Option, ...]], ...]
    places: tuple[str, ...]
    compare: tuple[Option, ...]
    months: tuple[Option, ...]
    since: tuple[Option, ...]
    until: tuple[Option, ...]
    views: tuple[Option, ...]
    period: str
    measures: tuple[Option, ...]
    as_of: str


def offer(visit: Visit) -> Controls:
    """Return what the form offers to a visit."""
    selection = visit.selection
    held = sorted(visit.led, reverse=True)
    chart = CHARTS[visit.leading]
    since, until = stretch(visit, chart)
    return Controls(
        areas=offer_areas(visit),
        places=visit.edition.memory.recall(("places", visit.words.language), lambda: offer_places(visit)),
        compare=offer_comparison(visit),
        months=offer_months(visit, held) if held or asks_for_time(visit) else (),
        since=offer_ends(visit, [f"{year}-01" for year in years(held, since)], since, selection.since),
        until=offer_ends(visit, [f"{year}-12" for year in years(held, until)][1:], until, selection.until),
        period=visit.words(f"controls.{'year' if visit.is_yearly(visit.leading) else 'month'}.name"),
        views=tuple(Option(view, visit.words(f"controls.view.{view}"), view == selection.view) for view in VIEWS),
        measures=tuple(
            Option(each, visit.words(f"controls.measure.{each}"), each == selection.measure)
            for each in (MEASURES if chart.measured else ())
        ),
        as_of=selection.as_of.isoformat() if selection.as_of else "",
    )


def asks_for_time(visit: Visit) -> bool:
    """Tell whether the address names a month or an end of the chart: what was asked for stays to be changed."""
    selection = visit.selection
    return bool(selection.month or selection.since or selection.until)


def offer_area(visit: Visit) -> Controls:
    """Return what the form of a page without months offers: an area, and charts or tables."""
    return replace(offer(visit), compare=(), months=(), since=(), until=(), measures=())


def offer_areas(visit: Visit) -> tuple[tuple[str, tuple[Option, ...]], ...]:
    """Return groups of areas: the project's municipalities, areas of comparison, and the chosen one that is neither."""
    settings, areas, chosen = visit.settings, visit.edition.areas, visit.selection.area
    project = [area.code for area in settings.municipalities]
    comparison = [area.code for area in settings.comparison_areas]
    groups = {"project": project, "comparison": comparison}
    if chosen not in settings.shown:
        groups["chosen"] = [chosen]
    return tuple(
        (
            visit.words(f"controls.group.{name}"),
            tuple(Option(code, visit.name(code), code == chosen) for code in codes if code in areas),
        )
        for name, codes in groups.items()
    )


def offer_places(visit: Visit) -> tuple[str, ...]:
    """Return the names that a search can be for: of municipalities, regions and employment areas."""
    levels = ("municipality", "region", "employment_area")
    return tuple(dict.fromkeys(visit.name(each.code) for each in visit.edition.areas.values() if each.level in levels))


def offer_comparison(visit: Visit) -> tuple[Option, ...]:
    """Return the areas that the project compares with, and those that are compared now."""
    settings, selection = visit.settings, visit.selection
    codes = dict.fromkeys([*settings.shown, *settings.neighbours, *selection.compare])
    return tuple(
        Option(code, visit.name(code), code in selection.compare)
        for code in codes
        if code in visit.edition.areas and code != selection.area
    )


def offer_months(visit: Visit, held: list[str]) -> tuple[Option, ...]:
    """Return the newest month as the default, then all months that the area has; of years, their Decembers."""
    chosen = visit.selection.month
    if visit.is_yearly(visit.leading):
        held, chosen = [f"{year}-12" for year in held], chosen and f"{chosen[:4]}-12"
    if not held:
        return (Option("", visit.words("controls.newest"), True),)
    newest = visit.words("controls.newest_month", month=format.month(visit.words, named(visit, held[0])))
    return (
        Option("", newest, not chosen),
        *(
            Option(period, format.month(visit.words, named(visit, period)), period == chosen)
            for period in with_chosen(held, chosen)
        ),
    )


def named(visit: Visit, month: str) -> str:
    """Return the period that a month of the form stands for: its year where the page is one of years."""
    return month[:4] if visit.is_yearly(visit.leading) else month


def with_chosen(months: list[str], chosen: str) -> list[str]:
    """Return months, newest first, with the chosen one among them."""
    return sorted({*months, *([chosen] if chosen else [])}, reverse=True)


def years(held: list[str], shown: str) -> list[int]:
    """Return the years of some months, newest first; without any, the year that is shown."""
    if not held:
        return [int(shown[:4])]
    return list(range(int(held[0][:4]), int(held[-1][:4]) - 1, -1))


def offer_ends(visit: Visit, usual: list[str], shown: str, chosen: str) -> tuple[Option, ...]:
    """Return the default end of the chart, the ends of years, and the chosen month where it is neither."""
    default = Option(
        "", visit.words("controls.default_month", month=format.short_month(visit.words, shown)), not chosen
    )
    periods = sorted({*usual, *([chosen] if chosen else [])}, reverse=True)
    offered = [Option(each, format.short_month(visit.words, named(visit, each)), each == chosen) for each in periods]
    return (default, *offered) if not chosen else (Option("", visit.words("controls.default")), *offered)
