"""Fake publishers on the loopback, for tests, the demonstration and the benchmarks.

`with StatFin() as publisher:` gives `publisher.url`, `.calls`, `.faults` and `.tables`.
"""

from tests.publishers.faults import Fault
from tests.publishers.statfin import Call, Config, StatFin
from tests.publishers.table import Table

__all__ = ["Call", "Config", "Fault", "StatFin", "Table"]
