"""The vitality index on the page: what it is made of, how far the weights move the position, the rankings, the map."""

from collections.abc import Hashable, Mapping
from typing import Any

from dashboards import format
from dashboards.charts import VITALITY
from dashboards.pages.comparison import describe_map, rankings_of
from dashboards.pages.parts import Card, Makers, always
from dashboards.provenance import source_line
from dashboards.standing_words import spoken_of
from dashboards.tables import NOT_HELD, Rows
from dashboards.visit import Visit
from dashboards.vitality_country import IndexStanding
from dashboards.vitality_figures import mapped_indicators
from queries.analysis.vitality_index import EQUAL, PARTS, Part

CARD = "vitality_index"
EXACT = 3
"""Decimals of scores: so many that a reader can add them up."""


def describe_measures(visit: Visit) -> list[Card]:
    """Describe the map of any measure; what is not held of nearly all municipalities is left out."""
    offered = [code for code in mapped_indicators(visit.catalogue) if code in visit.country.years]
    if index_standing(visit).month:
        offered.insert(1, CARD)
    return [describe_map(visit, "vitality_map", offered)] if visit.mapped.month else []


def index_standing(visit: Visit) -> IndexStanding:
    """Return where the municipalities stand with the reader's weights."""
    return visit.country.index(weights_of(visit))


def weights_of(visit: Visit) -> tuple[int, ...]:
    """Return the weights of the parts in their order."""
    return visit.selection.weights or EQUAL


def describe_formula(visit: Visit) -> Card:
    """Describe what the index of the chosen municipality is made of; of an area of several the project's indices."""
    words, standing = visit.words, index_standing(visit)
    rows, title = table_of(visit, standing), words("vitality.index.title", name=visit.name(visit.selection.area))
    releases = list(standing.releases)
    told = (*tell_position(visit), *tell_lacking(visit), words("vitality.index.formula"), words("vitality.index.own"))
    legend = (f"{NOT_HELD} {words('vitality.index.not_held')}",) if any(NOT_HELD in row for row in rows) else ()
    return Card(CARD, title, words("vitality.index.unit"), True, rows, legend, source_line(visit, releases), told=told)


def table_of(visit: Visit, standing: IndexStanding) -> Rows:
    """Return the parts of the chosen municipality's index; of an area of several, the indices of the project's ones."""
    weighed = standing.weighed
    own = weighed[weighed["area"] == visit.selection.area]
    return part_rows(visit, standing) if len(own) else home_rows(visit, standing)


def part_rows(visit: Visit, standing: IndexStanding) -> Rows:
    """Return a row for each part that has a weight: its year, value, mean, spread, score, share and contribution."""
    words, columns = visit.words, ("part", "year", "value", "mean", "spread", "score", "share", "contribution")
    own = standing.weighed[standing.weighed["area"] == visit.selection.area]
    held = {str(row["part"]): row for row in own.to_dict("records")}
    rows = [tuple(words(f"vitality.index.column.{name}") for name in columns)]
    for part, weight in zip(PARTS, weights_of(visit), strict=True):
        if weight and part.code in held:
            rows.append(part_row(visit, part, held[part.code]))
        elif weight:
            rows.append((part_label(visit, part), *[NOT_HELD] * (len(columns) - 1)))
    total = format.signed(words, float(own["contribution"].sum()), EXACT)
    empty = [""] * (len(columns) - 3)
    return (*rows, (words("vitality.index.sum"), *empty, f"100{format.NO_BREAK}%", total))


def part_row(visit: Visit, part: Part, held: Mapping[Hashable, Any]) -> tuple[str, ...]:
    """Return the row of a part that is held."""
    words, decimals = visit.words, visit.catalogue.indicators[part.code].decimals
    numbers = [format.number(words, float(held[name]), decimals) for name in ("value", "mean", "spread")]
    share = f"{format.number(words, 100 * float(held['share']), 1)}{format.NO_BREAK}%"
    score, contribution = (format.signed(words, float(held[name]), EXACT) for name in ("score", "contribution"))
    return (part_label(visit, part), visit.country.years[part.code], *numbers, score, share, contribution)


def part_label(visit: Visit, part: Part) -> str:
    """Return a part's name, and that less of it is better where it is so."""
    known = part.code in visit.catalogue.indicators
    label = visit.label(part.code) if known else visit.words(f"vitality.part.{part.code}")
    return label if part.direction > 0 else visit.words("vitality.index.less", label=label)


def home_rows(visit: Visit, standing: IndexStanding) -> Rows:
    """Return the index, position and range of the project's municipalities."""
    words, places = visit.words, [(area, standing.place(area)) for area in visit.homes]
    head = tuple(words(f"vitality.index.column.{name}") for name in ("municipality", "index", "position", "range"))
    rows = [
        (
            visit.name(area),
            format.signed(words, place.value, 2),
            format.position(words, place.position, place.position),
            format.position(words, place.first, place.last),
        )
        for area, place in places
        if place
    ]
    return (head, *rows) if rows else ()


def tell_position(visit: Visit) -> list[str]:
    """Tell the position with its range, and how far the reader's weights have moved it from that of equal weights."""
    words, standing = visit.words, index_standing(visit)
    usual = visit.country.index(EQUAL)
    sentences = []
    for area in spoken_of(visit):
        place, before = standing.place(area), usual.place(area)
        if place is None:
            sentences.append(words("vitality.index.none", name=visit.name(area)))
            continue
        told = {"name": visit.name(area), "count": len(standing.places)}
        told["position"] = format.position(words, place.position, place.position)
        told["range"] = format.position(words, place.first, place.last)
        sentences.append(words("vitality.index.position", **told))
        if visit.selection.weights and before:
            sentences.append(tell_move(visit, before.position, place.position))
    return sentences


def tell_move(visit: Visit, usual: int, now: int) -> str:
    """Tell how many positions the reader's weights move a municipality from that of equal weights."""
    form = "same" if usual == now else "better" if usual > now else "worse"
    position = format.position(visit.words, usual, usual)
    return visit.words(f"vitality.index.moved.{form}", usual=position, steps=abs(usual - now))


def tell_lacking(visit: Visit) -> list[str]:
    """Name the parts that have a weight but are not held of nearly all municipalities: they are left out."""
    pairs = zip(PARTS, weights_of(visit), strict=True)
    lacking = [part_label(visit, part) for part, weight in pairs if weight and part.code not in visit.country.years]
    return [visit.words("vitality.index.lacking", parts="; ".join(lacking))] if lacking else []


INDEX_CARDS: Makers = {CARD: always(describe_formula), **rankings_of(VITALITY), "vitality_map": describe_measures}
