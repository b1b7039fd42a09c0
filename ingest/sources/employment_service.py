"""Employment service statistics (työnvälitystilasto): the monthly register of jobseekers and vacancies.

12r5 owns the totals by area, 12u4 the activation rate and all persons in services, 12ti the occupations, and the ended
2310 the vacancies that were open at some time during a month.
"""

from collections.abc import Callable

import numpy as np
import pandas as pd

from ingest.jsonstat import Codes
from ingest.pxweb_source import constant, ended_source, pxweb_source
from ingest.pxweb_table import Content, Table
from ingest.source import FRAME_COLUMNS
from ingest.sums import REASONS
from queries.settings import Settings

BY_AREA = Table(
    "tyonv/12r5",
    {
        "HAKIJALOPUSSA": Content("jobseekers"),
        "TYOTTOMATLOPUSSA": Content("unemployed_jobseekers"),
        "TYOVOIMATK": Content("labour_force"),
        "TYOTOSUUS": Content("unemployment_rate"),
        "TYOTTOMATMIEHET": Content("unemployed_men"),
        "TYOTTOMATNAISET": Content("unemployed_women"),
        "TYOTTOMAT20": Content("unemployed_under_20"),
        "TYOTTOMAT25": Content("unemployed_under_25"),
        "TYOTTOMAT50": Content("unemployed_over_50"),
        "TYOTTOMATSAIR": Content("unemployed_disabled"),
        "TYOTTOMATULK": Content("unemployed_foreign"),
        "PITKAAIKAISTYOTTOMAT": Content("long_term_unemployed"),
        "KASSASSA": Content("unemployed_fund_members"),
        "LOMAUTETTU": Content("laid_off"),
        "LYHTYOVKO": Content("reduced_working_week"),
        "TYOLLISTETTYLOP": Content("in_services_employed"),
        "TYOHARJOITTELULOP": Content("in_services_traineeship"),
        "KOKEILULOP": Content("in_services_trial"),
        "TVKOULUTUSLOP": Content("in_services_labour_market_training"),
        "VALMENNUSLOP": Content("in_services_coaching"),
        "MTPPALVELUTLOP": Content("in_services_other"),
        "AVPAIKATLOPUSSA": Content("open_vacancies"),
        "UUDETAVP": Content("new_vacancies"),
    },
)
SERVICES = Table(
    "tyonv/12u4",
    {
        "AKTASTE": Content("activation_rate"),
        "PALVELUISSAYHTEENSA": Content("in_services"),
        "VUORVAPLOP": Content("in_services_job_alternation", optional=True),
        "KUNTTYOLOP": Content("in_services_rehabilitative_work", optional=True),
        "OMAEHTLOP": Content("in_services_independent_study", optional=True),
    },
    others=2,
)
BY_OCCUPATION = Table(
    "tyonv/12ti",
    {"TYOTTOMATLOPUSSA": Content("unemployed_jobseekers"), "AVPAIKATLOPUSSA": Content("open_vacancies")},
    others=1,
    dimension="occupation",
    newest_periods=60,
)

# Ended in 2020. Its new vacancies are those of 12r5 and stay out; vacancies during the month are another measure.
DURING_MONTH = Table(
    "tyonv/2310",
    {
        "Avoimet_tyopaikat_kauden_aikana": Content("vacancies_during_month"),
        "Tayttyneet_tyopaikat_kauden_aikana": Content("filled_vacancies"),
        "Tayttyneiden_tyopaikkojen_avoinnaolon_km_kesto_paivaa": Content("vacancy_duration"),
    },
)


def project_and_wide_areas(settings: Settings) -> Callable[[str], bool]:
    """Choose the country, the regions, the configured areas: a breakdown for every municipality would be too much."""
    wanted = {f"KU{code}" if code.isdigit() else code for code in settings.shown}
    return lambda code: code == "SSS" or code.startswith("MK") or code in wanted


def rounded_ratio(numerator: pd.Series, denominator: pd.Series, scale: int) -> pd.Series:
    """Return scale × numerator / denominator to one decimal, halves away from zero, as the publisher rounds.

    Both are whole numbers, so the rounding is done in them and is exact; NaN where a part is NaN or the divisor is 0.
    """
    divisor = denominator.where(denominator > 0)
    return (numerator * 20 * scale + divisor) // (2 * divisor) / 10


def derive_ratios(frame: pd.DataFrame) -> pd.DataFrame:
    """Add what the table does not give: unemployed per vacancy, and the rate where a copy has only its parts."""
    added = [derive_ratio(frame, "unemployed_per_vacancy", "unemployed_jobseekers", "open_vacancies", 1)]
    if "unemployment_rate" not in frame["indicator"].unique():
        added.append(derive_ratio(frame, "unemployment_rate", "unemployed_jobseekers", "labour_force", 100))
    return pd.concat([frame, *(each for each in added if len(each))], ignore_index=True)


def derive_ratio(frame: pd.DataFrame, indicator: str, numerator: str, denominator: str, scale: int) -> pd.DataFrame:
    """Return rows of a ratio for each area and period of which the frame holds both parts; origin is derived."""
    parts = [
        frame.loc[frame["indicator"] == part, ["area", "period", "value", "status"]].astype({"status": str})
        for part in (numerator, denominator)
    ]
    both = parts[0].merge(parts[1], on=["area", "period"], how="right", suffixes=("_over", "_under"))
    # Without its numerator a ratio is told only where the hidden denominator alone says that it is hidden.
    both = both[both["status_over"].notna() | (both["status_under"] == "suppressed")]
    value = rounded_ratio(both["value_over"], both["value_under"], scale)
    return pd.DataFrame(
        {
            "indicator": constant(indicator, len(both)),
            "area": both["area"],
            "period": both["period"],
            "dimension": constant("", len(both)),
            "category": constant("", len(both)),
            "value": value,
            "status": why_missing(both, value),
            "origin": constant("derived", len(both)),
        },
        columns=list(FRAME_COLUMNS),
    )


def why_missing(both: pd.DataFrame, value: pd.Series) -> Codes:
    """Return the status of each ratio: '' where there is a value, else the worse reason of its two parts."""
    parts = [both["status_over"], both["status_under"]]
    chosen = [(parts[0] == reason) | (parts[1] == reason) for reason in REASONS]
    status = np.select([value.notna(), *chosen], ["", *REASONS], default="not_applicable")
    return pd.Categorical(status)


SOURCES = (
    pxweb_source("employment_service_12r5", BY_AREA, derive=derive_ratios, derived=("unemployed_per_vacancy",)),
    pxweb_source("employment_service_12u4", SERVICES),
    pxweb_source("employment_service_12ti", BY_OCCUPATION, areas=project_and_wide_areas),
    ended_source("employment_service_2310", DURING_MONTH),
)
