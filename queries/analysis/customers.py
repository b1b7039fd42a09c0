"""Customers of a service, counted: what became of them, through which phases they went, how long it took."""

from collections.abc import Iterator
from datetime import date

import pandas as pd

from queries.analysis.proportion import share
from queries.analysis.survival import median, reached_by
from queries.impact_workbook import CHOICES, OUTREACH, POSITIVE

RESULTS = ("positive", "other", "ongoing")
"""What became of a customer: work, education or entrepreneurship; any other end; not ended yet."""
PHASES = ("acquired", "preparatory", "outreach", *RESULTS)
"""What a customer goes through, in this order."""
BREAKDOWNS = ("municipality", "target_group", "organisation")
SHARE_COLUMNS = ("breakdown", "group", "outcome", "persons", "base", "share", "low", "high")


def with_results(customers: pd.DataFrame, until: date) -> pd.DataFrame:
    """Add to customers their result, and days: from the start to the end, or to the end of the follow-up."""
    ended = customers["end"].notna()
    result = customers["outcome"].isin(POSITIVE).map({True: "positive", False: "other"}).where(ended, "ongoing")
    last = customers["end"].fillna(pd.Timestamp(until))
    return customers.assign(result=result, days=(last - customers["start"]).dt.days)


def groups_of(customers: pd.DataFrame) -> Iterator[tuple[str, str, pd.DataFrame]]:
    """Yield all customers ('all', '') and then those of each group of each breakdown."""
    yield "all", "", customers
    for breakdown in BREAKDOWNS:
        for group, chosen in customers.groupby(breakdown, sort=True):
            yield breakdown, str(group), chosen


def outcome_shares(customers: pd.DataFrame) -> pd.DataFrame:
    """Return the share of each outcome among those whose customership has ended, as fractions with intervals.

    One row per breakdown, group and outcome; 'positive' is the sum of work, education and entrepreneurship.
    Columns: SHARE_COLUMNS.
    """
    rows = []
    for breakdown, group, chosen in groups_of(customers):
        ended = chosen.loc[chosen["result"] != "ongoing", "outcome"]
        counts = ended.value_counts()
        persons = {"positive": int(ended.isin(POSITIVE).sum())}
        persons |= {outcome: int(counts.get(outcome, 0)) for outcome in CHOICES["outcome"]}
        rows += [
            (breakdown, group, code, count, len(ended), *share(count, len(ended))) for code, count in persons.items()
        ]
    return pd.DataFrame(rows, columns=list(SHARE_COLUMNS))


def state_shares(customers: pd.DataFrame) -> pd.DataFrame:
    """Return the share of each state 3 and 6 months after the end, among those whose state is written down.

    One row per months and state; 'positive' as among the outcomes. Columns: months, outcome, persons, base, share, low,
    high.
    """
    rows = []
    for months in (3, 6):
        states = customers[f"state_{months}"]
        known = states[states != ""]
        persons = {"positive": int(known.isin(POSITIVE).sum())}
        persons |= {state: int((known == state).sum()) for state in CHOICES["state"]}
        rows += [(months, code, count, len(known), *share(count, len(known))) for code, count in persons.items()]
    return pd.DataFrame(rows, columns=["months", "outcome", "persons", "base", "share", "low", "high"])


def times(customers: pd.DataFrame) -> pd.DataFrame:
    """Return the median days to a positive outcome of each group; who left without one is counted as long as seen.

    Columns: breakdown, group, persons, reached, median, low, high; NaN where a curve does not come to a half.
    """
    rows = []
    for breakdown, group, chosen in groups_of(customers):
        reached = chosen["result"] == "positive"
        rows.append((breakdown, group, len(chosen), int(reached.sum()), *median(reached_by(chosen["days"], reached))))
    return pd.DataFrame(rows, columns=["breakdown", "group", "persons", "reached", "median", "low", "high"])


def flow(customers: pd.DataFrame, services: pd.DataFrame) -> pd.DataFrame:
    """Return how many customers went from each phase to the next, for a Sankey chart.

    Everybody is acquired; who had a preparatory service passes that phase, who had one of outreach that one; then comes
    the result. Columns: source, target, persons.
    """
    outreach = services["service"].isin(OUTREACH)
    passed = {
        "preparatory": customers["customer"].isin(services.loc[~outreach, "customer"]),
        "outreach": customers["customer"].isin(services.loc[outreach, "customer"]),
    }
    at = pd.Series("acquired", index=customers.index)
    steps = []
    for phase, here in passed.items():
        steps.append(pd.DataFrame({"source": at[here], "target": phase}))
        at = at.mask(here, phase)
    steps.append(pd.DataFrame({"source": at, "target": customers["result"]}))
    counted = pd.concat(steps).value_counts(sort=False).rename("persons").reset_index()
    return counted.sort_values(["source", "target"], key=lambda codes: codes.map(PHASES.index), ignore_index=True)


def service_hours(services: pd.DataFrame) -> pd.DataFrame:
    """Return customers, times and hours of each service. Columns: service, customers, times, hours."""
    given = services.groupby("service").agg(
        customers=("customer", "nunique"), times=("customer", "size"), hours=("hours", "sum")
    )
    return (
        given.reindex([code for code in CHOICES["service"] if code in given.index]).rename_axis("service").reset_index()
    )
