"""Fake publishers on the loopback, for tests, the demonstration and the benchmarks.

`with StatFin() as publisher:` gives `publisher.url`, `.calls`, `.faults` and `.tables`; `with Ckan() as catalogue:` has
`.datasets` in their place, `with Sotkanet() as sotkanet:` has `.indicators`.
"""

from tests.publishers.ckan import Ckan
from tests.publishers.datasets import Dataset
from tests.publishers.faults import Fault
from tests.publishers.server import Call
from tests.publishers.sotkanet import Sotkanet
from tests.publishers.statfin import Config, StatFin
from tests.publishers.table import Table

__all__ = ["Call", "Ckan", "Config", "Dataset", "Fault", "Sotkanet", "StatFin", "Table"]
