"""Municipal key figures (kuntien avainluvut), 142h: what no other table here has; older editions are copied.

Contents are bare numbers there, so each must also bear its word in the publisher's label. The newest year holds only
some of them, for the statistics behind the figures do not end in the same year.
"""

from ingest.copied_source import copied_source
from ingest.pxweb_source import pxweb_source
from ingest.pxweb_table import Content, Table

NEWEST = Table(
    "uusin/142h",
    {
        "M536": Content("employment_rate_20_64", label="työllisyysaste"),
        "M410": Content("share_foreign_citizens", optional=True, label="ulkom"),
        "M74": Content("jobs_share_primary", optional=True, label="alkutuotan"),
        "M82": Content("jobs_share_secondary", optional=True, label="jalostuk"),
        "M104": Content("jobs_share_services", optional=True, label="palvelu"),
        "M174": Content("share_entrepreneurs", optional=True, label="yrittäj"),
        "M70": Content("households_share_rental", optional=True, label="vuokra"),
    },
    others=None,
    database="Kuntien_avainluvut",
)
ONLY_IN_OLDER_EDITIONS = (
    "share_working_in_own_municipality",
    "households_share_detached_or_terraced",
    "household_dwelling_units",
    "families",
    "share_pensioners",
    "degree_of_urbanisation",
)

SOURCES = (
    pxweb_source("key_figures_142h", NEWEST),
    copied_source("key_figures_copy", {code: code for code in ONLY_IN_OLDER_EDITIONS}, "transcript"),
)
