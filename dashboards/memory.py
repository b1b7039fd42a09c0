"""What has been made is kept for the next reader: a version never changes, so the same question has the same answer."""

import gc
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

Made = TypeVar("Made")
NOTHING = object()
OBJECTS_BETWEEN = 50_000
ROUNDS_BETWEEN = 20, 10
"""So many new objects, and so many of the smaller rounds, lie between two rounds of Python's search for cycles."""


def search_cycles_rarely() -> None:
    """Let a process that serves pages search less often for what only refers to itself.

    A page is made of many small things that hardly ever do, and what is kept is looked through for nothing each time:
    with Python's own rhythm the search takes a tenth of the time of a page that was never asked before.
    """
    gc.freeze()
    gc.set_threshold(OBJECTS_BETWEEN, *ROUNDS_BETWEEN)


class Memory:
    """Keeps what was made of a question, at most so many things. Safe for several threads.

    Where there is no room, what has not been asked for longest is left out.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = Lock()

    def recall(self, question: Hashable, make: Callable[[], Made]) -> Made:
        """Return what is kept of a question, making it the first time.

        A question names all that the thing depends on, the version but where the memory belongs to one.
        """
        kept: Made = self.get(question, NOTHING)
        if kept is not NOTHING:
            return kept
        made = make()
        self.set(question, made)
        return made

    def get(self, question: Hashable, default: Any = None) -> Any:
        """Return what is kept of a question, `default` where nothing is."""
        with self._lock:
            if question in self._kept:
                self._kept.move_to_end(question)
            return self._kept.get(question, default)

    def set(self, question: Hashable, made: object) -> None:
        """Keep what was made of a question."""
        with self._lock:
            self._kept[question] = made
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)
