"""The kind `area_map`: a measure in all municipalities, seen from afar and near, in five classes.

The classes hold about equally many municipalities; their limits are round numbers and the same in both views.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import pairwise

from dashboards import format
from dashboards.breaks import year_on_year
from dashboards.charts import Chart, Told
from dashboards.charts.description import HIDDEN, NO_VALUE, AreaMap, Key, Label, Region
from dashboards.charts.ranks import members_of
from dashboards.charts.theme import look_of
from dashboards.selection import changed, write_query
from dashboards.shell import page_address
from dashboards.standing_words import month_note, read_map, why_no_value
from dashboards.summary import change_words
from dashboards.visit import Visit

CLASSES = 5
SMALLEST_SHARE, LARGEST_SHARE = 0.12, 0.3
"""What a class may hold of the municipalities, unless finer limits do not help."""
STEPS = (5000.0, 2000.0, 1000.0, 500.0, 200.0, 100.0, 50.0, 20.0, 10.0, 5.0, 2.0, 1.0, 0.5, 0.2, 0.1)


def tell_map(visit: Visit, chart: Chart) -> Told:
    """Describe the visit's measure in all municipalities; the chart's own indicator is only the default one."""
    standing = visit.mapped
    everyone = visit.edition.municipalities
    values = standing.values(everyone)
    limits = class_limits(sorted(values.values()))
    summary = read_map(visit, everyone)
    return Told(
        frame=standing.rows(everyone),
        description=describe_map(visit, chart, everyone, values, limits),
        summary=summary,
        alt=visit.words("map.alt", text=summary),
        notes=(*month_note(visit, standing), *([visit.words("map.classes")] if limits else [])),
        releases=standing.releases,
    )


def describe_map(
    visit: Visit, chart: Chart, everyone: Sequence[str], values: Mapping[str, float], limits: Sequence[float]
) -> AreaMap:
    """Describe the map of some municipalities' values in classes between limits."""
    indicator = visit.mapped.indicator
    regions = visit.mapped.memory.recall(
        ("regions", visit.words.language), lambda: describe_regions(visit.over(visit.mapped), everyone, values, limits)
    )
    chosen = members_of(visit, visit.selection.area)
    own = next((region for region in regions if region.area == visit.selection.area), None)
    return AreaMap(
        id=chart.id,
        title=visit.words("map.title", measure=visit.measure(indicator)),
        unit=unit_and_month(visit),
        far=visit.words("map.far"),
        close=visit.words("map.near", site=visit.settings.site_name),
        skip=visit.words("map.skip"),
        regions=regions,
        keys=describe_keys(visit, regions, limits),
        labels=tuple(Label(area, visit.name(area), look_of(visit.settings, area)) for area in visit.homes),
        outlined=tuple(chosen) if len(chosen) < len(everyone) else (),
        near=visit.homes,
        own=own.area if own else "",
        spoken=own.spoken if own else "",
        credit=visit.words("map.credit"),
        way=way_to_areas(visit, chart.page),
        empty=visit.words("map.empty"),
        stamp=visit.made_up_stamp,
    )


def way_to_areas(visit: Visit, page: str) -> tuple[str, str]:
    """Return the address of the same page of another area, before and after its code; it compares as is usual there."""
    query = write_query(changed(visit.selection, area="@", compare=()), visit.settings, ())
    before, _, after = page_address(visit.words.language, page, query).partition("%40")
    return before, after


def unit_and_month(visit: Visit) -> str:
    """Return the unit of the map's measure and the month, where there is one."""
    key, month = f"map.{visit.mapped.indicator}.unit", visit.mapped.month
    unit = visit.words(key) if visit.words.has(key) else visit.unit(visit.mapped.indicator)
    return f"{unit}, {format.month(visit.words, month)}" if month else unit


def class_limits(values: Sequence[float]) -> tuple[float, ...]:
    """Return the limits between classes of sorted values: round numbers near the values that part them evenly.

    The roundest step is taken that keeps the limits apart and leaves no class too small or too large; few different
    values make fewer classes. A value that equals a limit is above it.
    """
    if not values:
        return ()
    cuts = [values[len(values) * place // CLASSES] for place in range(1, CLASSES)]
    tries = [tuple(sorted({round(round(cut / step) * step, 1) for cut in cuts})) for step in STEPS]
    good = (limits for limits in tries if len(limits) == CLASSES - 1 and is_even(limits, values))
    finest = tuple(limit for limit in tries[-1] if values[0] < limit <= values[-1])
    return next(good, finest)


def is_even(limits: Sequence[float], values: Sequence[float]) -> bool:
    """Tell whether no class of values is too small or too large."""
    counts = count_classes([level_of(value, limits) for value in values], len(limits) + 1)
    return min(counts) >= SMALLEST_SHARE * len(values) and max(counts) <= LARGEST_SHARE * len(values)


def count_classes(levels: Sequence[int | str], classes: int) -> list[int]:
    """Return how many municipalities each class holds."""
    return [levels.count(level) for level in range(classes)]


def level_of(value: float, limits: Sequence[float]) -> int:
    """Return a value's class: how many limits are not above it."""
    return bisect_right(limits, value)


def describe_regions(
    visit: Visit, everyone: Sequence[str], values: Mapping[str, float], limits: Sequence[float]
) -> tuple[Region, ...]:
    """Describe all municipalities."""
    return tuple(describe_region(visit, area, values.get(area), limits) for area in everyone)


def describe_region(visit: Visit, area: str, value: float | None, limits: Sequence[float]) -> Region:
    """Describe one municipality: its name, its value, and the change on the year where both years are held."""
    standing = visit.mapped
    name = visit.name(area)
    if value is None:
        figure = standing.at(area)
        level = HIDDEN if figure is not None and figure.status == "suppressed" else NO_VALUE
        return Region(area, f"{name}: {why_no_value(visit, standing, area)}", level)
    spoken = f"{name}: {visit.value(standing.indicator, value)}"
    change = year_on_year(visit, standing.indicator, area, standing.month)
    if change.difference is not None:
        spoken = f"{spoken}, {change_words(visit, standing.indicator, change)}"
    return Region(area, spoken, level_of(value, limits))


def describe_keys(visit: Visit, regions: Sequence[Region], limits: Sequence[float]) -> tuple[Key, ...]:
    """Return the legend: the limits of each class in words, what has no value, and how many each holds."""
    levels = [region.level for region in regions]
    counts = count_classes(levels, len(limits) + 1)
    words = class_words(visit, limits) if any(counts) else []
    keys: list[tuple[int | str, str, int]] = [(level, text, counts[level]) for level, text in enumerate(words)]
    for level, text in ((HIDDEN, visit.words("status.suppressed.name")), (NO_VALUE, visit.words("map.no_value"))):
        if level in levels:
            keys.append((level, text, levels.count(level)))
    return tuple(
        Key(level, visit.words("map.key", label=text, count=visit.words.counted("map.municipalities", n, str(n))))
        for level, text, n in keys
    )


def class_words(visit: Visit, limits: Sequence[float]) -> list[str]:
    """Return the limits of each class in words; a class ends where the next begins, one last decimal below it."""
    indicator = visit.mapped.indicator
    facts = visit.catalogue.indicators[indicator]
    least = 10.0**-facts.decimals
    if not limits:
        return [visit.words("map.class.all")]
    between = [
        visit.words(
            "map.class.between" if low >= 0 else "map.class.between_below_zero",
            low=format.number(visit.words, low, facts.decimals),
            high=visit.value(indicator, high - least),
        )
        for low, high in pairwise(limits)
    ]
    below = visit.words("map.class.below", limit=visit.value(indicator, limits[0]))
    above = visit.words("map.class.above", limit=visit.value(indicator, limits[-1]))
    return [below, *between, above]
