"""The page of the project Work & Stay: its targets, service and feedback, its surroundings, and what remains of it."""

from dashboards import format
from dashboards.charts import PROJECT
from dashboards.pages.parts import KeyFigure, Page
from dashboards.pages.project_feedback import describe_feedback
from dashboards.pages.project_results import describe_remains, describe_service, describe_targets
from dashboards.pages.project_surroundings import describe_surroundings
from dashboards.project_figures import BUDGET, REACHED, SHOWN, employers_groups, total
from dashboards.visit import Visit
from queries.analysis.promoters import net_score

__all__ = ["SHOWN", "SLUG", "describe"]

SLUG = PROJECT
COUNTED = ("project_personal_customers", "project_employer_customers", "project_new_enterprises")
UNCLEAR = ("events", "scores", "percents", "answers", "grades", "rates", "dates", "marketing")


def describe(visit: Visit) -> Page:
    """Describe the page; without the report's figures only the official series are left, and the page says so."""
    held = total(visit, next(iter(REACHED))) is not None
    words = visit.words
    return Page(
        slug=SLUG,
        name=words("page.hanke.name"),
        headline=write_headline(visit) if held else words("project.none"),
        month="",
        summary=(),
        notices=(tell_frame(visit),) if held else (),
        key_figures=tuple(describe_key_figures(visit)) if held else (),
        cards=(
            *((*describe_targets(visit), *describe_service(visit), *describe_feedback(visit)) if held else ()),
            *describe_surroundings(visit),
            *(describe_remains(visit) if held else ()),
        ),
        notes=tuple(words(f"project.unclear.{each}") for each in UNCLEAR) if held else (),
    )


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
