"""Charts: every chart's entry, the kinds that make descriptions, and the drawers that turn one into SVG or a figure."""

from dataclasses import dataclass

import pandas as pd

from dashboards.charts.description import Description
from dashboards.errors import UnknownChart

STRUCTURE = (
    "unemployed_women",
    "unemployed_men",
    "unemployed_under_20",
    "unemployed_under_25",
    "unemployed_over_50",
    "long_term_unemployed",
    "unemployed_disabled",
    "unemployed_foreign",
    "laid_off",
    "reduced_working_week",
)
SERVICES = (
    "in_services_employed",
    "in_services_labour_market_training",
    "in_services_coaching",
    "in_services_trial",
    "in_services_traineeship",
    "in_services_rehabilitative_work",
    "in_services_independent_study",
    "in_services_job_alternation",
    "in_services_other",
)
REVIEW, BENEFIT, VITALITY, PROJECT = "tyollisyyskatsaus", "tyottomyysturva", "elinvoimakatsaus", "hanke"
PAID, SHARE = "cofunded_benefit_paid_eur", "cofunded_benefit_municipal_eur"
RECIPIENTS, OLD_SHARE = "cofunded_benefit_recipients", "cofunded_subsidy_municipal_eur"
PER_INHABITANT, PER_UNEMPLOYED = f"{SHARE}_per_inhabitant", f"{SHARE}_per_unemployed"
BESIDE_BENEFIT = (
    "cofunded_subsidy_index",
    "cofunded_subsidy_eur_per_inhabitant",
    "social_assistance_eur_per_inhabitant",
    "hard_to_employ_share_15_64",
)
"""What stands beside the benefit itself, one figure a year."""


POPULATION_SHARES = ("share_under_15", "share_over_64", "demographic_dependency_ratio", "share_foreign_citizens")
WORK = ("employment_rate_18_64", "economic_dependency_ratio", "workplace_self_sufficiency")
SKILLS = ("education_share_upper_secondary_or_higher", "education_share_tertiary", "education_level_index")
INCOME = ("median_income", "low_income_rate")
ENTERPRISES = ("enterprise_openings", "enterprise_closures", "enterprise_net")
CHANGES = ("natural_increase", "net_migration_intermunicipal", "net_immigration")
SECTORS = ("jobs_share_primary", "jobs_share_secondary", "jobs_share_services")
FINANCES = ("annual_margin_per_inhabitant", "loans_per_inhabitant")


@dataclass(frozen=True)
class Chart:
    """One chart: its kind, what it shows, and whether other areas stand beside the chosen one.

    Its words are chart.<id>. One that is `measured` follows the reader's choice of rate, persons or index. `page` is
    the slug of the page that it stands on, `dimension` what its figures are broken down by.
    A trend with other `indicators` has the axis of values that they need too. One that is not `of_area` shows the same
    whatever area is chosen.
    """

    id: str
    indicator: str
    kind: str = "trend"
    indicators: tuple[str, ...] = ()
    compared: bool = False
    measured: bool = False
    page: str = REVIEW
    dimension: str = ""
    of_area: bool = True


@dataclass(frozen=True)
class Told:
    """What a kind makes of a chart: rows, description, a sentence that reads it, its text alternative, notes.

    `releases` are those of figures that the rows are made of, () where each row tells its own.
    """

    frame: pd.DataFrame
    description: Description
    summary: str
    alt: str
    notes: tuple[str, ...] = ()
    releases: tuple[int, ...] = ()


PROJECT_CHARTS = (
    Chart(
        "project_organisations",
        "project_organisations_reached",
        kind="targets",
        indicators=("project_organisations_target",),
        page=PROJECT,
        of_area=False,
    ),
    Chart(
        "project_persons",
        "project_persons_reached",
        kind="targets",
        indicators=("project_persons_target",),
        page=PROJECT,
        of_area=False,
    ),
    Chart(
        "project_employer_scores",
        "project_employer_scores",
        kind="scores",
        page=PROJECT,
        dimension="score",
        of_area=False,
    ),
    Chart(
        "project_customer_groups",
        "project_customer_recommendation_share",
        kind="groups",
        page=PROJECT,
        dimension="recommendation",
        of_area=False,
    ),
    Chart("project_rates", "project_reported_unemployment_rate", kind="reported_rates", page=PROJECT, of_area=False),
    Chart("project_unemployment", "unemployment_rate", kind="project_trend", page=PROJECT),
    Chart("project_open_vacancies", "open_vacancies", kind="project_trend", page=PROJECT),
    Chart("project_new_vacancies", "new_vacancies", kind="project_trend", page=PROJECT),
)
CHARTS = {
    chart.id: chart
    for chart in (
        Chart("unemployment_rate", "unemployment_rate", compared=True, measured=True),
        Chart("home_municipalities", "unemployment_rate", kind="multiples"),
        Chart("structure", "unemployed_jobseekers", kind="structure", indicators=STRUCTURE),
        Chart("services", "in_services", kind="structure", indicators=SERVICES),
        Chart("open_vacancies", "open_vacancies"),
        Chart("new_vacancies", "new_vacancies"),
        Chart("unemployed_per_vacancy", "unemployed_per_vacancy"),
        Chart("beveridge", "unemployment_rate", kind="beveridge"),
        Chart("occupations_unemployed", "unemployed_jobseekers", kind="occupations"),
        Chart("occupations_vacancies", "open_vacancies", kind="occupations"),
        Chart("rank_employment_area", "unemployment_rate", kind="ranks"),
        Chart("rank_region", "unemployment_rate", kind="ranks"),
        Chart("rank_country", "unemployment_rate", kind="ranks"),
        Chart("area_map", "unemployment_rate", kind="area_map"),
        Chart(SHARE, SHARE, page=BENEFIT, indicators=(OLD_SHARE,)),
        Chart(OLD_SHARE, OLD_SHARE, page=BENEFIT, indicators=(SHARE,)),
        Chart(PAID, PAID, page=BENEFIT),
        Chart(RECIPIENTS, RECIPIENTS, page=BENEFIT),
        Chart(PER_INHABITANT, PER_INHABITANT, page=BENEFIT, compared=True),
        Chart(PER_UNEMPLOYED, PER_UNEMPLOYED, page=BENEFIT, compared=True),
        Chart("benefit_share_by_day_class", SHARE, kind="breakdown", page=BENEFIT, dimension="day_class"),
        Chart("benefit_recipients_by_day_class", RECIPIENTS, kind="breakdown", page=BENEFIT, dimension="day_class"),
        Chart("benefit_share_by_benefit", SHARE, kind="breakdown", page=BENEFIT, dimension="benefit"),
        Chart("benefit_recipients_by_age", RECIPIENTS, kind="breakdown", page=BENEFIT, dimension="age"),
        Chart("benefit_recipients_by_sex", RECIPIENTS, kind="breakdown", page=BENEFIT, dimension="sex"),
        Chart("benefit_rank_employment_area", PER_INHABITANT, kind="ranks", page=BENEFIT),
        Chart("benefit_rank_similar", PER_INHABITANT, kind="ranks", page=BENEFIT),
        *(Chart(code, code, page=BENEFIT, compared=True) for code in BESIDE_BENEFIT),
        Chart("population", "population", page=VITALITY),
        Chart("population_changes", "population_change", kind="parts_of_change", indicators=CHANGES, page=VITALITY),
        Chart("vitality_rank_similar", "vitality_index", kind="ranks", page=VITALITY),
        Chart("vitality_rank_country", "vitality_index", kind="ranks", page=VITALITY),
        Chart("vitality_map", "population_change_rate", kind="area_map", page=VITALITY),
        Chart("profile", "population_change_rate", kind="profile", page=VITALITY),
        Chart("ages", "population", kind="pyramid", dimension="age", page=VITALITY),
        Chart("jobs_by_industry", "jobs", kind="breakdown", dimension="industry", page=VITALITY),
        Chart("projection", "projected_population", kind="projection", page=VITALITY),
        *(Chart(code, code, page=VITALITY, compared=True) for code in (*POPULATION_SHARES, *WORK)),
        Chart("jobs", "jobs", page=VITALITY),
        Chart("jobs_by_sector", "jobs_share_services", kind="structure", indicators=SECTORS, page=VITALITY),
        *(Chart(code, code, page=VITALITY, compared=True) for code in (*SKILLS, *INCOME)),
        *(Chart(code, code, page=VITALITY) for code in ENTERPRISES),
        Chart("overnight_stays", "overnight_stays", page=VITALITY),
        Chart("unemployment_by_month", "unemployment_rate", page=VITALITY),
        *(Chart(code, code, page=VITALITY, compared=True) for code in FINANCES),
        *PROJECT_CHARTS,
    )
}


def charts_of(page: str) -> tuple[Chart, ...]:
    """Return the charts of a page, in their order."""
    return tuple(chart for chart in CHARTS.values() if chart.page == page)


def find_chart(name: str) -> Chart:
    """Return a chart by its id. Raises UnknownChart."""
    try:
        return CHARTS[name]
    except KeyError:
        raise UnknownChart(f"No chart is named {name}; there are {', '.join(CHARTS)}: use one of them.") from None
