"""The project Work & Stay (1.12.2023–31.12.2025): what its final report states, read once, with each figure's place.

The figures stand at December 2025, when the project ended, under the area HANKE, which is the project itself; those of
an organisation are told by the dimension `organisation`. The unemployment rates that the report quotes are an indicator
of their own: they do not all agree with the statistics. What the report prints unclearly and we had to read has the
origin `derived`: the counts of events, whose numbers are printed run together, and the answers from 1 to 6 as one.
School grades are numbers as schools count them: 8+ is 8.25 and 9- is 8.75.
"""

from ingest.copied_source import copied_source

FIGURES = (
    "project_organisations_reached",
    "project_organisations_target",
    "project_persons_reached",
    "project_persons_target",
    "project_budget_eur",
    "project_eu_funding_eur",
    "project_personal_customers",
    "project_employer_customers",
    "project_outcome_share",
    "project_events",
    "project_employer_scores",
    "project_employer_recommendation_answers",
    "project_employer_recommendation_share",
    "project_customer_scores",
    "project_customer_recommendation_share",
    "project_customer_grade",
    "project_marketing_reach",
    "project_video_views",
    "project_recruitment_organisations",
    "project_guided_persons",
    "project_entrepreneurship_events",
    "project_entrepreneurship_participants",
    "project_new_enterprises",
    "project_reported_unemployment_rate",
)

SOURCES = (copied_source("work_and_stay_report", {code: code for code in FIGURES}, "transcript"),)
