"""The interface against its own description: whatever is asked, it answers as described and never fails."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboards.open_data.openapi import describe_interface
from dashboards.open_data.parameters import PARAMETERS
from ingest.snapshot.shipped import load_shipped
from queries.catalogue import load_catalogue
from queries.settings import load_settings

PATHS: dict[str, Any] = describe_interface()["paths"]
FILES = sorted(path for path in PATHS if "parameters" in PATHS[path]["get"])
KNOWN = {
    "indicator": ["unemployment_rate", "population", "births,deaths", "cofunded_benefit_recipients"],
    "area": ["305", "KU305", "SSS,MK17", "305,614"],
    "level": ["municipality", "country"],
    "dimension": ["age", "sex", "occupation", "benefit,day_class"],
}


def texts_of(name: str, schema: dict[str, Any]) -> st.SearchStrategy[str]:
    """Return texts of a parameter: known codes, such as its schema describes, and anything at all."""
    described = (
        st.sampled_from(schema["enum"]) if "enum" in schema else st.from_regex(schema["pattern"], fullmatch=True)
    )
    anything = st.text(st.characters(codec="utf-8"), max_size=30)
    known = st.sampled_from(KNOWN.get(name, ["2025", "2026-06-30"]))
    return st.one_of(known, known, described, anything)


QUERIES = st.fixed_dictionaries(
    {"indicator": texts_of("indicator", PARAMETERS[0].schema)},
    optional={each.name: texts_of(each.name, each.schema) for each in PARAMETERS[1:]},
)


@pytest.mark.parametrize("path", FILES)
def test_no_question_makes_the_interface_fail(client: FlaskClient, path: str) -> None:
    responses = PATHS[path]["get"]["responses"]

    @settings(max_examples=60)
    @given(query=QUERIES)
    def ask(query: dict[str, str]) -> None:
        answer = client.get(path, query_string=query)
        assert str(answer.status_code) in responses and answer.status_code < 500, (query, answer.text)
        kinds = responses["200"]["content"] if answer.status_code == 200 else ["application/problem+json"]
        assert answer.mimetype in kinds

    ask()


def test_every_example_and_every_path_is_answered(client: FlaskClient) -> None:
    assert client.get("/api/v1/openapi.json").get_json() == describe_interface()
    for path in PATHS:
        query = {"indicator": PARAMETERS[0].example} if path in FILES else {}
        with client.get(path, query_string=query) as answer:
            assert answer.status_code == 200, path


@pytest.mark.parametrize(
    ("indicator", "value"),
    [("births", "94"), ("deaths", "203"), ("net_migration_intermunicipal", "-40"), ("population", "14800")],
)
def test_what_ships_is_given_as_it_was_published(shipped: FlaskClient, indicator: str, value: str) -> None:
    address = f"/api/v1/observations.csv?indicator={indicator}&area=305&from=2025&to=2025"
    _, row = shipped.get(address).text.splitlines()
    assert row.split(",")[:7] == [indicator, "305", "Kuusamo", "2025", "", "", value]
    assert shipped.get(address.replace(".csv", ".json")).get_json()["value"] == {"0": float(value)}


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory, new_client: Callable[[Path], FlaskClient]) -> FlaskClient:
    folder = tmp_path_factory.mktemp("shipped")
    load_shipped(load_settings(data_dir=folder), load_catalogue())
    return new_client(folder)


def test_a_source_is_ended_when_nothing_fetches_it() -> None:
    from ingest.source import load_sources

    facts = load_catalogue().sources
    assert {name: facts[name].ended for name in load_sources()} == {
        name: source.fetch is None for name, source in load_sources().items()
    }
