"""One request's everything: what is asked for, in which language, and the figures that answer it."""

from dataclasses import dataclass, field, replace
from functools import cached_property

import pandas as pd

from dashboards import format
from dashboards.edition import Edition
from dashboards.figures import COLUMNS, Figures
from dashboards.selection import Selection
from dashboards.standing import NOWHERE, Standing
from dashboards.words import Words
from queries.catalogue import Catalogue
from queries.settings import Settings


def no_rows() -> pd.DataFrame:
    """Return a frame of a breakdown without rows."""
    return pd.DataFrame(columns=[*COLUMNS, "category"])


@dataclass(frozen=True)
class Visit:
    """The parts that a page is described of; all figures are of one version.

    `ranked` and `mapped` are all municipalities by unemployment rate and by the map's measure.
    """

    selection: Selection
    words: Words
    settings: Settings
    catalogue: Catalogue
    edition: Edition
    figures: Figures
    occupations: pd.DataFrame = field(default_factory=no_rows)
    ranked: Standing = NOWHERE
    mapped: Standing = NOWHERE

    @cached_property
    def month(self) -> str:
        """Return the month that is shown: the asked one where the area's rate reaches it, else the rate's newest."""
        held = self.figures.series("unemployment_rate", self.selection.area)
        asked = self.selection.month
        return asked if asked and (not held or min(held) <= asked <= max(held)) else max(held, default=asked)

    @property
    def homes(self) -> tuple[str, ...]:
        """Return the project's municipalities that the version knows."""
        return tuple(area.code for area in self.settings.municipalities if area.code in self.edition.areas)

    @property
    def made_up_stamp(self) -> str:
        """Return what stands across every picture of made-up data, '' where the data is real."""
        return self.words("made_up.stamp") if self.edition.made_up else ""

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
        """Return the name of a category as the publisher writes it, its code where there is none."""
        names = self.edition.categories.get((dimension, code), {})
        return names.get(self.words.language) or names.get("fi") or code

    def unit(self, indicator: str) -> str:
        """Return an indicator's unit in the reader's language."""
        return self.words(f"unit.{self.catalogue.indicators[indicator].unit}")
