"""Accommodation statistics (majoitustilasto): nights in hotels by month and municipality, 11lm.

Only municipalities with enough hotels are there. What the press quoted of all registered establishments is another
measure and bears another name.
"""

from ingest.copied_source import copied_source
from ingest.pxweb_source import pxweb_source
from ingest.pxweb_table import Content, Table

HOTELS = Table(
    "matk/11lm",
    {"yopymiset|yopymiset_lkm|yopymiset_yht|yopymiset_yhteensa|yopyvrk": Content("overnight_stays")},
    others=None,
    selected_areas=True,
)

SOURCES = (
    pxweb_source("overnight_stays_11lm", HOTELS),
    copied_source("overnight_stays_press", {"overnight_stays_press": "overnight_stays_press"}, "press"),
)
