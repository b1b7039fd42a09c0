"""Make a Source of figures that were copied once from where they cannot be fetched: loaded from transcripts only."""

from collections.abc import Mapping, Sequence

from ingest.archive import Raw
from ingest.area_codes import classification
from ingest.pxweb import area_code, canonical_period
from ingest.snapshot.transcript import read_rows, read_transcript
from ingest.source import FRAME_COLUMNS, Parsed, Source
from queries.settings import NOTHING_BY_HAND, ByHand


def copied_source(name: str, contents: dict[str, str], origin: str) -> Source:
    """Declare copied figures as a source; `contents` names the indicator of each content code of the transcript.

    origin: transcript of a publisher's own figures, or press.
    """

    def parse(raw: Raw, by_hand: ByHand = NOTHING_BY_HAND, beside: Sequence[Raw] = ()) -> Parsed:
        return parse_copied(raw, contents, origin)

    return Source(name, tuple(contents.values()), parse)


def parse_copied(raw: Raw, contents: Mapping[str, str], origin: str) -> Parsed:
    """Read a transcript of some contents; an area that the classification does not hold has ended.

    Raises LayoutChanged.
    """
    content = raw.content()
    rows = read_rows(content, raw.address)
    copied = read_transcript(content, contents, raw.address, origin)
    copied["area"] = copied["area"].map(area_code)
    copied["period"] = copied["period"].map(canonical_period)
    names = {area_code(row["alue"]): row.get("alue_nimi", "") for row in rows}
    return Parsed(
        copied[list(FRAME_COLUMNS)],
        areas=tuple(names.items()),
        categories=tuple(dict.fromkeys(category_of(row) for row in rows if row.get("luokka_nimi"))),
        no_places=frozenset(names.keys() - classification().keys()),
    )


def category_of(row: Mapping[str, str]) -> tuple[str, str, str, str, str]:
    """Return a row's dimension and category with its name in Finnish; a copy gives no other."""
    return row.get("luokitus", ""), row.get("luokka", ""), row["luokka_nimi"], "", ""
