"""The address of a chart's own rows in the interface, where the interface can give just those."""

from urllib.parse import urlencode

import pandas as pd

from dashboards.visit import Visit

MOST_PERIODS = 3
"""So few periods are named one by one; more are a span."""


def rows_address(visit: Visit, frame: pd.DataFrame, kind: str) -> str:
    """Return the address of a frame's rows as a file; '' when there are none, or they are computed only here."""
    indicators = sorted(set(frame["indicator"].tolist()))
    if not indicators or any(visit.catalogue.indicators[code].made_of for code in indicators):
        return ""
    dimensions = set(frame["dimension"].tolist()) if "dimension" in frame else {""}
    if len(dimensions) > 1 or (dimensions == {""} and has_categories(frame)):
        return ""
    selection = visit.selection
    parts = {
        "indicator": ",".join(indicators),
        **places_of(visit, frame),
        **periods_of(frame),
        "dimension": dimensions.pop(),
        "as_of": selection.as_of.isoformat() if selection.as_of else "",
        "lang": visit.words.language,
    }
    query = urlencode({name: text for name, text in parts.items() if text}, safe=",")
    return f"/api/v1/observations.{kind}?{query}"


def has_categories(frame: pd.DataFrame) -> bool:
    """Tell whether rows are broken down by a dimension that they do not name."""
    return "category" in frame and bool((frame["category"] != "").any())


def places_of(visit: Visit, frame: pd.DataFrame) -> dict[str, str]:
    """Return the areas of a frame: by name, or as the whole level of municipalities."""
    areas = set(frame["area"].tolist())
    if areas == set(visit.edition.municipalities):
        return {"level": "municipality"}
    return {"area": ",".join(sorted(areas))}


def periods_of(frame: pd.DataFrame) -> dict[str, str]:
    """Return the periods of a frame: one by one where they are few, else from the first to the last."""
    periods = sorted(set(frame["period"].tolist()))
    if len(periods) <= MOST_PERIODS:
        return {"period": ",".join(periods)}
    return {"from": periods[0], "to": periods[-1]}
