"""One chart's card as its page has it, without the rest of the page: for a frame that shows a single chart."""

from collections.abc import Callable, Mapping

from dashboards.charts import BENEFIT, PROJECT, REVIEW, SHARE, VITALITY, Chart
from dashboards.charts.ranks import ranked_members
from dashboards.pages import employment_review, project, unemployment_benefit, vitality_review
from dashboards.pages.cards import bars_card, chart_card, describe_series
from dashboards.pages.comparison import describe_map, describe_ranking
from dashboards.pages.parts import Card, Page
from dashboards.view import view
from dashboards.visit import Visit

Make = Callable[[Visit, Chart], Card]


def describe_places(visit: Visit, chart: Chart) -> Card:
    """Describe a ranking; where nothing is ranked it has no table."""
    if visit.ranked.month and ranked_members(visit, chart.id):
        return describe_ranking(visit, chart.id)
    return chart_card(view(chart.id, visit), (), ())


def describe_breakdown(visit: Visit, chart: Chart) -> Card:
    """Describe what a measure of the month is made of."""
    return bars_card(visit, chart.id, visit.words(f"dimension.{chart.dimension}"))


PAGES: Mapping[str, Callable[[Visit], Page]] = {
    REVIEW: employment_review.describe,
    VITALITY: vitality_review.describe,
    BENEFIT: unemployment_benefit.describe,
    PROJECT: project.describe,
}
MAKERS: Mapping[str, Mapping[str, Make]] = {
    REVIEW: {
        "unemployment_rate": lambda visit, _: employment_review.describe_rate(visit),
        "multiples": lambda visit, _: employment_review.describe_homes(visit),
        "structure": lambda visit, chart: employment_review.describe_groups(visit, chart.id),
        "trend": lambda visit, chart: describe_series(visit, chart.id),
        "beveridge": lambda visit, _: employment_review.describe_beveridge(visit),
        "occupations": lambda visit, chart: bars_card(visit, chart.id, visit.words("table.occupation")),
        "ranks": describe_places,
        "area_map": lambda visit, _: describe_map(visit),
    },
    BENEFIT: {
        SHARE: lambda visit, _: unemployment_benefit.describe_share(visit),
        "trend": unemployment_benefit.describe_trend,
        "breakdown": describe_breakdown,
        "ranks": describe_places,
    },
}
"""How a page's charts are made one by one: by the chart's id, else by its kind."""


def describe_card(visit: Visit, chart: Chart) -> Card:
    """Return a chart's card; of a page that makes no single cards, the one among all of its cards.

    One that the page leaves out, because there is nothing to show, says so and has no table.
    """
    makers = MAKERS.get(chart.page, {})
    make = makers.get(chart.id) or makers.get(chart.kind)
    if make:
        return make(visit, chart)
    cards = PAGES[chart.page](visit).cards
    return next((card for card in cards if card.id == chart.id), chart_card(view(chart.id, visit), (), ()))
