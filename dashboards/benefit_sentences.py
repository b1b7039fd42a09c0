"""The benefit page in sentences: its headline and a summary, each sentence made by one rule of one card's figures."""

from collections.abc import Callable

from dashboards import format
from dashboards.breaks import breaks_of, year_on_year
from dashboards.charts import PAID, PER_INHABITANT, RECIPIENTS, SHARE
from dashboards.charts.ranks import ranked_members
from dashboards.sentences import Sentence
from dashboards.standing_words import tell_positions
from dashboards.summary import SMALL_BASE, change_words, state
from dashboards.visit import Visit
from queries.analysis.so_far import year_so_far


def benefit_headline(visit: Visit) -> str:
    """Return the page's first sentence: the municipality's share in the month and its change on the year."""
    figure = visit.led.get(visit.month)
    if figure is None:
        return visit.words(f"headline.{SHARE}.none", name=visit.name(visit.selection.area))
    several = visit.edition.areas[visit.selection.area].level != "municipality"
    return state(visit, SHARE, figure, neutral=several)


def summarise_benefit(visit: Visit) -> tuple[Sentence, ...]:
    """Return the sentences that the figures of the visit's area and month allow; none without the new model's."""
    if not visit.led:
        return ()
    made = ((card, rule(visit)) for card, rule in RULES)
    return tuple(Sentence(text, card) for card, text in made if text)


def tell(code: str) -> Callable[[Visit], str]:
    """Return the rule that tells a measure of the month and its change on the year."""

    def rule(visit: Visit) -> str:
        area = visit.selection.area
        figure = visit.figures.at(code, area, visit.month)
        if figure is None or figure.value is None:
            return ""
        change = change_words(visit, code, year_on_year(visit, code, area, visit.month))
        amount = format.amount(visit.words, figure.value, visit.catalogue.indicators[code])
        return visit.words(f"sentence.{code}", amount=amount, change=change)

    return rule


def tell_so_far(visit: Visit) -> str:
    """Tell the share of the year so far, against the same months of the year before where they may be compared."""
    facts = visit.catalogue.indicators[SHARE]
    series = {period: each.value for period, each in visit.led.items()}
    found = year_so_far(facts, series, visit.month, breaks_of(visit, SHARE))
    if found.value is None or found.since == found.until:
        return ""
    told = {"span": format.span(visit.words, found.since, found.until)}
    told["amount"] = format.amount(visit.words, found.value, facts)
    if found.earlier is None:
        return visit.words("sentence.so_far.alone", **told)
    difference = round(found.value - found.earlier, facts.decimals)
    form = "same" if difference == 0 else "more" if difference > 0 else "less"
    return visit.words(f"sentence.so_far.{form}", **told, difference=format.change(visit.words, difference, facts))


def tell_long(visit: Visit) -> str:
    """Tell which part of the share is paid for those whose days are most, where the share is known by day class."""
    rows = visit.parts_of(SHARE, "day_class")
    rows = rows[rows["period"] == visit.month]
    total = visit.led[visit.month].value
    last = rows[rows["category"].str.endswith("-") & rows["value"].notna()]
    if total is None or total <= 0 or len(last) != 1 or few_recipients(visit):
        return ""
    percent = format.number(visit.words, 100 * float(last["value"].iloc[0]) / total) + f"{format.NO_BREAK}%"
    label = visit.category("day_class", str(last["category"].iloc[0]))
    return visit.words("sentence.longest_class", percent=percent, label=label)


def few_recipients(visit: Visit) -> bool:
    """Tell whether the month's recipients are so few that nothing is told of them in percents."""
    persons = visit.figures.at(RECIPIENTS, visit.selection.area, visit.month)
    return persons is None or persons.value is None or persons.value < SMALL_BASE


def tell_place(visit: Visit) -> str:
    """Tell where the municipality stands among those of its employment area, by euros for each inhabitant."""
    if visit.edition.areas[visit.selection.area].level != "municipality":
        return ""
    positions = visit.ranked.positions(ranked_members(visit, "benefit_rank_employment_area"))
    own = [each for each in positions if each.area == visit.selection.area]
    return tell_positions(visit, own, len(positions)) if own and len(positions) > 1 else ""


RULES: tuple[tuple[str, Callable[[Visit], str]], ...] = (
    (PAID, tell(PAID)),
    (RECIPIENTS, tell(RECIPIENTS)),
    (PER_INHABITANT, tell(PER_INHABITANT)),
    ("sums", tell_so_far),
    ("benefit_share_by_day_class", tell_long),
    ("benefit_rank_employment_area", tell_place),
)
