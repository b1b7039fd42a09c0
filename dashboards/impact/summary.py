"""Sentences of a report, made of its figures by rule."""

from collections.abc import Iterator
from math import inf

from dashboards.format import NO_BREAK, number
from dashboards.words import Words
from queries.analysis.impact import Evaluation
from queries.analysis.survival import median


def summary_texts(words: Words, found: Evaluation) -> Iterator[str]:
    """Yield what an evaluation found, as far as its material goes."""
    yield from share_texts(words, found)
    everyone = found.differences[found.differences["target_group"] == ""]
    for row in everyone[everyone["difference"].notna()].to_dict("records"):
        yield difference_text(words, row["name"], row["difference"], row["low"], row["high"])
    yield from cost_texts(words, found)
    for row in found.feedback[found.feedback["organisation"] == ""].to_dict("records"):
        yield words(
            "impact.report.text.net_score",
            respondent=words(f"impact.choice.respondent.{row['respondent']}"),
            score=number(words, row["score"]),
            low=number(words, row["low"]),
            high=number(words, row["high"]),
            base=number(words, row["base"]),
        )


def share_texts(words: Words, found: Evaluation) -> Iterator[str]:
    """Yield which share of those who ended reached the goal, nothing where nobody ended."""
    positive = found.outcomes[(found.outcomes["breakdown"] == "all") & (found.outcomes["outcome"] == "positive")]
    for row in positive[positive["base"] > 0].to_dict("records"):
        yield words(
            "impact.report.text.share",
            share=percent(words, row["share"]),
            low=percent(words, row["low"]),
            high=percent(words, row["high"]),
            persons=number(words, row["persons"]),
            base=number(words, row["base"]),
        )


def difference_text(words: Words, name: str, value: float, low: float, high: float) -> str:
    """Write a difference of shares with its interval, the size of a smaller share without its sign."""
    sign, kind = (1, "more") if value >= 0 else (-1, "less")
    ends = sorted((100 * sign * low, 100 * sign * high))
    return words(
        f"impact.report.text.apart.{kind}",
        value=number(words, 100 * sign * value, 1),
        low=number(words, ends[0], 1),
        high=number(words, ends[1], 1),
        name=name,
    )


def cost_texts(words: Words, found: Evaluation) -> Iterator[str]:
    """Yield what a customer cost, and how that compares with the usual price of a bought service."""
    if len(found.costs):
        yield words("impact.report.text.per_customer", eur=number(words, float(found.costs["per_customer"].iloc[0])))
    for saving in found.savings:
        if saving.price == "usual":
            kind = "cheaper" if saving.saving >= 0 else "dearer"
            share = percent(words, abs(saving.saving))
            yield words(f"impact.report.text.saving.{kind}", share=share, price=number(words, saving.eur))


def additional_text(words: Words, found: Evaluation) -> str:
    """Write how many outcomes more there were than in the reference, and what each cost."""
    cost, more = found.per_additional, found.additional
    if cost.value != cost.value:
        return words("impact.report.text.additional_none")
    return words(
        "impact.report.text.additional",
        value=number(words, more.value),
        low=number(words, more.low),
        high=number(words, more.high),
        eur=bounded(words, cost.value),
        eur_low=bounded(words, cost.low),
        eur_high=bounded(words, cost.high),
    )


def median_text(words: Words, found: Evaluation) -> str:
    """Write by which day half had reached an outcome."""
    half = median(found.curve)
    if half.days != half.days:
        return words("impact.report.text.median_none")
    low, high = (bounded(words, inf if day != day else day) for day in half[1:])
    return words("impact.report.text.median", days=number(words, half.days), low=low, high=high)


def percent(words: Words, share: float) -> str:
    """Write a fraction as per cent."""
    return f"{number(words, 100 * share, 1)}{NO_BREAK}%"


def bounded(words: Words, amount: float) -> str:
    """Write a whole number, or that there is no upper bound."""
    return words("impact.report.unbounded") if amount == inf else number(words, amount)
