"""Keep the raw bytes of every answer, before they are parsed, so that parsing can be repeated without a call.

<data>/raw/<source>/<fetched_at>/001.json.gz        the bytes
<data>/raw/<source>/<fetched_at>/001.asked.json     address, query, time, sha256
"""

import gzip
import hashlib
import json
import shutil
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from ingest.errors import FetchFailed, LayoutChanged
from ingest.http import MADE_UP_MARK, Answer
from queries.database import unwritable, utc_now, write_text_atomically


@dataclass(frozen=True)
class Raw:
    """One answer as it lies on disk; `fetched_at` is UTC, naive."""

    path: Path
    address: str
    query: str
    fetched_at: datetime
    sha256: str
    made_up: bool = False

    def content(self) -> bytes:
        """Read the bytes. Raises LayoutChanged when the file is damaged."""
        try:
            packed = self.path.read_bytes()
            content = gzip.decompress(packed) if self.path.suffix == ".gz" else packed
        except (OSError, EOFError) as error:
            raise LayoutChanged(self.path.name, "a readable file", str(error)) from error
        return content


def hash_of(raws: Iterable[Raw]) -> str:
    """Return one hash for the answers of a release, in their order."""
    return hashlib.sha256("".join(raw.sha256 for raw in raws).encode("ascii")).hexdigest()


class Folder:
    """Where the answers of one fetch are kept."""

    def __init__(self, data_dir: Path, source: str) -> None:
        self._path = data_dir / "raw" / source / utc_now().strftime("%Y%m%dT%H%M%S%f")
        self._count = 0

    def keep(self, answer: Answer) -> Raw:
        """Write an answer to disk and return it as Raw. Raises PublishFailed when the disk refuses."""
        self._count += 1
        path = self._path / f"{self._count:03}.json.gz"
        sha256 = hashlib.sha256(answer.content).hexdigest()
        asked = {
            "address": answer.address,
            "query": answer.query,
            "fetched_at": answer.fetched_at.isoformat(),
            "sha256": sha256,
            "made_up": answer.made_up,
        }
        try:
            self._path.mkdir(parents=True, exist_ok=True)
            draft = path.with_suffix(".draft")
            draft.write_bytes(gzip.compress(answer.content, 6, mtime=0))
            draft.replace(path)
            write_text_atomically(asked_path(path), json.dumps(asked, ensure_ascii=False, indent=1))
        except OSError as error:
            raise unwritable(self._path, error) from error
        return Raw(path, answer.address, answer.query, answer.fetched_at, sha256, answer.made_up)

    def settle(self, raws: list[Raw]) -> list[Raw]:
        """Return the answers of this fetch; where the fetch before brought the same bytes, its files stand for them.

        So a release that is refused again and again is kept once.
        """
        folders = sorted(each for each in self._path.parent.glob("*") if each.is_dir() and each.name < self._path.name)
        before = sorted(folders[-1].glob("*.json.gz")) if folders else []
        if len(before) != len(raws) or any(hash_in(path) != raw.sha256 for path, raw in zip(before, raws, strict=True)):
            return raws
        shutil.rmtree(self._path, ignore_errors=True)
        return [replace(raw, path=path) for path, raw in zip(before, raws, strict=True)]


def hash_in(path: Path) -> str:
    """Return the hash of an archived answer, '' when it is damaged."""
    try:
        return hashlib.sha256(gzip.decompress(path.read_bytes())).hexdigest()
    except (OSError, EOFError, zlib.error):
        return ""


def asked_path(path: Path) -> Path:
    """Return the file that tells what was asked for the answer in `path`."""
    return path.with_name(path.name.partition(".")[0] + ".asked.json")


def open_file(path: Path) -> Raw:
    """Return a file given by hand (or from the archive) as Raw. Raises FetchFailed when it cannot be read."""
    try:
        raw = Raw(path, path.name, "", datetime.fromtimestamp(path.stat().st_mtime, UTC).replace(tzinfo=None), "")
    except OSError as error:
        raise FetchFailed(str(path), error.strerror or "no file", "name a file that this user may read") from error
    content = raw.content()
    if path.suffix == ".gz" and asked_path(path).is_file():
        return read_note(path)
    return Raw(path, path.name, "", raw.fetched_at, hashlib.sha256(content).hexdigest(), MADE_UP_MARK in content)


def read_note(path: Path) -> Raw:
    """Return an archived answer with what its note tells. Raises LayoutChanged when the note is damaged."""
    note_path = asked_path(path)
    try:
        note = json.loads(note_path.read_text(encoding="utf-8"))
        fetched_at = datetime.fromisoformat(note["fetched_at"])
        return Raw(path, note["address"], note["query"], fetched_at, note["sha256"], bool(note["made_up"]))
    except (ValueError, KeyError, TypeError) as error:
        raise LayoutChanged(note_path.name, "address, query, time and sha256 of an answer", str(error)) from error
