"""Labour Force Survey (työvoimatutkimus): the survey's rates, whole country; another measure than the register."""

from ingest.pxweb_source import pxweb_source
from ingest.pxweb_table import Content, Table

KEY_FIGURES = Table(
    "tyti/135z",
    {
        "tyti-Tyottomyysaste": Content("unemployment_rate_survey"),
        "tyottaste_trendi": Content("unemployment_rate_survey_trend"),
        "Tyollisyysaste_20_64": Content("employment_rate_survey"),
        "Tyollaste_20_64_trendi": Content("employment_rate_survey_trend"),
    },
    has_areas=False,
)

SOURCES = (pxweb_source("labour_force_survey_135z", KEY_FIGURES),)
