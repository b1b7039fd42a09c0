"""The curve of time to an outcome as SVG: steps, their interval as a band, axes in days and per cent."""

from collections.abc import Callable, Iterator, Sequence

import pandas as pd
from markupsafe import Markup, escape

from dashboards.charts.svg_parts import text
from dashboards.format import NO_BREAK, number
from dashboards.words import Words

WIDTH, HEIGHT = 760, 300
LEFT, RIGHT, TOP, BOTTOM = 56, 16, 14, 44
INK, LINE, GRID = "#1c2730", "#0b5a7a", "#d9dedb"
LEAST_AT_RISK = 5
"""A step of fewer persons says nothing of the others."""
Scale = Callable[[float], float]
STEPS_OF_DAYS = (10, 30, 60, 90, 180, 365, 730)


def draw_curve(words: Words, curve: pd.DataFrame) -> Markup:
    """Return the drawing as far as LEAST_AT_RISK are at risk, '' where nobody has reached an outcome so."""
    curve = curve[curve["at_risk"] >= LEAST_AT_RISK]
    if not len(curve):
        return Markup("")
    last = float(curve["days"].iloc[-1])

    def x(days: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * days / last

    def y(share: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share

    days = [0.0, *curve["days"].tolist()]
    line, low, high = (stairs(x, y, days, [0.0, *curve[end].tolist()]) for end in ("share", "low", "high"))
    parts = [
        *axes(words, x, y, last),
        f'<path d="M{" L".join([*high, *reversed(low)])}Z" fill="{LINE}" fill-opacity="0.15"/>',
        f'<path d="M{" L".join(line)}" fill="none" stroke="{LINE}" stroke-width="2.5"/>',
    ]
    alt = escape(words("impact.report.alt.time"))
    return Markup(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'role="img" aria-label="{alt}" font-family="Atkinson Hyperlegible Next, sans-serif" font-size="13" '
        f'fill="{INK}">{"".join(parts)}</svg>'
    )


def stairs(x: Scale, y: Scale, days: Sequence[float], shares: Sequence[float]) -> list[str]:
    """Return the corners of a line that keeps its height until the next day."""
    corners = [f"{x(days[0]):.1f},{y(shares[0]):.1f}"]
    for place in range(1, len(days)):
        corners.append(f"{x(days[place]):.1f},{y(shares[place - 1]):.1f}")
        corners.append(f"{x(days[place]):.1f},{y(shares[place]):.1f}")
    return corners


def axes(words: Words, x: Scale, y: Scale, last: float) -> Iterator[str]:
    """Yield grid lines with their numbers and the unit of days."""
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        yield f'<path d="M{LEFT} {y(share):.1f}H{WIDTH - RIGHT}" stroke="{GRID}"/>'
        yield text(LEFT - 8, y(share) + 4, f"{number(words, 100 * share)}{NO_BREAK}%", "end")
    step = next((each for each in STEPS_OF_DAYS if last / each <= 10), 3650)
    for days in range(0, int(last) + 1, step):
        yield text(x(days), HEIGHT - BOTTOM + 18, number(words, days), "middle")
    yield text(WIDTH - RIGHT, HEIGHT - 6, words("impact.report.text.days_axis"), "end")
