"""The figures of the vitality review: every yearly series of its themes, and what follows from them."""

from collections.abc import Iterable, Mapping

import pandas as pd

from dashboards.charts import VITALITY, charts_of
from dashboards.figures import COLUMNS
from dashboards.selection import USUAL_IN_VITALITY, Selection, known_at
from dashboards.visit import Visit
from dashboards.vitality_country import COUNTS, INDEX
from queries.analysis.whole_years import difference_of, whole_years
from queries.catalogue import Catalogue
from queries.read import Snapshot

THEMES: Mapping[str, tuple[str, ...]] = {
    "population": ("population_key_figures_11ra", "population_by_age_11re"),
    "changes": ("population_changes_121w",),
    "by_month": ("population_changes_monthly_12w7", "preliminary_population_11lj"),
    "projection": ("population_projection_14wx",),
    "work": ("employment_115x", "workplace_self_sufficiency_125s", "jobs_115h", "commuting_copy"),
    "skills": ("education_12bs",),
    "income": ("income_14ww",),
    "enterprises": ("enterprise_demography_bdem", "enterprise_openings_11yq"),
    "tourism": ("overnight_stays_11lm", "overnight_stays_press"),
    "structure": ("key_figures_142h", "key_figures_copy"),
    "housing": ("housing_copy",),
    "finances": ("municipal_finance_copy", "municipal_tax_rates_copy"),
}
"""Which sources a theme has: an indicator of one of them stands in its table without another line."""
NOT_MAPPED = ("by_month", "tourism")
BY_MONTH = ("overnight_stays", "unemployment_rate", "population_preliminary")
STRUCTURE_YEARS = (1970, 2051)
FEWEST_YEARS = 3
"""Fewer years than these are told in a table, not drawn as a line."""
NET = "enterprise_net"
QUARTERLY = "quarter"


def indicators_of(catalogue: Catalogue, theme: str) -> tuple[str, ...]:
    """Return the indicators of a theme that a publisher gives, in the catalogue's order."""
    every = catalogue.indicators.items()
    return tuple(code for code, facts in every if facts.source in THEMES[theme] and not facts.made_of)


def mapped_indicators(catalogue: Catalogue) -> tuple[str, ...]:
    """Return what the map may show, the usual one first: every yearly rate, so that small and large can be compared."""
    themes = [sources for theme, sources in THEMES.items() if theme not in NOT_MAPPED]
    sources = {source for each in themes for source in each}
    rates = [code for code, facts in catalogue.indicators.items() if facts.source in sources and facts.kind == "rate"]
    return tuple(dict.fromkeys([USUAL_IN_VITALITY, INDEX, *rates]))


def country_indicators(catalogue: Catalogue) -> tuple[str, ...]:
    """Return the published indicators that are read of all municipalities."""
    mapped = [code for code in mapped_indicators(catalogue) if not catalogue.indicators[code].made_of]
    return tuple(dict.fromkeys([*mapped, *COUNTS]))


def shown_indicators(catalogue: Catalogue) -> tuple[str, ...]:
    """Return all indicators of the page that a publisher gives."""
    themes = [code for theme in THEMES for code in indicators_of(catalogue, theme)]
    charted = [chart.indicator for chart in charts_of(VITALITY)]
    found = dict.fromkeys([*themes, *charted, *BY_MONTH])  # those of months are read of the chosen area alone
    return tuple(code for code in found if not catalogue.indicators[code].made_of)


def read_vitality(snapshot: Snapshot, selection: Selection, catalogue: Catalogue) -> pd.DataFrame:
    """Read the page's series in one query; quarters become their years. Rows in the order that Figures takes."""
    indicators = shown_indicators(catalogue)
    rows = snapshot.frame(
        "series_with_comparison",
        indicators=list(indicators),
        compared=[code for code in indicators if code not in BY_MONTH],
        area=selection.area,
        areas=list(selection.areas),
        dimension="",
        since="0000",
        until="9999",
        as_of=known_at(selection),
    )[list(COLUMNS)]
    quarterly = rows["indicator"].isin(by_quarter(catalogue, indicators))
    years = whole_years(rows[quarterly], catalogue.indicators)
    opened, closed = (years[years["indicator"] == f"enterprise_{name}"] for name in ("openings", "closures"))
    more = [part for part in (years, difference_of(opened, closed, NET)) if len(part)]
    return pd.concat([rows[~quarterly], *more], ignore_index=True)


def read_structure(snapshot: Snapshot, selection: Selection) -> pd.DataFrame:
    """Read the chosen area's population by age and sex, as it was and is projected, and its jobs by industry."""
    return snapshot.frame(
        "breakdowns",
        indicators=["population", "projected_population", "jobs"],
        area=selection.area,
        dimensions=["age", "age,sex", "industry"],
        periods=[str(year) for year in range(*STRUCTURE_YEARS)],
        as_of=known_at(selection),
    )


def by_quarter(catalogue: Catalogue, indicators: Iterable[str]) -> list[str]:
    """Return those of some indicators that their publisher gives by quarter."""
    sources = catalogue.sources
    return [code for code in indicators if sources[catalogue.indicators[code].source].period == QUARTERLY]


def newest_of(visit: Visit, code: str) -> str:
    """Return the newest year, not later than the page's where one is chosen, that the area has; '' for none."""
    until = visit.month if visit.selection.month else "9999"
    figure = visit.figures.newest(code, visit.selection.area, until)
    return figure.period if figure else ""


def years_of(visit: Visit, code: str) -> list[str]:
    """Return the years that the chosen area has of an indicator."""
    return [period for period in visit.figures.series(code, visit.selection.area) if len(period) == 4]


def has_line(visit: Visit, code: str) -> bool:
    """Tell whether the chosen area has so many years of an indicator that a line is drawn of them."""
    return len(years_of(visit, code)) >= FEWEST_YEARS


def card_of(visit: Visit, code: str) -> str:
    """Return the card that an indicator's figures stand on: its own where a line is drawn, else its theme's."""
    if has_line(visit, code):
        return code
    source = visit.catalogue.indicators[code].source
    return next(f"theme_{theme}" for theme, sources in THEMES.items() if source in sources)
