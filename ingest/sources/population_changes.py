"""Changes in population: births, deaths and migration, by year (121w) and by month (12w7), final figures.

Both have the same family of contents. Months bear names of their own, for a month and a year are not one series. The
tables hold municipalities and the country; larger areas are sums, but not of moves in and out, of which some are
moves within the area. The correction is what makes the parts add up to the change.
"""

from ingest.pxweb_source import pxweb_source
from ingest.pxweb_table import Content, Table
from ingest.sums import with_areas

BY_YEAR = Table(
    "ssaaty/121w",
    {
        "vm01": Content("births"),
        "vm11": Content("deaths"),
        "luonvalisays": Content("natural_increase"),
        "vm43_tulo": Content("in_migration_intermunicipal"),
        "vm43_lahto": Content("out_migration_intermunicipal"),
        "vm43_netto": Content("net_migration_intermunicipal"),
        "vm41": Content("immigration"),
        "vm42": Content("emigration"),
        "vm4142": Content("net_immigration"),
        "koknetmuutto": Content("net_migration"),
        "vakorjaus": Content("population_correction", optional=True),
        "kokmuutos": Content("population_change"),
    },
    others=None,
)
BY_MONTH = Table(
    "muutl/12w7",
    {
        "vm01": Content("births_monthly"),
        "vm11": Content("deaths_monthly"),
        "luonvalisays": Content("natural_increase_monthly"),
        "vm43_netto": Content("net_migration_intermunicipal_monthly"),
        "vm4142": Content("net_immigration_monthly", optional=True),
        "koknetmuutto": Content("net_migration_monthly", optional=True),
        "kokmuutos": Content("population_change_monthly", optional=True),
    },
    others=None,
)

SOURCES = (
    pxweb_source("population_changes_121w", BY_YEAR, derive=with_areas),
    pxweb_source("population_changes_monthly_12w7", BY_MONTH, derive=with_areas),
)
