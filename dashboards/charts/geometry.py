"""Shapes of the municipalities, projected once per process and written as SVG paths.

A unit is a kilometre, y grows downwards. Shared borders are the same points in both shapes, so nothing gapes.
Source: Statistics Finland 2025, CC BY 4.0, generalised (assets/geo/README.md). No areas are to be computed from it.
"""

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

FILE = Path(__file__).resolve().parents[2] / "assets" / "geo" / "municipalities.geojson"
MIDDLE_LONGITUDE = 27.0
EARTH_RADIUS = 6371.0
UNIT = 1.0
"""Kilometres. The lines are 1–2 km off anyway; a finer unit costs bytes and shows nothing more."""
SMALL = 6
STRAIGHT = 0.5
"""A point so few units from the line between its neighbours is left out: half a pixel of the whole country."""

Place = tuple[float, float]
Point = tuple[int, int]
Ring = Sequence[Point]


@dataclass(frozen=True)
class Box:
    """A rectangle on the map: its upper left corner and its size."""

    left: float
    top: float
    width: float
    height: float

    def touches(self, other: "Box") -> bool:
        """Tell whether two boxes share some of the map."""
        return (
            self.left < other.left + other.width
            and other.left < self.left + self.width
            and self.top < other.top + other.height
            and other.top < self.top + self.height
        )

    def widened(self, share: float) -> "Box":
        """Return the box with a share of its longer side added on every side."""
        more = share * max(self.width, self.height)
        return Box(self.left - more, self.top - more, self.width + 2 * more, self.height + 2 * more)


@dataclass(frozen=True)
class Shape:
    """One municipality: its path and the rings of it, its box, and the middle of its largest part for a label."""

    path: str
    box: Box
    middle: Place
    rings: tuple[tuple[Point, ...], ...]


@dataclass(frozen=True)
class Geometry:
    """All shapes by municipality code, and the box that holds them."""

    shapes: Mapping[str, Shape]
    box: Box

    def box_of(self, areas: Iterable[str]) -> Box:
        """Return the box around some municipalities; around all when none of them has a shape."""
        boxes = [self.shapes[area].box for area in areas if area in self.shapes]
        return around(boxes) if boxes else self.box

    def outline(self, areas: Iterable[str]) -> str:
        """Return the path around some municipalities, without the borders between them."""
        rings = (ring for area in areas if area in self.shapes for ring in self.shapes[area].rings)
        sides = {side for ring in rings for side in zip(ring, (*ring[1:], ring[0]), strict=True)}
        onward: dict[Point, list[Point]] = {}
        for here, there in sides:
            if (there, here) not in sides:
                onward.setdefault(here, []).append(there)
        return "".join(write_ring(ring) for ring in rings_of(onward))


@cache
def load_geometry() -> Geometry:
    """Read, project and round all shapes."""
    features = json.loads(FILE.read_text(encoding="utf-8"))["features"]
    projected = {each["properties"]["code"]: list(project_rings(each["geometry"])) for each in features}
    left = min(x for rings in projected.values() for ring in rings for x, _ in ring)
    top = min(y for rings in projected.values() for ring in rings for _, y in ring)
    whole = {code: [rounded(ring, left, top) for ring in rings] for code, rings in sorted(projected.items())}
    spare = spare_points([ring for rings in whole.values() for ring in rings])
    shapes = {
        code: make_shape([[point for point in ring if point not in spare] for ring in rings])
        for code, rings in whole.items()
    }
    return Geometry(shapes, around([shape.box for shape in shapes.values()]))


def project_rings(geometry: dict[str, Any]) -> Iterator[list[Place]]:
    """Yield every ring of a polygon or of several, in kilometres."""
    several = geometry["type"] == "MultiPolygon"
    for polygon in geometry["coordinates"] if several else [geometry["coordinates"]]:
        yield from ([project(longitude, latitude) for longitude, latitude in ring] for ring in polygon)


def project(longitude: float, latitude: float) -> Place:
    """Return a point's place in kilometres, y downwards: spherical transverse Mercator on 27° E."""
    turned, height = math.radians(longitude - MIDDLE_LONGITUDE), math.radians(latitude)
    x = math.atanh(math.cos(height) * math.sin(turned))
    y = math.atan2(math.tan(height), math.cos(turned))
    return EARTH_RADIUS * x, -EARTH_RADIUS * y


def rounded(ring: list[Place], left: float, top: float) -> Ring:
    """Return a ring in whole units from the upper left corner, without points that fall together."""
    places: list[Point] = []
    for x, y in ring:
        place = round((x - left) / UNIT), round((y - top) / UNIT)
        if not places or places[-1] != place:
            places.append(place)
    return places[:-1] if places[0] == places[-1] else places


def spare_points(rings: Sequence[Ring]) -> set[Point]:
    """Return points that can be left out of all their rings: no two neighbours, none where borders meet.

    Small rings keep all of theirs, so that none shrinks to a line.
    """
    sides: dict[Point, set[frozenset[Point]]] = {}
    for ring in rings:
        for before, here, after in zip((ring[-1], *ring[:-1]), ring, (*ring[1:], ring[0]), strict=True):
            sides.setdefault(here, set()).add(frozenset((before, after)))
    small = {here for ring in rings if len(ring) < SMALL for here in ring}
    ends = {here: tuple(*found) for here, found in sides.items() if len(found) == 1 and here not in small}
    far = {here: distance(here, *two) for here, two in ends.items() if len(two) == 2}
    spare: set[Point] = set()
    for here in sorted(far, key=lambda point: (far[point], point)):
        if far[here] <= STRAIGHT and spare.isdisjoint(ends[here]):
            spare.add(here)
    return spare


def distance(here: Point, one: Point, other: Point) -> float:
    """Return how far a point is from the line through two others."""
    (x, y), (across, down) = here, (other[0] - one[0], other[1] - one[1])
    return abs(across * (one[1] - y) - (one[0] - x) * down) / math.hypot(across, down)


def make_shape(rings: list[Ring]) -> Shape:
    """Return the shape of some rings; one that has shrunk to a line is left out."""
    drawn = [ring for ring in rings if len(ring) > 2]
    boxes = [box_of_ring(ring) for ring in drawn]
    largest = max(drawn, key=lambda ring: abs(twice_area(ring)))
    return Shape("".join(map(write_ring, drawn)), around(boxes), middle_of(largest), tuple(map(tuple, drawn)))


def rings_of(onward: dict[Point, list[Point]]) -> Iterator[Ring]:
    """Yield the rings of sides that lead from point to point, and use the sides up."""
    while onward:
        ring = [min(onward)]
        while ring[-1] in onward:
            ways = onward[ring[-1]]
            there = ways.pop()
            if not ways:
                del onward[ring[-1]]
            ring.append(there)
        yield ring[:-1] if ring[0] == ring[-1] else ring


def write_ring(ring: Ring) -> str:
    """Return a ring as a path of steps."""
    steps = [(x - before_x, y - before_y) for (before_x, before_y), (x, y) in pairwise(ring)]
    numbers = [number for step in steps for number in step]
    text = "".join(f"{number}" if number < 0 else f" {number}" for number in numbers)
    return f"M{ring[0][0]} {ring[0][1]}l{text.lstrip()}z"


def box_of_ring(ring: Ring) -> Box:
    """Return the box around a ring."""
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def around(boxes: list[Box]) -> Box:
    """Return the box around some boxes."""
    left, top = min(box.left for box in boxes), min(box.top for box in boxes)
    right = max(box.left + box.width for box in boxes)
    bottom = max(box.top + box.height for box in boxes)
    return Box(left, top, right - left, bottom - top)


def twice_area(ring: Ring) -> int:
    """Return twice the signed area of a ring, to weigh its parts with; it is no area of a municipality."""
    return sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in zip(ring, [*ring[1:], ring[0]], strict=True))


def middle_of(ring: Ring) -> Place:
    """Return the centre of gravity of a ring."""
    pairs = list(zip(ring, [*ring[1:], ring[0]], strict=True))
    area = twice_area(ring)
    if not area:
        return float(ring[0][0]), float(ring[0][1])
    x = sum((x + next_x) * (x * next_y - next_x * y) for (x, y), (next_x, next_y) in pairs)
    y = sum((y + next_y) * (x * next_y - next_x * y) for (x, y), (next_x, next_y) in pairs)
    return round(x / (3 * area), 1), round(y / (3 * area), 1)
