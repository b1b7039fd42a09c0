"""Check what no cell can tell by itself: that rows and sheets agree with each other."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from queries.impact_workbook import Fault, Value

STATES = {"state_3": 3, "state_6": 6}
NAMED_BY = ("customers", "feedback", "costs")


@dataclass(frozen=True)
class Row:
    """One row that was read: its number in the sheet and its values by column, without the cells that were at fault."""

    number: int
    values: Mapping[str, Value]


Rows = Mapping[str, Sequence[Row]]


def disagreements(rows: Rows) -> list[Fault]:
    """Return every fault between rows, in the order of the rules."""
    return [fault for rule in RULES for fault in rule(rows)]


def repeated(rows: Rows, sheet: str, *columns: str) -> Iterator[Fault]:
    """Yield a fault for each row that has the same values in some columns as an earlier row."""
    first: dict[tuple[Value, ...], int] = {}
    for row in rows[sheet]:
        key = tuple(row.values.get(column) for column in columns)
        if key[0] is None and columns != ("target_group",):
            continue
        if key in first:
            yield Fault("repeated", sheet, row.number, columns[0], other=str(first[key]))
        first.setdefault(key, row.number)


def same_customer(rows: Rows) -> Iterator[Fault]:
    """A customer has one row."""
    return repeated(rows, "customers", "customer")


def same_organisation(rows: Rows) -> Iterator[Fault]:
    """An organisation has one row."""
    return repeated(rows, "organisations", "organisation")


def same_reference(rows: Rows) -> Iterator[Fault]:
    """A target group, or all customers, has one reference."""
    return repeated(rows, "reference", "target_group")


def unknown_customers(rows: Rows) -> Iterator[Fault]:
    """A service is given to a customer of the customers' sheet."""
    known = {row.values.get("customer") for row in rows["customers"]}
    for row in rows["services"]:
        customer = row.values.get("customer")
        if customer is not None and customer not in known:
            yield Fault("unknown_customer", "services", row.number, "customer")


def unknown_organisations(rows: Rows) -> Iterator[Fault]:
    """An organisation is one of the organisations' sheet."""
    known = {row.values.get("organisation") for row in rows["organisations"]}
    for sheet in NAMED_BY:
        for row in rows[sheet]:
            organisation = row.values.get("organisation")
            if organisation is not None and organisation not in known:
                yield Fault("unknown_organisation", sheet, row.number, "organisation")


def days_in_order(rows: Rows) -> Iterator[Fault]:
    """A customership begins before it ends, and both before the follow-up ends."""
    until = follow_up_end(rows)
    for row in rows["customers"]:
        start, end = day_of(row, "start"), day_of(row, "end")
        if start and end and end < start:
            yield Fault("end_before_start", "customers", row.number, "end")
        for column, day in (("start", start), ("end", end)):
            if day and until and day > until:
                yield Fault("after_until", "customers", row.number, column)


def ends_whole(rows: Rows) -> Iterator[Fault]:
    """An end has an outcome, an outcome an end, and a state afterwards an end long enough ago."""
    until = follow_up_end(rows)
    for row in rows["customers"]:
        if "end" not in row.values or "outcome" not in row.values:
            continue
        end = day_of(row, "end")
        if (end is None) != (row.values["outcome"] is None):
            missing = "end" if end is None else "outcome"
            yield Fault(f"{missing}_missing", "customers", row.number, missing)
        for column, months in STATES.items():
            if row.values.get(column) is None:
                continue
            if end is None or (until and months_later(end, months) > until):
                yield Fault("state_too_early", "customers", row.number, column, low=months)


def months_later(day: date, months: int) -> date:
    """Return the first day on which so many months have passed; a short month ends on its last day."""
    year, month = divmod(day.month - 1 + months, 12)
    for shortened in (day.day, 30, 29, 28):
        try:
            return date(day.year + year, month + 1, shortened)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def scales(rows: Rows) -> Iterator[Fault]:
    """Only customers give a school grade."""
    for row in rows["feedback"]:
        if row.values.get("respondent") == "employer" and row.values.get("grade") is not None:
            yield Fault("grade_of_employer", "feedback", row.number, "grade")


def references_whole(rows: Rows) -> Iterator[Fault]:
    """A reference is a share, or persons and how many of them reached the outcome."""
    for row in rows["reference"]:
        if not {"persons", "reached", "share"} <= row.values.keys():
            continue
        persons, reached, share = (row.values[column] for column in ("persons", "reached", "share"))
        counted = persons is not None and reached is not None
        half = (persons is None) != (reached is None)
        if half or counted == (share is not None):
            yield Fault("reference_form", "reference", row.number, "share")
        elif isinstance(persons, int) and isinstance(reached, int) and reached > persons:
            yield Fault("reached_above_persons", "reference", row.number, "reached")


def prices_in_order(rows: Rows) -> Iterator[Fault]:
    """The low, usual and high price of a bought service stand in order, and the usual one with the others."""
    for row in rows["project"]:
        prices = [row.values.get(column) for column in ("price_low", "price", "price_high")]
        known = [price for price in prices if isinstance(price, float)]
        if known != sorted(known) or (known and prices[1] is None and "price" in row.values):
            yield Fault("price_order", "project", row.number, "price")


def follow_up_end(rows: Rows) -> date | None:
    """Return the day on which the follow-up ends, None when it could not be read."""
    return day_of(rows["project"][0], "until") if rows["project"] else None


def day_of(row: Row, column: str) -> date | None:
    """Return a row's day, None when it has none."""
    day = row.values.get(column)
    return day if isinstance(day, date) else None


RULES: tuple[Callable[[Rows], Iterator[Fault]], ...] = (
    same_organisation,
    same_customer,
    unknown_organisations,
    unknown_customers,
    days_in_order,
    ends_whole,
    scales,
    same_reference,
    references_whole,
    prices_in_order,
)
