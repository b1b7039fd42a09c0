"""Errors of the room that speaks to readers.

    queries.errors.KoillismaaError
    └── DashboardsError
        ├── WordMissing      a locale file lacks a word, or a value that the word needs
        ├── UnknownChart     no chart has this name
        ├── PictureFailed    a chart could not be made a picture
        ├── ReportFailed     a page could not be made a report
        ├── ReportRefused    a report was asked for of what is not there
        └── FormsRefused     filled forms of the impact tool cannot be used

A message is one sentence: what was expected, what was found, what the operator does next.
"""

from queries.errors import KoillismaaError


class DashboardsError(KoillismaaError):
    """Anything that the pages refuse."""


class WordMissing(DashboardsError):
    """A locale file lacks a word."""


class UnknownChart(DashboardsError):
    """No chart has this name."""


class PictureFailed(DashboardsError):
    """A chart could not be made a picture."""


class ReportFailed(DashboardsError):
    """A page could not be made a report."""


class ReportRefused(DashboardsError):
    """A report was asked for of an area, month or language that is not there."""


class FormsRefused(DashboardsError):
    """Filled forms of the impact tool cannot be used; `faults` say why, a sentence each."""

    def __init__(self, *faults: str) -> None:
        self.faults = faults
        super().__init__("\n".join(faults))
