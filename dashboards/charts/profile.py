"""The kind `profile`: a municipality among those that are like it, in some measures, each on a scale of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from statistics import median

import pandas as pd

from dashboards.charts import Chart, Told
from dashboards.charts.description import Profile, Scale, Tick
from dashboards.charts.theme import look_of
from dashboards.visit import Visit

MEASURES = (
    "population_change_rate",
    "natural_increase_rate",
    "net_migration_rate",
    "share_under_15",
    "share_over_64",
    "employment_rate_18_64",
    "economic_dependency_ratio",
    "workplace_self_sufficiency",
    "jobs_change_rate",
    "education_share_upper_secondary_or_higher",
    "education_share_tertiary",
    "education_level_index",
    "median_income",
    "low_income_rate",
)
"""So many as can be read at a glance; those that nearly all municipalities have are shown."""
SOFT_HYPHEN = "\u00ad"


@dataclass(frozen=True)
class Measure:
    """A measure's values in a year: of the chosen municipality and, by area, of those that are like it."""

    code: str
    year: str
    own: float
    others: Mapping[str, float]

    @cached_property
    def ends(self) -> tuple[float, float]:
        """Return the lowest and the highest value, the chosen municipality's own among them."""
        values = [self.own, *self.others.values()]
        return min(values), max(values)

    @property
    def middle(self) -> float:
        """Return the median of the others."""
        return median(self.others.values())

    @property
    def place(self) -> int:
        """Return the chosen municipality's place from the highest value; equal ones share the better one."""
        return 1 + sum(value > self.own for value in self.others.values())

    @property
    def count(self) -> int:
        """Return how many municipalities have a value."""
        return 1 + len(self.others)


def measures_of(visit: Visit) -> tuple[Measure, ...]:
    """Return the measures in which the chosen municipality and one that is like it have a value."""
    own, found = visit.selection.area, []
    for code in (code for code in MEASURES if code in visit.country.years):
        standing = visit.country.standing(code)
        values = standing.values(visit.similar)
        others = {area: value for area, value in values.items() if area != own}
        if own in values and others:
            found.append(Measure(code, standing.month, values[own], others))
    return tuple(found)


def tell_profile(visit: Visit, chart: Chart) -> Told:
    """Describe where the chosen municipality stands among those that are like it; an area that is none has nothing."""
    measures = measures_of(visit)
    name = visit.name(visit.selection.area)
    profile = Profile(
        id=chart.id,
        title=visit.words("chart.profile.title", name=name),
        unit=visit.words("chart.profile.unit"),
        area=visit.selection.area,
        look=look_of(visit.settings, visit.selection.area),
        names=(name, visit.words("vitality.profile.other"), visit.words("vitality.profile.middle")),
        scales=tuple(describe_scale(visit, measure) for measure in measures),
        empty=tell_nothing(visit, name),
        stamp=visit.made_up_stamp,
    )
    return Told(
        frame=rows_of(visit, measures),
        description=profile,
        summary=read_profile(visit, measures) if measures else profile.empty,
        alt=visit.words("vitality.profile.alt", list="; ".join(in_words(visit, measure) for measure in measures)),
    )


def tell_nothing(visit: Visit, name: str) -> str:
    """Return what is said where there is no profile: of no municipality, or without figures."""
    is_municipality = visit.edition.areas[visit.selection.area].level == "municipality"
    return visit.words("chart.empty", name=name) if is_municipality else visit.words("vitality.profile.none")


def describe_scale(visit: Visit, measure: Measure) -> Scale:
    """Describe one measure."""
    low, high = (Tick(value, visit.value(measure.code, value)) for value in measure.ends)
    return Scale(
        label=label_of(visit, measure),
        low=low,
        high=high,
        others=tuple(measure.others.values()),
        middle=measure.middle,
        own=measure.own,
        text=visit.value(measure.code, measure.own),
        position=position_of(visit, measure),
    )


def label_of(visit: Visit, measure: Measure) -> str:
    """Return a measure's short name and its year."""
    name = visit.short(measure.code).replace(SOFT_HYPHEN, "")
    return visit.words("vitality.profile.label", name=name, year=measure.year)


def position_of(visit: Visit, measure: Measure) -> str:
    """Return the place from the highest value among how many."""
    return visit.words("vitality.profile.of", place=measure.place, count=measure.count)


def rows_of(visit: Visit, measures: tuple[Measure, ...]) -> pd.DataFrame:
    """Return the rows of all municipalities that are shown."""
    figures, areas = visit.country.figures, visit.similar
    nothing = figures.rows([], [], "", "")
    return pd.concat([nothing, *(figures.rows([each.code], areas, each.year, each.year) for each in measures)])


def read_profile(visit: Visit, measures: tuple[Measure, ...]) -> str:
    """Return a sentence on the measures in which no other municipality is as high or as low as the chosen one."""
    name = visit.name(visit.selection.area)
    found = {
        "highest": [each for each in measures if each.own > max(each.others.values())],
        "lowest": [each for each in measures if each.own < min(each.others.values())],
    }
    told = [
        visit.words(f"vitality.profile.{form}", name=name, measures="; ".join(label_of(visit, each) for each in held))
        for form, held in found.items()
        if held
    ]
    return " ".join(told) or visit.words("vitality.profile.between", name=name)


def in_words(visit: Visit, measure: Measure) -> str:
    """Return one measure's part of the text alternative."""
    return visit.words(
        "vitality.profile.spoken",
        label=label_of(visit, measure),
        value=visit.value(measure.code, measure.own),
        middle=visit.value(measure.code, measure.middle),
        place=position_of(visit, measure),
    )
