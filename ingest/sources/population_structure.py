"""Population structure (väestörakenne): 11ra owns population and its key figures, 11re the ages and sexes.

Ages of 11re are years; they are loaded by five, so that every municipality of the country has its age structure.
11re and the country's municipalities know no regions: those are sums (`derived`).
"""

import pandas as pd

from ingest.pxweb_source import pxweb_source
from ingest.pxweb_table import Content, Table
from ingest.source import FRAME_COLUMNS
from ingest.sums import in_age_groups, sums_of, with_areas

AGE, SEX = r"\d{3}-?", "[12]"
WORKING_AGE = tuple(f"{first}-{first + 4}" for first in range(15, 65, 5))

KEY_FIGURES = Table(
    "vaerak/11ra",
    {
        "vaerak-vaesto": Content("population"),
        "vaesto_alle15_p": Content("share_under_15"),
        "vaesto_15_64_p": Content("share_15_64", optional=True),
        "vaesto_yli64_p": Content("share_over_64"),
        "dem_huoltos": Content("demographic_dependency_ratio", optional=True),
        "vaesto_keski_ika": Content("mean_age"),
        "vaesto_kieli_ulk_p": Content("share_foreign_language", optional=True),
    },
    others=None,
)
BY_AGE = Table(
    "vaerak/11re",
    {"vaerak-vaesto": Content("population")},
    others=None,
    dimension="age,sex",
    forms={"age": AGE, "sex": SEX},
    named=False,
)


def by_age(frame: pd.DataFrame) -> pd.DataFrame:
    """Put years of age together by five, add those of working age together, and municipalities for larger areas."""
    grouped = in_age_groups(frame)
    of_age = (grouped["dimension"] == "age") & grouped["category"].isin(WORKING_AGE)
    working = sums_of(
        grouped[of_age].assign(indicator="population_15_64", dimension="", category="").astype({"area": str})
    )
    return with_areas(pd.concat([grouped, working], ignore_index=True)[list(FRAME_COLUMNS)])


SOURCES = (
    pxweb_source("population_key_figures_11ra", KEY_FIGURES),
    pxweb_source("population_by_age_11re", BY_AGE, derive=by_age, derived=("population_15_64",)),
)
