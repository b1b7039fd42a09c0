"""The interface against its own description: whatever is asked, it answers as described and never fails."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

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


CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
UNPACKED = {"Accept-Encoding": "identity"}
SOME_KNOWN = st.fixed_dictionaries({}, optional={name: st.sampled_from(codes) for name, codes in KNOWN.items()})


@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")  # schemathesis closes no answer of a WSGI server
@pytest.mark.parametrize(
    ("path", "mode"),
    [*((path, GenerationMode.POSITIVE) for path in PATHS), *((path, GenerationMode.NEGATIVE) for path in FILES)],
)
def test_no_question_makes_the_interface_fail(client: FlaskClient, path: str, mode: GenerationMode) -> None:
    """Ask as the description allows, and as it does not; known codes lead to figures, which chance would not."""
    operation = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", client.application)[path]["GET"]
    asked = set()

    @settings(max_examples=60, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode), known=SOME_KNOWN)
    def ask(case: schemathesis.Case[Any], known: dict[str, str]) -> None:
        if path in FILES:
            case.query = {**(case.query or {}), **known}
        asked.add(case.call_and_validate(checks=CHECKS, headers=UNPACKED).status_code)

    ask()
    assert 200 in asked


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
