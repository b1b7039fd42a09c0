"""What a web editor takes along: the code that puts a chart into another page, and how high its frame must be."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from dashboards import format
from dashboards.charts import CHARTS
from dashboards.charts.drawn import Box, Drawn
from dashboards.freshness import newest_stamp
from dashboards.pages.parts import Card
from dashboards.places import places_of
from dashboards.view import title_alone
from dashboards.visit import Visit
from dashboards.words import languages, load_words

WIDTHS = (600, 400, 320)
"""Fixed widths that are offered; the common frame is as wide as its place."""
LIKELY = (300, 340, 480, 640, 760)
"""Widths of places that a frame as wide as its place must suit."""
LEAST_WIDTH, MOST_WIDTH = 240, 1200
PADDING, MOST_CONTENT = 24, 876
MIDDLE_FROM, WIDE_FROM = 440, 720
DRAWN_AT_MOST = {"narrow": 480, "middle": 700, "wide": MOST_CONTENT}
SMALL_PLOT, GAP = 240, 24
BESIDE_FROM, MAP_TEXTS, NOT_DRAWN = 560, 330, 480
LETTER = 0.52
"""A letter's width in font sizes, in a typeface that every system has."""
FRAME = Markup(
    '<iframe src="{}" title="{}" loading="lazy" width="{}" height="{}" style="border:0;max-width:100%"></iframe>'
)


@dataclass(frozen=True)
class Share:
    """The part of a chart's menu for editors: the common code, and the address of what it shows."""

    code: str
    preview: str


@dataclass(frozen=True)
class Choices:
    """What an editor may choose of any chart of a page, for a script that then has another code written."""

    languages: tuple[tuple[str, str], ...]
    language: str
    widths: tuple[int, ...]
    dated: date
    dated_label: str


def share_of(visit: Visit, card: Card, drawings: Sequence[Drawn], root: str) -> Share:
    """Return what a card's menu offers to those who embed it."""
    assert card.view is not None
    title = title_alone(visit, card.view)
    preview = places_of(visit, CHARTS[card.id]).embed
    return Share(code=code_of(root + preview, title, height_of(card, title, drawings)), preview=preview)


def choices_of(visit: Visit) -> Choices:
    """Return what those who embed a chart of a page may choose."""
    day = visit.selection.as_of or newest_stamp(visit)
    return Choices(
        languages=tuple((code, load_words(code)("language.name")) for code in languages()),
        language=visit.words.language,
        widths=WIDTHS,
        dated=day,
        dated_label=format.day(visit.words, day),
    )


def code_of(address: str, title: str, height: int, width: int = 0) -> str:
    """Return the code of a frame; without a width it is as wide as its place."""
    return str(FRAME.format(address, title, width or "100%", height))


def height_of(card: Card, title: str, drawings: Sequence[Drawn], width: int = 0) -> int:
    """Return the height of a frame in which nothing needs to be scrolled, in full tens of pixels."""
    heights = [height_at(card, title, drawings, each) for each in ([width] if width else LIKELY)]
    return math.ceil(max(heights) / 10) * 10


def height_at(card: Card, title: str, drawings: Sequence[Drawn], width: int) -> float:
    """Return the height of a document in a width: its texts in rows, its drawings as style sheets show them."""
    assert card.view is not None
    room = min(width - PADDING, MOST_CONTENT)
    high = PADDING + rows(title, room, 18) * 22.5 + 3 * 24
    high += 8 + rows(card.view.summary, room, 14) * 21
    high += sum(4 + rows(each, room, 13) * 19.5 for each in (*card.view.notes, card.source_line) if each)
    return high + drawn_height(drawings, room) + 34


def rows(text: str, room: float, font: float) -> int:
    """Return in how many rows a text stands."""
    return math.ceil(len(text) * font * LETTER / min(room, 70 * font * LETTER * 1.1))


def drawn_height(drawings: Sequence[Drawn], room: float) -> float:
    """Return the height of a card's drawings in a width: small ones beside each other, else the one that fits.

    Where a page shows tables instead of drawings, it is a common one.
    """
    if not drawings:
        return NOT_DRAWN
    if len(drawings) > 1:
        across = max(1, int((room + GAP) / (min(SMALL_PLOT, room) + GAP)))
        cell = (room - GAP * (across - 1)) / across
        each = max(scaled(found, min(cell, DRAWN_AT_MOST["narrow"])) for drawn in drawings for found in drawn.boxes)
        return 24 + math.ceil(len(drawings) / across) * (each + 8 + 24 + 8 + 8)
    return sum(8 + one_height(drawn, room) for drawn in drawings)


def one_height(drawn: Drawn, room: float) -> float:
    """Return the height of the drawing that is shown in a width; a map's two views stand below or beside each other."""
    found = drawn.boxes
    if not drawn.stops and drawn.sizes == "three":
        beside = room >= BESIDE_FROM
        far, near = ((room - 16) * 0.4, (room - 16) * 0.6) if beside else (min(room, 272), min(room, 576))
        high = [scaled(found[0], far) + 28, scaled(found[1], near) + 28]
        return MAP_TEXTS + (max(high) if beside else sum(high) + 16)
    sizes = {name: box for box in found for name in DRAWN_AT_MOST if name in box[0].split()}
    wanted = "narrow" if room < MIDDLE_FROM else "wide" if room >= WIDE_FROM and "wide" in sizes else "middle"
    return scaled(sizes[wanted], min(room, DRAWN_AT_MOST[wanted]))


def scaled(box: Box, width: float) -> float:
    """Return the height of a drawing in a width."""
    return box[2] * width / box[1]
