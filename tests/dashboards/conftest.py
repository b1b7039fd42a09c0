"""Fixtures: the small database, and a way to ask for a page or a Visit of it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboards.answer import ANSWERERS
from dashboards.charts import REVIEW
from dashboards.server import create_server
from dashboards.site import Site
from dashboards.visit import Visit
from queries.catalogue import load_catalogue
from queries.settings import load_settings
from tests.dashboards import every_municipality
from tests.dashboards.benefit_database import build_benefit
from tests.dashboards.small_database import build


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the data folder of the small database."""
    return build(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="session")
def client(data_dir: Path) -> FlaskClient:
    """Return a client of the server over the small database."""
    return client_of(data_dir)


def client_of(folder: Path) -> FlaskClient:
    """Return a client of a server over a data folder."""
    return create_server(load_settings(data_dir=folder), load_catalogue()).test_client()


@pytest.fixture(scope="session")
def new_client() -> Callable[[Path], FlaskClient]:
    """Return what makes a client of a data folder."""
    return client_of


@pytest.fixture(scope="session")
def visit(data_dir: Path) -> Callable[..., Visit]:
    """Return what answers an address, given as language and parts."""
    site = Site(load_settings(data_dir=data_dir), load_catalogue())

    def ask(language: str = "fi", page: str = REVIEW, **parts: str) -> Visit:
        return ANSWERERS[page].visit(site, language, {name.rstrip("_"): [value] for name, value in parts.items()})

    return ask


@pytest.fixture(scope="session")
def both_models(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Visit]:
    """Return what answers an address of any page over a database that holds the co-funded benefit too."""
    settings = load_settings(data_dir=build_benefit(tmp_path_factory.mktemp("both_models")))
    site = Site(settings, load_catalogue())

    def ask(language: str = "fi", page: str = REVIEW, **parts: str) -> Visit:
        return ANSWERERS[page].visit(site, language, {name: [value] for name, value in parts.items()})

    return ask


@pytest.fixture(scope="session")
def visit_of() -> Callable[..., Visit]:
    """Return what answers an address from another data folder."""

    def ask(folder: Path, language: str = "fi", **parts: str) -> Visit:
        site = Site(load_settings(data_dir=folder), load_catalogue())
        return ANSWERERS[REVIEW].visit(site, language, {name.rstrip("_"): [value] for name, value in parts.items()})

    return ask


@pytest.fixture(scope="session")
def every_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the data folder of the database with every municipality."""
    return every_municipality.build(tmp_path_factory.mktemp("every"))


@pytest.fixture(scope="session")
def every_client(every_folder: Path) -> FlaskClient:
    """Return a client of the server over every municipality."""
    return client_of(every_folder)


@pytest.fixture(scope="session")
def ask(every_folder: Path) -> Callable[..., Visit]:
    """Return what answers an address over every municipality."""
    site = Site(load_settings(data_dir=every_folder), load_catalogue())
    return lambda language="fi", **parts: ANSWERERS[REVIEW].visit(
        site, language, {name: [value] for name, value in parts.items()}
    )
