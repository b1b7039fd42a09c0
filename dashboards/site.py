"""One web process's whole: settings, catalogue, database reader, and what is kept of the version that is served."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dashboards.edition import Edition, load_edition
from dashboards.figures import Figures
from dashboards.pages import front
from dashboards.pages.employment_review import ALONE, COMPARED
from dashboards.selection import MAPPED, Selection, known_at, read_front_selection, read_selection
from dashboards.standing import Standing, month_with_nearly_all, read_standing
from dashboards.visit import Visit
from dashboards.words import load_words
from queries.catalogue import Catalogue
from queries.database import SourceState, read_state
from queries.read import Reader, Snapshot
from queries.settings import Settings

FIRST_PERIOD, LAST_PERIOD = "0000", "9999"
MOST_STANDINGS = 20


class Site:
    """Makes a Visit of a request. Safe for several threads: an edition is made anew or taken whole."""

    def __init__(self, settings: Settings, catalogue: Catalogue) -> None:
        self.settings = settings
        self.catalogue = catalogue
        self.reader = Reader(settings.data_dir)
        self._edition: Edition | None = None
        self._standings: dict[tuple[object, ...], Standing] = {}

    def edition(self, snapshot: Snapshot) -> Edition:
        """Return the facts of a snapshot's version, read once per version."""
        edition = self._edition
        if edition is None or edition.version != snapshot.version:
            edition = self._edition = load_edition(snapshot, self.catalogue)
        return edition

    @property
    def last_edition(self) -> Edition | None:
        """Return the version that was served last, without reading."""
        return self._edition

    def states(self) -> list[SourceState]:
        """Return what is known of the loading of each source."""
        return [read_state(self.settings.data_dir, code) for code in self.catalogue.sources]

    def visit(self, language: str, parts: Mapping[str, Sequence[str]]) -> Visit:
        """Answer an address. Raises NoDatabase or DatabaseRefused."""
        snapshot = self.reader.snapshot()
        edition = self.edition(snapshot)
        selection = read_selection(parts, language, edition.areas.keys(), self.settings)
        figures = read_figures(snapshot, selection, COMPARED, ALONE)
        visit = Visit(selection, load_words(language), self.settings, self.catalogue, edition, figures)
        ranked, mapped = (self.standing(snapshot, code, visit) for code in (MAPPED[0], selection.indicator))
        return replace(visit, ranked=ranked, mapped=mapped)

    def standing(self, snapshot: Snapshot, indicator: str, visit: Visit) -> Standing:
        """Return all municipalities by an indicator, in the newest month not later than the visit's.

        It is kept for the next visit: nothing of it depends on the area or the language.
        """
        as_of = known_at(visit.selection)
        month = month_with_nearly_all(snapshot, indicator, visit.month or LAST_PERIOD, as_of)
        asked = (snapshot.version, indicator, month, as_of)
        standing = self._standings.get(asked)
        if standing is None:
            decimals = self.catalogue.indicators[indicator].decimals
            standing = read_standing(snapshot, indicator, month, as_of, decimals)
            if len(self._standings) >= MOST_STANDINGS:
                self._standings = {}
            self._standings[asked] = standing
        return standing

    def front_visit(self, language: str, parts: Mapping[str, Sequence[str]]) -> Visit:
        """Answer the front page's address. Raises NoDatabase or DatabaseRefused."""
        snapshot = self.reader.snapshot()
        edition = self.edition(snapshot)
        selection = read_front_selection(parts, language, edition.areas.keys(), self.settings)
        figures = read_figures(snapshot, selection, front.MEASURES, ())
        return Visit(selection, load_words(language), self.settings, self.catalogue, edition, figures)


def read_figures(snapshot: Snapshot, selection: Selection, compared: Sequence[str], alone: Sequence[str]) -> Figures:
    """Read the series of a page: what is compared for all areas, the rest for the chosen one."""
    return Figures(
        snapshot.frame(
            "series_with_comparison",
            indicators=[*compared, *alone],
            compared=list(compared),
            area=selection.area,
            areas=list(selection.areas),
            dimension="",
            since=FIRST_PERIOD,
            until=LAST_PERIOD,
            as_of=known_at(selection),
        )
    )
