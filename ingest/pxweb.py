"""The PxWeb API v1: ask what a table has, split a query under the cell limit, fetch it in json-stat2.

Codes of variables are never known beforehand: they are renamed each January and were all renamed in June 2026.
A variable is found by its role: time is flagged, areas are recognised by their codes, contents by the codes we want.
What an answer holds is read in ingest/jsonstat.py.
"""

import json
import logging
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import prod
from typing import Any

from ingest.errors import LayoutChanged, NothingNew
from ingest.http import Answer, Client, HttpRefused

AREA = re.compile(r"^(KU\d{3}|MK\d{2})$")
TOTAL = "SSS"
LANGUAGES = ("fi", "sv", "en")
TOO_MANY_CELLS = (403, 413)
LONGEST_WINDOW = 3600  # seconds; a publisher that counts calls over more has changed its ways

log = logging.getLogger("koillismaa.ingest")


@dataclass(frozen=True)
class Content:
    """What one content code of a table means to us; an optional one may be absent without a fault."""

    indicator: str
    optional: bool = False


@dataclass(frozen=True)
class Table:
    """What we want of a table. `others` = how many variables it has beside time, contents and areas."""

    path: str
    contents: dict[str, Content]
    has_areas: bool = True
    others: int = 0
    dimension: str = ""
    newest_periods: int | None = None

    @property
    def name(self) -> str:
        """Return the table's id at the publisher."""
        return self.path.rpartition("/")[2]


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
    """Which variable plays which role in a table today; `contents` are the publisher's codes that we ask for."""

    time: Variable
    metric: Variable
    contents: tuple[str, ...]
    area: Variable | None
    breakdown: Variable | None
    totals: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Known:
    """What we hold of a table from its API: the publisher's stamp, newest and first period, areas; empty when nothing.

    `areas` are our codes, None where it does not matter which.
    """

    stamp: str = ""
    newest_period: str = ""
    first_period: str = field(default="", compare=False)
    areas: frozenset[str] | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Plan:
    """All calls of one fetch."""

    address: str
    queries: tuple[dict[str, Any], ...]
    label_addresses: tuple[str, ...] = ()


def matches(code: str, wanted: str) -> bool:
    """Tell whether a publisher's code is the wanted one, with or without the statistic's prefix."""
    return code == wanted or code.rpartition("-")[2] == wanted.rpartition("-")[2]


def read_json(answer: Answer) -> Any:
    """Return an answer as JSON. Raises LayoutChanged when it is something else."""
    try:
        return json.loads(answer.content)
    except (ValueError, RecursionError) as error:
        start = answer.content[:40].decode("utf-8", "replace").strip().replace("\n", " ")
        raise LayoutChanged(answer.address, "JSON", f"'{start}…' ({error})") from error


def cell_limit(client: Client, root: str) -> int:
    """Ask the publisher's limits, keep the call rate from now on, and return how many cells a query may have."""
    answer = client.get(f"{root}/fi/?config")
    config = read_json(answer)
    try:
        calls, seconds = int(config["maxCalls"]), float(config["timeWindow"])
        limit = int(min(config["maxCells"], config["maxValues"]))
        if not (0 < seconds <= LONGEST_WINDOW and calls > 0 and limit > 0):
            raise ValueError("a limit that nobody can keep")
        client.keep_pace(calls, seconds)
        return limit
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise LayoutChanged(
            answer.address, "maxCalls, timeWindow, maxCells and maxValues", str(config)[:120]
        ) from error


def table_address(root: str, table: Table, language: str = "fi") -> str:
    """Return the address of a table."""
    return f"{root}/{language}/StatFin/{table.path}.px"


def read_metadata(answer: Answer) -> list[Variable]:
    """Return the variables of a table's metadata. Raises LayoutChanged."""
    metadata = read_json(answer)
    try:
        return [
            Variable(
                code=str(each["code"]),
                values=tuple(map(str, each["values"])),
                labels=one_for_each(each["values"], map(clean_label, each["valueTexts"])),
                elimination=bool(each.get("elimination", False)),
                time=bool(each.get("time", False)),
            )
            for each in metadata["variables"]
        ]
    except (KeyError, TypeError, ValueError) as error:
        raise LayoutChanged(answer.address, "metadata with code, values and valueTexts", str(metadata)[:120]) from error


def one_for_each(values: Sequence[Any], labels: Iterable[str]) -> tuple[str, ...]:
    """Return the labels. Raises ValueError when there are not as many as values."""
    return tuple(label for _, label in zip(values, labels, strict=True))


def clean_label(text: Any) -> str:
    """Return a label without control characters and outer blanks (English labels hold an invisible U+0092)."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f]+", "", str(text)).strip()


def find_roles(variables: Sequence[Variable], table: Table) -> Roles:
    """Find which variable plays which role. Raises LayoutChanged when one is missing, doubled or too many."""
    times = [each for each in variables if each.time]
    metrics = [each for each in variables if not each.time and wanted_contents(each, table)]
    areas = [each for each in variables if any(AREA.match(value) for value in each.values)]
    rest = [each for each in variables if each not in (*times, *metrics, *areas)]
    found = (len(times), len(metrics), len(areas), len(rest))
    if found != (1, 1, int(table.has_areas), table.others):
        raise LayoutChanged(
            table.path,
            f"1 time, 1 contents, {int(table.has_areas)} area and {table.others} other variables",
            "{} time, {} contents, {} area and {} other".format(*found) + f" among {[each.code for each in variables]}",
        )
    refuse_lost_contents(metrics[0], table)
    return Roles(
        time=times[0],
        metric=metrics[0],
        contents=tuple(wanted_contents(metrics[0], table)),
        area=areas[0] if areas else None,
        breakdown=rest[0] if table.dimension else None,
        totals={} if table.dimension else {each.code: total_of(each, table) for each in rest if total_of(each, table)},
    )


def wanted_contents(variable: Variable, table: Table) -> list[str]:
    """Return the publisher's codes, among a variable's values, that the table's contents name."""
    return [value for value in variable.values if any(matches(value, wanted) for wanted in table.contents)]


def refuse_lost_contents(metric: Variable, table: Table) -> None:
    """Raise LayoutChanged when a content that we need is no longer there."""
    for wanted, content in table.contents.items():
        if not content.optional and not any(matches(value, wanted) for value in metric.values):
            raise LayoutChanged(table.path, f"the content {wanted}", f"only {', '.join(metric.values)}")


def total_of(variable: Variable, table: Table) -> str:
    """Return the code of a variable's total, '' when leaving the variable out gives it. Raises LayoutChanged."""
    if TOTAL in variable.values:
        return TOTAL
    if variable.elimination:
        return ""
    raise LayoutChanged(table.path, f"a total (SSS) of the variable {variable.code}", ", ".join(variable.values[:8]))


def make_plan(
    client: Client,
    root: str,
    table: Table,
    known: Known,
    areas: Callable[[str], bool],
    since: str | None,
    stamp_of: Callable[[Answer], str],
) -> Plan:
    """Ask limits, metadata and one cell (three calls) and plan the rest.

    `areas` tells which area codes are wanted, `since` is the first period (2015-01) or None for all, `stamp_of` reads
    the publisher's stamp from a data answer. Raises NothingNew when stamp and newest period are the ones we know
    and no area is asked for that we did not ask for then.
    """
    limit = cell_limit(client, root)
    address = table_address(root, table)
    roles = find_roles(read_metadata(client.get(address)), table)
    periods = sorted(roles.time.values)
    asked = roles_areas(roles, areas)
    one_cell = client.post(address, query_of(roles, [periods[-1]], asked[:1], first_only(roles)))
    stamp = stamp_of(one_cell)
    newly_asked = known.areas is not None and not known.areas.issuperset(map(area_code, asked))
    if Known(stamp, canonical_period(periods[-1])) == known and not newly_asked:
        raise NothingNew(f"{table.path} is still of {stamp}")
    tell_what_is_followed(table, roles, canonical_period(periods[0]), known)
    wanted = [each for each in periods if since is None or canonical_period(each) >= since]
    if not wanted:
        raise NothingNew(f"{table.path} has nothing since {since}")
    if table.newest_periods:
        wanted = wanted[-table.newest_periods :]
    labels = tuple(table_address(root, table, language) for language in LANGUAGES) if table.dimension else ()
    return Plan(address, tuple(split(roles, wanted, asked, limit)), labels)


def tell_what_is_followed(table: Table, roles: Roles, first_period: str, known: Known) -> None:
    """Log what a publisher may change without a fault: the names of its variables, and where its history begins."""
    named = [("areas", roles.area), ("periods", roles.time), ("contents", roles.metric)]
    log.info("%s calls its %s", table.name, ", its ".join(f"{role} {each.code}" for role, each in named if each))
    if known.first_period and first_period > known.first_period and not table.newest_periods:
        log.info("%s now begins in %s, the months before stay in the database", table.name, first_period)


def roles_areas(roles: Roles, wanted: Callable[[str], bool]) -> list[str]:
    """Return the area codes to ask for; none when the table has no areas."""
    return [value for value in roles.area.values if wanted(value)] if roles.area else []


def first_only(roles: Roles) -> list[str]:
    """Return one category, for the question that costs one cell."""
    return categories_of(roles.breakdown)[:1] if roles.breakdown else []


def categories_of(breakdown: Variable) -> list[str]:
    """Return the categories of a breakdown without its total, which another table owns."""
    return [value for value in breakdown.values if value != TOTAL]


def area_code(code: str) -> str:
    """Return a publisher's area code in our form: KU305 becomes 305, others stay."""
    return code[2:] if code.startswith("KU") and code[2:].isdigit() else code


def canonical_period(period: str) -> str:
    """Return a publisher's period in our form: 2023M10 becomes 2023-10; 2024Q3 and 2023 stay."""
    return period.replace("M", "-")


def query_of(roles: Roles, periods: Sequence[str], areas: Sequence[str], categories: Sequence[str]) -> dict[str, Any]:
    """Return the query for these periods, areas and categories, all contents."""
    chosen = {roles.time.code: periods, roles.metric.code: roles.contents}
    if roles.area:
        chosen[roles.area.code] = areas
    if roles.breakdown:
        chosen[roles.breakdown.code] = categories
    chosen |= {code: (total,) for code, total in roles.totals.items()}
    return {
        "query": [
            {"code": code, "selection": {"filter": "item", "values": list(values)}} for code, values in chosen.items()
        ],
        "response": {"format": "json-stat2"},
    }


def split(roles: Roles, periods: Sequence[str], areas: Sequence[str], limit: int) -> Iterator[dict[str, Any]]:
    """Yield queries under the cell limit: cut the categories only where one period and area is too much, then the
    areas, then the periods, so that the cells of one area and period stay together as long as they can."""
    categories = categories_of(roles.breakdown) if roles.breakdown else ("",)
    per_batch = max(1, limit // len(roles.contents))
    for category_run in runs(categories, per_batch):
        per_area = max(1, per_batch // len(category_run))
        for area_run in runs(areas or ("",), per_area):
            per_period = max(1, per_area // len(area_run))
            for period_run in runs(periods, per_period):
                yield query_of(roles, period_run, area_run, category_run)


def runs(values: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    """Yield values in runs of at most `size`."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


def fetch(client: Client, plan: Plan) -> Iterator[Answer]:
    """Make the planned calls. A query refused for its size is halved, for the limit that was read may be outdated."""
    for address in plan.label_addresses:
        yield client.get(address)
    for query in plan.queries:
        yield from fetch_halving(client, plan.address, query)


def fetch_halving(client: Client, address: str, query: dict[str, Any]) -> Iterator[Answer]:
    """Make one query, in halves of its longest selection as long as the publisher calls it too large."""
    try:
        yield client.post(address, query)
    except HttpRefused as error:
        if error.status not in TOO_MANY_CELLS or cells_of(query) < 2:
            raise
        for half in halves(query):
            yield from fetch_halving(client, address, half)


def cells_of(query: dict[str, Any]) -> int:
    """Return how many cells a query asks for."""
    return prod(len(part["selection"]["values"]) for part in query["query"])


def halves(query: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield a query's two halves along its longest selection."""
    parts = query["query"]
    longest = max(range(len(parts)), key=lambda place: len(parts[place]["selection"]["values"]))
    values = parts[longest]["selection"]["values"]
    for half in (values[: len(values) // 2], values[len(values) // 2 :]):
        narrowed = {"code": parts[longest]["code"], "selection": {"filter": "item", "values": half}}
        yield {**query, "query": [*parts[:longest], narrowed, *parts[longest + 1 :]]}
