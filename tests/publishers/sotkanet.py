"""A fake Sotkanet on this machine's loopback: indicators, areas and made-up figures; on request, faults.

As the real one it refuses who does not say who calls, wants years and genders, each year by itself, and has ids of its
own for areas. The title of the subsidy's indicator is a guess beyond its beginning.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any
from urllib.parse import parse_qs, urlsplit

from ingest.area_codes import classification
from tests.publishers.answers import MADE_UP
from tests.publishers.ckan import ANONYMOUS
from tests.publishers.codes import AREAS, MUNICIPALITIES
from tests.publishers.faults import Fault
from tests.publishers.reply import Reply, document, refusal
from tests.publishers.scatter import key, scatter
from tests.publishers.server import Call, Publisher

ROOT = "/rest/1.1"
DAY, NEW_DAY = "2026-03-18", "2026-09-30"
# ids as they were in 2013; every other area gets a made-up one
REGION_IDS = {"305": 167, "615": 296, "832": 374, "614": 295, "620": 301, "777": 368, "SSS": 658, "MK17": 503}
FIRST_MADE_UP_ID = 2000
CATEGORIES = {"KU": "KUNTA", "MK": "MAAKUNTA", "SK": "SEUTUKUNTA"}
ELSEWHERE = (
    {"id": 900, "code": "05", "category": "HYVINVOINTIALUE"},
    {"id": 901, "code": "FI", "category": "EUROOPPA"},
)


@dataclass(frozen=True)
class Indicator:
    """One indicator: about how large its figures are, its years, and the day on which they changed."""

    id: int
    title: str
    organization: str
    size: float
    first: int
    last: int = 2024
    day: str = DAY
    change: float = 1.0


INDICATORS = (
    Indicator(181, "Työttömät, % työvoimasta", "Tilastokeskus", 12, 1991),
    Indicator(451, "Toimeentulotuki, euroa / asukas", "THL", 110, 1993),
    Indicator(452, "Täydentävä toimeentulotuki, euroa / asukas", "THL", 9, 2006),
    Indicator(493, "Toimeentulotukea saaneet henkilöt vuoden aikana, % asukkaista", "THL", 7, 1990),
    Indicator(3071, "Vaikeasti työllistyvät, % 15 - 64-vuotiaista", "Työ- ja elinkeinoministeriö", 5, 2006),
    Indicator(9071, "Kunnan osarahoittama työmarkkinatuki, euroa / asukas", "Kela", 60, 2006),
)


class Sotkanet(Publisher):
    """Sotkanet: indicators, faults and the calls it has had. Leaving the `with` block closes it."""

    root = ROOT

    def __init__(self, faults: Iterable[Fault] = (), made_up: bool = True, port: int = 0) -> None:
        """Listen on 127.0.0.1; port 0 takes a free one."""
        super().__init__(faults, made_up, port)
        self.indicators = {each.id: each for each in INDICATORS}

    def publish(self, indicator: int, **changes: Any) -> None:
        """Change an indicator on a new day."""
        self.indicators[indicator] = replace(self.indicators[indicator], **{"day": NEW_DAY, **changes})

    def refused(self, call: Call) -> Reply | None:
        """Refuse a client that does not say who it is."""
        agent = {name.lower(): text for name, text in call.headers.items()}.get("user-agent", "").lower()
        return refusal(403) if any(agent.startswith(name) and (name or not agent) for name in ANONYMOUS) else None

    def answer(self, call: Call, faults: list[Fault]) -> Reply:
        """Answer a call."""
        address = urlsplit(call.path)
        match [step for step in address.path.removeprefix(ROOT).split("/") if step]:
            case ["indicators"]:
                return document([told_shortly(each) for each in self.indicators.values()])
            case ["indicators", number] if number.isdigit() and int(number) in self.indicators:
                return document(told(self.indicators[int(number)], self.made_up))
            case ["regions"]:
                return document(regions())
            case ["json"]:
                return self._figures(parse_qs(address.query))
        return refusal(404)

    def _figures(self, asked: dict[str, list[str]]) -> Reply:
        years, genders, ids = (asked.get(name, []) for name in ("years", "genders", "indicator"))
        if not ids or not years or genders != ["total"] or not all(year.isdigit() for year in years):
            return refusal(400)
        indicator = self.indicators.get(int(ids[0]))
        if indicator is None:
            return refusal(404)
        held = [int(year) for year in years if indicator.first <= int(year) <= indicator.last]
        return document([row for year in held for row in figures(indicator, year)])


def titles(text: str) -> dict[str, str]:
    """Give a text in three languages; only the Finnish one is of use."""
    return {"fi": text, "sv": f"{text} (sv)", "en": f"{text} (en)"}


def told_shortly(indicator: Indicator) -> dict[str, Any]:
    """Give an indicator's line of the list."""
    organization = {"id": 1, "title": titles(indicator.organization)}
    return {"id": indicator.id, "title": titles(indicator.title), "organization": organization}


def told(indicator: Indicator, made_up: bool) -> dict[str, Any]:
    """Give what is told of one indicator."""
    return told_shortly(indicator) | {
        "data-updated": indicator.day,
        "range": {"start": indicator.first, "end": indicator.last},
        "decimals": 1,
        "primaryValueType": {"code": "x", "title": titles("x")},
        "description": titles(MADE_UP if made_up else "Kuvaus"),
    }


@cache
def region_ids() -> dict[str, int]:
    """Give the id of every area of ours, by our code."""
    places = {code for code, (level, _) in classification().items() if level != "unplaced"}
    codes = [str(area["code"]).removeprefix("KU") for area in AREAS]
    ours = [code for code in codes if code in places and (code.isdigit() or code[:2] in ("MK", "SK", "SS"))]
    return {code: REGION_IDS.get(code, FIRST_MADE_UP_ID + place) for place, code in enumerate(ours)}


@cache
def regions() -> list[dict[str, Any]]:
    """Give all areas, also some of categories that are not ours."""
    rows: list[dict[str, Any]] = []
    for area in AREAS:
        code = str(area["code"])
        if (ours := code.removeprefix("KU")) in region_ids():
            country = code == "SSS"
            category, name = ("MAA", "Koko maa") if country else (CATEGORIES[code[:2]], area["fi"])
            own = "358" if country else code[2:]
            rows.append({"id": region_ids()[ours], "code": own, "category": category, "title": titles(str(name))})
    return [*rows, *({**each, "title": titles("Muu alue")} for each in ELSEWHERE)]


@cache
def figures(indicator: Indicator, year: int) -> list[dict[str, Any]]:
    """Give a year's figures of every area; what was not reported is a nought without a number behind it."""
    persons = {str(area["code"])[2:]: float(area["size"]) for area in MUNICIPALITIES}
    rows = []
    for code, region in {**region_ids(), "elsewhere": ELSEWHERE[0]["id"]}.items():
        part = float(scatter(key(code), key(indicator.title), year))
        value = round(indicator.size * indicator.change * (0.7 + 0.6 * part), 1)
        unreported = code.isdigit() and part < 0.01
        amount = None if unreported else round(value * persons.get(code, 1000.0))
        shown = {"value": 0.0 if unreported else value, "absValue": amount}
        rows.append({"indicator": indicator.id, "region": region, "year": year, "gender": "total", **shown})
    return rows
