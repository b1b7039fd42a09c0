"""Load a checked release into the draft of the next version: only what changed, at its place in the publisher's time.

A row of `observation` is what was known from one release until another. So a release older than one we hold slides in
before it, and what the newer one stated stays what is known last.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb
import pandas as pd

from queries.catalogue import Catalogue

AREAS = Path(__file__).parent / "snapshot" / "areas.csv"
AREAS_OF = "2026"  # the year of that classification

STAGE = """
create or replace temp table incoming (
    indicator varchar, area varchar, period varchar, dimension varchar, category varchar,
    value double, status varchar, origin varchar
)
"""

COVERAGE = """
insert into coverage
with by_area as (
    select indicator, dimension, area, category, list(period order by period) as periods
    from incoming group by all
),
by_periods as (
    select indicator, dimension, category, periods, list(area order by area) as areas from by_area group by all
)
select $release_id, indicator, dimension, list(category order by category), areas, periods
from by_periods group by all
"""

# What was known at the stamp of this release is compared with EXCEPT, for NULL never equals NULL in a join.
CHANGED = """
create or replace temp table changed as
select *, $release_id::integer as release_id, $published_at::timestamp as known_from
from (
    select indicator, area, period, dimension, category, value, status, origin from incoming
    except
    select indicator, area, period, dimension, category, value, status, origin
    from observation where known_from <= $published_at and known_to > $published_at
)
"""

# A later release that stated the same cell may have no row of its own, because it confirmed what was known. Now that
# something else is put before it, its statement is written down: the cell's value as it was known then.
RESTATED = """
insert into changed
with later as (
    select release_id, published_at from release
    where source = $source and (published_at, release_id) > ($published_at, $release_id)
),
stated as (
    select indicator, dimension, unnest(categories) as category, areas, periods, release_id, published_at
    from coverage join later using (release_id)
),
next_statement as (
    select
        new.indicator, new.area, new.period, new.dimension, new.category,
        min_by(stated.release_id, (stated.published_at, stated.release_id)) as release_id,
        min(stated.published_at) as published_at
    from changed as new
    join stated
        on stated.indicator = new.indicator and stated.dimension = new.dimension and stated.category = new.category
        and list_contains(stated.areas, new.area) and list_contains(stated.periods, new.period)
    group by all
)
select
    old.indicator, old.area, old.period, old.dimension, old.category, old.value, old.status, old.origin,
    next_statement.release_id, next_statement.published_at
from next_statement
join observation as old using (indicator, area, period, dimension, category)
where old.known_from <= next_statement.published_at and old.known_to > next_statement.published_at
    and old.release_id <> next_statement.release_id
"""

REBUILT = """
create or replace temp table rebuilt as
with touched as (
    select indicator, area, period, dimension, category, value, status, origin, release_id, known_from
    from observation where indicator in (select distinct indicator from changed)
    union all
    select indicator, area, period, dimension, category, value, status, origin, release_id, known_from from changed
)
select
    *,
    lead(known_from, 1, timestamp '9999-12-31') over (
        partition by indicator, dimension, category, area, period order by known_from, release_id
    ) as known_to
from touched
"""

REPLACE = (
    "delete from observation where indicator in (select distinct indicator from changed)",
    # an area's categories stand together: a page asks for all of them of one area, seldom for one of all areas
    "insert into observation select * from rebuilt order by indicator, dimension, area, category, period, known_from",
    "drop table rebuilt",
)

NEW_AREAS = """
insert into area (area, level, name_fi, name_sv, name_en)
select distinct incoming.area, $level, $name, $name, $name from incoming
where incoming.area = $area and not exists (select 1 from area where area.area = $area)
"""

LEVELS = {"MK": "region", "SK": "sub_region", "TA": "employment_area", "EVK": "vitality_centre", "ELY": "ely_centre"}


@dataclass(frozen=True)
class Release:
    """What a load is: times are naive UTC, `channel` is api, api_since, import or snapshot."""

    source: str
    published_at: datetime
    fetched_at: datetime
    sha256: str
    channel: str
    obtained: str
    licence: str
    citation: str


@dataclass(frozen=True)
class Loaded:
    """How much a release brought: cells stated, cells not held before, cells whose value was another."""

    rows: int
    new: int
    revised: int


def stage(connection: duckdb.DuckDBPyConnection) -> None:
    """Make an empty table `incoming` for the rows of one release."""
    connection.execute(STAGE)


def stage_frame(connection: duckdb.DuckDBPyConnection, frame: pd.DataFrame) -> None:
    """Add a checked frame to `incoming`."""
    if len(frame):
        connection.register("parsed_frame", frame)
        connection.execute("insert into incoming select * from parsed_frame")
        connection.unregister("parsed_frame")


def load_release(connection: duckdb.DuckDBPyConnection, release: Release) -> Loaded:
    """Load the staged rows as one release and return what they brought."""
    release_id = insert_release(connection, release)
    place = {"release_id": release_id, "published_at": release.published_at}
    connection.execute(COVERAGE, {"release_id": release_id})
    connection.execute(CHANGED, place)
    connection.execute(RESTATED, {**place, "source": release.source})
    loaded = count(connection, release_id)
    if loaded.new or loaded.revised:
        connection.execute(REBUILT)
        for statement in REPLACE:
            connection.execute(statement)
    connection.execute("drop table changed")
    return loaded


def insert_release(connection: duckdb.DuckDBPyConnection, release: Release) -> int:
    """Write down the release and return its number."""
    release_id = scalar(connection, "select coalesce(max(release_id), 0) + 1 from release")
    connection.execute(
        "insert into release values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            release_id,
            release.source,
            release.published_at,
            release.fetched_at,
            release.sha256,
            release.channel,
            release.obtained,
            release.licence,
            release.citation,
        ],
    )
    return release_id


def count(connection: duckdb.DuckDBPyConnection, release_id: int) -> Loaded:
    """Count what the staged release brings."""
    rows = scalar(connection, "select count(*) from incoming")
    changed = scalar(connection, "select count(*) from changed where release_id = $release_id", release_id=release_id)
    revised = scalar(
        connection,
        "select count(*) from changed semi join observation using (indicator, area, period, dimension, category) "
        "where changed.release_id = $release_id",
        release_id=release_id,
    )
    return Loaded(rows, changed - revised, revised)


def scalar(connection: duckdb.DuckDBPyConnection, sql: str, **params: object) -> int:
    """Return the one number that a statement gives."""
    row = connection.execute(sql, params).fetchone()
    return int(row[0]) if row else 0


def load_areas(connection: duckdb.DuckDBPyConnection) -> None:
    """Load the classification that ships with the project; areas learnt from publishers stay."""
    connection.execute(
        "insert or replace into area by name select * from read_csv($path, header = true, all_varchar = true)",
        {"path": str(AREAS)},
    )


def learn_areas(
    connection: duckdb.DuckDBPyConnection, names: Iterable[tuple[str, str]], no_places: Collection[str] = ()
) -> None:
    """Add areas that a publisher names and the classification does not know yet; some may be no places (any more)."""
    known = {row[0] for row in connection.execute("select area from area").fetchall()}
    for code, label in dict(names).items():
        if code not in known:
            name = label.removeprefix(code).strip() or code
            level = "unplaced" if code in no_places else level_of(code)
            connection.execute(NEW_AREAS, {"area": code, "level": level, "name": name})


def level_of(code: str) -> str:
    """Return the level of an area code that the classification does not know; what is not recognised is no place."""
    if code.isdigit() and len(code) == 3:
        return "municipality"
    prefix = code.rstrip("0123456789")
    return LEVELS.get(prefix, "unplaced") if code != prefix else "unplaced"


def load_categories(connection: duckdb.DuckDBPyConnection, names: Iterable[tuple[str, str, str, str, str]]) -> None:
    """Write down the names of categories by dimension and code; an empty name leaves the one that is held."""
    for dimension, category, *labels in names:
        connection.execute(
            """
            insert into category values ($dimension, $category, $fi, $sv, $en)
            on conflict do update set
                name_fi = case when excluded.name_fi = '' then name_fi else excluded.name_fi end,
                name_sv = case when excluded.name_sv = '' then name_sv else excluded.name_sv end,
                name_en = case when excluded.name_en = '' then name_en else excluded.name_en end
            """,
            {"dimension": dimension, "category": category, **dict(zip(("fi", "sv", "en"), labels, strict=True))},
        )


def load_breaks(connection: duckdb.DuckDBPyConnection, catalogue: Catalogue) -> None:
    """Replace the break notes by the catalogue's."""
    connection.execute("delete from break_note")
    connection.executemany(
        "insert into break_note values (?, ?, ?, ?)",
        [(each.code, subject, each.period, each.severity) for each in catalogue.breaks for subject in each.subjects],
    )
