"""The parameters of /api/v1/observations: one table, for reading an address and for describing the interface."""

import re
from dataclasses import dataclass
from typing import Any

from dashboards.words import languages

PERIOD = r"[0-9]{4}(-(0[1-9]|1[0-2])|Q[1-4])?"
PERIOD_FORM = re.compile(PERIOD)
DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"


@dataclass(frozen=True)
class Parameter:
    """One parameter: what it means, the JSON schema of its text, and an example."""

    name: str
    meaning: str
    schema: dict[str, Any]
    example: str
    required: bool = False


def text_like(pattern: str) -> dict[str, Any]:
    """Return the schema of a text of a form."""
    return {"type": "string", "pattern": f"^{pattern}$"}


def list_like(pattern: str) -> dict[str, Any]:
    """Return the schema of texts of a form with commas between them."""
    return text_like(f"{pattern}(,{pattern})*")


PARAMETERS = (
    Parameter(
        "indicator",
        "Codes of indicators with commas between them; /api/v1/indicators lists them.",
        list_like("[a-z0-9_]+"),
        "unemployment_rate,labour_force",
        required=True,
    ),
    Parameter(
        "area",
        "Codes of areas with commas between them; /api/v1/areas lists them. KU305 is 305. Without it: all.",
        list_like("[A-Za-z0-9]+"),
        "305,SSS",
    ),
    Parameter("level", "Only areas of this level, as municipality.", text_like("[a-z_]+"), "municipality"),
    Parameter(
        "from",
        "First period: 2023-10, 2024Q3 or 2023. A period is given when it lies wholly between from and to.",
        text_like(PERIOD),
        "2023-10",
    ),
    Parameter("to", "Last period, in the same forms.", text_like(PERIOD), "2023-12"),
    Parameter("period", "Just these periods, with commas between them.", list_like(PERIOD), "2022,2023"),
    Parameter(
        "dimension",
        "A breakdown, as age; without it only totals. Categories of persons overlap: do not sum them.",
        text_like("[a-z_]+(,[a-z_]+)*"),
        "age",
    ),
    Parameter("as_of", "What was known at the end of that day in Finland.", text_like(DAY), "2026-06-30"),
    Parameter("lang", "Language of names, notes and errors.", {"enum": list(languages())}, "en"),
    Parameter("excel", "csv only: fi gives semicolons, a decimal comma and a byte order mark.", {"enum": ["fi"]}, "fi"),
)
"""The parameters, in the order in which they are told."""

COLUMNS = (
    "indicator",
    "area",
    "area_name",
    "period",
    "dimension",
    "category",
    "value",
    "unit",
    "status",
    "source",
    "release",
    "fetched_at",
    "origin",
)
"""The columns of every file of observations. One of made-up data has `remark` after them."""
