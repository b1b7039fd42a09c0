"""Positions of areas by a rate, as ranges: a position is not told more exactly than a few persons allow.

The range of an area holds every position that it would take if up to `persons` more or fewer were unemployed, with
its labour force and all other areas as they are. Areas with the same published rate share their positions.
"""

from bisect import bisect_left, bisect_right

import pandas as pd

PERSONS = 5
"""So many persons more or fewer are within what chance and the day of counting can do."""


def rank(frame: pd.DataFrame, decimals: int, persons: int = PERSONS) -> pd.DataFrame:
    """Rank areas from the lowest rate to the highest.

    In, one row per area: area, rate (per cent, as published), unemployed, labour_force; NaN is what is hidden or not
    held. Out, one row per area that has a rate, lowest first, then by area: area, rate, lowest and highest (the rate
    with that many fewer or more unemployed, rounded as published), first and last (position, from 1). Without persons
    and labour force the range covers shared positions only.
    """
    columns = (frame[name].tolist() for name in ("rate", "area", "unemployed", "labour_force"))
    shown = sorted(row for row in zip(*columns, strict=True) if row[0] == row[0])  # a NaN is not itself
    rates = [row[0] for row in shown]
    moved = [move(rate, count, force, decimals, persons) for rate, _, count, force in shown]
    return pd.DataFrame(
        {
            "area": [row[1] for row in shown],
            "rate": rates,
            "lowest": [low for low, _ in moved],
            "highest": [high for _, high in moved],
            "first": [1 + bisect_left(rates, low) for low, _ in moved],
            # the area itself is among those that are not above the higher rate
            "last": [bisect_right(rates, high) for _, high in moved],
        }
    )


def move(rate: float, unemployed: float, labour_force: float, decimals: int, persons: int) -> tuple[float, float]:
    """Return the rates with some persons fewer and more, never above and below the published one."""
    if not labour_force > 0 or unemployed != unemployed:
        return rate, rate
    fewer, more = max(unemployed - persons, 0.0), min(unemployed + persons, labour_force)
    low, high = (round(100 * count / labour_force, decimals) for count in (fewer, more))
    return min(low, rate), max(high, rate)
