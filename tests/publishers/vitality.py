"""The cells of the fake tables of the vitality review, made of the people, jobs and enterprises in people.py."""

from collections.abc import Callable, Sequence

import numpy as np

from tests.publishers import people
from tests.publishers.codes import month_number, quarter_number
from tests.publishers.made_up import percent
from tests.publishers.scatter import Counts, Figures, key, keys, scatter
from tests.publishers.table import Fill, Picks

SEXES = ("SSS", "1", "2")
AGES = ("SSS", *(f"{age:03}" for age in range(people.OLDEST)), f"{people.OLDEST}-")
INDUSTRIES = ("SSS", *people.INDUSTRIES)
FIRST_OF_PROJECTION = 2024
FEWEST_TO_SHOW = 300

Measure = Callable[[int, str], Counts]
"""Number of a period and content code → one number for each municipality."""


def _suffix(code: str) -> str:
    return code.rpartition("-")[2]


def _add_up(counts: Counts, areas: Sequence[str]) -> Figures:
    """Put municipalities (first axis) together for areas."""
    return np.asarray(np.tensordot(people.members(tuple(areas)), counts, axes=1), dtype=np.float64)


def _with_total(counts: Counts, axis: int) -> Counts:
    return np.concatenate([counts.sum(axis=axis, keepdims=True), counts], axis=axis)


def counts_of(number: Callable[[str], int], measure: Measure, order: Sequence[str]) -> Fill:
    """Make a fill of counts by area, period and content; `order` is that of the table's variables."""

    def fill(picks: Picks) -> Figures:
        cells = np.stack(
            [
                np.stack([_add_up(measure(number(period), _suffix(code)), picks["area"]) for code in picks["content"]])
                for period in picks["period"]
            ]
        )
        return np.moveaxis(cells, [0, 1, 2], [order.index(name) for name in ("period", "content", "area")])

    return fill


def _change(year: int, code: str) -> Counts:
    return people.changes(year)[code]


def _monthly_change(month: int, code: str) -> Counts:
    return people.monthly_changes(month)[code]


def _enterprises(quarter: int, code: str) -> Counts:
    return people.enterprises(quarter)[code]


fill_121w = counts_of(int, _change, ("period", "area", "content"))
fill_12w7 = counts_of(month_number, _monthly_change, ("area", "content", "period"))
fill_bdem = counts_of(quarter_number, _enterprises, ("period", "area", "content"))


def _ages_and_sexes(counts: Counts, picks: Picks) -> Figures:
    """Give area, age, sex, totals too, from municipality, sex, year of age."""
    cells = _with_total(_with_total(counts, 1), 2)
    chosen = cells[:, [SEXES.index(sex) for sex in picks["sex"]]][:, :, [AGES.index(age) for age in picks["age"]]]
    return np.swapaxes(_add_up(chosen, picks["area"]), 1, 2)


def fill_11re(picks: Picks) -> Figures:
    """Make cells of 11re: area, age, sex, year, content."""
    return np.stack([_ages_and_sexes(people.by_age(int(year)), picks) for year in picks["period"]], axis=3)[..., None]


def fill_11lj(picks: Picks) -> Figures:
    """Make cells of 11lj: area, sex, age, month, content; only the total of sexes and ages is ever asked for."""
    cells = [_add_up(people.monthly_changes(month_number(month))["vaesto"], picks["area"]) for month in picks["period"]]
    return np.stack(cells, axis=1)[:, None, None, :, None]


def fill_14wx(picks: Picks) -> Figures:
    """Make cells of 14wx: area, year, sex, age, content. The further ahead, the further from what will be."""
    cells = []
    for year in map(int, picks["period"]):
        drift = 1 + 0.002 * (year - FIRST_OF_PROJECTION)
        projected = np.rint(people.by_age(year) * drift).astype(np.int64)
        cells.append(np.swapaxes(_ages_and_sexes(projected, picks), 1, 2))
    return np.stack(cells, axis=1)[..., None]


def fill_11ra(picks: Picks) -> Figures:
    """Make cells of 11ra: area, year, content."""
    return np.stack([_key_figures(int(year), picks) for year in picks["period"]], axis=1)


def _key_figures(year: int, picks: Picks) -> Figures:
    ages = np.rint(_add_up(people.by_age(year).sum(axis=1), picks["area"])).astype(np.int64)
    all_ages, young, old = ages.sum(axis=1), ages[:, :15].sum(axis=1), ages[:, 65:].sum(axis=1)
    middle = all_ages - young - old
    known = {
        "vaesto": all_ages,
        "vaesto_alle15_p": percent(young, all_ages),
        "vaesto_15_64_p": percent(middle, all_ages),
        "vaesto_yli64_p": percent(old, all_ages),
        "dem_huoltos": percent(young + old, middle),
        "vaesto_keski_ika": percent((ages * np.arange(people.OLDEST + 1)).sum(axis=1), all_ages * 100),
        "vaesto_kieli_ulk_p": np.round(1 + 9 * scatter(keys(tuple(picks["area"])), key("language")), 1),
    }
    return np.stack([known[_suffix(code)] for code in picks["content"]], axis=1)


def fill_115x(picks: Picks) -> Figures:
    """Make cells of 115x: area, year, content."""
    return np.stack([_rates(int(year), picks) for year in picks["period"]], axis=1)


def _rates(year: int, picks: Picks) -> Figures:
    held = {
        name: np.rint(_add_up(counts, picks["area"])).astype(np.int64) for name, counts in people.working(year).items()
    }
    everyone = np.rint(_add_up(people.inhabitants(year), picks["area"])).astype(np.int64)
    known = {
        "tyollisyysaste": percent(held["employed"], held["adults"]),
        "tyottomyysaste": percent(held["unemployed"], held["employed"] + held["unemployed"]),
        "taloudellinenhuoltosuhde": percent(everyone - held["employed"], held["employed"]),
        "tyopaikkaomavaraisuus": percent(held["jobs"], held["employed"]),
    }
    return np.stack([known[_suffix(code)] for code in picks["content"]], axis=1)


def fill_125s(picks: Picks) -> Figures:
    """Make cells of 125s: year, area, content."""
    return np.stack([_rates(int(year), picks) for year in picks["period"]])


def fill_115h(picks: Picks) -> Figures:
    """Make cells of 115h: area, industry, sex, year, content; only the total of sexes is ever asked for."""
    places = [INDUSTRIES.index(code) for code in picks["industry"]]
    cells = [
        _add_up(_with_total(people.jobs_by_industry(int(year)), 1)[:, places], picks["area"])
        for year in picks["period"]
    ]
    return np.stack(cells, axis=2)[:, :, None, :, None]


def scattered(
    order: Sequence[str], spans: dict[str, tuple[float, float, int]], gaps: Callable[[str, str], bool] | None = None
) -> Fill:
    """Make a fill of figures that lie between two bounds, with so many decimals; `gaps` tells period and content.

    Areas with few people have none, as where the publisher hides them; further variables have one value.
    """

    def fill(picks: Picks) -> Figures:
        areas = keys(tuple(picks["area"]))
        people_there = _add_up(people.inhabitants(2024), picks["area"])
        cells = np.empty((len(picks["period"]), len(picks["content"]), len(areas)))
        for p, period in enumerate(picks["period"]):
            for c, code in enumerate(picks["content"]):
                low, high, decimals = spans[code]
                share = 0.9 * scatter(areas, key(code)) + 0.1 * scatter(areas, key(code), key(period))
                cells[p, c] = np.round(low + (high - low) * share, decimals)
                cells[p, c, people_there < FEWEST_TO_SHOW] = np.nan
                if gaps and gaps(period, code):
                    cells[p, c] = np.nan
        known = np.moveaxis(cells, [0, 1, 2], [order.index(name) for name in ("period", "content", "area")])
        return np.asarray(known.reshape([len(codes) for codes in picks.values()]))

    return fill
