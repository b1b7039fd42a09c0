"""Print one figure of the database: `python -m queries unemployment_rate 305 2026-08`."""

import sys

from queries.errors import KoillismaaError
from queries.read import NEWEST_KNOWLEDGE, Reader
from queries.settings import load_settings


def main(arguments: list[str]) -> int:
    """Print value, status, origin and release of a figure; return 0, 1 when it is not held, 2 on a wrong call."""
    if len(arguments) != 3:
        print(
            "Three words were expected: an indicator, an area and a period, as unemployment_rate 305 2026-08.",
            file=sys.stderr,
        )
        return 2
    indicator, area, period = arguments
    snapshot = Reader(load_settings().data_dir).snapshot()
    found = snapshot.frame(
        "series",
        indicator=indicator,
        areas=[area],
        since=period,
        until=period,
        as_of=NEWEST_KNOWLEDGE,
    )
    if found.empty:
        print(
            f"No {indicator} of {area} in {period} is held: 'koillismaa ingest' fetches what there is.", file=sys.stderr
        )
        return 1
    print(found.to_string(index=False))
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KoillismaaError as error:
        print(error, file=sys.stderr)
        sys.exit(1)
