"""Errors of ingest. One source's error stops that source alone; the version that was current stays current.

IngestError
├── FetchFailed        an address did not give an answer: timeout, refusal, retries spent, an answer too large
├── LayoutChanged      an answer or its metadata is not of the shape that we know
├── CheckFailed        the figures themselves break a rule: a hole in the months, a lost month, a value out of range
├── MadeUpRefused      made-up figures were about to meet real ones
├── SmallDifference    a release would differ from an earlier one by a small group of persons
└── SourceUnknown      a source that is not declared was asked for

NothingNew             not an error: the publisher has nothing that we do not hold
"""

import re

from queries.errors import KoillismaaError

UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def one_line(text: str) -> str:
    """Return a text in one line without control characters: parts of it may be what a publisher sent."""
    return UNPRINTABLE.sub(" ", text)


class IngestError(KoillismaaError):
    """Anything that stops one source."""


class FetchFailed(IngestError):
    """An address did not give an answer that can be used."""

    def __init__(self, address: str, reason: str, advice: str) -> None:
        super().__init__(one_line(f"An answer was expected from {address}, found {reason}: {advice}."))


class LayoutChanged(IngestError):
    """An answer is not of the shape that we know."""

    def __init__(self, where: str, expected: str, found: str) -> None:
        super().__init__(
            one_line(
                f"{where} was expected to give {expected}, found {found}: nothing of it was loaded; compare the table "
                "with its module in ingest/sources and correct that."
            )
        )


class CheckFailed(IngestError):
    """The figures break a rule."""

    def __init__(self, where: str, rule: str, sample: str) -> None:
        super().__init__(
            one_line(
                f"{where} broke the rule '{rule}' ({sample}): nothing of it was loaded; look at the publisher's own "
                "table, and run the ingest again when it has been corrected."
            )
        )


class MadeUpRefused(IngestError):
    """Made-up figures were about to meet real ones."""


class SmallDifference(IngestError):
    """A release would differ from an earlier one by 1 to 4 persons."""

    def __init__(self, where: str) -> None:
        super().__init__(
            one_line(
                f"Counts were expected to be as in earlier releases or to differ by 5 persons or more, {where} "
                "differs by fewer: nothing was published; publish again when more has changed."
            )
        )


class SourceUnknown(IngestError):
    """A source that is not declared was asked for."""


class NothingNew(Exception):
    """The publisher has nothing that we do not hold: a normal end."""
