"""A snapshot answers from one version, its frames belong to who asked, and a new version is followed."""

from pathlib import Path

import pytest

from queries.database import has_database, next_version, read_state, version_path, writing
from queries.errors import NoDatabase, PublishFailed, QueryRefused
from queries.read import Reader, end_of_day
from queries.settings import load_settings

ROW = "insert into area (area, level, name_fi, name_sv, name_en) values ('305', 'municipality', $name, $name, $name)"


def publish(folder: Path, name: str) -> None:
    with writing(folder), next_version(folder) as connection:
        connection.execute("delete from area")
        connection.execute(ROW, {"name": name})


def name_in(reader: Reader) -> str:
    return str(reader.snapshot().frame("areas")["name_fi"].iloc[0])


def test_a_reader_follows_the_current_version_and_a_snapshot_keeps_its_own(tmp_path: Path) -> None:
    publish(tmp_path, "first")
    reader = Reader(tmp_path)
    before = reader.snapshot()
    assert name_in(reader) == "first"
    publish(tmp_path, "second")
    assert name_in(reader) == "second"
    assert before.frame("areas")["name_fi"].iloc[0] == "first"


def test_a_frame_that_its_asker_changes_is_not_changed_for_others(tmp_path: Path) -> None:
    publish(tmp_path, "first")
    reader = Reader(tmp_path)
    mine = reader.snapshot().frame("areas")
    mine["name_fi"] = "changed"
    mine.loc[0, "level"] = "changed"
    assert name_in(reader) == "first"
    assert reader.snapshot().frame("areas")["level"].iloc[0] == "municipality"


def test_another_question_gets_another_answer(tmp_path: Path) -> None:
    publish(tmp_path, "first")
    snapshot = Reader(tmp_path).snapshot()
    assert [len(snapshot.frame("breaks", subjects=subjects)) for subjects in ([], ["x"], [])] == [0, 0, 0]
    assert len(snapshot.answered) == 2


def test_an_error_in_a_build_publishes_nothing_and_leaves_nothing(tmp_path: Path) -> None:
    publish(tmp_path, "first")
    with pytest.raises(RuntimeError), writing(tmp_path), next_version(tmp_path) as connection:
        connection.execute("delete from area")
        raise RuntimeError
    assert name_in(Reader(tmp_path)) == "first"
    assert [path.suffix for path in (tmp_path / "versions").iterdir()] == [".duckdb"]


def test_three_versions_are_kept(tmp_path: Path) -> None:
    for turn in range(5):
        publish(tmp_path, str(turn))
    assert len(list((tmp_path / "versions").iterdir())) == 3
    assert name_in(Reader(tmp_path)) == "4"


def test_an_older_version_can_be_named_again(tmp_path: Path) -> None:
    publish(tmp_path, "first")
    first = (tmp_path / "current").read_text()
    publish(tmp_path, "second")
    (tmp_path / "current").write_text(first)
    assert version_path(tmp_path, first.strip()).is_file()
    assert name_in(Reader(tmp_path)) == "first"


def test_only_one_may_write(tmp_path: Path) -> None:
    with writing(tmp_path), pytest.raises(PublishFailed, match="Only one process may write"), writing(tmp_path):
        pass


def test_an_empty_folder_is_told_as_such(tmp_path: Path) -> None:
    assert not has_database(tmp_path)
    with pytest.raises(NoDatabase, match="koillismaa ingest"):
        Reader(tmp_path).snapshot()


def test_a_damaged_state_file_is_an_empty_state(tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    for text in ("", "{", "[]", '{"unknown": 1}'):
        (tmp_path / "state" / "x.json").write_text(text)
        assert read_state(tmp_path, "x").last_success == ""


@pytest.mark.parametrize(("name", "params"), [("nosuch", {}), ("areas", {"more": 1}), ("breaks", {})])
def test_an_unknown_query_or_other_parameters_are_refused(tmp_path: Path, name: str, params: dict[str, int]) -> None:
    publish(tmp_path, "first")
    with pytest.raises(QueryRefused):
        Reader(tmp_path).snapshot().frame(name, **params)


def test_a_day_ends_at_midnight_in_helsinki() -> None:
    from datetime import date

    assert end_of_day(date(2026, 6, 15)).isoformat() == "2026-06-15T20:59:59.999999"
    assert end_of_day(date(2026, 12, 15)).isoformat() == "2026-12-15T21:59:59.999999"


def test_the_shipped_configuration_is_valid() -> None:
    shown = load_settings().shown
    assert {"305", "832", "615", "614", "620", "SK178", "SSS"} <= shown.keys()
