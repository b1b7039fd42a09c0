"""One chart drawn in all sizes that a page or a frame shows of it."""

from typing import NamedTuple

from markupsafe import Markup


class Drawn(NamedTuple):
    """One chart as the drawings of all its sizes. `title` stands over it where a card has several charts.

    `stops` is what the script reads.
    """

    chart: str
    title: str
    sizes: str
    drawings: list[Markup]
    stops: Markup
