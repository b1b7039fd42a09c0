"""Cards of the project's feedback: employers by score, personal customers in three groups with intervals."""

from dashboards import format
from dashboards.format import MINUS, NO_BREAK
from dashboards.pages.cards import bars_card, chart_card
from dashboards.pages.parts import Card, Makers, always
from dashboards.project_figures import (
    CUSTOMER_SHARE,
    EMPLOYER_SHARE,
    GRADE,
    GROUPS,
    by_category,
    customers_groups,
    employers_groups,
    shares_by_organisation,
)
from dashboards.tables import NOT_HELD
from dashboards.view import view
from dashboards.visit import Visit
from queries.analysis.intervals import fewest_answers, shares_of

EMPLOYERS, CUSTOMERS = "project_employer_scores", "project_customer_groups"


def describe_employers(visit: Visit) -> Card:
    """Describe what employers answered."""
    return bars_card(visit, EMPLOYERS, visit.words("dimension.score"))


def describe_employer_groups(visit: Visit) -> list[Card]:
    """Describe the employers' three groups: counts, our percents with intervals, and the report's own percents."""
    groups = employers_groups(visit)
    if not groups.base:
        return []
    words = visit.words
    printed = by_category(visit, EMPLOYER_SHARE, "recommendation")
    rows = [tuple(words(f"project.column.{name}") for name in ("group", "answers", "share", "interval", "printed"))]
    for group, count, each in zip(GROUPS, groups, shares_of(groups), strict=True):
        rows.append(
            (
                visit.category("recommendation", group),
                str(count),
                percent(visit, 100 * each.value, 1),
                interval(visit, each.low, each.high),
                percent(visit, printed[group], 1) if group in printed else NOT_HELD,
            )
        )
    shown = view(EMPLOYERS, visit)
    title, told = words("project.employer_groups.title"), (words("project.employer_groups.told"),)
    return [Card("project_employer_groups", title, "", False, tuple(rows), (), shown.source_line, told=told)]


def describe_customers(visit: Visit) -> Card:
    """Describe personal customers' groups by organisation, with the grade that they gave to their benefit."""
    words = visit.words
    names = ("organisation", "at_least", *GROUPS, "grade")
    rows = [tuple(words(f"project.column.{name}") for name in names)]
    whole = customers_groups(visit)
    printed = by_category(visit, CUSTOMER_SHARE, "recommendation")
    if whole.base and len(printed) == len(GROUPS):
        percents = tuple(printed[group] for group in GROUPS)
        rows.append((words("project.column.whole"), str(whole.base), *with_intervals(visit, percents, whole), ""))
    grades = by_category(visit, GRADE, "organisation")
    for code, percents in sorted(shares_by_organisation(visit).items()):
        counts = fewest_answers(percents)
        shares = with_intervals(visit, percents, counts)
        grade = write_grade(visit, grades[code]) if code in grades else NOT_HELD
        rows.append((visit.category("organisation", code), str(sum(counts)), *shares, grade))
    return chart_card(view(CUSTOMERS, visit), tuple(rows), (words("project.grades"),))


def with_intervals(visit: Visit, percents: tuple[float, ...], counts: tuple[int, ...]) -> list[str]:
    """Write printed percents with the intervals of some counts."""
    return [
        f"{percent(visit, each)} ({interval(visit, estimate.low, estimate.high)})"
        for each, estimate in zip(percents, shares_of(counts), strict=True)
    ]


def percent(visit: Visit, value: float, decimals: int = 0) -> str:
    """Write a percent."""
    return f"{format.number(visit.words, value, decimals)}{NO_BREAK}%"


def interval(visit: Visit, low: float, high: float) -> str:
    """Write an interval of a share in whole percents."""
    return f"{format.number(visit.words, 100 * low)}\u2013{percent(visit, 100 * high)}"


def write_grade(visit: Visit, value: float) -> str:
    """Write a school grade as schools do: 8.25 is 8+, 8.75 is 9 less a quarter, others with their decimals."""
    whole, part = divmod(value, 1)
    if part == 0.25:
        return f"{whole:.0f}+"
    if part == 0.75:
        return f"{whole + 1:.0f}{MINUS}"
    return format.number(visit.words, value, 1 if part else 0)


FEEDBACK: Makers = {
    EMPLOYERS: always(describe_employers),
    "project_employer_groups": describe_employer_groups,
    CUSTOMERS: always(describe_customers),
}
