"""Ask every publisher's metadata whether the codes that we use still exist; a source that cannot answer says why."""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.errors import IngestError
from ingest.http import Client
from ingest.source import Source
from queries.settings import Settings


@dataclass(frozen=True)
class CheckRow:
    """One line of `koillismaa sources check`."""

    source: str
    what: str
    found: str
    missing: bool


def check_all(sources: Sequence[Source], settings: Settings) -> list[CheckRow]:
    """Return what each source answers, code by code."""
    return [row for source in sources for row in check_one(source, settings)]


def check_one(source: Source, settings: Settings) -> list[CheckRow]:
    """Return what one source answers; one row that is missing when it does not."""
    if source.check is None:
        return []
    try:
        with Client(settings.contact) as client:
            return [
                CheckRow(source.name, each.what, each.found, each.missing) for each in source.check(client, settings)
            ]
    except IngestError as error:
        return [CheckRow(source.name, "metadata", str(error), True)]
