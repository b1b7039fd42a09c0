"""Answers are read as the publisher means them, and a hostile one is refused in one way only."""

import copy
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.archive import Raw
from ingest.checks import check_frame
from ingest.errors import CheckFailed, LayoutChanged
from ingest.jsonstat import Cells, parse_stamp, read_cells, read_stamp
from ingest.source import Parsed, load_sources
from tests.ingest.small import LFS, R5, TI, U4, small_publisher
from tests.publishers.client import ALL, Client, items

ANSWERS = Path(__file__).parents[2] / "ingest" / "snapshot" / "answers"
TABLE_OF = {R5: "tyonv/12r5", U4: "tyonv/12u4", TI: "tyonv/12ti", LFS: "tyti/135z"}


def raw_of(folder: Path, content: bytes, address: str = "answer.json") -> Raw:
    """Lay an answer on disk, unpacked."""
    path = folder / "answer.json"
    path.write_bytes(content)
    return Raw(path, address, "{}", datetime(2026, 11, 24), "", True)


def document(table: str, form: str, **chosen: Any) -> dict[str, Any]:
    """Ask the made-up publisher for a small answer."""
    with small_publisher("2026M07") as publisher, httpx.Client() as http:
        answer: dict[str, Any] = Client(publisher, http).post(table, form, **chosen).json()
    return answer


def rows(frame: pd.DataFrame) -> set[tuple[Any, ...]]:
    """Return the rows of a frame as a set, NaN as None."""
    texts = frame.astype({column: str for column in frame.columns if column != "value"})
    return {tuple(None if value != value else value for value in row) for row in texts.itertuples(index=False)}


SMALL: dict[str, Any] = {
    "version": "2.0",
    "class": "dataset",
    "source": "KEHA-keskus",
    "updated": "2026-09-22T05:00:00Z",
    "role": {"time": ["kk"], "metric": ["tiedot"], "geo": ["alue"]},
    "id": ["alue", "kk", "tiedot"],
    "size": [2, 2, 2],
    "dimension": {
        "alue": {"category": {"index": {"KU305": 0, "SSS": 1}, "label": {"KU305": "Kuusamo", "SSS": "KOKO MAA"}}},
        "kk": {"category": {"index": ["2026M07", "2026M08"]}},
        "tiedot": {
            "category": {
                "index": {"TYOTTOMATLOPUSSA": 1, "AVPAIKATLOPUSSA": 0},
                "unit": {"TYOTTOMATLOPUSSA": {"base": "lkm.", "decimals": 0}},
            }
        },
    },
    "value": [1, 2, None, 4, 5, 6, None, 8],
    "status": {"2": "...", "6": "."},
}
PX: dict[str, Any] = {
    "columns": [
        {"code": "alue", "text": "Alue", "type": "d"},
        {"code": "kk", "text": "Kuukausi", "type": "t"},
        {"code": "TYOTTOMATLOPUSSA", "text": "Työttömät (lkm.)", "type": "c"},
        {"code": "AVPAIKATLOPUSSA", "text": "Avoimet (lkm.)", "type": "c"},
    ],
    "data": [
        {"key": ["KU305", "2026M08"], "values": ["805", "..."]},
        {"key": ["SSS", "2026M08"], "values": ["352001", "."]},
    ],
    "metadata": [{"updated": "2026-07-21T05.00.00Z", "source": "KEHA-keskus"}],
}


def read(answer: Any) -> Cells:
    """Read a document as if it had come from somewhere."""
    return read_cells(json.dumps(answer).encode(), "somewhere")


def test_every_cell_of_a_json_stat2_stands_at_its_codes_whatever_the_order_of_the_index() -> None:
    cells = read(SMALL)
    told = list(zip(cells.area.per_cell if cells.area else (), cells.time.per_cell, cells.metric.per_cell, strict=True))
    assert told[:4] == [
        ("KU305", "2026M07", "AVPAIKATLOPUSSA"),
        ("KU305", "2026M07", "TYOTTOMATLOPUSSA"),
        ("KU305", "2026M08", "AVPAIKATLOPUSSA"),
        ("KU305", "2026M08", "TYOTTOMATLOPUSSA"),
    ]
    assert [None if np.isnan(value) else value for value in cells.values] == [1, 2, None, 4, 5, 6, None, 8]
    assert list(cells.statuses) == ["", "", "suppressed", "", "", "", "not_applicable", ""]
    assert cells.stamp == "2026-09-22T05:00:00" and cells.metric.units == {"TYOTTOMATLOPUSSA": "lkm."}


def test_an_empty_cell_without_a_symbol_is_missing_and_a_star_is_preliminary() -> None:
    cells = read(SMALL | {"status": {"0": "*", "2": ".."}})
    assert [cells.statuses[place] for place in (0, 1, 2, 6)] == ["preliminary", "", "missing", "missing"]


def test_sparse_values_and_a_list_of_statuses_are_read_too() -> None:
    sparse = {str(place): value for place, value in enumerate(SMALL["value"]) if value is not None}
    symbols = ["", "", "...", "", "", "", ".", ""]
    cells, usual = read(SMALL | {"value": sparse, "status": symbols}), read(SMALL)
    assert np.array_equal(cells.values, usual.values, equal_nan=True) and list(cells.statuses) == list(usual.statuses)


def test_px_json_hides_cells_with_symbols_and_its_stamp_may_have_dots() -> None:
    cells = read(PX)
    assert list(cells.metric.per_cell) == ["TYOTTOMATLOPUSSA", "AVPAIKATLOPUSSA"] * 2
    assert list(cells.statuses) == ["", "suppressed", "", "not_applicable"]
    assert (cells.values[0], cells.values[2], cells.stamp) == (805, 352001, "2026-07-21T05:00:00")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-07-21T05.00.00Z", datetime(2026, 7, 21, 5)),
        ("2026-08-25T05:00:00Z", datetime(2026, 8, 25, 5)),
        ("2026-01-27T08:00:00+02:00", datetime(2026, 1, 27, 6)),
        ("2026-08-25T05:00:00", datetime(2026, 8, 25, 5)),
    ],
)
def test_a_stamp_becomes_naive_utc(text: str, expected: datetime) -> None:
    assert parse_stamp(text) == expected
    assert read_stamp(json.dumps(SMALL | {"updated": text}).encode(), "x") == expected.isoformat()


@pytest.mark.parametrize("table", TABLE_OF.values(), ids=TABLE_OF)
def test_both_formats_of_the_same_query_give_the_same_rows(table: str, tmp_path: Path) -> None:
    source = next(name for name, path in TABLE_OF.items() if path == table)
    chosen: dict[str, Any] = {} if source == LFS else {"Alue": ALL}
    chosen |= {"timeperiod_m": ALL} | ({"Ammattiryhmä": ALL} if source == TI else {})
    chosen |= {"Sukupuoli": items("SSS"), "Ikäryhmät": items("SSS")} if source == U4 else {}
    frames = []
    for form in ("json-stat2", "json"):
        parsed = load_sources()[source].parse(raw_of(tmp_path, json.dumps(document(table, form, **chosen)).encode()))
        frames.append(check_frame(parsed.frame, source))
        assert parsed.stamp == "2026-09-22T05:00:00"
    assert len(frames[0]) and rows(frames[0]) == rows(frames[1])
    assert not frames[0].duplicated(["indicator", "area", "period", "dimension", "category"]).any()


@pytest.mark.parametrize(
    ("name", "source", "count", "indicators"),
    [("12r5_2026M06.json", R5, 421 * 24, 24), ("12ti_2026M06.json", TI, 2526, 2), ("135z_2026M06.json", LFS, 4, 4)],
)
def test_the_stored_answers_of_the_real_publisher_are_read_whole(
    name: str, source: str, count: int, indicators: int
) -> None:
    content = (ANSWERS / name).read_bytes()
    parsed = load_sources()[source].parse(Raw(ANSWERS / name, name, "", datetime(2026, 11, 24), ""))
    frame = check_frame(parsed.frame, name)
    assert parsed.stamp == "2026-07-21T05:00:00"
    assert set(frame["period"].astype(str)) == {"2026-06"}
    assert (len(frame), frame["indicator"].nunique()) == (count, indicators)
    hidden = frame[(frame["origin"].astype(str) == "published") & (frame["status"].astype(str) == "suppressed")]
    assert len(hidden) == content.count(b'"..."') and hidden["value"].isna().all()


def without(place: str) -> Any:
    """Return SMALL without one key."""
    return {key: value for key, value in SMALL.items() if key != place}


def with_dimension(code: str, **category: Any) -> Any:
    """Return SMALL with another category in one dimension."""
    changed = copy.deepcopy(SMALL)
    changed["dimension"][code]["category"] |= category
    return changed


HOSTILE: dict[str, Any] = {
    "no value": without("value"),
    "no size": without("size"),
    "no stamp": without("updated"),
    "one value too few": SMALL | {"value": SMALL["value"][:-1]},
    "one value too many": SMALL | {"value": [*SMALL["value"], 9]},
    "text among the values": SMALL | {"value": ["abc", 2, None, 4, 5, 6, None, 8]},
    "truth among the values": SMALL | {"value": [True, 2, None, 4, 5, 6, None, 8]},
    "a number without end": SMALL | {"value": [10**400, 2, None, 4, 5, 6, None, 8]},
    "an infinite number": SMALL | {"value": [float("inf"), 2, None, 4, 5, 6, None, 8]},
    "a size that is infinite": SMALL | {"size": [float("inf"), 2, 2]},
    "a size that does not fit": SMALL | {"size": [3, 2, 2]},
    "a symbol that no legend explains": SMALL | {"status": {"2": "x"}},
    "a symbol beyond the end": SMALL | {"status": {"8": "..."}},
    "a symbol before the start": SMALL | {"status": {"-1": "..."}},
    "a symbol at no number": SMALL | {"status": {"a": "..."}},
    "a symbol at an endless number": SMALL | {"status": {"9" * 30: "..."}},
    "a hidden cell that has a value": SMALL | {"status": {"0": "..."}},
    "two codes in one place": with_dimension("alue", index={"KU305": 0, "SSS": 0}),
    "a code twice": with_dimension("kk", index=["2026M08", "2026M08"]),
    "an empty dimension": with_dimension("alue", index={}),
    "a period of no known form": with_dimension("kk", index=["2026M07", "elokuu"]),
    "no role": without("role"),
    "two times": SMALL | {"role": {"time": ["kk", "alue"], "metric": ["tiedot"]}},
    "two areas": SMALL | {"role": {"time": ["kk"], "metric": ["tiedot"], "geo": ["alue", "tiedot"]}},
    "a dimension twice": SMALL | {"id": ["alue", "alue", "tiedot"]},
    "a stamp at the end of time": SMALL | {"updated": "9999-12-31T23:59:59-23:00"},
    "a stamp that is no time": SMALL | {"updated": "eilen"},
    "a list": [SMALL],
    "a number": 3,
    "px json with a value too few": PX | {"data": [{"key": ["KU305", "2026M08"], "values": ["805"]}]},
    "px json with a value moved to the next row": PX
    | {
        "data": [
            {"key": ["KU305", "2026M08"], "values": ["805"]},
            {"key": ["SSS", "2026M08"], "values": ["1", "2", "3"]},
        ]
    },
    "px json with a key too few": PX | {"data": [{"key": ["KU305"], "values": ["805", "3"]}]},
    "px json with a key too many": PX | {"data": [{"key": ["KU305", "2026M08", "1"], "values": ["805", "3"]}]},
    "px json with text": PX | {"data": [{"key": ["KU305", "2026M08"], "values": ["abc", "3"]}]},
    "px json with an infinite number": PX | {"data": [{"key": ["KU305", "2026M08"], "values": ["inf", "3"]}]},
    "px json with a number of another kind": PX | {"data": [{"key": ["KU305", "2026M08"], "values": ["nan", "3"]}]},
    "px json without a time": PX | {"columns": [column | {"type": "d"} for column in PX["columns"]]},
    "px json without its metadata": PX | {"metadata": []},
}


@pytest.mark.parametrize("answer", HOSTILE.values(), ids=HOSTILE)
def test_an_answer_of_another_shape_is_a_changed_layout(answer: Any) -> None:
    with pytest.raises(LayoutChanged, match="somewhere"):
        read(answer)


@pytest.mark.parametrize(
    "content", [b"", b"<!DOCTYPE html>", b'{"a', b"\xff\xfe", b"[" * 3000, b'{"a":' * 3000, b"9" * 5000], ids=range(7)
)
def test_what_is_no_json_is_a_changed_layout(content: bytes) -> None:
    with pytest.raises(LayoutChanged, match="somewhere"):
        read_cells(content, "somewhere")


def test_an_answer_that_claims_more_cells_than_memory_holds_is_refused_before_they_are_made() -> None:
    dimensions = {name: {"category": {"index": [f"{name}{place}" for place in range(2000)]}} for name in "abcdef"}
    claimed = SMALL | {"id": list(dimensions), "size": [2000] * 6, "dimension": dimensions, "value": {}}
    with pytest.raises(LayoutChanged, match="cells at most"):
        read(claimed | {"role": {"time": ["a"], "metric": ["b"], "geo": ["c"]}})


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"unit": {"TYOTTOMATLOPUSSA": {"base": "1000 henkilöä"}}}, "1000 henkilöä"),
        ({"unit": {"TYOTTOMATLOPUSSA": {"base": "%"}}}, "'%'"),
        ({"unit": {}, "label": {"TYOTTOMATLOPUSSA": "Työttömät (1 000 henkilöä)"}}, "1 000 henkilöä"),
    ],
)
def test_a_unit_of_another_kind_is_a_changed_layout(changed: dict[str, Any], words: str, tmp_path: Path) -> None:
    content = json.dumps(with_dimension("tiedot", **changed)).encode()
    with pytest.raises(LayoutChanged, match=words):
        load_sources()[R5].parse(raw_of(tmp_path, content))


def test_a_content_that_is_not_ours_is_left_out_and_one_that_is_ours_in_none_is_refused(tmp_path: Path) -> None:
    further = with_dimension("tiedot", index={"TYOTTOMATLOPUSSA": 1, "UUSI": 0}, unit={})
    frame = load_sources()[R5].parse(raw_of(tmp_path, json.dumps(further).encode())).frame
    assert set(frame["indicator"].astype(str)) == {"unemployed_jobseekers"} and len(frame) == 4
    foreign = with_dimension("tiedot", index={"TOINEN": 1, "UUSI": 0}, unit={})
    with pytest.raises(LayoutChanged, match="some of the contents"):
        load_sources()[R5].parse(raw_of(tmp_path, json.dumps(foreign).encode()))


def test_a_total_of_a_breakdown_is_left_out_because_another_table_owns_it(tmp_path: Path) -> None:
    answer = document("tyonv/12ti", "json-stat2", Alue=items("SSS"), Ammattiryhmä=items("2513", "2514"))
    text = json.dumps(answer).replace('"2513"', '"SSS"')
    parsed = load_sources()[TI].parse(raw_of(tmp_path, text.encode()))
    assert set(parsed.frame["category"].astype(str)) == {"2514"}


# --- mutated answers --------------------------------------------------------------------------------------------------

JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["...", "SSS", "*"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=4,
)


def places(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """List the path of every node of a document below its root."""
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [each for key, child in children for each in [(*path, key), *places(child, (*path, key))]]


def mutate(answer: Any, path: tuple[Any, ...], how: str, junk: Any) -> Any:
    """Return a copy of a document with one node replaced, taken out or doubled."""
    changed = copy.deepcopy(answer)
    holder = changed
    for key in path[:-1]:
        holder = holder[key]
    if how == "take out":
        del holder[path[-1]]
    elif how == "double" and isinstance(holder, list):
        holder.insert(path[-1], copy.deepcopy(holder[path[-1]]))
    else:
        holder[path[-1]] = junk
    return changed


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """Draw a valid answer, hurt in one to three places."""
    answer: Any = draw(st.sampled_from([SMALL, PX]))
    for _ in range(draw(st.integers(1, 3))):
        paths = places(answer)
        if paths:
            how = draw(st.sampled_from(["replace", "take out", "double"]))
            answer = mutate(answer, draw(st.sampled_from(paths)), how, draw(JUNK))
    return json.dumps(answer).encode()


@st.composite
def scrambled(draw: st.DrawFn) -> bytes:
    """Draw a valid answer with some bytes replaced, so that it is often no JSON any more."""
    content = bytearray(json.dumps(draw(st.sampled_from([SMALL, PX]))).encode())
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(content) - 1))
        content[start : start + draw(st.integers(0, 9))] = draw(st.binary(max_size=9))
    return bytes(content)


@settings(max_examples=1000)
@given(mutated() | scrambled())
def test_a_hurt_answer_is_read_or_is_a_changed_layout_and_nothing_else(content: bytes) -> None:
    with_path = Raw(Path("answer.json"), "answer.json", "{}", datetime(2026, 11, 24), "")

    class Held(Raw):
        def content(self) -> bytes:
            return content

    try:
        parsed = load_sources()[R5].parse(Held(**vars(with_path)))
    except LayoutChanged as error:
        assert len(str(error).splitlines()) == 1
        return
    assert isinstance(parsed, Parsed)
    try:
        check_frame(parsed.frame, "answer.json")
    except CheckFailed as error:
        assert len(str(error).splitlines()) == 1
