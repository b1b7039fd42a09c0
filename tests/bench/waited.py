"""Run `koillismaa …` and tell on stderr how long it waited: for the publisher's answers, and for the call limit."""

import sys
import time
from collections.abc import Callable
from typing import Any

from app import main
from ingest import http

SPENT = {"answers": 0.0, "call limit": 0.0}


def timed(call: Callable[..., Any], what: str) -> Callable[..., Any]:
    """Return a method that adds the time it takes to what was spent."""

    def method(*arguments: Any) -> Any:
        started = time.perf_counter()
        try:
            return call(*arguments)
        finally:
            SPENT[what] += time.perf_counter() - started

    return method


if __name__ == "__main__":
    setattr(http.Pace, "wait", timed(http.Pace.wait, "call limit"))  # noqa: B010
    setattr(http.Client, "_try_once", timed(http.Client._try_once, "answers"))  # noqa: B010
    try:
        main()
    finally:
        pause = SPENT["call limit"]
        print(
            f"\nwaited {SPENT['answers'] - pause:.2f} s for answers, {pause:.2f} s for the call limit", file=sys.stderr
        )
