"""The PxWeb API v1: ask what a table has, split a query under the cell limit, fetch it in json-stat2.

Which variable plays which role is found in ingest/pxweb_table.py, what an answer holds is read in ingest/jsonstat.py.
"""

import json
import logging
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from math import prod
from typing import Any

from ingest.errors import LayoutChanged, NothingNew
from ingest.http import Answer, Client, HttpRefused
from ingest.jsonstat import AREA
from ingest.pxweb_table import PLAIN_AREA, Roles, Table, Variable, find_roles

LANGUAGES = ("fi", "sv", "en")
TOO_MANY_CELLS = (403, 413)
LONGEST_WINDOW = 3600  # seconds; a publisher that counts calls over more has changed its ways

log = logging.getLogger("koillismaa.ingest")


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
    return f"{root}/{language}/{table.database}/{table.path}.px"


def found_table(client: Client, root: str, table: Table) -> Table:
    """Return the table, found in its folder by its title where only that is known. Raises LayoutChanged."""
    if not table.title:
        return table
    answer = client.get(f"{root}/fi/{table.database}/{table.path}/")
    listing = read_json(answer)
    try:
        titles = {str(each["id"]): clean_label(each["text"]) for each in listing if each["type"] == "t"}
    except (KeyError, TypeError) as error:
        raise LayoutChanged(answer.address, "a list of tables with id, type and text", str(listing)[:120]) from error
    fitting = [name for name, text in titles.items() if all(re.search(word, text.casefold()) for word in table.title)]
    if len(fitting) != 1:
        told = "; ".join(fitting or titles.values()) or "no tables"
        raise LayoutChanged(answer.address, f"one table whose title holds {', '.join(table.title)}", told[:300])
    log.info("the table of %s is now %s", table.path, titles[fitting[0]])
    return replace(table, path=f"{table.path}/{fitting[0].removesuffix('.px')}", title=())


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
    table = found_table(client, root, table)
    address = table_address(root, table)
    roles = find_roles(read_metadata(client.get(address)), table)
    periods = sorted(roles.time.values)
    asked = roles_areas(roles, areas)
    one_cell = client.post(address, query_of(roles, [periods[-1]], asked[:1], categories_of(roles)[:1]))
    stamp = stamp_of(one_cell)
    newly_asked = known.areas is not None and not known.areas.issuperset(map(area_code, asked))
    if Known(stamp, canonical_period(periods[-1])) == known and not newly_asked:
        raise NothingNew(f"{table.path} is still of {stamp}")
    tell_what_is_followed(table, roles, canonical_period(periods[0]), known)
    wanted = [each for each in periods if since is None or canonical_period(each) >= since_of(each, since)]
    if not wanted:
        raise NothingNew(f"{table.path} has nothing since {since}")
    if table.newest_periods:
        wanted = wanted[-table.newest_periods :]
    named = table.dimension and table.named
    labels = tuple(table_address(root, table, language) for language in LANGUAGES) if named else ()
    return Plan(address, tuple(split(roles, wanted, asked, limit)), labels)


def since_of(period: str, since: str) -> str:
    """Return the first period wanted, a month, in the form of a publisher's period: of years its year."""
    return since[:4] if len(period) == len("2015") else since


def tell_what_is_followed(table: Table, roles: Roles, first_period: str, known: Known) -> None:
    """Log what a publisher may change without a fault: the names of its variables, and where its history begins."""
    named = [("areas", roles.area), ("periods", roles.time), ("contents", roles.metric)]
    log.info("%s calls its %s", table.name, ", its ".join(f"{role} {each.code}" for role, each in named if each))
    if known.first_period and first_period > known.first_period and not table.newest_periods:
        log.info("%s now begins in %s, the months before stay in the database", table.name, first_period)


def roles_areas(roles: Roles, wanted: Callable[[str], bool]) -> list[str]:
    """Return the area codes to ask for, of the levels that we hold; none when the table has no areas."""
    return [value for value in roles.area.values if is_held(value) and wanted(value)] if roles.area else []


def is_held(code: str) -> bool:
    """Tell whether a publisher's code is an area of a level that we hold; hospital districts, for one, are not."""
    return bool(AREA.match(code) or PLAIN_AREA.match(code))


def categories_of(roles: Roles) -> Sequence[str]:
    """Return the categories of the first breakdown, the one that a long query is cut along."""
    return roles.breakdowns[0].values if roles.breakdowns else ("",)


def area_code(code: str) -> str:
    """Return a publisher's area code in our form: KU305 becomes 305, others stay."""
    return code[2:] if code.startswith("KU") and code[2:].isdigit() else code


def canonical_period(period: str) -> str:
    """Return a publisher's period in our form: 2023M10 becomes 2023-10; 2024Q3 and 2023 stay."""
    return period.replace("M", "-")


def query_of(roles: Roles, periods: Sequence[str], areas: Sequence[str], categories: Sequence[str]) -> dict[str, Any]:
    """Return the query for these periods, areas and categories of the first breakdown, all contents and all else."""
    chosen = {roles.time.code: periods, roles.metric.code: roles.contents}
    if roles.area:
        chosen[roles.area.code] = areas
    chosen |= {each.code: each.values for each in roles.breakdowns}
    if roles.breakdowns:
        chosen[roles.breakdowns[0].code] = categories
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
    further = prod(len(each.values) for each in roles.breakdowns[1:])
    per_batch = max(1, limit // (len(roles.contents) * further))
    for category_run in runs(categories_of(roles), per_batch):
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
