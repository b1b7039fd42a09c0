"""The what-if calculator, described once for templates/what_if.html and for assets/what_if.js.

A page calls `what_if` with its address, the rules and what it knows of its area, and gives the answer to the template's
macro. The server counts what the address asks for; the script counts the same while the reader types, with the words,
limits and forms of numbers of `data`.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, urlencode

from markupsafe import Markup

from dashboards import format
from dashboards.what_if_address import (
    BY_STEP,
    SINGLE,
    Asked,
    Limits,
    Parts,
    Start,
    limits_of,
    read_what_if,
    write_number,
)  # fmt: skip
from dashboards.words import Words
from queries.analysis.what_if import MONTHS, Result
from queries.analysis.what_if import what_if as count
from queries.benefit_rules import BenefitRules, DailyAmount, Rules, Step
from queries.errors import WhatIfRefused

SERVICES = ("active", "leaving")
ANCHOR = "what-if"


@dataclass(frozen=True)
class Field:
    """One number to write. `usual` is what counts when it is left empty, `give` what to write instead of nonsense."""

    name: str
    id: str
    label: str
    value: str
    usual: str
    give: str
    wrong: bool = False


@dataclass(frozen=True)
class StepFields:
    """One step: its days, the municipality's share, its fields, and the number under which its results stand."""

    number: int
    days: str
    share: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Choice:
    """Other rules that the same numbers can be counted with."""

    code: str
    label: str


@dataclass(frozen=True)
class Calculator:
    """The whole calculator. `results` are the texts by the name that the script knows them by."""

    action: str
    reset: str
    kept: tuple[tuple[str, str], ...]
    rules: str
    steps: tuple[StepFields, ...]
    amounts: tuple[Field, ...]
    services: tuple[Field, ...]
    told: str
    refused: bool
    results: Mapping[str, str]
    start: str
    problems: tuple[str, ...]
    others: tuple[Choice, ...]
    in_force: str
    law: str
    certainty: str
    facts: tuple[str, ...]
    data: Markup
    parts: Mapping[str, str]


def what_if(
    words: Words, rules: BenefitRules, parts: Parts, start: Start, day: date, path: str,
    kept: Mapping[str, str] | None = None,
) -> Calculator:  # fmt: skip
    """Describe the calculator. `day` says which rules hold, `path` is the page's, `kept` are its own parts to keep."""
    asked = read_what_if(parts, rules, start, day)
    limits = limits_of(rules)
    results, told, wrong = answer(words, asked, rules.most_days_a_month)
    fields = Fields(words, limits, asked, wrong)
    kept = {name: text for name, text in (kept or {}).items() if text}
    query = urlencode(kept, safe=",", quote_via=quote)
    return Calculator(
        action=f"{path}#{ANCHOR}",
        reset=f"{path}{'?' if query else ''}{query}#{ANCHOR}",
        kept=tuple(kept.items()),
        rules=asked.rules.code,
        steps=fields.steps(),
        amounts=tuple(fields.single(name) for name in SINGLE if name not in SERVICES),
        services=tuple(fields.single(name) for name in SERVICES),
        told=told,
        refused=bool(wrong),
        results=results,
        start=start.told or words("what_if.start.none"),
        problems=tuple(tell_problems(words, asked, limits)),
        others=tuple(
            Choice(each.code, tell_time(words, each)) for each in rules.rules if each.code != asked.rules.code
        ),
        in_force=words("what_if.in_force", time=tell_time(words, asked.rules)),
        law=tell_law(words, asked.rules),
        certainty=tell_certainty(words, asked.rules),
        facts=tuple(tell_facts(words, rules, asked.rules, start)),
        data=tell_data(words, asked, limits, rules.most_days_a_month),
        parts=asked.parts if asked.parts != asked.usual else {},
    )


def answer(words: Words, asked: Asked, most_days: float) -> tuple[dict[str, str], str, frozenset[str]]:
    """Return the results as texts, the sentence that says them, and the names of the fields that forbid an answer."""
    try:
        result = count(asked.rules.shares, most_days, asked.state, asked.changes)
    except WhatIfRefused as error:
        return nothing(words, asked.rules), *tell_refusal(words, asked, error, most_days)
    return dict(tell_results(words, result)), tell_result(words, result), frozenset()


def nothing(words: Words, rules: Rules) -> dict[str, str]:
    """Return the results of a what-if that cannot be: none."""
    rows = [*map(str, range(len(rules.steps))), "month", "year"]
    names = [f"{column}.{row}" for row in rows for column in ("before", "after", "difference")]
    persons = [f"persons.{step}" for step in range(len(rules.steps))]
    return dict.fromkeys([*names, *persons], words("what_if.none"))


def tell_results(words: Words, result: Result) -> Iterator[tuple[str, str]]:
    """Yield each result's name and text."""
    rows = {str(number): (step.before, step.after, step.difference) for number, step in enumerate(result.steps)}
    rows["month"] = result.before, result.after, result.difference
    rows["year"] = result.before * MONTHS, result.after * MONTHS, result.difference * MONTHS
    for row, (before, after, difference) in rows.items():
        yield f"before.{row}", format.number(words, before)
        yield f"after.{row}", format.number(words, after)
        yield f"difference.{row}", format.signed(words, difference)
    for number, step in enumerate(result.steps):
        yield f"persons.{number}", tell_persons(words, step.persons)


def tell_persons(words: Words, persons: float) -> str:
    """Write a number of persons; one that is a share of persons with one decimal."""
    return format.number(words, persons, 0 if format.rounded(persons, 1).is_integer() else 1)


def tell_result(words: Words, result: Result) -> str:
    """Say in one sentence what the change does."""
    year = result.difference * MONTHS
    shown = format.number(words, year)
    if shown == "0":
        month, year = result.before, result.before * MONTHS
        return words("what_if.told.same", month=tell_euros(words, month), year=tell_euros(words, year))
    month_told, year_told = (tell_euros(words, abs(each)) for each in (result.difference, year))
    return words(f"what_if.told.{'less' if year < 0 else 'more'}", month=month_told, year=year_told)


def tell_euros(words: Words, euros: float) -> str:
    """Write whole euros with their sign."""
    return words("what_if.euros", number=format.number(words, euros))


def tell_refusal(words: Words, asked: Asked, error: WhatIfRefused, most: float) -> tuple[str, frozenset[str]]:
    """Return why there is no answer, and the fields that it lies in."""
    state, changes, step = asked.state, asked.changes, error.step
    if error.code == "days":
        days = format.number(words, state.days + changes.length / MONTHS, 1)
        sentence = words("what_if.refused.days", days=days, most=format.number(words, most))
        return sentence, frozenset({"days", "length"})
    sentence = words(
        f"what_if.refused.{error.code}",
        step=tell_days(words, asked.rules.steps[step]),
        moved=format.number(words, changes.out[step] + changes.on[step]),
        now=format.number(words, state.persons[step]),
    )
    return sentence, frozenset({f"persons.{step}", f"out.{step}", f"on.{step}"})


class Fields:
    """Makes the fields of one calculator."""

    def __init__(self, words: Words, limits: Mapping[str, Limits], asked: Asked, wrong: frozenset[str]) -> None:
        self._words = words
        self._limits = limits
        self._asked = asked
        self._wrong = wrong

    def steps(self) -> tuple[StepFields, ...]:
        """Return the fields of each step; from the last one nobody moves on."""
        steps = self._asked.rules.steps
        return tuple(
            StepFields(
                number,
                tell_days(self._words, step),
                self._words("what_if.step.share", share=tell_share(self._words, step)),
                tuple(self._by_step(name, number) for name in BY_STEP if name != "on" or number < len(steps) - 1),
            )
            for number, step in enumerate(steps)
        )

    def _by_step(self, name: str, number: int) -> Field:
        value, usual = (parts[name].split(",")[number] for parts in (self._asked.parts, self._asked.usual))
        label = self._words(f"what_if.field.{name}")
        days = tell_days(self._words, self._asked.rules.steps[number])
        return self._field(name, f"{name}.{number}", label, f"{days}, {label}", value, usual)

    def single(self, name: str) -> Field:
        """Return a field that is there once."""
        label = self._words(f"what_if.field.{name}")
        return self._field(name, name, label, label, self._asked.parts[name], self._asked.usual[name])

    def _field(self, name: str, key: str, label: str, whole_label: str, value: str, usual: str) -> Field:
        words, limits = self._words, self._limits[name]
        return Field(
            name=name,
            id=f"{ANCHOR}-{key.replace('.', '-')}",
            label=label,
            value=shown(words, value),
            usual=shown(words, usual),
            give=words("what_if.give", field=whole_label, limits=tell_limits(words, limits)),
            wrong=key in self._wrong,
        )


def shown(words: Words, text: str) -> str:
    """Write a number of an address as readers of a language write it."""
    return format.number(words, float(text), len(text.partition(".")[2]))


def tell_limits(words: Words, limits: Limits) -> str:
    """Say what a field takes."""
    low, high = (format.number(words, end, limits.decimals if end % 1 else 0) for end in limits[:2])
    return words("what_if.limits.decimal" if limits.decimals else "what_if.limits.whole", low=low, high=high)


def tell_days(words: Words, step: Step) -> str:
    """Write a step's days."""
    if step.to_day is None:
        return words("what_if.step.open", first=step.from_day)
    return words("what_if.step.range", first=step.from_day, last=step.to_day)


def tell_share(words: Words, step: Step) -> str:
    """Write a step's share with its %."""
    return f"{shown(words, write_number(step.share, 2))}{format.NO_BREAK}%"


def tell_time(words: Words, rules: Rules) -> str:
    """Write when rules are in force."""
    since = format.day(words, rules.since)
    if rules.until is None:
        return words("what_if.time.open", since=since)
    return words("what_if.time.range", since=since, until=format.day(words, rules.until))


def tell_law(words: Words, rules: Rules) -> str:
    """Name the law and its sections."""
    sections = format.listed(words, [words("what_if.law.section", number=each) for each in rules.sections])
    return words("what_if.law.line", statute=rules.statute, sections=sections, amended=rules.amended_by)


def tell_certainty(words: Words, rules: Rules) -> str:
    """Say how sure the steps are: confirmed on a day, else where to check them; '' where the law itself was read."""
    if rules.confirmed:
        return words("what_if.certainty.confirmed", day=format.day(words, rules.confirmed), statute=rules.statute)
    return "" if rules.certain else words(f"what_if.certainty.{rules.mark}", statute=rules.statute)


def tell_facts(words: Words, every: BenefitRules, rules: Rules, start: Start) -> Iterator[str]:
    """Yield what the numbers stand on: amounts and days with their certainty, then what is left out."""
    for amount in rules.amounts:
        yield tell_amount(words, amount)
    if start.days is None:
        yield words("what_if.days", days=shown(words, write_number(every.days_a_month, 2)))
    names = ("services", "steady", "compensation", "rounding")
    yield from (words(f"what_if.note.{name}") for name in names)


def tell_amount(words: Words, amount: DailyAmount) -> str:
    """Say a daily amount, and that it is unchecked where it was not read in a source."""
    told = words(
        f"what_if.amount.{amount.kind}",
        benefit=words(f"what_if.benefit.{amount.benefit}"),
        euros=words("what_if.euros", number=format.number(words, amount.euros, 2)),
        year=amount.year,
    )
    return told if amount.mark == "V" else f"{told} {words('what_if.amount.unchecked')}"


def tell_problems(words: Words, asked: Asked, limits: Mapping[str, Limits]) -> Iterator[str]:
    """Yield what of the address could not be used."""
    for problem in asked.problems:
        if problem.code == "rules":
            yield words("what_if.problem.rules", value=problem.value)
        else:
            field = words(f"what_if.field.{problem.code}")
            told = tell_limits(words, limits[problem.code])
            yield words("what_if.problem.number", field=field, value=problem.value, limits=told)


def tell_data(words: Words, asked: Asked, limits: Mapping[str, Limits], most_days: float) -> Markup:
    """Return what the script needs, as JSON that can stand in a script element of HTML."""
    told = [f"told.{name}" for name in ("less", "more", "same")] + ["refused.too_many", "refused.days"]
    data = {
        "decimal": words("number.decimal"),
        "thousands": format.NO_BREAK,
        "minus": format.MINUS,
        "shares": asked.rules.shares,
        "days": [tell_days(words, step) for step in asked.rules.steps],
        "most": most_days,
        "limits": limits,
        "usual": asked.usual,
        "words": {name: words.texts[f"what_if.{name}"] for name in ("euros", "none", *told)},
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c"))
