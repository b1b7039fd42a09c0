"""The interface against its own description: whatever is asked, it answers as described and never fails."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from flask.testing import FlaskClient
from schemathesis import engine
from schemathesis.config import SchemathesisConfig
from schemathesis.engine.events import FatalError, NonFatalError, ScenarioFinished

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
ASKING: dict[str, Any] = {
    "seed": 1,
    "headers": {"Accept-Encoding": "identity"},
    "continue-on-failure": True,
    "generation": {"deterministic": True, "database": "none", "max-examples": 60},
    # no schema can say that a span must not end before it begins, or a day not lie ahead: such are refused
    "checks": {"positive_data_acceptance": {"enabled": False}},
    # known codes lead to figures, which chance would not
    "dictionaries": {name: {"values": codes} for name, codes in KNOWN.items()},
    "parameters": {f"query.{name}": {"dictionary": name, "probability": 0.7} for name in KNOWN},
}


@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")  # schemathesis closes no answer of a WSGI server
def test_whatever_schemathesis_asks_the_interface_answers_as_described(client: FlaskClient) -> None:
    """Ask as the description allows and as it does not, at the edges of each parameter and by every method."""
    config = SchemathesisConfig.from_dict(ASKING)
    interface = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", client.application, config=config)
    ended = list(engine.from_schema(interface).execute())
    assert [event for event in ended if isinstance(event, NonFatalError | FatalError)] == []
    asked: set[tuple[str, int]] = set()
    faults = []
    for event in ended:
        if isinstance(event, ScenarioFinished):
            held = event.recorder
            asked |= {(held.label, each.response.status_code) for each in held.interactions.values() if each.response}
            checks = [check for each in held.checks.values() for check in each if check.failure_info]
            faults += [(held.label, check.name, str(check.failure_info)) for check in checks]
    assert faults == []
    assert {(f"GET {path}", 200) for path in PATHS} <= asked
    assert {(f"GET {path}", status) for path in FILES for status in (400, 404)} <= asked


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
