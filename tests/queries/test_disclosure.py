"""No published table, with any combination of totals, lets a group of 1 to 4 persons be computed."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from queries.analysis.disclosure import LEAST, Groups, added_up, block_of, hidden_of, shown_cells, shown_parts, together

Numbers = npt.NDArray[np.float64]

few = st.one_of(st.integers(0, 8), st.just(0), st.integers(1, 4), st.integers(5, 30))


def frame(cells: Sequence[Sequence[int]]) -> pd.DataFrame:
    return pd.DataFrame(
        [list(row) for row in cells],
        index=[f"r{place}" for place in range(len(cells))],
        columns=[f"c{place}" for place in range(len(cells[0]))],
    )


def tables(rows: int, columns: int) -> st.SearchStrategy[pd.DataFrame]:
    return st.lists(st.lists(few, min_size=columns, max_size=columns), min_size=rows, max_size=rows).map(frame)


def divided(table: pd.DataFrame) -> tuple[Groups, Groups]:
    """Return the rows and columns of a table, hidden ones in one group."""
    rows, columns = ({str(name): int(count) for name, count in table.sum(axis=way).items()} for way in (1, 0))
    return together(rows), together(columns)


def cells_of(table: pd.DataFrame, rows: Sequence[int], columns: Sequence[int]) -> Numbers:
    """Return the union of rows and columns of a table, as a row of 0 and 1."""
    chosen = np.zeros(table.shape)
    chosen[np.ix_(list(rows), list(columns))] = 1
    return chosen.ravel()


def published(table: pd.DataFrame) -> tuple[Numbers, Numbers]:
    """Return the unions of cells whose counts a table shows, totals included, and these counts."""
    row_groups, column_groups = divided(table)
    shown = shown_cells(table, row_groups, column_groups)
    every = (range(shown.shape[0]), range(shown.shape[1]))
    known = [every, *(([row], [column]) for row, column in np.argwhere(shown.notna().to_numpy()))]
    known += [([row], every[1]) for row in every[0] if table.index[row] not in hidden_of(row_groups)]
    known += [(every[0], [column]) for column in every[1] if table.columns[column] not in hidden_of(column_groups)]
    unions = np.array([cells_of(table, *each) for each in known])
    return unions, unions @ table.to_numpy(dtype="float64").ravel()


def every_union(cells: int) -> Numbers:
    return ((np.arange(1, 2**cells)[:, None] >> np.arange(cells)) & 1).astype("float64")


def computable(unions: Numbers, known: Numbers) -> npt.NDArray[np.bool_]:
    """Tell of each union of cells whether its count follows from the known ones by any sums and differences."""
    _, sizes, directions = np.linalg.svd(known, full_matrices=False)
    span = directions[sizes > 1e-9]
    return np.asarray(np.abs(unions - unions @ span.T @ span).max(axis=1) < 1e-7)


def assert_no_small_union(known: Numbers, cells: Numbers) -> None:
    unions = every_union(cells.size)
    found = unions[computable(unions, known)] @ cells
    assert not ((found > 0) & (found < LEAST)).any()


def assert_no_small_cell_is_pinned(known: Numbers, counts: Numbers, cells: Numbers, unions: Numbers) -> None:
    """No small group has a single count that agrees with what is known and with nobody being fewer than none."""
    for union in unions[(unions @ cells > 0) & (unions @ cells < LEAST)]:
        ends = [linprog(sign * union, A_eq=known, b_eq=counts, bounds=(0, None)).fun * sign for sign in (1, -1)]
        assert ends[1] - ends[0] > 0.99, union


@given(st.one_of(tables(2, 2), tables(3, 3), tables(3, 4), tables(4, 3), tables(2, 5), tables(1, 4), tables(5, 2)))
@settings(max_examples=400)
def test_no_union_of_cells_that_can_be_computed_is_small(table: pd.DataFrame) -> None:
    if table.to_numpy().sum() >= LEAST:
        known, _ = published(table)
        assert_no_small_union(known, table.to_numpy(dtype="float64").ravel())


@given(st.one_of(tables(2, 3), tables(3, 3), tables(4, 3)))
@settings(max_examples=60)
def test_no_small_cell_is_pinned_by_what_is_known(table: pd.DataFrame) -> None:
    if table.to_numpy().sum() >= LEAST:
        known, counts = published(table)
        cells = table.to_numpy(dtype="float64").ravel()
        assert_no_small_cell_is_pinned(known, counts, cells, np.eye(cells.size))


@given(st.lists(st.integers(0, 12), min_size=1, max_size=9))
def test_no_union_of_parts_that_can_be_computed_is_small(parts: list[int]) -> None:
    counts = {f"p{place}": count for place, count in enumerate(parts)}
    if sum(parts) < LEAST:
        return
    shown = shown_parts(counts)
    known = [
        np.ones(len(parts)),
        *(np.eye(len(parts))[place] for place, part in enumerate(shown.values()) if part is not None),
    ]
    assert_no_small_union(np.array(known), np.array(parts, dtype="float64"))


@given(st.one_of(tables(3, 4), tables(5, 3)))
def test_a_cell_is_shown_as_it_is_or_not_at_all(table: pd.DataFrame) -> None:
    if table.to_numpy().sum() < LEAST:
        return
    rows, columns = divided(table)
    shown = shown_cells(table, rows, columns)
    assert ((shown == table) | shown.isna()).all(axis=None)
    assert not ((shown > 0) & (shown < LEAST)).any(axis=None)


def test_small_parts_are_hidden_with_the_next_larger_one() -> None:
    assert shown_parts({"a": 40, "b": 3, "c": 7, "d": 0}) == {"a": 40, "b": None, "c": None, "d": 0}
    assert shown_parts({"a": 40, "b": 3, "c": 4}) == {"a": 40, "b": None, "c": None}
    assert shown_parts({"a": 40, "b": 7}) == {"a": 40, "b": 7}


def test_a_block_grows_until_its_sums_are_large_enough() -> None:
    sums = [[30, 3, 9], [20, 12, 8], [10, 6, 0]]
    rows, columns = block_of(sums)
    assert 0 in rows and 1 in columns and len(rows) > 1 and len(columns) > 1
    for row in rows:
        assert sum(sums[row][column] for column in columns) >= LEAST
    for column in columns:
        assert sum(sums[row][column] for row in rows) >= LEAST


def test_a_table_without_small_cells_is_shown_whole() -> None:
    table = frame([[10, 5, 0], [7, 8, 9]])
    rows, columns = divided(table)
    assert shown_cells(table, rows, columns).equals(table.astype("float64"))
    assert added_up(table, rows, columns) == [[10, 5, 0], [7, 8, 9]]


@pytest.mark.parametrize("total", [1, 4])
def test_of_a_total_that_is_small_no_part_is_shown(total: int) -> None:
    assert set(shown_parts({"a": total, "b": 0}).values()) == {None}
