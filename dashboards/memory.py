"""What has been made is kept for the next reader: a version never changes, so the same question has the same answer."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

Made = TypeVar("Made")


class Memory:
    """Keeps what was made of a question, at most so many things; then it begins anew. Safe for several threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: dict[Hashable, Any] = {}

    def recall(self, question: Hashable, make: Callable[[], Made]) -> Made:
        """Return what is kept of a question, making it the first time.

        A question names all that the thing depends on, the version but where the memory belongs to one.
        """
        if question in self._kept:
            made: Made = self._kept[question]
            return made
        made = make()
        if len(self._kept) >= self._most:
            self._kept = {}
        self._kept[question] = made
        return made
