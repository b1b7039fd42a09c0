"""The live page: its answers are the plain pages', its scripts come packed from here, its documents tell no more."""

import gzip
import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import brotli
import pytest
from flask.testing import FlaskClient

from dashboards.charts.description import Plot
from dashboards.routes.assets import FOLDER
from dashboards.shell import CHARTED
from dashboards.view import view
from dashboards.visit import Visit
from dashboards.words import languages

PAGE = "/fi/tyollisyyskatsaus"
ROOT = Path(__file__).parent.parent.parent
QUERIES = [
    "",
    "area=614&month=2026-06",
    "area=305&compare=832,SSS&from=2015-01&view=table",
    "area=999&month=x&compare=%3Cscript%3E",
    "area=%FF%00&view=",
    "as_of=2026-08-01",
    "area=305&compare=832,615,614,SK178,MK17",
    "area=%C3%A4",
]
FORM = "area=305&month=&from=2015-01&to=&view=chart&compare=&compare=832&compare=615"


def call(client: FlaskClient, output: str, value: Any, pathname: str = PAGE, status: int = 200) -> Any:
    """Call a callback as Dash's renderer does and return what it gives."""
    of, name = output.split(".")
    asked = ("address", "search") if name == "answer" else ("page", "examined")
    body = {
        "output": output,
        "outputs": {"id": of, "property": name},
        "inputs": [{"id": asked[0], "property": asked[1], "value": value}],
        "changedPropIds": [".".join(asked)],
        "state": [{"id": "address", "property": "pathname", "value": pathname}],
    }
    answer = client.post("/live/_dash-update-component", json=body)
    assert answer.status_code == status
    return answer.get_json()["response"][of][name] if status == 200 else None


def answered(client: FlaskClient, query: str, pathname: str = PAGE) -> dict[str, str]:
    """Return what stands at an address, as Dash gives it."""
    given: dict[str, str] = call(client, "page.answer", f"?{query}" if query else "", pathname)
    return given


def figures(client: FlaskClient, *charts: str, query: str = "", language: str = "fi", dark: bool = False) -> Any:
    """Return the figures of some charts, as Dash gives them."""
    examined = {"visit": 3, "search": query, "charts": list(charts), "dark": dark}
    return call(client, "page.figures", examined, f"/{language}/tyollisyyskatsaus")


def told(client: FlaskClient) -> dict[str, Any]:
    """Return what a document tells the loader."""
    html = client.get(PAGE).get_data(as_text=True)
    block = re.search(r'<script id="_dash-config" type="application/json">(.*?)</script>', html)
    assert block
    read: dict[str, Any] = json.loads(block[1])
    return read


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("query", QUERIES)
def test_dash_answers_with_the_plain_page_s_content_and_title(client: FlaskClient, query: str, language: str) -> None:
    path = f"/{language}/tyollisyyskatsaus"
    html = client.get(f"{path}?{query}", follow_redirects=True).get_data(as_text=True)
    given = answered(client, query, path)
    assert f'<div id="page" data-content="{given["content"]}">{given["html"]}</div>' in html
    assert f"<title>{given['title']}</title>" in html
    assert given["search"] == (f"?{query}" if query else "")


def test_dash_tidies_what_a_form_wrote_as_the_plain_page_does(client: FlaskClient) -> None:
    given = answered(client, FORM)
    assert given["address"] == client.get(f"{PAGE}?{FORM}").headers["Location"]
    assert given["html"] == answered(client, given["address"].partition("?")[2])["html"]
    assert answered(client, "area=999&month=")["address"] == ""


def test_links_to_other_languages_keep_what_dash_was_asked(client: FlaskClient) -> None:
    html = client.get(f"{PAGE}?area=614&month=2026-06").get_data(as_text=True)
    query = answered(client, "area=614&month=2026-06")["query"]
    assert f'href="/sv/tyollisyyskatsaus?{query.replace("&", "&amp;")}"' in html


@pytest.mark.parametrize("pathname", ["/fi/none", "/xx/tyollisyyskatsaus", "", "/fi", "/fi/tyollisyyskatsaus/x"])
def test_dash_finds_no_page_where_there_is_none(client: FlaskClient, pathname: str) -> None:
    call(client, "page.answer", "", pathname, status=404)


@pytest.mark.parametrize("path", ["/live/", "/live/x", "/live/assets/live.js"])
def test_dash_has_no_page_of_its_own(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_without_a_database_dash_says_so_with_the_same_code(
    tmp_path: Path, new_client: Callable[[Path], FlaskClient]
) -> None:
    call(new_client(tmp_path / "none"), "page.answer", "", status=503)


def test_a_request_that_is_too_long_is_refused(client: FlaskClient) -> None:
    call(client, "page.answer", "?area=" + "9" * 70_000, status=413)


def test_a_document_tells_the_loader_nothing_that_changes_or_that_is_of_no_use(client: FlaskClient) -> None:
    assert told(client) == told(client)
    assert set(told(client)) == {
        "url_base_pathname",
        "requests_pathname_prefix",
        "update_title",
        "csrf_token_name",
        "csrf_header_name",
        "children_props",
        "plotlyjs_url",
        "scripts",
        "style",
    }


def test_every_script_is_ours_and_is_packed_and_kept_for_long(client: FlaskClient) -> None:
    addresses = [*told(client)["scripts"], told(client)["plotlyjs_url"], told(client)["style"]]
    assert len(addresses) >= 10
    for address in addresses:
        assert address.startswith(("/live/", "/assets/")), address
        plain = client.get(address)
        assert plain.status_code == 200, address
        assert "Content-Encoding" not in plain.headers
        assert plain.headers["Vary"] == "Accept-Encoding"
        assert plain.cache_control.max_age == 31_536_000, address
        for asked, packing, unpack in (("gzip, br", "br", brotli.decompress), ("gzip", "gzip", gzip.decompress)):
            answer = client.get(address, headers={"Accept-Encoding": asked})
            assert answer.headers["Content-Encoding"] == packing
            assert unpack(answer.data) == plain.data


def test_react_stands_before_what_needs_it_and_the_page_s_own_component_is_among_the_scripts(
    client: FlaskClient,
) -> None:
    names = [re.split(r"[@.]", address.rpartition("/")[2])[0] for address in told(client)["scripts"]]
    assert names.index("react") < names.index("react-dom") < names.index("dash_core_components")
    assert {"dash_renderer", "idiomorph", "live"} <= set(names)
    assert not {"dash_html_components", "bundle"} & set(names)


def test_what_dash_loads_later_is_served_packed(client: FlaskClient) -> None:
    folder = next(each for each in told(client)["scripts"] if "dash_core_components." in each).rpartition("/")[0]
    answer = client.get(f"{folder}/async-graph.js", headers={"Accept-Encoding": "br"})
    assert answer.headers["Content-Encoding"] == "br"
    assert b"Plotly" in brotli.decompress(answer.data)
    assert client.get(f"{folder}/none.js").status_code == 404


def test_plotly_is_the_part_that_lies_in_the_project(client: FlaskClient) -> None:
    shipped = (FOLDER / "plotly" / "plotly-basic.min.js.br").read_bytes()
    answer = client.get(told(client)["plotlyjs_url"], headers={"Accept-Encoding": "br"})
    assert answer.data == shipped
    assert hashlib.sha256(brotli.decompress(shipped)).hexdigest() in (ROOT / "CONTRIBUTING.md").read_text("utf-8")


def test_what_others_wrote_lies_beside_its_licence() -> None:
    for folder in ("plotly", "idiomorph", "fonts"):
        assert len((FOLDER / folder / "LICENSE.txt").read_text("utf-8")) > 500


def test_only_what_is_ours_may_run_and_look(client: FlaskClient) -> None:
    policy = client.get(PAGE).headers["Content-Security-Policy"]
    for rule in ("default-src 'none'", "script-src 'self'", "connect-src 'self'"):
        assert f"{rule};" in policy
    assert re.search(r"; style-src 'self' 'sha256-[^' ]+';", policy)
    assert "unsafe" not in policy


def test_a_page_with_nothing_to_take_over_loads_no_dash(client: FlaskClient) -> None:
    assert "_dash-config" not in client.get("/fi/").get_data(as_text=True)
    assert "_dash-config" not in client.get("/fi/none").get_data(as_text=True)


def test_a_figure_has_the_points_that_are_described(client: FlaskClient, visit: Callable[..., Visit]) -> None:
    given = figures(client, "unemployment_rate", query="?area=305&compare=832,614")
    description = view("unemployment_rate", visit(area="305", compare="832,614")).description
    assert isinstance(description, Plot)
    traces = {trace["name"]: trace for trace in given["charts"]["unemployment_rate"]["data"]}
    for line in description.lines:
        trace = traces[line.label]
        drawn = [(x, y) for x, y in zip(trace["x"], trace["y"], strict=True) if y is not None]
        assert drawn == [(point.period, point.value) for point in line.points if point.value is not None]
        assert given["charts"]["unemployment_rate"]["ends"][trace["name"]] == line.end
    assert given["visit"] == 3


@pytest.mark.parametrize(
    ("language", "separators", "august"),
    [("fi", ",\u00a0", "elokuu"), ("sv", ",\u00a0", "augusti"), ("en", ".\u00a0", "August")],
)
def test_a_figure_is_written_in_the_reader_s_language(
    client: FlaskClient, language: str, separators: str, august: str
) -> None:
    given = figures(client, "unemployment_rate", language=language)
    layout, config = given["charts"]["unemployment_rate"]["layout"], given["config"]
    assert layout["separators"] == separators
    assert layout["yaxis"]["hoverformat"] == ",.1f"
    locale = config["locales"][config["locale"]]["format"]
    assert (locale["months"][7], locale["decimal"] + locale["thousands"]) == (august, separators)
    assert (config["displayModeBar"], config["displaylogo"], config["plotlyServerURL"]) == (False, False, "")


def test_counts_are_written_without_decimals(client: FlaskClient) -> None:
    given = figures(client, "open_vacancies")
    assert given["charts"]["open_vacancies"]["layout"]["yaxis"]["hoverformat"] == ",.0f"


def test_a_dark_page_has_dark_figures(client: FlaskClient) -> None:
    light, dark = (
        figures(client, "unemployment_rate", dark=dark)["charts"]["unemployment_rate"] for dark in (False, True)
    )
    assert light["data"][-1]["line"]["color"] == "#0b5a7a"
    assert dark["data"][-1]["line"]["color"] == "#5cb3d6"
    assert light["layout"]["hoverlabel"] != dark["layout"]["hoverlabel"]


def test_a_name_with_signs_of_markup_is_shown_as_it_is(client: FlaskClient) -> None:
    figure = figures(client, "unemployment_rate", query="?area=305&compare=009")["charts"]["unemployment_rate"]
    assert "Äänekoski &amp; &lt;b>" in [*figure["ends"], *(trace["name"] for trace in figure["data"])]
    assert "<b>" not in json.dumps([figure["ends"], [trace["name"] for trace in figure["data"]]])


def test_what_plotly_cannot_draw_stays_a_drawing(client: FlaskClient) -> None:
    given = figures(client, "measures", "none", "open_vacancies", query="?area=765")
    assert (given["charts"]["measures"], given["charts"]["none"]) == (None, None)


def test_the_server_can_be_made_twice_in_one_process(data_dir: Path, new_client: Callable[[Path], FlaskClient]) -> None:
    first, second = new_client(data_dir), new_client(data_dir)
    assert told(first) == told(second)


CALL: dict[str, Any] = {
    "output": "page.answer",
    "outputs": {"id": "page", "property": "answer"},
    "inputs": [{"id": "address", "property": "search", "value": ""}],
    "changedPropIds": ["address.search"],
    "state": [{"id": "address", "property": "pathname", "value": PAGE}],
}


CHANGES: list[dict[str, Any]] = [
    {"output": "page.figures"},
    {"output": "other.answer"},
    {"output": ["page.answer"]},
    {"outputs": []},
    {"inputs": []},
    {"inputs": [{"id": "address", "property": "search", "value": 5}]},
    {"state": [{"id": "address", "property": "pathname", "value": {}}]},
    {"changedPropIds": 1},
]


@pytest.mark.parametrize(
    "body",
    ["", "{", "null", "[]", "{}", '"x"', "\u00ff", "[" * 10_000]
    + [json.dumps({name: value for name, value in CALL.items() if name != left_out}) for left_out in CALL]
    + [json.dumps(CALL | change) for change in CHANGES],
)
def test_a_call_of_another_shape_is_refused_with_a_sentence(client: FlaskClient, body: str) -> None:
    answer = client.post("/live/_dash-update-component", data=body.encode(), content_type="application/json")
    assert answer.status_code == 400
    assert "ask a page&#39;s own address" in answer.get_data(as_text=True)


@pytest.mark.parametrize("slug", CHARTED)
@pytest.mark.parametrize("view", ["chart", "table"])
def test_the_script_can_tell_the_cards_of_an_answer_apart_without_reading_it(
    client: FlaskClient, slug: str, view: str
) -> None:
    pattern = re.search(r"CARD = /(.+?)/g;", (FOLDER / "live.js").read_text(encoding="utf-8"))
    assert pattern
    html = answered(client, f"view={view}", f"/fi/{slug}")["html"]
    cards = list(re.finditer(pattern[1].replace("[^]", r"[\s\S]").replace(r"\/", "/"), html))
    assert [card[1] for card in cards] == re.findall(r'<section class="card(?: wide)?" id="([^"]+)"', html)
    assert cards
    assert all(card[0].count("<section") == card[0].count("</section>") == 1 for card in cards)
