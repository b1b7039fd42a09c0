"""The form of the impact workbook: its sheets, columns and codes, what a fault of it is, and what a read one holds.

No words: readers see a sheet, a column or a code by its name in their language, which a Vocabulary turns into the code.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

import pandas as pd

from queries.errors import QueriesError

Kind = Literal["project", "text", "pseudonym", "organisation", "municipality", "choice", "date", "whole", "amount"]
Value = str | int | float | date | None

CHOICES: dict[str, tuple[str, ...]] = {
    "data_kind": ("real", "made_up"),
    "target_group": ("partially_able", "immigrant", "young", "other"),
    "outcome": (
        "work",
        "education",
        "entrepreneurship",
        "rehabilitation",
        "pension",
        "sick_leave",
        "outside",
        "moved",
        "not_reached",
    ),
    "state": ("work", "education", "entrepreneurship", "unemployed", "elsewhere", "no_contact"),
    "service": (
        "mapping",
        "career_guidance",
        "job_search",
        "skills",
        "work_ability",
        "rehabilitation",
        "other",
        "work_trial",
        "outreach",
        "employer",
    ),
    "cost": ("staff", "purchases", "premises", "other"),
    "respondent": ("customer", "employer"),
}
POSITIVE = ("work", "education", "entrepreneurship")
"""The outcomes and states that count as reached: what the service is for."""
OUTREACH = ("work_trial", "outreach", "employer")
"""The services of the third phase, beside jobseeker and employer; all others are of the second, preparatory one."""


@dataclass(frozen=True)
class Column:
    """One column. `choices` names its codes; numbers lie between `low` and `high`; an optional cell may be empty."""

    code: str
    kind: Kind
    required: bool = True
    choices: str = ""
    low: float = 0
    high: float = 0


@dataclass(frozen=True)
class Sheet:
    """One sheet: a header row, then a row a thing. `least` and `most` are how many rows it may have."""

    code: str
    columns: tuple[Column, ...]
    least: int = 0
    most: int = 20_000


MOST_BYTES = 10_000_000
"""So large may a workbook be."""
MOST_EUROS = 100_000_000.0
PERSONS = 1_000_000

SHEETS = (
    Sheet(
        "project",
        (
            Column("code", "project"),
            Column("name", "text"),
            Column("until", "date"),
            Column("data_kind", "choice", choices="data_kind"),
            Column("price_low", "amount", required=False, high=MOST_EUROS),
            Column("price", "amount", required=False, high=MOST_EUROS),
            Column("price_high", "amount", required=False, high=MOST_EUROS),
        ),
        least=1,
        most=1,
    ),
    Sheet(
        "organisations",
        (
            Column("organisation", "text"),
            Column("organisations_reached", "whole", required=False, high=PERSONS),
            Column("organisations_target", "whole", required=False, high=PERSONS),
            Column("persons_reached", "whole", required=False, high=PERSONS),
            Column("persons_target", "whole", required=False, high=PERSONS),
        ),
        least=1,
        most=200,
    ),
    Sheet(
        "customers",
        (
            Column("customer", "pseudonym"),
            Column("organisation", "organisation"),
            Column("municipality", "municipality"),
            Column("target_group", "choice", choices="target_group"),
            Column("start", "date"),
            Column("end", "date", required=False),
            Column("outcome", "choice", required=False, choices="outcome"),
            Column("state_3", "choice", required=False, choices="state"),
            Column("state_6", "choice", required=False, choices="state"),
        ),
        least=1,
    ),
    Sheet(
        "services",
        (
            Column("customer", "pseudonym"),
            Column("service", "choice", choices="service"),
            Column("hours", "amount", low=0, high=2000),
        ),
        most=60_000,
    ),
    Sheet(
        "feedback",
        (
            Column("respondent", "choice", choices="respondent"),
            Column("organisation", "organisation"),
            Column("score", "whole", high=10),
            Column("grade", "amount", required=False, low=4, high=10),
        ),
    ),
    Sheet(
        "costs",
        (
            Column("organisation", "organisation"),
            Column("cost", "choice", choices="cost"),
            Column("eur", "amount", high=MOST_EUROS),
        ),
        most=2_000,
    ),
    Sheet(
        "reference",
        (
            Column("name", "text"),
            Column("target_group", "choice", required=False, choices="target_group"),
            Column("persons", "whole", required=False, low=1, high=PERSONS),
            Column("reached", "whole", required=False, high=PERSONS),
            Column("share", "amount", required=False, high=100),
        ),
        most=50,
    ),
)


def fold(text: str) -> str:
    """Return a name as it is compared: without case, with single spaces."""
    return " ".join(text.split()).casefold()


@dataclass(frozen=True)
class Vocabulary:
    """What names of readers mean, by folded name: sheets, columns of a sheet, choices of a set, municipalities."""

    sheets: Mapping[str, str]
    columns: Mapping[str, Mapping[str, str]]
    choices: Mapping[str, Mapping[str, str]]
    municipalities: Mapping[str, str]


@dataclass(frozen=True)
class Fault:
    """One fault of a workbook: what was expected, and where. It never carries what a cell holds.

    sheet and column are codes, row is the row's number and letter the column's letter in the workbook; '' and 0 where
    the fault is not in a place. `part` names a part of the file, `low` and `high` what a number may be, `choices` the
    set that a code was expected from, `other` another row or column.
    """

    code: str
    sheet: str = ""
    row: int = 0
    column: str = ""
    letter: str = ""
    part: str = ""
    low: float = 0
    high: float = 0
    choices: str = ""
    other: str = ""


class WorkbookRefused(QueriesError):
    """A workbook was refused whole. `faults` say why; none of them carries what a cell holds."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        first = self.faults[0]
        place = f"{first.code} {first.part or first.sheet} {first.letter}{first.row or ''}".strip()
        super().__init__(
            f"A workbook without faults was expected, {len(self.faults)} were found ({place}): correct them."
        )


@dataclass(frozen=True)
class Material:
    """What was read of a workbook, or of several of one project.

    Frames have the columns of their sheets; dates are datetimes, codes text with '' for an empty cell, numbers floats
    with NaN for an empty cell. `until` is the day on which the follow-up ends. `prices` are what a comparable service
    costs a customer when it is bought: low, usual, high; NaN where it is not known.
    """

    code: str
    name: str
    until: date
    made_up: bool
    prices: tuple[float, float, float]
    frames: Mapping[str, pd.DataFrame] = field(repr=False)
