"""What surrounds every page: navigation, languages, the line on loading, and the footer with sources and dates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from dashboards import format
from dashboards.edition import Edition
from dashboards.words import Words, languages, load_words
from queries.catalogue import Catalogue
from queries.database import SourceState
from queries.settings import Settings

CHARTED = ("tyollisyyskatsaus", "elinvoimakatsaus", "tyottomyysturva", "hanke")
"""Pages with choices and charts."""

PAGES = (*CHARTED, "vaikuttavuus", "tietoa")


@dataclass(frozen=True)
class Link:
    """A link of the shell. `current` is the one that the reader stands on."""

    address: str
    label: str
    language: str
    current: bool = False


@dataclass(frozen=True)
class Shell:
    """The surroundings of one page."""

    site_name: str
    navigation: tuple[Link, ...]
    languages: tuple[Link, ...]
    quiet_line: str
    sources: tuple[str, ...]
    made_up: bool


def page_address(language: str, slug: str, query: str = "") -> str:
    """Return a page's address without the host."""
    return f"/{language}/{slug}" + (f"?{query}" if query else "")


def surround(
    words: Words, settings: Settings, slug: str = "", query: str = "", quiet_line: str = "",
    sources: Iterable[str] = (), made_up: bool = False,
) -> Shell:  # fmt: skip
    """Return the shell of a page in a language; the other languages keep the reader's selection."""
    code = words.language
    return Shell(
        site_name=settings.site_name,
        navigation=tuple(
            Link(page_address(code, page, query), words(f"page.{page}.name"), code, page == slug) for page in PAGES
        ),
        languages=tuple(
            Link(page_address(each, slug, query), load_words(each)("language.name"), each, each == code)
            for each in languages()
        ),
        quiet_line=quiet_line,
        sources=tuple(sources),
        made_up=made_up,
    )


def loading_line(words: Words, states: Iterable[SourceState], edition: Edition | None) -> str:
    """Return the one quiet line: how far a running load is, or that the last one failed; '' when all is well."""
    states = list(states)
    for state in states:
        if state.step and state.total > state.done:
            return words("loading.running", done=state.done, total=state.total)
    failed = next((state for state in states if state.last_error), None)
    if failed is None:
        return ""
    moment = newest_success(failed, edition)
    if moment is None:
        return words("loading.failed_without_data")
    return words("loading.failed", day=format.day(words, moment))


def newest_success(state: SourceState, edition: Edition | None) -> datetime | None:
    """Return when the data that is shown was obtained, as a naive UTC time."""
    if state.last_success:
        moment = datetime.fromisoformat(state.last_success)
        return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
    fetched = [each.fetched_at for each in edition.releases.values()] if edition else []
    return max(fetched, default=None)


def sources_of(catalogue: Catalogue, indicators: Iterable[str]) -> list[str]:
    """Return the sources that own some indicators, or what those are made of, in the catalogue's order."""
    shown = [catalogue.indicators[code] for code in indicators]
    parts = [catalogue.indicators[code] for each in shown for code in each.made_of]
    owners = {source for each in (*shown, *parts) for source in each.owners}
    return [source for source in catalogue.sources if source in owners]
