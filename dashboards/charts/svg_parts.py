"""What every SVG drawing is made of: sizes of drawings, texts, line styles."""

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import NamedTuple

from dashboards.charts.description import Look
from dashboards.charts.theme import DASHES, HAIRLINE, QUIET

WIDE_LETTER = 0.53
"""Average width of a letter, in font sizes, on the safe side."""


@dataclass(frozen=True)
class Layout:
    """A size of drawing. `beside` puts line labels at the lines' ends, else they stand below as a key.

    One that is not `worded` leaves the unit, the breaks' words and the key to the text around it.
    """

    name: str
    width: int
    plot_height: int
    font: int
    beside: bool
    worded: bool = True


WIDE = Layout("wide", 860, 300, 13, beside=True)
MIDDLE = Layout("middle", 520, 230, 13, beside=False)
NARROW = Layout("narrow", 360, 220, 15, beside=False)
SMALL = Layout("small", 300, 120, 13, beside=False, worded=False)


def letters(words: str, font: int) -> float:
    """Return about how wide a text is."""
    return len(words) * font * WIDE_LETTER


class Side(NamedTuple):
    """The ends of a text beside an upright line, and how it is anchored at the line."""

    left: float
    right: float
    anchor: str

    @property
    def start(self) -> float:
        """Return the place of the end that is at the line."""
        return self.left if self.anchor == "start" else self.right

    def is_crossed(self, x: float) -> bool:
        """Tell whether an upright line at a place goes through the text."""
        return self.left < x < self.right


def sides_of(x: float, width: float, room: float) -> list[Side]:
    """Return the sides of a line on which a text has room, the right one first.

    Where there is none, the text ends at the line as far as it can.
    """
    right, left = Side(x + 4, x + 4 + width, "start"), Side(x - 4 - width, x - 4, "end")
    return [side for side in (right, left) if side.left >= 0 and side.right <= room] or [Side(0.0, width, "end")]


def wrapped(words: str, width: float, font: int, bold: bool = False) -> list[str]:
    """Return a text in rows that are not wider than a width."""
    return textwrap.wrap(words, max(10, int(width / (font * (WIDE_LETTER + 0.02 * bold)))), break_on_hyphens=False)


def dash(look: Look) -> str:
    """Return the attribute of a line's style."""
    pattern = DASHES[look.line]
    return f' stroke-dasharray="{pattern}"' if pattern else ""


class Tenths(dict[int, str]):
    """Whole tenths as they are written in a path, each worked out once."""

    def __missing__(self, tenths: int) -> str:
        self[tenths] = written = f"{tenths / 10:g}"
        return written


TENTHS = Tenths()


def path_through(places: Sequence[tuple[int, int]]) -> str:
    """Return the path through some places, given in whole tenths of a unit.

    Each place is told from the one before: a third of what it takes to tell it from the corner, and nothing is lost.
    """
    (x, y), *_ = places
    steps = [f"M{TENTHS[x]} {TENTHS[y]}l"]
    for (before_x, before_y), (x, y) in pairwise(places):
        steps += (TENTHS[x - before_x], TENTHS[y - before_y])
    return " ".join(steps).replace(" -", "-").replace("l ", "l").rstrip("l")


def grid(lines: Iterable[str]) -> str:
    """Return the lines of an axis in one path: a page has a hundred axes, and a browser makes a node of each path."""
    return f'<path class="grid" stroke="{HAIRLINE}" d="{"".join(lines)}"/>'


def tick_texts(ticks: Iterable[tuple[float, float, str]], anchor: str) -> str:
    """Return the texts at the lines of an axis, given with their places, in one group that says how they look."""
    inside = "".join(f'<text x="{short(x)}" y="{short(y)}">{escape(words)}</text>' for x, y, words in ticks)
    return f'<g class="ticks" fill="{QUIET}" text-anchor="{anchor}">{inside}</g>'


def short(number: float) -> str:
    """Return a number as it is written in a drawing: to a tenth of its unit."""
    return TENTHS[round(number * 10)]


def text(x: float, y: float, words: str, anchor: str = "start", fill: str = "", extra: str = "") -> str:
    """Return a text element; the drawing's own ink is its colour unless another is given."""
    colour = f' fill="{fill}"' if fill else ""
    name = f' class="{extra}"' if extra else ""
    where = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'<text x="{short(x)}" y="{short(y)}"{where}{colour}{name}>{escape(words)}</text>'
