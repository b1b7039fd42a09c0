"""Make a Source of a PxWeb table: the one path that every table of Statistics Finland takes."""

from collections.abc import Callable, Sequence
from itertools import chain

import numpy as np
import pandas as pd

from ingest.archive import Raw
from ingest.errors import LayoutChanged
from ingest.http import Answer, Client
from ingest.jsonstat import Cells, Codes, Dimension, code_column, read_cells, read_stamp
from ingest.pxweb import (
    LANGUAGES,
    TOTAL,
    Content,
    Known,
    Table,
    area_code,
    canonical_period,
    clean_label,
    fetch,
    find_roles,
    make_plan,
    matches,
    read_metadata,
    table_address,
)
from ingest.snapshot.transcript import read_transcript
from ingest.source import FRAME_COLUMNS, CodeCheck, Fetch, Parsed, Source, empty_frame
from queries.catalogue import load_catalogue
from queries.settings import NOTHING_BY_HAND, ByHand, Settings

Derive = Callable[[pd.DataFrame], pd.DataFrame]
AreaChoice = Callable[[Settings], Callable[[str], bool]]

UNIT_WORDS = {
    "percent": ("%", "prosentti", "prosenttia", "procent", "percent", "per cent"),
    "count": ("lkm", "lkm.", "lukumäärä", "kpl", "henkilö", "henkilöä", "antal", "number", "persons"),
}


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
        plan = make_plan(client, settings.statfin_url, table, known, areas(settings), since, stamp_of)
        return Fetch(len(plan.queries) + len(plan.label_addresses), fetch(client, plan))

    def parse(raw: Raw, by_hand: ByHand = NOTHING_BY_HAND, beside: Sequence[Raw] = ()) -> Parsed:
        if raw.path.suffix == ".csv":
            return Parsed(derive(transcript_frame(raw, table)))
        if raw.address.endswith(".px") and not raw.query:
            return parse_labels(raw, table)
        cells = read_cells(raw.content(), raw.address)
        frame = derive(to_frame(cells, table, raw.address))
        return Parsed(frame, cells.stamp, area_names(cells.area))

    def check(client: Client, settings: Settings) -> list[CodeCheck]:
        return check_codes(client, settings, table)

    indicators = tuple(content.indicator for content in table.contents.values()) + derived
    return Source(name, indicators, parse, ask_and_fetch, check)


def ended_source(name: str, table: Table) -> Source:
    """Declare a table that its publisher has ended: it is only loaded from files."""

    def parse(raw: Raw, by_hand: ByHand = NOTHING_BY_HAND, beside: Sequence[Raw] = ()) -> Parsed:
        return Parsed(transcript_frame(raw, table))

    return Source(name, tuple(content.indicator for content in table.contents.values()), parse)


def stamp_of(answer: Answer) -> str:
    """Return the publisher's stamp of a data answer."""
    return read_stamp(answer.content, answer.address)


def area_names(area: Dimension | None) -> tuple[tuple[str, str], ...]:
    """Return the Finnish names of an answer's areas by our codes."""
    return tuple((area_code(code), clean_label(label)) for code, label in area.labels.items()) if area else ()


def to_frame(cells: Cells, table: Table, where: str) -> pd.DataFrame:
    """Turn cells into rows of our indicators. Raises LayoutChanged on a dimension, content or unit that is not ours."""
    breakdown = the_breakdown(cells, table, where)
    contents = contents_of(cells.metric, table, where)
    if (cells.area is not None) != table.has_areas:
        raise LayoutChanged(where, "areas" if table.has_areas else "no areas", "the contrary")
    rows = len(cells.values)
    columns = {
        "indicator": renamed(cells.metric.per_cell, lambda code: contents.get(code, "")),
        "area": renamed(cells.area.per_cell, area_code) if cells.area else constant("SSS", rows),
        "period": renamed(cells.time.per_cell, canonical_period),
        "dimension": constant(table.dimension, rows),
        "category": breakdown.per_cell if breakdown else constant("", rows),
        "value": cells.values,
        "status": cells.statuses,
        "origin": constant("published", rows),
    }
    frame = pd.DataFrame(columns, columns=list(FRAME_COLUMNS))
    return frame[(frame["indicator"] != "") & (frame["category"] != TOTAL)]


def transcript_frame(raw: Raw, table: Table) -> pd.DataFrame:
    """Turn a transcript of the table into rows of our indicators. Raises LayoutChanged."""
    contents = {code: content.indicator for code, content in table.contents.items()}
    copied = read_transcript(raw.content(), contents, raw.address)
    copied["area"] = copied["area"].map(area_code)
    copied["period"] = copied["period"].map(canonical_period)
    return copied.assign(dimension="", category="", origin="transcript")[list(FRAME_COLUMNS)]


def the_breakdown(cells: Cells, table: Table, where: str) -> Dimension | None:
    """Return the dimension that breaks the figures down, None for totals. Raises LayoutChanged on any other."""
    others = [each for each in cells.others if table.dimension or each.values != ("SSS",)]
    if len(others) != int(bool(table.dimension)):
        expected = f"the dimension {table.dimension}" if table.dimension else "no further dimension"
        raise LayoutChanged(where, expected, f"{[each.code for each in others]}")
    return others[0] if others else None


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
    expected = "percent" if load_catalogue().indicators[content.indicator].unit == "percent" else "count"
    if kind and kind != expected:
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
    unique = list(dict.fromkeys(names))
    return code_column(np.array([unique.index(name) for name in names])[codes.codes], unique)


def constant(text: str, rows: int) -> Codes:
    """Return a column of one text."""
    return code_column(np.zeros(rows, dtype=np.int8), [text])


def parse_labels(raw: Raw, table: Table) -> Parsed:
    """Read the names of a breakdown's categories from metadata in one language; the others stay ''."""
    answer = Answer(raw.address, "", raw.fetched_at, raw.content(), raw.made_up)
    breakdown = find_roles(read_metadata(answer), table).breakdown
    language = next((each for each in LANGUAGES if f"/{each}/StatFin/" in raw.address), "fi")
    empty = empty_frame()
    if breakdown is None:
        return Parsed(empty)
    names = zip(breakdown.values, breakdown.labels, strict=True)
    columns = [(code, *(label if each == language else "" for each in LANGUAGES)) for code, label in names]
    return Parsed(empty, categories=tuple((table.dimension, code, fi, sv, en) for code, fi, sv, en in columns))


def check_codes(client: Client, settings: Settings, table: Table) -> list[CodeCheck]:
    """Ask a table's metadata and say, per code that we use, whether it still exists."""
    variables = read_metadata(client.get(table_address(settings.statfin_url, table)))
    roles = find_roles(
        variables, Table(table.path, optional_all(table), table.has_areas, table.others, table.dimension)
    )
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
        (table.dimension, roles.breakdown),
    ]
    variables_found = [CodeCheck(f"variable of {role}", each.code) for role, each in named if each]
    areas = [CodeCheck(f"area {code}", "there" if code in held else "missing", code not in held) for code in codes]
    return list(chain(variables_found, contents, areas))


def optional_all(table: Table) -> dict[str, Content]:
    """Return a table's contents as optional ones, so that a check lists what is missing and does not stop at it."""
    return {wanted: Content(content.indicator, optional=True) for wanted, content in table.contents.items()}
