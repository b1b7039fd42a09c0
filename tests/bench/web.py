"""The real server process over the full made-up database, for what is measured in a browser."""

import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from queries.settings import PREFIX, ROOT
from tests.bench.figures import environment, full_database

PATIENCE = 60.0


@contextmanager
def running_web(port: int) -> Iterator[str]:
    """Run `app.py web` over the full made-up database; give its root address once it can show a page."""
    address = f"http://127.0.0.1:{port}"
    with full_database() as data_dir:
        variables = environment(data_dir, "http://127.0.0.1:9") | {f"{PREFIX}PORT": str(port)}
        command = [sys.executable, str(ROOT / "app.py"), "web"]
        with subprocess.Popen(command, env=variables, stdout=subprocess.DEVNULL) as web:
            try:
                wait_until_ready(address)
                yield address
            finally:
                web.terminate()


def wait_until_ready(address: str) -> None:
    """Wait until a server says that data is loaded."""
    started = time.perf_counter()
    while not is_ready(address):
        assert time.perf_counter() - started < PATIENCE, "the server did not become ready"
        time.sleep(0.02)


def is_ready(address: str) -> bool:
    """Tell whether a server says that data is loaded."""
    try:
        with urllib.request.urlopen(f"{address}/readyz", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
