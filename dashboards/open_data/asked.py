"""Read what an address of observations asks for. What cannot be meant is refused with the parameter's name."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from dashboards.edition import Edition
from dashboards.open_data.parameters import DAY, PARAMETERS, PERIOD_FORM
from dashboards.routes.problem import Refused
from dashboards.selection import LONGEST_ECHO, area_code
from dashboards.words import Words, languages, load_words
from queries.catalogue import Catalogue
from queries.read import HELSINKI, NEWEST_KNOWLEDGE, end_of_day

FIRST_MONTH, LAST_MONTH = "0000-01", "9999-12"
NAMES = tuple(parameter.name for parameter in PARAMETERS)

Parts = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Asked:
    """What observations are asked for. `since` and `until` are months, `periods` is empty for every period."""

    words: Words
    indicators: tuple[str, ...]
    areas: tuple[str, ...]
    since: str = FIRST_MONTH
    until: str = LAST_MONTH
    periods: tuple[str, ...] = ()
    dimension: str = ""
    as_of: date | None = None
    excel: bool = False

    @property
    def known_at(self) -> datetime:
        """Return the moment (naive UTC) whose knowledge is asked for."""
        return end_of_day(self.as_of) if self.as_of else NEWEST_KNOWLEDGE


def read_asked(parts: Parts, edition: Edition, catalogue: Catalogue) -> Asked:
    """Read the parts of an address. Raises Refused."""
    reader = AskedReader(parts, read_language(parts))
    since, until = reader.months()
    return Asked(
        words=reader.words,
        indicators=reader.indicators(catalogue),
        areas=reader.areas(edition),
        since=since,
        until=until,
        periods=reader.periods(),
        dimension=reader.dimension(catalogue),
        as_of=reader.day(),
        excel=bool(reader.one("excel", ("", "fi"))),
    )


def read_language(parts: Parts) -> Words:
    """Return the words of the asked language, the first one by default. Raises Refused."""
    usual = languages()[0]
    asked = next(iter(parts.get("lang", ())), "") or usual
    if asked not in languages():
        raise refusal(load_words(usual), "lang", asked)
    return load_words(asked)


def refusal(
    words: Words, parameter: str, value: str, reason: str = "bad", status: int = 400, **more: object
) -> Refused:
    """Return why a value of a parameter is refused, without letters that cannot be shown."""
    shown = "".join(letter if letter.isprintable() else "\ufffd" for letter in value[:LONGEST_ECHO])
    return Refused(status, parameter, words(f"api.refused.{reason}", parameter=parameter, value=shown, **more))


class AskedReader:
    """Reads the parts of one address. Every method raises Refused."""

    def __init__(self, parts: Parts, words: Words) -> None:
        self._parts = parts
        self.words = words
        for name in parts:
            if name not in NAMES:
                raise refusal(words, name[:LONGEST_ECHO], name, "unknown_parameter", names=", ".join(NAMES))

    def many(self, name: str) -> tuple[str, ...]:
        """Return the values of a part that may have several."""
        texts = (text.strip() for value in self._parts.get(name, ()) for text in value.split(","))
        return tuple(dict.fromkeys(text for text in texts if text))

    def one(self, name: str, known: Sequence[str] = ()) -> str:
        """Return the value of a part that has one, '' when it is absent."""
        values = self._parts.get(name, ())
        text = values[0].strip() if values else ""
        if len(values) > 1 or (known and text not in known):
            raise refusal(self.words, name, ",".join(values))
        return text

    def indicators(self, catalogue: Catalogue) -> tuple[str, ...]:
        """Return the asked indicators; one that is only computed where it is shown is refused with its parts."""
        codes = self.many("indicator")
        if not codes:
            raise refusal(self.words, "indicator", "", "no_indicator")
        for code in codes:
            if code not in catalogue.indicators:
                raise refusal(self.words, "indicator", code, "unknown", 404, place="/api/v1/indicators")
            parts = catalogue.indicators[code].made_of
            if parts:
                raise refusal(self.words, "indicator", code, "computed", parts=", ".join(parts))
        return codes

    def areas(self, edition: Edition) -> tuple[str, ...]:
        """Return the asked areas, all of them unless some are named, those of a level where one is asked for."""
        codes = tuple(map(area_code, self.many("area")))
        for code in codes:
            if code not in edition.areas:
                raise refusal(self.words, "area", code, "unknown", 404, place="/api/v1/areas")
        level = self.one("level")
        if level and level not in {area.level for area in edition.areas.values()}:
            raise refusal(self.words, "level", level, "unknown", 404, place="/api/v1/areas")
        return tuple(code for code in codes or edition.areas if level in ("", edition.areas[code].level))

    def period(self, name: str, text: str) -> str:
        """Return a text that is a period."""
        if not PERIOD_FORM.fullmatch(text):
            raise refusal(self.words, name, text, "period")
        return text

    def periods(self) -> tuple[str, ...]:
        """Return the periods that are asked for one by one."""
        return tuple(self.period("period", text) for text in self.many("period"))

    def months(self) -> tuple[str, str]:
        """Return the first month of `from` and the last one of `to`."""
        first, last = self.one("from"), self.one("to")
        since = first_month(self.period("from", first)) if first else FIRST_MONTH
        until = last_month(self.period("to", last)) if last else LAST_MONTH
        if since > until:
            raise refusal(self.words, "from", f"{first}\u2013{last}", "order")
        return since, until

    def dimension(self, catalogue: Catalogue) -> str:
        """Return the asked breakdown, '' for totals."""
        name = self.one("dimension")
        known = {each for indicator in catalogue.indicators.values() for each in indicator.dimensions}
        if name and name not in known:
            raise refusal(self.words, "dimension", name, "unknown", 404, place="/api/v1/indicators")
        return name

    def day(self) -> date | None:
        """Return the day whose knowledge is asked for."""
        text = self.one("as_of")
        try:
            day = date.fromisoformat(text) if re.fullmatch(DAY, text, re.ASCII) else None
        except ValueError:
            day = None
        if text and day is None:
            raise refusal(self.words, "as_of", text, "day")
        if day and day > datetime.now(HELSINKI).date():
            raise refusal(self.words, "as_of", text, "future_day")
        return day


def first_month(period: str) -> str:
    """Return the first month of a period."""
    if len(period) == 4:
        return f"{period}-01"
    return f"{period[:4]}-{3 * int(period[5]) - 2:02d}" if period[4] == "Q" else period


def last_month(period: str) -> str:
    """Return the last month of a period."""
    if len(period) == 4:
        return f"{period}-12"
    return f"{period[:4]}-{3 * int(period[5]):02d}" if period[4] == "Q" else period
