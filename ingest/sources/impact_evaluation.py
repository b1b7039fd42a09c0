"""Published aggregates of impact evaluations: `koillismaa impact publish` makes their file, nobody is asked for it.

The file is JSON: format, project, name, made_up ('' or the mark of made-up data), and rows of observations. It holds no
row of a person, and no count of 1 to 4; one that does is refused, wherever it comes from.
"""

import json
from collections.abc import Sequence
from typing import Any

import pandas as pd

from ingest.archive import Raw
from ingest.errors import LayoutChanged
from ingest.source import FRAME_COLUMNS, Parsed, Source
from queries.analysis.disclosure import is_small
from queries.impact_indicators import COUNTS, INDICATORS
from queries.settings import NOTHING_BY_HAND, ByHand

NAME = "impact_evaluation"
FORMAT = "koillismaa impact aggregates 1"


def parse(raw: Raw, by_hand: ByHand = NOTHING_BY_HAND, beside: Sequence[Raw] = ()) -> Parsed:
    """Read the aggregates of one project. Raises LayoutChanged."""
    told = read_aggregates(raw)
    project, name = str(told["project"]), str(told["name"])
    frame = pd.DataFrame(told["rows"], columns=list(FRAME_COLUMNS)).astype({"value": "float64"})
    strange = frame[~frame["indicator"].isin(INDICATORS)]
    if len(strange):
        raise LayoutChanged(raw.address, "indicators of an impact evaluation", str(strange["indicator"].iloc[0]))
    counts = frame.loc[frame["indicator"].isin(COUNTS), "value"].dropna()
    if counts.map(is_small).any():
        raise LayoutChanged(raw.address, "no group of 1 to 4 persons", "one")
    return Parsed(frame, categories=(("project", project, name, name, name),))


def read_aggregates(raw: Raw) -> dict[str, Any]:
    """Return what a file of aggregates says. Raises LayoutChanged when it is none."""
    try:
        told = json.loads(raw.content())
    except ValueError as error:
        raise LayoutChanged(raw.address, "JSON", str(error)) from error
    rows = told.get("rows") if isinstance(told, dict) and told.get("format") == FORMAT else None
    if not isinstance(rows, list) or not all(isinstance(row, list) and len(row) == len(FRAME_COLUMNS) for row in rows):
        raise LayoutChanged(raw.address, f"the format '{FORMAT}' with rows of {len(FRAME_COLUMNS)}", "another")
    return dict(told)


SOURCES = (Source(NAME, INDICATORS, parse),)
