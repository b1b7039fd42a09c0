"""Fixtures of the ingest tests: a small publisher, and the real command over it in this process."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ingest.small import Command, command_here, environment_of, small_publisher
from tests.publishers import StatFin


@pytest.fixture
def publisher() -> Iterator[StatFin]:
    """Run a publisher of the small tables; a module with other tables has a fixture of its own."""
    with small_publisher() as publisher:
        yield publisher


@pytest.fixture
def run(
    publisher: StatFin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    """Return the command `koillismaa …` over the publisher and the test's folder."""
    return command_here(monkeypatch, capsys, environment_of(publisher, tmp_path))
