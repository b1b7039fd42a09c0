"""SIGKILL an ingest at random moments: every time `current` must open and be complete."""

import argparse
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from queries.database import current_version, open_version
from queries.errors import KoillismaaError
from queries.settings import ROOT
from tests.bench.figures import Figure, environment, print_figures, run_command
from tests.publishers import Config, StatFin

SOURCE = "employment_service_12r5"
# every release states the whole table, so at its stamp exactly the cells that it covers were known
INCOMPLETE = """
select count(*) from release
where (
    select sum(len(categories) * len(areas) * len(periods)) from coverage
    where coverage.release_id = release.release_id
) is distinct from (
    select count(*) from observation where known_from <= release.published_at and known_to > release.published_at
)
"""


def main(times: int = 200) -> None:
    """Measure and print."""
    whole = killed = broken = 0
    with tempfile.TemporaryDirectory() as folder, StatFin(config=Config(max_calls=1_000_000)) as publisher:
        shrink(publisher)
        data_dir = Path(folder)
        variables = environment(data_dir, publisher.url)
        longest = run_command(["ingest", SOURCE], variables).seconds
        for turn in range(times):
            revise(publisher, turn)
            killed += kill_once(variables, random.uniform(0.2, 1.0) * longest)
            complete = is_complete(data_dir)
            whole += complete
            broken += not complete
    print_figures(
        f"{times} kills of an ingest",
        [
            Figure("killed before it ended", str(killed)),
            Figure("current opened and was complete", str(whole), str(times)),
            Figure("broken", str(broken), "0"),
        ],
    )


def shrink(publisher: StatFin) -> None:
    """Leave a table of two years, so that a turn is short."""
    publisher.tables["12r5"].keep_months(lambda month: month >= "2024M09")


def revise(publisher: StatFin, turn: int) -> None:
    """Release the table anew with one other figure, so that there is something to load."""
    table = publisher.tables["12r5"]
    table.stamp = f"2026-10-{turn // 24 % 28 + 1:02}T{turn % 24:02}:{turn // 672:02}:00Z"
    table.revise({"Alue": "KU305", "timeperiod_m": "2026M08", "contentscode": "UUDETAVP"}, 100 + turn)


def kill_once(variables: dict[str, str], seconds: float) -> bool:
    """Start an ingest, kill it after some time and tell whether it was still running."""
    command = [sys.executable, str(ROOT / "app.py"), "ingest", SOURCE]
    with subprocess.Popen(command, env=variables, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        time.sleep(seconds)
        running = process.poll() is None
        process.kill()
    return running


def is_complete(data_dir: Path) -> bool:
    """Tell whether the current version opens and every release in it has all its rows."""
    try:
        with open_version(data_dir, current_version(data_dir)) as connection:
            return connection.execute(INCOMPLETE).fetchone() == (0,)
    except (KoillismaaError, duckdb.Error) as error:
        print(error, file=sys.stderr)
        return False


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--times", type=int, default=200)
    main(parser.parse_args().times)
