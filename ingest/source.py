"""The declaration of a source, and SOURCES: what the modules in ingest/sources declare.

A source is one table of a publisher. Its `fetch` asks first whether there is anything new, its `parse` turns kept
bytes into rows without a call, so that parsing can be repeated offline.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pandas as pd

from ingest.archive import Raw
from ingest.errors import SourceUnknown
from ingest.http import Answer, Client
from ingest.pxweb import Known
from queries.settings import Settings

FRAME_COLUMNS = ("indicator", "area", "period", "dimension", "category", "value", "status", "origin")


@dataclass(frozen=True)
class Parsed:
    """What one raw answer holds.

    frame: FRAME_COLUMNS, one row per indicator, area, period, dimension and category; period as in the database.
    areas, categories: names in Finnish by code, of what the answer names. stamp: the publisher's, naive UTC, ISO 8601;
    '' where the answer has none.
    """

    frame: pd.DataFrame
    stamp: str = ""
    areas: tuple[tuple[str, str], ...] = ()
    categories: tuple[tuple[str, str, str, str], ...] = ()
    dimension: str = ""


@dataclass(frozen=True)
class Fetch:
    """The planned calls of a source: how many, and the answers as they come."""

    total: int
    answers: Iterator[Answer]


@dataclass(frozen=True)
class Source:
    """One table of a publisher.

    fetch: client, settings, what we know, first period wanted (or None) → planned calls; raises NothingNew. A source
    that its publisher has ended has no fetch and no check: it is loaded from files.
    parse: one raw answer → what it holds. check: the codes we use → a sentence each, for 'sources check'.
    """

    name: str
    indicators: tuple[str, ...]
    parse: Callable[[Raw], Parsed]
    fetch: Callable[[Client, Settings, Known, str | None], Fetch] | None = None
    check: Callable[[Client, Settings], list["CodeCheck"]] | None = None


@dataclass(frozen=True)
class CodeCheck:
    """Whether something that we use still exists at the publisher."""

    what: str
    found: str
    missing: bool = False


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
