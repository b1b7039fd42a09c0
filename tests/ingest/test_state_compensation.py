"""The state's calculation table, loaded by hand: read as Finnish spreadsheets write it, refused with one sentence."""

from datetime import datetime
from pathlib import Path

import pytest

from ingest.archive import Raw
from ingest.errors import LayoutChanged
from ingest.source import Parsed, load_sources
from tests.ingest.small import ask, command_here, environment_of

SOURCE = "state_compensation"
GOOD = (
    "Kuntanumero;Kunta;Vuosi;Korvaus €\n305;Kuusamo;2025;1 234 567,50\n5;Alajärvi;2025;-20,5\n832;Taivalkoski;2025;\n"
)


def parsed(path: Path, text: str, encoding: str = "utf-8-sig") -> Parsed:
    path.write_bytes(text.encode(encoding))
    return load_sources()[SOURCE].parse(Raw(path, path.name, "", datetime(2026, 11, 24), ""))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "latin-1"])
def test_a_table_with_semicolons_and_decimal_commas_is_read(tmp_path: Path, encoding: str) -> None:
    text = GOOD.replace(" €", "") if encoding == "latin-1" else GOOD
    frame = parsed(tmp_path / "laskelma.csv", text, encoding).frame.sort_values("area")
    assert frame["area"].tolist() == ["005", "305", "832"]
    assert frame["period"].tolist() == ["2025"] * 3
    assert frame["value"].tolist()[:2] == [-20.5, 1234567.5]
    assert frame["status"].tolist() == ["", "", "missing"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (GOOD.replace("Korvaus €", "Euroja"), "no column of compensation"),
        (GOOD.replace("2025", "v. 2025"), "a year such as 2025"),
        (GOOD.replace("-20,5", "kaksi"), "euros as a number"),
        (GOOD.replace("305;", "Kuusamo;"), "three digits"),
        (GOOD.replace("305;", ";"), "a municipality's code"),
        ("<html>", "CSV"),
    ],
)
def test_another_table_is_refused_with_what_was_found(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(LayoutChanged, match=told):
        parsed(tmp_path / "laskelma.csv", text)


def test_the_table_is_loaded_by_hand_with_its_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    saved = tmp_path / "laskelma.csv"
    saved.write_text(GOOD, encoding="utf-8-sig")
    folder = tmp_path / "data"
    run = command_here(monkeypatch, capsys, environment_of("http://127.0.0.1:9", folder, demo=False))
    ended = run("import", str(saved), "--source", SOURCE, "--published", "2024-11-15")
    assert ended.code == 0, ended.err
    asked = "select value from latest_observation where indicator = 'state_compensation_eur' and area = '305'"
    assert ask(folder, asked) == [(1234567.5,)]
