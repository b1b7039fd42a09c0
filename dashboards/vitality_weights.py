"""The form of the vitality index's weights: it works without a script, and each state of it is an address."""

from dataclasses import dataclass
from urllib.parse import parse_qsl

from dashboards.charts import VITALITY
from dashboards.pages.vitality_index import CARD, part_label, weights_of
from dashboards.selection import changed, write_query
from dashboards.shell import Link, page_address
from dashboards.visit import Visit
from queries.analysis.vitality_index import EQUAL, FIVE_DIMENSIONS, PARTS

PRESETS = {"equal": EQUAL, "five_dimensions": FIVE_DIMENSIONS}


@dataclass(frozen=True)
class WeightField:
    """The weight of one part; `held` tells whether the part can count at all."""

    label: str
    value: int
    held: bool


@dataclass(frozen=True)
class WeightsForm:
    """All weights, what of the address is kept, and the links to weights that are given names."""

    card: str
    action: str
    fields: tuple[WeightField, ...]
    kept: tuple[tuple[str, str], ...]
    presets: tuple[Link, ...]


def weights_form(visit: Visit) -> WeightsForm:
    """Return the form of a visit."""
    language, chosen = visit.words.language, weights_of(visit)
    kept = write_query(changed(visit.selection, weights=()), visit.settings, visit.edition.areas)
    fields = zip(PARTS, chosen, strict=True)
    return WeightsForm(
        card=CARD,
        action=f"{page_address(language, VITALITY)}#{CARD}",
        fields=tuple(
            WeightField(part_label(visit, part), weight, part.code in visit.country.years) for part, weight in fields
        ),
        kept=tuple(parse_qsl(kept, keep_blank_values=True)),
        presets=tuple(preset(visit, name, weights, weights == chosen) for name, weights in PRESETS.items()),
    )


def preset(visit: Visit, name: str, weights: tuple[int, ...], current: bool) -> Link:
    """Return the link to weights that have a name."""
    asked = changed(visit.selection, weights=() if weights == EQUAL else weights)
    query = write_query(asked, visit.settings, visit.edition.areas)
    address = page_address(visit.words.language, VITALITY, query)
    return Link(f"{address}#{CARD}", visit.words(f"vitality.preset.{name}"), visit.words.language, current)
