"""Changes made comparable between areas of every size. Pure: series in, series out.

All frames have the columns of a series: indicator, area, period, value, status, origin, release_id. Periods are years.
"""

import pandas as pd

KEYS = ["area", "period"]


def rate_of_flow(
    flow: pd.DataFrame, stock: pd.DataFrame, change: pd.DataFrame, code: str, decimals: int
) -> pd.DataFrame:
    """Return a flow of a year as a percent of the stock at its beginning, which is that at its end less its change."""
    ends = stock[[*KEYS, "value"]].rename(columns={"value": "end"})
    grown = change[[*KEYS, "value"]].rename(columns={"value": "grown"})
    both = flow.merge(ends, on=KEYS).merge(grown, on=KEYS)
    begun = both["end"] - both["grown"]
    rate = (100 * both["value"] / begun.where(begun > 0)).round(decimals)
    return made(both, flow, code, rate)


def change_on_year(series: pd.DataFrame, code: str, decimals: int, relative: bool) -> pd.DataFrame:
    """Return the change from the year before, of counts in percents; a year without the year before has no row."""
    before = series[[*KEYS, "value"]].assign(period=(series["period"].astype(int) + 1).astype(str))
    both = series.merge(before.rename(columns={"value": "before"}), on=KEYS)
    difference = both["value"] - both["before"]
    if relative:
        difference = 100 * difference / both["before"].where(both["before"] > 0)
    return made(both, series, code, difference.round(decimals))


def made(rows: pd.DataFrame, like: pd.DataFrame, code: str, values: pd.Series) -> pd.DataFrame:
    """Return rows as those of another indicator, marked as derived; without a value there is no row."""
    found = rows.assign(indicator=code, value=values, origin="derived", status="")
    return found[found["value"].notna()][list(like.columns)]
