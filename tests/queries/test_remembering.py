"""A question asked before is answered from memory, and the answer belongs to who asked."""

from pathlib import Path

from queries.database import next_version, version_path, writing
from queries.read import Reader
from queries.settings import load_settings

ROW = "insert into area (area, level, name_fi, name_sv, name_en) values ('305', 'municipality', $name, $name, $name)"


def publish(folder: Path, name: str) -> None:
    with writing(folder), next_version(folder) as connection:
        connection.execute("delete from area")
        connection.execute(ROW, {"name": name})


def name_in(reader: Reader) -> str:
    return str(reader.snapshot().frame("areas")["name_fi"].iloc[0])


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


def test_an_older_version_can_be_named_again(tmp_path: Path) -> None:
    publish(tmp_path, "first")
    first = (tmp_path / "current").read_text()
    publish(tmp_path, "second")
    (tmp_path / "current").write_text(first)
    assert version_path(tmp_path, first.strip()).is_file()
    assert name_in(Reader(tmp_path)) == "first"


def test_the_shipped_configuration_is_valid() -> None:
    shown = load_settings().shown
    assert {"305", "832", "615", "614", "620", "SK178", "SSS"} <= shown.keys()
