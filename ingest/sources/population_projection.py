"""Population projection (väestöennuste) to 2045, 14wx: origin `projection`, never one series with what came true.

The content's code ends in the year of the projection. Ages are years, loaded by five as the population's are. The
municipal division is that of the projection's year; a municipality that has ended since counts to the area of the one
that it has joined.
"""

import pandas as pd

from ingest.pxweb_source import pxweb_source
from ingest.pxweb_table import Content, Table
from ingest.sources.population_structure import AGE
from ingest.sums import in_age_groups, with_areas

PROJECTION = Table(
    "vaenn/14wx",
    {"vaesto_e*": Content("projected_population")},
    others=None,
    dimension="age",
    forms={"age": AGE},
    owns_totals=True,
    named=False,
    origin="projection",
)


def by_age(frame: pd.DataFrame) -> pd.DataFrame:
    """Put years of age together by five, and municipalities for larger areas."""
    return with_areas(in_age_groups(frame))


SOURCES = (pxweb_source("population_projection_14wx", PROJECTION, derive=by_age),)
