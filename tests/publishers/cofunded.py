"""Made-up figures in the shape of Kela's files on the co-funded benefit: formulas and scattered numbers only.

The older model has the documented columns; those of 2025 are a guess. Every figure depends on its area, month and group
alone. Groups of fewer than four go to `Tieto puuttuu` and, where they are still fewer, to municipality 199, whose name
says that the figures are made up.
"""

import csv
from collections.abc import Sequence
from functools import cache

import numpy as np
import pandas as pd

from ingest.load import AREAS
from tests.publishers.codes import MUNICIPALITIES, months
from tests.publishers.scatter import Counts, around, between, key, keys, scatter

KELA = "6c2af1b3-2309-4fc6-9b47-59b14fe10a9c"
MADE_UP = "Tuntematon (ESIMERKKIAINEISTO, ei oikeita lukuja)"
AGES = ("17-19", *(f"{low}-{low + 4}" for low in range(20, 65, 5)), "65-67")
SEXES = ("Mies", "Nainen")
OLD_CLASSES = {"300-499": 0.5, "500-999": 0.5, "1000 tai yli": 0.7}
NEW_CLASSES = {"101-200": 0.1, "201-300": 0.2, "301-400": 0.3, "401-700": 0.4, "701 tai yli": 0.5}
TOTAL = "Yhteensä"
ALLOWANCES = ("Ansiopäiväraha", "Peruspäiväraha", "Työmarkkinatuki")
GENERAL = ("Ansiopäiväraha", "Yleistuki")
SHARES = {"Ansiopäiväraha": 0.45, "Peruspäiväraha": 0.1, "Työmarkkinatuki": 0.45, "Yleistuki": 0.55}
DAY = 37.21
PLACES = {str(area["code"])[2:]: area for area in MUNICIPALITIES if str(area["code"])[2:].isdigit()}
TIME = ["aikatyyppi", "kuukausi_nro", "vuosikuukausi", "vuosi"]
FIGURES = ["saaja_lkm", "korvattu_paiva_lkm", "maksettu_eur", "kunta_osuus_eur"]


def places(codes: Sequence[str] = ()) -> tuple[str, ...]:
    """Give the municipalities, or those among some codes; 199 is none."""
    return tuple(code for code in sorted(PLACES) if code != "199" and (not codes or code in codes))


@cache
def employment_areas() -> dict[str, tuple[str, str]]:
    """Give number and name of each municipality's employment area."""
    with AREAS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = {row["area"]: row["name_fi"] for row in rows}
    return {
        row["area"]: (row["employment_area"][2:], names[row["employment_area"]])
        for row in rows
        if row["employment_area"]
    }


def month_number(month: str) -> int:
    """Count the months from year nought to a month such as 2009-01."""
    return int(month[:4]) * 12 + int(month[5:]) - 1


def persons(codes: Sequence[str], month: str, share: float, name: str) -> Counts:
    """Give how many a municipality pays for in a month."""
    size = np.array([float(PLACES[code]["size"]) for code in codes])
    number = month_number(month)
    own = 0.6 + 0.8 * scatter(keys(tuple(codes)), key(name))
    course = 1 + 0.15 * np.sin(number / 18) + 0.05 * np.sin(number / 2)
    return around(size * share * own * course, keys(tuple(codes)), number, key(name))


def split(counts: Counts, shares: np.ndarray, codes: Sequence[str], month: str, name: str) -> Counts:
    """Split counts by shares: one row a municipality, one column a share."""
    edges = np.concatenate([[0.0], np.cumsum(shares / shares.sum())])
    edges[-1] = 1
    turn = scatter(keys(tuple(codes)), month_number(month), key(name))[:, None]
    return between(edges[:-1], edges[1:], counts[:, None], turn)


def timed(frame: pd.DataFrame, month: str, kind: str = "Kuukausi") -> pd.DataFrame:
    """Put the columns of time before the others."""
    year, number = int(month[:4]), int(month[5:])
    wider = frame.copy()
    wider.insert(0, "vuosi", year)
    wider.insert(0, "vuosikuukausi", year * 100 + number)
    wider.insert(0, "kuukausi_nro", number)
    wider.insert(0, "aikatyyppi", kind)
    return wider


def old_month(codes: tuple[str, ...], month: str) -> pd.DataFrame:
    """Make the rows of a month of the older model."""
    groups = [(age, sex) for age in AGES for sex in SEXES]
    weights = np.array([0.2 + scatter(key(age), key(sex)) for age, sex in groups])
    by_group = split(persons(codes, month, 0.025, "subsidy"), weights, codes, month, "group")
    frame = pd.DataFrame(
        {
            "kunta_nro": np.repeat(codes, len(groups)),
            "ikaryhma": np.tile([age for age, _ in groups], len(codes)),
            "sukupuoli": np.tile([sex for _, sex in groups], len(codes)),
            "saaja_lkm": by_group.ravel(),
        }
    )
    few = frame["saaja_lkm"] < 4
    frame.loc[few, ["ikaryhma", "sukupuoli"]] = ("Tieto puuttuu", "Tuntematon")
    frame = frame.groupby(["kunta_nro", "ikaryhma", "sukupuoli"], as_index=False)[["saaja_lkm"]].sum()
    frame.loc[frame["saaja_lkm"] < 4, "kunta_nro"] = "199"
    frame = frame.groupby(["kunta_nro", "ikaryhma", "sukupuoli"], as_index=False)[["saaja_lkm"]].sum()
    return with_classes(frame[frame["saaja_lkm"] > 0], month, "tyomarkkinatukipaiva_luokka", OLD_CLASSES)


def with_classes(frame: pd.DataFrame, month: str, column: str, classes: dict[str, float]) -> pd.DataFrame:
    """Split each row into day classes and their total, with days and euros; some recover more than they pay."""
    frame = frame.reset_index(drop=True)
    place = [keys(tuple(frame[name])) for name in frame.columns if name != "saaja_lkm"]
    number, count = month_number(month), frame["saaja_lkm"].to_numpy()
    edges = np.linspace(0, 1, len(classes) + 1)
    parts = between(edges[:-1], edges[1:], count[:, None], scatter(*place, number)[:, None])
    blocks, sums = [], np.zeros((len(frame), 3))
    for position, (name, share) in enumerate(classes.items()):
        turn = scatter(*place, number, key(name))
        days = parts[:, position] * (10 + np.floor(12 * turn))
        days = np.where(turn > 0.995, -12.0, days)
        euros = np.round(days * DAY, 2)
        own = np.round(euros * share, 2)
        sums += np.stack([days, euros, own], axis=1)
        blocks.append(frame.assign(**{column: name}, **figures(parts[:, position], days, euros, own)))
    blocks.append(frame.assign(**{column: TOTAL}, **figures(count, *sums.T)))
    rows = pd.concat(blocks)
    return rows[(rows["saaja_lkm"] > 0) | (rows["korvattu_paiva_lkm"] != 0)]


def figures(count: np.ndarray, days: np.ndarray, euros: np.ndarray, own: np.ndarray) -> dict[str, np.ndarray]:
    """Give the columns of figures."""
    columns = (count.astype(int), days.astype(int), euros.round(2), own.round(2))
    return dict(zip(FIGURES, columns, strict=True))


def over_a_year(frame: pd.DataFrame, month: str, kind: str) -> pd.DataFrame:
    """Sum months of a year; persons of several months are not a sum, so they are somewhat more than in one."""
    groups = [column for column in frame.columns if column not in (*TIME, *FIGURES)]
    summed = frame.groupby(groups, as_index=False, sort=True)[FIGURES].sum()
    summed["saaja_lkm"] = np.ceil(summed["saaja_lkm"] * 0.6).astype(int)
    summed[FIGURES[2:]] = summed[FIGURES[2:]].round(2)
    return timed(summed, month, kind)


def named(frame: pd.DataFrame) -> pd.DataFrame:
    """Put the name of each municipality after its number."""
    names = {code: str(place["fi"]) for code, place in PLACES.items()} | {"199": MADE_UP}
    frame.insert(frame.columns.tolist().index("kunta_nro") + 1, "kunta_nimi", frame["kunta_nro"].map(names))
    return frame


@cache
def subsidy_by_municipality(codes: tuple[str, ...] = (), first: str = "2015-01") -> pd.DataFrame:
    """Make the older file by municipality: months until 2024, a few late ones, years from 2006, the year to date."""
    chosen, blocks = places(codes), []
    for number in range(2006, int(first[:4])):
        frame = timed(old_month(chosen, f"{number}-12"), f"{number}-12")
        blocks.append(over_a_year(pd.concat([frame, frame]), f"{number}-12", "Vuosi"))
    by_year: dict[str, list[pd.DataFrame]] = {}
    for month in [each.replace("M", "-") for each in months(first.replace("-", "M"), "2024M12")]:
        by_year.setdefault(month[:4], []).append(timed(old_month(chosen, month), month))
    for year, frames in by_year.items():
        blocks += [*frames, over_a_year(pd.concat(frames), f"{year}-12", "Vuosi")]
    blocks += [over_a_year(pd.concat(by_year["2024"][:6]), "2024-06", "Vuosikertymä")]
    late = timed(old_month(chosen[:3], "2025-02"), "2025-02")
    blocks.append(late[late["kunta_nro"] != "199"])
    return named(pd.concat(blocks, ignore_index=True))


@cache
def subsidy_of_the_country(codes: tuple[str, ...] = (), first: str = "2015-01") -> pd.DataFrame:
    """Make the older file of the whole country: somewhat fewer persons than its municipalities have together."""
    return without_areas(subsidy_by_municipality(codes, first), ["kunta_nro", "kunta_nimi"])


def without_areas(frame: pd.DataFrame, area: list[str]) -> pd.DataFrame:
    """Sum over areas; one person in a hundred has been paid by two of them."""
    groups = [column for column in frame.columns if column not in (*area, *FIGURES)]
    summed = frame.groupby(groups, as_index=False, sort=False)[FIGURES].sum()
    summed["saaja_lkm"] = np.floor(summed["saaja_lkm"] * 0.99).astype(int)
    summed[FIGURES[2:]] = summed[FIGURES[2:]].round(2)
    return summed


def new_month(codes: tuple[str, ...], month: str) -> pd.DataFrame:
    """Make the rows of a month of the model of 2025; one person in fifty has two benefits and stands twice."""
    benefits = GENERAL if month >= "2026-05" else ALLOWANCES
    blocks = []
    for benefit in benefits:
        count = persons(codes, month, 0.05 * SHARES[benefit], benefit)
        frame = pd.DataFrame({"kunta_nro": codes, "etuus": benefit, "saaja_lkm": count})
        classes = NEW_CLASSES if benefit in ("Työmarkkinatuki", "Yleistuki") else dict([*NEW_CLASSES.items()][:4])
        blocks.append(with_classes(frame[frame["saaja_lkm"] > 0], month, "kertymapaiva_luokka", classes))
    rows = pd.concat(blocks)
    together = rows.groupby(["kunta_nro", "kertymapaiva_luokka"], as_index=False)[FIGURES].sum()
    together["saaja_lkm"] = np.ceil(together["saaja_lkm"] * 0.98).astype(int)
    together.insert(1, "etuus", TOTAL)
    return pd.concat([rows, together])[["kunta_nro", "etuus", "kertymapaiva_luokka", *FIGURES]]


@cache
def benefit_by_municipality(codes: tuple[str, ...] = (), last: str = "2026-08") -> pd.DataFrame:
    """Make the file of 2025 by municipality: months, and the year to date of its last month."""
    chosen = places(codes)
    every = [month.replace("M", "-") for month in months("2025M01", last.replace("-", "M"))]
    blocks = [timed(new_month(chosen, month), month) for month in every]
    blocks.append(over_a_year(pd.concat(blocks[12:] or blocks), every[-1], "Vuosikertymä"))
    frame = named(pd.concat(blocks, ignore_index=True))
    frame.loc[len(frame)] = [*blocks[0].iloc[0][TIME], "199", MADE_UP, "Työmarkkinatuki", TOTAL, 3, 30, 1116.3, 300.0]
    return frame


@cache
def benefit_by_employment_area(codes: tuple[str, ...] = (), last: str = "2026-08") -> pd.DataFrame:
    """Make the file of 2025 by employment area."""
    frame = benefit_by_municipality(codes, last)
    frame = frame[frame["kunta_nro"] != "199"]
    areas = employment_areas()
    frame = frame.assign(
        tyollisyysalue_nro=frame["kunta_nro"].map(lambda code: areas[code][0]),
        tyollisyysalue_nimi=frame["kunta_nro"].map(lambda code: areas[code][1]),
    )
    kept = ["tyollisyysalue_nro", "tyollisyysalue_nimi", "etuus", "kertymapaiva_luokka"]
    summed = without_areas(frame[[*TIME, *kept, *FIGURES]], [])
    return with_mark(summed)


@cache
def benefit_of_the_country(codes: tuple[str, ...] = (), last: str = "2026-08") -> pd.DataFrame:
    """Make the file of 2025 of the whole country."""
    return without_areas(benefit_by_municipality(codes, last), ["kunta_nro", "kunta_nimi"])


def with_mark(frame: pd.DataFrame) -> pd.DataFrame:
    """Add an area that is not known, whose name says that the figures are made up."""
    first = frame.iloc[0].copy()
    first["tyollisyysalue_nro"], first["tyollisyysalue_nimi"] = "199", MADE_UP
    return pd.concat([frame, first.to_frame().T.astype(frame.dtypes.to_dict())], ignore_index=True)
