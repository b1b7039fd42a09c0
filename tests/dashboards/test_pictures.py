import base64
import hashlib
import re
import struct
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
import typst
from flask.testing import FlaskClient

from dashboards.charts import CHARTS, png
from dashboards.charts.description import Bars, Plot
from dashboards.errors import PictureFailed
from dashboards.view import view
from dashboards.visit import Visit
from dashboards.words import languages
from tests.dashboards.small_database import build

Ask = Callable[..., Visit]
New = Callable[[Path], FlaskClient]
RATE = "/embed/unemployment_rate"
EMPTY = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="7" viewBox="0 0 10 7"/>'


def svg_of(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    assert answer.mimetype == "image/svg+xml"
    return answer.get_data(as_text=True)


def texts(svg: str) -> str:
    return " ".join("".join(element.itertext()) for element in ElementTree.fromstring(svg).iter() if element.text)


def size_of(answer: bytes) -> tuple[int, int]:
    assert answer[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", answer[16:24])
    return width, height


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("chart", CHARTS)
def test_a_picture_stands_alone_with_title_unit_source_and_site(
    client: FlaskClient, visit: Ask, chart: str, language: str
) -> None:
    said = texts(svg_of(client, f"/embed/{chart}.svg?area=305&lang={language}"))
    shown = view(chart, visit(language, CHARTS[chart].page, area="305"))
    for words in (shown.title, shown.description.unit, "Koillismaa"):
        assert words in said
    assert set(shown.source_line.split()) <= set(said.split())
    if isinstance(shown.description, Plot | Bars) and CHARTS[chart].of_area:
        assert "Kuusamo" in said


def test_a_picture_draws_what_the_page_draws(client: FlaskClient) -> None:
    query = "?area=614&compare=305,SSS&from=2015-01&to=2025-12"
    page = client.get(f"/fi/tyollisyyskatsaus{query}").get_data(as_text=True)
    lines = re.findall(r'class="line"[^>]* d="([^"]+)"', svg_of(client, f"{RATE}.svg{query}"))
    assert len(lines) >= 2
    assert [line for line in lines if line not in page] == []


@pytest.mark.parametrize("width", [240, 401, 700, 1200, 1999, 2400])
def test_a_png_is_as_wide_as_asked_for(client: FlaskClient, width: int) -> None:
    answer = client.get(f"{RATE}.png?area=305&width={width}")
    assert (answer.status_code, answer.mimetype) == (200, "image/png")
    assert size_of(answer.data)[0] == width


@pytest.mark.parametrize("width", [300, 600, 1200])
@pytest.mark.parametrize("chart", CHARTS)
def test_every_chart_becomes_a_png_in_every_width(client: FlaskClient, chart: str, width: int) -> None:
    answer = client.get(f"/embed/{chart}.png?area=614&width={width}&theme=dark&lang=sv")
    assert size_of(answer.data)[0] == width


def test_a_small_png_has_a_drawing_of_its_own_whose_text_can_be_read(client: FlaskClient) -> None:
    assert "0 0 860" in svg_of(client, f"{RATE}.svg?width=1200")
    assert "0 0 520" in svg_of(client, f"{RATE}.svg?width=600")
    assert "0 0 360" in svg_of(client, f"{RATE}.svg?width=400")


@pytest.mark.parametrize("language", languages())
def test_the_picture_for_sharing_is_titled_by_the_page_s_headline(client: FlaskClient, language: str) -> None:
    page = client.get(f"/{language}/tyollisyyskatsaus?area=832").get_data(as_text=True)
    headline = re.findall(r"<h1>(.*?)</h1>", page)[0]
    query = f"?area=832&lang={language}&width=1200&height=630"
    assert headline in texts(svg_of(client, f"{RATE}.svg{query}"))
    assert size_of(client.get(f"{RATE}.png{query}").data) == (1200, 630)


def test_a_dark_picture_names_its_rules_in_its_policy(client: FlaskClient) -> None:
    answer = client.get(f"{RATE}.svg?theme=dark")
    style = re.findall(r"<style>(.*?)</style>", answer.get_data(as_text=True))[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in answer.headers["Content-Security-Policy"]
    assert ".area-305{color:#5cb3d6}" in style
    assert "<style" not in svg_of(client, f"{RATE}.svg?theme=light")
    assert client.get(f"{RATE}.png?theme=dark").data != client.get(f"{RATE}.png").data


@pytest.mark.parametrize(
    ("address", "status", "parameter"),
    [
        ("/embed/none.svg", 404, "chart"),
        ("/embed/%3Cb%3E.png", 404, "chart"),
        (f"{RATE}.png?width=239", 400, "width"),
        (f"{RATE}.png?width=2401", 400, "width"),
        (f"{RATE}.png?width=99999999999999999999", 400, "width"),
        (f"{RATE}.png?width=-1", 400, "width"),
        (f"{RATE}.png?width=%D9%A3%D9%A0%D9%A0", 400, "width"),
        (f"{RATE}.png?width=1e3", 400, "width"),
        (f"{RATE}.png?height=630", 400, "height"),
        (f"{RATE}.png?width=1200&height=631", 400, "height"),
        ("/embed/structure.png?width=1200&height=630", 400, "height"),
        (f"{RATE}.svg?theme=blue", 400, "theme"),
        (f"{RATE}.svg?lang=de", 400, "lang"),
        (f"{RATE}.svg?area=999", 404, "area"),
        (f"{RATE}.svg?area=199", 404, "area"),
        (f"{RATE}.svg?compare=305,998", 404, "compare"),
        (f"{RATE}.svg?month=2026-13", 400, "month/from/to"),
        (f"{RATE}.svg?from=2026-08&to=2025-01", 400, "from"),
        (f"{RATE}.svg?as_of=yesterday", 400, "as_of"),
        (f"{RATE}.svg?as_of=9999-01-01", 400, "as_of"),
    ],
)
def test_a_picture_that_cannot_be_made_is_refused_with_one_sentence(
    client: FlaskClient, address: str, status: int, parameter: str
) -> None:
    answer = client.get(address)
    told = answer.get_json(force=True)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert (told["status"], told["parameter"]) == (status, parameter)
    assert told["title"].endswith(".")
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_refusal_speaks_the_language_that_is_asked_for(client: FlaskClient) -> None:
    assert client.get("/embed/none.svg?lang=sv").get_json(force=True)["title"].startswith("Diagrammet")


def test_an_unknown_ending_is_no_picture(client: FlaskClient) -> None:
    assert client.get(f"{RATE}.gif").status_code == 404


def test_a_picture_may_be_kept_framed_and_asked_for_again(client: FlaskClient) -> None:
    for kind in ("svg", "png"):
        answer = client.get(f"{RATE}.{kind}?area=305")
        assert answer.cache_control.max_age == 300
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
        again = client.get(f"{RATE}.{kind}?area=305", headers={"If-None-Match": answer.headers["ETag"]})
        assert again.status_code == 304


def test_a_picture_says_which_day_s_knowledge_it_shows(client: FlaskClient) -> None:
    said = texts(svg_of(client, f"{RATE}.svg?as_of=2026-08-01"))
    assert "Tiedot sellaisina kuin ne tunnettiin 1.8.2026." in said
    assert "11,4\u00a0%" not in said


def test_a_picture_explains_the_sign_of_hidden_figures(client: FlaskClient) -> None:
    assert "\u2026 salassa pidettävä" in texts(svg_of(client, "/embed/open_vacancies.svg?area=614"))
    assert "salassa" not in texts(svg_of(client, f"{RATE}.svg?area=305"))


def test_a_picture_of_made_up_data_says_so_in_every_shape(tmp_path: Path, new_client: New) -> None:
    client = new_client(build(tmp_path, made_up=True))
    for query in ("", "?width=400", "?width=1200&height=630"):
        assert "esimerkkiaineisto – ei oikeita lukuja" in texts(svg_of(client, RATE + ".svg" + query))


def test_without_a_database_a_picture_is_not_there_yet(tmp_path: Path, new_client: New) -> None:
    assert new_client(tmp_path / "none").get(f"{RATE}.png").status_code == 503


def test_pictures_are_set_in_our_own_typeface_in_two_weights() -> None:
    fonts = [(font.family, font.weight) for font in png.fonts().fonts()]
    assert sorted(fonts) == [("Atkinson Hyperlegible Next", 400), ("Atkinson Hyperlegible Next", 700)]


def test_text_in_a_png_is_drawn(client: FlaskClient) -> None:
    def drawn(letter: str) -> bytes:
        svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40" viewBox="0 0 90 40"><text y="30" \
font-family="Atkinson Hyperlegible Next, sans-serif">{letter}</text></svg>'
        return png.png_of(svg, 90)

    letters = [drawn(letter) for letter in ("", "a", "ä", "š", "\u2026", "\u2212", "%")]
    assert len(set(letters)) == len(letters)


def test_a_warning_of_the_typesetter_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        typst, "compile_with_warnings", lambda *given, **named: (b"", [typst.TypstWarning("no such font", "", [], [])])
    )
    with pytest.raises(PictureFailed, match="without a warning"):
        png.png_of(EMPTY, 11)


def test_what_is_no_svg_is_a_failure() -> None:
    with pytest.raises(PictureFailed, match="typst said"):
        png.png_of(EMPTY.removesuffix("/>"), 10)


def test_a_picture_without_a_size_is_a_failure() -> None:
    with pytest.raises(PictureFailed, match="its size"):
        png.png_of("<svg/>", 10)


@pytest.mark.parametrize("width", [240, 333, 900, 1200])
def test_a_picture_is_fitted_to_whole_pixels_and_not_distorted(width: int) -> None:
    svg, height = png.fitted(EMPTY, width)
    box = re.findall(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)[0]
    assert float(box[0]) / float(box[1]) == pytest.approx(width / height, abs=1e-5)
    assert 0 <= height - 0.7 * width < 1
