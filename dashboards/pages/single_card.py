"""One chart's card as its page has it, without the rest of the page: for a frame that shows a single chart."""

from collections.abc import Callable, Mapping

from dashboards.charts import BENEFIT, PROJECT, REVIEW, VITALITY, Chart
from dashboards.pages import employment_review, project, unemployment_benefit, vitality_review
from dashboards.pages.cards import chart_card
from dashboards.pages.parts import Card, Makers
from dashboards.view import view
from dashboards.visit import Visit

PAGES: Mapping[str, Makers] = {
    REVIEW: employment_review.CARDS,
    VITALITY: vitality_review.CARDS,
    BENEFIT: unemployment_benefit.CARDS,
    PROJECT: project.CARDS,
}
LEFT_OUT: Mapping[str, Callable[[Visit, Chart], Card]] = {
    "trend": vitality_review.describe_line,
    "projection": vitality_review.describe_projected,
}
"""How charts are made that have too few figures for their page."""


def describe_card(visit: Visit, chart: Chart) -> Card:
    """Return a chart's card, made as its page makes it.

    A line of too few periods for its page has its table here too. Where there is nothing to show the card says so and
    has no table.
    """
    made = PAGES[chart.page][chart.id](visit)
    if made:
        return made[0]
    shown = view(chart.id, visit)
    make = LEFT_OUT.get(chart.kind)
    return make(visit, chart) if make and len(shown.frame) else chart_card(shown, (), ())
