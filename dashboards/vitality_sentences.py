"""The vitality review in sentences: its headline and a summary, each made by one rule of one card's figures."""

from collections.abc import Callable

from dashboards import format
from dashboards.breaks import year_on_year
from dashboards.charts import CHARTS
from dashboards.charts.projection import read_projection
from dashboards.figures import Figure
from dashboards.sentences import Sentence
from dashboards.summary import SMALL_BASE, change_words, in_place
from dashboards.visit import Visit
from dashboards.vitality_figures import card_of, newest_of

DECADE = 10
RATES = ("share_over_64", "employment_rate_18_64", "economic_dependency_ratio", "education_share_tertiary")


def vitality_headline(visit: Visit) -> str:
    """Return the page's first sentence: the population at the end of the year and its change on the year."""
    area, year = visit.selection.area, visit.month
    figure = visit.led.get(year)
    if figure is None:
        return visit.words("headline.population.none", name=visit.name(area))
    told = {"place": in_place(visit, area), "name": visit.name(area), "year": year}
    if figure.value is None:
        reason = visit.words(f"status.{figure.status or 'missing'}.name")
        return visit.words("headline.population.no_value", reason=reason, **told)
    told["value"] = format.number(visit.words, figure.value)
    told["change"] = change_words(visit, "population", year_on_year(visit, "population", area, year))
    return visit.words(f"headline.population.{'in_place' if told['place'] else 'neutral'}", **told)


def summarise_vitality(visit: Visit) -> tuple[Sentence, ...]:
    """Return the sentences that the figures of the visit's area and year allow."""
    rates = ((card_of(visit, code), tell_rate(code)) for code in RATES)
    made = ((card, rule(visit)) for card, rule in (*RULES, *rates))
    return tuple(Sentence(text, card) for card, text in made if text)


def newest(visit: Visit, code: str) -> Figure | None:
    """Return the area's newest figure that has a value, not later than the page's year; None where it has none."""
    figure = visit.figures.at(code, visit.selection.area, newest_of(visit, code))
    return None if figure is None or figure.value is None else figure


def tell_decade(visit: Visit) -> str:
    """Tell how the population has changed in ten years, in persons and, of enough persons, in percents."""
    now = newest(visit, "population")
    then = now and visit.figures.at("population", visit.selection.area, str(int(now.period) - DECADE))
    if now is None or now.value is None or not then or not then.value:
        return ""
    difference = now.value - then.value
    form = "same" if difference == 0 else "more" if difference > 0 else "fewer"
    few = then.value < SMALL_BASE
    percent = "" if few else f"{format.number(visit.words, abs(100 * difference / then.value), 1)}{format.NO_BREAK}%"
    amount = format.change(visit.words, difference, visit.catalogue.indicators["population"])
    share = visit.words("sentence.decade.share", percent=percent) if percent else ""
    return visit.words(f"sentence.decade.{form}", since=then.period, until=now.period, amount=amount, share=share)


def tell_births(visit: Visit) -> str:
    """Tell the births and deaths of a year."""
    born, died = newest(visit, "births"), newest(visit, "deaths")
    if not born or not died or born.period != died.period:
        return ""
    persons = [format.number(visit.words, each.value or 0.0) for each in (born, died)]
    return visit.words("sentence.births", year=born.period, born=persons[0], died=persons[1])


def tell_migration(visit: Visit) -> str:
    """Tell the net migration of a year between municipalities and with other countries."""
    within, abroad = newest(visit, "net_migration_intermunicipal"), newest(visit, "net_immigration")
    if not within or not abroad or within.period != abroad.period:
        return ""
    persons = [format.signed(visit.words, each.value or 0.0) for each in (within, abroad)]
    return visit.words("sentence.migration", year=within.period, within=persons[0], abroad=persons[1])


def tell_rate(code: str) -> Callable[[Visit], str]:
    """Return the rule that tells a measure with its own year, and the compared areas that had more and less."""

    def rule(visit: Visit) -> str:
        figure = newest(visit, code)
        if figure is None or figure.value is None:
            return ""
        compared = [visit.figures.at(code, area, figure.period) for area in visit.selection.compare]
        pairs = zip(visit.selection.compare, compared, strict=True)
        named = [
            f"{visit.name(area)} {visit.value(code, each.value)}"
            for area, each in pairs
            if each is not None and each.value is not None
        ]
        told = {"label": visit.label(code), "year": figure.period, "value": visit.value(code, figure.value)}
        beside = visit.words("sentence.rate.beside", names=", ".join(named)) if named else ""
        return visit.words("sentence.rate.value", **told, beside=beside)

    return rule


RULES: tuple[tuple[str, Callable[[Visit], str]], ...] = (
    ("population", tell_decade),
    ("theme_changes", tell_births),
    ("population_changes", tell_migration),
    ("projection", lambda visit: read_projection(visit, CHARTS["projection"])),
)
