"""Enterprise openings and closures: the ended table 11yq, and its successor in the folder of business demography.

The successor's id could not be seen beforehand: it is found by its title, and where none or two fit the source stops
alone. Both are kept under names of their own, for nobody has shown that they count alike.
"""

from ingest.pxweb_source import ended_source, pxweb_source
from ingest.pxweb_table import Content, Table
from ingest.sums import with_areas

SUCCESSOR = Table(
    "bdem",
    {
        "aloittan*": Content("enterprise_openings"),
        "lopettan*": Content("enterprise_closures"),
        "yrityskanta*": Content("enterprise_stock", optional=True),
    },
    others=None,
    title=("aloitta", "lopetta", "kunnittain|kunnan mukaan|alueittain|alueen mukaan"),
)
UNTIL_2024 = Table(
    "aly/11yq",
    {
        "aloittaneita": Content("enterprise_openings_until_2024"),
        "lopettaneita": Content("enterprise_closures_until_2024"),
        "yrityskanta": Content("enterprise_stock_until_2024"),
    },
)

SOURCES = (
    pxweb_source("enterprise_demography_bdem", SUCCESSOR, derive=with_areas),
    ended_source("enterprise_openings_11yq", UNTIL_2024),
)
