"""The law of the municipality's share: steps, daily amounts and their validity, read from benefit_rules.toml.

The file holds facts with their marks of certainty and no words for readers. An operator confirms them with the setting
`benefit_rules_confirmed` (a day) and corrects them with `benefit_rules` (a copy of the file).
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

from queries.errors import RulesRefused
from queries.settings import ROOT, Settings

SHIPPED = Path(__file__).with_name("benefit_rules.toml")

Certainty = Literal["V", "V2", "I"]
AmountKind = Literal["full", "average"]


@dataclass(frozen=True)
class Step:
    """Days of benefit of which the municipality pays a share, per cent. `to_day` is None for a step without an end."""

    from_day: int
    to_day: int | None
    share: float

    @property
    def code(self) -> str:
        """Return the step's days as the category of dimension day_class has them: 101-200, 701-."""
        return f"{self.from_day}-{self.to_day or ''}"


@dataclass(frozen=True)
class DailyAmount:
    """Euros a day of one benefit: what the law gives in full, or what was paid on average in the whole country."""

    benefit: str
    euros: float
    kind: AmountKind
    year: int
    mark: Certainty
    evidence: str


@dataclass(frozen=True)
class Rules:
    """What holds between two days. `mark` and `evidence` are of the steps, `confirmed` is the day of a check."""

    code: str
    since: date
    until: date | None
    statute: str
    sections: tuple[str, ...]
    amended_by: str
    mark: Certainty
    evidence: str
    steps: tuple[Step, ...]
    amounts: tuple[DailyAmount, ...]
    confirmed: date | None = None

    @property
    def shares(self) -> tuple[float, ...]:
        """Return the municipality's shares step by step, per cent."""
        return tuple(step.share for step in self.steps)

    @property
    def certain(self) -> bool:
        """Tell whether the steps may be told without a warning."""
        return self.confirmed is not None or self.mark == "V"


@dataclass(frozen=True)
class BenefitRules:
    """All rules, oldest first, and what is common to them: how many days of benefit a month has, and at most has."""

    days_a_month: float
    days_mark: Certainty
    days_evidence: str
    most_days_a_month: float
    rules: tuple[Rules, ...]

    def named(self, code: str) -> Rules | None:
        """Return the rules with a code, None where there are none."""
        return next((each for each in self.rules if each.code == code), None)

    def on(self, day: date) -> Rules:
        """Return the rules in force on a day: the last that had begun, the first before any had."""
        begun = [each for each in self.rules if each.since <= day]
        return begun[-1] if begun else self.rules[0]


def load_benefit_rules(settings: Settings) -> BenefitRules:
    """Return the rules that the settings name and confirm. Raises RulesRefused with one sentence."""
    path = ROOT / settings.benefit_rules if settings.benefit_rules else SHIPPED
    return read_benefit_rules(path, settings.benefit_rules_confirmed)


@cache
def read_benefit_rules(path: Path, confirmed: date | None = None) -> BenefitRules:
    """Read a file of rules. A confirmation holds for what was in force on its day. Raises RulesRefused."""
    try:
        facts: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        blocks = facts.pop("rules")
        rules = tuple(read_rules(block, confirmed) for block in blocks)
        found = BenefitRules(rules=rules, **facts)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RulesRefused(
            f"A file of benefit rules was expected in {path}, it could not be read ({error}): compare it with "
            f"{SHIPPED.name}, which ships with the project."
        ) from error
    refuse_contradictions(path, found)
    return found


def read_rules(block: dict[str, Any], confirmed: date | None) -> Rules:
    """Return one [[rules]] block."""
    facts = {
        **block,
        "until": block["until"] or None,
        "sections": tuple(block["sections"]),
        "steps": tuple(Step(each["from"], each["to"] or None, float(each["share"])) for each in block["steps"]),
        "amounts": tuple(DailyAmount(**each) for each in block["amounts"]),
    }
    return Rules(**facts, confirmed=confirmed if confirmed and confirmed >= block["since"] else None)


def refuse_contradictions(path: Path, found: BenefitRules) -> None:
    """Raise RulesRefused where rules overlap, or where their steps leave days out."""
    for sentence in contradictions(found):
        raise RulesRefused(f"{path.name} contradicts itself: {sentence}; correct it.")


def contradictions(found: BenefitRules) -> list[str]:
    """Return what is wrong with the rules, each in words for an operator."""
    wrong = [] if found.rules else ["it holds no rules"]
    for first, then in pairwise(found.rules):
        if first.until is None or first.until >= then.since:
            wrong.append(f"{first.code} does not end before {then.code} begins")
    return wrong + [f"{rules.code} {sentence}" for rules in found.rules for sentence in wrong_in(rules)]


def wrong_in(rules: Rules) -> list[str]:
    """Return what is wrong with one block, each to be read after its code."""
    steps = rules.steps
    wrong = [] if steps and steps[-1].to_day is None else ["has no last step without an end"]
    for first, then in pairwise(steps):
        if first.to_day is None or then.from_day != first.to_day + 1:
            wrong.append(f"has no step that begins on the day after {first.to_day}")
    wrong += [
        f"has a share of {each.share:g}, which is not between 0 and 100" for each in steps if not 0 <= each.share <= 100
    ]
    return wrong + [f"has no amount above 0 for {each.benefit}" for each in rules.amounts if not each.euros > 0]
