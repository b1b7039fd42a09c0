"""One web process's whole: settings, catalogue, database reader, and what is kept of the version that is served."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import pandas as pd

from dashboards import project_figures
from dashboards.benefit_figures import read_benefit, read_parts, read_per_inhabitant, similar_to
from dashboards.charts import PER_INHABITANT, SHARE
from dashboards.charts.occupations import SIDES, whole_list
from dashboards.charts.trend import MEASURED
from dashboards.edition import Edition, load_edition
from dashboards.evaluations import read_evaluations
from dashboards.figures import Figures
from dashboards.memory import Memory
from dashboards.pages import front
from dashboards.pages.employment_review import ALONE, COMPARED
from dashboards.periods import shift
from dashboards.selection import MAPPED, Selection, known_at, read_front_selection, read_selection
from dashboards.standing import Standing, month_with_nearly_all, read_standing
from dashboards.visit import Visit, no_rows
from dashboards.vitality_country import Country, read_country
from dashboards.vitality_figures import country_indicators, mapped_indicators, read_structure, read_vitality
from dashboards.what_if_address import OWN_PARTS
from dashboards.words import load_words
from queries.analysis.vitality_index import EQUAL
from queries.catalogue import Catalogue
from queries.database import SourceState, read_state
from queries.read import Reader, Snapshot
from queries.settings import Settings

FIRST_PERIOD, LAST_PERIOD = "0000", "9999"
MOST_STANDINGS = 100
"""So many months of all municipalities are kept: one weighs half a megabyte."""
MOST_COUNTRIES = 8
"""So many years of all measures of all municipalities are kept: one weighs fifteen megabytes."""
MOST_ANSWERS = 40
"""So many pages are kept whole: one weighs half a megabyte."""
MOST_EMBEDS = 400
"""So many frames are kept whole and packed: one weighs a tenth of a megabyte."""
MONTHS_LATE = 3
"""How many months a breakdown may lag behind the page's month and still be shown, with its own month on it."""


Parts = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Question:
    """What an address asks for, of one version. `more` are the parts that one page alone has."""

    snapshot: Snapshot
    edition: Edition
    selection: Selection
    more: tuple[tuple[str, tuple[str, ...]], ...] = ()


class Site:
    """Makes a Visit of a request. Safe for several threads: an edition is made anew or taken whole.

    `answers` are what was answered before, by version, question and all else that an answer depends on;
    `embeds` are the frames in other sites. `takes_forms` tells whether the impact tool is offered.
    """

    def __init__(self, settings: Settings, catalogue: Catalogue, *, takes_forms: bool = False) -> None:
        self.settings = settings
        self.catalogue = catalogue
        self.takes_forms = takes_forms
        self.reader = Reader(settings.data_dir)
        self._edition: Edition | None = None
        self.answers = Memory(MOST_ANSWERS)
        self.embeds = Memory(MOST_EMBEDS)
        self._standings = Memory(MOST_STANDINGS)
        self._countries = Memory(MOST_COUNTRIES)

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

    def states(self, sources: Iterable[str] | None = None) -> list[SourceState]:
        """Return what is known of the loading of some sources, without them of every one."""
        return [read_state(self.settings.data_dir, code) for code in sources or self.catalogue.sources]

    def ask(self, language: str, parts: Parts) -> Question:
        """Read a page's address. Raises NoDatabase or DatabaseRefused."""
        snapshot = self.reader.snapshot()
        edition = self.edition(snapshot)
        elsewhere = mapped_indicators(self.catalogue)
        selection = read_selection(parts, language, edition.areas, self.settings, elsewhere=elsewhere)
        return Question(snapshot, edition, selection)

    def ask_vitality(self, language: str, parts: Parts) -> Question:
        """Read the vitality review's address. Raises NoDatabase or DatabaseRefused."""
        snapshot = self.reader.snapshot()
        edition = self.edition(snapshot)
        mapped = mapped_indicators(self.catalogue)
        return Question(
            snapshot, edition, read_selection(parts, language, edition.areas, self.settings, mapped, MAPPED)
        )

    def ask_front(self, language: str, parts: Parts) -> Question:
        """Read the front page's address. Raises NoDatabase or DatabaseRefused."""
        snapshot = self.reader.snapshot()
        edition = self.edition(snapshot)
        return Question(snapshot, edition, read_front_selection(parts, language, edition.areas.keys(), self.settings))

    def look_up(self, question: Question) -> Visit:
        """Return the visit that answers a question."""
        snapshot, selection = question.snapshot, question.selection
        compared = (*COMPARED, MEASURED[selection.measure])
        homes = [area.code for area in self.settings.municipalities]
        figures = question.edition.memory.recall(
            ("figures", selection.areas, compared, selection.as_of),
            lambda: Figures(read_rows(snapshot, selection, list(dict.fromkeys(compared)), ALONE, homes)),
        )
        visit = self._visit(question, figures)
        occupations = "occupations", selection.area, visit.month, selection.as_of
        return replace(
            visit,
            find_occupations=lambda: question.edition.memory.recall(
                occupations,
                lambda: whole_list(read_breakdown(snapshot, selection, SIDES, "occupation", visit.month)),
            ),
            find_ranked=cache(lambda: self.standing(snapshot, MAPPED[0], visit)),
            find_mapped=cache(lambda: self.standing(snapshot, selection.indicator, visit)),
        )

    def standing(self, snapshot: Snapshot, indicator: str, visit: Visit) -> Standing:
        """Return all municipalities by an indicator, in the newest month not later than the visit's.

        It is kept for the next visit: nothing of it depends on the area or the language.
        """
        as_of = known_at(visit.selection)
        month = month_with_nearly_all(snapshot, indicator, visit.month or LAST_PERIOD, as_of)
        asked = (snapshot.version, indicator, month, as_of)
        decimals = self.catalogue.indicators[indicator].decimals
        return self._standings.recall(asked, lambda: read_standing(snapshot, indicator, month, as_of, decimals))

    def ask_benefit(self, language: str, parts: Parts) -> Question:
        """Read the benefit page's address, with its what-if. Raises NoDatabase or DatabaseRefused."""
        more = tuple((name, tuple(parts[name])) for name in OWN_PARTS if name in parts)
        return replace(self.ask(language, parts), more=more)

    def look_up_benefit(self, question: Question) -> Visit:
        """Return the benefit page's visit that answers a question."""
        snapshot, selection = question.snapshot, question.selection
        figures = question.edition.memory.recall(
            ("benefit", selection.areas, selection.as_of),
            lambda: Figures(read_benefit(snapshot, selection, self.catalogue)),
        )
        visit = replace(self._visit(question, figures), leading=SHARE)
        ranked = cache(lambda: self.per_inhabitant(snapshot, visit))
        return replace(
            visit,
            find_parts=cache(lambda: read_parts(snapshot, selection, visit.month)),
            find_ranked=ranked,
            find_similar=cache(lambda: similar_to(ranked(), question.edition.municipalities, selection.area)),
        )

    def per_inhabitant(self, snapshot: Snapshot, visit: Visit) -> Standing:
        """Return all municipalities by the euros for each inhabitant, as `standing` does."""
        as_of = known_at(visit.selection)
        month = month_with_nearly_all(snapshot, SHARE, visit.month or LAST_PERIOD, as_of)
        asked = snapshot.version, PER_INHABITANT, month, as_of
        return self._standings.recall(
            asked, lambda: read_per_inhabitant(snapshot, month, visit.selection, self.catalogue)
        )

    def look_up_project(self, question: Question) -> Visit:
        """Return the project page's visit that answers a question."""
        snapshot, selection = question.snapshot, question.selection
        homes = [area.code for area in self.settings.municipalities]
        series = [*project_figures.TOTALS, project_figures.REPORTED_RATE, project_figures.RATE]
        series += project_figures.VACANCIES
        figures = question.edition.memory.recall(
            ("project", selection.areas, selection.as_of),
            lambda: Figures(read_rows(snapshot, selection, series, (), [*homes, project_figures.PROJECT])),
        )
        visit = self._visit(question, figures)
        return replace(visit, find_parts=cache(lambda: project_figures.read_project_parts(snapshot, selection)))

    def look_up_vitality(self, question: Question) -> Visit:
        """Return the vitality review's visit that answers a question."""
        snapshot, selection = question.snapshot, question.selection
        figures = question.edition.memory.recall(
            ("vitality", selection.areas, selection.as_of),
            lambda: Figures(read_vitality(snapshot, selection, self.catalogue)),
        )
        visit = replace(self._visit(question, figures), leading="population")
        country = cache(lambda: self.country(question, visit))
        structure = "structure", selection.area, selection.as_of
        return replace(
            visit,
            find_parts=lambda: question.edition.memory.recall(structure, lambda: read_structure(snapshot, selection)),
            find_country=country,
            find_ranked=lambda: country().index(selection.weights or EQUAL),
            find_mapped=lambda: country().measure(selection.indicator, selection.weights or EQUAL),
            find_similar=lambda: country().similar(selection.area),
        )

    def country(self, question: Question, visit: Visit) -> Country:
        """Return all municipalities in the measures of the vitality review, up to the visit's year; kept for the next.

        Without a year chosen it is the newest of the whole country.
        """
        snapshot, as_of = question.snapshot, known_at(visit.selection)
        chosen = visit.month if visit.selection.month else ""
        year = chosen or month_with_nearly_all(snapshot, "population", LAST_PERIOD, as_of) or visit.month
        asked = snapshot.version, year, as_of
        indicators, everyone = country_indicators(self.catalogue), question.edition.municipalities
        return self._countries.recall(
            asked, lambda: read_country(snapshot, indicators, everyone, year, as_of, self.catalogue)
        )

    def look_up_front(self, question: Question) -> Visit:
        """Return the front page's visit that answers a question."""
        return self._visit(question, Figures(read_rows(question.snapshot, question.selection, front.MEASURES, ())))

    def look_up_about(self, question: Question) -> Visit:
        """Return the visit of the page on sources and definitions."""
        known = known_at(question.selection)
        periods: dict[str, tuple[str, str]] = {}
        for row in question.snapshot.frame("periods_held", as_of=known).to_dict("records"):
            held = row["first_period"], row["newest_period"]
            for code in (row["source"], row["indicator"]):
                first, newest = periods.get(code, held)
                periods[code] = min(first, held[0]), max(newest, held[1])
        return replace(self._visit(question, Figures(no_rows())), periods=periods)

    def look_up_impact(self, question: Question) -> Visit:
        """Return the visit of the page on impact evaluation."""
        find_parts = cache(
            lambda: read_evaluations(question.snapshot, question.selection, question.edition, self.catalogue)
        )
        return replace(self._visit(question, Figures(no_rows())), find_parts=find_parts, takes_forms=self.takes_forms)

    def _visit(self, question: Question, figures: Figures) -> Visit:
        words = load_words(question.selection.language)
        return Visit(question.selection, words, self.settings, self.catalogue, question.edition, figures)


def read_rows(
    snapshot: Snapshot, selection: Selection, compared: Iterable[str], alone: Iterable[str], others: Iterable[str] = ()
) -> pd.DataFrame:
    """Read the series of a page: what is compared for all areas and some others, the rest for the chosen one."""
    return snapshot.frame(
        "series_with_comparison",
        indicators=list(dict.fromkeys([*compared, *alone])),
        compared=list(compared),
        area=selection.area,
        areas=list(dict.fromkeys([*selection.areas, *others])),
        dimension="",
        since=FIRST_PERIOD,
        until=LAST_PERIOD,
        as_of=known_at(selection),
    )


def read_breakdown(
    snapshot: Snapshot, selection: Selection, indicators: Sequence[str], dimension: str, month: str
) -> pd.DataFrame:
    """Read the chosen area's figures by category, of the newest month that is not much older than a month.

    It is a month of the first indicator.
    """
    return snapshot.frame(
        "newest_breakdown",
        indicators=list(indicators),
        leading=indicators[0],
        area=selection.area,
        dimension=dimension,
        since=shift(month, 1 - MONTHS_LATE),
        until=month,
        as_of=known_at(selection),
    )
