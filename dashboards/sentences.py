"""The review in five to eight sentences, each made by one rule of the figures of one card.

A rule is silent where its figure is not held; a change is told only where it is more than chance makes; below a base of
twenty persons nothing is told in percents.
"""

from collections.abc import Callable
from dataclasses import dataclass

from dashboards import format
from dashboards.breaks import Change, year_on_year
from dashboards.charts.normal import YEARS, normal_of
from dashboards.figures import Figure
from dashboards.periods import shift
from dashboards.summary import SMALL_BASE, change_words, is_noise
from dashboards.visit import Visit

MOST = 8
SHORTEST_STREAK = 3


@dataclass(frozen=True)
class Sentence:
    """One sentence, and the id of the card that holds its figures."""

    text: str
    card: str


def summarise(visit: Visit) -> tuple[Sentence, ...]:
    """Return the sentences that the figures of the visit's area and month allow."""
    made = ((card, rule(visit)) for card, rule in RULES)
    return tuple(Sentence(text, card) for card, text in made if text)[:MOST]


def compare_rate(visit: Visit) -> str:
    """Say in which compared areas the rate of the month was higher and in which lower."""
    own = rate_of_month(visit)
    if own is None:
        return ""
    groups: dict[str, list[str]] = {"higher": [], "same": [], "lower": []}
    for area in visit.selection.compare:
        other = visit.figures.at("unemployment_rate", area, visit.month)
        if other and other.value is not None:
            group = "same" if other.value == own else "higher" if other.value > own else "lower"
            groups[group].append(f"{visit.name(area)} ({visit.value('unemployment_rate', other.value)})")
    told = [
        visit.words(f"sentence.compared.{group}", names=format.listed(visit.words, names))
        for group, names in groups.items()
        if names
    ]
    return visit.words("sentence.compared.all", groups="; ".join(told)) if told else ""


def rate_of_month(visit: Visit) -> float | None:
    """Return the rate of the month, None where it is not held or rests on too few persons to be told in percents."""
    area = visit.selection.area
    rate = visit.figures.at("unemployment_rate", area, visit.month)
    persons = visit.figures.at("unemployed_jobseekers", area, visit.month)
    few = persons is not None and persons.value is not None and persons.value < SMALL_BASE
    return None if few or rate is None else rate.value


def place_in_normal(visit: Visit) -> str:
    """Say where the rate of the month lies among those of the same month in the ten years before."""
    rate = rate_of_month(visit)
    normal = normal_of(visit, "unemployment_rate", visit.selection.area, visit.month) if rate is not None else None
    if rate is None or normal is None:
        return ""
    where = "above" if rate > normal.high else "below" if rate < normal.low else "within"
    values = {name: visit.value("unemployment_rate", getattr(normal, name)) for name in ("low", "middle", "high")}
    told = visit.words(f"sentence.normal.{where}", **values)
    return told if normal.years == YEARS else f"{told} {visit.words('sentence.normal.years', number=normal.years)}"


def count_streak(visit: Visit) -> str:
    """Say for how many months in a row the rate has been above, or below, that of a year before."""
    if rate_of_month(visit) is None:
        return ""
    first = rate_change(visit, visit.month)
    length = 0
    while first and rate_change(visit, shift(visit.month, -length)) * first > 0:
        length += 1
    if length < SHORTEST_STREAK:
        return ""
    return visit.words(f"sentence.streak.{'higher' if first > 0 else 'lower'}", months=length)


def rate_change(visit: Visit, period: str) -> float:
    """Return the rate's change on the year in points, 0 where there is none."""
    return year_on_year(visit, "unemployment_rate", visit.selection.area, period).difference or 0.0


def tell_count(code: str) -> Callable[[Visit], str]:
    """Return the rule that tells a count, and its change where that is more than chance."""

    def rule(visit: Visit) -> str:
        figure = newest(visit, code)
        return "" if figure is None else with_change(visit, code, figure)

    return rule


def newest(visit: Visit, code: str) -> Figure | None:
    """Return the chosen area's newest figure that is not later than the month."""
    return visit.figures.newest(code, visit.selection.area, visit.month)


def with_change(visit: Visit, code: str, figure: Figure, share: str = "") -> str:
    """Return a sentence on a figure: why it is hidden, or its value, a share, and its change on the year."""
    month = format.in_month(visit.words, figure.period)
    if figure.value is None:
        reason = visit.words(f"status.{figure.status or 'missing'}.name")
        return visit.words(f"sentence.{code}.hidden", month=month, reason=reason)
    change = year_on_year(visit, code, visit.selection.area, figure.period)
    told = f"{share}, {change_words(visit, code, change)}" if worth_telling(visit, code, change) else share
    return visit.words(f"sentence.{code}.value", month=month, value=visit.value(code, figure.value), change=told)


def worth_telling(visit: Visit, code: str, change: Change) -> bool:
    """Tell whether a change is to be told: one that is known and no noise, or the word that there can be none."""
    if change.difference is None:
        return change.reason == "not_comparable"
    facts = visit.catalogue.indicators[code]
    return facts.unit == "percent" or (facts.kind != "rate" and not is_noise(change))


def tell_long_term(visit: Visit) -> str:
    """Tell the long-term unemployed, and their share where it rests on enough persons."""
    code, figure = "long_term_unemployed", newest(visit, "long_term_unemployed")
    if figure is None:
        return ""
    everyone = visit.figures.at("unemployed_jobseekers", visit.selection.area, figure.period)
    if figure.value is None or everyone is None or everyone.value is None or everyone.value < SMALL_BASE:
        return with_change(visit, code, figure)
    percent = format.number(visit.words, 100 * figure.value / everyone.value, 1) + f"{format.NO_BREAK}%"
    return with_change(visit, code, figure, visit.words("sentence.long_term_unemployed.share", percent=percent))


RULES: tuple[tuple[str, Callable[[Visit], str]], ...] = (
    ("unemployment_rate", compare_rate),
    ("unemployment_rate", place_in_normal),
    ("unemployment_rate", count_streak),
    ("measures", tell_count("unemployed_jobseekers")),
    ("structure", tell_long_term),
    ("structure", tell_count("unemployed_under_25")),
    ("open_vacancies", tell_count("open_vacancies")),
    ("new_vacancies", tell_count("new_vacancies")),
    ("unemployed_per_vacancy", tell_count("unemployed_per_vacancy")),
    ("measures", tell_count("activation_rate")),
)
