"""Municipalities that are like one: nearest in size, in age structure and in what people work in."""

from collections.abc import Sequence

import numpy as np
import pandas as pd


def nearest(features: pd.DataFrame, area: str, count: int) -> list[str]:
    """Return the areas that are nearest to one, the nearest first, without itself.

    In, one row per area (the index), a column per feature; a column that is wholly missing, or the same everywhere,
    counts for nothing, and an area that lacks a feature is not compared. Each feature is measured in its own standard
    deviations, so that all weigh the same; the distance is Euclidean, and of equal ones the smaller code comes first.
    """
    used = features.dropna(axis="columns", how="all").dropna()
    if area not in used.index:
        return []
    spread = used.std(ddof=0)
    used = used.loc[:, spread > 0]
    if used.empty:
        return []
    standard = (used - used.mean()) / used.std(ddof=0)
    distances = ((standard - standard.loc[area]) ** 2).sum(axis=1) ** 0.5
    order = sorted((float(distance), str(code)) for code, distance in distances.items() if code != area)
    return [code for _, code in order[:count]]


def in_orders(sizes: Sequence[float]) -> list[float]:
    """Return sizes as logarithms: twice as large is as far away as half as large."""
    return [float(np.log(size)) if size > 0 else float("nan") for size in sizes]
