"""Municipal finances and tax rates, as copied: they are no longer in StatFin.

The collection moved to the State Treasury in 2021, the rates are the Tax Administration's. Neither is asked; newer
figures are loaded from a file of the form of a transcript: `koillismaa import rates.csv --source
municipal_tax_rates_copy --published 2027-01-01`.
"""

from ingest.copied_source import copied_source

FINANCE = (
    "annual_margin_per_inhabitant",
    "loans_per_inhabitant",
    "group_loans_per_inhabitant",
    "equity_ratio",
    "relative_indebtedness",
)
RATES = (
    "municipal_income_tax_rate",
    "property_tax_land",
    "property_tax_general_building",
    "property_tax_permanent_dwelling",
    "property_tax_other_dwelling",
)

SOURCES = (
    copied_source("municipal_finance_copy", {code: code for code in FINANCE}, "transcript"),
    copied_source("municipal_tax_rates_copy", {code: code for code in RATES}, "transcript"),
)
