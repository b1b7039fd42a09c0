"""Load what ships with the project: at the first start all of it, later what a newer version of the project adds."""

import hashlib
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ingest.archive import Raw, hash_of
from ingest.run import load_into, prepare
from ingest.source import load_sources
from queries.catalogue import Catalogue
from queries.database import has_database, next_version, reading, writing
from queries.settings import Settings

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class ShippedRelease:
    """One release of the manifest: its answers and the publisher's stamp, naive UTC.

    `citation` is '' unless the figures were copied from another table that repeats them.
    """

    source: str
    raws: tuple[Raw, ...]
    published_at: datetime
    obtained: str
    citation: str


def read_manifest() -> list[ShippedRelease]:
    """Return the releases that ship with the project, oldest first as the manifest has them."""
    manifest = tomllib.loads((FOLDER / "manifest.toml").read_text(encoding="utf-8"))
    return [
        ShippedRelease(
            source=block["source"],
            raws=tuple(open_shipped(FOLDER / name, block["fetched_at"]) for name in block["files"]),
            published_at=block["published_at"],
            obtained=block["obtained"],
            citation=block.get("citation", ""),
        )
        for block in manifest["release"]
    ]


def open_shipped(path: Path, fetched_at: datetime) -> Raw:
    """Return a shipped file as Raw."""
    return Raw(path, path.name, "", fetched_at, hashlib.sha256(path.read_bytes()).hexdigest())


def missing_releases(data_dir: Path) -> list[ShippedRelease]:
    """Return the shipped releases that the database does not hold."""
    releases = read_manifest()
    if not has_database(data_dir):
        return releases
    with reading(data_dir) as connection:
        held = {str(row[0]) for row in connection.execute("select sha256 from release").fetchall()}
    return [release for release in releases if hash_of(release.raws) not in held]


def load_shipped(settings: Settings, catalogue: Catalogue, wait: float = 60) -> int:
    """Publish a version with the shipped releases that are missing, and return how many there were.

    When none is missing, nobody waits for a writer, who may be busy for minutes. Raises IngestError, PublishFailed.
    """
    if not missing_releases(settings.data_dir):
        return 0
    with writing(settings.data_dir, wait):
        releases: Sequence[ShippedRelease] = missing_releases(settings.data_dir)
        if not releases:
            return 0
        sources = load_sources()
        with next_version(settings.data_dir) as connection:
            prepare(connection, settings, catalogue)
            for release in releases:
                load_into(
                    connection,
                    sources[release.source],
                    release.raws,
                    settings,
                    catalogue,
                    channel="snapshot",
                    published_at=release.published_at,
                    obtained=release.obtained,
                    citation=release.citation,
                )
        return len(releases)
