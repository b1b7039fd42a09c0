"""What a page tells of itself, and what can be taken away from its charts."""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboards.charts import CHARTS
from dashboards.shell import CHARTED
from dashboards.words import languages
from ingest.snapshot.shipped import load_shipped
from queries.catalogue import load_catalogue
from queries.settings import load_settings

PAGE = "tyollisyyskatsaus"


def text(client: FlaskClient, address: str, **more: str) -> str:
    return client.get(address, **more).get_data(as_text=True)


def meta(html: str, name: str) -> str:
    found = re.findall(rf'<meta (?:property|name)="{name}" content="([^"]*)">', html)
    assert len(found) == 1, name
    return unescape(found[0])


def link(html: str, rel: str) -> str:
    found = re.findall(rf'<link rel="{rel}" href="([^"]*)">', html)
    assert len(found) == 1, rel
    return unescape(found[0])


def test_each_page_and_language_has_its_own_title_and_description(client: FlaskClient) -> None:
    pages = [text(client, f"/{language}/{slug}") for language in languages() for slug in ("", PAGE, f"{PAGE}?area=614")]
    titles = [re.findall(r"<title>(.*?)</title>", html.partition("</head>")[0]) for html in pages]
    assert all(len(each) == 1 for each in titles)
    assert len({each[0] for each in titles}) == len(pages)
    assert len({meta(html, "description") for html in pages}) == len(pages)


def test_a_title_names_area_and_month(client: FlaskClient) -> None:
    html = text(client, f"/fi/{PAGE}?area=614&month=2026-06")
    assert "<title>Työllisyyskatsaus: Posio, kesäkuu 2026 – Koillismaa</title>" in html
    assert meta(html, "og:title") == "Työllisyyskatsaus: Posio, kesäkuu 2026"


def test_a_search_engine_is_told_one_address_for_an_area_and_month(client: FlaskClient) -> None:
    for query in ("area=614&month=2026-06", "month=2026-06&area=KU614&compare=305&from=2015-01&view=table"):
        html = text(client, f"/fi/{PAGE}?{query}")
        assert link(html, "canonical") == f"http://localhost/fi/{PAGE}?area=614&month=2026-06"
    assert link(text(client, f"/sv/{PAGE}"), "canonical") == f"http://localhost/sv/{PAGE}?area=305"
    assert link(text(client, "/en/"), "canonical") == "http://localhost/en/"


@pytest.mark.parametrize("address", ["/sv/", f"/sv/{PAGE}?area=832"])
def test_a_page_tells_its_other_languages(client: FlaskClient, address: str) -> None:
    html = text(client, address)
    told = dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', html))
    assert list(told) == [*languages(), "x-default"]
    assert told["x-default"] == told["fi"]
    for language in languages():
        there = unescape(told[language]).removeprefix("http://localhost")
        assert link(text(client, there), "canonical") == unescape(told[language])


def test_sharing_keeps_the_whole_view_and_shows_its_picture(client: FlaskClient) -> None:
    html = text(client, f"/sv/{PAGE}?area=614&compare=305,SSS&from=2015-01&view=table")
    assert meta(html, "og:url") == f"http://localhost/sv/{PAGE}?area=614&compare=305,SSS&from=2015-01&view=table"
    drawn = text(client, f"/sv/{PAGE}?area=614&compare=305,SSS&from=2015-01")
    picture = meta(html, "og:image")
    assert picture.startswith(
        "http://localhost/embed/unemployment_rate.png?area=614&compare=305,SSS&from=2015-01&lang=sv"
    )
    answer = client.get(picture)
    assert (answer.status_code, answer.mimetype) == (200, "image/png")
    assert meta(html, "og:image:width") == "1200"
    assert meta(html, "og:description") == meta(html, "description")
    assert meta(html, "og:image:alt") in {unescape(each) for each in re.findall(r"<desc[^>]*>([^<]*)</desc>", drawn)}
    assert meta(html, "twitter:card") == "summary_large_image"
    assert (meta(html, "og:locale"), html.count("og:locale:alternate")) == ("sv_FI", 2)


def test_each_page_is_shared_with_the_picture_of_its_first_chart_of_lines_that_has_figures(
    tmp_path: Path, new_client: Callable[[Path], FlaskClient]
) -> None:
    load_shipped(load_settings(data_dir=tmp_path), load_catalogue())
    shipped = new_client(tmp_path)
    shown = {}
    for slug in CHARTED:
        picture = meta(text(shipped, f"/fi/{slug}?area=305"), "og:image")
        (shown[slug],) = re.findall(r"/embed/(\w+)\.png", picture)
        assert shipped.get(picture).status_code == 200
        assert CHARTS[shown[slug]].page == slug
    assert (shown[PAGE], shown["elinvoimakatsaus"]) == ("unemployment_rate", "population")


def test_the_front_page_can_be_shared_too(client: FlaskClient) -> None:
    assert client.get(meta(text(client, "/fi/"), "og:image")).status_code == 200


def test_absolute_addresses_follow_the_host_that_was_asked(client: FlaskClient) -> None:
    html = text(client, f"/fi/{PAGE}", base_url="https://tilastot.example")
    assert link(html, "canonical").startswith("https://tilastot.example/fi/")
    assert meta(html, "og:image").startswith("https://tilastot.example/embed/")


def test_a_page_that_is_not_there_is_not_for_search_engines(client: FlaskClient) -> None:
    html = text(client, "/fi/ei-ole")
    assert meta(html, "robots") == "noindex"
    assert "canonical" not in html
    assert "<title>Sivua ei ole – Koillismaa</title>" in html


def test_search_engines_may_read_everything(client: FlaskClient) -> None:
    answer = client.get("/robots.txt")
    assert answer.mimetype == "text/plain"
    assert answer.get_data(as_text=True) == "User-agent: *\nAllow: /\n"


def test_the_icon_is_found_by_custom_too(client: FlaskClient) -> None:
    assert client.get("/favicon.ico").mimetype == "image/png"
    assert client.get(link(text(client, "/fi/"), "apple-touch-icon")).mimetype == "image/png"


@pytest.mark.parametrize("language", languages())
def test_each_chart_has_one_menu_whose_files_and_link_are_there(client: FlaskClient, language: str) -> None:
    html = text(client, f"/{language}/{PAGE}?area=614&compare=305&from=2015-01")
    cards = [card for card in html.split("<section ") if "data-chart=" in card]
    assert len(cards) >= 5
    for card in cards:
        assert card.count('<details class="menu"') == 1
        chart = re.findall(r' id="(\w+)"', card)[0]
        files = re.findall(r'<a href="(/embed/[^"]+)" download="([^"]+)"', card)
        assert [name for _, name in files] == [f"{chart}_614.png", f"{chart}_614.svg"]
        for address, _ in files:
            assert "compare=305" in address
            assert client.get(unescape(address)).status_code == 200
        field = unescape(re.findall(r'readonly value="([^"]+)"', card)[0])
        assert field == f"http://localhost/{language}/{PAGE}?area=614&compare=305&from=2015-01#{chart}"


def test_a_table_without_a_chart_has_no_menu_of_pictures(client: FlaskClient) -> None:
    html = text(client, f"/fi/{PAGE}")
    assert 'class="menu"' not in html[html.index('id="measures"') :]


def test_each_printed_page_carries_source_and_address(client: FlaskClient) -> None:
    html = text(client, f"/fi/{PAGE}?area=614")
    foot = re.findall(r'<p class="on-paper"[^>]*>(.*?)</p>', html)[0]
    assert "Lähde: KEHA-keskus" in foot
    assert foot.endswith(f"http://localhost/fi/{PAGE}?area=614")
