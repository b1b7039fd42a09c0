"""Sotkanet's answers read again offline, its check, its titles, and answers of other shapes."""

import json
import math
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest import sotkanet
from ingest.archive import Raw, open_file
from ingest.check import check_all
from ingest.errors import LayoutChanged
from ingest.http import Answer, Client
from ingest.sotkanet import Title
from ingest.source import Parsed, load_sources
from queries.database import utc_now
from queries.settings import load_settings
from tests.ingest.small import (
    ASSISTANCE,
    ASSISTANCE_RECIPIENTS,
    HARD_TO_EMPLOY,
    LIMITS,
    SOTKANET,
    SUBSIDY_PER_INHABITANT,
    Command,
    ask,
    command_here,
    environment_of,
    fetch_well,
    sentence_of,
    value_of,
)
from tests.ingest.small_sotkanet import EUROS, LIST, RECORDINGS, REGIONS, TITLE
from tests.publishers import Sotkanet, sotkanet_faults


@pytest.fixture
def publisher() -> Iterator[Sotkanet]:
    with Sotkanet() as publisher:
        yield publisher


# --- offline ----------------------------------------------------------------------------------------------------------


def test_reading_the_archive_again_offline_gives_the_same_rows(
    publisher: Sotkanet, tmp_path: Path, run: Command
) -> None:
    fetch_well(publisher, tmp_path / "live", HARD_TO_EMPLOY)
    kept = sorted((tmp_path / "live" / "raw" / HARD_TO_EMPLOY).rglob("*.gz"))
    assert len(kept) == 3
    ended = run("import", *map(str, kept), "--source", HARD_TO_EMPLOY)
    assert (ended.code, ended.said) == (0, [])
    facts = "select * exclude (release_id) from latest_observation order by all"
    assert ask(tmp_path, facts) == ask(tmp_path / "live", facts) != []


def test_figures_alone_are_refused_for_they_do_not_tell_whose_they_are(
    publisher: Sotkanet, tmp_path: Path, run: Command
) -> None:
    fetch_well(publisher, tmp_path / "live", HARD_TO_EMPLOY)
    figures = sorted((tmp_path / "live" / "raw" / HARD_TO_EMPLOY).rglob("*.gz"))[-1]
    ended = run("import", str(figures), "--source", HARD_TO_EMPLOY, "--published", "2026-03-18")
    assert ended.code == 1 and "indicators/<id>" in sentence_of(ended.said)


def test_made_up_figures_never_enter_a_real_folder(
    publisher: Sotkanet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    real = command_here(monkeypatch, capsys, environment_of(publisher, tmp_path, demo=False))
    assert "made-up figures" in sentence_of(real("ingest", ASSISTANCE).said)


def recorded() -> dict[str, Raw]:
    return {path.stem: open_file(path) for path in sorted(RECORDINGS.glob("SYNTHETIC_*.json"))}


def parse_recorded(name: str) -> Parsed:
    raws = recorded()
    return load_sources()[ASSISTANCE].parse(raws[f"SYNTHETIC_{name}"], beside=[*raws.values()])


def test_a_recorded_answer_gives_its_rows_and_a_nought_of_nothing_is_missing() -> None:
    frame = parse_recorded("json").frame
    values = [None if math.isnan(value) else value for value in frame["value"]]
    assert list(zip(frame["area"], frame["period"], values, frame["status"], strict=True)) == [
        ("305", "2010", 12.0, ""),
        ("305", "2011", 11.6, ""),
        ("SSS", "2011", 9.9, ""),
        ("620", "2011", None, "missing"),
    ]
    assert set(frame["indicator"]) == {EUROS}


def test_a_recorded_description_holds_the_stamp_and_the_list_of_areas_the_names() -> None:
    assert parse_recorded("indicator").stamp == "2013-09-08T00:00:00"
    parsed = parse_recorded("json")
    assert dict(parsed.areas)["305"] == "Kuusamo" and parsed.no_places == frozenset()
    assert parse_recorded("regions").frame.empty


# --- sources check, settings, the protocol alone ----------------------------------------------------------------------


def test_the_check_shows_which_indicator_was_found(publisher: Sotkanet) -> None:
    rows = check_all([load_sources()[name] for name in SOTKANET], load_settings(sotkanet_url=publisher.url))
    held = {(row.source, row.what): row.found for row in rows}
    assert not any(row.missing for row in rows)
    assert held[ASSISTANCE, "indicator"] == "451 Toimeentulotuki, euroa / asukas (THL)"
    assert held[SUBSIDY_PER_INHABITANT, "indicator"].startswith("9071 Kunnan osarahoittama työmarkkinatuki")
    assert held[ASSISTANCE_RECIPIENTS, "years"] == "1990–2024, of 2026-03-18"
    assert held[HARD_TO_EMPLOY, "area 305"] == held[HARD_TO_EMPLOY, "area SK178"] == "there"


def test_the_check_tells_an_area_and_a_title_that_are_gone(publisher: Sotkanet) -> None:
    publisher.faults.append(sotkanet_faults.LostRows(where=lambda row: row["code"] == "832", **REGIONS))
    publisher.publish(3071, title="Rakennetyöttömyys, %")
    sources = [load_sources()[name] for name in (ASSISTANCE, HARD_TO_EMPLOY)]
    missing = [row for row in check_all(sources, load_settings(sotkanet_url=publisher.url)) if row.missing]
    assert [(row.source, row.what) for row in missing] == [(ASSISTANCE, "area 832"), (HARD_TO_EMPLOY, "metadata")]
    assert "no title like it" in missing[1].found


def test_a_title_named_by_hand_lets_a_renamed_indicator_in(
    publisher: Sotkanet, tmp_path: Path, run: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    publisher.publish(3071, title="Vaikeimmin työllistettävät, %")
    assert run("ingest", HARD_TO_EMPLOY).code == 1
    by_hand = {HARD_TO_EMPLOY: {"columns": {"title": "Vaikeimmin työllistettävät, %"}}}
    monkeypatch.setenv("KOILLISMAA_SOURCE", json.dumps(by_hand))
    assert run("ingest", HARD_TO_EMPLOY).code == 0
    assert value_of(tmp_path, "hard_to_employ_share_15_64", "305", "2024")[1:] == ("", "published")


@pytest.mark.parametrize(
    "text", ["vaikeasti työllistyvät, % 15–64-vuotiaista", "Vaikeasti työllistyvät % 15-64-vuotiaista"]
)
def test_a_title_is_compared_without_its_signs_and_capitals(text: str) -> None:
    assert Title("Vaikeasti työllistyvät, % 15 - 64-vuotiaista").fits(text)


def test_a_whole_title_does_not_fit_one_that_goes_on() -> None:
    assert not Title("Toimeentulotuki, euroa / asukas").fits("Täydentävä toimeentulotuki, euroa / asukas")
    assert Title(words=("osarahoittama", "asukas")).fits("Kunnan osarahoittama tuki, euroa / asukas")


def test_many_titles_are_told_shortly() -> None:
    entries = [sotkanet.Entry(number, "Toimeentulotuki") for number in range(30)]
    assert sotkanet.listed(entries).endswith("; 7 'Toimeentulotuki'; 22 more")


def test_a_redirect_out_of_sotkanet_is_not_followed(publisher: Sotkanet) -> None:
    from tests.publishers.catalogue_faults import Redirected

    publisher.faults.append(Redirected(to="http://elsewhere.test/x", **LIST))
    with Client("x", LIMITS) as client, pytest.raises(Exception, match=r"elsewhere\.test"):
        sotkanet.find_indicator(client, publisher.url, Title(TITLE))
    assert sotkanet.hosts_of("https://sotkanet.fi/rest/1.1") == {"sotkanet.fi", "www.sotkanet.fi"}


@pytest.mark.parametrize("content", [b"{}", b"[1]", b"[[]]", b"null", b'[{"gender": "total"}]', b"[NaN]", b'"x"'])
def test_an_answer_of_another_shape_is_refused_with_a_sentence(content: bytes) -> None:
    answer = Answer("http://sotkanet.test/x", "", utc_now(), content, False)
    for read in (sotkanet.read_entries, sotkanet.read_facts, sotkanet.read_regions, sotkanet.read_figures):
        with pytest.raises(LayoutChanged):
            read(answer)
