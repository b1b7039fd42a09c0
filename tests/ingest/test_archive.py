"""Raw bytes are on disk before anyone reads them, and reading them again offline gives the same rows."""

import gzip
import hashlib
import json
import os
from datetime import datetime
from pathlib import Path

import pytest

from ingest.archive import Folder, Raw, asked_path, hash_of, open_file
from ingest.errors import FetchFailed, LayoutChanged
from ingest.http import Answer
from ingest.run import import_files
from ingest.source import pick_sources
from queries.catalogue import load_catalogue
from queries.errors import PublishFailed
from tests.ingest.small import LFS, R5, TI, U4, ask, fetch, fetch_well, settings_for, small_publisher
from tests.publishers import faults

ANSWER = Answer("http://publisher.test/12r5.px", '{"query": []}', datetime(2026, 11, 24, 6), b'{"a": "\xc3\xa4"}', True)
FACTS = (
    "select indicator, area, period, dimension, category, value, status, origin from latest_observation order by all"
)


def test_an_answer_is_kept_as_it_came_with_what_was_asked(tmp_path: Path) -> None:
    folder = Folder(tmp_path, R5)
    first, second = folder.keep(ANSWER), folder.keep(ANSWER)
    assert [raw.path.name for raw in (first, second)] == ["001.json.gz", "002.json.gz"]
    assert first.path.parent == second.path.parent and first.path.parent.parent == tmp_path / "raw" / R5
    assert gzip.decompress(first.path.read_bytes()) == first.content() == ANSWER.content
    assert json.loads(asked_path(first.path).read_text(encoding="utf-8")) == {
        "address": ANSWER.address,
        "query": ANSWER.query,
        "fetched_at": "2026-11-24T06:00:00",
        "sha256": hashlib.sha256(ANSWER.content).hexdigest(),
        "made_up": True,
    }
    assert not list(tmp_path.rglob("*.draft"))


def test_a_kept_answer_opens_as_it_was_kept(tmp_path: Path) -> None:
    raw = Folder(tmp_path, R5).keep(ANSWER)
    assert open_file(raw.path) == raw


def test_a_file_given_by_hand_is_known_by_its_content_alone(tmp_path: Path) -> None:
    path = tmp_path / "answer.json"
    path.write_bytes(b'{"source": "ESIMERKKIAINEISTO"}')
    raw = open_file(path)
    assert (raw.address, raw.query, raw.made_up) == ("answer.json", "", True)
    assert raw.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    path.write_bytes(b"{}")
    assert not open_file(path).made_up


def test_the_hash_of_a_release_depends_on_each_answer_and_on_their_order(tmp_path: Path) -> None:
    one, other = (Raw(tmp_path, "", "", datetime(2026, 1, 1), digest * 64) for digest in "ab")
    assert len({hash_of(raws) for raws in ([one], [other], [one, other], [other, one], [])}) == 5


def test_what_cannot_be_read_is_told_by_name(tmp_path: Path) -> None:
    with pytest.raises(FetchFailed, match=r"absent\.json"):
        open_file(tmp_path / "absent.json")
    raw = Folder(tmp_path, R5).keep(Answer("a", "", datetime(2026, 1, 1), os.urandom(4000), False))
    whole = raw.path.read_bytes()
    damaged = {"cut short": whole[:100], "not packed": b"plain", "overwritten": whole[:50] + b"\0" * 200 + whole[250:]}
    for content in damaged.values():
        raw.path.write_bytes(content)
        with pytest.raises(LayoutChanged, match=r"001\.json\.gz"):
            open_file(raw.path)


@pytest.mark.parametrize("note", ["", "{", "[]", "{}", '{"address": 1}'])
def test_a_damaged_note_beside_an_answer_is_told_by_name(tmp_path: Path, note: str) -> None:
    raw = Folder(tmp_path, R5).keep(ANSWER)
    asked_path(raw.path).write_text(note, encoding="utf-8")
    with pytest.raises(LayoutChanged, match=r"001\.asked\.json"):
        open_file(raw.path)


def test_a_disk_that_refuses_is_told_as_such(tmp_path: Path) -> None:
    (tmp_path / "raw").write_text("a file where a folder should be", encoding="utf-8")
    with pytest.raises(PublishFailed, match="could not be written"):
        Folder(tmp_path, R5).keep(ANSWER)


def test_bytes_are_kept_also_when_they_cannot_be_read(tmp_path: Path) -> None:
    with small_publisher() as publisher:
        publisher.faults.append(faults.WrongSize(path="12ti"))
        fetch(publisher, tmp_path, TI)
    with small_publisher() as publisher:
        publisher.tables["12r5"].add_month("2026M09", "2026-10-20T05:00:00Z")
        publisher.faults.append(faults.Hole("2026M01", path="12r5"))
        (outcome,) = fetch(publisher, tmp_path, R5)
    assert "no month is missing" in outcome.error
    (kept,) = (tmp_path / "raw" / R5).rglob("*.json.gz")
    assert b'"class":"dataset"' in gzip.decompress(kept.read_bytes())


def test_reading_the_archive_again_offline_gives_the_same_rows(tmp_path: Path) -> None:
    with small_publisher() as publisher:
        fetch_well(publisher, tmp_path / "live")
        settings = settings_for(publisher, tmp_path / "again")
    for name in (R5, U4, TI, LFS):
        files = sorted((tmp_path / "live" / "raw" / name).rglob("*.json.gz"))
        outcome = import_files(pick_sources((name,))[0], files, settings, load_catalogue())
        assert outcome.new > 0 and outcome.release == "2026-09-22T05:00:00"
    assert ask(tmp_path / "live", FACTS) == ask(tmp_path / "again", FACTS)
    names = "select * from category order by all"
    assert ask(tmp_path / "live", names) == ask(tmp_path / "again", names) != []
    hashes = "select source, sha256, fetched_at from release order by source"
    assert ask(tmp_path / "live", hashes) == ask(tmp_path / "again", hashes)
