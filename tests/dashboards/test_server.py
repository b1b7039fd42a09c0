import gzip
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboards.charts.picture import style_hash
from dashboards.first_paint import html_table, is_worded
from dashboards.routes.assets import FOLDER, SCRIPTS
from dashboards.words import languages
from queries.database import note_state
from tests.dashboards.small_database import build

PAGE = "/fi/tyollisyyskatsaus"
STATIC = r'<(?:link rel="(?:icon|apple-touch-icon)"|script) (?:href|src)="([^"]+)"'
New = Callable[[Path], FlaskClient]


def text(client: FlaskClient, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.get_data(as_text=True)


def test_the_root_leads_to_finnish_or_to_the_reader_s_language(client: FlaskClient) -> None:
    assert client.get("/?area=832").headers["Location"] == "/fi/?area=832"
    assert client.get("/", headers={"Accept-Language": "sv-FI,sv;q=0.9"}).headers["Location"] == "/sv/"
    assert client.get("/", headers={"Accept-Language": "de"}).headers["Location"] == "/fi/"


@pytest.mark.parametrize("language", languages())
def test_the_front_page_shows_every_municipality_with_the_way_to_its_review(client: FlaskClient, language: str) -> None:
    html = text(client, f"/{language}/")
    assert html.count("<h1") == 1
    for area in ("305", "832", "615", "614"):
        assert f'href="/{language}/tyollisyyskatsaus?area={area}"' in html
    for other in languages():
        assert f'href="/{other}/"' in html


def test_the_front_page_shows_what_was_known_on_a_day_and_tells_a_bad_day(client: FlaskClient) -> None:
    assert "Näytetään tiedot sellaisina kuin ne tunnettiin" in text(client, "/fi/?as_of=2026-08-01")
    assert "0000-00-00" in text(client, "/fi/?as_of=0000-00-00")


@pytest.mark.parametrize("language", languages())
def test_a_page_has_its_language_one_heading_and_links_to_the_others(client: FlaskClient, language: str) -> None:
    html = text(client, f"/{language}/tyollisyyskatsaus?area=832&month=2026-06")
    assert f'<html lang="{language}">' in html
    assert html.count("<h1") == 1
    for other in languages():
        assert f'href="/{other}/tyollisyyskatsaus?area=832&amp;month=2026-06"' in html


def test_an_unknown_address_is_told_in_its_language_with_a_way_on(client: FlaskClient) -> None:
    html = text(client, "/sv/finns-inte", 404)
    assert "Sidan finns inte" in html
    assert 'href="/sv/tyollisyyskatsaus"' in html
    assert "Sivua ei ole" in text(client, "/xx/tyollisyyskatsaus", 404)


@pytest.mark.parametrize(
    "query",
    [
        "area=999",
        "area=199",
        "compare=%3Cscript%3E",
        "month=2026-13",
        "from=x&to=y",
        "view=1",
        "as_of=0000-00-00",
        "area=&month=&from=&to=&view=",
        "unknown=1",
        "month=2026-08&month=2026-07",
        "from=2050-01",
        "to=1950-01",
        "area=%FF%00",
        "from=2026-08&to=2026-08",
        "as_of=1999-01-01",
        "as_of=9999-12-31",
        "as_of=0001-01-01",
        "from=0000-01",
        "to=9999-12",
    ],
)
def test_a_bad_value_never_breaks_a_page(client: FlaskClient, query: str) -> None:
    answer = client.get(f"{PAGE}?{query}", follow_redirects=True)
    assert answer.status_code == 200
    assert "<script>" not in answer.get_data(as_text=True)


def test_a_page_says_which_value_it_could_not_use(client: FlaskClient) -> None:
    assert "Osoitteessa pyydettyä aluetta ”&lt;i&gt;” ei ole" in text(client, f"{PAGE}?area=%3Ci%3E")


def test_what_a_form_sends_becomes_a_tidy_address(client: FlaskClient) -> None:
    answer = client.get(f"{PAGE}?area=305&month=&from=2015-01&to=&view=chart&compare=&compare=832&compare=615")
    assert answer.headers["Location"] == f"{PAGE}?area=305&compare=832,615&from=2015-01"


def test_unplaced_rows_are_not_offered(client: FlaskClient) -> None:
    assert "Tuntematon" not in text(client, PAGE)


def test_a_page_tells_source_release_and_fetching(client: FlaskClient) -> None:
    assert "Lähde: KEHA-keskus, Työnvälitystilasto, taulukko tyonv/12r5. Julkaistu 22.9.2026" in text(client, PAGE)


def test_a_page_says_which_day_s_knowledge_it_shows(client: FlaskClient) -> None:
    html = text(client, f"{PAGE}?as_of=2026-08-01")
    assert "Näytetään tiedot sellaisina kuin ne tunnettiin 1.8.2026." in html
    assert '<input type="hidden" name="as_of" value="2026-08-01">' in html


@pytest.mark.parametrize(
    ("language", "banner"),
    [("fi", "ei oikeita lukuja"), ("sv", "inga riktiga siffror"), ("en", "not real figures")],
)
def test_made_up_data_is_marked_on_the_page(tmp_path: Path, new_client: New, language: str, banner: str) -> None:
    client = new_client(build(tmp_path, made_up=True))
    html = text(client, f"/{language}/tyollisyyskatsaus")
    assert re.search(rf'<p class="made-up">[^<]*{banner}', html)


def test_real_data_has_no_banner(client: FlaskClient) -> None:
    assert 'class="made-up"' not in text(client, PAGE)


def test_a_running_load_is_told_in_one_line(tmp_path: Path, new_client: New) -> None:
    folder = build(tmp_path)
    note_state(folder, "employment_service_12r5", step="fetching", done=7, total=18)
    assert "Haetaan tuoreita tietoja: 7/18 …" in text(new_client(folder), PAGE)


def test_a_failed_load_is_told_with_the_day_of_what_is_shown(tmp_path: Path, new_client: New) -> None:
    folder = build(tmp_path)
    note_state(folder, "employment_service_12r5", last_error="no answer", last_success="2026-09-22T05:10:00+00:00")
    assert "Viimeisin tietojen haku epäonnistui. Näytetään 22.9.2026 haetut tiedot." in text(new_client(folder), PAGE)


def test_without_a_database_pages_and_readiness_say_what_the_operator_does(tmp_path: Path, new_client: New) -> None:
    client = new_client(tmp_path / "none")
    assert client.get("/healthz").status_code == 200
    assert "koillismaa ingest" in text(client, "/readyz", 503)
    assert "Ylläpitäjä lataa ne komennolla koillismaa serve" in text(client, PAGE, 503)
    assert client.get(PAGE).headers["Retry-After"] == "30"


def test_a_new_version_is_shown_without_a_restart(tmp_path: Path, new_client: New) -> None:
    client = new_client(tmp_path)
    assert client.get("/readyz").status_code == 503
    build(tmp_path)
    assert client.get("/readyz").status_code == 200
    assert client.get(PAGE).status_code == 200


def test_every_answer_keeps_foreign_content_out(client: FlaskClient) -> None:
    for address in (PAGE, "/fi/none", "/assets/site.css", "/healthz"):
        headers = client.get(address).headers
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"]
        assert "Set-Cookie" not in headers


def test_the_one_style_sheet_of_a_page_is_named_by_its_hash(client: FlaskClient) -> None:
    for address in (PAGE, "/fi/none"):
        page = client.get(address)
        (style,) = re.findall("<style>(.*?)</style>", page.get_data(as_text=True), re.DOTALL)
        assert f"style-src 'self' {style_hash(style)};" in page.headers["Content-Security-Policy"]


def test_a_page_asks_nothing_of_other_hosts_and_has_no_inline_script_or_other_style(client: FlaskClient) -> None:
    html = text(client, PAGE)
    assert not re.search(r'(?:src|href)="(?:https?:)?//(?!localhost/)', html)
    own = re.sub(r"<textarea.*?</textarea>", "", html, flags=re.DOTALL)
    assert not re.search(r"\sstyle=|\son\w+=", own)
    assert own.count("<style") == 1
    scripts = re.findall(r"<script([^>]*)>", html)
    assert [each for each in scripts if ' src="/' not in each and ' type="application/json"' not in each] == []


def test_every_static_address_of_a_page_exists_and_is_kept_for_long(client: FlaskClient) -> None:
    page = client.get(PAGE)
    addresses = re.findall(STATIC, page.get_data(as_text=True)) + re.findall("<([^>]+)>", page.headers["Link"])
    addresses += re.findall(r'url\("([^"]+)"\)', page.get_data(as_text=True))
    assert len(addresses) >= 6
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert "v=" in address
        assert answer.cache_control.max_age == 31_536_000


def test_what_the_first_content_needs_is_named_before_the_document(client: FlaskClient) -> None:
    page = client.get(PAGE)
    font = re.fullmatch(
        r'<(.+latin\.woff2\?v=.+)>; rel=preload; as=font; type="font/woff2"; crossorigin', page.headers["Link"]
    )
    assert font and f'url("{font[1]}")' in page.get_data(as_text=True)


def test_one_script_is_all_that_a_page_is_read_with(client: FlaskClient) -> None:
    (address,) = re.findall(r'<script src="([^"]+)"', text(client, PAGE))
    script = text(client, address)
    assert [name for name in SCRIPTS if (FOLDER / name).read_text() not in script] == []


def test_an_asset_outside_the_folder_is_not_given(client: FlaskClient) -> None:
    assert client.get("/assets/../pyproject.toml").status_code == 404
    assert client.get("/assets/%2e%2e/pyproject.toml").status_code == 404


def test_an_unchanged_page_is_not_sent_twice(client: FlaskClient) -> None:
    first = client.get(PAGE)
    assert client.get(PAGE, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    assert first.cache_control.max_age == 60


def test_a_page_is_sent_compressed(client: FlaskClient) -> None:
    answer = client.get(PAGE, headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "<h1>" in gzip.decompress(answer.data).decode()


def test_the_first_view_is_at_most_150_kilobytes(client: FlaskClient) -> None:
    html = client.get(PAGE, headers={"Accept-Encoding": "gzip"})
    weight = len(html.data)
    needed = {*re.findall(STATIC, gzip.decompress(html.data).decode()), *re.findall("<([^>]+)>", html.headers["Link"])}
    for address in needed:
        weight += len(client.get(address, headers={"Accept-Encoding": "gzip"}).data)
    assert weight <= 150_000


def test_colours_of_the_settings_are_custom_properties_in_both_themes(client: FlaskClient) -> None:
    css = text(client, PAGE).partition("<style>")[2].partition("</style>")[0]
    assert "--area-305:#0b5a7a" in css
    assert "--area-305:#5cb3d6" in css.partition("prefers-color-scheme:dark")[2]
    assert ".area-305{color:var(--area-305)}" in css


def test_an_unprintable_letter_of_an_address_is_not_echoed(client: FlaskClient) -> None:
    html = text(client, f"{PAGE}?compare=%00%07")
    assert "\x00" not in html
    assert "\ufffd\ufffd" in html


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("as_of=9999-01-01", "on tulevaisuudessa"),
        ("month=%D9%A2%D9%A0%D9%A2%D9%A5-01", "ei ole kuukausi"),
        ("from=2090-01", "Valitulta jaksolta ei ole tietoja"),
        ("to=1990-01", "Valitulta jaksolta ei ole tietoja"),
    ],
)
def test_what_an_address_cannot_mean_is_told(client: FlaskClient, query: str, said: str) -> None:
    assert said in text(client, f"{PAGE}?{query}")


def test_the_country_is_compared_with_nothing_unless_asked(client: FlaskClient) -> None:
    html = text(client, f"{PAGE}?area=SSS")
    assert 'name="compare" value="MK19" checked' not in html


def test_the_footer_names_the_release_that_was_known_on_the_day(client: FlaskClient) -> None:
    then, now = (
        re.findall(r"<li>.*?12r5.*?</li>", text(client, f"{PAGE}?area=305{more}")) for more in ("&as_of=2026-08-01", "")
    )
    assert then != now


def test_a_page_takes_no_post(client: FlaskClient) -> None:
    answer = client.post(PAGE)
    assert (answer.status_code, "Sivua ei ole" in answer.text) == (405, True)


def test_a_column_of_words_may_break_its_lines_and_numbers_stand_below_each_other() -> None:
    rows = (("Asia", "Luku", "Huomautus"), ("a", "12\u00a0345", "tulkinta raportin kuviosta"), ("b", "1", ""))
    html = html_table(rows, "Otsikko")
    assert html.count('class="text"') == 3
    assert '<td class="text">tulkinta raportin kuviosta</td>' in html and "<td>12\u00a0345</td>" in html
    named = html_table((("Mittari", "Luku"), ("65 vuotta täyttäneiden osuus", "31,7")), "Otsikko")
    assert '<th scope="col" class="text">Mittari</th><th scope="col">Luku</th>' in named
    assert not is_worded("1 234 567 890 123 456") and not is_worded("noin 50 %")


def test_the_foot_of_a_page_names_the_sources_of_its_own_figures_only(client: FlaskClient) -> None:
    foot = client.get("/fi/").text.rpartition("<footer")[2]
    assert "tyonv/12r5" in foot
    assert "vaerak" not in foot and "kunnan-osarahoittaman" not in foot
