"""The indicators that a published impact evaluation has: counts of persons, and measures that follow from them."""

EVERYWHERE = "SSS"
"""The area of all customers, wherever they live."""
COUNTS = ("impact_customers", "impact_feedback")
MEASURES = (
    "impact_positive_share",
    "impact_difference",
    "impact_cost_per_customer",
    "impact_cost_per_outcome",
    "impact_cost_per_additional",
    "impact_saving",
)
"""Of all customers, in the order in which they are told."""
SCORE = "impact_net_promoter_score"
INDICATORS = (*COUNTS, *MEASURES, SCORE)
