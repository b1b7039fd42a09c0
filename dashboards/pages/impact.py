"""Impact evaluation: the model in five parts, the project's results with their limits, and the tool for others."""

from dashboards.pages.parts import Page
from dashboards.pages.texts import text_card
from dashboards.visit import Visit

SLUG = "vaikuttavuus"
TEXTS = ("model", "results", "limits", "tool", "publishing")


def describe(visit: Visit) -> Page:
    """Describe the page; its figures are quoted from the project's final report, each with its limits."""
    words = visit.words
    return Page(
        slug=SLUG,
        name=words(f"page.{SLUG}.name"),
        headline=words("evaluation.headline"),
        month="",
        summary=(),
        notices=(),
        key_figures=(),
        cards=tuple(text_card(visit, "evaluation", name) for name in TEXTS),
        notes=(),
    )
