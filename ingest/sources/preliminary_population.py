"""Preliminary population statistics (väestön ennakkotilasto): population at the end of each month, 11lj.

Every figure is preliminary, also where the publisher does not mark it cell by cell.
"""

from ingest.pxweb_source import pxweb_source
from ingest.pxweb_table import Content, Table
from ingest.sums import with_areas

BY_MONTH = Table(
    "vamuu/11lj",
    {"vaesto|vaesto_ennakko": Content("population_preliminary")},
    others=None,
    preliminary=True,
)

SOURCES = (pxweb_source("preliminary_population_11lj", BY_MONTH, derive=with_areas),)
