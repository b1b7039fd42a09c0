"""One chart drawn in all sizes that a page or a frame shows of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

Box = tuple[str, float, float]
"""The classes, the width and the height of a drawing in its own units."""
VIEW_BOX = re.compile(r'<svg (?:class="([^"]*)")?[^>]*?viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"')


@dataclass(frozen=True)
class Drawn:
    """One chart as the drawings of all its sizes. `title` stands over it where a card has several charts.

    `stops` is what the script reads.
    """

    chart: str
    title: str
    sizes: str
    drawings: Sequence[Markup]
    stops: Markup

    @cached_property
    def boxes(self) -> list[Box]:
        """Return the boxes of the drawings."""
        return [(name, float(wide), float(high)) for name, wide, high in VIEW_BOX.findall("".join(self.drawings))]
