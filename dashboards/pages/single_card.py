"""One chart's card as its page has it, without the rest of the page: for a frame that shows a single chart."""

from collections.abc import Mapping

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


def describe_card(visit: Visit, chart: Chart) -> Card:
    """Return a chart's card, made as its page makes it.

    One that the page leaves out, because there is nothing to show, says so and has no table.
    """
    made = PAGES[chart.page][chart.id](visit)
    return made[0] if made else chart_card(view(chart.id, visit), (), ())
