"""Kela's catalogue through the real command: a fault is one sentence, the old version is served; the rest goes on."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from ingest import ckan
from ingest.archive import Folder, asked_path
from ingest.errors import LayoutChanged
from ingest.http import MEGABYTE, Client, Limits
from ingest.source import load_sources
from queries.database import current_version
from tests.ingest.small import (
    BENEFIT,
    BENEFIT_AREA,
    BENEFIT_COUNTRY,
    KELA,
    LIMITS,
    SUBSIDY,
    SUBSIDY_COUNTRY,
    Command,
    ask,
    command_here,
    environment_of,
    fetch,
    fetch_well,
    sentence_of,
    served,
    small_catalogue,
    value_of,
)
from tests.publishers import Ckan, Fault, catalogue_faults, cofunded, faults
from tests.publishers.catalogue_faults import OfPackage
from tests.publishers.ckan import NEW_STAMP, default_datasets
from tests.publishers.datasets import Written

OLD, NEW = "kuntien-rahoittama", "tyottomyysturvan-saajat-ja-maksetut-etuudet-kunnittain"
FILE: dict[str, Any] = {"path": "download/data.csv"}


@pytest.fixture
def catalogue() -> Iterator[Ckan]:
    with small_catalogue() as catalogue:
        yield catalogue


@pytest.fixture
def run(
    catalogue: Ckan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    return command_here(monkeypatch, capsys, environment_of(catalogue, tmp_path))


def release(catalogue: Ckan, change: Callable[[pd.DataFrame], pd.DataFrame] = lambda frame: frame) -> None:
    """Publish every package anew, with a change of its rows."""
    for dataset in catalogue.datasets.values():
        dataset.change(change, NEW_STAMP)


# fault, source, what the sentence must name
FAULTS: dict[str, tuple[Fault, str, str]] = {
    "403": (faults.Status(403, **FILE), BENEFIT, "HTTP 403"),
    "429": (faults.Status(429, 1, **FILE), BENEFIT, "HTTP 429"),
    "500 of the catalogue": (faults.Status(500, path="package_show"), BENEFIT, "HTTP 500"),
    "404 of a file": (faults.Status(404, **FILE), BENEFIT, "HTTP 404"),
    "a page in place of the catalogue": (faults.Html(path="package_show"), BENEFIT, "JSON"),
    "a page in place of CSV": (faults.Html(**FILE), BENEFIT, "catalogue promises"),
    "a page in place of CSV, nothing told": (faults.Html(**FILE), SUBSIDY, "<!DOCTYPE"),
    "a download cut in the middle": (faults.Truncated(**FILE), BENEFIT, "catalogue promises"),
    "a connection cut in the middle": (faults.Disconnect(**FILE), BENEFIT, "no connection"),
    "a wrong checksum": (catalogue_faults.WrongChecksum(), BENEFIT, "the checksum"),
    "a huge file": (faults.Bomb(megabytes=40, **FILE), BENEFIT, "more than 8 MB"),
    "an unknown column": (catalogue_faults.FurtherColumn(NEW), BENEFIT, "uusi_sarake fits no role"),
    "a renamed column": (catalogue_faults.RenamedColumn(NEW, "etuus", "laji"), BENEFIT, "laji fits no role"),
    "a doubled column": (
        catalogue_faults.FurtherColumn(NEW, "saaja_kaikki_lkm", 1),
        BENEFIT,
        "saaja_lkm and saaja_kaikki_lkm both fit recipients",
    ),
    "the same column twice": (catalogue_faults.FurtherColumn(NEW, "etuus", "x"), BENEFIT, "etuus and etuus both fit"),
    "a lost column": (catalogue_faults.LostColumn(OLD, "sukupuoli"), SUBSIDY, "no column of sex"),
    "a lost breakdown": (
        catalogue_faults.LostColumn(NEW, "etuus", "Yhteensä"),
        BENEFIT,
        "every breakdown that we hold",
    ),
    "an unknown class": (
        catalogue_faults.RenamedLabel(NEW, "kertymapaiva_luokka", "101-200", "91-200"),
        BENEFIT,
        "91-200",
    ),
    "an unknown benefit": (catalogue_faults.RenamedLabel(NEW, "etuus", "Yleistuki", "Perustulo"), BENEFIT, "Perustulo"),
    "a hole in the months": (catalogue_faults.LostRows(NEW, value=202506), BENEFIT, "no month is missing"),
    "a lost newest month": (catalogue_faults.KeptRows(NEW, last=202607), BENEFIT, "newest period that we hold"),
    "another unit": (catalogue_faults.Multiplied(NEW), BENEFIT, "keeps its size"),
    "a doubled row": (catalogue_faults.DoubledRow(NEW), BENEFIT, "2 times"),
    "text among the numbers": (catalogue_faults.Cell(NEW), BENEFIT, "'abc'"),
    "half a person": (catalogue_faults.Multiplied(NEW, "saaja_lkm", 1.5), BENEFIT, "whole numbers"),
    "files on another host": (catalogue_faults.FilesElsewhere(NEW), BENEFIT, "one on elsewhere.test"),
    "a redirect to another host": (
        catalogue_faults.Redirected(to="http://elsewhere.test/data.csv", **FILE),
        BENEFIT,
        "elsewhere.test, neither the catalogue nor its download host",
    ),
    "UTF-16": (catalogue_faults.OtherwiseWritten(NEW, Written(encoding="utf-16")), BENEFIT, "another encoding"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_one_sentence_and_the_old_version_is_still_served(
    catalogue: Ckan, tmp_path: Path, run: Command, name: str
) -> None:
    fault, source, named = FAULTS[name]
    fetch_well(catalogue, tmp_path, source)
    before = served(tmp_path)
    release(catalogue)
    catalogue.faults.append(fault)
    if name.endswith("nothing told"):
        catalogue.faults.append(catalogue_faults.NothingTold())
    ended = run("ingest", source)
    assert named in sentence_of(ended.said)
    assert ended.code == 1
    assert served(tmp_path) == before
    catalogue.faults.clear()
    assert run("ingest", source).code == 0


def test_a_file_without_half_of_its_municipalities_is_refused(tmp_path: Path) -> None:
    with Ckan(default_datasets(cofunded.places()[:40])) as catalogue:
        fetch_well(catalogue, tmp_path, BENEFIT)
        before = served(tmp_path)
        release(catalogue, lambda frame: frame[frame["kunta_nro"] <= "060"])
        (outcome,) = fetch(catalogue, tmp_path, BENEFIT)
    assert "has about as many rows as before" in outcome.error
    assert served(tmp_path) == before


def test_one_failing_package_leaves_the_others_loaded(catalogue: Ckan, tmp_path: Path, run: Command) -> None:
    catalogue.faults.append(catalogue_faults.FurtherColumn(NEW))
    ended = run("ingest", *KELA)
    assert ended.code == 1 and "uusi_sarake" in sentence_of(ended.said)
    assert {row[0] for row in ask(tmp_path, "select distinct source from release")} == {*KELA} - {BENEFIT}


def test_who_does_not_say_who_calls_is_refused_and_we_do(catalogue: Ckan, tmp_path: Path) -> None:
    fetch_well(catalogue, tmp_path, BENEFIT_COUNTRY)
    assert all(call.headers["User-Agent"].startswith("koillismaa/") for call in catalogue.calls)


@pytest.mark.parametrize("status", [429, 503])
def test_a_fault_that_passes_is_waited_for(catalogue: Ckan, tmp_path: Path, status: int) -> None:
    catalogue.faults += [faults.Status(status, 0, times=1, **FILE), faults.Disconnect(times=2, **FILE)]
    fetch_well(catalogue, tmp_path, BENEFIT)
    assert not list((tmp_path / "raw").rglob("*.draft"))


# --- what is no fault -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fault",
    [
        catalogue_faults.RenamedSlug("kuntien-rahoittama", slug="uusi-nimi"),
        catalogue_faults.NotDescribed(),
        catalogue_faults.NothingTold(),
        catalogue_faults.OtherwiseWritten(written=Written(";", ",", "latin-1", line_end="\r\n")),
        catalogue_faults.OtherwiseWritten(written=Written(mark=True, quoted=True)),
    ],
    ids=lambda fault: type(fault).__name__,
)
def test_what_a_publisher_may_change_gives_the_same_figures(catalogue: Ckan, tmp_path: Path, fault: OfPackage) -> None:
    fetch_well(catalogue, tmp_path / "before", SUBSIDY)
    catalogue.faults.append(fault)
    fetch_well(catalogue, tmp_path / "after", SUBSIDY)
    facts = "select * exclude (release_id) from latest_observation order by all"
    assert ask(tmp_path / "after", facts) == ask(tmp_path / "before", facts) != []


def test_a_replaced_file_with_another_id_is_found_by_its_role(catalogue: Ckan, tmp_path: Path, run: Command) -> None:
    fetch_well(catalogue, tmp_path, BENEFIT)
    before = [call.path for call in catalogue.calls if call.path.endswith("data.csv")]
    release(catalogue)
    assert run("ingest", BENEFIT).code == 0
    after = [call.path for call in catalogue.calls if call.path.endswith("data.csv")]
    assert len(after) == 2 and after[1] not in before


def test_files_cut_by_years_are_all_read_and_only_the_later_ones_when_that_is_asked(
    catalogue: Ckan, tmp_path: Path, run: Command
) -> None:
    fetch_well(catalogue, tmp_path / "one", BENEFIT)
    catalogue.datasets["benefit_municipality"].files = {
        "data_2025.csv": ("2025", "2025"),
        "data.csv": ("2026", "2026"),
    }
    fetch_well(catalogue, tmp_path / "two", BENEFIT)
    facts = "select * exclude (release_id) from latest_observation order by all"
    assert ask(tmp_path / "one", facts) == ask(tmp_path / "two", facts)
    assert run("ingest", BENEFIT, "--since", "2026-01").code == 0
    assert ask(tmp_path, "select min(period), max(period) from latest_observation") == [("2026-01", "2026-08")]


def test_a_revised_month_is_counted_and_both_are_kept(catalogue: Ckan, tmp_path: Path, run: Command) -> None:
    fetch_well(catalogue, tmp_path, BENEFIT)

    def revised(frame: pd.DataFrame) -> pd.DataFrame:
        month = (frame["vuosikuukausi"] == 202510) & (frame["kunta_nro"] == "305")
        return frame.assign(kunta_osuus_eur=frame["kunta_osuus_eur"].mask(month, frame["kunta_osuus_eur"] + 1000))

    release(catalogue, revised)
    assert run("ingest", BENEFIT).code == 0
    rows = ask(
        tmp_path,
        "select value from observation where indicator = 'cofunded_benefit_municipal_eur' and area = '305' "
        "and period = '2025-10' and dimension = '' order by known_from",
    )
    assert len(rows) == 2 and rows[1][0] == pytest.approx(rows[0][0] + 1000)


def test_years_that_the_publisher_drops_stay_in_the_database(catalogue: Ckan, tmp_path: Path, run: Command) -> None:
    fetch_well(catalogue, tmp_path, SUBSIDY)
    old = value_of(tmp_path, "cofunded_subsidy_paid_eur", "305", "2006")
    release(catalogue, lambda frame: frame[frame["vuosi"] >= 2024])
    assert run("ingest", SUBSIDY).code == 0
    assert value_of(tmp_path, "cofunded_subsidy_paid_eur", "305", "2006") == old != ()


def test_late_payments_of_the_ended_model_may_have_holes(catalogue: Ckan, tmp_path: Path) -> None:
    fetch_well(catalogue, tmp_path, SUBSIDY, SUBSIDY_COUNTRY)
    periods = ask(tmp_path, "select distinct period from latest_observation where area = 'SSS' order by period")
    assert [period for (period,) in periods][-2:] == ["2024-12", "2025-02"]
    assert [period for (period,) in periods][:9] == [str(year) for year in range(2006, 2015)]


def test_nothing_new_costs_three_calls_at_most_and_makes_no_version(
    catalogue: Ckan, tmp_path: Path, run: Command
) -> None:
    fetch_well(catalogue, tmp_path)
    before = current_version(tmp_path)
    for source, most in zip(KELA, (1, 1, 3, 1, 2), strict=True):
        earlier = len(catalogue.calls)
        ended = run("ingest", source)
        assert ended.code == 0 and "nothing new" in ended.out
        assert len(catalogue.calls) - earlier == most
    assert current_version(tmp_path) == before


def test_a_file_that_has_not_changed_is_not_sent_again(catalogue: Ckan, tmp_path: Path, run: Command) -> None:
    fetch_well(catalogue, tmp_path, BENEFIT)
    release(catalogue)
    assert run("ingest", BENEFIT).code == 0
    assert [call.status for call in catalogue.calls if call.path.endswith("data.csv")] == [200, 200]
    # the same address again: what was kept is asked for with its tag
    catalogue.datasets["benefit_municipality"].stamp = "2026-10-20T05:30:00"
    for path in (tmp_path / "raw" / BENEFIT).rglob("*.asked.json"):
        note = json.loads(path.read_text(encoding="utf-8"))
        if "etag" in note:
            new = catalogue.datasets["benefit_municipality"]
            root = f"{catalogue.url}/dataset/{new.id}/resource/{new.resource_id('data.csv')}/download/data.csv"
            path.write_text(json.dumps(note | {"address": root}), encoding="utf-8")
    assert run("ingest", BENEFIT).code == 0
    assert catalogue.calls[-1].status == 304
    newest = max((tmp_path / "raw" / BENEFIT).iterdir())
    assert sorted(path.name for path in newest.glob("*.gz")) == ["001.json.gz", "002.json.gz", "003.csv.gz"]
    assert asked_path(newest / "003.csv.gz").is_file()


def test_reading_the_archive_again_offline_gives_the_same_rows(catalogue: Ckan, tmp_path: Path, run: Command) -> None:
    fetch_well(catalogue, tmp_path / "live", BENEFIT_AREA)
    kept = sorted((tmp_path / "live" / "raw" / BENEFIT_AREA).rglob("*.gz"))
    assert [path.suffixes for path in kept] == [[".json", ".gz"], [".json", ".gz"], [".csv", ".gz"]]
    ended = run("import", *map(str, kept), "--source", BENEFIT_AREA)
    assert (ended.code, ended.said) == (0, [])
    facts = "select * exclude (release_id) from latest_observation order by all"
    assert ask(tmp_path, facts) == ask(tmp_path / "live", facts)
    stamps = "select published_at, sha256 from release"
    assert ask(tmp_path, stamps) == ask(tmp_path / "live", stamps)


def test_a_file_saved_by_hand_needs_a_day_and_is_loaded_with_it(catalogue: Ckan, tmp_path: Path, run: Command) -> None:
    saved = tmp_path / "saved.csv"
    saved.write_bytes(catalogue.datasets["subsidy_municipality"].content("data.csv"))
    undated = run("import", str(saved), "--source", SUBSIDY)
    assert undated.code == 1 and "--published" in sentence_of(undated.said)
    assert run("import", str(saved), "--source", SUBSIDY, "--published", "2026-09-18").code == 0
    assert value_of(tmp_path, "cofunded_subsidy_recipients", "305", "2024-12")[1:] == ("", "derived")


def test_made_up_files_never_enter_a_real_folder(
    catalogue: Ckan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    real = command_here(monkeypatch, capsys, environment_of(catalogue, tmp_path, demo=False))
    assert "made-up figures" in sentence_of(real("ingest", BENEFIT).said)
    for name, source in (("benefit_municipality", BENEFIT), ("benefit_employment_area", BENEFIT_AREA)):
        saved = tmp_path / f"{name}.csv"
        saved.write_bytes(catalogue.datasets[name].content("data.csv"))
        ended = real("import", str(saved), "--source", source, "--published", "2026-09-18")
        assert "made-up figures" in sentence_of(ended.said)


# --- sources check, settings ------------------------------------------------------------------------------------------


def test_the_check_shows_which_column_plays_which_role(catalogue: Ckan) -> None:
    from ingest.check import check_all
    from queries.settings import load_settings

    catalogue.datasets["subsidy_country"].described = False
    sources = [load_sources()[name] for name in KELA]
    rows = check_all(sources, load_settings(kela_url=catalogue.url))
    held = {(row.source, row.what): row.found for row in rows}
    assert not any(row.missing for row in rows)
    assert held[BENEFIT, "column of day_class"] == "kertymapaiva_luokka"
    assert held[SUBSIDY, "column of day_class"] == "tyomarkkinatukipaiva_luokka"
    assert held[BENEFIT_AREA, "column of employment_area_name"] == "tyollisyysalue_nimi"
    assert held[BENEFIT, "benefit general_social_security_benefit"] == "Yleistuki"
    assert held[SUBSIDY_COUNTRY, "column of municipal"] == "kunta_osuus_eur"
    assert held[SUBSIDY, "file data.csv"].endswith(" MB")


def test_a_column_that_the_check_does_not_know_is_told(catalogue: Ckan) -> None:
    from ingest.check import check_all
    from queries.settings import load_settings

    catalogue.faults.append(catalogue_faults.FurtherColumn(NEW))
    (row,) = check_all([load_sources()[BENEFIT]], load_settings(kela_url=catalogue.url))
    assert row.missing and "uusi_sarake fits no role" in row.found


def test_columns_named_by_hand_let_a_new_layout_in(
    catalogue: Ckan, tmp_path: Path, run: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue.faults += [catalogue_faults.FurtherColumn(NEW), catalogue_faults.RenamedColumn(NEW, "etuus", "laji")]
    assert run("ingest", BENEFIT).code == 1
    by_hand = {BENEFIT: {"columns": {"benefit": "laji", "ignored": ["uusi_sarake"]}}}
    monkeypatch.setenv("KOILLISMAA_SOURCE", json.dumps(by_hand))
    assert run("ingest", BENEFIT).code == 0


@pytest.mark.parametrize(
    ("by_hand", "words"),
    [
        ({"nosuch": {}}, "source.nosuch"),
        ({"employment_service_2310": {}}, "source.employment_service_2310"),
        ({BENEFIT: {"columns": {"klass": "x"}}}, "klass"),
        ({BENEFIT: {"kolumns": {}}}, "kolumns"),
    ],
)
def test_a_name_by_hand_that_is_none_stops_the_start(
    run: Command, monkeypatch: pytest.MonkeyPatch, by_hand: dict[str, Any], words: str
) -> None:
    monkeypatch.setenv("KOILLISMAA_SOURCE", json.dumps(by_hand))
    ended = run("ingest", BENEFIT)
    assert ended.code == 1 and words in sentence_of(ended.said)


# --- the protocol alone -----------------------------------------------------------------------------------------------


def dataset(slug: str = "", words: tuple[str, ...] = ("työttömyysturvan", "kunnittain")) -> ckan.Dataset:
    return ckan.Dataset(slug, "6c2af1b3-2309-4fc6-9b47-59b14fe10a9c", "Kansaneläkelaitos", words)


def test_a_title_is_searched_page_by_page(catalogue: Ckan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ckan, "PAGE", 1)
    with Client("x", LIMITS) as client:
        assert ckan.find_package(client, catalogue.url, dataset()).slug.endswith("kunnittain")
    assert sum("package_search" in call.path for call in catalogue.calls) == 6


@pytest.mark.parametrize("words", [("asumistuki",), ("saajat",), ("kopio",)])
def test_a_title_that_none_or_several_have_is_told_with_what_was_found(catalogue: Ckan, words: tuple[str, ...]) -> None:
    with Client("x", LIMITS) as client, pytest.raises(LayoutChanged, match="kuntien-rahoittama-tyomarkkinatuki"):
        ckan.find_package(client, catalogue.url, dataset(words=words))


def test_a_redirect_within_the_catalogue_is_followed_but_not_for_ever(catalogue: Ckan, tmp_path: Path) -> None:
    target = f"{catalogue.url}/api/3/action/package_show?id=kuntien-rahoittama-tyomarkkinatuki"
    catalogue.faults.append(catalogue_faults.Redirected(to=target, path="id=moved"))
    catalogue.faults.append(catalogue_faults.Redirected(to=f"{catalogue.url}/round", path="round"))
    with Client("x", LIMITS) as client:
        assert ckan.show_package(client, catalogue.url, "moved").slug == "kuntien-rahoittama-tyomarkkinatuki"
        with pytest.raises(Exception, match="more than 5 redirects"):
            client.get(f"{catalogue.url}/round", ckan.hosts_of(catalogue.url))


def test_the_portal_s_hosts_are_one_catalogue_and_any_other_stands_for_itself() -> None:
    assert "www.avoindata.fi" in ckan.hosts_of("https://avoindata.suomi.fi/data")
    assert ckan.hosts_of("http://127.0.0.1:8000/data") == {"127.0.0.1"}


@pytest.mark.parametrize(
    ("name", "kind"), [("data.csv", True), ("data_2026.csv", True), ("data_2010_2017.csv", True), ("readme.csv", False)]
)
def test_files_are_known_by_format_and_name(name: str, kind: bool) -> None:
    block = {"url": f"http://x.test/d/{name}", "format": "CSV", "last_modified": "2026-09-18T05:30:00.1"}
    package = ckan.Package("slug", "", (ckan.read_resource(block),), "", None)  # type: ignore[arg-type]
    if kind:
        assert [each.name for each in package.data] == [name]
    else:
        with pytest.raises(LayoutChanged, match=r"readme\.csv"):
            _ = package.data


@pytest.mark.parametrize("checksum", ["md5", "sha1", "sha256", "sha256:", "unknown-form"])
def test_a_checksum_of_any_kind_is_told_apart(catalogue: Ckan, tmp_path: Path, checksum: str) -> None:
    import hashlib

    content = catalogue.datasets["benefit_country"].content("data.csv")
    told = checksum if "-" in checksum else hashlib.new(checksum.rstrip(":"), content).hexdigest()
    prefix = "sha256:" if checksum.endswith(":") else ""
    catalogue.datasets["benefit_country"].checksum = prefix + told
    fetch_well(catalogue, tmp_path, BENEFIT_COUNTRY)
    if "-" not in checksum:
        catalogue.datasets["benefit_country"].checksum = prefix + told[:-1] + ("0" if told[-1] != "0" else "1")
        catalogue.datasets["benefit_country"].stamp = NEW_STAMP
        (outcome,) = fetch(catalogue, tmp_path, BENEFIT_COUNTRY)
        assert "the checksum" in outcome.error


def test_a_large_file_is_streamed_in_little_memory(tmp_path: Path) -> None:
    import tracemalloc

    with Ckan(faults=[faults.Bomb(megabytes=100)], datasets={}) as catalogue, Client("x", Limits()) as client:
        from ingest.http import Wanted

        folder = Folder(tmp_path, BENEFIT)
        tracemalloc.start()
        raw = folder.download(client, Wanted(f"{catalogue.url}/x", frozenset({"127.0.0.1"})))
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert sum(map(len, raw.pieces())) > 100 * MEGABYTE
    assert peak < 20 * MEGABYTE
    assert raw.path.stat().st_size < 5 * MEGABYTE
