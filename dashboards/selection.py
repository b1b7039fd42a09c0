"""The address and what it asks for: read it, refuse nothing, and write it again.

A value that cannot be used is told as a Problem and its default is taken: a bad value never breaks a page.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from urllib.parse import quote, urlencode

from dashboards.edition import Area
from dashboards.periods import is_month
from queries.analysis.vitality_index import EQUAL
from queries.read import HELSINKI, NEWEST_KNOWLEDGE, end_of_day
from queries.settings import Settings

MOST_COMPARED = 4
VIEWS = ("chart", "table")
MEASURES = ("rate", "persons", "index")
MAPPED = ("unemployment_rate", "unemployed_per_vacancy", "activation_rate")
"""What the map may show: rates, so that large and small municipalities can be compared."""
USUAL_IN_VITALITY = "population_change_rate"
"""What the map of the vitality review shows unless the reader says otherwise."""
WEIGHT = re.compile(r"[0-9]|10")
LONGEST_ECHO = 40
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class Problem:
    """A part of an address that could not be used. `code` names the word that says why."""

    code: str
    value: str


@dataclass(frozen=True)
class Selection:
    """What an address asks for. '' and None mean the default; `compare` is always filled.

    `weights` are those of the vitality index's parts, () for the usual ones.
    """

    language: str
    area: str
    compare: tuple[str, ...] = ()
    month: str = ""
    since: str = ""
    until: str = ""
    view: str = "chart"
    measure: str = "rate"
    indicator: str = MAPPED[0]
    as_of: date | None = None
    weights: tuple[int, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def areas(self) -> tuple[str, ...]:
        """Return the chosen area and those it is compared with."""
        return (self.area, *self.compare)


def known_at(selection: Selection) -> datetime:
    """Return the moment (naive UTC) whose knowledge is shown: the end of the chosen day, else the newest there is."""
    return end_of_day(selection.as_of) if selection.as_of else NEWEST_KNOWLEDGE


def default_area(settings: Settings, known: Collection[str]) -> str:
    """Return the first municipality of the project that the database knows, else the first area it knows."""
    configured = [area.code for area in settings.municipalities if area.code in known]
    return (configured or sorted(known))[0]


def default_comparison(settings: Settings, area: str, known: Collection[str]) -> tuple[str, ...]:
    """Return what an area is compared with unless the reader says otherwise."""
    look = settings.shown.get(area)
    chosen = look.compare if look and look.compare else [each.code for each in settings.comparison_areas[-1:]]
    return tuple([code for code in chosen if code in known and code != area][:MOST_COMPARED])


def area_code(text: str) -> str:
    """Return an area code as we write it: KU305 and 305 are the same."""
    code = text.strip().upper()
    return code[2:] if code.startswith("KU") and code[2:].isdigit() else code


def find_place(text: str, places: Mapping[str, Area]) -> str:
    """Return the place whose code it is, or whose name in any language it is or alone begins with it; else ''."""
    if area_code(text) in places:
        return area_code(text)
    wanted = text.casefold()
    names = {name.casefold(): place.code for place in by_rank(places) for name in place.names.values()}
    begun = {code for name, code in names.items() if name.startswith(wanted)}
    return names.get(wanted) or (begun.pop() if len(begun) == 1 else "")


def by_rank(places: Mapping[str, Area]) -> list[Area]:
    """Return places so that, of those that share a name, the municipality comes last and is the one that is found."""
    return sorted(places.values(), key=lambda place: place.level == "municipality")


class AddressReader:
    """Reads the parts of one address and collects what could not be used."""

    def __init__(self, parts: Mapping[str, Sequence[str]]) -> None:
        self._parts = parts
        self.problems: list[Problem] = []

    def refuse(self, code: str, value: str) -> None:
        """Note a value that could not be used."""
        shown = "".join(letter if letter.isprintable() else "\ufffd" for letter in value[:LONGEST_ECHO])
        self.problems.append(Problem(code, shown))

    def first(self, name: str) -> str:
        """Return the first value of a part, '' when it is absent."""
        return next(iter(self._parts.get(name, ())), "").strip()

    def area(self, places: Mapping[str, Area], default: str) -> str:
        """Return the area that is searched for by its name or code, else the chosen one."""
        searched = self.first("search")
        if searched:
            found = find_place(searched, places)
            if found:
                return found
            self.refuse("search", searched)
        text = self.first("area")
        if text and area_code(text) not in places:
            self.refuse("area", text)
        return area_code(text) if area_code(text) in places else default

    def compare(self, known: Collection[str], area: str, default: tuple[str, ...]) -> tuple[str, ...]:
        """Return the areas to compare with; an empty `compare=` means none."""
        if "compare" not in self._parts:
            return default
        asked = [text for value in self._parts["compare"] for text in value.split(",") if text.strip()]
        for text in asked:
            if area_code(text) not in known:
                self.refuse("compare", text)
        codes = [code for code in dict.fromkeys(map(area_code, asked)) if code in known and code != area]
        for code in codes[MOST_COMPARED:]:
            self.refuse("too_many", code)
        return tuple(codes[:MOST_COMPARED])

    def month(self, name: str) -> str:
        """Return a month, '' for the default."""
        text = self.first(name)
        if text and not is_month(text):
            self.refuse("month", text)
        return text if is_month(text) else ""

    def one_of(self, name: str, known: Sequence[str]) -> str:
        """Return one of the values that a part may have, the first of them by default."""
        text = self.first(name)
        if text and text not in known:
            self.refuse(name, text)
        return text if text in known else known[0]

    def measure(self, known: Sequence[str], elsewhere: Collection[str]) -> str:
        """Return what the page's map shows; what the map of another page may show is no mistake here."""
        text = self.first("indicator")
        if text and text not in known and text not in elsewhere:
            self.refuse("indicator", text)
        return text if text in known else known[0]

    def weights(self, usual: tuple[int, ...]) -> tuple[int, ...]:
        """Return whole weights from 0 to 10, as many as are usual, at least one above 0; () for the usual ones."""
        texts = [text.strip() for value in self._parts.get("weights", ()) for text in value.split(",")]
        if not any(texts):
            return ()
        numbers = tuple(int(text or 0) for text in texts if WEIGHT.fullmatch(text or "0"))
        if len(numbers) != len(usual) or not any(numbers):
            self.refuse("weights", ",".join(texts))
            return ()
        return () if numbers == usual else numbers

    def day(self) -> date | None:
        """Return the day whose knowledge is asked for."""
        text = self.first("as_of")
        try:
            day = date.fromisoformat(text) if ISO_DAY.fullmatch(text) else None
        except ValueError:
            day = None
        if text and day is None:
            self.refuse("day", text)
        elif day and day > datetime.now(HELSINKI).date():
            self.refuse("future_day", text)
            day = None
        return day


def read_selection(
    parts: Mapping[str, Sequence[str]],
    language: str,
    known: Mapping[str, Area],
    settings: Settings,
    mapped: Sequence[str] = MAPPED,
    elsewhere: Collection[str] = (),
) -> Selection:
    """Read the parts of an address. `known` holds all places by code.

    `mapped` is what the page's map may show, `elsewhere` what those of other pages may.
    """
    reader = AddressReader(parts)
    area = reader.area(known, default_area(settings, known))
    since, until = reader.month("from"), reader.month("to")
    if since and until and since > until:
        reader.refuse("order", f"{since}\u2013{until}")
        since = until = ""
    return Selection(
        language=language,
        area=area,
        compare=reader.compare(known, area, default_comparison(settings, area, known)),
        month=reader.month("month"),
        since=since,
        until=until,
        view=reader.one_of("view", VIEWS),
        measure=reader.one_of("measure", MEASURES),
        indicator=reader.measure(mapped, elsewhere),
        as_of=reader.day(),
        weights=reader.weights(EQUAL),
        problems=tuple(reader.problems),
    )


def read_front_selection(
    parts: Mapping[str, Sequence[str]], language: str, known: Collection[str], settings: Settings
) -> Selection:
    """Read the front page's address: its areas are the project's municipalities, it may ask for a day's knowledge."""
    reader = AddressReader(parts)
    first = default_area(settings, known)
    others = tuple(area.code for area in settings.municipalities if area.code in known and area.code != first)
    as_of = reader.day()
    return Selection(language, first, others, as_of=as_of, problems=tuple(reader.problems))


def write_query(selection: Selection, settings: Settings, known: Collection[str]) -> str:
    """Write what a selection asks for as the query of an address; defaults are left out, the area never is."""
    usual = default_comparison(settings, selection.area, known)
    parts = {
        "area": selection.area,
        "compare": ",".join(selection.compare) if selection.compare != usual else None,
        "month": selection.month or None,
        "from": selection.since or None,
        "to": selection.until or None,
        "view": selection.view if selection.view != VIEWS[0] else None,
        "measure": selection.measure if selection.measure != MEASURES[0] else None,
        "indicator": selection.indicator if selection.indicator not in (MAPPED[0], USUAL_IN_VITALITY) else None,
        "weights": ",".join(map(str, selection.weights)) or None,
        "as_of": selection.as_of.isoformat() if selection.as_of else None,
    }
    return urlencode({name: text for name, text in parts.items() if text is not None}, safe=",", quote_via=quote)


def changed(selection: Selection, **changes: Any) -> Selection:
    """Return a selection with some parts changed and without the problems of the address it came from."""
    return replace(selection, problems=(), **changes)
