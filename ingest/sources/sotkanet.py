"""Sotkanet (THL): social assistance, those hard to employ, the co-funded labour market subsidy, by municipality.

Each indicator of Sotkanet is a source of its own, for each changes on its own day, and one whose title is no longer
known stops alone. It is found by its title; the titles were read in public lists of Sotkanet's indicators, but for the
subsidy's, of which only the beginning is known. An operator may name a title, `[source.<name>.columns] title = "…"`.

A figure is the publisher's own, of both sexes; an empty one is missing, never nought. Figures until 2012 are copies:
twelve municipalities, with Sotkanet's ids of that time as content codes.
"""

from collections.abc import Iterator, Sequence

import pandas as pd

from ingest import sotkanet
from ingest.archive import Raw
from ingest.area_codes import classification
from ingest.copied_source import parse_copied
from ingest.errors import LayoutChanged, NothingNew
from ingest.http import Answer, Client
from ingest.pxweb import Known, read_json
from ingest.sotkanet import Facts, Figure, Region, Title
from ingest.source import FRAME_COLUMNS, CodeCheck, Fetch, Parsed, Source, empty_frame
from queries.settings import NOTHING_BY_HAND, ByHand, Settings

TITLE = "title"
# Categories of areas that are ours: what stands before a code of ours, and how many digits it has.
CATEGORIES = {"KUNTA": ("", 3), "SEUTUKUNTA": ("SK", 3), "MAAKUNTA": ("MK", 2)}
COUNTRY_CATEGORY, COUNTRY_NAME, COUNTRY = "MAA", "koko maa", "SSS"
CALLS = 3


def sotkanet_source(name: str, indicator: str, title: Title, copied: str = "") -> Source:
    """Declare an indicator of Sotkanet as a source; `copied` is its content code in transcripts."""

    def wanted(by_hand: ByHand) -> Title:
        named = by_hand.columns.get(TITLE)
        return Title(named) if isinstance(named, str) else title

    def ask_and_fetch(client: Client, settings: Settings, known: Known, since: str | None) -> Fetch:
        root = settings.sotkanet_url
        entry = sotkanet.find_indicator(client, root, wanted(settings.source.get(name, NOTHING_BY_HAND)))
        told = sotkanet.ask(client, root, f"indicators/{entry.id}")
        facts = sotkanet.read_facts(told)
        return Fetch(CALLS, answers_of(client, root, told, years_wanted(facts, known, since)))

    def parse(raw: Raw, by_hand: ByHand = NOTHING_BY_HAND, beside: Sequence[Raw] = ()) -> Parsed:
        if raw.path.suffix == ".csv":
            return parse_copied(raw, {copied: indicator} if copied else {}, "transcript")
        answer = answer_of(raw)
        match kind_of(answer):
            case "facts":
                return Parsed(empty_frame(), read_ours(answer, wanted(by_hand)).stamp)
            case "regions":
                return Parsed(empty_frame())
            case _:
                return parse_figures(answer, indicator, wanted(by_hand), [answer_of(each) for each in beside])

    def check(client: Client, settings: Settings) -> list[CodeCheck]:
        return check_indicator(client, settings, wanted(settings.source.get(name, NOTHING_BY_HAND)))

    return Source(name, (indicator,), parse, ask_and_fetch, check, (TITLE,))


def years_wanted(facts: Facts, known: Known, since: str | None) -> list[int]:
    """Return the years to ask for. Raises NothingNew when the stamp is the one that we know, or there are none."""
    if facts.stamp == known.stamp:
        raise NothingNew(f"{facts.title} is still of {facts.stamp}")
    first = max(facts.first_year, int(since[:4])) if since else facts.first_year
    years = list(range(first, facts.last_year + 1))
    if not years:
        raise NothingNew(f"{facts.title} has nothing since {since}")
    return years


def answers_of(client: Client, root: str, told: Answer, years: Sequence[int]) -> Iterator[Answer]:
    """Yield the answers that make a release: what is told of the indicator, the areas, the figures."""
    yield told
    yield sotkanet.ask(client, root, "regions")
    yield sotkanet.ask(client, root, sotkanet.figures_path(sotkanet.read_facts(told).id, years))


def answer_of(raw: Raw) -> Answer:
    """Return a kept answer as it came."""
    return Answer(raw.address, raw.query, raw.fetched_at, raw.content(), raw.made_up)


def kind_of(answer: Answer) -> str:
    """Return facts, regions or figures: an answer saved by hand has no address to tell. Raises LayoutChanged."""
    content = read_json(answer)
    if isinstance(content, dict):
        return "facts"
    first = content[0] if isinstance(content, list) and content else None
    return "regions" if isinstance(first, dict) and "category" in first else "figures"


def read_ours(answer: Answer, title: Title) -> Facts:
    """Return what is told of the indicator that is wanted. Raises LayoutChanged when it is another."""
    facts = sotkanet.read_facts(answer)
    if not title.fits(facts.title):
        raise LayoutChanged(answer.address, str(title), f"{facts.id} '{facts.title}'")
    return facts


def area_codes(regions: Sequence[Region], where: str) -> dict[int, str]:
    """Return our code of each area that is ours, by Sotkanet's id. Raises LayoutChanged."""
    codes: dict[int, str] = {}
    for each in regions:
        if each.category in CATEGORIES:
            before, digits = CATEGORIES[each.category]
            if not each.code.isdigit() or len(each.code) > digits:
                raise LayoutChanged(where, f"codes of {digits} digits in {each.category}", f"'{each.code}'")
            codes[each.id] = before + each.code.zfill(digits)
        elif each.category == COUNTRY_CATEGORY and each.name.lower() == COUNTRY_NAME:
            codes[each.id] = COUNTRY
    if COUNTRY not in codes.values() or len({*codes.values()}) != len(codes):
        raise LayoutChanged(where, "the whole country, and every area once", f"{len(codes)} areas of other codes")
    return codes


def parse_figures(answer: Answer, indicator: str, title: Title, beside: Sequence[Answer]) -> Parsed:
    """Turn figures into rows; `beside` are the answers that tell whose they are and where. Raises LayoutChanged.

    An area whose code the classification does not hold has ended.
    """
    told = {kind_of(each): each for each in beside}
    if not {"facts", "regions"} <= told.keys():
        expected = "beside it the answers of indicators/<id> and of regions"
        raise LayoutChanged(answer.address, expected, f"{', '.join(sorted(told)) or 'nothing'} alone")
    facts = read_ours(told["facts"], title)
    regions = sotkanet.read_regions(told["regions"])
    figures = sotkanet.read_figures(answer)
    refuse_foreign(figures, facts, {each.id for each in regions}, answer.address)
    codes = area_codes(regions, told["regions"].address)
    names = {codes[each.id]: each.name for each in regions if each.id in codes}
    return Parsed(
        to_frame([each for each in figures if each.region in codes], indicator, codes, answer.address),
        areas=tuple(names.items()),
        no_places=frozenset(names.keys() - classification().keys()),
    )


def refuse_foreign(figures: Sequence[Figure], facts: Facts, regions: set[int], where: str) -> None:
    """Raise LayoutChanged when a figure is of another indicator, year or area than was told."""
    for each in figures:
        if each.indicator != facts.id:
            raise LayoutChanged(where, f"figures of indicator {facts.id}", f"{each.indicator}")
        if not facts.first_year <= each.year <= facts.last_year:
            raise LayoutChanged(where, f"figures of {facts.first_year}–{facts.last_year}", f"{each.year}")
        if each.region not in regions:
            raise LayoutChanged(where, "areas that the list of regions names", f"{each.region}")


def to_frame(figures: Sequence[Figure], indicator: str, codes: dict[int, str], where: str) -> pd.DataFrame:
    """Return the rows of a frame, a period a year. Raises LayoutChanged when no figure is of an area of ours."""
    if not figures:
        raise LayoutChanged(where, "figures of municipalities", "none")
    columns = {
        "indicator": indicator,
        "area": [codes[each.region] for each in figures],
        "period": [str(each.year) for each in figures],
        "dimension": "",
        "category": "",
        "value": pd.Series([each.value for each in figures], dtype="float64"),
        "status": ["missing" if each.value is None else "" for each in figures],
        "origin": "published",
    }
    return pd.DataFrame(columns, columns=list(FRAME_COLUMNS))


def check_indicator(client: Client, settings: Settings, title: Title) -> list[CodeCheck]:
    """Ask for an indicator and the areas, and say what was found; an area of the settings without a region is missing.

    Employment areas are not among Sotkanet's.
    """
    root = settings.sotkanet_url
    entry = sotkanet.find_indicator(client, root, title)
    facts = sotkanet.read_facts(sotkanet.ask(client, root, f"indicators/{entry.id}"))
    regions = sotkanet.ask(client, root, "regions")
    held = {*area_codes(sotkanet.read_regions(regions), regions.address).values()}
    areas = [code for code in (*settings.shown, *settings.neighbours) if not code.startswith("TA")]
    return [
        CodeCheck("indicator", f"{facts.id} {facts.title} ({facts.organization})"),
        CodeCheck("years", f"{facts.first_year}–{facts.last_year}, of {facts.stamp[:10]}"),
        *(CodeCheck(f"area {code}", "there" if code in held else "missing", code not in held) for code in areas),
    ]


SOURCES = (
    sotkanet_source(
        "sotkanet_social_assistance",
        "social_assistance_eur_per_inhabitant",
        Title("Toimeentulotuki, euroa / asukas"),
        copied="451",
    ),
    sotkanet_source(
        "sotkanet_social_assistance_recipients",
        "social_assistance_recipients_share",
        Title("Toimeentulotukea saaneet henkilöt vuoden aikana, % asukkaista"),
        copied="493",
    ),
    sotkanet_source(
        "sotkanet_hard_to_employ",
        "hard_to_employ_share_15_64",
        Title("Vaikeasti työllistyvät, % 15 - 64-vuotiaista"),
        copied="3071",
    ),
    sotkanet_source(
        "sotkanet_cofunded_subsidy",
        "cofunded_subsidy_eur_per_inhabitant",
        Title(words=("osarahoittama työmarkkinatuki", "euroa", "asukas")),
    ),
)
