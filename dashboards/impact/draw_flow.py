"""The flow of customers through the phases as SVG (a Sankey chart): a bar a phase, a ribbon a step."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import pandas as pd
from markupsafe import Markup, escape

from dashboards.charts.svg_parts import text
from dashboards.format import number
from dashboards.words import Words

WIDTH, HEIGHT = 860, 350
BAR, GAP, TOP, RIGHT = 14, 26, 52, 210
INK = "#1c2730"
PLACES = {"acquired": 0, "preparatory": 1, "outreach": 2, "positive": 3, "other": 3, "ongoing": 3}
COLOURS = {
    "acquired": "#56626a",
    "preparatory": "#33789c",
    "outreach": "#0b4a66",
    "positive": "#2f7d4f",
    "other": "#c2571a",
    "ongoing": "#7f8990",
}


class Bar(NamedTuple):
    """One phase or result: where its bar stands and how high it is."""

    x: float
    y: float
    height: float
    persons: int


def draw_flow(words: Words, flow: pd.DataFrame) -> Markup:
    """Return the drawing, '' where there are no customers. `flow` is that of queries/analysis/customers.py."""
    if not len(flow):
        return Markup("")
    bars = place_bars(flow)
    scale = bars["acquired"].height / max(bars["acquired"].persons, 1)
    alt = escape(words("impact.report.alt.flow"))
    parts = [*ribbons(words, flow, bars, scale), *named_bars(words, bars)]
    return Markup(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'role="img" aria-label="{alt}" font-family="Atkinson Hyperlegible Next, sans-serif" font-size="13" '
        f'fill="{INK}">{"".join(parts)}</svg>'
    )


def place_bars(flow: pd.DataFrame) -> dict[str, Bar]:
    """Return the bar of each phase and result that somebody came to."""
    persons = {code: through(flow, code) for code in PLACES}
    results = [code for code in PLACES if PLACES[code] == 3 and persons[code]]
    high = HEIGHT - TOP - 20 - GAP * max(len(results) - 1, 0)
    scale = high / persons["acquired"]
    bars, y = {}, float(TOP)
    for code, place in PLACES.items():
        if not persons[code]:
            continue
        x = 8 + place * (WIDTH - RIGHT - 16) / 3
        top = y if place == 3 else float(TOP)
        bars[code] = Bar(x, top, persons[code] * scale, persons[code])
        y += (persons[code] * scale + GAP) * (place == 3)
    return bars


def through(flow: pd.DataFrame, code: str) -> int:
    """Return how many went through a phase or came to a result."""
    side = "source" if code == "acquired" else "target"
    return int(flow.loc[flow[side] == code, "persons"].sum())


def ribbons(words: Words, flow: pd.DataFrame, bars: Mapping[str, Bar], scale: float) -> Iterator[str]:
    """Yield a ribbon from each phase to the next, one below the other at both ends."""
    order = list(PLACES)
    left, right = {code: bar.y for code, bar in bars.items()}, {code: bar.y for code, bar in bars.items()}
    steps = sorted(flow.itertuples(index=False), key=lambda step: (order.index(step[0]), order.index(step[1])))
    for source, target, persons in steps:
        height = persons * scale
        start, end = bars[source].x + BAR, bars[target].x
        middle = (start + end) / 2
        high, low = left[source], right[target]
        left[source], right[target] = high + height, low + height
        title = words(
            "impact.report.text.flow_link",
            source=words(f"impact.report.phase.{source}"),
            target=words(f"impact.report.phase.{target}"),
            persons=number(words, persons),
        )
        yield (
            f'<path d="M{start:.1f} {high:.1f}C{middle:.1f} {high:.1f} {middle:.1f} {low:.1f} {end:.1f} {low:.1f}'
            f"V{low + height:.1f}C{middle:.1f} {low + height:.1f} {middle:.1f} {high + height:.1f} {start:.1f} "
            f'{high + height:.1f}Z" fill="{COLOURS[target]}" fill-opacity="0.35"><title>{escape(title)}</title></path>'
        )


def named_bars(words: Words, bars: Mapping[str, Bar]) -> Iterator[str]:
    """Yield each bar with its name and number: above a phase, beside a result."""
    for code, bar in bars.items():
        name, persons = words(f"impact.report.phase.{code}"), number(words, bar.persons)
        yield (f'<path d="M{bar.x:.1f} {bar.y:.1f}h{BAR}v{max(bar.height, 1):.1f}h-{BAR}Z" fill="{COLOURS[code]}"/>')
        if PLACES[code] == 3:
            yield text(bar.x + BAR + 8, bar.y + bar.height / 2 + 4, f"{name}: {persons}")
        else:
            raised = 18 if PLACES[code] % 2 else 0  # a name may be longer than the way to the next bar
            yield text(bar.x, bar.y - 10 - raised, f"{name}: {persons}")
