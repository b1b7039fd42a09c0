"""Income distribution statistics (tulonjakotilasto), 14ww: incomes in euros of the newest year, low income, Gini."""

from ingest.pxweb_source import pxweb_source
from ingest.pxweb_table import Content, Table

INCOME = Table(
    "tjt/14ww",
    {
        "hkturaha18_med": Content("median_income"),
        "tjt-ekvikturaha_med": Content("median_equivalised_income"),
        "rpt_aste": Content("low_income_rate"),
        "gini_kturaha": Content("gini_coefficient"),
    },
    others=None,
)

SOURCES = (pxweb_source("income_14ww", INCOME),)
