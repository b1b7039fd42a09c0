"""Open a workbook as the zip file of XML parts that it is, and refuse what a workbook of figures has no need of.

A part is unpacked only up to a limit, whatever its header says. Every XML part is parsed once without building
anything, so that one with a document type (which could define entities) or of a damaged form is refused before a value
is read.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from xml.parsers import expat

from queries.impact_workbook import MOST_BYTES, Fault, WorkbookRefused

MOST_UNPACKED = 40_000_000
MOST_PARTS = 400
MOST_ELEMENTS = 3_000_000
DEEPEST = 64
CHUNK = 1 << 16
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
CONTENT_TYPES, WORKBOOK = "[Content_Types].xml", "xl/workbook.xml"

# What a part's name says of the file, in the order in which it is said.
FOREIGN = (
    ("macros", re.compile(r"vbaProject|vbaData|macrosheets/|dialogsheets/", re.IGNORECASE)),
    ("external_links", re.compile(r"xl/externalLinks/", re.IGNORECASE)),
    ("connections", re.compile(r"xl/(connections\.xml|queryTables/|model/)|customData", re.IGNORECASE)),
    ("embedded", re.compile(r"embeddings/|activeX/|ctrlProps/|webextensions/", re.IGNORECASE)),
)
SAID_INSIDE = (
    ("macros", CONTENT_TYPES, re.compile(rb"macroEnabled|vbaProject", re.IGNORECASE)),
    ("external_links", ".rels", re.compile(rb"relationships/(externalLink|oleObject|attachedTemplate)", re.IGNORECASE)),
)
PACKED_AS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""How spreadsheet programs pack; the unpackers of other ways fail on damaged bytes with errors of many kinds."""
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError)
"""What zipfile raises for damaged bytes; a way of packing that it does not know is a RuntimeError."""
CHECKED = (".xml", ".rels", ".vml")


class DocumentTypeFound(Exception):
    """An XML part declares a document type."""


def refused(code: str, part: str = "") -> WorkbookRefused:
    """Return the refusal of a whole file."""
    return WorkbookRefused([Fault(code, part=part[:80])])


def open_parts(content: bytes) -> dict[str, bytes]:
    """Return the parts of a workbook by name. Raises WorkbookRefused when it is none, or not only figures."""
    refuse_other_kinds(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            entries = [entry for entry in package.infolist() if not entry.filename.endswith("/")]
            refuse_odd_entries(entries)
            parts = dict(unpacked(package, entries))
    except UNREADABLE as error:
        raise refused("damaged") from error
    refuse_other_formats(parts)
    guard = Guard()
    for name, part in parts.items():
        if name.lower().endswith(CHECKED):
            parse_part(name, part, guard.parser(name))
    return parts


def refuse_other_kinds(content: bytes) -> None:
    """Raise WorkbookRefused when the bytes are not those of a zip file of a size that we read."""
    if not content:
        raise refused("empty")
    if len(content) > MOST_BYTES:
        raise refused("too_large")
    if content.startswith(OLE):
        raise refused("encrypted" if ENCRYPTED_PACKAGE in content else "old_format")
    if not content.startswith(b"PK"):
        raise refused("no_workbook")


def refuse_odd_entries(entries: list[zipfile.ZipInfo]) -> None:
    """Raise WorkbookRefused when the table of contents is not that of a plain workbook."""
    names = [entry.filename for entry in entries]
    if len(entries) > MOST_PARTS:
        raise refused("too_many_parts")
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise refused("unpacked_too_large")
    if len({name.lower() for name in names}) < len(names):
        raise refused("part_twice")
    for entry in entries:
        name = entry.filename
        if entry.flag_bits & 0x1:
            raise refused("encrypted")
        if entry.compress_type not in PACKED_AS:
            raise refused("damaged", name)
        if not name or name.startswith("/") or "\\" in name or ".." in name.split("/") or not name.isprintable():
            raise refused("part_name")
        for code, pattern in FOREIGN:
            if pattern.search(name):
                raise refused(code, name)


def unpacked(package: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> Iterator[tuple[str, bytes]]:
    """Yield each part, and stop when all of them together are larger than the limit, whatever their headers say."""
    left = MOST_UNPACKED
    for entry in entries:
        chunks = []
        with package.open(entry) as part:
            while chunk := part.read(CHUNK):
                left -= len(chunk)
                if left < 0:
                    raise refused("unpacked_too_large")
                chunks.append(chunk)
        yield entry.filename, b"".join(chunks)


def refuse_other_formats(parts: dict[str, bytes]) -> None:
    """Raise WorkbookRefused when the parts are of another kind of document, or bring what acts or reaches out."""
    if "mimetype" in parts:
        raise refused("open_document")
    if "xl/workbook.bin" in parts:
        raise refused("binary_format")
    for code, ending, pattern in SAID_INSIDE:
        for name, part in parts.items():
            if name.endswith(ending) and pattern.search(part):
                raise refused(code, name)
    for name in (CONTENT_TYPES, WORKBOOK):
        if name not in parts:
            raise refused("no_workbook")


def parse_part(name: str, part: bytes, parser: expat.XMLParserType) -> None:
    """Parse a part whole. Raises WorkbookRefused when it is not well-formed XML without a document type."""
    try:
        parser.Parse(part, True)
    except DocumentTypeFound as error:
        raise refused("document_type", name) from error
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise refused("no_xml", name) from error


def new_parser() -> expat.XMLParserType:
    """Return a parser that raises DocumentTypeFound before an entity could be declared."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = stop
    return parser


class Guard:
    """Counts the elements of all parts: what is small when packed and endless when unpacked is refused unread."""

    def __init__(self) -> None:
        self._name, self._elements, self._depth = "", 0, 0

    def parser(self, name: str) -> expat.XMLParserType:
        """Return a parser for one part that raises WorkbookRefused at too many or too deep elements."""
        self._name, self._depth = name, 0
        parser = new_parser()
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        return parser

    def _start(self, *_: object) -> None:
        self._elements += 1
        self._depth += 1
        if self._depth > DEEPEST:
            raise refused("no_xml", self._name)
        if self._elements > MOST_ELEMENTS:
            raise refused("unpacked_too_large")

    def _end(self, _: str) -> None:
        self._depth -= 1


def stop(*_: object) -> None:
    """Stop at a document type."""
    raise DocumentTypeFound
