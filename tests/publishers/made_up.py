"""The made-up figures of the fake Statistics Finland: formulas and scattered numbers, no recorded value.

Every figure depends on its area, month and content alone, so a table may gain a month or lose a year and the rest
stays as it was. Municipalities come first and every larger area is their sum; men and women make up the unemployed,
occupations make up the same total. A count of 1-4 is secret (NaN) and so is a rate whose numerator is secret.
"""

import math
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from tests.publishers.codes import (
    AGES,
    AREA_CODES,
    FLEXIBLE,
    MUNICIPALITIES,
    OCCUPATIONS,
    SEXES,
    UNKNOWN,
    content_codes,
    month_number,
)
from tests.publishers.scatter import Counts, Figures, around, between, key, keys, scatter
from tests.publishers.table import SUM, Picks

_CODES = tuple(str(area["code"]) for area in MUNICIPALITIES)
_KEYS = keys(_CODES)
_SIZE = np.array([float(area["size"]) for area in MUNICIPALITIES])
_MEMBERS = np.array(
    [[code in ("SSS", area["code"], *area["within"]) for area in MUNICIPALITIES] for code in AREA_CODES],
    dtype=np.float64,
)
_UNKNOWN, _FLEXIBLE = _CODES.index(UNKNOWN), _CODES.index(FLEXIBLE)
_FLEXIBLE_TO_OTHERS = 0.4


class Part(NamedTuple):
    """How a count follows another: its mean share, how far areas differ, and its season (strength, peak month)."""

    whole: str
    share: float
    spread: float
    season: float = 0.0
    peak: int = 1


PARTS = {
    "TYOTTOMATMIEHET": Part("TYOTTOMATLOPUSSA", 0.54, 0.1, 0.05, 1),
    "TYOTTOMAT25": Part("TYOTTOMATLOPUSSA", 0.13, 0.3, 0.12, 7),
    "TYOTTOMAT20": Part("TYOTTOMAT25", 0.26, 0.3, 0.15, 7),
    "TYOTTOMAT50": Part("TYOTTOMATLOPUSSA", 0.34, 0.2),
    "TYOTTOMATSAIR": Part("TYOTTOMATLOPUSSA", 0.13, 0.4),
    "TYOTTOMATULK": Part("TYOTTOMATLOPUSSA", 0.1, 1.0),
    "PITKAAIKAISTYOTTOMAT": Part("TYOTTOMATLOPUSSA", 0.36, 0.3),
    "KASSASSA": Part("TYOTTOMATLOPUSSA", 0.3, 0.2),
    "LOMAUTETTU": Part("TYOTTOMATLOPUSSA", 0.05, 0.6, 0.5, 1),
    "LYHTYOVKO": Part("HAKIJALOPUSSA", 0.015, 0.6, 0.3, 1),
    "TYOLLISTETTYLOP": Part("HAKIJALOPUSSA", 0.025, 0.4, 0.1, 4),
    "TYOHARJOITTELULOP": Part("HAKIJALOPUSSA", 0.02, 0.4, 0.2, 9),
    "KOKEILULOP": Part("HAKIJALOPUSSA", 0.008, 0.5, 0.3, 9),
    "TVKOULUTUSLOP": Part("HAKIJALOPUSSA", 0.04, 0.3, 0.2, 10),
    "VALMENNUSLOP": Part("HAKIJALOPUSSA", 0.002, 0.5, 0.2, 10),
    "VUORVAPLOP": Part("HAKIJALOPUSSA", 0.002, 0.5),
    "KUNTTYOLOP": Part("HAKIJALOPUSSA", 0.03, 0.3, 0.1, 10),
    "OMAEHTLOP": Part("HAKIJALOPUSSA", 0.025, 0.3, 0.2, 9),
}
OTHER_SERVICES = ("VUORVAPLOP", "KUNTTYOLOP", "OMAEHTLOP")
SERVICES = ("TVKOULUTUSLOP", "VALMENNUSLOP", "TYOLLISTETTYLOP", "KOKEILULOP", *OTHER_SERVICES)


def season(month: int, strength: float | Figures, peak: int) -> Figures:
    """Give the factor of a calendar month; peak counts from January = 0."""
    return 1 + np.asarray(strength) * math.cos(2 * math.pi * (month - peak) / 12)


def level(month: int) -> float:
    """Give the slow course of unemployment, around 1."""
    return 1 + 0.18 * math.sin(month / 20) + 0.06 * math.sin(month / 7.3)


def _spread(strength: float, name: str) -> Figures:
    return np.exp(strength * (2 * scatter(_KEYS, key(name)) - 1))


def _labour_force(month: int) -> Counts:
    year = month // 12
    yearly = 1 + 0.015 * math.sin(year / 3) + 0.01 * scatter(_KEYS, year)
    return np.floor(_SIZE * (0.92 + 0.16 * scatter(_KEYS)) * yearly).astype(np.int64)


def _unemployed(month: int, labour: Counts) -> Counts:
    strength = 0.03 + 0.15 * scatter(_KEYS, key("season"))
    mean = labour * 0.11 * level(month) * season(month, strength, 0) * _spread(0.35, "rate")
    counts = around(mean, _KEYS, month)
    counts[_UNKNOWN] = int(scatter(month) * 5)
    return counts


def _vacancies(month: int, name: str, share: float) -> Counts:
    base = np.where(_SIZE > 0, _SIZE * share, 150.0)
    counts = around(base / level(month) * season(month, 0.4, 2) * _spread(0.6, name), _KEYS, month, key(name))
    counts[_FLEXIBLE] = 0
    counts[_FLEXIBLE] = round(_FLEXIBLE_TO_OTHERS * int(counts.sum()))
    return counts


def _part(month: int, name: str, part: Part, whole: Counts) -> Counts:
    mean = whole * part.share * season(month, part.season, part.peak) * _spread(part.spread, name)
    return np.minimum(around(mean, _KEYS, month, key(name)), whole)


@cache
def municipal(month: int) -> dict[str, Counts]:
    """Give every count of one month by content code, one number for each municipality."""
    labour = _labour_force(month)
    unemployed = _unemployed(month, labour)
    counts = {"TYOVOIMATK": labour, "TYOTTOMATLOPUSSA": unemployed}
    counts["HAKIJALOPUSSA"] = unemployed + around(unemployed * 0.5, _KEYS, month, key("HAKIJALOPUSSA"))
    for name, part in PARTS.items():
        counts[name] = _part(month, name, part, counts[part.whole])
    if month >= month_number("2013M01"):
        counts["TYOHARJOITTELULOP"] = np.zeros_like(unemployed)
    counts["TYOTTOMATNAISET"] = unemployed - counts["TYOTTOMATMIEHET"]
    counts["MTPPALVELUTLOP"] = np.add.reduce([counts[name] for name in OTHER_SERVICES])
    counts["AVPAIKATLOPUSSA"] = _vacancies(month, "AVPAIKATLOPUSSA", 0.008)
    counts["UUDETAVP"] = _vacancies(month, "UUDETAVP", 0.009)
    return counts


@cache
def _totals(month: int, names: tuple[str, ...]) -> Counts:
    """One row for each of the 421 areas, one column for each name."""
    counts = np.stack([municipal(month)[name] for name in names], axis=1)
    return np.rint(_MEMBERS @ counts).astype(np.int64)


def percent(part: Counts, whole: Counts) -> Figures:
    """Give part of whole as a percentage with one decimal, rounded half up; nought of nought is 0.0."""
    whole_or_one = np.maximum(whole, 1)
    return np.asarray((2000 * part + whole_or_one) // (2 * whole_or_one) / 10)


def shown(counts: Counts) -> Figures:
    """Hide the counts from 1 to 4."""
    return np.where((counts >= 1) & (counts <= 4), np.nan, counts.astype(np.float64))


def _rows(codes: tuple[str, ...], picked: Sequence[str]) -> list[int]:
    places = {code: place for place, code in enumerate(codes)}
    return [places[code] for code in picked]


@cache
def _month_12r5(month: int) -> Figures:
    codes = content_codes("12r5")
    names = tuple(code for code in codes if code != "TYOTOSUUS")
    totals = _totals(month, names)
    figures = shown(totals)
    unemployed, labour = names.index("TYOTTOMATLOPUSSA"), names.index("TYOVOIMATK")
    rate = percent(totals[:, unemployed], totals[:, labour])
    rate[np.isnan(figures[:, unemployed])] = np.nan
    return np.insert(figures, codes.index("TYOTOSUUS"), rate, axis=1)


def fill_12r5(picks: Picks) -> Figures:
    """Make cells of 12r5: area, month, content."""
    block = np.ix_(_rows(AREA_CODES, picks["area"]), _rows(content_codes("12r5"), picks["content"]))
    return np.stack([_month_12r5(month_number(month))[block] for month in picks["month"]], axis=1)


def _by_sex_and_age(month: int, rows: list[int]) -> Counts:
    """Split the totals of some areas: area, sex with total, age with total, base content."""
    totals = _totals(month, ("TYOTTOMATLOPUSSA", *SERVICES))[rows][:, :, None]
    ages = 0.3 + scatter(keys(AGES[1:]))
    edges = np.concatenate([[0], np.cumsum(np.concatenate([0.54 * ages, 0.46 * ages]) / ages.sum())])
    edges[-1] = 1
    turn = scatter(np.array(rows)[:, None, None], np.arange(totals.shape[1])[None, :, None], month)
    cells = between(edges[:-1], edges[1:], totals, turn).reshape(*totals.shape[:2], 2, len(AGES) - 1)
    cells = np.concatenate([cells.sum(axis=2, keepdims=True), cells], axis=2)
    cells = np.concatenate([cells.sum(axis=3, keepdims=True), cells], axis=3)
    return np.moveaxis(cells, 1, 3)


def _month_12u4(month: int, rows: list[int]) -> Figures:
    counts = _by_sex_and_age(month, rows)
    unemployed, services = counts[..., 0], counts[..., 1:].sum(axis=-1)
    rate = percent(services, services + unemployed)
    rate[np.isnan(shown(services)) | np.isnan(shown(unemployed))] = np.nan
    columns = {"AKTASTE": rate, "TYOTTOMATLOPUSSA": shown(unemployed), "PALVELUISSAYHTEENSA": shown(services)}
    columns |= {name: shown(counts[..., place]) for place, name in enumerate(SERVICES, start=1)}
    return np.stack([columns[code] for code in content_codes("12u4")], axis=-1)


def fill_12u4(picks: Picks) -> Figures:
    """Make cells of 12u4: month, area, sex, age, content."""
    sexes, ages = _rows(SEXES, picks["sex"]), _rows(AGES, picks["age"])
    contents = _rows(content_codes("12u4"), picks["content"])
    rows = _rows(AREA_CODES, picks["area"])
    block = np.ix_(range(len(rows)), sexes, ages, contents)
    return np.stack([_month_12u4(month_number(month), rows)[block] for month in picks["month"]])


@cache
def _occupation_edges() -> Figures:
    """Cumulative shares of the occupations in each municipality."""
    common = 0.02 + scatter(keys(OCCUPATIONS)) ** 3
    weights = common * (0.2 + scatter(_KEYS[:, None], keys(OCCUPATIONS)[None, :]))
    edges = np.cumsum(weights, axis=1) / weights.sum(axis=1, keepdims=True)
    edges[:, -1] = 1
    return np.insert(edges, 0, 0, axis=1)


def fill_12ti(picks: Picks) -> Figures:
    """Make cells of 12ti: area, occupation, month, content."""
    edges, everyone = _occupation_edges(), len(OCCUPATIONS)
    chosen = _rows((*OCCUPATIONS, SUM), picks["occupation"])
    low = edges[:, [0 if place == everyone else place for place in chosen]]
    high = edges[:, [everyone if place == everyone else place + 1 for place in chosen]]
    members = _MEMBERS[_rows(AREA_CODES, picks["area"])]
    figures = np.empty((len(members), len(chosen), len(picks["month"]), len(picks["content"])))
    for m, month in enumerate(map(month_number, picks["month"])):
        for c, content in enumerate(picks["content"]):
            turn = scatter(_KEYS, month, key(content))[:, None]
            figures[:, :, m, c] = members @ between(low, high, municipal(month)[content][:, None], turn)
    return shown(np.rint(figures).astype(np.int64))
