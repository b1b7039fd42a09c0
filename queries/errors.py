"""Errors of the floor, and the root that every room's tree grows from.

    KoillismaaError
    └── QueriesError
        ├── SettingsRefused      koillismaa.toml or KOILLISMAA_* holds an unknown key or a bad value
        ├── CatalogueRefused     catalogue.toml contradicts itself
        ├── RulesRefused         the file of benefit rules cannot be read or contradicts itself
        ├── WhatIfRefused        a what-if that cannot be: negative persons, more moved than there are
        ├── NoDatabase           the data folder holds no published version yet
        ├── DatabaseRefused      a version file cannot be opened, or holds another kind of data than was asked for
        ├── PublishFailed        a new version could not be written; the old one stays current
        ├── QueryRefused         unknown query, or a missing or surplus parameter
        ├── SumRefused           figures were about to be summed that the catalogue says are not additive
        └── WorkbookRefused      a workbook of customers has faults (in impact_workbook.py, beside what a fault is)

A message is one sentence: what was expected, what was found, what the operator does next.
"""


class KoillismaaError(Exception):
    """Root of every error that a person is meant to read as one sentence."""


class QueriesError(KoillismaaError):
    """Anything that the floor refuses."""


class SettingsRefused(QueriesError):
    """The configuration holds an unknown key or a bad value."""


class CatalogueRefused(QueriesError):
    """The catalogue contradicts itself."""


class RulesRefused(QueriesError):
    """The file of benefit rules cannot be read or contradicts itself."""


class WhatIfRefused(QueriesError):
    """A what-if that cannot be. `code` names the reason, `step` the step that it concerns, from 0."""

    def __init__(self, sentence: str, code: str, step: int = 0) -> None:
        super().__init__(sentence)
        self.code = code
        self.step = step


class NoDatabase(QueriesError):
    """No version has been published in the data folder."""


class DatabaseRefused(QueriesError):
    """A version file cannot be opened or holds another kind of data."""


class PublishFailed(QueriesError):
    """A new version could not be written; the old one stays current."""


class QueryRefused(QueriesError):
    """A named query is unknown, or its parameters are missing or surplus."""


class SumRefused(QueriesError):
    """Figures that are not additive were about to be summed."""
