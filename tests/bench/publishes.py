"""A hundred publishes under eight reading threads: no error, no torn read."""

import tempfile
import threading
from pathlib import Path

import duckdb

from queries.database import next_version, writing
from queries.errors import KoillismaaError
from queries.read import Reader
from tests.bench.figures import Figure, print_figures

ROWS = 2_000
READERS = 8
FILL = """
insert into area
select 'X' || place, 'unplaced', $mark, $mark, $mark, null, null, null, null, null from range($rows) as numbers(place)
"""


def main(publishes: int = 100) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        data_dir = Path(folder)
        publish(data_dir, 0)
        stopping = threading.Event()
        tallies = [Tally() for _ in range(READERS)]
        threads = [threading.Thread(target=read, args=(data_dir, stopping, tally)) for tally in tallies]
        for thread in threads:
            thread.start()
        for turn in range(1, publishes + 1):
            publish(data_dir, turn)
        stopping.set()
        for thread in threads:
            thread.join()
    print_figures(
        f"{publishes} publishes under {READERS} readers",
        [
            Figure("reads", f"{sum(tally.reads for tally in tallies):,}"),
            Figure("versions that a reader saw", str(max(len(tally.marks) for tally in tallies))),
            Figure("errors", str(sum(tally.errors for tally in tallies)), "0"),
            Figure("torn reads", str(sum(tally.torn for tally in tallies)), "0"),
        ],
    )


class Tally:
    """What one reader saw."""

    def __init__(self) -> None:
        self.reads = self.errors = self.torn = 0
        self.marks: set[str] = set()


def publish(data_dir: Path, turn: int) -> None:
    """Publish a version in which every row carries the turn's mark."""
    with writing(data_dir), next_version(data_dir) as connection:
        connection.execute("delete from area")
        connection.execute(FILL, {"mark": str(turn), "rows": ROWS})


def read(data_dir: Path, stopping: threading.Event, tally: Tally) -> None:
    """Read snapshots until told to stop; two frames of one snapshot must carry one and the same mark."""
    reader = Reader(data_dir)
    while not stopping.is_set():
        try:
            snapshot = reader.snapshot()
            frames = [snapshot.frame("areas") for _ in range(2)]
        except (KoillismaaError, duckdb.Error):
            tally.errors += 1
            continue
        marks = {mark for frame in frames for mark in frame["name_fi"]}
        tally.torn += len(marks) != 1 or any(len(frame) != ROWS for frame in frames)
        tally.marks |= marks
        tally.reads += 1


if __name__ == "__main__":
    main()
