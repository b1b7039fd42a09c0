"""Keep the raw bytes of every answer, before they are parsed, so that parsing can be repeated without a call.

<data>/raw/<source>/<fetched_at>/001.json.gz        the bytes, 001.csv.gz where they were streamed
<data>/raw/<source>/<fetched_at>/001.asked.json     address, query, time, sha256, and what asks for it again if changed

A file that the publisher says has not changed stands in the new folder too, as another name of the same bytes.
"""

import gzip
import hashlib
import json
import os
import shutil
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ingest.errors import FetchFailed, LayoutChanged
from ingest.http import MADE_UP_MARK, MEGABYTE, Answer, Client, Wanted
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
        return b"".join(self.pieces())

    def pieces(self) -> Iterator[bytes]:
        """Read the bytes in pieces, for files too large for memory. Raises LayoutChanged when the file is damaged."""
        try:
            with gzip.open(self.path) if self.path.suffix == ".gz" else self.path.open("rb") as file:
                while piece := file.read(MEGABYTE):
                    yield piece
        except (OSError, EOFError, zlib.error) as error:
            raise LayoutChanged(self.path.name, "a readable file", str(error)) from error


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
        sha256 = hashlib.sha256(answer.content).hexdigest()
        path = self._next("json")
        try:
            self._path.mkdir(parents=True, exist_ok=True)
            draft = path.with_suffix(".draft")
            draft.write_bytes(gzip.compress(answer.content, 6, mtime=0))
            draft.replace(path)
        except OSError as error:
            raise unwritable(self._path, error) from error
        return self._noted(Raw(path, answer.address, answer.query, answer.fetched_at, sha256, answer.made_up))

    def download(self, client: Client, wanted: Wanted) -> Raw:
        """Stream a file to disk, or take the one kept before when the publisher says that it has not changed.

        Raises FetchFailed, PublishFailed when the disk refuses.
        """
        path = self._next(wanted.ending)
        draft = path.with_suffix(".draft")
        before, note = self._kept_before(wanted)
        try:
            self._path.mkdir(parents=True, exist_ok=True)
            for leftover in self._path.parent.glob("*/*.draft"):
                leftover.unlink()
            download = client.download(wanted, draft, note.get("etag", ""), note.get("last_modified", ""))
            if download is None and before:
                link_or_copy(before.path, path)
                return self._noted(replace(before, path=path), note)
            if download is None:
                raise FetchFailed(wanted.address, "'not modified' for a file never fetched", "try again later")
            draft.replace(path)
        except OSError as error:
            raise unwritable(self._path, error) from error
        finally:
            draft.unlink(missing_ok=True)
        raw = Raw(path, download.address, "", download.fetched_at, download.sha256, download.made_up)
        return self._noted(raw, {"etag": download.etag, "last_modified": download.last_modified})

    def _next(self, ending: str) -> Path:
        self._count += 1
        return self._path / f"{self._count:03}.{ending}.gz"

    def _noted(self, raw: Raw, more: dict[str, Any] | None = None) -> Raw:
        """Write down beside a kept file what was asked, and return it."""
        asked = {
            **(more or {}),
            "address": raw.address,
            "query": raw.query,
            "fetched_at": raw.fetched_at.isoformat(),
            "sha256": raw.sha256,
            "made_up": raw.made_up,
        }
        try:
            write_text_atomically(asked_path(raw.path), json.dumps(asked, ensure_ascii=False, indent=1))
        except OSError as error:
            raise unwritable(self._path, error) from error
        return raw

    def _kept_before(self, wanted: Wanted) -> tuple[Raw | None, dict[str, Any]]:
        """Return the newest file kept of an address that is whole and can be asked for again, with its note."""
        for path in sorted(self._path.parent.glob(f"*/*.{wanted.ending}.gz"), reverse=True):
            try:
                raw, note = read_note(path), read_asked(path)
            except LayoutChanged:
                continue
            told = note.get("etag") or note.get("last_modified")
            if raw.address == wanted.address and told and hash_in(path) == raw.sha256:
                return raw, note
        return None, {}

    def settle(self, raws: list[Raw]) -> list[Raw]:
        """Return the answers of this fetch; where the fetch before brought the same bytes, its files stand for them.

        So a release that is refused again and again is kept once.
        """
        folders = sorted(each for each in self._path.parent.glob("*") if each.is_dir() and each.name < self._path.name)
        before = sorted(folders[-1].glob("*.gz")) if folders else []
        if len(before) != len(raws) or any(hash_in(path) != raw.sha256 for path, raw in zip(before, raws, strict=True)):
            return raws
        shutil.rmtree(self._path, ignore_errors=True)
        return [replace(raw, path=path) for path, raw in zip(before, raws, strict=True)]


def hash_in(path: Path) -> str:
    """Return the hash of an archived answer, '' when it is damaged."""
    try:
        return read_through(Raw(path, "", "", datetime.min, ""))[0]
    except LayoutChanged:
        return ""


def read_through(raw: Raw) -> tuple[str, bool]:
    """Return the hash of a file and whether it says that it is made up, in little memory. Raises LayoutChanged."""
    digest, tail, marked = hashlib.sha256(), b"", False
    for piece in raw.pieces():
        digest.update(piece)
        marked = marked or MADE_UP_MARK in tail + piece
        tail = piece[-len(MADE_UP_MARK) :]
    return digest.hexdigest(), marked


def link_or_copy(kept: Path, path: Path) -> None:
    """Give a kept file a further name, or copy it where the disk knows no such thing. Raises OSError."""
    try:
        os.link(kept, path)
    except OSError:
        shutil.copyfile(kept, path)


def asked_path(path: Path) -> Path:
    """Return the file that tells what was asked for the answer in `path`."""
    return path.with_name(path.name.partition(".")[0] + ".asked.json")


def open_file(path: Path) -> Raw:
    """Return a file given by hand (or from the archive) as Raw. Raises FetchFailed when it cannot be read."""
    try:
        raw = Raw(path, path.name, "", datetime.fromtimestamp(path.stat().st_mtime, UTC).replace(tzinfo=None), "")
    except OSError as error:
        raise FetchFailed(str(path), error.strerror or "no file", "name a file that this user may read") from error
    sha256, marked = read_through(raw)
    if path.suffix == ".gz" and asked_path(path).is_file():
        return read_note(path)
    return Raw(path, path.name, "", raw.fetched_at, sha256, marked)


def read_note(path: Path) -> Raw:
    """Return an archived answer with what its note tells. Raises LayoutChanged when the note is damaged."""
    note = read_asked(path)
    try:
        fetched_at = datetime.fromisoformat(note["fetched_at"])
        return Raw(path, note["address"], note["query"], fetched_at, note["sha256"], bool(note["made_up"]))
    except (ValueError, KeyError, TypeError) as error:
        raise damaged_note(path, error) from error


def read_asked(path: Path) -> dict[str, Any]:
    """Return the note beside an archived answer. Raises LayoutChanged when it is damaged."""
    try:
        return dict(json.loads(asked_path(path).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise damaged_note(path, error) from error


def damaged_note(path: Path, error: Exception) -> LayoutChanged:
    """Return the error that says that a note cannot be read."""
    return LayoutChanged(asked_path(path).name, "address, query, time and sha256 of an answer", str(error))
