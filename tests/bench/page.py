"""The opening page's server time on the full database, and its weight."""

import re
from collections.abc import Iterator

from backports import zstd
from flask.testing import FlaskClient

from dashboards.memory import search_cycles_rarely
from dashboards.server import create_server
from dashboards.shell import CHARTED, page_address
from queries.catalogue import load_catalogue
from queries.settings import load_settings
from tests.bench.figures import Figure, full_database, percentiles, print_figures

AS_BROWSERS = {"Accept-Encoding": "gzip, deflate, br, zstd"}
STOPS = re.compile(rb'<script type="application/json" class="stops">.*?</script>', re.DOTALL)


def new_addresses(path: str = page_address("fi", CHARTED[0])) -> Iterator[str]:
    """Yield a page's addresses, each another: areas and months as readers choose them."""
    for month in range(12):
        for year in range(2026, 2020, -1):
            for area in ("305", "832", "615", "614", "620"):
                if (year, month) < (2026, 8):
                    yield f"{path}?area={area}&month={year}-{month + 1:02d}"


def main() -> None:
    """Measure and print each page that has charts."""
    with full_database() as data_dir:
        client = create_server(load_settings(data_dir=data_dir, demo=True), load_catalogue()).test_client()
        search_cycles_rarely()  # as app.py does
        for slug in CHARTED:
            measure_page(client, page_address("fi", slug))


def measure_page(client: FlaskClient, path: str) -> None:
    """Measure a page and print."""
    address = f"{path}?area=305"
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    again = percentiles(lambda: client.get(address, headers=AS_BROWSERS), 200)
    addresses = new_addresses(path)
    first = percentiles(lambda: client.get(next(addresses), headers=AS_BROWSERS), 150)
    packed = len(client.get(address, headers=AS_BROWSERS).data)
    without = len(zstd.compress(STOPS.sub(b"", answer.data)))
    print_figures(
        f"page {address}",
        [
            Figure("server time p50, asked before", f"{again[0]:.1f} ms", "at most 40 ms"),
            Figure("server time p95, asked before", f"{again[1]:.1f} ms"),
            Figure("server time p50, never asked before", f"{first[0]:.1f} ms", "at most 40 ms"),
            Figure("server time p95, never asked before", f"{first[1]:.1f} ms"),
            Figure("document", f"{len(answer.data) / 1000:.0f} kB"),
            Figure("document, packed", f"{packed / 1000:.0f} kB"),
            Figure("of it what charts read, packed", f"{(packed - without) / 1000:.1f} kB"),
        ],
    )


if __name__ == "__main__":
    main()
