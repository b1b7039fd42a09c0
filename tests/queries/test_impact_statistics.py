"""The tool's statistics against a second implementation: statsmodels and scipy."""

import warnings
from math import inf, isnan

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import CensoredData, ecdf
from statsmodels.duration.survfunc import SurvfuncRight
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from queries.analysis.promoters import Recommendation, classify, net_score
from queries.analysis.proportion import UNKNOWN, Estimate, difference, exact, per_unit, share
from queries.analysis.survival import median, reached_by

counts = st.integers(1, 400).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base)))
persons = st.lists(st.tuples(st.integers(1, 30), st.booleans()), min_size=1, max_size=60)


@given(counts)
def test_a_share_has_the_interval_that_statsmodels_gives(pair: tuple[int, int]) -> None:
    low, high = proportion_confint(*pair, method="wilson")
    assert share(*pair) == pytest.approx((pair[0] / pair[1], low, high), abs=1e-12)


@given(counts, counts)
def test_a_difference_has_newcombes_interval(ours: tuple[int, int], theirs: tuple[int, int]) -> None:
    low, high = confint_proportions_2indep(*ours, *theirs, method="newcomb")
    found = difference(share(*ours), share(*theirs))
    assert found == pytest.approx((ours[0] / ours[1] - theirs[0] / theirs[1], low, high), abs=1e-9)


def test_a_difference_is_that_of_newcombes_own_example() -> None:
    found = difference(share(56, 70), share(48, 80))
    assert [round(each, 4) for each in found] == [0.2, 0.0524, 0.3339]


def test_a_reference_that_is_exact_adds_no_width() -> None:
    ours = share(30, 60)
    assert difference(ours, exact(0.2)) == pytest.approx((0.3, ours.low - 0.2, ours.high - 0.2))


def test_nobody_has_no_share() -> None:
    assert isnan(share(0, 0).value) and share(0, 0)[1:] == (0, 1)


@given(persons)
def test_the_curve_is_that_of_statsmodels_and_scipy(seen: list[tuple[int, bool]]) -> None:
    days, reached = pd.Series([day for day, _ in seen]), pd.Series([hit for _, hit in seen])
    curve = reached_by(days, reached)
    other = SurvfuncRight(days, reached.astype(int))
    at_events = other.n_events > 0
    assert curve["days"].tolist() == other.surv_times[at_events].tolist()
    assert curve["at_risk"].tolist() == other.n_risk[at_events].tolist()
    assert 1 - curve["share"].to_numpy() == pytest.approx(other.surv_prob[at_events])
    if not reached.any():
        return
    known, unknown = days[reached].to_numpy(dtype=float), days[~reached].to_numpy(dtype=float)
    third = ecdf(CensoredData(uncensored=known, right=unknown)).sf
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # it says where nobody is left
        limits = third.confidence_interval(method="log-log")
    for ours, theirs in (("high", limits.low), ("low", limits.high)):
        expected = dict(zip(theirs.quantiles, theirs.probabilities, strict=True))
        for day, mine, left in zip(curve["days"], curve[ours], 1 - curve["share"], strict=True):
            if left > 0:
                assert 1 - mine == pytest.approx(expected[day])


def test_who_leaves_is_counted_as_long_as_seen() -> None:
    curve = reached_by(pd.Series([10, 20, 30, 40]), pd.Series([True, False, True, False]))
    assert curve["share"].tolist() == pytest.approx([0.25, 0.25 + 0.75 / 2])
    assert median(curve).days == 30


def test_a_curve_that_does_not_come_to_a_half_has_no_median() -> None:
    curve = reached_by(pd.Series([10, 20, 30]), pd.Series([True, False, False]))
    assert isnan(median(curve).days) and isnan(median(curve).high)


def test_nobody_reaches_anything_in_an_empty_curve() -> None:
    assert len(reached_by(pd.Series([5.0]), pd.Series([False]))) == 0


def test_the_reports_employers_score_68() -> None:
    counts = {5: 1, 7: 2, 8: 3, 9: 8, 10: 8}
    groups = classify(score for score, times in counts.items() for _ in range(times))
    assert groups == Recommendation(1, 5, 16)
    assert round(net_score(groups).value) == 68


@given(st.tuples(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60)).filter(any))
def test_a_net_score_lies_in_its_interval_and_that_within_a_hundred(parts: tuple[int, int, int]) -> None:
    found = net_score(Recommendation(*parts))
    assert -100.0001 <= found.low <= found.value <= found.high <= 100.0001


@pytest.mark.parametrize("base", [15, 40, 120])
@pytest.mark.parametrize("chances", [(0.05, 0.2, 0.75), (0.2, 0.3, 0.5), (0.4, 0.2, 0.4), (0.33, 0.34, 0.33)])
def test_the_interval_of_a_net_score_holds_the_true_one_as_often_as_it_says(
    base: int, chances: tuple[float, float, float]
) -> None:
    drawn = np.random.default_rng(5).multinomial(base, chances, size=3000)
    true = 100 * (chances[2] - chances[0])
    found = [net_score(Recommendation(*map(int, each))) for each in drawn]
    held = sum(each.low <= true <= each.high for each in found) / len(found)
    assert 0.93 <= held <= 0.985


def test_a_cost_without_a_lower_bound_of_units_has_no_upper_bound() -> None:
    assert per_unit(1000, Estimate(10, -2, 20)) == (100, 50, inf)
    assert isnan(per_unit(1000, UNKNOWN).value)
