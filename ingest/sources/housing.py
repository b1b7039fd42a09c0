"""Housing of the project's municipalities, as copied: dwelling prices, dwellings without residents, Paavo's figures."""

from ingest.copied_source import copied_source

FIGURES = (
    "dwellings_without_permanent_residents_share",
    "old_flats_price",
    "terraced_houses_price",
    "old_flats_sales",
    "dwellings_in_blocks_of_flats_share",
    "average_dwelling_size",
    "floor_area_per_person",
    "one_person_households_share",
    "renter_households_share",
    "mean_household_income",
    "median_income_of_inhabitants",
    "share_20_34",
    "unemployment_share_main_activity",
)

SOURCES = (copied_source("housing_copy", {code: code for code in FIGURES}, "transcript"),)
