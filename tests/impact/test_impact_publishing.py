"""`koillismaa impact publish`: aggregates only, through the load path, versioned; rows of persons nowhere."""

import gzip
import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import queries.database as database
from ingest.archive import open_file
from ingest.errors import LayoutChanged
from ingest.impact.publish import as_file
from ingest.sources.impact_evaluation import NAME, parse
from queries.analysis.impact import evaluate
from queries.analysis.publication import publishable
from tests.impact.forms import Row, customer, example, few_rows, form, vocabulary
from tests.ingest.small import Command, ask, command_here

MARK = "X7HENKILO"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a data folder with an empty database, so that what ships with the project need not be loaded each time."""
    with database.writing(tmp_path / "data"), database.next_version(tmp_path / "data"):
        pass
    return tmp_path / "data"


@pytest.fixture
def run(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    return command_here(monkeypatch, capsys, {"KOILLISMAA_DATA_DIR": str(folder)})


def people(positive: int, other: int, ongoing: int = 6, area: str = "305", start: int = 0) -> list[Row]:
    end = date(2025, 3, 1)
    ended: list[Row] = [{"end": end, "outcome": "work"}, {"end": end, "outcome": "moved"}]
    fates = ended[:1] * positive + ended[1:] * other + [Row()] * ongoing
    return [customer(f"{MARK}{area}N{place + start}", municipality=area, **fate) for place, fate in enumerate(fates)]


def filled(rows: list[Row], tmp_path: Path, name: str = "a.xlsx", **sheets: Any) -> str:
    path = tmp_path / name
    path.write_bytes(form(few_rows(customers=rows, services=[], **sheets)))
    return str(path)


def told(folder: Path) -> dict[tuple[str, str, str], float | None]:
    rows = ask(
        folder, "select area, dimension, category, value from latest_observation where indicator = 'impact_customers'"
    )
    return {(area, dimension, category): value for area, dimension, category, value in rows}


def test_aggregates_are_published_and_small_groups_hidden(run: Command, folder: Path, tmp_path: Path) -> None:
    rows = people(20, 12) + people(7, 3, area="832")
    before = database.current_version(folder)
    ended = run("impact", "publish", filled(rows, tmp_path), "--yes")
    assert ended.code == 0 and "impact_evaluation: loaded" in ended.out
    assert database.current_version(folder) > before
    held = told(folder)
    assert held["SSS", "project", "KOE"] == 54 and held["832", "project", "KOE"] == 16
    hidden = {(area, category) for (area, dimension, category), value in held.items() if value is None}
    assert hidden == {(area, f"KOE,{each}") for area in ("305", "832") for each in ("other", "ongoing")}
    release = ask(folder, "select source, channel, obtained from release where source = ?", NAME)
    assert release == [
        (NAME, "import", "koillismaa impact publish: aggregates of a form, groups of 1 to 4 persons hidden")
    ]
    assert ask(folder, "select name_fi from category where dimension = 'project'") == [("Koe",)]


def test_it_shows_what_it_publishes_and_asks(
    run: Command, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = database.current_version(folder)
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    ended = run("impact", "publish", filled(people(20, 12), tmp_path))
    assert ended.code == 1 and "nothing was published" in ended.err
    assert "Palvelun asiakkaat" in ended.out and "Kuusamo" in ended.out and "38" in ended.out
    assert database.current_version(folder) == before
    monkeypatch.setattr("impact_commands.click.confirm", lambda *_, **__: True)
    assert run("impact", "publish", filled(people(20, 12), tmp_path)).code == 0
    assert told(folder)["SSS", "project", "KOE"] == 38


def test_no_row_of_a_person_reaches_the_database_the_archive_the_state_or_what_is_printed(
    run: Command, folder: Path, tmp_path: Path
) -> None:
    ended = run("impact", "publish", filled(people(20, 12), tmp_path), "--yes")
    assert MARK not in ended.out + ended.err
    kept = [path for path in folder.rglob("*") if path.is_file()]
    assert len(kept) >= 4
    for path in kept:
        content = path.read_bytes()
        assert MARK.encode() not in (gzip.decompress(content) if path.suffix == ".gz" else content), path
    tables = [name for (name,) in ask(folder, "select table_name from information_schema.tables")]
    assert tables
    for table in tables:
        assert MARK not in str(ask(folder, f"select * from {table}"))


def test_the_same_again_is_nothing_new(run: Command, tmp_path: Path) -> None:
    path = filled(people(20, 12), tmp_path)
    assert run("impact", "publish", path, "--yes").code == 0
    ended = run("impact", "publish", path, "--yes")
    assert ended.code == 0 and "nothing new" in ended.out


def test_a_release_that_differs_by_a_small_group_is_refused(run: Command, folder: Path, tmp_path: Path) -> None:
    assert run("impact", "publish", filled(people(20, 12), tmp_path), "--yes").code == 0
    ended = run("impact", "publish", filled(people(23, 12), tmp_path), "--yes")
    assert ended.code == 1 and "differs by fewer" in ended.err
    assert told(folder)["SSS", "project", "KOE"] == 38
    assert run("impact", "publish", filled(people(26, 12), tmp_path), "--yes").code == 0
    assert told(folder)["SSS", "project", "KOE"] == 44


def test_another_project_stands_beside_the_first(run: Command, folder: Path, tmp_path: Path) -> None:
    assert run("impact", "publish", filled(people(20, 12), tmp_path), "--yes").code == 0
    other = [few_rows()["project"][0] | {"code": "TOINEN"}]
    assert run("impact", "publish", filled(people(21, 12), tmp_path, project=other), "--yes").code == 0
    assert told(folder)["SSS", "project", "TOINEN"] == 39 and told(folder)["SSS", "project", "KOE"] == 38


def test_made_up_persons_never_meet_real_figures(run: Command, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "e.xlsx").write_bytes(example())
    ended = run("impact", "publish", str(tmp_path / "e.xlsx"), "--yes")
    assert ended.code == 1 and "gave made-up figures" in ended.err
    assert told(folder) == {} and not (folder / "raw" / NAME).exists()


def test_too_few_customers_are_not_published(run: Command, folder: Path, tmp_path: Path) -> None:
    ended = run("impact", "publish", filled(people(2, 2, 0), tmp_path), "--yes")
    assert ended.code == 1 and "alle viisi" in ended.err and told(folder) == {}


def aggregates(tmp_path: Path, change: Callable[[dict[str, Any]], object] = lambda told: None) -> Path:
    """Write the file of aggregates of a form after a change by hand."""
    from ingest.impact.read import read_workbook

    material = read_workbook(form(few_rows(customers=people(20, 12), services=[])), vocabulary())
    content = json.loads(as_file(publishable(material, evaluate(material)), "KOE", "Koe", False))
    change(content)
    path = tmp_path / "aggregates.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def test_a_file_of_aggregates_is_imported_as_any_other(run: Command, folder: Path, tmp_path: Path) -> None:
    ended = run("import", str(aggregates(tmp_path)), "--source", NAME, "--published", "2026-01-15")
    assert ended.code == 0 and told(folder)["SSS", "project", "KOE"] == 38


@pytest.mark.parametrize(
    "change",
    [
        lambda told: told["rows"][0].__setitem__(5, 3),
        lambda told: told["rows"][0].__setitem__(0, "unemployment_rate"),
        lambda told: told["rows"].append([1]),
        lambda told: told.pop("format"),
        lambda told: told.__setitem__("rows", "x"),
    ],
)
def test_a_file_of_aggregates_that_was_changed_is_refused(tmp_path: Path, change: Callable[[Any], object]) -> None:
    with pytest.raises(LayoutChanged):
        parse(open_file(aggregates(tmp_path, change)))
