"""Make a Source of a PxWeb table: the one path that every table of Statistics Finland takes."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import chain, product
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ingest.archive import Raw
from ingest.errors import LayoutChanged
from ingest.http import Answer, Client
from ingest.jsonstat import Cells, Codes, Dimension, code_column, read_cells, read_stamp
from ingest.pxweb import (
    LANGUAGES,
    Known,
    area_code,
    canonical_period,
    clean_label,
    fetch,
    found_table,
    is_held,
    make_plan,
    read_metadata,
    table_address,
)
from ingest.pxweb_table import TOTAL, Content, Table, find_roles, matches
from ingest.snapshot.transcript import read_transcript
from ingest.source import FRAME_COLUMNS, CodeCheck, Fetch, Parsed, Source, empty_frame
from queries.catalogue import load_catalogue
from queries.settings import NOTHING_BY_HAND, ByHand, Settings

Derive = Callable[[pd.DataFrame], pd.DataFrame]
AreaChoice = Callable[[Settings], Callable[[str], bool]]

NOT_OURS = "?"

UNIT_WORDS = {
    "percent": ("%", "prosentti", "prosenttia", "procent", "percent", "per cent"),
    "count": ("lkm", "lkm.", "lukumäärä", "kpl", "henkilö", "henkilöä", "antal", "number", "persons"),
    "eur": ("euroa", "euro", "eur", "€", "euros"),
}
# What a publisher may call a figure of a unit; a unit that is not here (an index, years) is a plain number to it.
KINDS = {"percent": "percent", "eur": "eur"} | dict.fromkeys(
    ("persons", "vacancies", "jobs", "enterprises", "nights", "households"), "count"
)


def every_area(settings: Settings) -> Callable[[str], bool]:
    """Choose all areas."""
    return lambda code: True


def nothing_derived(frame: pd.DataFrame) -> pd.DataFrame:
    """Derive no figure from the published ones."""
    return frame


def pxweb_source(
    name: str,
    table: Table,
    derive: Derive = nothing_derived,
    derived: tuple[str, ...] = (),
    areas: AreaChoice = every_area,
) -> Source:
    """Declare a PxWeb table as a source. `derive` adds rows of the indicators `derived` to a parsed frame."""

    def ask_and_fetch(client: Client, settings: Settings, known: Known, since: str | None) -> Fetch:
        ours = named_by_hand(table, settings.source.get(name, NOTHING_BY_HAND))
        plan = make_plan(client, settings.statfin_url, ours, known, areas(settings), since, stamp_of)
        return Fetch(len(plan.queries) + len(plan.label_addresses), fetch(client, plan))

    def parse(raw: Raw, by_hand: ByHand = NOTHING_BY_HAND, beside: Sequence[Raw] = ()) -> Parsed:
        if raw.path.suffix == ".csv":
            return Parsed(derive(transcript_frame(raw, table, derived)))
        if raw.address.endswith(".px") and not raw.query:
            return parse_labels(raw, named_by_hand(table, by_hand))
        cells = read_cells(raw.content(), raw.address)
        frame = derive(to_frame(cells, named_by_hand(table, by_hand), raw.address))
        return Parsed(frame, cells.stamp, area_names(cells.area))

    def check(client: Client, settings: Settings) -> list[CodeCheck]:
        ours = named_by_hand(table, settings.source.get(name, NOTHING_BY_HAND))
        return check_codes(client, settings, found_table(client, settings.statfin_url, ours))

    indicators = tuple(content.indicator for content in table.contents.values())
    return Source(name, indicators + derived, parse, ask_and_fetch, check, roles=indicators)


def named_by_hand(table: Table, by_hand: ByHand) -> Table:
    """Return the table with the content codes that an operator gave to some indicators in place of ours."""
    given = {role: code for role, code in by_hand.columns.items() if isinstance(code, str)}
    contents = {given.get(content.indicator, wanted): content for wanted, content in table.contents.items()}
    return replace(table, contents=contents)


def ended_source(name: str, table: Table) -> Source:
    """Declare a table that its publisher has ended: it is only loaded from files, transcripts or saved answers."""

    def parse(raw: Raw, by_hand: ByHand = NOTHING_BY_HAND, beside: Sequence[Raw] = ()) -> Parsed:
        if raw.path.suffix == ".csv":
            return Parsed(transcript_frame(raw, table))
        cells = read_cells(raw.content(), raw.address)
        return Parsed(to_frame(cells, table, raw.address), cells.stamp, area_names(cells.area))

    return Source(name, tuple(content.indicator for content in table.contents.values()), parse)


def stamp_of(answer: Answer) -> str:
    """Return the publisher's stamp of a data answer."""
    return read_stamp(answer.content, answer.address)


def area_names(area: Dimension | None) -> tuple[tuple[str, str], ...]:
    """Return the Finnish names of an answer's areas by our codes."""
    labels = area.labels.items() if area else ()
    return tuple((area_code(code), clean_label(label)) for code, label in labels if is_held(code))


def to_frame(cells: Cells, table: Table, where: str) -> pd.DataFrame:
    """Turn cells into rows of our indicators. Raises LayoutChanged on a dimension, content or unit that is not ours."""
    breakdowns = find_breakdowns(cells, table, where)
    contents = contents_of(cells.metric, table, where)
    if (cells.area is not None) != table.has_areas:
        raise LayoutChanged(where, "areas" if table.has_areas else "no areas", "the contrary")
    rows = len(cells.values)
    dimension, category = breakdown_columns(breakdowns, table, rows)
    columns = {
        "indicator": renamed(cells.metric.per_cell, lambda code: contents.get(code, "")),
        "area": renamed(cells.area.per_cell, held_area_code) if cells.area else constant("SSS", rows),
        "period": renamed(cells.time.per_cell, canonical_period),
        "dimension": dimension,
        "category": category,
        "value": cells.values,
        "status": said_preliminary(cells.statuses) if table.preliminary else cells.statuses,
        "origin": constant(table.origin, rows),
    }
    frame = pd.DataFrame(columns, columns=list(FRAME_COLUMNS))
    ours = (frame["indicator"] != "") & (frame["area"] != "") & (frame["category"] != NOT_OURS)
    if table.dimension and not table.owns_totals:
        ours &= frame["dimension"] != ""
    return frame[ours]


def held_area_code(code: str) -> str:
    """Return our code of an area, '' for one of a level that we do not hold."""
    return area_code(code) if is_held(code) else ""


def said_preliminary(statuses: Codes) -> Codes:
    """Return the statuses with every ordinary one made preliminary."""
    return renamed(statuses, lambda status: status or "preliminary")


def transcript_frame(raw: Raw, table: Table, derived: tuple[str, ...] = ()) -> pd.DataFrame:
    """Turn a transcript into rows of our indicators, named by the table's codes or by ours. Raises LayoutChanged."""
    contents = {code: content.indicator for code, content in table.contents.items()}
    contents |= {indicator: indicator for indicator in (*contents.values(), *derived)}
    copied = read_transcript(raw.content(), contents, raw.address, "transcript")
    copied["area"] = copied["area"].map(area_code)
    copied["period"] = copied["period"].map(canonical_period)
    return copied.assign(dimension="", category="")[list(FRAME_COLUMNS)]


def find_breakdowns(cells: Cells, table: Table, where: str) -> list[tuple[str, Dimension]]:
    """Return what breaks the figures down, by our names, in their order; none for totals.

    Raises LayoutChanged on any other dimension, and when the only one is lost.
    """
    others = [each for each in cells.others if each.values != (TOTAL,)]
    found = {
        name: each
        for name in table.dimensions
        for each in others
        if any(re.fullmatch(table.forms.get(name, ".*"), value) for value in each.values)
    }
    strange = [each.code for each in others if all(each is not known for known in found.values())]
    if strange or (table.dimension and not found and not table.owns_totals):
        expected = f"the dimension {table.dimension}" if table.dimension else "no further dimension"
        raise LayoutChanged(where, expected, f"{[each.code for each in others]}")
    return list(found.items())


def breakdown_columns(breakdowns: list[tuple[str, Dimension]], table: Table, rows: int) -> tuple[Codes, Codes]:
    """Return the columns of dimension and category, both '' for a total; NOT_OURS for a category of another form."""
    if not breakdowns:
        return constant("", rows), constant("", rows)
    known = [list(map(str, each.per_cell.categories)) for _, each in breakdowns]
    places = np.ravel_multi_index([each.per_cell.codes for _, each in breakdowns], [len(each) for each in known])
    names = [name for name, _ in breakdowns]
    dimensions, categories = [], []
    for chosen in product(*known):
        parts = [(name, code) for name, code in zip(names, chosen, strict=True) if code != TOTAL]
        strange = any(not re.fullmatch(table.forms.get(name, ".*"), code) for name, code in parts)
        dimensions.append(",".join(name for name, _ in parts))
        categories.append(NOT_OURS if strange else ",".join(code for _, code in parts))
    return column_of(places, dimensions), column_of(places, categories)


def column_of(places: NDArray[np.integer[Any]], texts: list[str]) -> Codes:
    """Return a column of texts, some of them perhaps alike, from the place of each cell's."""
    unique = {text: place for place, text in enumerate(dict.fromkeys(texts))}
    return code_column(np.array([unique[text] for text in texts])[places], list(unique))


def contents_of(metric: Dimension, table: Table, where: str) -> dict[str, str]:
    """Return the indicator of each content code that is ours. Raises LayoutChanged when none is, or a unit changed."""
    contents = {}
    for code in metric.values:
        ours = [content for wanted, content in table.contents.items() if matches(code, wanted)]
        if ours:
            refuse_changed_unit(metric, code, ours[0], where)
            contents[code] = ours[0].indicator
    if not contents:
        raise LayoutChanged(where, f"some of the contents {', '.join(table.contents)}", ", ".join(metric.values))
    return contents


def refuse_changed_unit(metric: Dimension, code: str, content: Content, where: str) -> None:
    """Raise LayoutChanged when the answer names a unit of another kind than the catalogue's.

    A unit text that we do not know, and that does not speak of thousands, is let through: the checks of range and
    of size against the last release stand behind this one.
    """
    text = metric.units.get(code) or label_unit(metric.labels.get(code, ""))
    kind = unit_kind(text)
    expected = KINDS.get(load_catalogue().indicators[content.indicator].unit, "a number")
    if kind and kind != expected and (expected in UNIT_WORDS or kind == "thousands"):
        raise LayoutChanged(where, f"{content.indicator} as {expected}", f"the unit '{text}' of {code}")


def label_unit(label: str) -> str:
    """Return the unit that stands in brackets at the end of a content's label, '' when none does."""
    return label.rpartition("(")[2].rstrip(") ") if label.rstrip().endswith(")") else ""


def unit_kind(text: str) -> str:
    """Return percent, count or thousands for a unit text, '' when it is not known."""
    words = text.strip().lower()
    if "1000" in words.replace(" ", "").replace("\u00a0", "") or "tuhat" in words or "thousand" in words:
        return "thousands"
    return next((kind for kind, known in UNIT_WORDS.items() if words in known), "")


def renamed(codes: Codes, rename: Callable[[str], str]) -> Codes:
    """Return a code column with each code renamed; codes may fall together."""
    names = [rename(str(code)) for code in codes.categories]
    return column_of(codes.codes, names)


def constant(text: str, rows: int) -> Codes:
    """Return a column of one text."""
    return code_column(np.zeros(rows, dtype=np.int8), [text])


def parse_labels(raw: Raw, table: Table) -> Parsed:
    """Read the names of a breakdown's categories from metadata in one language; the others stay ''.

    Contents were looked at when the metadata was asked for; their labels here may be of another language.
    """
    answer = Answer(raw.address, "", raw.fetched_at, raw.content(), raw.made_up)
    contents = {wanted: Content(content.indicator, optional=True) for wanted, content in table.contents.items()}
    roles = find_roles(read_metadata(answer), replace(table, contents=contents))
    language = next((each for each in LANGUAGES if f"/{each}/{table.database}/" in raw.address), "fi")
    columns = [
        (dimension, code, *(label if each == language else "" for each in LANGUAGES))
        for dimension, breakdown in zip(table.dimensions, roles.breakdowns, strict=True)
        for code, label in zip(breakdown.values, breakdown.labels, strict=True)
        if code != TOTAL
    ]
    return Parsed(empty_frame(), categories=tuple((name, code, fi, sv, en) for name, code, fi, sv, en in columns))


def check_codes(client: Client, settings: Settings, table: Table) -> list[CodeCheck]:
    """Ask a table's metadata and say, per code that we use, whether it still exists."""
    variables = read_metadata(client.get(table_address(settings.statfin_url, table)))
    roles = find_roles(variables, replace(table, contents=optional_all(table)))
    codes = [*settings.shown, *settings.neighbours] if roles.area else []
    held = {area_code(value) for value in roles.area.values} if roles.area else set()
    contents = [
        CodeCheck(f"content {wanted}", "there" if present else "missing", not present and not content.optional)
        for wanted, content in table.contents.items()
        for present in [any(matches(code, wanted) for code in roles.metric.values)]
    ]
    named = [
        ("time", roles.time),
        ("contents", roles.metric),
        ("areas", roles.area),
        *zip(table.dimensions, roles.breakdowns, strict=True),
    ]
    variables_found = [CodeCheck(f"variable of {role}", each.code) for role, each in named if each]
    areas = [check_area(code, held, table) for code in codes]
    return list(chain(variables_found, contents, areas))


def check_area(code: str, held: set[str], table: Table) -> CodeCheck:
    """Say whether an area is in a table; of a level that the table never had it is summed by us, and not missing."""
    levels = {each.rstrip("0123456789") for each in held if each != TOTAL}
    lost = code not in held and not table.selected_areas and (code == TOTAL or code.rstrip("0123456789") in levels)
    absent = "missing" if lost else "not in this table"
    return CodeCheck(f"area {code}", "there" if code in held else absent, lost)


def optional_all(table: Table) -> dict[str, Content]:
    """Return a table's contents as optional ones, so that a check lists what is missing and does not stop at it."""
    return {wanted: replace(content, optional=True) for wanted, content in table.contents.items()}
