"""Hide small groups in published counts so that no combination of what is shown lets one be computed.

A group of 1 to 4 persons is small; nobody is not a group. Two steps, each of which can be proved by hand:

Together. In a list of parts with a known total, all small parts are hidden together, with the next larger ones until
they hold 5 persons or more. Only their sum can be computed, and each may be anything from nobody to that sum.

Block. In a table of two ways, hidden parts of a list count as one row or column. All rows with a small cell and all
columns with one form a block, every cell of which is hidden. It grows until the sum of each of its rows and columns is
nobody or 5 and more. The sums of its rows and of its columns are all that can be computed of it (a union of its cells
that follows from them is a union of its rows or of its columns), and each of its cells may lie in a range at least 5
wide. What is shown outside it is nobody or 5 and more.

Tables that share a way, and are independent given it, stay safe side by side when the shared way is hidden alike.
"""

from collections.abc import Mapping, Sequence

import pandas as pd

LEAST = 5
"""The smallest group that may be shown."""

Groups = tuple[tuple[str, ...], ...]


def is_small(count: float) -> bool:
    """Tell whether a count is that of a group too small to be shown."""
    return 0 < count < LEAST


def together(counts: Mapping[str, int]) -> Groups:
    """Divide the parts of a total into those shown by themselves and at most one group of hidden ones.

    The sum of each group is 0 or at least LEAST; where the total itself is small, all parts are one group.
    """
    hidden = [part for part, count in counts.items() if is_small(count)]
    larger = sorted((part for part in counts if counts[part] >= LEAST), key=lambda part: (counts[part], part))
    if hidden and sum(counts[part] for part in hidden) < LEAST:
        hidden += larger[:1]
    if len(hidden) == 1:  # the total itself
        hidden += [part for part in counts if part not in hidden]
    shown: list[tuple[str, ...]] = [(part,) for part in counts if part not in hidden]
    return (*shown, tuple(hidden)) if hidden else tuple(shown)


def hidden_of(groups: Groups) -> set[str]:
    """Return the parts that are hidden."""
    return {part for group in groups if len(group) > 1 for part in group}


def shown_parts(counts: Mapping[str, int]) -> dict[str, int | None]:
    """Return the parts of a shown total, None for those that are hidden."""
    hidden = hidden_of(together(counts))
    return {part: None if part in hidden else count for part, count in counts.items()}


def shown_cells(table: pd.DataFrame, rows: Groups, columns: Groups) -> pd.DataFrame:
    """Return a table of two ways as floats, NaN where a cell is hidden.

    `rows` and `columns` divide its ways, as `together` divided their totals; the totals that are not hidden there may
    be shown beside the table, and the total of all, which is at least LEAST.
    """
    sums = added_up(table, rows, columns)
    block_rows, block_columns = block_of(sums)
    shown = table.astype("float64")
    for place, row in enumerate(rows):
        for other, column in enumerate(columns):
            in_block = place in block_rows and other in block_columns
            if in_block or len(row) > 1 or len(column) > 1:
                shown.loc[list(row), list(column)] = float("nan")
    return shown


def added_up(table: pd.DataFrame, rows: Groups, columns: Groups) -> list[list[int]]:
    """Return the sums of a table over groups of rows and columns."""
    return [[int(table.loc[list(row), list(column)].to_numpy().sum()) for column in columns] for row in rows]


def block_of(sums: Sequence[Sequence[int]]) -> tuple[set[int], set[int]]:
    """Return the rows and columns of the block that is hidden; both are empty where no cell is small.

    Every row and column of `sums` adds up to 0 or at least LEAST.
    """
    turned = [list(column) for column in zip(*sums, strict=True)]
    rows = {place for place, row in enumerate(sums) if any(map(is_small, row))}
    columns = {place for place, column in enumerate(turned) if any(map(is_small, column))}
    while grown(sums, rows, columns) or grown(turned, columns, rows):
        pass
    return rows, columns


def grown(sums: Sequence[Sequence[int]], lines: set[int], crossing: set[int]) -> bool:
    """Add to `crossing` what a line needs whose part in the block is small; tell whether anything was added."""
    for place in sorted(lines):
        if is_small(sum(sums[place][other] for other in crossing)):
            outside = [other for other, count in enumerate(sums[place]) if count and other not in crossing]
            crossing.add(min(outside, key=lambda other: (sums[place][other], other)))
            return True
    return False
