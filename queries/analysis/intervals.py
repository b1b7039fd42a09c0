"""Intervals of shares whose number of answers is not told: from the fewest answers that can make the printed shares.

Fewer answers make a wider interval, so that of the fewest ones is about the widest that the printed shares allow.
"""

from collections.abc import Sequence

from queries.analysis.proportion import Estimate, share

ENOUGH = 1000
"""So many answers make every set of shares printed in whole percents."""


def fewest_answers(percents: Sequence[float]) -> tuple[int, ...]:
    """Return the counts of the fewest answers that round to some whole percents of one whole; () where none do."""
    for base in range(1, ENOUGH):
        counts = counts_of(percents, base)
        if counts:
            return counts
    return ()


def counts_of(percents: Sequence[float], base: int) -> tuple[int, ...]:
    """Return counts that add up to a base and round to some whole percents, () where there are none.

    A half may have been rounded either way.
    """
    possible = [[n for n in range(base + 1) if abs(100 * n / base - percent) <= 0.5] for percent in percents]
    chosen: list[tuple[int, ...]] = [()]
    for counts in possible:
        chosen = [(*before, n) for before in chosen for n in counts if sum(before) + n <= base]
    return next((counts for counts in chosen if sum(counts) == base), ())


def shares_of(counts: Sequence[int]) -> tuple[Estimate, ...]:
    """Return each count's share of all of them with Wilson's interval, as fractions."""
    return tuple(share(count, sum(counts)) for count in counts)
