import re
from collections.abc import Callable
from html import unescape
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from flask.testing import FlaskClient

from dashboards.charts import CHARTS, charts_of
from dashboards.first_paint import draw_card
from dashboards.pages.single_card import describe_card
from dashboards.share import height_of
from dashboards.visit import Visit
from dashboards.words import languages

Ask = Callable[..., Visit]
ROOT = "http://localhost"
PAGE = "/fi/tyollisyyskatsaus?area=614"
DISCOVERY = re.compile(r'<link rel="alternate" type="application/json\+oembed" href="([^"]+)"')


def oembed(client: FlaskClient, url: str, status: int = 200, **more: str) -> dict[str, object]:
    answer = client.get(f"/oembed?{urlencode({'url': url, **more})}")
    assert answer.status_code == status, answer.get_data(as_text=True)
    told: dict[str, object] = answer.get_json(force=True)
    return told


def frame_of(html: object) -> dict[str, str]:
    return {name: unescape(value) for name, value in re.findall(r'(\w+)="([^"]*)"', str(html))}


def codes_of(html: str) -> list[dict[str, str]]:
    found = re.findall(r"<textarea[^>]*>(.*?)</textarea>", html, re.DOTALL)
    return [frame_of(unescape(each)) for each in found]


@pytest.mark.parametrize("chart", CHARTS)
def test_oembed_gives_a_frame_for_each_chart(client: FlaskClient, chart: str) -> None:
    told = oembed(client, f"{ROOT}/embed/{chart}?area=614&lang=sv")
    frame = frame_of(told["html"])
    assert (told["version"], told["type"]) == ("1.0", "rich")
    assert frame["loading"] == "lazy" and frame["title"] == unescape(str(told["title"]))
    assert frame["width"] == "100%" and int(frame["height"]) == told["height"]
    address = urlsplit(frame["src"])
    assert address.path == f"/embed/{chart}" and parse_qs(address.query)["lang"] == ["sv"]
    assert client.get(f"{address.path}?{address.query}").status_code == 200


def test_oembed_keeps_what_the_address_asks_for_and_nothing_else(client: FlaskClient) -> None:
    asked = f"{ROOT}/embed/unemployment_rate?area=614&compare=305&from=2015-01&as_of=2026-08-01&theme=dark&x=%22%3E"
    query = parse_qs(urlsplit(frame_of(oembed(client, asked)["html"])["src"]).query)
    assert query == {
        "area": ["614"], "compare": ["305"], "from": ["2015-01"], "as_of": ["2026-08-01"], "lang": ["fi"],
        "theme": ["dark"],
    }  # fmt: skip


def test_oembed_stays_within_the_room_that_there_is(client: FlaskClient) -> None:
    told = oembed(client, f"{ROOT}/embed/structure", maxwidth="400", maxheight="300")
    frame = frame_of(told["html"])
    assert (told["width"], told["height"]) == (400, 300)
    assert (frame["width"], frame["height"]) == ("400", "300")


@pytest.mark.parametrize(
    ("url", "more", "status"),
    [
        ("https://example.org/embed/structure", {}, 404),
        (f"{ROOT}/embed/none", {}, 404),
        (f"{ROOT}/fi/", {}, 404),
        ("", {}, 404),
        ("http://[", {}, 404),
        (f"{ROOT}/embed/structure?area=999", {}, 404),
        (f"{ROOT}/embed/structure?lang=de", {}, 400),
        (f"{ROOT}/embed/structure", {"maxwidth": "-1"}, 400),
        (f"{ROOT}/embed/structure", {"format": "xml"}, 501),
    ],
)
def test_what_cannot_be_embedded_is_refused_with_one_sentence(
    client: FlaskClient, url: str, more: dict[str, str], status: int
) -> None:
    assert str(oembed(client, url, status, **more)["title"]).endswith(".")


def test_pages_and_frames_lead_to_their_oembed(client: FlaskClient) -> None:
    for address, chart in ((PAGE, "unemployment_rate"), ("/embed/structure?area=614", "structure")):
        found = DISCOVERY.findall(client.get(address).get_data(as_text=True))
        told = client.get(unescape(found[0]).removeprefix(ROOT)).get_json()
        assert f"/embed/{chart}?area=614" in told["html"]
    assert not DISCOVERY.findall(client.get("/fi/").get_data(as_text=True))


def test_a_page_s_address_may_name_its_chart(client: FlaskClient) -> None:
    assert "/embed/beveridge?" in str(oembed(client, f"{ROOT}{PAGE}#beveridge")["html"])


def test_each_card_with_a_chart_offers_the_code_of_a_live_frame(client: FlaskClient) -> None:
    html = client.get(PAGE).get_data(as_text=True)
    frames = codes_of(html)
    shown = {urlsplit(each["src"]).path.rpartition("/")[2] for each in frames}
    assert {"unemployment_rate", "structure", "area_map"} <= shown <= set(CHARTS)
    for frame in frames:
        assert frame["src"].startswith(f"{ROOT}/embed/") and "as_of" not in frame["src"]
        assert frame["title"] and frame["loading"] == "lazy" and 300 <= int(frame["height"]) <= 3000
        assert client.get(frame["src"].removeprefix(ROOT)).status_code == 200
    assert '<option value="2026-09-22">' in html


def test_cards_shown_as_tables_offer_the_frame_of_the_chart(client: FlaskClient) -> None:
    frames = codes_of(client.get(f"{PAGE}&view=table").get_data(as_text=True))
    assert frames and all("view" not in each["src"] for each in frames)


def test_small_plots_need_less_height_where_two_stand_beside_each_other(visit: Ask) -> None:
    asked = visit(area="305")
    card = describe_card(asked, CHARTS["home_municipalities"])
    drawings = draw_card(card, asked)
    assert height_of(card, card.title, drawings, 600) < height_of(card, card.title, drawings, 400)


def test_every_chart_is_listed_with_titles_parameters_and_addresses_that_answer(client: FlaskClient) -> None:
    answer = client.get("/charts.json")
    listed = answer.get_json()["charts"]
    assert [each["id"] for each in listed] == list(CHARTS)
    assert answer.headers["Access-Control-Allow-Origin"] == "*" and answer.cache_control.max_age == 300
    again = client.get("/charts.json", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    for each in listed:
        assert set(each["title"]) == set(languages()) and all(each["title"].values())
        assert {"area", "lang", "theme", "as_of"} <= set(each["parameters"])
        assert client.get(each["embed"].removeprefix(ROOT)).status_code == 200
        assert client.get(each["svg"].removeprefix(ROOT)).status_code == 200
    assert {each.id for each in charts_of("tyollisyyskatsaus")} <= {each["id"] for each in listed}
