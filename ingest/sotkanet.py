"""Sotkanet's REST interface: find an indicator by its title, know what is told of it, ask its figures year by year.

No id is written down beforehand: an indicator is known by its Finnish title, an area by its category and code. The
interface wants every year named and a gender; it has neither pages nor keys, and refuses who does not say who calls.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from ingest.ckan import plain
from ingest.errors import LayoutChanged
from ingest.http import Answer, Client
from ingest.jsonstat import parse_stamp
from ingest.pxweb import read_json

HOSTS = frozenset({"sotkanet.fi", "www.sotkanet.fi"})
TOTAL = "total"
LONG_WORD = 9  # letters: a word of a title that few others have
MOST_LISTED = 8
FIRST_YEAR, LAST_YEAR = 1900, 2100


@dataclass(frozen=True)
class Title:
    """How an indicator that we want is known: by its whole title, else by words that only its title holds together.

    Where the whole title is not known it is '', and an indicator whose whole title is known has no words.
    """

    whole: str = ""
    words: tuple[str, ...] = ()

    def fits(self, title: str) -> bool:
        """Tell whether a title of the publisher is the one that is wanted."""
        text = plain(title)
        return text == plain(self.whole) if self.whole else all(plain(word) in text for word in self.words)

    def __str__(self) -> str:
        return f"the title '{self.whole}'" if self.whole else f"a title with {' and '.join(self.words)}"


@dataclass(frozen=True)
class Entry:
    """One line of the list of indicators."""

    id: int
    title: str


@dataclass(frozen=True)
class Facts:
    """What the interface tells of one indicator; `stamp` is the day on which its figures changed, ISO 8601."""

    id: int
    title: str
    organization: str
    first_year: int
    last_year: int
    stamp: str


@dataclass(frozen=True)
class Region:
    """One area: Sotkanet's own id, a category, and a code that is unique only inside its category."""

    id: int
    category: str
    code: str
    name: str


@dataclass(frozen=True)
class Figure:
    """One figure of both sexes; `value` is None where there is none."""

    indicator: int
    region: int
    year: int
    value: float | None


def hosts_of(root: str) -> frozenset[str]:
    """Return the hosts to which a redirect may lead."""
    host = urlsplit(root).hostname or ""
    return frozenset({host}) | (HOSTS if host in HOSTS else frozenset())


def ask(client: Client, root: str, path: str) -> Answer:
    """Ask for a path below the root. Raises FetchFailed."""
    return client.get(f"{root.rstrip('/')}/{path}", hosts_of(root))


def figures_path(indicator: int, years: Iterable[int]) -> str:
    """Return the path of an indicator's figures: each year by itself, for a list of them is refused."""
    return f"json?{urlencode([('indicator', indicator), *(('years', year) for year in years), ('genders', TOTAL)])}"


def find_indicator(client: Client, root: str, title: Title) -> Entry:
    """Return the one indicator that has a title. Raises FetchFailed; LayoutChanged, with titles like it, when none."""
    answer = ask(client, root, "indicators")
    entries = read_entries(answer)
    found = [entry for entry in entries if title.fits(entry.title)]
    if len(found) != 1:
        raise LayoutChanged(answer.address, f"one indicator with {title}", listed(found or like(entries, title)))
    return found[0]


def like(entries: Iterable[Entry], title: Title) -> list[Entry]:
    """Return the indicators whose titles share a long word with the one that is wanted."""
    words = [word for text in (title.whole, *title.words) for word in plain(text).split() if len(word) >= LONG_WORD]
    return [entry for entry in entries if any(word in plain(entry.title) for word in words)]


def listed(entries: Sequence[Entry]) -> str:
    """Return ids and titles for a sentence."""
    names = [f"{entry.id} '{entry.title}'" for entry in entries[:MOST_LISTED]]
    more = len(entries) - len(names)
    return "; ".join([*names, *([f"{more} more"] if more else [])]) or "no title like it"


def read_entries(answer: Answer) -> list[Entry]:
    """Return the list of indicators. Raises LayoutChanged."""
    content = list_of(answer, "a list of indicators with id and title")
    try:
        return [Entry(int(each["id"]), finnish(each["title"])) for each in content]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise unlike(answer, "indicators with id and title", error) from error


def read_facts(answer: Answer) -> Facts:
    """Return what is told of an indicator. Raises LayoutChanged."""
    content = read_json(answer)
    try:
        facts = Facts(
            id=int(content["id"]),
            title=finnish(content["title"]),
            organization=finnish((content.get("organization") or {}).get("title") or {}),
            first_year=int(content["range"]["start"]),
            last_year=int(content["range"]["end"]),
            stamp=parse_stamp(str(content["data-updated"])).isoformat(),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise unlike(answer, "an indicator with id, title, range and data-updated", error) from error
    if not FIRST_YEAR <= facts.first_year <= facts.last_year <= LAST_YEAR:
        raise LayoutChanged(answer.address, "a range of years", f"{facts.first_year}–{facts.last_year}")
    return facts


def read_regions(answer: Answer) -> list[Region]:
    """Return all areas. Raises LayoutChanged."""
    content = list_of(answer, "a list of regions")
    try:
        return [
            Region(int(each["id"]), str(each["category"]), str(each["code"]), finnish(each["title"]))
            for each in content
        ]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise unlike(answer, "regions with id, category, code and title", error) from error


def read_figures(answer: Answer) -> list[Figure]:
    """Return the figures of both sexes together. Raises LayoutChanged, also when there are figures of one sex."""
    content = list_of(answer, "a list of figures")
    try:
        strange = next((each["gender"] for each in content if each["gender"] != TOTAL), None)
        figures = [
            Figure(int(each["indicator"]), int(each["region"]), int(each["year"]), read_value(each, answer.address))
            for each in content
        ]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise unlike(answer, "figures with indicator, region, year, gender and value", error) from error
    if strange is not None:
        raise LayoutChanged(answer.address, f"figures of the gender {TOTAL}", str(strange))
    if not figures:
        raise LayoutChanged(answer.address, "figures", "none")
    return figures


def read_value(row: dict[str, Any], where: str) -> float | None:
    """Return a figure, None where there is none. Raises LayoutChanged when it is no number.

    A share of nought without the number behind it stands where nothing was reported: a true nought has both.
    """
    value = row["value"]
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise LayoutChanged(where, "numbers as figures", f"'{value}'")
    return None if value == 0 and row.get("absValue") is None else float(value)


def finnish(titles: dict[str, Any]) -> str:
    """Return the Finnish one of a text in several languages, '' where there is none."""
    return str(titles.get("fi") or "").strip()


def list_of(answer: Answer, expected: str) -> list[Any]:
    """Return an answer that is a list. Raises LayoutChanged."""
    content = read_json(answer)
    if not isinstance(content, list):
        raise LayoutChanged(answer.address, expected, str(content)[:120])
    return content


def unlike(answer: Answer, expected: str, error: Exception) -> LayoutChanged:
    """Return the error that says that an answer is of another shape."""
    return LayoutChanged(answer.address, expected, f"{type(error).__name__} {error}")
