"""What every benchmark needs: a full made-up database, a publisher in a process of its own, a table to print."""

import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from queries.settings import PREFIX, ROOT

NOBODY = "http://127.0.0.1:9"


@dataclass(frozen=True)
class Figure:
    """One line of a benchmark's table; `bar` is what the issue asks for, '' where it asks nothing."""

    name: str
    value: str
    bar: str = ""


def print_figures(title: str, figures: list[Figure]) -> None:
    """Print a benchmark's table."""
    print(f"\n{title}")
    width = max(len(figure.name) for figure in figures)
    for figure in figures:
        print(f"  {figure.name.ljust(width)}  {figure.value.rjust(14)}  {figure.bar}", flush=True)


def percentiles(call: Callable[[], object], times: int) -> tuple[float, float]:
    """Return p50 and p95 of a call, in milliseconds, after a warm-up."""
    for _ in range(5):
        call()
    spent = []
    for _ in range(times):
        started = time.perf_counter()
        call()
        spent.append(1000 * (time.perf_counter() - started))
    return statistics.median(spent), statistics.quantiles(spent, n=20)[-1]


@contextmanager
def separate_publisher(*which: str) -> Iterator[str]:
    """Run a fake publisher in another process, with a call rate that makes nobody wait; give its address."""
    command = [sys.executable, "-m", "tests.publishers", "--port", "0", "--max-calls", "1000000", *which]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.terminate()


def environment(data_dir: Path, url: str, kela: str = NOBODY, sotkanet: str = NOBODY) -> dict[str, str]:
    """Return the environment of a command that loads made-up data from the publisher at `url`, or from all three."""
    return os.environ | {
        f"{PREFIX}DATA_DIR": str(data_dir),
        f"{PREFIX}STATFIN_URL": url,
        f"{PREFIX}KELA_URL": kela,
        f"{PREFIX}SOTKANET_URL": sotkanet,
        f"{PREFIX}DEMO": "true",
    }


@dataclass(frozen=True)
class Run:
    """How a command went: seconds, the largest memory of its process in megabytes, what it printed, its exit code."""

    seconds: float
    megabytes: float
    output: str
    code: int


def run_command(arguments: list[str], variables: Mapping[str, str]) -> Run:
    """Run `koillismaa` with arguments, through tests/bench/waited.py, and measure it from outside."""
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.waited", *arguments],
        env=dict(variables),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return Run(time.perf_counter() - started, usage.ru_maxrss / kilobytes_a_unit(), output, process.returncode)


def kilobytes_a_unit() -> float:
    """Return what turns ru_maxrss into megabytes: the unit is a kilobyte on Linux, a byte on macOS."""
    return 1024.0 * 1024.0 if sys.platform == "darwin" else 1024.0


@contextmanager
def full_database() -> Iterator[Path]:
    """Give a data folder with all made-up data; kept between benchmarks of one run through BENCH_DATA."""
    kept = os.environ.get("BENCH_DATA")
    with tempfile.TemporaryDirectory() as folder:
        data_dir = Path(kept or folder)
        if not (data_dir / "current").is_file():
            with (
                separate_publisher() as url,
                separate_publisher("--catalogue") as kela,
                separate_publisher("--sotkanet") as sotkanet,
            ):
                run = run_command(["ingest"], environment(data_dir, url, kela, sotkanet))
                assert run.code == 0, run.output
        yield data_dir


def own_peak_megabytes() -> float:
    """Return the largest memory that this process has had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / kilobytes_a_unit()


def first_number(text: str, pattern: str) -> str:
    """Return what a pattern's group finds in a text, '?' when it finds nothing."""
    found = re.search(pattern, text)
    return found[1] if found else "?"
