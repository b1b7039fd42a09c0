"""A damaged or hostile workbook is refused whole, with one right sentence, and nothing of it is read."""

import io
import zipfile
from collections.abc import Callable
from contextlib import suppress
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboards.impact.vocabulary import tell_fault
from dashboards.words import languages, load_words
from ingest.impact import container
from ingest.impact.container import open_parts
from ingest.impact.read import read_workbook
from queries.impact_workbook import MOST_BYTES, WorkbookRefused
from tests.impact.forms import (
    CUSTOMERS,
    edited,
    encrypted_flag,
    form,
    repacked,
    vocabulary,
    with_cell,
    with_lying_header,
)

OLE = container.OLE + bytes(504)
BILLION = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><l>&b;</l>'
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]><l>&a;</l>'
LINK = b'<Relationships><Relationship Type="http://x/relationships/externalLinkPath" Target="y"/></Relationships>'


def sentences(content: bytes) -> list[str]:
    with pytest.raises(WorkbookRefused) as refused:
        read_workbook(content, vocabulary())
    for language in languages():
        assert all(tell_fault(load_words(language), fault) for fault in refused.value.faults)
    return [tell_fault(load_words("fi"), fault) for fault in refused.value.faults]


DAMAGED: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "Tiedosto on tyhjä"),
    "too large": (lambda: b"PK" + bytes(MOST_BYTES), "suurempi kuin 10 megatavua"),
    "text": (lambda: b"kunta;asiakas\n305;A001\n", "ei ole xlsx-työkirja"),
    "old format": (lambda: OLE, "vanhaa Excel-muotoa (xls)"),
    "encrypted": (lambda: OLE + container.ENCRYPTED_PACKAGE, "suojattu salasanalla"),
    "encrypted parts": (lambda: encrypted_flag(form()), "suojattu salasanalla"),
    "cut off": (lambda: form()[:-400], "vioittunut"),
    "bits turned": (lambda: form().replace(b"PK\x03\x04", b"PK\x03\x05", 1), "vioittunut"),
    "another zip": (lambda: repacked_empty({"a.txt": b"hello"}), "ei ole xlsx-työkirja"),
    "open document": (lambda: repacked(add={"mimetype": b"application/vnd.oasis"}), "OpenDocument-muotoa"),
    "binary workbook": (lambda: repacked(add={"xl/workbook.bin": b"\x83"}), "binaarimuotoa (xlsb)"),
    "macros": (lambda: repacked(add={"xl/vbaProject.bin": b"x"}), "makroja (xl/vbaProject.bin)"),
    "macros by name": (
        lambda: repacked({"[Content_Types].xml": lambda part: part.replace(b"sheet.main", b"sheet.macroEnabled.main")}),
        "makroja",
    ),
    "macro sheet": (lambda: repacked(add={"xl/macrosheets/sheet1.xml": b"<a/>"}), "makroja"),
    "external link": (lambda: repacked(add={"xl/externalLinks/externalLink1.xml": b"<a/>"}), "linkkejä toisiin"),
    "external link by relation": (lambda: repacked(add={"xl/_rels/x.rels": LINK}), "linkkejä toisiin"),
    "data connection": (lambda: repacked(add={"xl/connections.xml": b"<a/>"}), "tietoyhteyksiä"),
    "embedded file": (lambda: repacked(add={"xl/embeddings/oleObject1.bin": b"x"}), "upotettuja"),
    "entities": (lambda: repacked({"xl/sharedStrings.xml": lambda _: BILLION}), "määrittelee dokumenttityypin"),
    "entity of a file": (lambda: repacked({"xl/styles.xml": lambda _: OUTSIDE}), "määrittelee dokumenttityypin"),
    "entities in UTF-16": (
        lambda: repacked(
            {CUSTOMERS: lambda _: BILLION.decode().replace('"1.0"', '"1.0" encoding="UTF-16"').encode("utf-16")}
        ),
        "määrittelee dokumenttityypin",
    ),
    "no XML": (lambda: repacked({CUSTOMERS: lambda part: part[:-20]}), "on vioittunut"),
    "zip bomb": (
        lambda: repacked(add={"xl/media/image1.png": bytes(container.MOST_UNPACKED)}),
        "purettuna liian suuri",
    ),
    "zip bomb that lies": (
        lambda: with_lying_header(
            repacked(add={"xl/media/a.png": bytes(container.MOST_UNPACKED + 1)}), "xl/media/a.png", 100
        ),
        "vioittunut",
    ),
    "many elements": (
        lambda: repacked({CUSTOMERS: lambda _: b"<a>" + b"<x/>" * (container.MOST_ELEMENTS + 1) + b"</a>"}),
        "purettuna liian suuri",
    ),
    "deep elements": (lambda: repacked({CUSTOMERS: lambda _: b"<x>" * 100 + b"</x>" * 100}), "on vioittunut"),
    "many parts": (lambda: repacked(add={f"xl/media/{n}.png": b"" for n in range(500)}), "enemmän osia"),
    "part outside": (lambda: repacked(add={"../../evil.xml": b"<a/>"}), "osan nimi ei ole sallittu"),
    "part twice": (lambda: repacked(add={"XL/workbook.xml": b"<a/>"}), "sama osa kahdesti"),
    "sheet missing": (lambda: edited(lambda book: book.remove(book["Palaute"])), "Välilehti Palaute puuttuu"),
    "column missing": (lambda: edited(lambda book: book["Asiakkaat"].delete_cols(4)), "sarake Kohderyhmä puuttuu"),
    "column unknown": (lambda: with_cell("customers", "K1", "Nimi"), "sarakkeen K otsikkoa ei ole"),
    "column twice": (lambda: with_cell("customers", "K1", "Kunta"), "sarake Kunta on kahdesti"),
    "too many rows": (lambda: edited(add_rows), "rivejä odotettiin enintään 1"),
    "no customers": (lambda: edited(lambda book: book["Asiakkaat"].delete_rows(2, 5)), "rivejä odotettiin vähintään 1"),
    "formula": (lambda: with_cell("services", "C2", "=1+1"), "rivi 2, sarake Tunteja (C): odotettiin arvoa, ei kaavaa"),
    "text that acts": (lambda: acting(), "ei saa alkaa merkillä"),
    "personal code": (lambda: with_cell("customers", "A3", "131052-308T"), "näyttää olevan henkilötunnus"),
}


def repacked_empty(parts: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as new:
        for name, part in parts.items():
            new.writestr(name, part)
    return packed.getvalue()


def add_rows(book: object) -> None:
    sheet = book["Hanke"]  # type: ignore[index]
    sheet.append(["KOE2", "Koe", "2025-12-31", "Oikea aineisto"])


def acting() -> bytes:
    """Return a form with a text that a spreadsheet program would take for a formula."""

    def write(book: object) -> None:
        cell = book["Vertailu"]["A2"]  # type: ignore[index]
        cell.value, cell.data_type = "=HYPERLINK(1)", "s"

    return edited(write)


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_workbook_is_refused_with_the_right_sentence(name: str) -> None:
    make, expected = DAMAGED[name]
    told = sentences(make())
    assert len(told) == 1 and expected in told[0], told
    assert told[0].endswith(".") and "\n" not in told[0]


def test_there_are_more_than_twenty_damaged_workbooks() -> None:
    assert len(DAMAGED) >= 20


def test_what_a_cell_holds_is_never_repeated() -> None:
    for value in ("131052-308T", "Matti Meikäläinen", "=cmd|' /C calc'!A0", "Salainen tieto"):
        for cell in ("A3", "C3", "D3", "E3"):
            content = with_cell("customers", cell, value)
            with pytest.raises(WorkbookRefused) as refused:
                read_workbook(content, vocabulary())
            told = str(refused.value) + " ".join(tell_fault(load_words("fi"), each) for each in refused.value.faults)
            assert value not in told and value.split()[0] not in told


@pytest.mark.parametrize("packing", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_workbook_that_is_packed_as_no_spreadsheet_program_packs_is_refused(packing: int) -> None:
    told = sentences(packed(packing))
    assert len(told) == 1 and "vioittunut" in told[0], told


@pytest.mark.parametrize("packing", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_zip_file_with_turned_bytes_is_read_or_refused_however_it_is_packed(packing: int) -> None:
    content, random = packed(packing), Random(packing)
    for _ in range(1_000):
        turned = bytearray(content)
        for _ in range(random.randint(1, 4)):
            turned[random.randrange(4, len(turned))] = random.randrange(256)
        with suppress(WorkbookRefused):
            open_parts(bytes(turned))


def test_a_part_without_a_name_is_refused() -> None:
    nameless = packed(zipfile.ZIP_STORED).replace(b"xl/a.xml", b"\0" * len("xl/a.xml"))
    with pytest.raises(WorkbookRefused) as refused:
        open_parts(nameless)
    assert [fault.code for fault in refused.value.faults] == ["part_name"]


def packed(packing: int) -> bytes:
    """Return a small zip file of two XML parts."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", packing) as package:
        package.writestr("[Content_Types].xml", "<a/>" * 100)
        package.writestr("xl/a.xml", "<b>" + "x" * 2000 + "</b>")
    return content.getvalue()


@given(st.integers(0, 10**6), st.integers(0, 255))
@settings(max_examples=60)
def test_a_workbook_with_a_turned_byte_is_read_or_refused(place: int, value: int) -> None:
    content = bytearray(FORM)
    content[place % len(content)] = value
    try:
        read_workbook(bytes(content), vocabulary())
    except WorkbookRefused:
        return


@given(st.sampled_from(("xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml", CUSTOMERS)), st.data())
@settings(max_examples=120)
def test_a_workbook_with_a_changed_part_is_read_or_refused(name: str, data: st.DataObject) -> None:
    def change(part: bytes) -> bytes:
        start = data.draw(st.integers(0, len(part) - 1))
        stop = data.draw(st.integers(start, min(len(part), start + 40)))
        return part[:start] + data.draw(st.binary(max_size=6)) + part[stop:]

    try:
        read_workbook(repacked({name: change}), vocabulary())
    except WorkbookRefused:
        return


FORM = form()
