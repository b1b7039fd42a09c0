"""The rules of the house that a machine can see: walls between rooms, sizes, names, headers, locks."""

import ast
import re
import statistics
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from queries.read import SQL_FOLDER, load_query

ROOT = Path(__file__).parent.parent
ROOMS = ("queries", "ingest", "dashboards")
ROOTS = ("app.py", "impact_commands.py")
MAY_IMPORT = {"queries": {"queries"}, "ingest": {"ingest", "queries"}, "dashboards": {"dashboards", "queries"}}
FORBIDDEN_NAMES = {"utils", "helpers", "common", "base", "misc", "manager"}


def tracked(*endings: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True
    ).stdout.decode("utf-8", "surrogateescape")
    return [ROOT / name for name in listed.splitlines() if name.endswith(endings) and (ROOT / name).is_file()]


def product_modules() -> list[Path]:
    return [path for path in tracked(".py") if path.relative_to(ROOT).parts[0] in (*ROOMS, *ROOTS)]


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    yield from (node for node in ast.walk(parsed(path)) if isinstance(node, ast.FunctionDef))


def length(node: ast.FunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_itself_and_the_floor(room: str) -> None:
    crossings = [
        (name_of(path), module)
        for path in product_modules()
        if path.relative_to(ROOT).parts[0] == room
        for module in imported(parsed(path))
        if module.partition(".")[0] in {*ROOMS, "app", "impact_commands", "tests"} - MAY_IMPORT[room]
    ]
    assert crossings == []


def test_ingest_never_reads_through_the_pages_door() -> None:
    readers = [name_of(path) for path in product_modules() if "queries.read" in imported(parsed(path))]
    assert [name for name in readers if name.startswith("ingest")] == []


def test_only_the_one_client_imports_httpx() -> None:
    users = [name_of(path) for path in product_modules() if "httpx" in imported(parsed(path))]
    assert users == ["ingest/http.py"]


@pytest.mark.parametrize("package", ["plotly", "dash", "httpx", "flask"])
def test_the_floor_knows_no_web_and_no_charts(package: str) -> None:
    floor = [path for path in product_modules() if path.relative_to(ROOT).parts[0] == "queries"]
    users = [name_of(path) for path in floor for module in imported(parsed(path)) if module.split(".")[0] == package]
    assert users == []


def test_the_dashboards_hold_no_sql() -> None:
    spoken = re.compile(r"\bselect\b.+\bfrom\b|\binsert into\b", re.IGNORECASE | re.DOTALL)
    rooms = [path for path in product_modules() if path.relative_to(ROOT).parts[0] == "dashboards"]
    strings = [
        (name_of(path), node.value[:60])
        for path in rooms
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and spoken.search(node.value)
    ]
    assert strings == []


@pytest.mark.parametrize("path", sorted(SQL_FOLDER.glob("*.sql")), ids=lambda path: path.stem)
def test_a_query_says_what_it_gives_takes_and_how_its_rows_are_keyed(path: Path) -> None:
    head = path.read_text(encoding="utf-8").splitlines()[:3]
    assert head[0].startswith(f"-- {path.stem}: ")
    assert head[1].startswith("-- params:")
    assert head[2].startswith("-- one row per: ")
    named = {name.strip() for name in head[1].removeprefix("-- params:").split(",") if name.strip()}
    assert named == load_query(path.stem)[1]


def test_no_file_is_longer_than_five_hundred_lines() -> None:
    lengths = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in tracked(".py")}
    assert {name: lines for name, lines in lengths.items() if lines > 500} == {}


def test_functions_are_short() -> None:
    lengths = sorted((length(node), node.name, name_of(path)) for path in product_modules() for node in functions(path))
    only = [each[0] for each in lengths]
    assert lengths[-1][0] <= 70, lengths[-1]
    assert statistics.median(only) <= 12
    assert statistics.quantiles(only, n=20)[-1] <= 45


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [
        name_of(path) for path in tracked(".py") if FORBIDDEN_NAMES & set(path.relative_to(ROOT).with_suffix("").parts)
    ] == []


def test_every_module_and_public_function_has_a_docstring() -> None:
    silent = [name_of(path) for path in product_modules() if not ast.get_docstring(parsed(path))]
    silent += [
        f"{name_of(path)}:{node.name}"
        for path in product_modules()
        for node in parsed(path).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert silent == []


def test_nothing_catches_every_exception() -> None:
    catching = [
        f"{name_of(path)}:{node.lineno}"
        for path in product_modules()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id in ("Exception", "BaseException")))
    ]
    assert catching == []


def test_a_lock_file_holds_plain_pins_and_no_address() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        assert lines and [line for line in lines if not re.fullmatch(r"[\w.-]+==[\w.]+", line)] == []


def test_no_tracked_file_sets_a_package_index() -> None:
    word = "index" + "-url"
    naming = [name_of(path) for path in tracked("") if word in path.read_bytes().decode("utf-8", "replace")]
    assert naming == []
