"""Draw ranked municipalities as SVG: a row for each, or all as dots on one axis with the marked ones named."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from dashboards.charts.description import Rank, Ranks, Tick
from dashboards.charts.svg_parts import Layout, grid, letters, sides_of, text, tick_texts
from dashboards.charts.theme import HAIRLINE, INK, QUIET

AreaClass = Callable[[str], str]
Box = tuple[float, float, float, float]
DOT = 4.5
SMALLEST_DOT, LARGEST_DOT = 3.6, 8.0
"""Widths of a dot on the strip."""


@dataclass(frozen=True)
class Span:
    """Where values stand between left and right."""

    low: float
    high: float
    left: float
    right: float

    def x(self, value: float) -> float:
        """Return the place of a value."""
        return self.left + (value - self.low) * (self.right - self.left) / (self.high - self.low)


def draw_ranks(ranks: Ranks, layout: Layout, area_class: AreaClass) -> tuple[str, int, Box]:
    """Return the inside of a drawing, its height and the box that the dots stand in."""
    body, height, box = (draw_strip if ranks.as_strip else draw_rows)(ranks, layout, area_class)
    if ranks.stamp:
        height += layout.font * 1.6
        body += text(layout.width / 2, height - layout.font * 0.5, ranks.stamp, anchor="middle", extra="stamp")
    return body, round(height), box


def draw_rows(description: Ranks, layout: Layout, area_class: AreaClass) -> tuple[str, float, Box]:
    """Return the rows of a drawing, its height and the box of the rows."""
    font, ranks = layout.font, description.ranks
    before = max((letters(rank.position, font) for rank in ranks), default=0.0) + font * 1.2
    left = before + max((letters(rank.label, font) for rank in ranks), default=0.0) + font
    right = layout.width - max((letters(rank.text, font) for rank in ranks), default=0.0) - font
    span = Span(description.x.low, description.x.high, left, right)
    step, top = font * 1.8, font * 2.4
    bottom = top + step * max(len(ranks), 2)
    parts = [
        text(0, font, description.unit, fill=QUIET, extra="quiet"),
        *draw_axis(description, span, top, bottom, font),
    ]
    for place, rank in enumerate(ranks):
        parts += draw_row(rank, span, layout, before, top + step * (place + 0.5), area_class)
    parts += draw_empty(description, layout, (top + bottom) / 2)
    return "".join(parts), bottom + font * 2, (round(left), round(top), round(right), round(bottom))


def draw_axis(description: Ranks, span: Span, top: float, bottom: float, font: int) -> Iterator[str]:
    """Yield the lines and the numbers of the ticks, as many as have room."""
    ticks = description.x.ticks
    room = max(letters(tick.label, font) for tick in ticks) + font
    apart = (span.right - span.left) / max(len(ticks) - 1, 1)
    step = next((n for n in (1, 2, 5) if n * apart >= room), 5)
    places = [(span.x(tick.at), tick.label) for tick in ticks[::step]]
    yield grid(f"M{x:.1f} {top:.1f}V{bottom:.1f}" for x, _ in places)
    yield tick_texts(((x, bottom + font * 1.3, label) for x, label in places), "middle")


def draw_row(rank: Rank, span: Span, layout: Layout, before: float, y: float, area_class: AreaClass) -> Iterator[str]:
    """Yield a municipality's position, name, dot, range and value; a marked one in its colour, the chosen one ruled."""
    base = y + layout.font * 0.35
    if rank.own:
        height = layout.font * 1.7
        yield (
            f'<rect class="own-row" fill="none" stroke="{INK}" x="0.5" y="{y - height / 2:.1f}" '
            f'width="{layout.width - 1}" height="{height:.1f}" rx="3"/>'
        )
    yield text(before - layout.font * 0.7, base, rank.position, anchor="end", fill=QUIET, extra="quiet")
    inside = [
        text(before, base, rank.label),
        f'<path class="range" stroke="currentColor" stroke-width="2" '
        f'd="M{span.x(rank.low):.1f} {y:.1f}H{span.x(rank.high):.1f}"/>',
        f'<circle cx="{span.x(rank.value):.1f}" cy="{y:.1f}" r="{DOT}" fill="currentColor"/>',
        text(layout.width - 4, base, rank.text, anchor="end"),
    ]
    yield marked(rank, area_class, inside)


def marked(rank: Rank, area_class: AreaClass, inside: Sequence[str]) -> str:
    """Return parts in a municipality's own colour and heavier, or in the quiet one."""
    if rank.look is None:
        return f'<g class="unmarked" color="{QUIET}" fill="{INK}">{"".join(inside)}</g>'
    name = area_class(rank.area)
    return f'<g class="marked {name}" color="{rank.look.colour}" fill="currentColor">{"".join(inside)}</g>'


@dataclass(frozen=True)
class Pile:
    """Municipalities whose values stand at one place of the strip; the marked ones lie on top."""

    x: float
    ranks: tuple[Rank, ...]


@dataclass(frozen=True)
class Strip:
    """The piles of a strip, the size of their dots, and where they stand."""

    piles: tuple[Pile, ...]
    size: float
    bottom: float

    def top(self, pile: Pile) -> float:
        """Return the top of a pile."""
        return self.bottom - self.size * len(pile.ranks)


def draw_strip(description: Ranks, layout: Layout, area_class: AreaClass) -> tuple[str, float, Box]:
    """Return all as dots on one axis, the marked ones named above; the drawing's height and the box of the dots."""
    font = layout.font
    span = Span(description.x.low, description.x.high, font * 1.5, layout.width - font * 1.5)
    piles, size = pile_up(description.ranks, span)
    names = [(rank, pile) for pile in piles for rank in pile.ranks if rank.look]
    rows = name_rows([(pile.x, name_width(rank, font)) for rank, pile in names], layout.width)
    first, line = font * 2.9, font * 1.45
    middle = first + line * (max(rows, default=-1) + 1)
    highest = max((len(pile.ranks) for pile in piles), default=0)
    strip = Strip(piles, size, middle + font + size * highest)
    parts = [text(0, font, description.unit, fill=QUIET, extra="quiet")]
    parts += draw_axis(description, span, strip.bottom, strip.bottom + 5, font)
    if piles:
        parts.append(
            f'<path class="grid" stroke="{HAIRLINE}" d="M{span.left:.1f} {strip.bottom:.1f}H{span.right:.1f}"/>'
        )
    parts += [draw_leader(pile, first + line * row, strip) for (_, pile), row in zip(names, rows, strict=True)]
    parts.append(draw_dots(strip))
    parts += [dot for pile in piles for dot in draw_marked_dots(pile, strip, area_class)]
    parts += [
        draw_name(rank, pile, first + line * row, layout, area_class)
        for (rank, pile), row in zip(names, rows, strict=True)
    ]
    if description.middle and piles:
        parts += draw_middle(description.middle, span, layout, (middle, strip.bottom), [pile.x for _, pile in names])
    parts += draw_empty(description, layout, strip.bottom - font)
    box = round(span.left), round(middle), round(span.right), round(strip.bottom)
    return "".join(parts), strip.bottom + font * 2, box


def pile_up(ranks: Sequence[Rank], span: Span) -> tuple[tuple[Pile, ...], float]:
    """Return the piles from left to right and the width of a dot: values that are too near share a place."""
    tenth = (span.right - span.left) / (10 * (span.high - span.low))
    tenths = math.ceil(SMALLEST_DOT / tenth)
    piles: dict[int, list[Rank]] = {}
    for rank in ranks:
        piles.setdefault(math.floor(round(rank.value * 10) / tenths), []).append(rank)
    centre = (tenths - 1) / 2
    return tuple(
        Pile(
            round(span.x((place * tenths + centre) / 10), 1),
            tuple(sorted(held, key=lambda rank: rank.look is not None)),
        )
        for place, held in sorted(piles.items())
    ), min(tenths * tenth, LARGEST_DOT)


def name_width(rank: Rank, font: int) -> float:
    """Return about how wide the name above the strip is."""
    return letters(name_of(rank), font) + font


def name_of(rank: Rank) -> str:
    """Return what is written above the strip."""
    return f"{rank.label} {rank.text}"


def name_rows(places: Sequence[tuple[float, float]], width: float) -> list[int]:
    """Return a row from the top for each name, given its place and its width from left to right.

    Names stand right of their lines, so the rightmost one is lowest: no line crosses a name that has room.
    """
    taken: list[float] = []
    rows = [0] * len(places)
    for index in range(len(places) - 1, -1, -1):
        x, wide = places[index]
        end, start = (x + wide, x) if x + wide <= width else (x, x - wide)
        row = next((row for row, left in enumerate(taken) if end < left), len(taken))
        taken[row : row + 1] = [start]
        rows[index] = row
    return [len(taken) - 1 - row for row in rows]


def draw_leader(pile: Pile, y: float, strip: Strip) -> str:
    """Return the line from a name to its pile."""
    return f'<path class="grid" stroke="{HAIRLINE}" d="M{pile.x} {y - 4:.1f}V{strip.top(pile):.1f}"/>'


def draw_dots(strip: Strip) -> str:
    """Return the dots that are not marked: a dash without length and with round ends for each, from the axis up."""
    columns = [(pile.x, sum(rank.look is None for rank in pile.ranks)) for pile in strip.piles]
    first, step = strip.bottom - strip.size / 2, strip.size
    path = "".join(f"M{x:g} {first:.1f}v{-step * (count - 1) - 0.2:.1f}" for x, count in columns if count)
    return (
        f'<path class="dots" stroke="{QUIET}" stroke-width="{step - 0.6:.1f}" stroke-linecap="round" '
        f'stroke-dasharray="0 {step:.2f}" fill="none" d="{path}"/>'
    )


def draw_marked_dots(pile: Pile, strip: Strip, area_class: AreaClass) -> Iterator[str]:
    """Yield the marked dots of a pile, which lie on top and are larger; the chosen one has a ring."""
    for place, rank in enumerate(pile.ranks):
        if rank.look:
            y = strip.bottom - strip.size * (place + 0.5)
            ring = f' class="own-dot" stroke="{INK}" stroke-width="1.5"' if rank.own else ""
            dot = f'<circle cx="{pile.x}" cy="{y:.1f}" r="{strip.size / 2 + 1.8:.1f}" fill="currentColor"{ring}/>'
            yield marked(rank, area_class, [dot])


def draw_name(rank: Rank, pile: Pile, y: float, layout: Layout, area_class: AreaClass) -> str:
    """Return a marked municipality's name and value beside its line."""
    fits = pile.x + name_width(rank, layout.font) <= layout.width
    words = text(pile.x + (5 if fits else -5), y, name_of(rank), anchor="start" if fits else "end", extra="name")
    return marked(rank, area_class, [words])


def draw_middle(
    middle: Tick, span: Span, layout: Layout, ends: tuple[float, float], leaders: Sequence[float]
) -> Iterator[str]:
    """Yield the median: a dashed line through the piles and its word, on the side where fewer leaders cross it."""
    (y, bottom), x, width = ends, span.x(middle.at), letters(middle.label, layout.font)
    side = min(sides_of(x, width, layout.width), key=lambda each: sum(map(each.is_crossed, leaders)))
    yield f'<path class="break" stroke="{QUIET}" stroke-dasharray="3 3" d="M{x:.1f} {y - 8:.1f}V{bottom:.1f}"/>'
    yield text(side.start, y, middle.label, anchor=side.anchor, fill=QUIET, extra="quiet name")


def draw_empty(description: Ranks, layout: Layout, y: float) -> Iterator[str]:
    """Yield what a drawing says when there is nothing to draw."""
    if description.is_empty:
        yield text(layout.width / 2, y, description.empty, anchor="middle")
