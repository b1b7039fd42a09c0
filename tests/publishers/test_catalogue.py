"""The fake catalogue of Kela answers as the real one is known to; its figures hang together and are marked."""

import json
from collections.abc import Iterator

import httpx
import numpy as np
import pandas as pd
import pytest

from tests.publishers import Ckan, catalogue_faults
from tests.publishers.ckan import default_datasets
from tests.publishers.cofunded import FIGURES, MADE_UP, TOTAL, places

CODES = ("305", "832", "091", "837")
AGENT = {"User-Agent": "koillismaa/0.1 (test)"}
GROUP = ["aikatyyppi", "vuosikuukausi", "kunta_nro", "ikaryhma", "sukupuoli"]


@pytest.fixture(scope="module")
def catalogue() -> Iterator[Ckan]:
    with Ckan(default_datasets(CODES, "2024-01")) as catalogue:
        yield catalogue


def show(catalogue: Ckan, name: str) -> httpx.Response:
    return httpx.get(f"{catalogue.url}/api/3/action/package_show", params={"id": name}, headers=AGENT)


def test_a_package_is_shown_by_slug_and_by_id_and_its_csv_comes_first(catalogue: Ckan) -> None:
    by_slug = show(catalogue, "kuntien-rahoittama-tyomarkkinatuki").json()["result"]
    assert by_slug == show(catalogue, by_slug["id"]).json()["result"]
    assert [(each["name"], each["format"]) for each in by_slug["resources"]] == [
        ("data.csv", "CSV"),
        ("package.json", "JSON"),
    ]


def test_an_unknown_package_is_not_found(catalogue: Ckan) -> None:
    answer = show(catalogue, "nosuch")
    assert (answer.status_code, answer.json()["error"]["__type"]) == (404, "Not Found Error")


@pytest.mark.parametrize("agent", ["", "python-httpx/0.28.1", "curl/8.5"])
def test_who_does_not_say_who_calls_is_refused(catalogue: Ckan, agent: str) -> None:
    assert httpx.get(f"{catalogue.url}/api/3/action/package_search", headers={"User-Agent": agent}).status_code == 403


def test_a_file_is_described_has_a_tag_and_is_not_sent_twice(catalogue: Ckan) -> None:
    resources = show(catalogue, "kuntien-rahoittama-tyomarkkinatuki").json()["result"]["resources"]
    first = httpx.get(resources[0]["url"], headers=AGENT)
    assert len(first.content) == resources[0]["size"]
    assert httpx.get(resources[0]["url"], headers=AGENT | {"If-None-Match": first.headers["ETag"]}).status_code == 304
    fields = httpx.get(resources[1]["url"], headers=AGENT).json()["resources"][0]["schema"]["fields"]
    header = first.text.splitlines()[0].split(",")
    assert [field["name"] for field in fields] == header
    assert header[4:9] == ["kunta_nro", "kunta_nimi", "ikaryhma", "sukupuoli", "tyomarkkinatukipaiva_luokka"]


def test_an_old_address_of_a_replaced_file_is_gone() -> None:
    with Ckan(default_datasets(CODES, "2024-01")) as catalogue:
        address = show(catalogue, "kuntien-rahoittama-tyomarkkinatuki").json()["result"]["resources"][0]["url"]
        catalogue.datasets["subsidy_municipality"].stamp = "2026-10-19T05:30:00"
        assert httpx.get(address, headers=AGENT).status_code == 404


def test_there_are_all_municipalities() -> None:
    assert len(places()) == 308


def test_classes_make_up_their_total_and_small_groups_are_merged() -> None:
    frame = default_datasets(CODES, "2024-01")["subsidy_municipality"].rows()
    classes = frame[frame["tyomarkkinatukipaiva_luokka"] != TOTAL].groupby(GROUP)[FIGURES].sum()
    totals = frame[frame["tyomarkkinatukipaiva_luokka"] == TOTAL].set_index(GROUP)[FIGURES]
    months = totals.loc["Kuukausi"]
    assert np.allclose(classes.loc["Kuukausi"].reindex(months.index)[FIGURES[1:]], months[FIGURES[1:]], atol=0.02)
    named = months.reset_index()
    known = named[(named["ikaryhma"] != "Tieto puuttuu") & (named["kunta_nro"] != "199")]
    assert known["saaja_lkm"].min() >= 4
    assert set(frame["aikatyyppi"]) == {"Kuukausi", "Vuosi", "Vuosikertymä"}
    assert frame.loc[frame["kunta_nro"] == "199", "kunta_nimi"].unique().tolist() == [MADE_UP]
    assert (frame["maksettu_eur"] < 0).any()


def test_the_country_has_fewer_persons_than_its_areas_together_and_the_same_euros() -> None:
    made = default_datasets(CODES)
    by_area, country = (made[name].rows() for name in ("benefit_municipality", "benefit_country"))
    key = ["aikatyyppi", "vuosikuukausi", "etuus", "kertymapaiva_luokka"]
    together = by_area.groupby(key)[FIGURES].sum()
    alone = country.set_index(key)[FIGURES].reindex(together.index)
    assert np.allclose(together["maksettu_eur"], alone["maksettu_eur"], atol=0.02)
    assert (alone["saaja_lkm"] <= together["saaja_lkm"]).all()
    assert alone["saaja_lkm"].sum() < together["saaja_lkm"].sum()


def test_the_general_benefit_takes_the_place_of_two_in_may_2026() -> None:
    frame = default_datasets(CODES)["benefit_municipality"].rows()
    month = frame[frame["aikatyyppi"] == "Kuukausi"].groupby("vuosikuukausi")["etuus"].unique().map(set)
    assert "Työmarkkinatuki" in month[202604] and "Yleistuki" not in month[202604]
    assert month[202605] == {"Ansiopäiväraha", "Yleistuki", TOTAL}


def test_figures_are_the_same_every_time() -> None:
    first, again = (default_datasets(CODES)["benefit_country"].content("data.csv") for _ in range(2))
    assert first == again and len(first) > 10_000


def test_a_fault_touches_a_copy_of_its_package_only() -> None:
    with Ckan(default_datasets(CODES, "2024-01")) as catalogue:
        catalogue.faults.append(catalogue_faults.FurtherColumn("kuntien-rahoittama"))
        spoiled, sound = (
            show(catalogue, catalogue.datasets[name].slug).json()["result"]["resources"][1]["url"]
            for name in ("subsidy_municipality", "subsidy_country")
        )
        fields = [
            [field["name"] for field in httpx.get(each, headers=AGENT).json()["resources"][0]["schema"]["fields"]]
            for each in (spoiled, sound)
        ]
    assert ["uusi_sarake" in each for each in fields] == [True, False]
    assert "uusi_sarake" not in catalogue.datasets["subsidy_municipality"].altered().columns
    assert json.dumps(fields) and isinstance(catalogue.datasets["subsidy_municipality"].rows(), pd.DataFrame)
