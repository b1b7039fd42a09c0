"""What is published, all of it together, lets no group of 1 to 4 persons be computed."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache
from itertools import product
from math import isnan

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from ingest.impact.read import read_workbook
from queries.analysis.disclosure import LEAST
from queries.analysis.impact import evaluate
from queries.analysis.publication import MEMBERS, publishable
from queries.impact_workbook import SHEETS, Material
from tests.impact.forms import example, vocabulary

Numbers = npt.NDArray[np.float64]
Person = tuple[str, str, str, str]
"""municipality, target group, outcome ('' = ongoing), state six months later"""

WIDE = [
    (area, group, fate, "")
    for area, group, fate in product(("305", "832"), ("young", "other"), ("work", "education", "moved", ""))
]
DEEP = [
    (area, "young", fate, state)
    for area in ("305", "832")
    for fate, state in [*product(("work", "moved"), ("work", "unemployed", "")), ("", "")]
]
MANY = [(area, "young", fate, "") for area in ("305", "832", "615", "614") for fate in ("work", "moved", "")]
UNIVERSES = {"wide": WIDE, "deep": DEEP, "many": MANY}


def material(persons: list[Person], **sheets: pd.DataFrame) -> Material:
    frames = {sheet.code: pd.DataFrame({column.code: [] for column in sheet.columns}) for sheet in SHEETS[1:]}
    frames["customers"] = pd.DataFrame(
        [
            {
                "customer": str(place),
                "organisation": "Kunta",
                "municipality": area,
                "target_group": group,
                "start": pd.Timestamp("2024-01-01"),
                "end": pd.Timestamp("2024-05-01") if outcome else pd.NaT,
                "outcome": outcome,
                "state_3": "",
                "state_6": state,
            }
            for place, (area, group, outcome, state) in enumerate(persons)
        ]
    )
    return Material("KOE", "Koe", date(2025, 12, 31), False, (float("nan"),) * 3, frames | sheets)


def published(persons: list[Person], **sheets: pd.DataFrame) -> pd.DataFrame:
    filled = material(persons, **sheets)
    return publishable(filled, evaluate(filled))


def belongs(person: Person, area: str, ways: Mapping[str, str]) -> bool:
    """Tell whether a person is counted in a published row."""
    place, group, outcome, state = person
    results = {result: outcome in members for result, members in MEMBERS.items()} | {"ongoing": not outcome}
    asked: dict[str, Callable[[str], bool]] = {
        "target_group": lambda code: group == code,
        "result": lambda code: results[code],
        "outcome": lambda code: outcome == code,
        "state_6": lambda code: bool(outcome) and state == code.replace("unknown", ""),
    }
    return area in ("SSS", place) and all(asked[way](code) for way, code in ways.items())


def counted_rows(frame: pd.DataFrame, universe: list[Person]) -> Iterator[tuple[Numbers, float]]:
    """Yield, of each published count, the kinds of persons that it counts, and the count (NaN where it is hidden)."""
    for row in frame[frame["indicator"] == "impact_customers"].to_dict("records"):
        ways = dict(zip(row["dimension"].split(",")[1:], row["category"].split(",")[1:], strict=True))
        yield np.array([belongs(kind, row["area"], ways) for kind in universe], dtype="float64"), row["value"]


@cache
def every_union(kinds: int) -> Numbers:
    return ((np.arange(1, 2**kinds)[:, None] >> np.arange(kinds)) & 1).astype("float64")


def people(universe: list[Person]) -> st.SearchStrategy[list[int]]:
    count = st.one_of(st.just(0), st.integers(0, 6), st.integers(0, 25))
    return st.lists(count, min_size=len(universe), max_size=len(universe))


def persons_of(universe: list[Person], counts: list[int]) -> list[Person]:
    return [kind for kind, count in zip(universe, counts, strict=True) for _ in range(count)]


worlds = st.sampled_from(sorted(UNIVERSES)).flatmap(lambda name: st.tuples(st.just(name), people(UNIVERSES[name])))
worlds = worlds.filter(lambda world: any(world[1]))  # a form has a customer at least


@given(worlds)
@settings(max_examples=90)
def test_no_union_of_persons_that_can_be_computed_is_small(world: tuple[str, list[int]]) -> None:
    universe, counts = UNIVERSES[world[0]], np.array(world[1], dtype="float64")
    frame = published(persons_of(universe, world[1]))
    rows = list(counted_rows(frame, universe))
    assert all(isnan(value) or value == kinds @ counts for kinds, value in rows)
    if not rows:
        return
    known = np.array([kinds for kinds, value in rows if not isnan(value)])
    _, sizes, directions = np.linalg.svd(known, full_matrices=False)
    span = directions[sizes > 1e-9]
    unions = every_union(len(universe))
    computable = np.abs(unions - unions @ span.T @ span).max(axis=1) < 1e-7
    found = unions[computable] @ counts
    assert not ((found > 0) & (found < LEAST)).any()


@given(worlds)
@settings(max_examples=40)
def test_no_small_group_is_pinned_by_what_is_published(world: tuple[str, list[int]]) -> None:
    universe, counts = UNIVERSES[world[0]], np.array(world[1], dtype="float64")
    rows = list(counted_rows(published(persons_of(universe, world[1])), universe))
    if not rows:
        return
    shown = [(kinds, value) for kinds, value in rows if not isnan(value)]
    equations, values = np.array([kinds for kinds, _ in shown]), np.array([value for _, value in shown])
    for kinds in [*(kinds for kinds, value in rows if isnan(value)), *np.eye(len(universe))]:
        if 0 < kinds @ counts < LEAST:
            ends = [sign * linprog(sign * kinds, A_eq=equations, b_eq=values, bounds=(0, None)).fun for sign in (1, -1)]
            assert ends[1] - ends[0] > 0.99


@given(worlds)
@settings(max_examples=40)
def test_no_count_of_1_to_4_is_shown_and_a_share_only_beside_its_counts(world: tuple[str, list[int]]) -> None:
    frame = published(persons_of(UNIVERSES[world[0]], world[1]))
    counts = frame[frame["indicator"] == "impact_customers"]
    assert not counts["value"].between(1, LEAST - 1).any()
    assert (frame["value"].isna() == (frame["status"] == "suppressed")).all()
    held = counts.set_index(["area", "dimension", "category"])["value"]
    shares = frame[(frame["indicator"] == "impact_positive_share") & frame["value"].notna()]
    for row in shares[~shares["dimension"].str.contains("bound")].to_dict("records"):
        positive, other = (
            held[row["area"], f"{row['dimension']},result", f"{row['category']},{each}"]
            for each in ("positive", "other")
        )
        assert row["value"] == round(100 * positive / (positive + other), 1)


def reference(**values: object) -> pd.DataFrame:
    row = {"name": "Muut", "target_group": "", "persons": float("nan"), "reached": float("nan"), "share": float("nan")}
    return pd.DataFrame([row | values])


def value_of(frame: pd.DataFrame, indicator: str, dimension: str = "project", category: str = "KOE") -> float:
    chosen = frame[(frame["indicator"] == indicator) & (frame["dimension"] == dimension) & (frame["area"] == "SSS")]
    return float(chosen.loc[chosen["category"] == category, "value"].iloc[0])


@pytest.mark.parametrize(
    ("persons", "reached", "shown"), [(40, 10, True), (40, 2, False), (40, 38, False), (4, 0, False)]
)
def test_a_difference_to_a_small_reference_group_is_hidden(persons: int, reached: int, shown: bool) -> None:
    customers = [("305", "young", "work", "")] * 20 + [("305", "young", "moved", "")] * 20
    frame = published(customers, reference=reference(persons=float(persons), reached=float(reached)))
    assert isnan(value_of(frame, "impact_difference")) != shown


def test_fewer_than_five_customers_are_not_published_at_all() -> None:
    assert len(published([("305", "young", "work", "")] * 4)) == 0
    assert value_of(published([("305", "young", "work", "")] * 5), "impact_customers") == 5


def test_feedback_with_a_small_part_has_no_score() -> None:
    filled = read_workbook(example(), vocabulary())
    frame = publishable(filled, evaluate(filled))
    score, ways = "impact_net_promoter_score", "project,respondent"
    assert value_of(frame, score, ways, "ESIMERKKI,customer") == 47
    assert isnan(value_of(frame, score, ways, "ESIMERKKI,employer"))
    parts = [f"ESIMERKKI,employer,{group}" for group in ("detractors", "passives", "promoters")]
    values = [value_of(frame, "impact_feedback", f"{ways},recommendation", part) for part in parts]
    assert [isnan(value) for value in values] == [True, True, False]


def test_the_example_is_published_with_its_totals() -> None:
    filled = read_workbook(example(), vocabulary())
    frame = publishable(filled, evaluate(filled))
    code = {"category": "ESIMERKKI"}
    assert value_of(frame, "impact_customers", **code) == 524
    assert value_of(frame, "impact_positive_share", **code) == 50.1
    assert value_of(frame, "impact_difference", **code) == 19.1
    assert value_of(frame, "impact_saving", **code) == 55.0
    assert set(frame["period"]) == {"2025-12"}
    assert "KEKSITTY" not in frame.to_csv()
