"""import, sources check, status and the start, as an operator meets them: what they print and how they end."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.errors import MadeUpRefused
from ingest.http import MADE_UP_MARK
from ingest.ready import check_area_codes, check_edition
from ingest.snapshot.shipped import load_shipped
from queries.catalogue import load_catalogue
from queries.database import current_version, writing
from queries.errors import DatabaseRefused, SettingsRefused
from queries.settings import load_settings
from tests.ingest.small import (
    LFS,
    R5,
    TI,
    Command,
    ask,
    command_here,
    environment_of,
    fetch_well,
    served,
    settings_for,
    small_catalogue,
    small_publisher,
    value_of,
)
from tests.publishers import Sotkanet, StatFin, faults
from tests.publishers.table import Fill

NO_CONCERN = "15yc"  # a table of the same folder as one that is found by its title


@pytest.fixture
def publisher() -> Iterator[StatFin]:
    with small_publisher("2026M01") as publisher:
        yield publisher


@pytest.fixture
def check(
    publisher: StatFin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Command]:
    """The command with all publishers at hand."""
    with small_catalogue() as catalogue, Sotkanet() as sotkanet:
        named = environment_of(publisher, tmp_path, KELA_URL=catalogue.url, SOTKANET_URL=sotkanet.url)
        yield command_here(monkeypatch, capsys, named)


def archived(publisher: StatFin, folder: Path, source: str) -> list[Path]:
    """Fetch a source into another folder and return its kept answers."""
    fetch_well(publisher, folder, source)
    return sorted((folder / "raw" / source).rglob("*.json.gz"))


def saved_by_hand(path: Path, kept: Path) -> Path:
    """Unpack a kept answer, as somebody would have saved it from a browser."""
    path.write_bytes(gzip.decompress(kept.read_bytes()))
    return path


def test_an_answer_saved_by_hand_is_loaded_once(
    publisher: StatFin, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, run: Command
) -> None:
    (kept,) = archived(publisher, tmp_path_factory.mktemp("live"), R5)
    saved = saved_by_hand(tmp_path / "saved.json", kept)
    first = run("import", str(saved), "--source", R5)
    assert (first.code, first.said) == (0, []) and "loaded" in first.out
    assert ask(tmp_path, "select channel, obtained from release") == [("import", "file saved.json")]
    before = served(tmp_path)
    again = run("import", str(saved), "--source", R5)
    assert again.code == 0 and "nothing new" in again.out and served(tmp_path) == before


def test_a_transcript_needs_a_date_and_is_loaded_with_it(tmp_path: Path, run: Command) -> None:
    # a transcript carries no mark of being made up, so it belongs into a real folder
    copy = tmp_path / "copy.csv"
    copy.write_text("alue,kuukausi,tiedot,arvo\nKU305,2001M01,TYOTOSUUS,21.5\n", encoding="utf-8")
    refused = run("import", str(copy), "--source", R5, "--published", "2002-01-31")
    assert refused.code == 1 and len(refused.said) == 1 and "real figures" in refused.said[0]
    assert not (tmp_path / "current").exists()


def test_a_transcript_is_loaded_beside_the_figures_that_ship(
    publisher: StatFin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run = command_here(monkeypatch, capsys, environment_of(publisher, tmp_path, demo=False))
    copy = tmp_path / "copy.csv"
    copy.write_text("alue,kuukausi,tiedot,arvo\nKU305,2001M01,TYOTOSUUS,21.5\n", encoding="utf-8")
    undated = run("import", str(copy), "--source", R5)
    assert undated.code == 1 and "--published" in undated.said[-1] and len(undated.said) == 1
    assert run("import", str(copy), "--source", R5, "--published", "2002-01-31").code == 0
    assert value_of(tmp_path, "unemployment_rate", "305", "2001-01") == (21.5, "", "transcript")
    assert value_of(tmp_path, "unemployment_rate", "305", "2026-08") == (11.4, "", "transcript")


@pytest.mark.parametrize(
    ("content", "source", "words"),
    [
        (b"<!DOCTYPE html> " + MADE_UP_MARK, R5, "JSON"),
        (b'{"class": "dataset", "source": "' + MADE_UP_MARK, R5, "JSON"),
        (b'["' + MADE_UP_MARK + b'"]', R5, "json-stat2"),
        (MADE_UP_MARK, TI, "JSON"),
    ],
)
def test_a_file_that_is_no_answer_is_one_sentence_and_nothing_is_published(
    publisher: StatFin, tmp_path: Path, run: Command, content: bytes, source: str, words: str
) -> None:
    fetch_well(publisher, tmp_path, LFS)
    before = served(tmp_path)
    (tmp_path / "saved.json").write_bytes(content)
    ended = run("import", str(tmp_path / "saved.json"), "--source", source)
    assert ended.code == 1 and len(ended.said) == 1 and words in ended.said[0]
    assert served(tmp_path) == before


def test_a_file_of_another_table_is_refused(
    publisher: StatFin, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, run: Command
) -> None:
    (kept,) = archived(publisher, tmp_path_factory.mktemp("live"), LFS)
    ended = run("import", str(saved_by_hand(tmp_path / "saved.json", kept)), "--source", R5)
    assert ended.code == 1 and len(ended.said) == 1 and "some of the contents" in ended.said[0]


def test_a_file_that_is_not_there_is_a_wrong_call(run: Command) -> None:
    ended = run("import", "absent.json", "--source", R5)
    assert ended.code == 2 and len(ended.said) == 1 and "absent.json" in ended.said[0]


def test_the_check_lists_every_code_that_we_use_and_ends_with_nought(publisher: StatFin, check: Command) -> None:
    shown = {area.code for area in load_settings().municipalities}
    codes = {f"KU{code}" if code.isdigit() else code for code in {*load_settings().shown, *load_settings().neighbours}}
    for table in publisher.tables.values():
        for area in [variable for variable in table.variables if variable.key == "area"]:
            added = codes if area.code == "Alue" else {code for code in codes if code.startswith("KU")}
            table.change(area.code, values=tuple(dict.fromkeys((*area.values, *sorted(added)))))
    ended = check("sources", "check")
    assert ended.code == 0 and all(line[:2].isdigit() for line in ended.said)
    assert "content TYOTOSUUS" in ended.out and "missing" not in ended.out
    assert all(f"area {code}" in ended.out for code in shown)
    asked = {call.path.rpartition("/")[2] for call in publisher.calls}
    assert asked - {""} == {f"{name}.px" for name in publisher.tables if name != NO_CONCERN}
    assert {call.method for call in publisher.calls} == {"GET"}


def test_a_code_that_is_gone_and_a_source_that_does_not_answer_end_with_one(publisher: StatFin, check: Command) -> None:
    publisher.faults += [faults.LostContent("UUDETAVP", path="12r5"), faults.Status(400, path="135z")]
    ended = check("sources", "check")
    rows = [line.split() for line in ended.out.splitlines()]
    assert ended.code == 1
    assert [R5, "content", "UUDETAVP", "missing"] in rows and [R5, "content", "TYOTOSUUS", "there"] in rows
    assert any(line.startswith(LFS) and "metadata" in line and "HTTP 400" in line for line in ended.out.splitlines())
    assert "Traceback" not in ended.err


def test_the_status_of_an_empty_folder_says_so_for_every_source(run: Command) -> None:
    ended = run("status")
    assert ended.code == 1 and ended.out.count("empty") == 27 and ended.out.count("ended") == 13


def test_the_status_tells_the_last_error_until_it_is_mended(publisher: StatFin, tmp_path: Path, run: Command) -> None:
    fetch_well(publisher, tmp_path, LFS)
    publisher.tables["135z"].stamp = "2026-10-20T05:00:00Z"
    publisher.faults.append(faults.Status(403))
    assert run("ingest", LFS).code == 1
    rows = {row["source"]: row for row in json.loads(run("status", "--json").out)}
    assert "HTTP 403" in rows[LFS]["last_error"] and rows[LFS]["newest_period"] == "2026-08"
    assert f"{LFS}: " in run("status").out
    publisher.faults.clear()
    assert run("ingest", LFS).code == 0
    assert json.loads(run("status", "--json").out)[-1]["last_error"] == ""


def test_what_only_ships_with_the_project_is_stale_and_the_status_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    load_shipped(load_settings(data_dir=tmp_path), load_catalogue())
    ended = command_here(monkeypatch, capsys, environment_of("http://127.0.0.1:9", tmp_path, demo=False))("status")
    assert ended.code == 1 and "run 'koillismaa ingest'" in ended.out and "stale" in ended.out


# --- what is checked before anything starts ---------------------------------------------------------------------------


def test_the_configuration_that_ships_names_known_areas_only(tmp_path: Path) -> None:
    check_area_codes(load_settings(data_dir=tmp_path))


@pytest.mark.parametrize("code", ["999", "199", "SK999", "TA99", "MK91"])
def test_an_area_that_is_no_place_stops_the_start(tmp_path: Path, code: str) -> None:
    with pytest.raises(SettingsRefused, match=f"names the area {code}"):
        check_area_codes(load_settings(data_dir=tmp_path, neighbours=(code,)))


def test_an_area_that_a_publisher_taught_us_is_known(publisher: StatFin, tmp_path: Path) -> None:
    area = publisher.tables["12r5"].variable("Alue")
    new = {"KU998": dict.fromkeys(("fi", "sv", "en"), "Uusikunta")}
    publisher.tables["12r5"].change("Alue", values=(*area.values, "KU998"), labels=dict(area.labels) | new)
    publisher.tables["12r5"].fill = taught(publisher)
    with pytest.raises(SettingsRefused, match="998"):
        check_area_codes(settings_for(publisher, tmp_path, neighbours=("998",)))
    fetch_well(publisher, tmp_path, R5)
    check_area_codes(settings_for(publisher, tmp_path, neighbours=("998",)))
    assert ask(tmp_path, "select level, name_fi from area where area = '998'") == [("municipality", "Uusikunta")]


def taught(publisher: StatFin) -> Fill:
    """Return a filling that gives the new municipality the figures of Kuusamo."""
    fill = publisher.tables["12r5"].fill
    return lambda picks: fill({**picks, "area": ["KU305" if code == "KU998" else code for code in picks["area"]]})


def test_a_folder_of_one_kind_is_refused_by_settings_of_the_other(publisher: StatFin, tmp_path: Path) -> None:
    check_edition(load_settings(data_dir=tmp_path))
    fetch_well(publisher, tmp_path, LFS)
    check_edition(settings_for(publisher, tmp_path))
    with pytest.raises(MadeUpRefused, match="KOILLISMAA_DATA_DIR"):
        check_edition(load_settings(data_dir=tmp_path))


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"nosuch\n", b"../../elsewhere\n"])
def test_a_current_that_names_nothing_is_told_and_not_followed(
    publisher: StatFin, tmp_path: Path, run: Command, content: bytes
) -> None:
    fetch_well(publisher, tmp_path, LFS)
    (tmp_path / "current").write_bytes(content)
    with pytest.raises(DatabaseRefused, match="current"):
        check_edition(settings_for(publisher, tmp_path))
    ended = run("ingest", LFS)
    assert ended.code == 1 and len(ended.said) == 1


def test_a_start_with_nothing_to_add_does_not_wait_for_a_busy_writer(tmp_path: Path) -> None:
    settings = load_settings(data_dir=tmp_path)
    assert load_shipped(settings, load_catalogue()) > 0
    before = current_version(tmp_path)
    with writing(tmp_path):
        assert load_shipped(settings, load_catalogue(), wait=0) == 0
    assert current_version(tmp_path) == before
