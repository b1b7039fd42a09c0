"""Check figures before they are loaded: each frame by itself, then all of a release against what is held.

The rules across rows are SQL on the table `incoming` (staged by ingest/load.py) beside the version that is current.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
import pandas as pd
import pandera.pandas as pa

from ingest.errors import CheckFailed
from ingest.pxweb import Known
from ingest.source import FRAME_COLUMNS
from queries.catalogue import Catalogue, Indicator

STATUSES = ("", "suppressed", "missing", "not_applicable", "preliminary")
ORIGINS = ("published", "derived", "transcript", "press", "projection")
PERIOD = r"^(\d{4}-(0[1-9]|1[0-2])|\d{4}Q[1-4]|\d{4})$"

SCHEMA = pa.DataFrameSchema(
    {
        "indicator": pa.Column(),
        "area": pa.Column(),
        "period": pa.Column(),
        "dimension": pa.Column(),
        "category": pa.Column(),
        "value": pa.Column("float64", nullable=True),
        "status": pa.Column(checks=pa.Check.isin(STATUSES)),
        "origin": pa.Column(checks=pa.Check.isin(ORIGINS)),
    },
    checks=pa.Check(
        lambda frame: frame["value"].notna() == frame["status"].isin(("", "preliminary")),
        error="a value stands exactly where no status says that there is none",
    ),
    strict=True,
    ordered=True,
)

# Country totals against their regions: rows without a region and hidden cells leave a small rest, never a large one.
LEAST_SHARE_OF_REGIONS = 0.90
MOST_SHARE_OF_REGIONS = 1.005
# A whole column rarely doubles between two releases of the same months; a changed unit makes it a thousandfold.
LARGEST_MEDIAN_RATIO = 2.0
LEAST_SHARE_OF_ROWS = 0.9
# Of a whole table, so that one measure may end without stopping the others.
LEAST_SHARE_OF_NEWEST = 0.5
LAST_PERIOD = "9999"


def check_frame(frame: pd.DataFrame, where: str) -> pd.DataFrame:
    """Return the frame when its columns, statuses and periods are in order. Raises CheckFailed."""
    try:
        SCHEMA.validate(frame)
    except pa.errors.SchemaError as error:
        raise CheckFailed(where, str(error.check), first_line(str(error))) from error
    except pa.errors.SchemaErrors as error:
        raise CheckFailed(where, f"the columns {', '.join(FRAME_COLUMNS)}", ", ".join(frame.columns)) from error
    periods = pd.Series(frame["period"].unique(), dtype="object").astype(str)
    strange = periods[~periods.str.match(PERIOD)]
    if len(strange):
        raise CheckFailed(where, "periods are months, quarters or years", strange.iloc[0])
    return frame[list(FRAME_COLUMNS)]


def first_line(text: str) -> str:
    """Return the first line of a text, shortened for use in a sentence."""
    return text.strip().splitlines()[0][:160]


@dataclass(frozen=True)
class Rule:
    """A rule across rows: its name and the SQL that returns what breaks it, best explained first, a text a row."""

    name: str
    sql: str


GRAIN = Rule(
    "one row per indicator, area, period, dimension and category",
    """
    select concat_ws(' ', indicator, area, period, category, count(*), 'times')
    from incoming group by indicator, area, period, dimension, category having count(*) > 1 limit 1
    """,
)
RANGE = Rule(
    "every value of a place lies in its indicator's range",
    """
    select concat_ws(' ', indicator, area, period, value)
    from incoming join indicator_range using (indicator) left join area using (area)
    where value not between low and high and level is distinct from 'unplaced' limit 1
    """,
)
NO_HOLE = Rule(
    "no month is missing between the first and the newest",
    """
    with span as (
        select indicator, dimension, min(period) as first, max(period) as newest, count(distinct period) as held
        from incoming where period like '____-__' and period <= $until group by indicator, dimension
    )
    select concat_ws(' ', indicator, 'has', held, 'months from', first, 'to', newest)
    from span where date_diff('month', (first || '-01')::date, (newest || '-01')::date) + 1 <> held limit 1
    """,
)
NEWEST_KEPT = Rule(
    "the newest period that we hold is still there",
    """
    select concat_ws(' ', indicator, 'ends', max(period), 'we hold', $newest_period)
    from incoming group by indicator having max(period) < $newest_period limit 1
    """,
)
ROWS_KEPT = Rule(
    "the newest period that we hold has about as many rows as before",
    """
    with held as (
        select indicator, dimension, count(*) as before
        from latest_observation
        where period = $newest_period and value is not null
            -- where a measure has a source for each level of areas, the others' rows are not ours to count
            and release_id in (select release_id from release where source = $source)
            -- the areas of a breakdown are the operator's choice, those of the totals are all there are
            and (dimension = '' or area in (select distinct area from incoming))
        group by indicator, dimension
    ),
    came as (
        select indicator, dimension, count(*) as now
        from incoming where period = $newest_period and value is not null group by indicator, dimension
    )
    select concat_ws(' ', indicator, $newest_period, 'had', before, 'values, now', coalesce(now, 0))
    from held semi join incoming using (indicator, dimension) left join came using (indicator, dimension)
    where before >= 20 and coalesce(now, 0) < before * $share
    limit 1
    """,
)
HISTORY_KEPT = Rule(
    "the periods that we hold have about as many values as before",
    """
    with held as (
        select indicator, dimension, count(*) as before
        from latest_observation semi join incoming using (indicator, dimension, area, period)
        where value is not null group by indicator, dimension
    ),
    came as (
        select indicator, dimension, count(*) as now
        from incoming semi join latest_observation using (indicator, dimension, area, period)
        where value is not null group by indicator, dimension
    )
    select concat_ws(' ', indicator, 'had', before, 'values, now', coalesce(now, 0))
    from held left join came using (indicator, dimension)
    where before >= 20 and coalesce(now, 0) < before * $share
    limit 1
    """,
)
NEWEST_FILLED = Rule(
    "the newest period is about as full as the one before it",
    """
    with filled as (select period, count(value) as held from incoming where period <= $until group by period),
    pair as (select period, held, lag(held) over (order by period) as before from filled order by period desc limit 1)
    select concat_ws(' ', period, 'has', held, 'values, the period before it', before)
    from pair where before >= 20 and held < before * $share
    """,
)
BREAKDOWNS_KEPT = Rule(
    "every breakdown that we hold is still there",
    """
    select concat_ws(' ', indicator, 'by', dimension)
    from coverage join release using (release_id)
    where source = $source and channel = 'api' and dimension <> ''
    except
    select concat_ws(' ', indicator, 'by', dimension) from incoming
    limit 1
    """,
)
WHOLE_COUNTS = Rule(
    "persons, vacancies, jobs, enterprises and all else that is counted are whole numbers",
    """
    select concat_ws(' ', indicator, area, period, value)
    from incoming join indicator_range using (indicator)
    where unit in ('persons', 'vacancies', 'jobs', 'enterprises', 'nights', 'organisations', 'events', 'answers',
        'views') and value <> floor(value) limit 1
    """,
)
SIZE_KEPT = Rule(
    "a column keeps its size from one release to the next",
    """
    with pair as (
        select indicator, dimension, new.value / old.value as ratio
        from incoming as new
        join latest_observation as old using (indicator, area, period, dimension, category)
        where old.value > 0 and new.value > 0
    )
    select concat_ws(' ', indicator, 'is', round(median(ratio), 3), 'times what it was')
    from pair group by indicator, dimension
    having count(*) >= 5 and (median(ratio) > $ratio or median(ratio) < 1 / $ratio) limit 1
    """,
)
REGIONS_ADD_UP = Rule(
    "the regions of the newest period add up to the country",
    """
    with newest as (select max(period) as period from incoming),
    country as (
        select indicator, value from incoming join newest using (period)
        where area = 'SSS' and dimension = '' and value >= 1000
    ),
    regions as (
        select indicator, sum(value) as value, count(*) as held from incoming join newest using (period)
        where area like 'MK%' and dimension = '' group by indicator
    )
    select concat_ws(' ', indicator, 'country', country.value, 'regions', regions.value)
    from country join regions using (indicator) join indicator_range using (indicator)
    where additive and unit = 'persons' and held >= 18
        and regions.value / country.value not between $least and $most
    limit 1
    """,
)


def check_release(
    connection: duckdb.DuckDBPyConnection,
    catalogue: Catalogue,
    source: str,
    *,
    fetched: bool,
    known: Known,
) -> None:
    """Check all staged rows of a release. `fetched` = it came whole from the API. Raises CheckFailed.

    `known` is what we held of this source from its API before; its newest period is '' when that was nothing.
    """
    stage_ranges(connection, catalogue.indicators_of(source))
    enforce(connection, source, GRAIN)
    enforce(connection, source, RANGE)
    enforce(connection, source, WHOLE_COUNTS)
    if not fetched:
        return
    facts = catalogue.sources[source]
    until = facts.last_period or LAST_PERIOD
    enforce(connection, source, NO_HOLE, until=until)
    if not facts.partial_newest:
        enforce(connection, source, NEWEST_FILLED, share=LEAST_SHARE_OF_NEWEST, until=until)
    enforce(connection, source, REGIONS_ADD_UP, least=LEAST_SHARE_OF_REGIONS, most=MOST_SHARE_OF_REGIONS)
    enforce(connection, source, SIZE_KEPT, ratio=LARGEST_MEDIAN_RATIO)
    if known.newest_period:
        newest = {"newest_period": known.newest_period}
        enforce(connection, source, NEWEST_KEPT, **newest)
        enforce(connection, source, BREAKDOWNS_KEPT, source=source)
        enforce(connection, source, ROWS_KEPT, **newest, source=source, share=LEAST_SHARE_OF_ROWS)
        enforce(connection, source, HISTORY_KEPT, share=LEAST_SHARE_OF_ROWS)


def stage_ranges(connection: duckdb.DuckDBPyConnection, indicators: Sequence[Indicator]) -> None:
    """Put the catalogue's ranges beside the staged rows."""
    connection.execute(
        "create or replace temp table indicator_range "
        "(indicator varchar, low double, high double, additive boolean, unit varchar)"
    )
    connection.executemany(
        "insert into indicator_range values (?, ?, ?, ?, ?)",
        [(each.code, *each.range, each.additive, each.unit) for each in indicators],
    )


def enforce(connection: duckdb.DuckDBPyConnection, where: str, rule: Rule, **params: object) -> None:
    """Raise CheckFailed with the first row that breaks the rule."""
    broken = connection.execute(rule.sql, params).fetchone()
    if broken:
        raise CheckFailed(where, rule.name, str(broken[0]))
