"""The what-if's parts of an address: read them, refuse nothing, and write them again.

Parts: rules, persons, out, on (one number a step, with commas between them or as several fields of a form), days,
length, daily, new_daily, active, leaving. They are written all or none: an address with a changed what-if means the
same when newer figures have come. assets/what_if.js reads and writes the same.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from dashboards.selection import AddressReader, Problem
from queries.analysis.what_if import Changes, State
from queries.benefit_rules import BenefitRules, Rules

Parts = Mapping[str, Sequence[str]]
BY_STEP = ("persons", "out", "on")
SINGLE = ("days", "length", "daily", "new_daily", "active", "leaving")
OWN_PARTS = ("rules", *BY_STEP, *SINGLE)


class Limits(NamedTuple):
    """What a field takes: both ends are allowed."""

    low: float
    high: float
    decimals: int


@dataclass(frozen=True)
class Start:
    """What a page knows of an area now, None where it does not. `told` says in words what these figures are.

    `persons` are one for each step of the rules; `days` of benefit a person and month; `daily` euros a day.
    """

    persons: tuple[int, ...] | None = None
    days: float | None = None
    daily: float | None = None
    told: str = ""


def start_of(rules: Rules, persons: Mapping[str, float | None], days: Mapping[str, float | None], told: str) -> Start:
    """Return what an area's figures of one month by day class (101-200, 701-) say; nothing of figures that lack a step.

    Days a person are counted over the classes, not of the publisher's total: who passes from one class to the next
    within the month is on both steps, with a part of the days on each.
    """
    counts = [persons.get(step.code) for step in rules.steps]
    paid = [days.get(step.code) for step in rules.steps]
    known = [int(each) for each in counts if each is not None]
    if len(known) < len(counts):
        return Start()
    spread = [each for each in paid if each is not None]
    mean = max(sum(spread) / sum(known), 0.0) if len(spread) == len(paid) and any(known) else None
    return Start(tuple(known), mean, told=told)


@dataclass(frozen=True)
class Asked:
    """What an address asks for, what would be asked without its own parts, and what of it could not be used."""

    rules: Rules
    state: State
    changes: Changes
    usual: dict[str, str]
    problems: tuple[Problem, ...] = field(default=())

    @property
    def parts(self) -> dict[str, str]:
        """Return the parts of the address that says the same."""
        return written(self.rules, self.state, self.changes)


def limits_of(rules: BenefitRules) -> dict[str, Limits]:
    """Return what each field takes."""
    persons, percent, euros = Limits(0, 99_999, 0), Limits(0, 100, 1), Limits(0, 999.99, 2)
    year = 12 * rules.most_days_a_month
    return {
        "persons": persons,
        "out": persons,
        "on": persons,
        "days": Limits(0, rules.most_days_a_month, 2),
        "length": Limits(-year, year, 0),
        "daily": euros,
        "new_daily": euros,
        "active": percent,
        "leaving": percent,
    }


def read_number(text: str, limits: Limits) -> float | None:
    """Return a number as a reader writes it, with a comma or a point and with spaces; None for what is none."""
    plain = re.sub(r"\s", "", text).replace("\u2212", "-").replace(",", ".")
    decimals = rf"(\.[0-9]{{1,{limits.decimals}}})?" if limits.decimals else ""
    if not re.fullmatch(rf"[-+]?[0-9]{{1,6}}{decimals}", plain):
        return None
    value = float(plain) + 0.0
    return value if limits.low <= value <= limits.high else None


def write_number(value: float, decimals: int) -> str:
    """Write a number for an address: a point, and no decimals that are not needed."""
    text = f"{value + 0.0:.{decimals}f}"
    return text.rstrip("0").rstrip(".") if decimals else text


def written(rules: Rules, state: State, changes: Changes) -> dict[str, str]:
    """Return the parts of an address for a what-if."""
    return {
        "rules": rules.code,
        "persons": ",".join(map(str, state.persons)),
        "out": ",".join(map(str, changes.out)),
        "on": ",".join(map(str, changes.on[:-1])),
        "days": write_number(state.days, 2),
        "length": write_number(changes.length, 0),
        "daily": write_number(state.daily, 2),
        "new_daily": write_number(changes.daily, 2),
        "active": write_number(changes.active, 1),
        "leaving": write_number(changes.leaving, 1),
    }


def usual_parts(rules: BenefitRules, chosen: Rules, start: Start) -> dict[str, str]:
    """Return what is asked where an address says nothing: the figures of now, and no change."""
    steps = len(chosen.steps)
    known = start.persons if start.persons and len(start.persons) == steps else (0,) * steps
    amount = next((each.euros for each in chosen.amounts), 0.0)
    days = rules.days_a_month if start.days is None else min(start.days, rules.most_days_a_month)
    state = State(known, round(days, 2), round(amount if start.daily is None else start.daily, 2))
    nobody = (0,) * steps
    return written(chosen, state, Changes(nobody, nobody, state.daily))


class WhatIfReader(AddressReader):
    """Reads the numbers of one what-if and collects what could not be used."""

    def __init__(self, parts: Parts, limits: Mapping[str, Limits], usual: Mapping[str, str]) -> None:
        super().__init__(parts)
        self._limits = limits
        self._usual = usual

    def number(self, name: str, text: str, usual: str) -> float:
        """Return a number, the usual one where there is none."""
        value = read_number(text, self._limits[name]) if text.strip() else float(usual)
        if value is None:
            self.refuse(name, text)
            return float(usual)
        return value

    def single(self, name: str, usual: str = "") -> float:
        """Return the number of a part."""
        return self.number(name, self.first(name), usual or self._usual[name])

    def by_step(self, name: str) -> tuple[int, ...]:
        """Return one whole number for each step."""
        usual = self._usual[name].split(",") if self._usual[name] else []
        values = list(self._parts.get(name, ()))
        texts = values if len(values) > 1 else [each for value in values if value for each in value.split(",")]
        if texts and len(texts) != len(usual):
            self.refuse(name, ",".join(texts))
            texts = []
        return tuple(int(self.number(name, *pair)) for pair in zip(texts or usual, usual, strict=True))


def read_what_if(parts: Parts, rules: BenefitRules, start: Start, day: date) -> Asked:
    """Read the what-if of an address. Without parts of its own it is the rules of a day, and no change."""
    code = next(reversed(parts.get("rules", ())), "")
    chosen = rules.named(code) or rules.on(day)
    usual = usual_parts(rules, chosen, start)
    reader = WhatIfReader(parts, limits_of(rules), usual)
    if code and chosen.code != code:
        reader.refuse("rules", code)
    state = State(reader.by_step("persons"), reader.single("days"), reader.single("daily"))
    changes = Changes(
        out=reader.by_step("out"),
        on=(*reader.by_step("on"), 0),
        daily=reader.single("new_daily", write_number(state.daily, 2)),
        length=reader.single("length"),
        active=reader.single("active"),
        leaving=reader.single("leaving"),
    )
    return Asked(chosen, state, changes, {**usual, "rules": rules.on(day).code}, tuple(reader.problems))
