"""Numbers that look random and depend on their keys alone: the same on every machine, with every version of numpy."""

import zlib
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Counts = NDArray[np.int64]
Figures = NDArray[np.float64]
Keys = NDArray[np.uint64]

_SEED = 20261124
_STEP = np.uint64(0x9E3779B97F4A7C15)
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)


def key(code: str) -> int:
    """Turn a code into a key."""
    return zlib.crc32(code.encode())


def keys(codes: tuple[str, ...]) -> Keys:
    """Turn codes into keys."""
    return np.array([key(code) for code in codes], dtype=np.uint64)


def scatter(*places: ArrayLike) -> Figures:
    """Give numbers from 0 up to 1 for places that broadcast together."""
    mixed: Keys = np.array(_SEED, dtype=np.uint64)
    with np.errstate(over="ignore"):
        for place in places:
            mixed = _mixed((mixed ^ np.asarray(place, dtype=np.uint64)) + _STEP)
    return np.asarray((mixed >> np.uint64(11)) / 2.0**53)


def _mixed(bits: Keys) -> Keys:
    bits = (bits ^ (bits >> np.uint64(30))) * _FIRST
    bits = (bits ^ (bits >> np.uint64(27))) * _SECOND
    return np.asarray(bits ^ (bits >> np.uint64(31)))


def around(mean: NDArray[np.floating[Any]], *places: ArrayLike) -> Counts:
    """Give whole numbers around a mean, further from it the larger it is, never below nought."""
    spread = np.sqrt(mean) * (scatter(*places) - 0.5)
    return np.asarray(np.maximum(np.floor(mean + spread + 0.5), 0), dtype=np.int64)


def between(low: Figures, high: Figures, total: Counts, turn: Figures) -> Counts:
    """Give the part of a whole number that lies between two cumulative shares; all parts from 0 to 1 add up to it."""
    return (np.floor(total * high + turn) - np.floor(total * low + turn)).astype(np.int64)
