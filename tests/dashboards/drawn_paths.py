"""Read the places that an SVG path of ours goes through: moves, lines, and lines told from place to place."""

import re

NUMBER = r"-?\d+(?:\.\d+)?"


def places_through(path: str) -> list[tuple[float, float]]:
    """Return the places of a path of M, L and l, in its order; a path with other commands is a failure."""
    places: list[tuple[float, float]] = []
    for command, numbers in re.findall(r"([A-Za-z])([^A-Za-z]*)", path.removesuffix("Z")):
        assert command in "MLl", path
        values = [float(number) for number in re.findall(NUMBER, numbers)]
        for x, y in zip(values[::2], values[1::2], strict=True):
            before_x, before_y = places[-1] if command == "l" else (0.0, 0.0)
            places.append((round(before_x + x, 1), round(before_y + y, 1)))
    return places
