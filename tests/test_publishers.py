"""The fake Statistics Finland behaves as the stored answers and notes of the real one say.

Keys of real answers stand here as small literals. Its faults are proved in `publishers/test_faults.py`.
"""

import subprocess
import sys
import time
from collections.abc import Iterator
from math import prod
from typing import Any

import httpx
import pytest

from tests.publishers import Config, StatFin
from tests.publishers.answers import MADE_UP
from tests.publishers.client import ALL, LFS, NEWEST, QUICK, R5, TI, U4, Client, items


@pytest.fixture
def client() -> Iterator[Client]:
    """A publisher without limits on calls, and a client of it."""
    with StatFin(config=QUICK) as publisher, httpx.Client(timeout=10) as http:
        yield Client(publisher, http)


def test_config_tells_the_five_limits_of_the_real_one() -> None:
    with StatFin() as publisher:
        told = httpx.get(f"{publisher.url}/fi/?config").json()
    assert told == {"maxValues": 120000, "maxCells": 120000, "maxCalls": 40, "timeWindow": 60, "CORS": True}


def test_metadata_has_the_keys_of_the_stored_one_and_no_more(client: Client) -> None:
    meta = client.meta(R5, "en")
    assert list(meta) == ["title", "variables"]
    assert [list(variable) for variable in meta["variables"]] == [
        ["code", "text", "values", "valueTexts", "elimination", "map"],
        ["code", "text", "values", "valueTexts", "time"],
        ["code", "text", "values", "valueTexts"],
    ]
    assert [(v["code"], v["text"], len(v["values"])) for v in meta["variables"]] == [
        ("Alue", "Region", 421),
        ("timeperiod_m", "Month", 212),
        ("contentscode", "Information", 23),
    ]


def test_an_english_label_holds_an_invisible_control_character(client: Client) -> None:
    answer = client.get(f"StatFin/{R5}.px", "en")
    assert "Workforce in Statistic Finland\x92s RES (number)" in answer.json()["variables"][2]["valueTexts"]
    assert not answer.content.startswith(b"\xef\xbb\xbf")


def test_labels_follow_the_language(client: Client) -> None:
    titles = [client.meta(R5, language)["variables"][0]["valueTexts"][0] for language in ("fi", "sv", "en")]
    assert titles == ["KOKO MAA", "HELA LANDET", "WHOLE COUNTRY"]


def test_data_has_the_keys_of_a_real_json_stat2(client: Client) -> None:
    data = client.data(R5, Alue=items("SSS", "KU614"))
    assert list(data) == (
        "version class label source updated note role id size dimension extension value status".split()  # noqa: SIM905
    )
    assert data["role"] == {"time": ["timeperiod_m"], "geo": ["Alue"], "metric": ["contentscode"]}
    assert data["updated"] == "2026-09-22T05:00:00Z"
    assert data["dimension"]["contentscode"]["category"]["unit"]["TYOTOSUUS"] == {"base": "%", "decimals": 1}
    assert prod(data["size"]) == len(data["value"])


def test_json_has_text_cells_and_dots_in_its_stamp(client: Client) -> None:
    answer = client.post(R5, "json", Alue=items("KUJOU"), contentscode=items("TYOTTOMATLOPUSSA", "TYOTOSUUS")).json()
    assert list(answer) == ["columns", "comments", "data", "metadata"]
    assert [column["type"] for column in answer["columns"]] == ["d", "t", "c", "c"]
    assert answer["data"] == [{"key": ["KUJOU", "2026M08"], "values": ["0", "0.0"]}]
    assert answer["metadata"][0]["updated"] == "2026-09-22T05.00.00Z"


def test_secret_cells_are_null_with_a_status_and_counts_below_five_never_show(client: Client) -> None:
    data = client.data(R5, Alue=ALL)
    hidden = {str(place) for place, value in enumerate(data["value"]) if value is None}
    assert hidden == set(data["status"]) and set(data["status"].values()) == {"..."}
    rate = list(data["dimension"]["contentscode"]["category"]["index"]).index("TYOTOSUUS")
    counts = [v for place, v in enumerate(data["value"]) if place % 23 != rate and v is not None]
    assert min(count for count in counts if count) == 5
    assert 0 in counts and all(isinstance(count, int) for count in counts)
    assert "... = Tieto on salassapitosäännön alainen" in data["note"]


def test_json_writes_a_secret_cell_as_three_dots(client: Client) -> None:
    rows = client.post(R5, "json", Alue=ALL).json()["data"]
    assert sum(cell == "..." for row in rows for cell in row["values"]) == len(client.data(R5, Alue=ALL)["status"])


def test_a_rate_is_secret_together_with_its_numerator_and_rounded_half_up(client: Client) -> None:
    codes = items("TYOTTOMATLOPUSSA", "TYOVOIMATK", "TYOTOSUUS")
    values = client.data(R5, Alue=ALL, timeperiod_m=ALL | {"values": ["2015*"]}, contentscode=codes)["value"]
    for unemployed, labour, rate in zip(values[::3], values[1::3], values[2::3], strict=True):
        assert (rate is None) == (unemployed is None)
        assert not labour or rate is None or rate == (2000 * unemployed + labour) // (2 * labour) / 10
    assert None in values[2::3]


def test_men_and_women_make_up_the_unemployed(client: Client) -> None:
    codes = items("TYOTTOMATLOPUSSA", "TYOTTOMATMIEHET", "TYOTTOMATNAISET")
    values = client.data(R5, Alue=ALL, contentscode=codes)["value"]
    shown = [row for row in zip(values[::3], values[1::3], values[2::3], strict=True) if None not in row]
    assert len(shown) > 350 and all(total == men + women for total, men, women in shown)


def test_municipalities_add_up_to_sub_region_region_and_country(client: Client) -> None:
    def labour(*areas: str) -> int:
        return sum(client.cells(R5, "TYOVOIMATK", Alue={"filter": "all", "values": list(areas)}))

    assert labour("KU305", "KU832") == labour("SK178")
    assert labour("KU*") == labour("SK*") == labour("MK*") == labour("ELY*") == labour("SSS")


def test_a_large_share_of_vacancies_has_no_municipality(client: Client) -> None:
    country, flexible = client.cells(R5, "AVPAIKATLOPUSSA", Alue=items("SSS", "KUJOU"))
    assert 0.25 < flexible / country < 0.32


def test_figures_are_the_same_in_every_publisher(client: Client) -> None:
    with StatFin(config=QUICK) as publisher, httpx.Client() as http:
        assert Client(publisher, http).data(R5, Alue=ALL) == client.data(R5, Alue=ALL)


def test_filters_choose_by_item_pattern_and_newest(client: Client) -> None:
    def codes(selection: Any, dimension: str = "Alue") -> list[str]:
        chosen = {"Alue": items("SSS"), dimension: selection}
        return list(client.data(R5, **chosen)["dimension"][dimension]["category"]["index"])

    assert codes(items("KU305", "SSS")) == ["SSS", "KU305"]
    assert codes({"filter": "all", "values": ["SK17*", "MK19"]})[:2] == ["MK19", "SK175"]
    assert len(codes(ALL)) == 421
    assert codes({"filter": "top", "values": ["3"]}, "timeperiod_m") == ["2026M06", "2026M07", "2026M08"]


def test_an_omitted_variable_is_its_total_and_leaves_the_answer(client: Client) -> None:
    omitted, total = client.data(R5), client.data(R5, Alue=items("SSS"))
    assert omitted["id"] == ["timeperiod_m", "contentscode"]
    assert omitted["value"] == total["value"]


def test_occupations_have_no_total_of_their_own_and_add_up_to_the_omitted_one(client: Client) -> None:
    variable = client.meta(TI)["variables"][1]
    assert (variable["code"], len(variable["values"]), variable["elimination"]) == ("Ammattiryhmä", 434, True)
    assert {"2513", "2514", "2519"} <= set(variable["values"]) and "SSS" not in variable["values"]
    by_occupation = client.cells(TI, "TYOTTOMATLOPUSSA", Alue=items("SSS"), Ammattiryhmä=ALL)
    assert [sum(by_occupation)] == client.cells(TI, "TYOTTOMATLOPUSSA") == client.cells(R5, "TYOTTOMATLOPUSSA")


def test_the_order_of_dimensions_differs_by_table(client: Client) -> None:
    assert client.data(R5, Alue=ALL)["id"][0] == "Alue"
    assert client.data(U4, Alue=ALL)["id"][0] == "timeperiod_m"


def test_activation_rate_is_services_of_services_and_unemployed(client: Client) -> None:
    codes = items("AKTASTE", "TYOTTOMATLOPUSSA", "PALVELUISSAYHTEENSA")
    rate, unemployed, services = client.data(U4, contentscode=codes)["value"]
    assert rate == pytest.approx(100 * services / (services + unemployed), abs=0.05)


def test_the_survey_has_no_area(client: Client) -> None:
    assert [(v["code"], len(v["values"])) for v in client.meta(LFS)["variables"]] == [
        ("timeperiod_m", 212),
        ("contentscode", 21),
    ]
    assert "geo" not in client.data(LFS)["role"]


@pytest.mark.parametrize(
    "chosen",
    [
        {"timeperiod_m": None},
        {"contentscode": None},
        {"Kunta": ALL},
        {"Alue": items("KU999")},
        {"Alue": {"filter": "agg:Alue.agg", "values": ["1"]}},
        {"timeperiod_m": items("2026M13")},
    ],
)
def test_a_wrong_query_is_a_bare_bad_request(client: Client, chosen: dict[str, Any]) -> None:
    answer = client.post(R5, **chosen)
    assert (answer.status_code, answer.text) == (400, "Bad Request")


@pytest.mark.parametrize("table", ["tyonv/zzzz", "tyonv/statfin_tyonv_pxt_12r5", "tyti/12r5"])
def test_an_unknown_or_old_table_id_is_a_bad_request(client: Client, table: str) -> None:
    assert client.get(f"StatFin/{table}.px").status_code == client.post(table).status_code == 400


def test_the_short_form_and_any_casing_of_the_root_work(client: Client) -> None:
    assert client.get("StatFin/12r5.px").json() == client.meta(R5)
    assert client.http.get(f"{client.publisher.url.replace('PxWeb', 'pxweb')}/fi/?config").status_code == 200


def test_too_many_cells_are_refused(client: Client) -> None:
    thirteen_months = {"filter": "top", "values": ["13"]}
    assert client.post(R5, Alue=ALL, timeperiod_m=thirteen_months).status_code == 403
    assert client.post(R5, Alue=ALL, timeperiod_m=thirteen_months | {"values": ["12"]}).status_code == 200


def test_too_many_calls_are_refused_until_the_window_has_passed() -> None:
    with StatFin(config=Config(max_calls=2, time_window=0.5, retry_after=1)) as publisher, httpx.Client() as http:
        answers = [http.get(f"{publisher.url}/fi/?config") for _ in range(3)]
        time.sleep(0.55)
        answers.append(http.get(f"{publisher.url}/fi/?config"))
    assert [answer.status_code for answer in answers] == [200, 200, 429, 200]
    assert answers[2].headers["Retry-After"] == "1"


def test_listings_carry_a_mass_restamp_that_is_no_release_date(client: Client) -> None:
    assert [folder["id"] for folder in client.get("StatFin/").json()][:3] == ["tyonv", "tyti", "vaerak"]
    assert [folder["id"] for folder in client.get("Kuntien_avainluvut/").json()] == ["uusin"]
    listing = client.get("StatFin/tyonv/").json()
    assert [list(row) for row in listing] == [["id", "type", "text", "updated"]] * 3
    assert {row["updated"] for row in listing} == {"2026-07-01T21:04:30"}
    assert client.get("StatFin/none/").status_code == 400


def test_every_made_up_answer_says_so(client: Client) -> None:
    answer = client.post(R5)
    assert answer.json()["source"].startswith("ESIMERKKIAINEISTO – ei oikeita lukuja")
    assert client.post(R5, "json").json()["metadata"][0]["source"].startswith(MADE_UP)
    assert answer.headers["X-Made-Up"] == "1"


def test_the_mark_is_left_out_only_on_request() -> None:
    with StatFin(made_up=False) as publisher, httpx.Client() as http:
        answer = Client(publisher, http).post(R5)
    assert answer.json()["source"] == "KEHA-keskus, Työnvälitystilasto"
    assert "X-Made-Up" not in answer.headers


def test_answers_are_packed_only_for_those_who_accept_it(client: Client) -> None:
    packed, plain = (
        client.get(f"StatFin/{R5}.px"),
        client.http.get(f"{client.publisher.url}/fi/StatFin/{R5}.px", headers={"Accept-Encoding": "identity"}),
    )
    assert packed.headers["Content-Encoding"] == "gzip" and "Content-Encoding" not in plain.headers
    assert packed.json() == plain.json()


def test_calls_are_kept_in_order(client: Client) -> None:
    client.meta(R5)
    client.post(R5, Alue=items("KU305"))
    first, second = client.publisher.calls
    assert (first.method, first.body, first.status) == ("GET", None, 200)
    assert (second.path, second.json["query"][2]["code"]) == ("/PxWeb/api/v1/fi/StatFin/tyonv/12r5.px", "Alue")
    assert first.at <= second.at


def test_a_month_a_revision_and_a_stamp_can_be_published_between_two_calls(client: Client) -> None:
    table, kuusamo = client.publisher.tables["12r5"], {"Alue": items("KU305")}
    before = client.cells(R5, "UUDETAVP", **kuusamo)
    table.add_month("2026M09", "2026-10-20T05:00:00Z")
    table.revise({"Alue": "KU305", "timeperiod_m": "2026M08", "contentscode": "UUDETAVP"}, 777)
    table.revise({"timeperiod_m": "2026M09", "contentscode": "UUDETAVP"}, None)
    answer = client.data(R5, timeperiod_m=NEWEST | {"values": ["2"]}, contentscode=items("UUDETAVP"), **kuusamo)
    assert (answer["updated"], answer["value"][0]) == ("2026-10-20T05:00:00Z", 777) and before != [777]
    assert client.cells(R5, "UUDETAVP") == [None]


def test_a_year_of_every_area_and_content_takes_well_under_half_a_second(client: Client) -> None:
    started = time.perf_counter()
    answer = client.post(R5, Alue=ALL, timeperiod_m={"filter": "top", "values": ["12"]})
    assert answer.status_code == 200 and time.perf_counter() - started < 0.5


def test_the_process_prints_its_address_and_serves() -> None:
    command = [sys.executable, "-m", "tests.publishers", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        assert httpx.get(f"{address}/fi/?config").status_code == 200
        process.terminate()
        assert process.wait(5) == 0
