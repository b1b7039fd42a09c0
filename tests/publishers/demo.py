"""`make demo`: the same program over the fake publishers' complete made-up data, in a data folder of its own.

Every page, picture and file then says that the figures are made up; such answers are refused everywhere else.
"""

import os
import subprocess
import sys

from queries.settings import PREFIX, ROOT
from tests.publishers import Ckan, Config, Sotkanet, StatFin

FOLDER = ROOT / "demo-data"
UNHURRIED = Config(max_calls=10_000, time_window=10)


def main() -> int:
    """Fetch all made-up data the first time, then serve it until told to stop; return the exit code."""
    with StatFin(config=UNHURRIED) as publisher, Ckan() as catalogue, Sotkanet() as sotkanet:
        environment = os.environ | {
            f"{PREFIX}DEMO": "true",
            f"{PREFIX}DATA_DIR": str(FOLDER),
            f"{PREFIX}STATFIN_URL": publisher.url,
            f"{PREFIX}KELA_URL": catalogue.url,
            f"{PREFIX}SOTKANET_URL": sotkanet.url,
        }
        app = [sys.executable, str(ROOT / "app.py")]
        subprocess.run([*app, "ingest"], env=environment, check=True)
        return subprocess.run([*app, "serve"], env=environment).returncode


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
