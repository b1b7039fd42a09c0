"""What we want of a PxWeb table, and which of its variables plays which role today.

Codes of variables are never known beforehand: they are renamed each January and were all renamed in June 2026.
A variable is found by its role: time is flagged, areas are recognised by their codes, contents by the codes we want,
a breakdown by the form of its categories. Labels are paint: they are only ever asked whether they deny a code.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase

from ingest.errors import LayoutChanged

AREA = re.compile(r"^(KU\d{3}|MK\d{2})$")
PLAIN_AREA = re.compile(r"^\d{3}$")  # of a municipality, in tables that leave KU out; ages have 000 among them
TOTAL = "SSS"
STATFIN = "StatFin"


@dataclass(frozen=True)
class Content:
    """What one content code of a table means to us; an optional one may be absent without a fault.

    label: a word that the publisher's Finnish label must hold, where the code is a bare number (M536) and nothing else
    would tell that it has been given to another measure.
    """

    indicator: str
    optional: bool = False
    label: str = ""


@dataclass(frozen=True)
class Table:
    """What we want of a table.

    contents: by the publisher's code, with or without the statistic's prefix; `a|b` is either, `a*` any that begins so.
    others: how many variables it has beside time, contents and areas; None is any number that have totals.
    dimension: what breaks the figures down, names with commas between; forms: the form of each one's categories, where
    it is not the only further variable. owns_totals: its totals are ours too, not another table's. Of a pair of
    dimensions each is asked for by itself too. named: the categories' names are asked for in three languages.
    title: what the title of the table holds, where `path` is only the folder and the table is found by its title.
    selected_areas: it has only those municipalities that have enough of what it counts.
    origin and preliminary: whose figures they are, and whether they are told to be preliminary.
    """

    path: str
    contents: dict[str, Content]
    has_areas: bool = True
    others: int | None = 0
    dimension: str = ""
    newest_periods: int | None = None
    forms: Mapping[str, str] = field(default_factory=dict)
    owns_totals: bool = False
    named: bool = True
    database: str = STATFIN
    title: tuple[str, ...] = ()
    selected_areas: bool = False
    origin: str = "published"
    preliminary: bool = False

    @property
    def name(self) -> str:
        """Return the table's id at the publisher."""
        return self.path.rpartition("/")[2]

    @property
    def dimensions(self) -> tuple[str, ...]:
        """Return the names of what breaks the figures down, each by itself."""
        return tuple(self.dimension.split(",")) if self.dimension else ()


@dataclass(frozen=True)
class Variable:
    """One variable of the publisher's metadata."""

    code: str
    values: tuple[str, ...]
    labels: tuple[str, ...]
    elimination: bool
    time: bool


@dataclass(frozen=True)
class Roles:
    """Which variable plays which role in a table today; `contents` are the publisher's codes that we ask for.

    breakdowns: in the order of the table's dimensions, with the categories that we ask for.
    """

    time: Variable
    metric: Variable
    contents: tuple[str, ...]
    area: Variable | None
    breakdowns: tuple[Variable, ...] = ()
    totals: dict[str, str] = field(default_factory=dict)


def matches(code: str, wanted: str) -> bool:
    """Tell whether a publisher's code is the wanted one, with or without the statistic's prefix."""
    plain = code.rpartition("-")[2]
    return any(code == each or fnmatchcase(plain, each.rpartition("-")[2]) for each in wanted.split("|"))


def find_roles(variables: Sequence[Variable], table: Table) -> Roles:
    """Find which variable plays which role. Raises LayoutChanged when one is missing, doubled or too many."""
    times = [each for each in variables if each.time]
    metrics = [each for each in variables if not each.time and wanted_contents(each, table)]
    areas = area_variables(variables, table)
    rest = [each for each in variables if each not in (*times, *metrics, *areas)]
    found = (len(times), len(metrics), len(areas), len(rest))
    if found != (1, 1, int(table.has_areas), len(rest) if table.others is None else table.others):
        raise LayoutChanged(table.path, wanted_roles(table), told_roles(found, variables, rest))
    refuse_lost_contents(metrics[0], table)
    breakdowns = tuple(breakdown_of(name, rest, table) for name in table.dimensions)
    broken_down = {each.code for each in breakdowns}
    left = [each for each in rest if each.code not in broken_down]
    return Roles(
        time=times[0],
        metric=metrics[0],
        contents=tuple(wanted_contents(metrics[0], table)),
        area=areas[0] if areas else None,
        breakdowns=breakdowns,
        totals={each.code: total for each in left for total in [total_of(each, table)] if total},
    )


def wanted_roles(table: Table) -> str:
    """Say what variables a table was expected to have."""
    others = "any" if table.others is None else table.others
    contents = ", ".join(table.contents)
    return f"1 time, 1 contents, {int(table.has_areas)} area and {others} other variables, of contents {contents}"


def told_roles(found: tuple[int, ...], variables: Sequence[Variable], rest: Sequence[Variable]) -> str:
    """Say what variables a table has; where none is of contents, what the further ones hold, for one of them may be."""
    told = "{} time, {} contents, {} area and {} other".format(*found) + f" among {[each.code for each in variables]}"
    if found[1]:
        return told
    held = "; ".join(f"{each.code}: {', '.join(each.values[:30])}" for each in rest)
    return f"{told}, of which none holds these ({held[:600]})"


def area_variables(variables: Sequence[Variable], table: Table) -> list[Variable]:
    """Return the variables of areas: those with our kinds of codes, else the one of municipalities without KU."""
    areas = [each for each in variables if not each.time and any(AREA.match(value) for value in each.values)]
    if areas or not table.has_areas:
        return areas
    return [each for each in variables if not each.time and are_plain_areas(each.values)]


def are_plain_areas(values: Sequence[str]) -> bool:
    """Tell whether codes are municipalities without KU."""
    codes = [value for value in values if value != TOTAL]
    return bool(codes) and "000" not in codes and all(PLAIN_AREA.match(code) for code in codes)


def wanted_contents(variable: Variable, table: Table) -> list[str]:
    """Return the publisher's codes, among a variable's values, that the table's contents name."""
    return [value for value in variable.values if any(matches(value, wanted) for wanted in table.contents)]


def refuse_lost_contents(metric: Variable, table: Table) -> None:
    """Raise LayoutChanged when a content that we need is gone, is there twice, or has become another measure."""
    labels = dict(zip(metric.values, metric.labels, strict=True))
    for wanted, content in table.contents.items():
        fitting = [value for value in metric.values if matches(value, wanted)]
        if not fitting and not content.optional:
            raise LayoutChanged(table.path, f"the content {wanted}", f"only {', '.join(metric.values)}")
        if len(fitting) > 1:
            raise LayoutChanged(table.path, f"one content {wanted}", f"{', '.join(fitting)}")
        if fitting and content.label not in labels[fitting[0]].casefold():
            raise LayoutChanged(
                table.path, f"'{content.label}' in the label of {fitting[0]}", f"'{labels[fitting[0]]}'"
            )


def breakdown_of(dimension: str, rest: Sequence[Variable], table: Table) -> Variable:
    """Return the variable that breaks the figures down, with the categories to ask for. Raises LayoutChanged.

    Its total is among them where it is ours to load, or another dimension is to stand by itself.
    """
    form = table.forms.get(dimension, "")
    fitting = [each for each in rest if not form or any(re.fullmatch(form, value) for value in each.values)]
    if len(fitting) != 1:
        expected = f"one variable of {dimension}" + (f" with categories like {form}" if form else "")
        raise LayoutChanged(table.path, expected, f"{len(fitting)} among {[each.code for each in rest]}")
    return with_categories(fitting[0], form, table.owns_totals or len(table.dimensions) > 1)


def with_categories(variable: Variable, form: str, with_total: bool) -> Variable:
    """Return a variable with those values that are categories of a form ('' is any), and the total where wanted."""
    pairs = [
        (value, label)
        for value, label in zip(variable.values, variable.labels, strict=True)
        if (value == TOTAL and with_total) or (value != TOTAL and (not form or re.fullmatch(form, value)))
    ]
    return replace(variable, values=tuple(pair[0] for pair in pairs), labels=tuple(pair[1] for pair in pairs))


def total_of(variable: Variable, table: Table) -> str:
    """Return the code of a variable's total, '' when leaving the variable out gives it. Raises LayoutChanged."""
    if TOTAL in variable.values:
        return TOTAL
    if variable.elimination:
        return ""
    raise LayoutChanged(table.path, f"a total (SSS) of the variable {variable.code}", ", ".join(variable.values[:8]))
