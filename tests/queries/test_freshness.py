"""How old figures are: from the end of their newest period, and when that is too old."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from queries.catalogue import load_catalogue
from queries.freshness import age_of, end_of, is_late, verdict_of

FACTS = replace(load_catalogue().sources["employment_service_12r5"], stale_after_days=60)


@pytest.mark.parametrize(
    ("period", "day"), [("2024", date(2024, 12, 31)), ("2024Q3", date(2024, 9, 30)), ("2024-02", date(2024, 2, 29))]
)
def test_a_period_ends_with_its_last_day(period: str, day: date) -> None:
    assert end_of(period) == day


def test_a_projection_is_as_old_as_its_release() -> None:
    assert age_of("2045", datetime(2026, 1, 1), date(2026, 1, 31)) == 30
    assert age_of("2025-12", datetime(2026, 1, 20), date(2026, 1, 31)) == 31


def test_a_source_is_late_after_its_days_unless_its_series_has_come_to_its_end() -> None:
    assert not is_late(FACTS, 60) and is_late(FACTS, 61)
    assert not is_late(replace(FACTS, last_period="2024-12"), 1_000)


def test_what_only_shipped_is_stale_and_what_ended_or_is_empty_says_so() -> None:
    assert verdict_of(FACTS, "api", 10, ended=False) == "fresh"
    assert verdict_of(FACTS, "api", 61, ended=False) == "stale"
    assert verdict_of(FACTS, "snapshot", 10, ended=False) == "stale"
    assert verdict_of(FACTS, "", None, ended=False) == "empty"
    assert verdict_of(FACTS, "snapshot", 10, ended=True) == "ended"
