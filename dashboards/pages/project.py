"""The page of the project Work & Stay: its targets, service and feedback, its surroundings, and what remains of it."""

from collections.abc import Sequence
from functools import partial

from dashboards import format
from dashboards.breaks import break_notes
from dashboards.charts import PROJECT, charts_of
from dashboards.charts.project import from_the_start
from dashboards.charts.trend import stretch
from dashboards.pages.parts import Card, KeyFigure, Maker, Makers, Page, make_cards
from dashboards.pages.project_feedback import FEEDBACK
from dashboards.pages.project_results import REMAINS, RESULTS
from dashboards.pages.project_surroundings import RATES, SURROUNDINGS
from dashboards.project_figures import (
    BUDGET,
    CUSTOMERS,
    EMPLOYER_SCORES,
    REACHED,
    SHOWN,
    employers_groups,
    rate_pairs,
    total,
)
from dashboards.sentences import Sentence
from dashboards.view import view
from dashboards.visit import Visit
from queries.analysis.promoters import net_score

__all__ = ["SHOWN", "SLUG", "describe"]

SLUG = PROJECT
COUNTED = ("project_personal_customers", "project_employer_customers", "project_new_enterprises")
UNCLEAR = ("events", "scores", "percents", "answers", "grades", "rates", "dates", "marketing")


def describe(visit: Visit) -> Page:
    """Describe the page; without the report's figures only the official series are left, and the page says so."""
    held, words = is_reported(visit), visit.words
    return Page(
        slug=SLUG,
        name=words("page.hanke.name"),
        headline=write_headline(visit) if held else words("project.none"),
        month="",
        summary=summarise(visit) if held else (),
        notices=(),
        key_figures=tuple(describe_key_figures(visit)) if held else (),
        cards=make_cards(visit, CARDS),
        notes=(*(words(f"project.unclear.{each}") for each in UNCLEAR if held), *official_notes(visit)),
    )


def is_reported(visit: Visit) -> bool:
    """Tell whether the report's figures are held."""
    return total(visit, next(iter(REACHED))) is not None


def of_the_report(makers: Makers) -> Makers:
    """Return makers that leave their cards out where the report's figures are not held."""
    return {name: partial(describe_reported, make=make) for name, make in makers.items()}


def describe_reported(visit: Visit, make: Maker) -> Sequence[Card]:
    """Describe what rests on the report."""
    return make(visit) if is_reported(visit) else ()


def write_headline(visit: Visit) -> str:
    """Return the sentence with what was reached of what was wanted."""
    codes = [code for pair in REACHED.items() for code in pair]
    names = ("organisations", "organisations_target", "persons", "persons_target")
    return visit.words(
        "project.headline", **{name: whole(visit, code) for name, code in zip(names, codes, strict=True)}
    )


def whole(visit: Visit, code: str) -> str:
    """Write the whole project's figure, the sign of what is not held where there is none."""
    figure = total(visit, code)
    return visit.words("value.none") if figure is None or figure.value is None else visit.value(code, figure.value)


def tell_frame(visit: Visit) -> str:
    """Return when the project was, and its money."""
    budget, funding = (whole(visit, code) for code in BUDGET)
    return visit.words("project.frame", budget=budget, funding=funding)


def summarise(visit: Visit) -> tuple[Sentence, ...]:
    """Return the page in a few sentences, each beside the card that it is read from."""
    personal, employers, outcome = (whole(visit, code) for code in CUSTOMERS)
    service = visit.words("project.served", personal=personal, employers=employers, outcome=outcome)
    charts = (EMPLOYER_SCORES, RATES) if rate_pairs(visit) else (EMPLOYER_SCORES,)
    return (
        Sentence(tell_frame(visit), "project_organisations"),
        Sentence(service, "project_service"),
        *(Sentence(view(name, visit).summary, name) for name in charts),
    )


def official_notes(visit: Visit) -> list[str]:
    """Return what must be known of the official series that are shown."""
    charts = [chart for chart in charts_of(PROJECT) if chart.kind == "project_trend"]
    return break_notes(visit, {chart.indicator: stretch(from_the_start(visit), chart) for chart in charts})


def describe_key_figures(visit: Visit) -> list[KeyFigure]:
    """Describe what the project reached, in a few numbers."""
    words = visit.words
    period = words("project.period")
    figures = [
        KeyFigure(code, visit.label(code), whole(visit, code), "", period, "", words("project.wanted", target=goal))
        for code, goal in ((code, whole(visit, target)) for code, target in REACHED.items())
    ]
    figures += [KeyFigure(code, visit.label(code), whole(visit, code), "", period, "", "") for code in COUNTED]
    groups = employers_groups(visit)
    if groups.base:
        score, low, high = (format.number(words, each) for each in net_score(groups))
        told = words("project.score_range", low=low, high=high, answers=groups.base)
        figures.append(KeyFigure("net_score", words("project.score"), score, "", period, "", "", (told,)))
    return figures


CARDS: Makers = {
    **of_the_report(RESULTS),
    **of_the_report(FEEDBACK),
    **SURROUNDINGS,
    **of_the_report(REMAINS),
}
