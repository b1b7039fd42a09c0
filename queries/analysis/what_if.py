"""What unemployment benefit costs a municipality in a month and a year, now and after a change.

    cost of a month = persons x days of benefit in a month x euros a day x the municipality's share, added up over steps

A year is twelve such months: the situation is taken to stay as it is, nobody moves but those that the change moves. Of
each step some persons leave the benefit and some move on to the next step; of those who are left, a share takes part in
a service, and a share of these leaves the benefit too. Taking part alone changes nothing: since 2025 services do not
stop the municipality's share. The length is told as days of benefit that each person has more or fewer in a year.

assets/what_if.js counts the same in the browser, operation by operation and in the same order.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from queries.errors import WhatIfRefused

MONTHS = 12


@dataclass(frozen=True)
class State:
    """What is now: persons on each step, days of benefit that a person has in a month, euros a day."""

    persons: tuple[int, ...]
    days: float
    daily: float


@dataclass(frozen=True)
class Changes:
    """What changes. `out` and `on` are persons of each step who leave the benefit and who move on to the next step.

    `daily` is the new amount, euros a day. `length` is in days of benefit a person and year. `active` is the per cent
    of those who are left that take part in a service, `leaving` the per cent of these that leave the benefit.
    """

    out: tuple[int, ...]
    on: tuple[int, ...]
    daily: float
    length: float = 0
    active: float = 0
    leaving: float = 0


@dataclass(frozen=True)
class StepCost:
    """One step: persons after the change, and the municipality's euros in a month before and after."""

    persons: float
    before: float
    after: float

    @property
    def difference(self) -> float:
        """Return how much the cost of a month grows, negative when it falls."""
        return self.after - self.before


@dataclass(frozen=True)
class Result:
    """All steps; months and years are the sums of euros over them. Persons are never summed."""

    steps: tuple[StepCost, ...]

    @property
    def before(self) -> float:
        """Return the municipality's euros in a month now."""
        return total(step.before for step in self.steps)

    @property
    def after(self) -> float:
        """Return the municipality's euros in a month after the change."""
        return total(step.after for step in self.steps)

    @property
    def difference(self) -> float:
        """Return how much the cost of a month grows, negative when it falls."""
        return self.after - self.before


def total(amounts: Iterable[float]) -> float:
    """Add up from the left, as the browser does; the sum of newer Pythons rounds otherwise."""
    result = 0.0
    for amount in amounts:
        result += amount
    return result


def what_if(shares: Sequence[float], most_days: float, state: State, changes: Changes) -> Result:
    """Count the cost before and after. `shares` are per cent by step. Raises WhatIfRefused with one sentence."""
    refuse_nonsense(len(shares), most_days, state, changes)
    days = state.days + changes.length / MONTHS
    staying = 1 - changes.active * changes.leaving / 10000
    arrived = (0, *changes.on)
    steps = []
    for step, share in enumerate(shares):
        now = state.persons[step]
        persons = (now - changes.out[step] - changes.on[step] + arrived[step]) * staying
        before = now * state.days * state.daily * share / 100
        steps.append(StepCost(persons, before, persons * days * changes.daily * share / 100))
    return Result(tuple(steps))


def refuse_nonsense(steps: int, most_days: float, state: State, changes: Changes) -> None:
    """Raise WhatIfRefused for what cannot be."""
    if {len(state.persons), len(changes.out), len(changes.on)} != {steps}:
        raise WhatIfRefused(f"Persons of {steps} steps were expected: give one number for each.", "steps")
    for step, (now, out, on) in enumerate(zip(state.persons, changes.out, changes.on, strict=True)):
        if min(now, out, on) < 0:
            raise WhatIfRefused(f"Step {step + 1} has fewer than 0 persons: give 0 or more.", "negative", step)
        if out + on > now:
            raise WhatIfRefused(
                f"From step {step + 1} {out + on} persons are moved, {now} are there: move fewer.", "too_many", step
            )
    if changes.on[-1] > 0:
        raise WhatIfRefused(
            "From the last step persons are moved on, no step is after it: move none.", "last", steps - 1
        )
    days = state.days + changes.length / MONTHS
    if not (0 <= state.days <= most_days and 0 <= days <= most_days):
        raise WhatIfRefused(
            f"A month has 0 to {most_days:g} days of benefit, {days:g} were found: change fewer.", "days"
        )
    if not (state.daily >= 0 and changes.daily >= 0):
        raise WhatIfRefused("An amount of less than 0 euros a day was found: give 0 or more.", "daily")
    if not (0 <= changes.active <= 100 and 0 <= changes.leaving <= 100):
        raise WhatIfRefused("A per cent that is not between 0 and 100 was found: correct it.", "percent")
