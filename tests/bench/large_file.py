"""A file of 200 MB in the documented shape of Kela's older set, from a catalogue of its own, then nothing new."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pandas as pd

from queries.settings import ROOT
from tests.bench.figures import NOBODY, Figure, environment, print_figures, run_command
from tests.publishers import Ckan, Dataset
from tests.publishers.ckan import default_datasets
from tests.publishers.cofunded import subsidy_by_municipality

SOURCE = "cofunded_subsidy_municipality"
MEGABYTES = 200


@cache
def large_rows() -> pd.DataFrame:
    """Make the rows: the year to date of every month beside the months, as the publisher has it."""
    frame = subsidy_by_municipality()
    to_date = frame[(frame["aikatyyppi"] == "Kuukausi") & (frame["vuosi"] >= 2018) & (frame["vuosi"] <= 2024)]
    return pd.concat([frame, to_date.assign(aikatyyppi="Vuosikertymä")], ignore_index=True)


def serve() -> None:
    """Serve the file until standard input ends; print the catalogue's address and the file's megabytes."""
    older = default_datasets()["subsidy_municipality"]
    dataset = Dataset(older.slug, older.title, older.owner, older.stamp, large_rows)
    size = len(dataset.content("data.csv")) / 1e6
    with Ckan({"subsidy_municipality": dataset}) as catalogue:
        print(f"{catalogue.url} {size:.0f}", flush=True)
        sys.stdin.read()


@contextmanager
def separate_catalogue() -> Iterator[tuple[str, str]]:
    """Run the catalogue in another process; give its address and the file's megabytes."""
    command = [sys.executable, "-m", "tests.bench.large_file", "serve"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url, size = process.stdout.readline().split()
        yield url, size
        process.terminate()


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder, separate_catalogue() as (url, size):
        variables = environment(Path(folder), NOBODY, kela=url)
        first = run_command(["ingest", SOURCE], variables)
        assert first.code == 0, first.output
        rows = first.output.partition(SOURCE + "  ")[2].split()
        kept = sum(path.stat().st_size for path in (Path(folder) / "raw").rglob("*.csv.gz")) / 1e6
        base = sum(path.stat().st_size for path in (Path(folder) / "versions").glob("*.duckdb")) / 1e6
        started = time.perf_counter()
        second = run_command(["ingest", SOURCE], variables)
        seconds = time.perf_counter() - started
    print_figures(
        "ingest of a large file of Kela's",
        [
            Figure("file", f"{size} MB", "200 MB"),
            Figure("first run, download included", f"{first.seconds:.1f} s", "at most 60 s"),
            Figure("peak memory", f"{first.megabytes:.0f} MB", "at most 700 MB"),
            Figure("figures loaded", rows[2] if len(rows) > 2 else "?"),
            Figure("kept file, packed", f"{kept:.0f} MB"),
            Figure("version", f"{base:.0f} MB"),
            Figure("second run, nothing new", f"{seconds:.1f} s"),
            Figure("its outcome", "nothing new" if "nothing new" in second.output else "LOADED", "nothing new"),
            Figure("load of this machine meanwhile", f"{os.getloadavg()[0]:.1f}"),
        ],
    )


if __name__ == "__main__":
    serve() if sys.argv[1:] == ["serve"] else main()
