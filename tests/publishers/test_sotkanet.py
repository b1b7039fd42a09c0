"""The fake Sotkanet answers as the real one is known to; its figures are marked."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.publishers import Sotkanet
from tests.publishers.answers import MADE_UP
from tests.publishers.sotkanet import region_ids

AGENT = {"User-Agent": "koillismaa/0.1 (test)"}


@pytest.fixture(scope="module")
def publisher() -> Iterator[Sotkanet]:
    with Sotkanet() as publisher:
        yield publisher


def get(publisher: Sotkanet, path: str, **headers: str) -> httpx.Response:
    return httpx.get(f"{publisher.url}/{path}", headers=AGENT | headers)


def rows(publisher: Sotkanet, path: str) -> list[dict[str, Any]]:
    answer: list[dict[str, Any]] = get(publisher, path).json()
    return answer


@pytest.mark.parametrize("agent", ["", "python-httpx/0.28.1", "Java/17"])
def test_who_does_not_say_who_calls_is_refused(publisher: Sotkanet, agent: str) -> None:
    assert get(publisher, "regions", **{"User-Agent": agent}).status_code == 403


@pytest.mark.parametrize(
    "query",
    [
        "indicator=451&genders=total",
        "indicator=451&years=2020",
        "indicator=451&years=2019,2020&genders=total",
        "years=2020&genders=total",
    ],
)
def test_figures_want_an_indicator_each_year_by_itself_and_a_gender(publisher: Sotkanet, query: str) -> None:
    assert get(publisher, f"json?{query}").status_code == 400


def test_figures_have_the_documented_cells(publisher: Sotkanet) -> None:
    answer = rows(publisher, "json?indicator=451&years=2023&years=2024&years=2099&genders=total")
    assert list(answer[0]) == ["indicator", "region", "year", "gender", "value", "absValue"]
    assert {row["year"] for row in answer} == {2023, 2024}
    assert any(row["value"] == 0 and row["absValue"] is None for row in answer)


def test_an_unknown_indicator_is_not_found(publisher: Sotkanet) -> None:
    assert get(publisher, "indicators/1").status_code == 404


def test_ids_of_areas_are_sotkanet_s_own_and_codes_are_unique_only_inside_a_category(publisher: Sotkanet) -> None:
    answer = rows(publisher, "regions")
    assert (region_ids()["305"], region_ids()["SSS"]) == (167, 658)
    assert max(Counter(row["id"] for row in answer).values()) == 1
    assert max(Counter((row["category"], row["code"]) for row in answer).values()) == 1
    assert max(Counter(row["code"] for row in answer).values()) > 1


def test_what_is_made_up_says_so(publisher: Sotkanet) -> None:
    answer = get(publisher, "indicators/451")
    assert answer.json()["description"]["fi"] == MADE_UP and answer.headers["X-Made-Up"] == "1"
