"""What the what-if of the benefit page begins with: the rules of the shown month and the area's persons by step."""

from datetime import date, datetime
from functools import cache

from dashboards import format
from dashboards.charts import RECIPIENTS, SHARE
from dashboards.visit import Visit
from dashboards.what_if_address import Start, start_of
from queries.benefit_rules import BenefitRules, load_benefit_rules
from queries.freshness import end_of
from queries.read import HELSINKI
from queries.settings import Settings


def rules_of(visit: Visit) -> BenefitRules:
    """Return the rules with what the operator has confirmed of them."""
    return read_rules(visit.settings)


@cache
def read_rules(settings: Settings) -> BenefitRules:
    """Read the rules once for the settings of a process."""
    return load_benefit_rules(settings)


def day_of(visit: Visit) -> date:
    """Return the last day of the shown month, whose rules hold; today where no month is shown."""
    if not visit.month:
        return visit.selection.as_of or datetime.now(HELSINKI).date()
    return end_of(visit.month)


def start_of_visit(visit: Visit) -> Start:
    """Return the area's persons and days by step in the shown month; nothing where a step is not held."""
    rules = rules_of(visit).on(day_of(visit))
    paid = visit.led.get(visit.month)
    if paid is None or paid.value is None:
        return Start()
    told = visit.words(
        "benefit.start",
        name=visit.name(visit.selection.area),
        month=format.month(visit.words, visit.month),
        share=format.amount(visit.words, paid.value, visit.catalogue.indicators[SHARE]),
    )
    return start_of(rules, by_step(visit, RECIPIENTS), by_step(visit, "cofunded_benefit_days"), told)


def by_step(visit: Visit, indicator: str) -> dict[str, float | None]:
    """Return an indicator's values of the shown month by day class; None where one is hidden."""
    rows = visit.parts_of(indicator, "day_class")
    rows = rows[rows["period"] == visit.month]
    return {
        str(category): None if value != value else float(value)
        for category, value in zip(rows["category"], rows["value"], strict=True)
    }
