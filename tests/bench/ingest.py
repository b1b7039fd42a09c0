"""The whole table 12r5 (421 areas × 212 months × 23 contents) from the fake publisher, then again with nothing new."""

import tempfile
import time
from pathlib import Path

from tests.bench.figures import Figure, environment, first_number, print_figures, run_command, separate_publisher
from tests.publishers import Config, StatFin

SOURCE = "employment_service_12r5"


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder, separate_publisher() as url:
        variables = environment(Path(folder), url)
        first = run_command(["ingest", SOURCE], variables)
        version = (Path(folder) / "current").read_text()
        second = run_command(["ingest", SOURCE], variables)
        same = (Path(folder) / "current").read_text() == version
    print_figures(
        "ingest of the whole table 12r5",
        [
            Figure(
                "first run, publisher's own work included",
                f"{first.seconds:.1f} s",
                "at most 60 s beyond the call limit's waiting",
            ),
            Figure(
                "of that, waiting for answers", f"{first_number(first.output, r'waited ([0-9.]+) s for answers')} s"
            ),
            Figure("of that, kept by the call limit", f"{first_number(first.output, r'([0-9.]+) s for the call')} s"),
            Figure("peak memory", f"{first.megabytes:.0f} MB", "at most 700 MB"),
            Figure("second run, nothing new", f"{second.seconds:.1f} s"),
            Figure("calls of the second run", str(calls_with_nothing_new()), "at most 3"),
            Figure("new version in the second run", "no" if same else "YES", "no"),
        ],
    )


def calls_with_nothing_new() -> int:
    """Count the calls of an ingest that finds nothing new, as the publisher sees them."""
    with tempfile.TemporaryDirectory() as folder, StatFin(config=Config(max_calls=1_000_000)) as publisher:
        variables = environment(Path(folder), publisher.url)
        run_command(["ingest", "labour_force_survey_135z"], variables)
        before = len(publisher.calls)
        time.sleep(0.1)
        run_command(["ingest", "labour_force_survey_135z"], variables)
        return len(publisher.calls) - before


if __name__ == "__main__":
    main()
