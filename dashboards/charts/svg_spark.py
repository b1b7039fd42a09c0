"""Draw a spark line: the course of a key figure at a glance, without axes; the words beside it say the change."""

from collections.abc import Sequence

from markupsafe import Markup

WIDTH, HEIGHT, EDGE = 120, 28, 3


def draw_spark(values: Sequence[float | None]) -> Markup:
    """Return the line through a row of values, with gaps where there are none; '' where most are not there."""
    known = [value for value in values if value is not None]
    if 2 * len(known) <= len(values):
        return Markup("")
    low, tall = min(known), (max(known) - min(known)) or 1.0
    step = (WIDTH - 2 * EDGE) / (len(values) - 1)
    path, joined, last = "", False, ""
    for place, value in enumerate(values):
        if value is not None:
            last = f"{EDGE + place * step:.1f} {HEIGHT - EDGE - (value - low) / tall * (HEIGHT - 2 * EDGE):.1f}"
            path += f"{'L' if joined else 'M'}{last}"
        joined = value is not None
    x, y = last.split()
    return Markup(
        f'<svg class="spark" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true" focusable="false">'
        f'<path d="{path}"/><circle cx="{x}" cy="{y}" r="2.5"/></svg>'
    )
