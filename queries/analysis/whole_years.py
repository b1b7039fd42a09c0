"""Years of what is published by quarter, and the difference of two measures. Pure: series in, series out.

All frames have the columns of a series: indicator, area, period, value, status, origin, release_id.
"""

from collections.abc import Mapping

import pandas as pd

from queries.catalogue import Indicator, add_up

QUARTERS = 4
LAST = "Q4"


def whole_years(quarters: pd.DataFrame, facts: Mapping[str, Indicator]) -> pd.DataFrame:
    """Return the years of some quarters (2023Q1): the sum of a flow's four, the last one of what is held at a moment.

    A year that lacks a quarter, or a value of one, has no row. The origin of a sum is `derived`.
    """
    known = quarters[quarters["value"].notna()]
    years = known["period"].str[:4]
    rows = []
    for (code, area, year), group in known.groupby(["indicator", "area", years], sort=True):
        indicator = facts[str(code)]
        if indicator.kind == "flow" and len(group) == QUARTERS:
            total = add_up(indicator, group["value"].tolist())
            rows.append((code, area, year, total, "", "derived", group["release_id"].max()))
        elif indicator.kind != "flow":
            last = group[group["period"].str.endswith(LAST)].assign(period=str(year))
            rows += last[list(quarters.columns)].itertuples(index=False, name=None)
    return pd.DataFrame(rows, columns=list(quarters.columns))


def difference_of(more: pd.DataFrame, less: pd.DataFrame, code: str) -> pd.DataFrame:
    """Return one measure less another in each area and period that both have, as another indicator."""
    keys = ["area", "period"]
    both = more.merge(less[[*keys, "value"]], on=keys, suffixes=("", "_less"))
    found = both.assign(indicator=code, value=both["value"] - both["value_less"], origin="derived")
    return found[list(more.columns)]
