"""The sources of the vitality review, over a publisher of their tables: roles, titles, contents, sums, failures."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

import ingest.run
from ingest.archive import Raw
from ingest.check import check_all
from ingest.errors import LayoutChanged
from ingest.http import Answer
from ingest.pxweb import found_table
from ingest.pxweb_table import Content, Table, Variable, find_roles
from ingest.source import load_sources, pick_sources
from ingest.sources.accommodation import HOTELS
from ingest.sources.municipal_key_figures import NEWEST
from ingest.status import read_status
from queries.catalogue import load_catalogue
from queries.settings import ByHand
from tests.ingest.small import (
    FREELY,
    LIMITS,
    VITALITY,
    ask,
    fetch,
    fetch_well,
    settings_for,
    small_publisher,
    value_of,
)
from tests.publishers import StatFin
from tests.publishers.faults import LostContent, RenamedVariable, Status
from tests.publishers.vitality_tables import NOT_HELD

RECORDINGS = Path(__file__).parent.parent / "recordings" / "statfin"
STAYS, ENTERPRISES, KEY_FIGURES = "overnight_stays_11lm", "enterprise_demography_bdem", "key_figures_142h"


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[StatFin, Path]]:
    """Load every source of the review once; tests of this module only ask and read."""
    folder = tmp_path_factory.mktemp("vitality")
    with small_publisher() as publisher:
        fetch_well(publisher, folder, *VITALITY)
        yield publisher, folder


@pytest.mark.parametrize("source", VITALITY)
def test_every_indicator_of_a_source_has_figures_from_its_table(loaded: tuple[StatFin, Path], source: str) -> None:
    _, folder = loaded
    held = {
        row[0]
        for row in ask(
            folder,
            "select distinct indicator from observation join release using (release_id) "
            "where source = ? and value is not null",
            source,
        )
    }
    assert held == set(load_sources()[source].indicators)


def test_a_second_fetch_finds_nothing_new_in_three_calls_a_table(loaded: tuple[StatFin, Path]) -> None:
    publisher, folder = loaded
    before = len(publisher.calls)
    assert {outcome.verdict for outcome in fetch(publisher, folder, *VITALITY)} == {"nothing new"}
    assert len(publisher.calls) - before == 3 * len(VITALITY) + 1  # the folder of the table that has no fixed id


def test_population_stands_by_age_by_sex_and_by_both_and_all_make_it_up(loaded: tuple[StatFin, Path]) -> None:
    _, folder = loaded
    rows = ask(
        folder,
        "select dimension, sum(value) from latest_observation "
        "where indicator = 'population' and area = '305' and period = '2025' group by dimension",
    )
    assert {dimension for dimension, _ in rows} == {"", "age", "sex", "age,sex"}
    assert len({total for _, total in rows}) == 1


def test_jobs_stand_by_industry_and_make_up_the_total(loaded: tuple[StatFin, Path]) -> None:
    _, folder = loaded
    rows = ask(
        folder,
        "select dimension, sum(value) from latest_observation "
        "where indicator = 'jobs' and area = '305' and period = '2024' group by dimension",
    )
    assert {dimension for dimension, _ in rows} == {"", "industry"} and len({total for _, total in rows}) == 1


def test_a_monthly_figure_that_is_preliminary_says_so(loaded: tuple[StatFin, Path]) -> None:
    _, folder = loaded
    statuses = ask(
        folder,
        "select distinct status from observation where indicator = 'population_preliminary' and value is not null",
    )
    assert statuses == [("preliminary",)]


def test_the_sub_region_that_a_table_lacks_is_summed_and_the_one_that_it_has_is_not(
    loaded: tuple[StatFin, Path],
) -> None:
    _, folder = loaded
    assert value_of(folder, "births", "SK178", "2025")[2] == "derived"
    assert value_of(folder, "population", "SK178", "2025")[2] == "published"


def test_levels_of_areas_that_are_not_held_are_neither_asked_for_nor_loaded(tmp_path: Path) -> None:
    source = "population_key_figures_11ra"
    with small_publisher() as publisher:
        table = publisher.tables["11ra"]
        area = next(each for each in table.variables if each.key == "area")
        table.change(area.code, values=("SSS", "KU305", *NOT_HELD))
        fetch_well(publisher, tmp_path, source)
        asked = [call.body or "" for call in publisher.calls]
    assert not any(code in body for code in NOT_HELD for body in asked)
    assert ask(tmp_path, "select distinct area from observation order by area") == [("305",), ("SSS",)]


def test_a_first_month_that_is_asked_for_brings_its_whole_year_where_there_are_only_years(tmp_path: Path) -> None:
    with small_publisher() as publisher:
        fetch(publisher, tmp_path, "employment_115x", since="2024-06")
    assert ask(tmp_path, "select distinct period from observation") == [("2024",)]


def test_variables_may_be_renamed_as_they_are_each_january(tmp_path: Path) -> None:
    sources = ("population_by_age_11re", "jobs_115h", KEY_FIGURES)
    with small_publisher() as publisher:
        for table in publisher.tables.values():
            for place, variable in enumerate(list(table.variables)):
                table.rename_variable(variable.code, f"renamed_{place}")
        fetch_well(publisher, tmp_path, *sources)
    assert ask(tmp_path, "select count(distinct source) from release") == [(3,)]


def test_the_successor_is_found_by_its_title_whatever_its_id(tmp_path: Path) -> None:
    with small_publisher() as publisher:
        table = publisher.tables.pop("15yb")
        table.id = "16zz"
        publisher.tables["16zz"] = table
        fetch_well(publisher, tmp_path, ENTERPRISES)
    assert ask(tmp_path, "select distinct source from release") == [(ENTERPRISES,)]


@pytest.mark.parametrize("titles", [(), ("Aloittaneet ja lopettaneet yritykset alueittain",) * 2], ids=["none", "two"])
def test_a_table_that_cannot_be_told_by_its_title_stops_its_source_alone(
    tmp_path: Path, titles: tuple[str, ...]
) -> None:
    with small_publisher() as publisher:
        publisher.tables.pop("15yb")
        for place, title in enumerate(titles):
            table = publisher.tables["15yc"].copy()
            table.id, table.title = f"16z{place}", dict.fromkeys(("fi", "sv", "en"), title)
            publisher.tables[table.id] = table
        enterprises, stays = fetch(publisher, tmp_path, ENTERPRISES, STAYS)
    assert "one table whose title holds aloitta, lopetta" in enterprises.error and "\n" not in enterprises.error
    assert (stays.error, stays.verdict) == ("", "loaded")


def test_a_table_that_is_gone_stops_its_source_alone_with_one_sentence(tmp_path: Path) -> None:
    with small_publisher() as publisher:
        publisher.faults.append(Status(400, path="/matk/"))
        stays, income = fetch(publisher, tmp_path, STAYS, "income_14ww")
    assert "400" in stays.error and "\n" not in stays.error
    assert income.verdict == "loaded"


def test_a_content_called_otherwise_stops_its_source_until_it_is_named_by_hand(tmp_path: Path) -> None:
    with small_publisher() as publisher:
        table = publisher.tables["11lm"]
        contents = table.contents
        codes = tuple("nights_total" if code == "yopymiset" else code for code in contents.values)
        renamed, back = {"yopymiset": "nights_total"}, {"nights_total": "yopymiset"}
        labels = {renamed.get(code, code): label for code, label in contents.labels.items()}
        units = {renamed.get(code, code): unit for code, unit in contents.units.items()}
        made = table.fill
        table.fill = lambda picks: made({**picks, "content": [back.get(code, code) for code in picks["content"]]})
        table.change(contents.code, values=codes, labels=labels, units=units)
        (refused,) = fetch(publisher, tmp_path, STAYS)
        by_hand = {STAYS: ByHand(columns={"overnight_stays": "nights_total"})}
        settings = settings_for(publisher, tmp_path, source=by_hand)
        (taken,) = ingest.run.ingest(pick_sources((STAYS,)), settings, load_catalogue(), limits=LIMITS)
    assert "overnight_stays" in load_sources()[STAYS].roles
    assert "yopymiset" in refused.error and "nights_total" in refused.error
    assert (taken.error, taken.verdict) == ("", "loaded")


def test_a_lost_content_that_is_needed_stops_the_source_and_an_optional_one_does_not(tmp_path: Path) -> None:
    with small_publisher() as publisher:
        publisher.faults += [LostContent("kaste5T8osuus"), LostContent("dem_huoltos")]
        education, population = fetch(publisher, tmp_path, "education_12bs", "population_key_figures_11ra")
    assert "the content kaste5T8osuus" in education.error
    assert population.verdict == "loaded"


def test_a_renamed_area_variable_is_still_an_area(tmp_path: Path) -> None:
    with small_publisher() as publisher:
        publisher.faults.append(RenamedVariable("alue_23_20260101", "alue_23_20270101"))
        fetch_well(publisher, tmp_path, "population_changes_121w")


def variable(code: str, *values: str, labels: tuple[str, ...] = (), time: bool = False) -> Variable:
    """Make a variable whose labels are its codes unless they are given."""
    return Variable(code, values, labels or values, False, time)


def test_a_number_that_has_been_given_to_another_measure_is_refused_by_its_label() -> None:
    only = Table(NEWEST.path, {"M536": NEWEST.contents["M536"]})
    usual = [variable("a", "SSS", "KU305"), variable("t", "2024", time=True)]
    assert find_roles([*usual, variable("c", "M536", labels=("Työllisyysaste, 20-64-vuotiaat",))], only)
    with pytest.raises(LayoutChanged, match="'työllisyysaste' in the label of M536"):
        find_roles([*usual, variable("c", "M536", labels=("Työttömyysaste",))], only)


def test_municipalities_without_ku_are_areas_and_ages_are_not() -> None:
    month, contents = variable("t", "2026M08", time=True), variable("c", "yopymiset")
    roles = find_roles([month, contents, variable("k", "SSS", "305", "091")], HOTELS)
    assert roles.area and roles.area.code == "k"
    with pytest.raises(LayoutChanged, match="0 area"):
        find_roles([month, contents, variable("i", "SSS", "000", "001")], HOTELS)


def test_two_contents_that_both_fit_are_refused() -> None:
    area, month = variable("a", "KU305"), variable("t", "2026M08", time=True)
    table = Table("x/y", {"vaesto_e*": Content("projected_population")})
    with pytest.raises(LayoutChanged, match="vaesto_e24, vaesto_e27"):
        find_roles([area, month, variable("c", "vaesto_e24", "vaesto_e27")], table)


def recorded(name: str) -> Raw:
    """Return a recorded answer."""
    return Raw(RECORDINGS / name, name, "", datetime(2026, 11, 24), "")


def test_a_recorded_answer_of_totals_is_read_as_the_populations_of_three_cities() -> None:
    parsed = load_sources()["population_key_figures_11ra"].parse(
        recorded("11re__jsonstat2_fi_three_cities_202606.json")
    )
    rows = {(str(row.area), str(row.period)): row.value for row in parsed.frame.itertuples()}
    assert rows == {("049", "2025"): 325716, ("091", "2025"): 694392, ("092", "2025"): 252956}
    assert parsed.stamp == "2026-04-01T05:00:00"


class Listing:
    """A client that gives the recorded list of a folder's tables."""

    def get(self, address: str) -> Answer:
        """Return the recording as an answer."""
        content = (RECORDINGS / "vaerak__table_list_fi_202606.json").read_bytes()
        return Answer(address, "", datetime(2026, 11, 24), content, False)


@pytest.mark.parametrize(
    ("title", "path"),
    [(("tunnuslukuja väestöstä alueittain",), "vaerak/11ra"), ((r"iän \(1-v\.\)", "alueittain, 1972"), "vaerak/11re")],
)
def test_a_table_is_found_in_a_recorded_list_by_its_title(title: tuple[str, ...], path: str) -> None:
    table = Table("vaerak", {"vaesto": Content("population")}, title=title)
    assert found_table(Listing(), "root", table).path == path  # type: ignore[arg-type]


def test_a_check_misses_no_area_that_a_table_never_had() -> None:
    sources = pick_sources((STAYS, "population_changes_121w", ENTERPRISES))
    with StatFin(config=FREELY) as publisher:
        rows = check_all(sources, settings_for(publisher, Path()))
    assert [row for row in rows if row.missing] == []
    assert {(row.source, row.what) for row in rows if row.found == "not in this table"} >= {
        (STAYS, "area 832"),
        ("population_changes_121w", "area SK178"),
    }


def test_a_check_says_which_content_is_missing_and_that_a_folder_has_no_such_table() -> None:
    sources = pick_sources(("education_12bs", ENTERPRISES))
    with StatFin(config=FREELY, faults=[LostContent("vktm")]) as publisher:
        publisher.tables.pop("15yb")
        missing = [(row.source, row.what) for row in check_all(sources, settings_for(publisher, Path())) if row.missing]
    assert missing == [("education_12bs", "content vktm"), (ENTERPRISES, "metadata")]


def test_a_projection_is_as_old_as_its_release_not_as_its_last_year(loaded: tuple[StatFin, Path]) -> None:
    publisher, folder = loaded
    projection = load_sources()["population_projection_14wx"]
    told = read_status(projection, settings_for(publisher, folder), load_catalogue(), date(2026, 10, 24))
    assert (told.newest_period, told.age_days, told.verdict) == ("2045", 730, "fresh")
