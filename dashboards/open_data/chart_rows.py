"""The address of a chart's own rows in the interface, where the interface can give just those."""

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from urllib.parse import urlencode

from dashboards.view import View
from dashboards.visit import Visit
from queries.analysis.months import month_number

MOST_PERIODS = 3
"""So few periods are always named one by one."""


def rows_address(visit: Visit, shown: View, kind: str) -> str:
    """Return the address of a view's rows as a file; '' when there are none, or they are computed only here."""
    indicators = sorted(shown.rows["indicator"])
    if not indicators or any(visit.catalogue.indicators[code].made_of for code in indicators):
        return ""
    dimensions = shown.rows.get("dimension", {""})
    if len(dimensions) > 1 or (dimensions == {""} and has_categories(shown.rows)):
        return ""
    selection = visit.selection
    parts = {
        "indicator": ",".join(indicators),
        **places_of(visit, shown.rows["area"]),
        **periods_of(shown.rows["period"], several=len(indicators) > 1),
        "dimension": next(iter(dimensions)),
        "as_of": selection.as_of.isoformat() if selection.as_of else "",
        "lang": visit.words.language,
    }
    query = urlencode({name: text for name, text in parts.items() if text}, safe=",")
    return f"/api/v1/observations.{kind}?{query}"


def has_categories(rows: Mapping[str, Collection[str]]) -> bool:
    """Tell whether rows are broken down by a dimension that they do not name."""
    return any(rows.get("category", ()))


def places_of(visit: Visit, areas: Collection[str]) -> dict[str, str]:
    """Return some areas as a part of an address: by name, or as the whole level of municipalities."""
    if set(areas) == set(visit.edition.municipalities):
        return {"level": "municipality"}
    return {"area": ",".join(sorted(areas))}


def periods_of(periods: Collection[str], several: bool) -> dict[str, str]:
    """Return some periods as parts of an address: one by one where they are few, else from the first to the last.

    Of several indicators a chart may have the periods of all of them only: with gaps among them they are named too.
    """
    ordered = sorted(periods)
    if len(ordered) <= MOST_PERIODS or (several and has_gaps(ordered)):
        return {"period": ",".join(ordered)}
    return {"from": ordered[0], "to": ordered[-1]}


def has_gaps(ordered: Sequence[str]) -> bool:
    """Tell whether periods do not follow one another evenly."""
    return len({month_number(later) - month_number(earlier) for earlier, later in pairwise(ordered)}) > 1
