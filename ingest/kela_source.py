"""Make a Source of one of Kela's open files: rows by area, period and several columns, of which one path makes figures.

A figure is taken from the row that holds it where there is one, else it is counted from the rows that make it up:
euros and days over all columns, persons only over age and sex. Those two part the persons of one area, period and
class, for each row tells a person's age at the period's end; classes and benefits overlap, and no total is made of
them. A sum with an unknown part is unknown.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from ingest import ckan
from ingest.archive import Raw
from ingest.area_codes import UNKNOWN, Areas, employment_areas, municipalities, whole_country
from ingest.columns import TOTAL, Layout, codes_of, find_columns, load_layout
from ingest.csv_file import CsvFile, no_number_sql, number_sql, opened, quoted, read_header, recognise
from ingest.errors import LayoutChanged
from ingest.http import Answer, Client, Wanted
from ingest.pxweb import Known
from ingest.source import FRAME_COLUMNS, CodeCheck, Fetch, Parsed, Source, empty_frame
from queries.catalogue import Indicator, load_catalogue
from queries.settings import NOTHING_BY_HAND, ByHand, Settings

PARTS_OF_PERSONS = ("age", "sex")
DIMENSIONS = ("day_class", "benefit", "age", "sex")
MEASURES = ("recipients", "days", "paid", "municipal")
YEAR_TO_DATE = "year_to_date"
START = 64 * 1024
AREA_ROLES = {
    "municipality": ("municipality", "municipality_name"),
    "employment_area": ("employment_area", "employment_area_name"),
    "country": (),
}
# A municipality's row may tell its employment area as well; an area's row that tells a municipality is a part of it.
FURTHER_ROLES = {"municipality": AREA_ROLES["employment_area"], "employment_area": (), "country": ()}


@dataclass(frozen=True)
class Table:
    """One of Kela's files: where it is, the level of its areas, the indicator of each measure, its columns by role.

    breakdowns: dimensions, or pairs of them, that are kept beside the totals.
    """

    dataset: ckan.Dataset
    level: str
    indicators: dict[str, str]
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    breakdowns: tuple[tuple[str, ...], ...] = ()

    @property
    def roles(self) -> tuple[str, ...]:
        """Return every role that a column of it may play."""
        return (*self.required, *self.optional, *AREA_ROLES[self.level], *FURTHER_ROLES[self.level])


def kela_source(name: str, table: Table, layout_file: Path) -> Source:
    """Declare one of Kela's files as a source."""

    def ask_and_fetch(client: Client, settings: Settings, known: Known, since: str | None) -> Fetch:
        package = ckan.find_package(client, settings.kela_url, table.dataset)
        files = ckan.plan_files(package, settings.kela_url, known, since)
        described = ckan.fetch_description(client, package, settings.kela_url)
        if described is not None:
            refuse_described(described, table, load_layout(layout_file), by_hand_of(settings, name))
        answers: list[Answer | Wanted] = [package.answer, *([described] if described else []), *files]
        return Fetch(len(answers), iter(answers))

    def parse(raw: Raw, by_hand: ByHand = NOTHING_BY_HAND, beside: Sequence[Raw] = ()) -> Parsed:
        if ".json" in raw.path.suffixes:
            return parse_about(raw)
        facts = load_catalogue().sources[name]
        return parse_file(raw, table, load_layout(layout_file), by_hand, facts.yearly_until)

    def check(client: Client, settings: Settings) -> list[CodeCheck]:
        return check_columns(client, settings, table, load_layout(layout_file), by_hand_of(settings, name))

    return Source(name, tuple(table.indicators.values()), parse, ask_and_fetch, check, table.roles)


def by_hand_of(settings: Settings, name: str) -> ByHand:
    """Return what an operator says of a source's files."""
    return settings.source.get(name, NOTHING_BY_HAND)


def parse_about(raw: Raw) -> Parsed:
    """Read what the catalogue says of a package: its stamp. A description of columns holds nothing to load."""
    answer = Answer(raw.address, raw.query, raw.fetched_at, raw.content(), raw.made_up)
    if b'"success"' not in answer.content:
        return Parsed(empty_frame())
    return Parsed(empty_frame(), ckan.read_package(answer).stamp)


def refuse_described(answer: Answer, table: Table, layout: Layout, by_hand: ByHand) -> None:
    """Raise LayoutChanged, before a large file is fetched, when its description names other columns or labels."""
    columns = ckan.read_description(answer)
    if not columns:
        return
    places = find_columns([each.name for each in columns], layout, table.required, table.roles, by_hand, answer.address)
    for role, place in places.items():
        if layout.roles[role].labels is not None:
            codes_of(columns[place].values, layout.roles[role], by_hand, answer.address)


def parse_file(raw: Raw, table: Table, layout: Layout, by_hand: ByHand, yearly_until: str) -> Parsed:
    """Read a file of figures. Raises LayoutChanged when its columns, labels or numbers are not those that we know."""
    file = recognise(raw)
    places = find_columns(file.header, layout, table.required, table.roles, by_hand, file.where)
    with opened(file) as connection:
        kinds = {**(layout.roles["time_kind"].labels or {}), **by_hand.labels}
        keep_rows(connection, file, places, table, [label for label, code in kinds.items() if code == YEAR_TO_DATE])
        areas = read_areas(connection, table, by_hand, file.where)
        names = name_labels(connection, places, layout, by_hand, file.where)
        make_cells(connection, places, file.where, yearly_until)
        frame = connection.execute(figures_sql(connection, table, places)).df()
    categories = tuple((role, code, label, "", "") for role, label, code in names if code != TOTAL)
    return Parsed(frame, areas=areas.names, categories=categories, no_places=areas.no_places)


def keep_rows(
    connection: duckdb.DuckDBPyConnection,
    file: CsvFile,
    places: dict[str, int],
    table: Table,
    left_out: Sequence[str],
) -> None:
    """Put the rows into `kept`, each role a column, numbers as numbers; without those of the kinds of time left out.

    Raises LayoutChanged.
    """
    measures = [role for role in MEASURES if role in places]
    columns = [f"{text_sql(places[role])} as {role}" for role in ("time_kind", "year_month", *dimensions_in(places))]
    columns += [f"{number_sql(f'c{places[role]}')} as {role}" for role in measures]
    area_roles = [role for role in AREA_ROLES[table.level] if role in places]
    columns += [f"{text_sql(places[area_roles[0]]) if area_roles else quoted('')} as area"]
    columns += [f"{text_sql(places[area_roles[-1]]) if area_roles else quoted('')} as area_name"]
    strange = " ".join(f"when {no_number_sql(f'c{places[role]}')} then c{places[role]}" for role in measures)
    written = " || ' ' || ".join(f"coalesce(c{places[role]}, '')" for role in measures)
    connection.execute(
        f"""
        create temp table kept as
        select {", ".join(columns)}, case {strange} end as strange,
            contains({written}, ',') as comma, contains({written}, '.') as point
        from line
        where lower({text_sql(places["time_kind"])}) not in ({", ".join(quoted(each.lower()) for each in left_out)})
        """
    )
    row = connection.execute("select min(strange), bool_or(comma), bool_or(point), count(*) from kept").fetchone()
    no_number, comma, point, rows = row or (None, False, False, 0)
    if no_number is not None:
        raise LayoutChanged(file.where, "numbers in the columns of figures", f"'{no_number}'")
    if comma and point:
        raise LayoutChanged(file.where, "one sign for decimals", "a comma and a point")
    if not rows:
        raise LayoutChanged(file.where, "rows of months", "none")


def dimensions_in(places: dict[str, int]) -> list[str]:
    """Return the dimensions of which a file has a column."""
    return [role for role in DIMENSIONS if role in places]


def text_sql(place: int) -> str:
    """Return SQL of a column as text, '' where it is empty."""
    return f"trim(coalesce(c{place}, ''))"


def read_areas(connection: duckdb.DuckDBPyConnection, table: Table, by_hand: ByHand, where: str) -> Areas:
    """Put our code of each area into `area_label`, by the text that names it. Raises LayoutChanged."""
    rows = connection.execute(
        "select area, area_name, max(year_month) from kept group by area, area_name order by all"
    ).fetchall()
    read = {"municipality": municipalities, "employment_area": employment_areas, "country": whole_country}[table.level]
    areas = read([(str(row[0]), str(row[1]), str(row[2])) for row in rows], by_hand, where)
    stage_labels(connection, "area", areas.codes)
    return areas


def name_labels(
    connection: duckdb.DuckDBPyConnection, places: dict[str, int], layout: Layout, by_hand: ByHand, where: str
) -> list[tuple[str, str, str]]:
    """Put our code of each label into `<role>_label`; return dimension, label, code. Raises LayoutChanged."""
    named = []
    for role in ("time_kind", *dimensions_in(places)):
        labels = [str(row[0]) for row in connection.execute(f"select distinct {role} from kept").fetchall()]
        codes = codes_of(labels, layout.roles[role], by_hand, where)
        stage_labels(connection, role, codes)
        named += [(role, label, code) for label, code in codes.items() if role != "time_kind"]
    return named


def make_cells(connection: duckdb.DuckDBPyConnection, places: dict[str, int], where: str, yearly_until: str) -> None:
    """Make `cell` of `kept`: our codes in place of labels, our periods; of years only those up to `yearly_until`.

    Raises LayoutChanged.
    """
    refuse_strange_periods(connection, where)
    coded = ("time_kind", "area", *dimensions_in(places))
    joins = " ".join(f"join {role}_label on {role}_label.label = kept.{role}" for role in coded)
    codes = "".join(f", {role}_label.code as {role}" for role in coded[1:])
    measures = "".join(f", {role}" for role in MEASURES if role in places)
    connection.execute(
        f"""
        create temp table cell as
        select
            case time_kind_label.code when 'month' then left(year_month, 4) || '-' || right(year_month, 2)
                else left(year_month, 4) end as period{codes}{measures}
        from kept {joins}
        where time_kind_label.code = 'month'
            or (time_kind_label.code = 'year' and left(year_month, 4) <= {quoted(yearly_until)})
        """
    )
    connection.execute("drop table kept")
    refuse_doubled(connection, places, where)


def stage_labels(connection: duckdb.DuckDBPyConnection, role: str, codes: dict[str, str]) -> None:
    """Put our code of each label beside the rows; codes are kept once, cells are numbers."""
    listed = ", ".join(quoted(code) for code in sorted({*codes.values(), ""}))
    connection.execute(f"create type {role}_code as enum ({listed})")
    connection.execute(f"create temp table {role}_label (label varchar, code {role}_code)")
    if codes:
        connection.executemany(f"insert into {role}_label values (?, ?)", [*codes.items()])


def refuse_strange_periods(connection: duckdb.DuckDBPyConnection, where: str) -> None:
    """Raise LayoutChanged when a month is not of the form that we know."""
    strange = connection.execute(
        "select min(year_month) from kept where not regexp_full_match(year_month, '(19|20)\\d\\d(0[1-9]|1[0-2])')"
    ).fetchone()
    if strange and strange[0] is not None:
        raise LayoutChanged(where, "months such as 202608", f"'{strange[0]}'")


def refuse_doubled(connection: duckdb.DuckDBPyConnection, places: dict[str, int], where: str) -> None:
    """Raise LayoutChanged when two rows stand for the same cell: the euros of both would be counted.

    What the publisher has merged because it is small, or does not know, may stand twice.
    """
    keys = ", ".join(["period", "area", *dimensions_in(places)])
    merged = [f"{role}::varchar <> 'unknown'" for role in PARTS_OF_PERSONS if role in places]
    doubled = connection.execute(
        f"select concat_ws(' ', {keys}, count(*), 'times') from cell "
        f"where {' and '.join([f'area::varchar <> {quoted(UNKNOWN)}', *merged])} "
        f"group by {keys} having count(*) > 1 limit 1"
    ).fetchone()
    if doubled:
        raise LayoutChanged(where, "one row for each area, period and group", str(doubled[0]))


# --- figures ----------------------------------------------------------------------------------------------------------


def figures_sql(connection: duckdb.DuckDBPyConnection, table: Table, places: dict[str, int]) -> str:
    """Return the SQL of every figure that the cells hold or make up, in the columns of a frame."""
    dimensions = dimensions_in(places)
    totals = {role for role in dimensions if holds_total(connection, role)}
    catalogue = load_catalogue().indicators
    wanted = [(), *(each for each in table.breakdowns if {*each} <= {*dimensions})]
    selects = [
        select
        for breakdown in wanted
        for role, indicator in table.indicators.items()
        if role in places
        for select in figure_sql(catalogue[indicator], role, breakdown, dimensions, totals)
    ]
    connection.execute("create temp table figure as " + "\nunion all\n".join(selects))
    connection.execute("drop table cell")
    texts = [column for column in FRAME_COLUMNS if column not in ("area", "value")]
    for column in texts:  # a text that stands in a frame a million times is kept once
        connection.execute(f"create type figure_{column} as enum (select distinct {column} from figure)")
    columns = (f"{name}::figure_{name} as {name}" if name in texts else name for name in FRAME_COLUMNS)
    return f"select {', '.join(columns)} from figure"


def holds_total(connection: duckdb.DuckDBPyConnection, role: str) -> bool:
    """Tell whether the file has rows for all of a dimension together."""
    row = connection.execute(f"select count(*) from {role}_label where code::varchar = {quoted(TOTAL)}").fetchone()
    return row is not None and row[0] > 0


def figure_sql(
    indicator: Indicator, measure: str, breakdown: Sequence[str], dimensions: Sequence[str], totals: set[str]
) -> Iterator[str]:
    """Yield the SQL of an indicator's totals or breakdown; nothing when they can neither be read nor counted."""
    others = [role for role in dimensions if role not in breakdown]
    counted = [role for role in others if role not in totals]
    if not indicator.additive and not {*counted} <= {*PARTS_OF_PERSONS}:
        return
    conditions = [f"{role}::varchar = {quoted(TOTAL)}" for role in others if role in totals]
    conditions += [f"{role}::varchar <> {quoted(TOTAL)}" for role in breakdown]
    category = " || ',' || ".join(f"{role}::varchar" for role in breakdown) or "''"
    yield f"""
        select {quoted(indicator.code)} as indicator, area, period, {quoted(",".join(breakdown))} as dimension,
            {category} as category,
            case when count(*) = count({measure}) then round(sum({measure}), 2) end as value,
            case when count(*) = count({measure}) then '' else 'missing' end as status,
            {quoted("derived" if counted else "published")} as origin
        from cell where {" and ".join(conditions) or "true"} group by all
    """


# --- sources check ----------------------------------------------------------------------------------------------------


def check_columns(client: Client, settings: Settings, table: Table, layout: Layout, by_hand: ByHand) -> list[CodeCheck]:
    """Ask the catalogue for the package and say which column plays which role; a role without one is missing."""
    root = settings.kela_url
    package = ckan.find_package(client, root, table.dataset)
    files = ckan.plan_files(package, root, Known(), None)
    found = [CodeCheck("package", f"{package.slug}, of {package.stamp}")]
    found += [CodeCheck(f"file {each.address.rpartition('/')[2]}", size_of(each)) for each in files]
    described = ckan.fetch_description(client, package, root)
    columns = ckan.read_description(described) if described else []
    names = [each.name for each in columns] or first_row(client, files[-1])
    places = find_columns(names, layout, table.required, table.roles, by_hand, package.slug)
    found += [CodeCheck(f"column of {role}", names[place]) for role, place in places.items()]
    for role, place in places.items():
        if columns and layout.roles[role].labels is not None:
            codes = codes_of(columns[place].values, layout.roles[role], by_hand, package.slug)
            found += [CodeCheck(f"{role} {code}", label) for label, code in codes.items()]
    return found


def size_of(wanted: Wanted) -> str:
    """Say how large a file is."""
    return "there" if wanted.size is None else f"{wanted.size / 1_000_000:.1f} MB"


def first_row(client: Client, wanted: Wanted) -> list[str]:
    """Return the names of a file's columns, from its first bytes. Raises FetchFailed, LayoutChanged."""
    return list(read_header(client.start_of(wanted.address, wanted.hosts, START), wanted.address)[2])
