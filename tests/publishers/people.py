"""Made-up people, jobs and enterprises of every municipality and year: formulas and scattered numbers.

Counts hang together as real ones do: ages and sexes make up the population, births, deaths, moves and a correction make
up its change, moves between municipalities cancel out over the country, industries make up the jobs.
"""

import csv
import math
from functools import cache

import numpy as np

from ingest.load import AREAS
from tests.publishers.codes import FLEXIBLE, MUNICIPALITIES, UNKNOWN
from tests.publishers.scatter import Counts, Figures, around, between, key, keys, scatter

ENDED = "KU588"
_PLACES = [area for area in MUNICIPALITIES if area["code"] not in (UNKNOWN, FLEXIBLE)]
CODES = (*(str(area["code"]) for area in _PLACES), ENDED)
KEYS = keys(CODES)
INHABITANTS = np.array([1.9 * float(area["size"]) for area in _PLACES] + [0.0])
LARGEST = int(INHABITANTS.argmax())
OLDEST = 100
INDUSTRIES = (*"ABCDEFGHIJKLMNOPQRSTU", "X")


@cache
def areas_within() -> dict[str, tuple[str, ...]]:
    """Give the larger areas that each municipality lies in, employment areas too; the ended one in those of another."""
    with AREAS.open(encoding="utf-8", newline="") as file:
        employment_area = {f"KU{row['area']}": row["employment_area"] for row in csv.DictReader(file)}
    within = {str(area["code"]): (*area["within"], employment_area[str(area["code"])]) for area in _PLACES}
    return within | {ENDED: within["KU507"]}


@cache
def members(codes: tuple[str, ...]) -> Figures:
    """Give which municipality counts to which area: one row an area. The ended one counts only where it is named."""
    within, ended_too = areas_within(), ENDED in codes
    rows = [[area in ("SSS", code, *within[code]) and (code != ENDED or ended_too) for code in CODES] for area in codes]
    return np.array(rows, dtype=np.float64)


@cache
def inhabitants(year: int) -> Counts:
    """Give the population of each municipality at the end of a year: small ones shrink, large ones grow."""
    growth = 0.004 * (np.log(np.maximum(INHABITANTS, 1)) - 10.8) + 0.004 * (scatter(KEYS, key("growth")) - 0.5)
    counts: Counts = np.floor(INHABITANTS * np.exp(growth * (year - 2010) / 2 + 0.01 * math.sin(year / 5))).astype(
        np.int64
    )
    counts[-1] = counts[list(CODES).index("KU507")] // 4
    return counts


@cache
def by_age(year: int) -> Counts:
    """Split the population: municipality, sex (men, women), year of age from 0 to 100 and more."""
    ages = np.arange(OLDEST + 1)
    old = 0.25 + 0.5 * scatter(KEYS, key("old"))[:, None]
    weights = np.exp(-(((ages - 25) / 35) ** 4)) + old * np.exp(-(((ages - 68) / 14) ** 2)) + 0.002 * (ages < 95)
    weights = np.stack([weights, weights * (1 + 0.004 * (ages - 45))], axis=1)
    shares = weights / weights.sum(axis=(1, 2), keepdims=True)
    edges = np.concatenate([np.zeros((len(CODES), 1)), shares.reshape(len(CODES), -1).cumsum(axis=1)], axis=1)
    edges[:, -1] = 1
    turn = scatter(KEYS, year)[:, None]
    split = between(edges[:, :-1], edges[:, 1:], inhabitants(year)[:, None], turn)
    return split.reshape(len(CODES), 2, OLDEST + 1)


@cache
def changes(year: int) -> dict[str, Counts]:
    """Give every part of a year's change in population by content code, one number for each municipality."""
    before, now = inhabitants(year - 1), inhabitants(year)
    births = around(before * 0.0085, KEYS, year, key("births"))
    deaths = around(before * 0.0108, KEYS, year, key("deaths"))
    moved_in = around(before * 0.045, KEYS, year, key("in"))
    moved_out = around(before * 0.046, KEYS, year, key("out"))
    moved_in[LARGEST] += moved_out.sum() - moved_in.sum()
    correction = np.floor(3 * scatter(KEYS, year, key("correction"))).astype(np.int64) - 1
    abroad = now - before - (births - deaths) - (moved_in - moved_out) - correction
    emigrated = around(before * 0.004, KEYS, year, key("abroad")) + np.maximum(-abroad, 0)
    return {
        "vm01": births,
        "vm11": deaths,
        "luonvalisays": births - deaths,
        "vm43_tulo": moved_in,
        "vm43_lahto": moved_out,
        "vm43_netto": moved_in - moved_out,
        "vm41": emigrated + abroad,
        "vm42": emigrated,
        "vm4142": abroad,
        "koknetmuutto": moved_in - moved_out + abroad,
        "vakorjaus": correction,
        "kokmuutos": now - before,
        "vaesto": now,
    }


@cache
def monthly_changes(month: int) -> dict[str, Counts]:
    """Split a year's changes over its months; the population is that at the end of the month."""
    year, place = divmod(month, 12)
    low, high = np.array(place / 12), np.array((place + 1) / 12)
    split = {
        code: between(low, high, counts, scatter(KEYS, year, key(code)))
        for code, counts in changes(year).items()
        if code != "vaesto"
    }
    before = between(np.array(0.0), high, changes(year)["kokmuutos"], scatter(KEYS, year, key("kokmuutos")))
    return split | {"vaesto": inhabitants(year - 1) + before}


@cache
def working(year: int) -> dict[str, Counts]:
    """Give people of 18–64, of them those in and out of work, and the jobs, for each municipality."""
    adults = by_age(year)[:, :, 18:65].sum(axis=(1, 2))
    employed = np.floor(adults * (0.62 + 0.16 * scatter(KEYS, key("employed")))).astype(np.int64)
    unemployed = around(adults * 0.08, KEYS, year, key("unemployed"))
    jobs = np.floor(employed * (0.6 + 0.6 * scatter(KEYS, key("jobs")))).astype(np.int64)
    return {"adults": adults, "employed": employed, "unemployed": unemployed, "jobs": jobs}


@cache
def jobs_by_industry(year: int) -> Counts:
    """Split the jobs of each municipality over the industries."""
    weights = 0.2 + scatter(KEYS[:, None], keys(INDUSTRIES)[None, :])
    edges = np.cumsum(weights, axis=1) / weights.sum(axis=1, keepdims=True)
    edges[:, -1] = 1
    edges = np.insert(edges, 0, 0, axis=1)
    return between(edges[:, :-1], edges[:, 1:], working(year)["jobs"][:, None], scatter(KEYS, year)[:, None])


@cache
def enterprises(quarter: int) -> dict[str, Counts]:
    """Give enterprises that opened and closed in a quarter (counted from year nought), and the stock at its end."""
    stock = around(INHABITANTS * 0.07, KEYS, key("stock"))
    opened = around(stock * 0.02, KEYS, quarter, key("opened"))
    closed = around(stock * 0.018, KEYS, quarter, key("closed"))
    return {"aloittaneita": opened, "lopettaneita": closed, "yrityskanta": stock + quarter % 40}
