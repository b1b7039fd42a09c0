"""The figures of the project page: what its final report states, and the official series that stand beside it."""

import pandas as pd

from dashboards.figures import Figure
from dashboards.selection import Selection, known_at
from dashboards.visit import Visit
from queries.analysis.promoters import Recommendation
from queries.read import Snapshot

PROJECT = "HANKE"
"""The code of the project itself among the areas."""
STARTED, ENDED = "2023-12", "2025-12"
BEFORE, AFTER = "2023-10", "2025-10"
"""The two months of which the report quotes rates."""
CONFUSED = "2025-01"
"""The month whose rate stands in the report for AFTER in some municipalities."""
RATE, REPORTED_RATE = "unemployment_rate", "project_reported_unemployment_rate"
VACANCIES = ("open_vacancies", "new_vacancies")
BUDGET = ("project_budget_eur", "project_eu_funding_eur")
CUSTOMERS = ("project_personal_customers", "project_employer_customers", "project_outcome_share")
OTHER_RESULTS = (
    "project_marketing_reach",
    "project_video_views",
    "project_recruitment_organisations",
    "project_guided_persons",
    "project_entrepreneurship_events",
    "project_entrepreneurship_participants",
    "project_new_enterprises",
)
REACHED = {
    "project_organisations_reached": "project_organisations_target",
    "project_persons_reached": "project_persons_target",
}
EVENTS, GRADE = "project_events", "project_customer_grade"
EMPLOYER_SCORES, CUSTOMER_SCORES = "project_employer_scores", "project_customer_scores"
EMPLOYER_SHARE, CUSTOMER_SHARE = "project_employer_recommendation_share", "project_customer_recommendation_share"
EMPLOYER_ANSWERS = "project_employer_recommendation_answers"
TOTALS = (*REACHED, *REACHED.values(), *BUDGET, *CUSTOMERS, *OTHER_RESULTS)
BROKEN_DOWN = (
    *REACHED,
    *REACHED.values(),
    EVENTS,
    GRADE,
    EMPLOYER_SCORES,
    CUSTOMER_SCORES,
    EMPLOYER_ANSWERS,
    EMPLOYER_SHARE,
    CUSTOMER_SHARE,
)
DIMENSIONS = ("organisation", "event", "score", "recommendation", "organisation,recommendation")
GROUPS = ("detractors", "passives", "promoters")
SHOWN = (*dict.fromkeys((*TOTALS, *BROKEN_DOWN)), REPORTED_RATE, RATE, *VACANCIES)


def read_project_parts(snapshot: Snapshot, selection: Selection) -> pd.DataFrame:
    """Read everything that the report breaks down."""
    return snapshot.frame(
        "breakdowns",
        indicators=list(BROKEN_DOWN),
        area=PROJECT,
        dimensions=list(DIMENSIONS),
        periods=[ENDED],
        as_of=known_at(selection),
    )


def total(visit: Visit, indicator: str) -> Figure | None:
    """Return the whole project's figure, None where the report is not held."""
    return visit.figures.at(indicator, PROJECT, ENDED)


def by_category(visit: Visit, indicator: str, dimension: str) -> dict[str, float]:
    """Return the values of an indicator by category."""
    rows = visit.parts_of(indicator, dimension)
    return dict(zip(rows["category"].tolist(), rows["value"].tolist(), strict=True))


def organisations(visit: Visit, indicator: str) -> list[str]:
    """Return the organisations that have a figure, the largest first."""
    held = by_category(visit, indicator, "organisation")
    return sorted(held, key=lambda code: (-held[code], code))


def employers_groups(visit: Visit) -> Recommendation:
    """Return how many employers are detractors, passives and promoters, as the report prints it."""
    held = by_category(visit, EMPLOYER_ANSWERS, "recommendation")
    detractors, passives, promoters = (int(held.get(group, 0)) for group in GROUPS)
    return Recommendation(detractors, passives, promoters)


def customers_groups(visit: Visit) -> Recommendation:
    """Return how many personal customers are detractors, passives and promoters, by the printed counts."""
    held = by_category(visit, CUSTOMER_SCORES, "score")
    low, middle, high = (sum(int(held.get(score, 0)) for score in each) for each in (("1-6",), "78", ("9", "10")))
    return Recommendation(low, middle, high)


def shares_by_organisation(visit: Visit) -> dict[str, tuple[float, ...]]:
    """Return the printed percents of the three groups by organisation, only where all three are held."""
    held = by_category(visit, CUSTOMER_SHARE, "organisation,recommendation")
    codes = dict.fromkeys(category.partition(",")[0] for category in held)
    triples = {code: [held.get(f"{code},{group}") for group in GROUPS] for code in codes}
    return {
        code: tuple(percents)
        for code, triple in triples.items()
        if len(percents := [each for each in triple if each is not None]) == len(GROUPS)
    }


def rate_pairs(visit: Visit) -> list[tuple[str, str, float, float | None]]:
    """Return municipality, month, the report's rate and the statistics' rate (None where it is not held)."""
    pairs = []
    for area in visit.homes:
        for month in (BEFORE, AFTER):
            told, official = (visit.figures.at(code, area, month) for code in (REPORTED_RATE, RATE))
            if told and told.value is not None:
                pairs.append((area, month, told.value, official.value if official else None))
    return pairs


def is_rounded(told: float, official: float) -> bool:
    """Tell whether the report prints the statistics' rate without its decimals."""
    return told == int(told) and told != official and abs(told - official) <= 0.5


def is_confused(visit: Visit, area: str, month: str, value: float) -> bool:
    """Tell whether the report's rate of AFTER is not the statistics' one but that of CONFUSED."""
    official, other = (visit.figures.at(RATE, area, each) for each in (month, CONFUSED))
    differs = official is not None and official.value != value
    return month == AFTER and differs and other is not None and other.value == value
