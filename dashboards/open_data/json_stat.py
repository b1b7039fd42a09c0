"""Observations as a JSON-stat 2.0 dataset (https://json-stat.org/full/): only the cells that are held are written."""

from typing import Any

from dashboards.categories import category_name
from dashboards.open_data.notes import breaks_of, cite, note_of, source_notes, write_notes
from dashboards.open_data.rows import Observations, Row

Dimension = dict[str, Any]


def write_json_stat(found: Observations) -> dict[str, Any]:
    """Return the dataset. `value`, `status` and the origins are objects by the place of a cell in the cube."""
    dimensions = dimensions_of(found)
    sizes = [len(each["category"]["index"]) for each in dimensions.values()]
    places = [{code: place for place, code in enumerate(each["category"]["index"])} for each in dimensions.values()]
    cells = {str(place_of(row, places, sizes)): row for row in found.rows}
    words = found.asked.words
    sources = source_notes(found)
    return {
        "version": "2.0",
        "class": "dataset",
        "label": ", ".join(words(f"indicator.{each.code}.label") for each in found.indicators),
        "source": "; ".join(cite(each) for each in sources),
        **({"updated": sources[0].release} if sources else {}),
        "note": write_notes(found),
        "id": list(dimensions),
        "size": sizes,
        "role": {"metric": ["indicator"], "geo": ["area"], "time": ["period"]},
        "dimension": dimensions,
        "value": {place: row.value for place, row in cells.items()},
        "status": {place: row.status for place, row in cells.items() if row.status},
        "extension": {
            "origin": {place: row.origin for place, row in cells.items() if row.origin != "published"},
            "release": {place: row.release for place, row in cells.items()},
            "breaks": [describe_break(found, each) for each in breaks_of(found)],
            "sources": [vars(each) for each in sources],
            "made_up": found.edition.made_up,
        },
    }


def place_of(row: Row, places: list[dict[str, int]], sizes: list[int]) -> int:
    """Return a row's place in the cube, the last dimension the quickest."""
    place = 0
    for code, codes, size in zip((row.indicator, row.area, row.period, row.category), places, sizes, strict=False):
        place = place * size + codes[code]
    return place


def dimensions_of(found: Observations) -> dict[str, Dimension]:
    """Return the dimensions by their names, in the order of the cube."""
    asked, words = found.asked, found.asked.words
    units = {
        each.code: {"label": words(f"unit.{each.unit}"), "decimals": each.decimals, "code": each.unit}
        for each in found.indicators
    }
    labels = {code: words(f"indicator.{code}.label") for code in asked.indicators}
    held = {row.area: row.area_name for row in found.rows}
    dimensions = {
        "indicator": dimension(words("api.column.indicator"), labels),
        "area": dimension(words("api.column.area"), {code: held[code] for code in asked.areas if code in held}),
        "period": dimension(
            words("api.column.period"), {each: each for each in sorted({r.period for r in found.rows})}
        ),
    }
    dimensions["indicator"]["category"]["unit"] = units
    if asked.dimension:
        names = found.edition.categories
        categories = dict.fromkeys(row.category for row in found.rows)
        dimensions[asked.dimension] = dimension(
            words("api.column.dimension"),
            {code: category_name(words, names, asked.dimension, code) for code in categories},
        )
    return dimensions


def dimension(label: str, categories: dict[str, str]) -> Dimension:
    """Return a dimension of categories with their labels."""
    return {"label": label, "category": {"index": list(categories), "label": categories}}


def describe_break(found: Observations, mark: Any) -> dict[str, Any]:
    """Return a break with its note."""
    return {"code": mark.code, "period": mark.period, "severity": mark.severity, "note": note_of(found, mark)}
