"""From the start of the web server to its first answer: with an empty folder, then again."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from queries.settings import PREFIX, ROOT
from tests.bench.figures import Figure, environment, print_figures
from tests.bench.web import wait_until_ready

PORT = 8059


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        first, second = (seconds_to_ready(Path(folder)) for _ in range(2))
    print_figures(
        "start of the web server until a page with figures can be read",
        [
            Figure("first, database from the snapshot", f"{first:.1f} s"),
            Figure("second", f"{second:.1f} s", "under 5 s"),
        ],
    )


def seconds_to_ready(data_dir: Path) -> float:
    """Start the server over real data, wait until it is ready, stop it, and return how long it took."""
    variables = environment(data_dir, "http://127.0.0.1:9") | {f"{PREFIX}DEMO": "false", f"{PREFIX}PORT": str(PORT)}
    started = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, str(ROOT / "app.py"), "web"], env=variables, stdout=subprocess.DEVNULL
    ) as web:
        try:
            wait_until_ready(f"http://127.0.0.1:{PORT}")
            return time.perf_counter() - started
        finally:
            web.terminate()


if __name__ == "__main__":
    main()
