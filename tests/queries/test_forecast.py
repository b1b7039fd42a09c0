"""The forecast of a year: what is recovered, how often the interval holds, what is refused."""

import subprocess
import sys
from collections.abc import Iterable, Mapping
from math import pi, sin
from random import Random
from statistics import fmean, pstdev

import pandas as pd
import pytest

from queries.analysis.forecast import (
    BILLING_BREAK,
    FEWEST_MONTHS,
    Barrier,
    NoForecast,
    YearForecast,
    barriers_of,
    fit,
    forecast_year,
    reach,
)
from queries.analysis.months import next_month
from queries.catalogue import Break, load_catalogue
from queries.errors import SumRefused

INDICATORS = load_catalogue().indicators

Series = dict[str, float | None]


def months_from(since: str, count: int) -> list[str]:
    months = [since]
    while len(months) < count:
        months.append(next_month(months[-1]))
    return months


def seasonal(since: str, count: int, seed: int = 1, noise: float = 2000, drift: float = 0) -> Series:
    """A made-up municipality: a level that wanders, a season, and chance, in euros a month."""
    random, level, values = Random(seed), 100_000.0, []
    for month in range(count):
        level += random.gauss(0, drift)
        values.append(level + 8000 * sin(2 * pi * month / 12) + random.gauss(0, noise))
    return dict(zip(months_from(since, count), values, strict=True))


def forecast(series: Mapping[str, float | None], barriers: Iterable[Barrier] = ()) -> YearForecast | NoForecast:
    return forecast_year(INDICATORS["cofunded_benefit_municipal_eur"], series, barriers)


def told(found: YearForecast | NoForecast) -> YearForecast:
    assert isinstance(found, YearForecast), found
    return found


def test_a_known_season_is_recovered() -> None:
    found = told(forecast(seasonal("2020-01", 68, noise=200)))
    assert (found.year, found.since, found.months) == ("2025", "2020-01", 68)
    assert [each.period for each in found.expected] == ["2025-09", "2025-10", "2025-11", "2025-12"]
    for month, each in enumerate(found.expected, 8):
        assert each.middle == pytest.approx(100_000 + 8000 * sin(2 * pi * month / 12), abs=600)
        assert each.high - each.low < 1500


def test_what_happened_is_told_apart_from_what_is_expected() -> None:
    series = seasonal("2020-01", 68)
    found = told(forecast(series))
    assert [each.period for each in found.happened] == months_from("2025-01", 8)
    assert found.happened_sum == pytest.approx(
        sum(value for period, value in series.items() if period >= "2025" and value)
    )
    assert found.rest.middle == pytest.approx(sum(each.middle for each in found.expected))
    assert found.whole.middle == pytest.approx(found.happened_sum + found.rest.middle)
    assert found.whole.low - found.happened_sum == pytest.approx(found.rest.low)
    assert found.whole.high - found.happened_sum == pytest.approx(found.rest.high)


def test_after_december_the_whole_next_year_is_expected() -> None:
    found = told(forecast(seasonal("2020-01", 60)))
    assert (found.year, found.happened, len(found.expected), found.happened_sum) == ("2025", (), 12, 0)
    assert found.whole.middle == pytest.approx(1_200_000, rel=0.02)


def test_the_interval_holds_about_as_often_as_it_says() -> None:
    whole = months = held = held_months = 0
    for seed in range(60):
        series = seasonal("2018-01", 60, seed, drift=1500)
        known = {period: value for period, value in series.items() if period <= "2022-06"}
        found = told(forecast(known))
        whole += 1
        held += (
            found.whole.low
            <= sum(value for period, value in series.items() if period >= "2022" and value)
            <= found.whole.high
        )
        for each in found.expected:
            months += 1
            held_months += each.low <= (series[each.period] or 0) <= each.high
    assert 0.68 <= held / whole <= 0.92
    assert 0.68 <= held_months / months <= 0.92


def test_the_farther_a_month_the_wider_its_interval() -> None:
    found = told(forecast(seasonal("2018-01", 72, seed=5, drift=3000)))
    widths = [each.high - each.low for each in found.expected]
    assert widths == sorted(widths)
    assert widths[-1] > 1.2 * widths[0]
    assert found.rest.high - found.rest.low < sum(widths)


def test_the_fit_and_the_errors_of_months_are_the_package_s_own() -> None:
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel

    values = [value for value in seasonal("2018-01", 60, drift=3000).values() if value is not None]
    found = fit(tuple(values), 6)
    assert found is not None
    middle, size = fmean(values), pstdev(values)
    scaled = pd.Series([(value - middle) / size for value in values])
    theirs = ETSModel(scaled, error="add", seasonal="add", seasonal_periods=12).fit(disp=False)
    prediction = theirs.get_prediction(start=60, end=65)
    assert found.alpha == pytest.approx(theirs.smoothing_level)
    assert found.expected == pytest.approx([middle + size * value for value in prediction.predicted_mean])
    assert found.error == pytest.approx(size * (theirs.sse / (60 - 14)) ** 0.5)
    ours = [theirs.scale * (1 + step * found.alpha**2) for step in range(6)]
    assert list(prediction.forecast_variance) == pytest.approx(ours)


def test_a_sum_s_interval_follows_each_error_through_the_later_months() -> None:
    series = seasonal("2018-01", 60, drift=3000)
    found = told(forecast(series))
    made = fit(tuple(value for value in series.values() if value is not None), 12)
    assert made is not None
    variance = 0.0
    for hit in range(12):
        level = total = 0.0
        for month in range(12):
            error = float(month == hit)
            total += level + error
            level += made.alpha * error
        variance += total**2
    reached = reach(60 - 14) * made.error * (variance + 12 * 12 / 60) ** 0.5
    assert found.rest.high - found.rest.middle == pytest.approx(reached)


def test_the_series_around_the_normal_is_student_s_t() -> None:
    assert reach(22) == pytest.approx(1.321237, abs=1e-4)
    assert reach(106) == pytest.approx(1.289589, abs=1e-4)
    assert reach(10**9) == pytest.approx(1.281552, abs=1e-5)


def test_euros_of_any_size_give_the_same_forecast() -> None:
    series = seasonal("2020-01", 60, drift=1500)
    found = told(forecast(series))
    tiny = told(forecast({period: (value or 0) / 1000 - 50 for period, value in series.items()}))
    assert tiny.whole.middle == pytest.approx(found.whole.middle / 1000 - 12 * 50, rel=1e-3)
    assert tiny.whole.high - tiny.whole.low == pytest.approx((found.whole.high - found.whole.low) / 1000, rel=1e-2)


def test_the_same_series_gives_the_same_forecast_also_when_it_is_not_remembered() -> None:
    series = seasonal("2020-01", 50)
    found = forecast(series)
    fit.cache_clear()
    assert forecast(dict(reversed(series.items()))) == found
    assert fit.cache_info().misses == 1
    forecast(series)
    assert fit.cache_info().hits == 1


def test_a_hole_is_refused_by_its_month() -> None:
    series = seasonal("2020-01", 60)
    del series["2022-03"]
    assert forecast(series) == NoForecast("hole", period="2022-03", months=60)
    assert forecast({**series, "2022-03": None}) == NoForecast("hole", period="2022-03", months=60)
    hidden = {**seasonal("2020-01", 60), "2024-12": None}
    assert forecast(hidden) == NoForecast("hole", period="2024-12", months=60)


def test_a_hole_of_more_than_ten_years_ago_does_no_harm() -> None:
    series = seasonal("2012-01", 150)
    del series["2013-02"]
    assert told(forecast(series)).months == 120


@pytest.mark.parametrize("count", [1, 12, FEWEST_MONTHS - 1])
def test_a_short_series_is_refused_with_its_length(count: int) -> None:
    assert forecast(seasonal("2023-01", count)) == NoForecast("short", months=count)


def test_no_series_and_one_that_does_not_vary_are_refused() -> None:
    assert forecast({}) == NoForecast("empty")
    assert forecast(dict.fromkeys(months_from("2020-01", 48), 0.0)) == NoForecast("flat", months=48)


def test_a_break_is_never_crossed_and_what_is_after_it_must_be_long_enough() -> None:
    series = seasonal("2020-01", 80)
    model = Barrier("benefit_model_2025_01", "2025-01")
    assert forecast(series, [model]) == NoForecast("break", "2025-01", "benefit_model_2025_01", 20)
    assert forecast(series, [model, BILLING_BREAK]) == NoForecast("break", "2026-01", BILLING_BREAK.code, 8)
    old = Barrier("subsidy_from_300_days_2015_01", "2022-01")
    found = told(forecast(series, [old]))
    assert (found.since, found.months) == ("2022-01", 56)
    jumped = {period: (value or 0) + (500_000 if period < "2022" else 0) for period, value in series.items()}
    assert told(forecast(jumped, [old])).expected == found.expected


def test_a_break_at_the_beginning_of_a_series_is_not_crossed() -> None:
    series = seasonal("2025-01", 20)
    assert forecast(series, [Barrier("model", "2025-01")]) == NoForecast("short", months=20)


def test_a_break_that_is_still_to_come_within_the_year_is_refused() -> None:
    series = seasonal("2020-01", 68)
    coming = Barrier("reform", "2025-11")
    assert forecast(series, [coming]) == NoForecast("break", "2025-11", "reform")
    assert told(forecast(series, [Barrier("reform", "2026-01")])).year == "2025"


def test_only_breaks_that_are_not_comparable_are_barriers() -> None:
    breaks = [
        Break("model", ("cost",), "2025-01", "not_comparable"),
        Break("billing", ("cost",), "2025-10", "note"),
        Break("other", ("persons",), "2025-02", "not_comparable"),
        Break("yearly", ("cost",), "", "not_comparable"),
    ]
    assert barriers_of(breaks, ["cost", "source"]) == (Barrier("model", "2025-01"),)


def test_a_refusal_loads_nothing_heavy() -> None:
    code = (
        "import sys; from queries.analysis.forecast import forecast_year; "
        "from queries.catalogue import load_catalogue; "
        "forecast_year(load_catalogue().indicators['cofunded_benefit_municipal_eur'], {'2026-01': 1.0}); "
        "sys.exit('statsmodels' in sys.modules or 'scipy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_year_of_persons_is_not_forecast_for_a_person_would_count_in_each_month() -> None:
    with pytest.raises(SumRefused, match="cofunded_benefit_recipients"):
        forecast_year(INDICATORS["cofunded_benefit_recipients"], seasonal("2020-01", 68))
