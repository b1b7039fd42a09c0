"""Educational structure of the population (väestön koulutusrakenne), 12bs: 15-year-olds and older, all ages and sexes.

The measure of educational level (VKTM) is of 20-year-olds and older.
"""

from ingest.pxweb_source import pxweb_source
from ingest.pxweb_table import Content, Table

LEVELS = Table(
    "vkour/12bs",
    {
        "kaste3T8osuus": Content("education_share_upper_secondary_or_higher"),
        "kaste3osuus": Content("education_share_upper_secondary"),
        "kaste5T8osuus": Content("education_share_tertiary"),
        "kaste0osuus": Content("education_share_basic"),
        "vktm": Content("education_level_index"),
    },
    others=None,
)

SOURCES = (pxweb_source("education_12bs", LEVELS),)
