"""Each fault of the fake Statistics Finland does what its name says, to the calls it is meant for."""

from collections.abc import Iterator
from math import prod

import httpx
import pytest

from tests.publishers import Fault, StatFin, faults
from tests.publishers.client import ALL, LFS, QUICK, R5, Client, items


@pytest.fixture
def client() -> Iterator[Client]:
    """A publisher without limits on calls, and a client of it."""
    with StatFin(config=QUICK) as publisher, httpx.Client(timeout=10) as http:
        yield Client(publisher, http)


def test_a_fault_meets_only_its_path_method_and_times(client: Client) -> None:
    client.publisher.faults.append(faults.Status(503, path="12r5", method="POST", times=2))
    assert client.get(f"StatFin/{R5}.px").status_code == client.post(LFS).status_code == 200
    assert [client.post(R5).status_code for _ in range(3)] == [503, 503, 200]


@pytest.mark.parametrize("code", [400, 403, 429, 500, 502, 503])
def test_status_answers_with_an_error(client: Client, code: int) -> None:
    client.publisher.faults.append(faults.Status(code))
    assert client.post(R5).status_code == code


@pytest.mark.parametrize(("asked", "told"), [(7, "7"), ("http-date", " GMT")])
def test_status_tells_when_to_come_back(client: Client, asked: int | str, told: str) -> None:
    client.publisher.faults.append(faults.Status(429, asked))
    assert client.post(R5).headers["Retry-After"].endswith(told)


def test_html_comes_with_status_200(client: Client) -> None:
    client.publisher.faults.append(faults.Html())
    answer = client.post(R5)
    assert answer.status_code == 200 and answer.text.startswith("<!DOCTYPE html>")


def test_a_truncated_body_looks_whole_until_it_is_read(client: Client) -> None:
    client.publisher.faults.append(faults.Truncated())
    answer = client.post(R5)
    with pytest.raises(ValueError, match=r"Unterminated|Expecting"):
        answer.json()


def test_a_disconnect_breaks_the_body(client: Client) -> None:
    client.publisher.faults.append(faults.Disconnect(times=1))
    with pytest.raises(httpx.RemoteProtocolError):
        client.post(R5)
    assert client.post(R5).status_code == 200


def test_slow_outlasts_a_short_timeout(client: Client) -> None:
    client.publisher.faults.append(faults.Slow(1))
    client.http.timeout = httpx.Timeout(0.1)
    with pytest.raises(httpx.ReadTimeout):
        client.post(R5)
    assert client.publisher.calls[-1].status == 200


def test_a_bomb_is_small_on_the_way_and_large_when_unpacked(client: Client) -> None:
    client.publisher.faults.append(faults.Bomb(megabytes=20))
    with client.http.stream("GET", f"{client.publisher.url}/fi/?config") as answer:
        assert int(answer.headers["Content-Length"]) < 200_000
        assert sum(map(len, answer.iter_bytes())) > 20_000_000


def altered(client: Client, fault: Fault) -> tuple[list[str], list[str], list[str]]:
    """Give the variable codes, months and contents of 12r5 under a fault."""
    client.publisher.faults.append(fault)
    variables = client.meta(R5)["variables"]
    months = next(variable["values"] for variable in variables if variable.get("time"))
    return [variable["code"] for variable in variables], months, variables[-1]["values"]


def test_a_new_dimension_must_be_asked_for(client: Client) -> None:
    codes, _, _ = altered(client, faults.NewDimension())
    assert codes == ["Alue", "timeperiod_m", "Koulutusaste", "contentscode"]
    assert client.post(R5).status_code == 400
    assert client.data(R5, Koulutusaste=ALL)["size"] == [1, 3, 23]


def test_a_lost_content_is_gone_from_metadata_and_data(client: Client) -> None:
    _, _, contents = altered(client, faults.LostContent("TYOTOSUUS"))
    assert "TYOTOSUUS" not in contents and len(client.data(R5)["value"]) == 22


def test_months_go_missing_in_the_middle_at_the_end_and_at_the_beginning(client: Client) -> None:
    assert "2020M05" not in altered(client, faults.Hole("2020M05"))[1]
    assert altered(client, faults.LostNewest())[1][-1] == "2026M07"
    assert altered(client, faults.DroppedYears("2011"))[1][0] == "2011M01"
    assert client.post(R5, timeperiod_m=items("2020M05")).status_code == 400


def test_a_variable_can_be_renamed(client: Client) -> None:
    codes, _, _ = altered(client, faults.RenamedVariable("Alue", "alue_23_20270101"))
    assert codes[0] == "alue_23_20270101"
    assert client.post(R5, Alue=ALL).status_code == 400
    assert client.data(R5, alue_23_20270101=items("KU305"))["id"][0] == "alue_23_20270101"


def test_a_changed_unit_shows_in_unit_and_label(client: Client) -> None:
    client.publisher.faults.append(faults.ChangedUnit("TYOTTOMATLOPUSSA", "1 000 henkilöä"))
    category = client.data(R5)["dimension"]["contentscode"]["category"]
    assert category["unit"]["TYOTTOMATLOPUSSA"] == {"base": "1 000 henkilöä", "decimals": 0}
    assert category["label"]["TYOTTOMATLOPUSSA"] == "Työttömät työnhakijat laskentapäivänä (1 000 henkilöä)"


def test_duplicate_rows_show_in_metadata_and_data(client: Client) -> None:
    client.publisher.faults.append(faults.DuplicateRows())
    assert client.meta(R5)["variables"][0]["values"][:2] == ["SSS", "SSS"]
    assert list(client.data(R5, Alue=ALL)["dimension"]["Alue"]["category"]["index"].values())[:3] == [0, 0, 2]


def test_a_wrong_size_leaves_a_cell_out(client: Client) -> None:
    client.publisher.faults.append(faults.WrongSize())
    data = client.data(R5)
    assert len(data["value"]) == prod(data["size"]) - 1


def test_cells_can_be_text_have_an_unknown_symbol_or_an_impossible_rate(client: Client) -> None:
    client.publisher.faults[:] = [faults.NotJsonTypes()]
    assert client.data(R5)["value"][0] == "abc"
    client.publisher.faults[:] = [faults.TextCode()]
    data = client.data(R5)
    assert (data["value"][0], data["status"]["0"]) == (None, "x")
    client.publisher.faults[:] = [faults.ImplausibleRate()]
    assert client.data(R5)["value"][3] == 940
