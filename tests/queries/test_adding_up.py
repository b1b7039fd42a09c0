"""What the catalogue says is not additive is never summed, by no path."""

import ast
import re
from pathlib import Path

import pytest

from queries.catalogue import add_up, load_catalogue
from queries.errors import SumRefused
from queries.export import TABLES
from queries.read import SQL_FOLDER

ROOT = Path(__file__).parent.parent.parent
INDICATORS = load_catalogue().indicators

# Every place of queries, ingest and app.py that sums figures, and what keeps persons out of it.
KNOWN_SUMS = {
    "ingest/checks.py": "where additive",
    "ingest/kela_source.py": "if not indicator.additive and not",
    "queries/analysis/forecast.py": "add_up(indicator, found.expected)",
    "queries/analysis/intervals.py": "counts that add up to a base",
    "queries/catalogue.py": "if not indicator.additive:",
}
# Modules of the impact tool count the rows of one form, each row once; figures of the catalogue never come to them.
COUNT_ROWS_OF_A_FORM = {
    "ingest/impact/container.py",
    "ingest/impact/read.py",
    "queries/analysis/costs.py",
    "queries/analysis/customers.py",
    "queries/analysis/disclosure.py",
    "queries/analysis/impact.py",
    "queries/analysis/promoters.py",
    "queries/analysis/publication.py",
    "queries/analysis/survival.py",
}
SUMS_IN_SQL = re.compile(r"\b(sum|fsum|kahan_sum|sum_no_overflow|avg|mean)\s*\(", re.IGNORECASE)
SUMMING_NAMES = {"sum", "fsum", "nansum", "cumsum", "mean", "resample", "rolling"}


def product_files() -> list[Path]:
    rooms = [path for room in ("queries", "ingest") for path in (ROOT / room).rglob("*.py")]
    return [*rooms, ROOT / "app.py"]


def sums_in(path: Path) -> bool:
    """Tell whether a module sums anything: in Python, in pandas or in its SQL."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in SUMMING_NAMES:
                return True
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SUMS_IN_SQL.search(node.value):
            return True
    return False


def test_every_place_that_sums_is_known_and_keeps_persons_out() -> None:
    summing = {str(path.relative_to(ROOT)) for path in product_files() if sums_in(path)}
    assert summing - COUNT_ROWS_OF_A_FORM == KNOWN_SUMS.keys()
    for name, guard in KNOWN_SUMS.items():
        assert guard in (ROOT / name).read_text(encoding="utf-8"), name


def test_what_counts_the_rows_of_a_form_knows_no_figure_of_the_catalogue() -> None:
    for name in COUNT_ROWS_OF_A_FORM:
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "queries.catalogue" not in text and "queries.read" not in text and "queries.database" not in text


@pytest.mark.parametrize("path", sorted(SQL_FOLDER.glob("*.sql")), ids=lambda path: path.stem)
def test_no_named_query_sums(path: Path) -> None:
    assert not SUMS_IN_SQL.search(path.read_text(encoding="utf-8"))


def test_no_table_of_the_export_sums() -> None:
    assert [name for name, sql in TABLES.items() if SUMS_IN_SQL.search(sql) or "group by" in sql] == []


@pytest.mark.parametrize("code", [code for code, each in INDICATORS.items() if not each.additive])
def test_a_sum_of_what_is_not_additive_is_refused(code: str) -> None:
    with pytest.raises(SumRefused, match=code) as error:
        add_up(INDICATORS[code], [1, 2])
    assert len(str(error.value).splitlines()) == 1


def test_euros_add_up() -> None:
    assert add_up(INDICATORS["cofunded_benefit_municipal_eur"], [1.5, -0.5]) == 1


def test_persons_of_the_co_funded_benefit_are_not_additive() -> None:
    persons = [each for code, each in INDICATORS.items() if code.startswith("cofunded_") and each.unit == "persons"]
    assert len(persons) == 2 and not any(each.additive for each in persons)
