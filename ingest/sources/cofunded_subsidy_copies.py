"""What was told of the co-funded labour market subsidy elsewhere than in Kela's own files: an index, and the press.

Neither is the statistic, and neither bears its name. `cofunded_subsidy_index` compares municipalities (the median one
is 100) over three years, and has no euros; a window of three years stands at its last, 2010–2012 at 2012, for only then
was it whole. `cofunded_subsidy_municipal_eur_press` are rounded euros of news texts, origin `press`.
"""

from ingest.copied_source import copied_source

SOURCES = (
    copied_source("cofunded_subsidy_index_diak", {"index_3_years": "cofunded_subsidy_index"}, "transcript"),
    copied_source("cofunded_subsidy_press", {"municipal_cost": "cofunded_subsidy_municipal_eur_press"}, "press"),
)
