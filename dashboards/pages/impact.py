"""Impact evaluation: the model in five parts, the project's results with limits, what is published, and the tool."""

from dashboards.evaluations import evaluations_of
from dashboards.pages.evaluations import describe_evaluation
from dashboards.pages.parts import Card, Page
from dashboards.pages.texts import text_card
from dashboards.visit import Visit

SLUG = "vaikuttavuus"


def describe(visit: Visit) -> Page:
    """Describe the page; its figures are the report's, each with its limits, and those of published evaluations."""
    words = visit.words
    return Page(
        slug=SLUG,
        name=words(f"page.{SLUG}.name"),
        headline=words("evaluation.headline"),
        month="",
        summary=(),
        notices=(),
        key_figures=(),
        cards=(
            *(text_card(visit, "evaluation", name) for name in ("model", "results", "limits")),
            *describe_published(visit),
            *(text_card(visit, "evaluation", name) for name in ("tool", "publishing")),
        ),
        notes=(),
    )


def describe_published(visit: Visit) -> list[Card]:
    """Describe the published evaluations, or say that there is none."""
    words, published = visit.words, evaluations_of(visit)
    told = words(f"evaluation.published.{'some' if published else 'none'}")
    first = Card("published", words("evaluation.published.title"), "", True, (), (), "", told=(told,))
    return [first, *(card for each in published for card in describe_evaluation(visit, each))]
