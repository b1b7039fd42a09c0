"""Sotkanet through the real command: an indicator is found by its title; a fault is one sentence and stops it alone."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from queries.database import current_version
from queries.settings import load_settings
from tests.ingest.small import (
    ASSISTANCE,
    SOTKANET,
    SUBSIDY_PER_INHABITANT,
    Command,
    ask,
    fetch_well,
    sentence_of,
    served,
    value_of,
)
from tests.ingest.small_sotkanet import EUROS, FIGURES, LIST, REGIONS, TITLE, TOLD, is_kuusamo
from tests.publishers import Fault, Sotkanet, faults, sotkanet_faults
from tests.publishers.sotkanet import NEW_DAY, region_ids


@pytest.fixture
def publisher() -> Iterator[Sotkanet]:
    with Sotkanet() as publisher:
        yield publisher


# fault, what the sentence must name
FAULTS: dict[str, tuple[Fault, str]] = {
    "403": (faults.Status(403, **FIGURES), "HTTP 403"),
    "400": (faults.Status(400, **FIGURES), "HTTP 400"),
    "429": (faults.Status(429, 1, **FIGURES), "HTTP 429"),
    "500 of the list": (faults.Status(500, **LIST), "HTTP 500"),
    "404 of the indicator": (faults.Status(404, **TOLD), "HTTP 404"),
    "a page in place of the list": (faults.Html(**LIST), "JSON"),
    "a page in place of figures": (faults.Html(**FIGURES), "JSON"),
    "figures cut in the middle": (faults.Truncated(**FIGURES), "JSON"),
    "a connection cut in the middle": (faults.Disconnect(**FIGURES), "no connection"),
    "a huge answer": (faults.Bomb(megabytes=40, **FIGURES), "more than 4 MB"),
    "a title that no indicator has": (
        sotkanet_faults.Retitled(old=TITLE, new="Toimeentulotuki, euroa asukasta kohden", **LIST),
        "451 'Toimeentulotuki, euroa asukasta kohden'; 452 'Täydentävä toimeentulotuki, euroa / asukas'",
    ),
    "a title that two have": (
        sotkanet_faults.Further(cells=(("id", 12), ("title", {"fi": TITLE})), **LIST),
        f"451 '{TITLE}'; 12 '{TITLE}'",
    ),
    "a list that is no list": (faults.Html(path="/indicators", times=1), "JSON"),
    "a list without titles": (sotkanet_faults.LostCell(name="title", **LIST), "indicators with id and title"),
    "an indicator without a day": (sotkanet_faults.LostCell(name="data-updated", **TOLD), "data-updated"),
    "a day that is none": (sotkanet_faults.Cell(name="data-updated", value="eilen", **TOLD), "eilen"),
    "an indicator without years": (sotkanet_faults.LostCell(name="range", **TOLD), "range"),
    "years the wrong way round": (
        sotkanet_faults.Cell(name="range", value={"start": 2020, "end": 2010}, **TOLD),
        "2020–2010",
    ),
    "another indicator's description": (
        sotkanet_faults.Retitled(old=TITLE, new="Työttömät, % työvoimasta", **TOLD),
        "Työttömät, % työvoimasta",
    ),
    "areas without codes": (sotkanet_faults.LostCell(name="code", **REGIONS), "regions with id, category, code"),
    "an area's code of letters": (sotkanet_faults.Cell(name="code", value="X1", **REGIONS), "'X1'"),
    "no whole country": (sotkanet_faults.Retitled(old="Koko maa", new="Suomi", **REGIONS), "the whole country"),
    "an area that stands twice": (
        sotkanet_faults.Further(cells=(("id", 77), ("category", "KUNTA"), ("code", "305")), **REGIONS),
        "every area once",
    ),
    "an area that the list does not name": (
        sotkanet_faults.Further(cells=(("region", 98765),), **FIGURES),
        "98765",
    ),
    "another indicator's figures": (sotkanet_faults.Cell(name="indicator", value=181, **FIGURES), "181"),
    "a year that was not asked": (sotkanet_faults.Cell(name="year", value=2031, where=is_kuusamo, **FIGURES), "2031"),
    "figures of men": (sotkanet_faults.Cell(name="gender", value="male", where=is_kuusamo, **FIGURES), "male"),
    "text among the numbers": (sotkanet_faults.Cell(name="value", value="12,5", where=is_kuusamo, **FIGURES), "12,5"),
    "no figures": (sotkanet_faults.LostRows(**FIGURES), "found none"),
    "figures of other areas only": (
        sotkanet_faults.LostRows(where=lambda row: row["region"] in region_ids().values(), **FIGURES),
        "figures of municipalities",
    ),
    "a figure twice": (
        sotkanet_faults.Further(cells=(("region", region_ids()["305"]), ("value", 1.0)), times=1, **FIGURES),
        "one row per indicator",
    ),
    "another unit": (sotkanet_faults.Cell(name="value", value=1.0, **FIGURES), "keeps its size"),
    "a value that cannot be": (sotkanet_faults.Cell(name="value", value=-5.0, **FIGURES), "lies in its indicator"),
    "half of the municipalities": (
        sotkanet_faults.LostRows(where=lambda row: row["region"] % 2 == 0, **FIGURES),
        "as many rows as before",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_one_sentence_and_the_old_version_is_still_served(
    publisher: Sotkanet, tmp_path: Path, run: Command, name: str
) -> None:
    fault, named = FAULTS[name]
    fetch_well(publisher, tmp_path, ASSISTANCE)
    before = served(tmp_path)
    publisher.publish(451)
    publisher.faults.append(fault)
    ended = run("ingest", ASSISTANCE)
    assert named in sentence_of(ended.said)
    assert ended.code == 1
    assert served(tmp_path) == before
    publisher.faults.clear()
    assert run("ingest", ASSISTANCE).code == 0


def test_an_indicator_whose_title_is_not_known_leaves_the_others_loaded(
    publisher: Sotkanet, tmp_path: Path, run: Command
) -> None:
    publisher.publish(9071, title="Kunnan osarahoittama työmarkkinatuki, 1 000 euroa")
    ended = run("ingest", *SOTKANET)
    assert ended.code == 1 and "9071 'Kunnan osarahoittama työmarkkinatuki, 1 000 euroa'" in sentence_of(ended.said)
    loaded = {row[0] for row in ask(tmp_path, "select distinct source from release")}
    assert loaded == {*SOTKANET} - {SUBSIDY_PER_INHABITANT}


# --- what is no fault -------------------------------------------------------------------------------------------------


def test_every_municipality_sub_region_and_region_and_the_country_is_loaded(
    publisher: Sotkanet, tmp_path: Path
) -> None:
    fetch_well(publisher, tmp_path)
    levels = ask(
        tmp_path,
        "select level, count(distinct area) from latest_observation join area using (area) "
        "where indicator = ? group by level order by level",
        EUROS,
    )
    assert levels == [("country", 1), ("municipality", 308), ("region", 19), ("sub_region", 69)]
    periods = ask(tmp_path, "select min(period), max(period) from latest_observation where indicator = ?", EUROS)
    assert periods == [("1993", "2024")]
    assert {row[0] for row in ask(tmp_path, "select distinct origin from latest_observation")} == {"published"}


def test_another_id_under_the_same_title_is_followed(publisher: Sotkanet, tmp_path: Path, run: Command) -> None:
    fetch_well(publisher, tmp_path, ASSISTANCE)
    before = value_of(tmp_path, EUROS, "305", "2024")
    moved = replace(publisher.indicators.pop(451), id=7777, day=NEW_DAY)
    publisher.indicators[7777] = moved
    assert run("ingest", ASSISTANCE).code == 0
    assert value_of(tmp_path, EUROS, "305", "2024") == before != ()
    assert "indicator=7777&" in publisher.calls[-1].path


def test_other_ids_of_areas_give_the_same_figures(publisher: Sotkanet, tmp_path: Path) -> None:
    fetch_well(publisher, tmp_path, ASSISTANCE)
    kuusamo = region_ids()["305"]
    changed = sotkanet_faults.Cell(name="region", value=55, where=is_kuusamo, **FIGURES)
    listed = sotkanet_faults.Cell(name="id", value=55, where=lambda row: row["id"] == kuusamo, **REGIONS)
    with Sotkanet([changed, listed]) as moved:
        fetch_well(moved, tmp_path / "moved", ASSISTANCE)
    assert value_of(tmp_path / "moved", EUROS, "305", "2024") == value_of(tmp_path, EUROS, "305", "2024") != ()


@pytest.mark.parametrize(
    ("cells", "status"),
    [
        ({"value": None, "absValue": None}, "missing"),
        ({"value": 0.0, "absValue": None}, "missing"),
        ({"value": 0.0, "absValue": 0}, ""),
    ],
)
def test_what_was_not_reported_is_missing_and_a_true_nought_is_nought(
    publisher: Sotkanet, tmp_path: Path, cells: dict[str, Any], status: str
) -> None:
    publisher.faults += [
        sotkanet_faults.Cell(name=name, value=value, where=is_kuusamo, **FIGURES) for name, value in cells.items()
    ]
    fetch_well(publisher, tmp_path, ASSISTANCE)
    value, found, origin = value_of(tmp_path, EUROS, "305", "2024")
    assert (value, found, origin) == (None if status else 0.0, status, "published")


def test_an_ended_municipality_keeps_its_figures_and_is_no_place(publisher: Sotkanet, tmp_path: Path) -> None:
    ended = (("id", 588), ("category", "KUNTA"), ("code", "588"), ("title", {"fi": "Pertunmaa"}))
    publisher.faults += [
        sotkanet_faults.Further(cells=ended, **REGIONS),
        sotkanet_faults.Further(cells=(("region", 588), ("year", 2010), ("value", 41.5)), **FIGURES),
    ]
    fetch_well(publisher, tmp_path, ASSISTANCE)
    assert value_of(tmp_path, EUROS, "588", "2010")[0] == 41.5
    assert ask(tmp_path, "select level, name_fi from area where area = '588'") == [("unplaced", "Pertunmaa")]


def test_a_passing_fault_is_waited_for(publisher: Sotkanet, tmp_path: Path) -> None:
    publisher.faults += [faults.Status(503, 0, times=1, **FIGURES), faults.Disconnect(times=1, **REGIONS)]
    fetch_well(publisher, tmp_path, ASSISTANCE)


def test_each_year_is_asked_by_itself_and_who_calls_is_said(publisher: Sotkanet, tmp_path: Path) -> None:
    fetch_well(publisher, tmp_path, ASSISTANCE)
    assert all(call.headers["User-Agent"].startswith("koillismaa/") for call in publisher.calls)
    assert [call.path.partition("?")[0].rpartition("/")[2] for call in publisher.calls] == [
        "indicators",
        "451",
        "regions",
        "json",
    ]
    assert "years=1993&years=1994&" in publisher.calls[-1].path
    assert publisher.calls[-1].path.endswith("years=2024&genders=total")


def test_nothing_new_costs_two_calls_and_makes_no_version(publisher: Sotkanet, tmp_path: Path, run: Command) -> None:
    fetch_well(publisher, tmp_path)
    before, earlier = current_version(tmp_path), len(publisher.calls)
    ended = run("ingest", ASSISTANCE)
    assert ended.code == 0 and "nothing new" in ended.out
    assert len(publisher.calls) - earlier == 2
    assert current_version(tmp_path) == before


def test_only_later_years_are_asked_when_that_is_wanted(publisher: Sotkanet, tmp_path: Path, run: Command) -> None:
    assert run("ingest", ASSISTANCE, "--since", "2015-01").code == 0
    assert ask(tmp_path, "select min(period), max(period) from latest_observation") == [("2015", "2024")]


def test_a_revised_year_is_counted_and_both_are_kept(publisher: Sotkanet, tmp_path: Path, run: Command) -> None:
    fetch_well(publisher, tmp_path, ASSISTANCE)
    publisher.publish(451, change=1.05)
    assert run("ingest", ASSISTANCE).code == 0
    rows = ask(
        tmp_path,
        "select value from observation where area = '305' and period = '2024' and indicator = ? order by known_from",
        EUROS,
    )
    assert len(rows) == 2 and rows[1][0] == pytest.approx(1.05 * rows[0][0], abs=0.1)


def test_copies_of_2012_stand_before_what_is_fetched(publisher: Sotkanet, tmp_path: Path) -> None:
    publisher.made_up = False
    with_copy = sotkanet_faults.Cell(name="value", value=93.3, where=lambda row: row["year"] == 2012, **FIGURES)
    publisher.faults.append(with_copy)
    from ingest.snapshot.shipped import load_shipped
    from queries.catalogue import load_catalogue

    load_shipped(load_settings(data_dir=tmp_path), load_catalogue())
    copied = value_of(tmp_path, EUROS, "305", "2011")
    assert copied[2] == "transcript"
    publisher.faults.append(
        sotkanet_faults.LostRows(where=lambda row: 1993 <= row["year"] <= 2011, **FIGURES),
    )
    fetch_well(publisher, tmp_path, ASSISTANCE)
    assert value_of(tmp_path, EUROS, "305", "2011") == copied
    assert value_of(tmp_path, EUROS, "305", "2012") == (93.3, "", "published")
