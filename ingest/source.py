"""The declaration of a source, and SOURCES: what the modules in ingest/sources declare.

A source is one table of a publisher. Its `fetch` asks first whether there is anything new, its `parse` turns kept
bytes into rows without a call, so that parsing can be repeated offline.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Protocol

import pandas as pd

from ingest.archive import Raw
from ingest.errors import SourceUnknown
from ingest.http import Answer, Client, Wanted
from ingest.pxweb import Known
from queries.settings import ByHand, Settings

FRAME_COLUMNS = ("indicator", "area", "period", "dimension", "category", "value", "status", "origin")


@dataclass(frozen=True)
class Parsed:
    """What one raw answer holds.

    frame: FRAME_COLUMNS, one row per indicator, area, period, dimension and category; period as in the database.
    areas: names in Finnish by code, of what the answer names; `no_places` are those of them that are no places (any
    more). categories: dimension, code, names in Finnish, Swedish and English, '' for one that the answer does not give.
    stamp: the publisher's, naive UTC, ISO 8601; '' where the answer has none.
    """

    frame: pd.DataFrame
    stamp: str = ""
    areas: tuple[tuple[str, str], ...] = ()
    categories: tuple[tuple[str, str, str, str, str], ...] = ()
    no_places: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Fetch:
    """The planned calls of a source: how many, and the answers as they come, or the large files to stream to disk."""

    total: int
    answers: Iterator[Answer | Wanted]


class Parse(Protocol):
    """One raw answer → what it holds; `by_hand` is what the operator says of a layout that we do not know.

    beside: all answers of the release, for one that cannot be understood alone.
    """

    def __call__(self, raw: Raw, by_hand: ByHand = ..., beside: Sequence[Raw] = ...) -> Parsed:
        """Raises LayoutChanged."""


@dataclass(frozen=True)
class Source:
    """One table of a publisher.

    fetch: client, settings, what we know, first period wanted (or None) → planned calls; raises NothingNew. A source
    that its publisher has ended has no fetch and no check: it is loaded from files.
    parse: one raw answer → what it holds. check: the codes we use → a sentence each, for 'sources check'.
    roles: what an operator may name a column of in [source.<name>.columns].
    """

    name: str
    indicators: tuple[str, ...]
    parse: Parse
    fetch: Callable[[Client, Settings, Known, str | None], Fetch] | None = None
    check: Callable[[Client, Settings], list["CodeCheck"]] | None = None
    roles: tuple[str, ...] = ()


@dataclass(frozen=True)
class CodeCheck:
    """Whether something that we use still exists at the publisher."""

    what: str
    found: str
    missing: bool = False


def empty_frame() -> pd.DataFrame:
    """Return a frame without rows, for an answer that holds no figures."""
    return pd.DataFrame(columns=list(FRAME_COLUMNS)).astype({"value": "float64"})


@cache
def load_sources() -> dict[str, Source]:
    """Return every declared source by name, in the order of their modules."""
    folder = Path(__file__).parent / "sources"
    modules = [import_module(f"ingest.sources.{module.name}") for module in iter_modules([str(folder)])]
    return {source.name: source for module in modules for source in module.SOURCES}


def pick_sources(names: tuple[str, ...]) -> list[Source]:
    """Return the named sources, all that can be fetched when none is named. Raises SourceUnknown."""
    sources = load_sources()
    unknown = [name for name in names if name not in sources]
    if unknown:
        raise SourceUnknown(f"No source is named {unknown[0]}; there are {', '.join(sources)}.")
    return [sources[name] for name in names] or [source for source in sources.values() if source.fetch]
