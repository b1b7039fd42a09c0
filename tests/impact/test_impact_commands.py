"""The commands `koillismaa impact …` from outside: files, sentences and exit codes."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.impact.forms import example, few_rows, form, with_cell
from tests.ingest.small import Command, command_here


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    return command_here(monkeypatch, capsys, {"KOILLISMAA_DATA_DIR": str(tmp_path / "data")})


@pytest.fixture
def keep(tmp_path: Path) -> Callable[[str, bytes], str]:
    def write(name: str, content: bytes) -> str:
        (tmp_path / name).write_bytes(content)
        return str(tmp_path / name)

    return write


Keep = Callable[[str, bytes], str]


def test_the_form_of_the_command_is_read_by_the_command(run: Command, tmp_path: Path) -> None:
    out = str(tmp_path / "form.xlsx")
    assert run("impact", "template", out, "--example").code == 0
    ended = run("impact", "analyse", out)
    assert ended.code == 0 and "Asiakkaita 524, joista 447" in ended.out


def test_an_empty_form_is_refused_with_a_line_a_fault(run: Command, tmp_path: Path) -> None:
    out = str(tmp_path / "form.xlsx")
    assert run("impact", "template", out, "--lang", "sv").code == 0
    ended = run("impact", "analyse", out, "--lang", "sv")
    assert ended.code == 1 and ended.out == ""
    assert ended.err.splitlines()[0] == "form.xlsx: Bladet Projekt: minst 1 rader väntades."


def test_a_report_is_written_in_each_form(run: Command, tmp_path: Path, keep: Keep) -> None:
    page, book = str(tmp_path / "r.html"), str(tmp_path / "r.xlsx")
    ended = run("impact", "analyse", keep("a.xlsx", example()), "--out", page, "--out", book)
    assert (ended.code, ended.out.split()) == (0, [page, book])
    assert Path(page).read_text(encoding="utf-8").startswith("<!doctype html>")
    assert Path(book).read_bytes().startswith(b"PK")


def test_two_forms_of_one_project_are_analysed_together(run: Command, keep: Keep) -> None:
    ended = run("impact", "analyse", keep("a.xlsx", form()), keep("b.xlsx", form(few_rows(feedback=[]))))
    assert ended.code == 0 and "Asiakkaita 6" in ended.out


def test_faults_of_all_forms_are_told_and_nothing_is_written(run: Command, tmp_path: Path, keep: Keep) -> None:
    files = keep("a.xlsx", with_cell("customers", "A3", "131052-308T")), keep("b.xlsx", b"text")
    ended = run("impact", "analyse", *files, "--out", str(tmp_path / "r.html"))
    assert ended.code == 1 and not (tmp_path / "r.html").exists()
    assert [line.split(":")[0] for line in ended.err.splitlines()] == ["a.xlsx", "b.xlsx"]
    assert "131052" not in ended.err


def test_a_form_of_another_project_is_named(run: Command, keep: Keep) -> None:
    project = [few_rows()["project"][0] | {"code": "TOINEN"}]
    ended = run("impact", "analyse", keep("a.xlsx", form()), keep("b.xlsx", form(few_rows(project=project))))
    assert ended.code == 1 and "Työkirja 2 on eri hankkeesta" in ended.err


def test_a_report_of_another_form_is_a_usage_error(run: Command, tmp_path: Path, keep: Keep) -> None:
    ended = run("impact", "analyse", keep("a.xlsx", form()), "--out", str(tmp_path / "r.docx"))
    assert ended.code == 2 and "a report ends in .html, .xlsx, .pdf" in ended.err


def test_a_filled_form_is_never_written_over(run: Command, keep: Keep) -> None:
    content = form()
    filled = keep("a.xlsx", content)
    for asked in (("template", filled), ("analyse", filled, "--out", filled)):
        ended = run("impact", *asked)
        assert ended.code == 1 and "it holds a form: name another" in ended.err
        assert Path(filled).read_bytes() == content


def test_a_folder_that_is_not_there_is_said(run: Command, tmp_path: Path, keep: Keep) -> None:
    ended = run("impact", "analyse", keep("a.xlsx", form()), "--out", str(tmp_path / "no" / "r.html"))
    assert ended.code == 1 and "expected to be writable" in ended.err and "Traceback" not in ended.err
