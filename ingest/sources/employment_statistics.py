"""Employment statistics (työssäkäyntitilasto), at year end: rates 115x, workplace self-sufficiency 125s, jobs 115h.

The unemployed of 115x are those of the register at year end by main activity: another measure than the monthly rate of
the employment service. Commuting is copied from 115n and 115p.
"""

from ingest.copied_source import copied_source
from ingest.pxweb_source import pxweb_source
from ingest.pxweb_table import Content, Table
from ingest.sums import with_areas

RATES = Table(
    "tyokay/115x",
    {
        "tyokay-tyollisyysaste": Content("employment_rate_18_64"),
        "tyokay-tyottomyysaste": Content("unemployment_rate_year_end"),
        "taloudellinenhuoltosuhde": Content("economic_dependency_ratio"),
    },
    others=None,
)
SELF_SUFFICIENCY = Table(
    "tyokay/125s",
    {"tyopaikkaomavaraisuus": Content("workplace_self_sufficiency")},
    others=None,
)
JOBS = Table(
    "tyokay/115h",
    {"tyolliset3|tyolliset|tyopaikat": Content("jobs")},
    others=None,
    dimension="industry",
    forms={"industry": "[A-Z]"},
    owns_totals=True,
)
COMMUTING = (
    "employed_residents",
    "employed_in_own_municipality",
    "out_commuters",
    "in_commuters",
    "jobs_held_by_residents",
)

SOURCES = (
    pxweb_source("employment_115x", RATES),
    pxweb_source("workplace_self_sufficiency_125s", SELF_SUFFICIENCY),
    pxweb_source("jobs_115h", JOBS, derive=with_areas),
    copied_source("commuting_copy", {code: code for code in COMMUTING}, "transcript"),
)
