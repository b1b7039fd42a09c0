"""One request's everything: what is asked for, in which language, and the figures that answer it."""

from dataclasses import dataclass

from dashboards import format
from dashboards.edition import Edition
from dashboards.figures import Figures
from dashboards.selection import Selection
from dashboards.words import Words
from queries.catalogue import Catalogue
from queries.settings import Settings


@dataclass(frozen=True)
class Visit:
    """The parts that a page is described of; all figures are of one version."""

    selection: Selection
    words: Words
    settings: Settings
    catalogue: Catalogue
    edition: Edition
    figures: Figures

    def name(self, area: str) -> str:
        """Return an area's name in the reader's language."""
        return self.edition.areas[area].name(self.words.language)

    def value(self, indicator: str, amount: float) -> str:
        """Write an indicator's value, a percent with its sign."""
        return format.value(self.words, amount, self.catalogue.indicators[indicator])

    def label(self, indicator: str) -> str:
        """Return an indicator's name in the reader's language."""
        return self.words(f"indicator.{indicator}.label")

    def unit(self, indicator: str) -> str:
        """Return an indicator's unit in the reader's language."""
        return self.words(f"unit.{self.catalogue.indicators[indicator].unit}")
