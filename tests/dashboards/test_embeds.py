import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from flask.testing import FlaskClient
from markupsafe import escape

from dashboards.charts import BENEFIT, CHARTS, PROJECT, REVIEW, SHARE, VITALITY, charts_of
from dashboards.freshness import tell_age
from dashboards.pages import employment_review, project, unemployment_benefit, vitality_review
from dashboards.pages.single_card import PAGES, describe_card
from dashboards.view import view
from dashboards.visit import Visit
from dashboards.words import languages, load_words
from queries.read import Reader, Snapshot
from tests.dashboards.small_database import build

Ask = Callable[..., Visit]
New = Callable[[Path], FlaskClient]
RATE = "/embed/unemployment_rate"
DESCRIBED = {
    REVIEW: employment_review.describe,
    VITALITY: vitality_review.describe,
    BENEFIT: unemployment_benefit.describe,
    PROJECT: project.describe,
}
CELL = re.compile(r"<t[dh](?: [^>]*)?>(.*?)</t[dh]>")


def html_of(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    assert answer.mimetype == "text/html"
    return answer.get_data(as_text=True)


def table_of(html: str) -> list[str]:
    return CELL.findall(html[html.find("<table>") : html.find("</table>")])


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("chart", CHARTS)
def test_a_frame_holds_the_title_the_drawing_the_table_and_the_source(
    client: FlaskClient, visit: Ask, chart: str, language: str, theme: str
) -> None:
    html = html_of(client, f"/embed/{chart}?area=305&lang={language}&theme={theme}")
    asked = visit(language, CHARTS[chart].page, area="305")
    shown, card = view(chart, asked), describe_card(asked, CHARTS[chart])
    assert f'<html lang="{language}" class="embed">' in html and html.count("<h1>") == 1
    for words in (shown.title, shown.summary, card.source_line, *shown.notes):
        assert str(escape(words)) in html
    rows = card.table if len(card.table) > 1 else ()
    assert table_of(html) == [str(escape(cell)) for row in rows for cell in row]
    assert f"/embed-{theme}.css" in html
    if table_of(html):
        assert "<svg" in html and "<details" in html


@pytest.mark.parametrize("area", ["305", "614", "SSS", "SK178"])
@pytest.mark.parametrize("chart", CHARTS)
def test_a_frame_has_the_table_and_the_drawing_of_the_page(visit: Ask, chart: str, area: str) -> None:
    asked = visit("fi", CHARTS[chart].page, area=area, compare="832")
    cards = {card.id: card for card in DESCRIBED[CHARTS[chart].page](asked).cards}
    alone = describe_card(asked, CHARTS[chart])
    card = cards.get(chart, alone)
    assert replace(alone, view=None) == replace(card, view=None)
    assert alone.view and card.view and alone.view.description == card.view.description
    assert (alone.view.summary, alone.view.notes) == (card.view.summary, card.view.notes)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_makes_each_of_its_charts_under_the_chart_s_own_name(visit: Ask, page: str) -> None:
    asked = visit("fi", page, area="305")
    made = {name: [card.id for card in make(asked)] for name, make in PAGES[page].items()}
    charts = [chart.id for chart in charts_of(page)]
    assert set(charts) <= made.keys()
    assert all(made[chart] in ([], [chart]) for chart in charts)
    assert [card.id for card in DESCRIBED[page](asked).cards] == [card for cards in made.values() for card in cards]


@pytest.mark.parametrize(
    ("chart", "queries"),
    [
        ("open_vacancies", set()),
        ("occupations_unemployed", {"newest_breakdown"}),
        ("rank_country", {"municipalities_held", "ranking"}),
        (SHARE, set()),
        ("benefit_recipients_by_sex", {"breakdowns"}),
        ("jobs", set()),
        ("ages", {"breakdowns"}),
        ("vitality_map", {"municipalities_held", "ranking"}),
    ],
)
def test_a_frame_reads_nothing_for_the_other_charts_of_its_page(
    every_folder: Path, new_client: New, monkeypatch: pytest.MonkeyPatch, chart: str, queries: set[str]
) -> None:
    asked: set[str] = set()

    def noting(read: Callable[..., pd.DataFrame]) -> Callable[..., pd.DataFrame]:
        def noted(snapshot: Snapshot, name: str, **params: object) -> pd.DataFrame:
            asked.add(name)
            return read(snapshot, name, **params)

        return noted

    for method in ("frame", "large_frame"):
        monkeypatch.setattr(Snapshot, method, noting(getattr(Snapshot, method)))
    html_of(new_client(every_folder), f"/embed/{chart}?area=305")
    assert "series_with_comparison" in asked
    assert asked & {"newest_breakdown", "breakdowns", "municipalities_held", "ranking"} == queries


def test_a_frame_asks_nothing_of_others_sets_no_cookie_and_runs_nothing_inline(client: FlaskClient) -> None:
    answer = client.get(f"{RATE}?area=305")
    html = answer.get_data(as_text=True)
    fetched = re.findall(r'<(?:link rel="stylesheet" href|script src|img src)="([^"]+)"', html)
    assert len(fetched) == 3 and all(each.startswith("/") for each in fetched)
    assert "Set-Cookie" not in answer.headers and " style=" not in html and "<style" not in html
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "frame-ancestors *" in policy
    assert "X-Frame-Options" not in answer.headers


def test_the_scripts_of_a_frame_weigh_less_than_fifteen_kilobytes(client: FlaskClient) -> None:
    for chart in ("unemployment_rate", "area_map"):
        scripts = re.findall(r'<script src="([^"]+)"', html_of(client, f"/embed/{chart}"))
        assert sum(len(client.get(each).data) for each in scripts) <= 15_000


@pytest.mark.parametrize("chart", ["area_map", "vitality_map", "unemployment_rate", "rank_country"])
def test_a_frame_with_all_that_it_loads_weighs_at_most_thirty_kilobytes(every_client: FlaskClient, chart: str) -> None:
    address = f"/embed/{chart}?area=305"
    loaded = re.findall(r'<(?:link rel="stylesheet" href|script src)="([^"]+)"', html_of(every_client, address))
    packed = [every_client.get(each, headers={"Accept-Encoding": "br"}) for each in (address, *loaded)]
    assert len(packed) == 4 and all(each.headers["Content-Encoding"] == "br" for each in packed)
    assert sum(len(each.data) for each in packed) <= 30_000


def test_a_theme_is_the_frame_s_own_whatever_the_reader_s(client: FlaskClient) -> None:
    sheets = {}
    for theme in ("light", "dark"):
        address = re.findall(r'rel="stylesheet" href="([^"]+)"', html_of(client, f"{RATE}?theme={theme}"))[0]
        sheets[theme] = client.get(address).get_data(as_text=True)
    assert all("prefers-color-scheme" not in each and "@font-face" not in each for each in sheets.values())
    assert "color-scheme: dark" in sheets["dark"] and "@media all" in sheets["dark"]
    assert "color-scheme: light;" in sheets["light"] and "@media not all" in sheets["light"]


def test_a_frame_is_kept_and_asked_for_again_cheaply(client: FlaskClient) -> None:
    for query, seconds in (("?area=305", 300), ("?area=305&as_of=2026-08-01", 86_400)):
        plain, packed = client.get(RATE + query), client.get(RATE + query, headers={"Accept-Encoding": "br"})
        assert plain.cache_control.max_age == seconds
        assert packed.headers["Content-Encoding"] == "br" and packed.headers["Vary"] == "Accept-Encoding"
        assert 3 * len(packed.data) < len(plain.data)
        again = client.get(RATE + query, headers={"If-None-Match": plain.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")


def test_a_dated_frame_says_its_day_and_never_that_it_is_old(client: FlaskClient) -> None:
    html = html_of(client, f"{RATE}?area=305&as_of=2026-08-01")
    assert "Tiedot sellaisina kuin ne tunnettiin 1.8.2026." in html
    assert load_words("fi")("embed.stale", day="").partition(".")[0].strip() not in html


def test_old_figures_are_marked_with_the_day_on_which_they_were_fetched(tmp_path: Path, visit_of: Ask) -> None:
    def reach(database: duckdb.DuckDBPyConnection) -> None:
        database.execute("insert into coverage values (2, 'unemployment_rate', '', [''], ['305'], ['2026-08'])")

    folder = build(tmp_path, channel="api", change=reach)
    asked, snapshot = visit_of(folder, area="305"), Reader(folder).snapshot()
    limit = timedelta(days=asked.catalogue.sources["employment_service_12r5"].stale_after_days)
    last_day = date(2026, 8, 31)
    assert tell_age(asked, snapshot, [2], last_day + limit) == ""
    assert "22.9.2026" in tell_age(asked, snapshot, [2], last_day + limit + timedelta(days=1))
    dated = visit_of(folder, area="305", as_of="2026-10-01")
    assert tell_age(dated, snapshot, [2], date(2030, 1, 1)) == ""


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("/embed/none", 404, "none"),
        ("/embed/%3Cb%3E", 404, "&lt;b&gt;"),
        (f"{RATE}?area=999", 404, "999"),
        (f"{RATE}?compare=998", 404, "998"),
        (f"{RATE}?month=2026-13", 400, "2026-13"),
        (f"{RATE}?theme=blue", 400, "blue"),
        (f"{RATE}?lang=de", 400, "de"),
        (f"{RATE}?measure=x", 400, "measure"),
        (f"{RATE}?as_of=yesterday", 400, "yesterday"),
    ],
)
def test_what_cannot_be_shown_is_said_in_a_small_document(
    client: FlaskClient, query: str, status: int, said: str
) -> None:
    answer = client.get(query)
    html = answer.get_data(as_text=True)
    assert answer.status_code == status and said in html
    assert "<h1>Kuviota ei voi näyttää</h1>" in html and "<svg" not in html
    assert answer.headers["Cache-Control"] == "no-store"
    assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]


def test_a_refusal_speaks_the_frame_s_language_and_has_its_theme(client: FlaskClient) -> None:
    html = client.get("/embed/none?lang=sv&theme=dark").get_data(as_text=True)
    assert 'lang="sv"' in html and "/embed-dark.css" in html and "Diagrammet" in html


def test_a_frame_of_made_up_data_says_so(tmp_path: Path, new_client: New) -> None:
    assert load_words("fi")("made_up.banner") in html_of(new_client(build(tmp_path, made_up=True)), RATE)


def test_a_frame_s_style_sheet_leaves_out_what_only_pages_need(client: FlaskClient) -> None:
    (style,) = re.findall(r'<link rel="stylesheet" href="([^"]+)"', html_of(client, f"{RATE}?area=305"))
    of_frame = client.get(style).get_data(as_text=True)
    (of_page,) = re.findall("<style>(.*?)</style>", html_of(client, "/fi/"), re.DOTALL)
    for rule in (".drawing .grid{", ".readout p{", ".map .own{", ".scroll{"):
        assert rule in of_frame and rule in of_page
    for rule in (".what-if form{", ".menu-inside{", ".key-figure{", ".controls{"):
        assert rule not in of_frame and rule in of_page
    assert of_frame.count("{") == of_frame.count("}")
