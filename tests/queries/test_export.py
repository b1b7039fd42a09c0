"""The whole database leaves as a data package that others can check without knowing us."""

import csv
import json
from pathlib import Path
from typing import Any, Literal

import duckdb
import openpyxl
import pytest
from frictionless import Package, validate

from queries import export
from queries.export import TABLES, export_package
from tests.ingest.small import ask, fetch_well, small_publisher

Form = Literal["csv", "parquet", "xlsx"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    with small_publisher("2026M07") as publisher:
        fetch_well(publisher, folder)
        table = publisher.tables["12r5"]
        table.stamp = "2026-10-20T05:00:00Z"
        table.revise({"Alue": "KU305", "timeperiod_m": "2026M08", "contentscode": "UUDETAVP"}, 777)
        fetch_well(publisher, folder)
    return folder


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def held(folder: Path, name: str) -> int:
    return int(ask(folder, f"select count(*) from ({TABLES[name]})")[0][0])


@pytest.mark.parametrize("form", ["csv", "parquet", "xlsx"])
def test_every_table_is_a_file_with_all_its_rows(folder: Path, tmp_path: Path, form: Form) -> None:
    written = export_package(folder, tmp_path, form)
    assert {path.name for path in written} == {*(f"{name}.{form}" for name in TABLES), "datapackage.json"}
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(path.name for path in written)
    for name in TABLES:
        path = tmp_path / f"{name}.{form}"
        if form == "csv":
            count = len(rows_of(path))
        elif form == "parquet":
            count = len(duckdb.read_parquet(str(path)).fetchall())
        else:
            count = openpyxl.load_workbook(path, read_only=False).active.max_row - 1
        assert count == held(folder, name), name
    assert held(folder, "observation") > 1000 and held(folder, "revision") == 1


@pytest.mark.parametrize("form", ["csv", "parquet", "xlsx"])
def test_the_description_fits_the_files(folder: Path, tmp_path: Path, form: Form) -> None:
    export_package(folder, tmp_path, form)
    description = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    assert list(Package.metadata_validate(description)) == []
    for resource in description["resources"]:
        fields = [field["name"] for field in resource["schema"]["fields"]]
        path = tmp_path / resource["path"]
        if form == "csv":
            with path.open(encoding="utf-8", newline="") as file:
                assert fields == next(csv.reader(file))
        elif form == "parquet":
            assert fields == duckdb.read_parquet(str(path)).columns
        else:
            sheet = openpyxl.load_workbook(path)[resource["dialect"]["excel"]["sheet"]]
            assert fields == [cell.value for cell in next(sheet.iter_rows(max_row=1))]


def test_the_csv_package_is_valid_for_frictionless(folder: Path, tmp_path: Path) -> None:
    export_package(folder, tmp_path, "csv")
    report = validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.flatten(["title", "note", "rowNumber"])[:5]
    assert {task.name: task.stats["rows"] for task in report.tasks} == {
        name.replace("_", "-"): held(folder, name) for name in TABLES
    }


def test_a_hidden_cell_is_empty_and_its_status_says_why(folder: Path, tmp_path: Path) -> None:
    export_package(folder, tmp_path, "csv")
    rows = rows_of(tmp_path / "observation.csv")
    hidden = [row for row in rows if row["status"] == "suppressed"]
    assert len(hidden) > 10 and {row["value"] for row in hidden} == {""}
    assert all(row["value"] for row in rows if row["status"] == "")
    export_package(folder, tmp_path, "xlsx")
    sheet: Any = openpyxl.load_workbook(tmp_path / "observation.xlsx").active
    header, *body = sheet.iter_rows(values_only=True)
    value, status = header.index("value"), header.index("status")
    assert sum(row[status] == "suppressed" for row in body) == len(hidden)
    assert all((row[value] is None) == (row[status] == "suppressed") for row in body)


def test_a_revised_figure_leaves_in_both_its_forms(folder: Path, tmp_path: Path) -> None:
    export_package(folder, tmp_path, "csv")
    key = {"indicator": "new_vacancies", "area": "305", "period": "2026-08"}
    (now,) = [row for row in rows_of(tmp_path / "observation.csv") if key.items() <= row.items()]
    (before,) = [row for row in rows_of(tmp_path / "revision.csv") if key.items() <= row.items()]
    assert float(now["value"]) == 777 and before["known_to"] == now["known_from"] == "2026-10-20T05:00:00Z"


def test_a_package_of_made_up_data_says_so_in_its_title(folder: Path, tmp_path: Path) -> None:
    export_package(folder, tmp_path, "csv")
    assert "ei oikeita lukuja" in json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))["title"]


def test_a_table_that_does_not_fit_a_sheet_goes_on_in_the_next(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "ROWS_A_SHEET", 100)
    export_package(folder, tmp_path, "xlsx")
    book = openpyxl.load_workbook(tmp_path / "area.xlsx")
    counts = [sheet.max_row - 1 for sheet in book.worksheets]
    assert book.sheetnames[:2] == ["area", "area2"] and sum(counts) == held(folder, "area")
    assert counts[:-1] == [100] * (len(counts) - 1) and 0 < counts[-1] <= 100
    description = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    named = [each for each in description["resources"] if each["path"] == "area.xlsx"]
    assert [each["dialect"]["excel"]["sheet"] for each in named] == book.sheetnames
    assert len({each["name"] for each in description["resources"]}) == len(description["resources"])
