"""`python -m tests.bench [NAME…]`: print every benchmark's figures, or those named."""

import os
import sys
import tempfile
from importlib import import_module

NAMES = (
    "start",
    "ingest",
    "large_file",
    "query",
    "page",
    "browser",
    "lighthouse",
    "frames",
    "publishes",
    "kills",
    "impact",
)


def main(names: list[str]) -> int:
    """Run benchmarks; return 2 when one is not known."""
    unknown = [name for name in names if name not in NAMES]
    if unknown:
        print(f"No benchmark is named {unknown[0]}; there are {', '.join(NAMES)}.", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("BENCH_DATA", folder)
        for name in names or NAMES:
            import_module(f"tests.bench.{name}").main()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
