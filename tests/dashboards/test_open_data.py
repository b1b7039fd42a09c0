"""What programs are given: the rows of the database with all that travels with a figure, and kind refusals."""

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import csvw
import duckdb
import openpyxl
import pytest
from flask.testing import FlaskClient

from dashboards.open_data.csv_file import plain_text
from dashboards.open_data.parameters import COLUMNS
from dashboards.open_data.rows import MOST_ROWS, write_number
from dashboards.words import languages
from queries.catalogue import load_catalogue
from tests.dashboards.small_database import add, build

New = Callable[[Path], FlaskClient]
SERIES = "/api/v1/observations.csv?indicator=unemployment_rate&area=305"


def rows(client: FlaskClient, address: str, delimiter: str = ",") -> list[dict[str, str]]:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=delimiter))


def told(client: FlaskClient, address: str, status: int) -> dict[str, Any]:
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json"), answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    found: dict[str, Any] = json.loads(answer.data)
    return found


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database with a hidden figure, a breakdown of persons, a quarter, and a name that is a formula."""

    def change(connection: duckdb.DuckDBPyConnection) -> None:
        add(connection, "unemployed_jobseekers", "305", "2026-07", None, "suppressed")
        for code, value in (("0-14", 70.0), ("15-64", 30.0)):
            add(connection, "population", "305", "2025", value, breakdown=("age", code))
        add(connection, "population", "305", "2025", 101.0)
        add(connection, "enterprise_openings", "305", "2024Q3", 7.0)
        add(connection, "net_migration", "305", "2025", -40.0)
        connection.execute("update area set name_fi = '=HYPERLINK(1)' where area = '765'")
        add(connection, "births", "765", "2025", 12.0)

    return build(tmp_path_factory.mktemp("odd"), change=change)


@pytest.fixture(scope="module")
def odd_client(odd: Path, new_client: New) -> FlaskClient:
    return new_client(odd)


def test_the_columns_stand_in_their_order(client: FlaskClient) -> None:
    assert client.get(SERIES).text.splitlines()[0] == (
        "indicator,area,area_name,period,dimension,category,value,unit,status,source,release,fetched_at,origin"
    )


def test_a_row_has_all_that_travels_with_a_figure(client: FlaskClient) -> None:
    (row,) = rows(client, f"{SERIES}&from=2026-08&to=2026-08")
    assert row["value"] == "11.4" and row["unit"] == "percent" and row["area_name"] == "Kuusamo"
    assert row["source"] == "employment_service_12r5"
    assert row["release"] == row["fetched_at"] == "2026-09-22T05:00:00Z"
    assert (row["dimension"], row["category"], row["status"]) == ("", "", "")


def test_the_source_s_own_form_of_a_code_is_the_same(client: FlaskClient) -> None:
    assert rows(client, SERIES.replace("305", "KU305")) == rows(client, SERIES) != []


def test_one_row_an_indicator_area_and_period(client: FlaskClient) -> None:
    found = rows(client, "/api/v1/observations.csv?indicator=unemployment_rate,open_vacancies")
    keys = [(row["indicator"], row["area"], row["period"]) for row in found]
    assert len(set(keys)) == len(keys) > 100 and keys == sorted(keys)


def test_a_level_is_all_its_areas(client: FlaskClient) -> None:
    found = rows(client, "/api/v1/observations.csv?indicator=unemployment_rate&level=municipality")
    assert {row["area"] for row in found} == {"305", "614", "615", "832"}


def test_periods_may_be_named_one_by_one(client: FlaskClient) -> None:
    found = rows(client, f"{SERIES}&period=2026-08,2025-08")
    assert [row["period"] for row in found] == ["2025-08", "2026-08"]


@pytest.mark.parametrize(
    ("span", "held"),
    [
        ("from=2024&to=2024", True),
        ("from=2024Q3&to=2024Q3", True),
        ("from=2024-07&to=2024-09", True),
        ("from=2024-08", False),
        ("to=2024-08", False),
        ("from=2024Q4", False),
    ],
)
def test_a_period_is_given_when_it_lies_wholly_in_the_span(odd_client: FlaskClient, span: str, held: bool) -> None:
    found = rows(odd_client, f"/api/v1/observations.csv?indicator=enterprise_openings&{span}")
    assert bool(found) is held


def test_a_hidden_figure_is_empty_and_says_why(odd_client: FlaskClient) -> None:
    query = "indicator=unemployed_jobseekers&area=305&period=2026-07"
    (row,) = rows(odd_client, f"/api/v1/observations.csv?{query}")
    assert (row["value"], row["status"]) == ("", "suppressed")
    cube = odd_client.get(f"/api/v1/observations.json?{query}").get_json()
    assert (cube["value"], cube["status"]) == ({"0": None}, {"0": "suppressed"})


def test_what_was_known_on_a_day_is_given(client: FlaskClient) -> None:
    then = rows(client, f"{SERIES}&as_of=2026-08-01")
    assert max(row["period"] for row in then) == "2026-05"
    assert rows(client, f"{SERIES}&as_of=2000-01-01") == []


def test_persons_are_never_summed(odd_client: FlaskClient) -> None:
    address = "/api/v1/observations.csv?indicator=population&area=305&from=2025&to=2025"
    (total,) = rows(odd_client, address)
    parts = rows(odd_client, f"{address}&dimension=age")
    assert total["value"] == "101" and {row["category"]: row["value"] for row in parts} == {"0-14": "70", "15-64": "30"}
    cube = odd_client.get(f"{address}&dimension=age".replace(".csv", ".json")).get_json()
    assert sorted(cube["value"].values()) == [30, 70] and cube["size"] == [1, 1, 1, 2]
    single = {each["code"]: each["additive"] for each in odd_client.get("/api/v1/indicators").get_json()}
    assert single == {code: facts.additive for code, facts in load_catalogue().indicators.items()}
    assert single["cofunded_benefit_recipients"] is False
    note = odd_client.get("/api/v1/observations.json?indicator=cofunded_benefit_recipients&lang=en").get_json()["note"]
    assert any("do not add up" in each for each in note)


def test_a_finnish_excel_has_its_own_form(client: FlaskClient) -> None:
    address = f"{SERIES}&period=2026-08&excel=fi"
    answer = client.get(address)
    assert answer.data.startswith(b"\xef\xbb\xbfindicator;area;")
    assert rows(client, address, ";")[0]["value"] == "11,4"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "\t=1", "\r=1"])
def test_a_text_is_never_a_formula(text: str) -> None:
    assert plain_text(text) == f"'{text}"


def test_a_name_that_looks_like_a_formula_is_a_text_and_a_negative_figure_a_number(odd_client: FlaskClient) -> None:
    address = "/api/v1/observations.csv?indicator=births,net_migration&period=2025"
    found = {row["indicator"]: row for row in rows(odd_client, address)}
    assert found["births"]["area_name"] == "'=HYPERLINK(1)"
    assert found["net_migration"]["value"] == "-40"
    book = openpyxl.load_workbook(io.BytesIO(odd_client.get(address.replace(".csv", ".xlsx")).data))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert "=HYPERLINK(1)" in [cell.value for cell in cells]


def test_a_workbook_has_typed_figures_notes_and_sources(client: FlaskClient) -> None:
    answer = client.get(SERIES.replace(".csv", ".xlsx") + "&lang=en")
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    assert book.sheetnames == ["Figures", "Notes", "Sources"]
    header, *body = book["Figures"].iter_rows(values_only=True)
    assert header == COLUMNS
    assert [str(row[3]) for row in body] == [row["period"] for row in rows(client, SERIES)]
    assert {type(row[6]) for row in body} <= {int, float}
    notes = [str(row[1]) for row in book["Notes"].iter_rows(values_only=True)]
    cube = client.get(SERIES.replace(".csv", ".json") + "&lang=en").get_json()
    assert cube["note"] and set(cube["note"]) <= set(notes)
    assert "CC BY 4.0" in [cell for row in book["Sources"].iter_rows(values_only=True) for cell in row]
    assert client.get(SERIES.replace(".csv", ".xlsx") + "&lang=en").data == answer.data


def test_the_cube_holds_the_rows_of_the_csv(client: FlaskClient) -> None:
    query = "indicator=unemployment_rate,open_vacancies&area=305,614,SSS"
    cube = client.get(f"/api/v1/observations.json?{query}").get_json()
    assert (cube["version"], cube["class"]) == ("2.0", "dataset")
    assert cube["id"] == ["indicator", "area", "period"]
    codes = [cube["dimension"][name]["category"]["index"] for name in cube["id"]]
    assert cube["size"] == [len(each) for each in codes]
    assert {name for role in cube["role"].values() for name in role} == set(cube["id"])
    for name in cube["id"]:
        category = cube["dimension"][name]["category"]
        assert list(category["label"]) == category["index"]
    assert cube["dimension"]["indicator"]["category"]["unit"]["unemployment_rate"]["decimals"] == 1
    found = {}
    for place, value in cube["value"].items():
        left, middle, right = (int(place) // (cube["size"][1] * cube["size"][2])), int(place), int(place)
        key = codes[0][left], codes[1][middle // cube["size"][2] % cube["size"][1]], codes[2][right % cube["size"][2]]
        found[key] = write_number(None if value is None else float(value))
    flat = rows(client, f"/api/v1/observations.csv?{query}")
    assert found == {(row["indicator"], row["area"], row["period"]): row["value"] for row in flat}
    assert set(cube["status"]) <= set(cube["value"]) and cube["extension"]["breaks"] and cube["source"]


def test_the_metadata_beside_the_csv_describes_it(client: FlaskClient) -> None:
    for more, delimiter in (("", ","), ("&excel=fi", ";")):
        link = client.get(SERIES + more).headers["Link"]
        assert 'rel="describedby"; type="application/csvm+json"' in link
        metadata = json.loads(client.get(link.partition(">")[0][1:]).data)
        assert "/api/v1/" + metadata["url"] == SERIES + more
        assert metadata["dialect"]["delimiter"] == delimiter
        columns = metadata["tableSchema"]["columns"]
        assert tuple(each["name"] for each in columns) == COLUMNS
        assert all(each["dc:description"] for each in columns) and metadata["notes"]


@pytest.mark.parametrize("query", ["", "&excel=fi", "&lang=sv", "&as_of=2026-08-01"])
@pytest.mark.parametrize(
    "asked",
    [
        "indicator=unemployment_rate&area=305",
        "indicator=unemployed_jobseekers&area=305,SSS",
        "indicator=population&area=305&dimension=age",
        "indicator=enterprise_openings,net_migration,births",
    ],
)
def test_a_csvw_reader_finds_no_fault_in_the_csv_and_its_metadata(
    odd_client: FlaskClient, tmp_path: Path, asked: str, query: str
) -> None:
    """csvw checks types, the key and the columns as the metadata has them; it reads what lies beside each other."""
    address = f"/api/v1/observations.csv?{asked}{query}"
    (tmp_path / "observations.csv").write_bytes(odd_client.get(address).data)
    metadata = odd_client.get(address.replace(".csv?", ".csv-metadata.json?")).get_json() | {"url": "observations.csv"}
    (tmp_path / "metadata.json").write_text(json.dumps(metadata), encoding="utf-8")
    table = csvw.CSVW(str(tmp_path / "metadata.json"), validate=True)
    assert table.is_valid and not table.warnings, table.warnings
    assert table.tables[0].check_primary_key()
    read = list(table.tables[0].iterdicts(strict=True))
    flat = rows(odd_client, address, ";" if "excel" in query else ",")
    assert [write_number(None if row["value"] is None else float(row["value"])) for row in read] == [
        row["value"].replace(",", ".") for row in flat
    ]
    assert all(isinstance(row["release"], datetime) and row["area"] for row in read)
    assert [row["status"] for row in read] == [row["status"] for row in flat]


@pytest.mark.filterwarnings("default::UserWarning")  # csvw collects its own warnings
def test_a_csvw_reader_finds_a_figure_that_is_none(client: FlaskClient, tmp_path: Path) -> None:
    text = re.sub(r",([0-9.]+),percent", r",x\1,percent", client.get(SERIES).text, count=1)
    (tmp_path / "observations.csv").write_text(text, encoding="utf-8")
    metadata = client.get(SERIES.replace(".csv?", ".csv-metadata.json?")).get_json() | {"url": "observations.csv"}
    (tmp_path / "metadata.json").write_text(json.dumps(metadata), encoding="utf-8")
    table = csvw.CSVW(str(tmp_path / "metadata.json"), validate=True)
    assert not table.is_valid
    assert re.match(r"Invalid column value: x[0-9.]+ ", str(table.warnings[0].message))


def test_the_parquet_file_has_everything_that_is_known_now(odd: Path, odd_client: FlaskClient, tmp_path: Path) -> None:
    path = tmp_path / "all.parquet"
    with odd_client.get("/api/v1/observations.parquet") as answer:
        path.write_bytes(answer.data)
    held = duckdb.read_parquet(str(path))
    assert tuple(held.columns) == COLUMNS
    parts = held.filter("indicator = 'population' and dimension = 'age'").fetchall()
    assert len(parts) == 2
    flat = rows(odd_client, "/api/v1/observations.csv?indicator=unemployment_rate")
    assert len(held.filter("indicator = 'unemployment_rate'").fetchall()) == len(flat)
    assert [each.name[:12] for each in (odd / "downloads").iterdir()] == ["observations"]


@pytest.mark.parametrize(
    ("query", "status", "parameter"),
    [
        ("", 400, "indicator"),
        ("indicator=none", 404, "indicator"),
        ("indicator=births&area=999", 404, "area"),
        ("indicator=births&area=199", 404, "area"),
        ("indicator=births&level=planet", 404, "level"),
        ("indicator=births&dimension=shoe", 404, "dimension"),
        ("indicator=births&from=2025-13", 400, "from"),
        ("indicator=births&to=2024Q5", 400, "to"),
        ("indicator=births&period=soon", 400, "period"),
        ("indicator=births&from=2026&to=2025", 400, "from"),
        ("indicator=births&as_of=2026-02-30", 400, "as_of"),
        ("indicator=births&as_of=9999-12-31", 400, "as_of"),
        ("indicator=births&lang=de", 400, "lang"),
        ("indicator=births&excel=sv", 400, "excel"),
        ("indicator=births&form=2025", 400, "form"),
        ("indicator=births&from=2024&from=2025", 400, "from"),
        ("indicator=cofunded_benefit_municipal_eur_per_inhabitant", 400, "indicator"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_the_parameter(
    client: FlaskClient, query: str, status: int, parameter: str
) -> None:
    for kind in ("csv", "json", "xlsx", "csv-metadata.json"):
        found = told(client, f"/api/v1/observations.{kind}?{query}", status)
        assert (found["parameter"], found["status"]) == (parameter, status) and found["title"].endswith(".")


def test_a_refusal_is_in_the_asked_language(client: FlaskClient) -> None:
    titles = {told(client, f"/api/v1/observations.csv?lang={each}", 400)["title"] for each in languages()}
    assert len(titles) == len(languages())


def test_what_is_computed_only_on_a_page_names_its_parts(client: FlaskClient) -> None:
    code = "cofunded_benefit_municipal_eur_per_inhabitant"
    title = told(client, f"/api/v1/observations.csv?indicator={code}", 400)["title"]
    assert "cofunded_benefit_municipal_eur, population" in title
    (listed,) = [each for each in client.get("/api/v1/indicators").get_json() if each["code"] == code]
    assert (listed["delivered"], listed["origin"]) == (False, "derived") and listed["made_of"]


def test_too_many_rows_are_refused_kindly(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(MOST_ROWS, "csv", 3)
    assert "observations.parquet" in told(client, SERIES, 400)["title"]


def test_an_unknown_address_and_a_post_are_refused_for_programs(client: FlaskClient) -> None:
    assert told(client, "/api/v1/none", 404)["status"] == 404
    assert told(client, "/api/v2/indicators?lang=en", 404)["title"].startswith("There is no such address")
    posted = client.post("/api/v1/indicators")
    assert (posted.status_code, posted.mimetype) == (405, "application/problem+json")
    assert set(posted.allow) == {"GET", "HEAD", "OPTIONS"}
    assert told(client, "/api/v1/indicators?area=305", 400)["parameter"] == "area"


def test_without_a_database_programs_are_told_to_wait(tmp_path: Path, new_client: New) -> None:
    client = new_client(tmp_path)
    for name in ("indicators", "areas", "sources", "observations.csv?indicator=births", "observations.parquet"):
        assert told(client, f"/api/v1/{name}", 503)["status"] == 503
    assert client.get("/api/v1/areas").headers["Retry-After"] == "30"


@pytest.mark.parametrize("name", ["indicators", "areas", "sources", "openapi.json", "observations.parquet"])
def test_an_answer_is_kept_asked_for_again_by_its_tag_and_shared(client: FlaskClient, name: str) -> None:
    with client.get(f"/api/v1/{name}") as first:
        tag = first.headers["ETag"]
    with client.get(f"/api/v1/{name}", headers={"If-None-Match": tag}) as again:
        assert (first.status_code, again.status_code) == (200, 304)
    assert first.cache_control.public and first.cache_control.max_age
    assert first.headers["Access-Control-Allow-Origin"] == again.headers["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in first.headers


def test_a_browser_may_ask_before_it_asks(client: FlaskClient) -> None:
    answer = client.options("/api/v1/areas", headers={"Origin": "https://example.org"})
    assert answer.status_code == 200 and "GET" in answer.headers["Access-Control-Allow-Methods"]


def test_every_indicator_area_and_source_is_listed(client: FlaskClient) -> None:
    catalogue = load_catalogue()
    lists = {name: client.get(f"/api/v1/{name}").get_json() for name in ("indicators", "areas", "sources")}
    assert [each["code"] for each in lists["indicators"]] == list(catalogue.indicators)
    rate = next(each for each in lists["indicators"] if each["code"] == "unemployment_rate")
    assert (rate["first_period"], rate["last_period"], rate["decimals"]) == ("2023-07", "2026-08", 1)
    assert set(rate["labels"]) == set(languages()) and rate["breaks"]
    assert "municipality" in rate["levels"] and rate["unit"] == "percent"
    assert "199" not in [each["code"] for each in lists["areas"]]
    source = next(each for each in lists["sources"] if each["code"] == "employment_service_12r5")
    assert (source["licence"], source["release"]) == ("CC BY 4.0", "2026-09-22T05:00:00Z")


def test_made_up_figures_say_so_in_every_row(tmp_path: Path, new_client: New) -> None:
    client = new_client(build(tmp_path, made_up=True))
    found = rows(client, f"{SERIES}&lang=en")
    assert {row["remark"] for row in found} == {"made-up example data – not real figures"}
    assert client.get(SERIES.replace(".csv", ".json")).get_json()["extension"]["made_up"] is True
