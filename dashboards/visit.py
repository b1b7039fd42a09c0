"""One request's everything: what is asked for, in which language, and the figures that answer it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import pandas as pd

from dashboards import format
from dashboards.categories import category_name
from dashboards.edition import Edition
from dashboards.figures import COLUMNS, Figure, Figures
from dashboards.selection import Selection, changed, write_query
from dashboards.standing import NOWHERE, Standing
from dashboards.vitality_country import NO_COUNTRY, Country
from dashboards.words import Words
from queries.catalogue import Catalogue
from queries.settings import Settings


def no_rows() -> pd.DataFrame:
    """Return a frame of a breakdown without rows."""
    return pd.DataFrame(columns=[*COLUMNS, "category"])


def no_parts() -> pd.DataFrame:
    """Return a frame of several breakdowns without rows."""
    return pd.DataFrame(columns=[*COLUMNS, "dimension", "category"])


@dataclass(frozen=True)
class Visit:
    """The parts that a page is described of; all figures are of one version.

    `leading` is the indicator that the page's month, headline and choices follow; its chart has the same name.
    `periods` are the first and the newest period held, by source and by indicator. `takes_forms` tells whether the
    impact tool is offered.
    What begins with `find_` is called when a card asks for what it finds: a single chart reads nothing of the others.
    """

    selection: Selection
    words: Words
    settings: Settings
    catalogue: Catalogue
    edition: Edition
    figures: Figures
    leading: str = "unemployment_rate"
    periods: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    takes_forms: bool = False
    find_parts: Callable[[], pd.DataFrame] = no_parts
    find_occupations: Callable[[], pd.DataFrame] = no_rows
    find_ranked: Callable[[], Standing] = lambda: NOWHERE
    find_mapped: Callable[[], Standing] = lambda: NOWHERE
    find_country: Callable[[], Country] = lambda: NO_COUNTRY
    find_similar: Callable[[], tuple[str, ...]] = tuple

    @property
    def parts(self) -> pd.DataFrame:
        """Return what some figures are made of, by dimension and category."""
        return self.find_parts()

    def parts_of(self, indicator: str, dimension: str) -> pd.DataFrame:
        """Return what an indicator is made of by a dimension; several charts and sentences ask for the same."""
        return self._parts_by_measure.get((indicator, dimension), self.parts.head(0))

    @cached_property
    def _parts_by_measure(self) -> dict[tuple[str, str], pd.DataFrame]:
        places: dict[tuple[str, str], list[int]] = {}
        parts = self.parts
        pairs = zip(parts["indicator"].tolist(), parts["dimension"].tolist(), strict=True)
        for place, pair in enumerate(pairs):
            places.setdefault(pair, []).append(place)
        return {pair: parts.take(found) for pair, found in places.items()}

    @property
    def occupations(self) -> pd.DataFrame:
        """Return the chosen area's unemployed and vacancies by occupation."""
        return self.find_occupations()

    @property
    def ranked(self) -> Standing:
        """Return all municipalities by the rate of the page's rankings."""
        return self.find_ranked()

    @property
    def mapped(self) -> Standing:
        """Return all municipalities by the measure of the page's map."""
        return self.find_mapped()

    @property
    def country(self) -> Country:
        """Return all municipalities in the measures of the vitality review."""
        return self.find_country()

    @property
    def similar(self) -> tuple[str, ...]:
        """Return the chosen municipality and those that are like it."""
        return self.find_similar()

    @cached_property
    def month(self) -> str:
        """Return the month that is shown: the asked one where the leading figures reach it, else their newest."""
        held = self.led
        asked = self.selection.month[:4] if self.is_yearly(self.leading) else self.selection.month
        return asked if asked and (not held or min(held) <= asked <= max(held)) else max(held, default=asked)

    @cached_property
    def query(self) -> str:
        """Return the query of an address that shows the same charts."""
        return write_query(changed(self.selection, view="chart"), self.settings, self.edition.areas)

    @property
    def led(self) -> dict[str, Figure]:
        """Return the leading indicator's held months of the chosen area, oldest first."""
        return self.figures.series(self.leading, self.selection.area)

    @cached_property
    def homes(self) -> tuple[str, ...]:
        """Return the project's municipalities that the version knows."""
        return tuple(area.code for area in self.settings.municipalities if area.code in self.edition.areas)

    @property
    def made_up_stamp(self) -> str:
        """Return what stands across every picture of made-up data, '' where the data is real."""
        return self.words("made_up.stamp") if self.edition.made_up else ""

    @property
    def releases(self) -> set[int]:
        """Return the releases of the figures that are shown."""
        standings = (self.ranked.figures.frame, self.mapped.figures.frame)
        frames = (self.figures.frame, self.parts, self.occupations, *standings)
        return {number for frame in frames for number in frame["release_id"].unique().tolist()}

    def is_yearly(self, indicator: str) -> bool:
        """Tell whether an indicator is shown by year, none of it by month: quarters are shown as their years."""
        return self.catalogue.sources[self.catalogue.indicators[indicator].source].period != "month"

    def over(self, standing: Standing) -> "Visit":
        """Return the same visit with the figures of all municipalities in place of the series."""
        return replace(self, figures=standing.figures)

    def name(self, area: str) -> str:
        """Return an area's name in the reader's language."""
        return self.edition.areas[area].name(self.words.language)

    def value(self, indicator: str, amount: float) -> str:
        """Write an indicator's value, a percent with its sign."""
        return format.value(self.words, amount, self.catalogue.indicators[indicator])

    def label(self, indicator: str) -> str:
        """Return an indicator's name in the reader's language."""
        return self.words(f"indicator.{indicator}.label")

    def category(self, dimension: str, code: str) -> str:
        """Return the name of a category: ours, else as the publisher writes it, else its code."""
        return category_name(self.words, self.edition.categories, dimension, code)

    def short(self, indicator: str) -> str:
        """Return an indicator's name for the heading of a column."""
        key = f"indicator.{indicator}.short"
        return self.words(key) if self.words.has(key) else self.label(indicator)

    def measure(self, indicator: str) -> str:
        """Return an indicator's name on a map or in a ranking."""
        key = f"map.{indicator}.name"
        return self.words(key) if self.words.has(key) else self.label(indicator)

    def unit(self, indicator: str) -> str:
        """Return an indicator's unit in the reader's language."""
        return self.words(f"unit.{self.catalogue.indicators[indicator].unit}")
