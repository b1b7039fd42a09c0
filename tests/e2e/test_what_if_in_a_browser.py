"""The calculator in a browser: it counts as the server does, keeps its state in the address, works without scripts."""

import threading
from collections.abc import Iterator, Mapping
from random import Random
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from werkzeug.serving import make_server

from dashboards.what_if import what_if
from dashboards.words import load_words
from queries.benefit_rules import load_benefit_rules
from queries.settings import load_settings
from tests.dashboards.small_database import build
from tests.dashboards.what_if_page import DAY, SLUG, START, server_with_calculator
from tests.e2e.conftest import Open
from tests.e2e.test_review_in_a_browser import Axe

pytestmark = pytest.mark.browser

RULES = load_benefit_rules(load_settings())
PAGE = f"/fi/{SLUG}"
TYPE_ALL = """cases => cases.map(fields => {
    const form = document.querySelector("form[data-what-if]");
    for (const [name, texts] of Object.entries(fields))
        form.querySelectorAll(`input[name="${name}"]`).forEach((input, at) => { input.value = texts[at]; });
    form.elements.days.dispatchEvent(new Event("input", {bubbles: true}));
    const results = [...form.querySelectorAll("[data-result]")].map(each => [each.dataset.result, each.textContent]);
    return {told: form.querySelector("[role=status]").textContent, results: Object.fromEntries(results),
            wrong: [...form.querySelectorAll("[aria-invalid]")].map(each => each.id)};
})"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the root address of a server with the calculator's page."""
    settings = load_settings(data_dir=build(tmp_path_factory.mktemp("what_if")))
    server = make_server("127.0.0.1", 0, server_with_calculator(settings), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def typed(random: Random) -> dict[str, list[str]]:
    """Return texts as readers type them: commas, points, spaces, empty fields, halves; some cannot be."""

    def number(high: int, decimals: int) -> str:
        value = random.randint(0, high * 10**decimals) / 10**decimals
        text = f"{value:,.{random.randint(0, decimals)}f}".replace(",", random.choice((" ", "\u00a0", "")))
        return random.choice((text, text.replace(".", ","), text))

    most = random.choice((3, 9, 60, 99_999))
    persons = [random.randint(0, most) for _ in range(5)]
    out = [random.randint(0, each) for each in persons]
    on = [random.randint(0, now - gone) for now, gone in zip(persons, out, strict=True)]
    if random.random() < 0.05:
        out[random.randint(0, 4)] += most
    near = random.random() < 0.1  # a difference that is written as zero
    return {
        "persons": [f"{each:,}".replace(",", random.choice((" ", "\u00a0", ""))) for each in persons],
        "out": [str(min(each, 99_999)) if each or random.random() < 0.5 else "" for each in out],
        "on": [str(each) for each in on[:-1]],
        "days": [random.choice((number(23, 2), "20", "21,5", ""))],
        "length": [
            "0" if near else random.choice(("0", "", str(random.randint(-60, 60)), f"\u2212{random.randint(0, 276)}"))
        ],
        "daily": ["37,21" if near else random.choice((number(99, 2), "37,21", "50"))],
        "new_daily": ["37,22" if near else random.choice((number(999, 2), "37.21", "25"))],
        "active": [random.choice((number(100, 1), "0", "50", "25")) if not near else "0"],
        "leaving": [random.choice((number(100, 1), "0", "50", "100"))],
    }


def on_server(fields: Mapping[str, list[str]], language: str) -> dict[str, Any]:
    parts = {**fields, "rules": ["2026-05"]}
    it = what_if(load_words(language), RULES, parts, START, DAY, PAGE)
    assert it.problems == ()
    wrong = [field for step in it.steps for field in step.fields if field.wrong]
    wrong += [field for field in (*it.amounts, *it.services) if field.wrong]
    return {"told": it.told, "results": dict(it.results), "wrong": [field.id for field in wrong]}


@pytest.mark.parametrize(("language", "count"), [("fi", 1000), ("sv", 50), ("en", 50)])
def test_the_browser_counts_and_says_what_the_server_does(open_page: Open, language: str, count: int) -> None:
    random = Random(f"{language} 555/1998")
    cases = [typed(random) for _ in range(count)]
    answers = open_page(f"/{language}/{SLUG}").page.evaluate(TYPE_ALL, cases)
    assert len(answers) == count
    for fields, answer in zip(cases, answers, strict=True):
        assert answer == on_server(fields, language), fields
    assert any(answer["wrong"] for answer in answers)
    assert sum(not answer["wrong"] for answer in answers) > count / 2


def test_what_is_typed_is_counted_at_once_and_kept_in_the_address(open_page: Open) -> None:
    opened = open_page(f"{PAGE}?area=305")
    page = opened.page
    page.get_by_label("Pois etuudelta").nth(4).fill("10")
    assert (
        page.get_by_role("status").inner_text()
        == "Kunnan osuus pienenee 3\u00a0319\u00a0€ kuukaudessa, 39\u00a0830\u00a0€ vuodessa."
    )
    assert page.locator("[data-result='persons.4']").inner_text() == "108"
    page.wait_for_url("**out=0,0,0,0,10*")
    parts = parse_qs(urlsplit(page.url).query)
    assert parts["area"] == ["305"]
    assert what_if(load_words("fi"), RULES, parts, START, DAY, PAGE).told == page.get_by_role("status").inner_text()
    assert "out=0,0,0,0,10" in (page.get_by_role("link", name="Svenska").get_attribute("href") or "")
    page.reload()
    assert page.get_by_label("Pois etuudelta").nth(4).input_value() == "10"
    assert page.get_by_role("status").inner_text().startswith("Kunnan osuus pienenee 3\u00a0319")
    page.get_by_label("Pois etuudelta").nth(4).fill("0")
    page.wait_for_url("**?area=305")
    assert opened.complaints == []


def test_what_is_no_number_is_told_and_nothing_is_counted(open_page: Open) -> None:
    page = open_page(PAGE).page
    field = page.get_by_label("Päiväetuus nyt")
    field.fill("paljon")
    assert page.get_by_role("status").inner_text() == "Päiväetuus nyt, €: anna luku, vähintään 0 ja enintään 999,99."
    assert field.get_attribute("aria-invalid") == "true"
    assert page.locator("[data-result='after.month']").inner_text() == "–"
    field.fill("40")
    assert field.get_attribute("aria-invalid") is None
    assert page.get_by_role("status").inner_text().startswith("Kunnan osuus pienenee")


def test_enter_counts_without_a_new_page(open_page: Open) -> None:
    opened = open_page(PAGE)
    opened.page.get_by_label("Heistä pois etuudelta").fill("50")
    opened.page.get_by_label("Jäljelle jäävistä").fill("20")
    opened.page.get_by_label("Jäljelle jäävistä").press("Enter")
    assert "active=20" in opened.page.url
    assert len([url for url in opened.requests if SLUG in url]) == 1


def test_the_numbers_are_put_back_without_a_new_page(open_page: Open) -> None:
    opened = open_page(f"{PAGE}?area=305&out=0,0,0,0,10&daily=50")
    opened.page.get_by_label("Nyt", exact=True).nth(0).fill("7")
    opened.page.get_by_role("link", name="Palauta alkuluvut").click()
    assert opened.page.url.endswith("?area=305")
    assert opened.page.get_by_label("Nyt", exact=True).nth(0).input_value() == "64"
    assert opened.page.get_by_role("status").inner_text().startswith("Kunnan osuus ei muutu: 73\u00a0950")
    assert len([url for url in opened.requests if SLUG in url]) == 1


@pytest.mark.parametrize("scripts", [True, False])
def test_other_rules_take_the_typed_numbers_along(open_page: Open, scripts: bool) -> None:
    page = open_page(f"{PAGE}?area=305", scripts=scripts).page
    page.get_by_label("Pois etuudelta").nth(0).fill("4")
    page.get_by_role("button", name="1.1.2025–30.4.2026").click()
    page.wait_for_url("**/fi/laskuri?*rules=2025*")
    assert "Säännöt: 1.1.2025–30.4.2026." in page.locator(".numbers-out").inner_text()
    assert page.get_by_label("Pois etuudelta").nth(0).input_value() == "4"
    assert "area=305" in page.url


def test_the_form_counts_without_scripts(open_page: Open) -> None:
    page = open_page(f"{PAGE}?area=305", scripts=False).page
    page.get_by_label("Pois etuudelta").nth(4).fill("10")
    page.get_by_label("Päiväetuus muutoksen jälkeen").fill("37,21")
    page.get_by_role("button", name="Laske", exact=True).click()
    assert (
        page.get_by_role("status").inner_text()
        == "Kunnan osuus pienenee 3\u00a0319\u00a0€ kuukaudessa, 39\u00a0830\u00a0€ vuodessa."
    )
    assert page.url.endswith("#what-if")
    page.get_by_role("link", name="Palauta alkuluvut").click()
    assert page.get_by_role("status").inner_text().startswith("Kunnan osuus ei muutu")
    assert page.url.endswith("?area=305#what-if")


def test_it_counts_on_after_the_page_has_replaced_it(open_page: Open) -> None:
    page = open_page(PAGE).page
    page.evaluate("document.querySelector('main').innerHTML = document.querySelector('main').innerHTML")
    page.get_by_label("Pois etuudelta").nth(4).fill("10")
    assert page.get_by_role("status").inner_text().startswith("Kunnan osuus pienenee 3\u00a0319")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("query", ["", "?out=99999,0,0,0,0&days=x"])
def test_axe_finds_no_violation(open_page: Open, axe: Axe, query: str, width: int, scheme: str) -> None:
    page = open_page(f"/sv/{SLUG}{query}", width, scheme).page
    assert axe(page) == []


@pytest.mark.parametrize("width", [320, 390, 800, 1280])
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_it_does_not_scroll_sideways_and_its_fields_are_large_enough(
    open_page: Open, language: str, width: int
) -> None:
    page = open_page(f"/{language}/{SLUG}?out=1,1,1,1,1", width).page
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    targets = page.locator(".what-if :is(a, button, input:not([type=hidden])):visible").all()
    boxes = [target.bounding_box() or {"width": 0, "height": 0} for target in targets]
    assert min(min(box["width"], box["height"]) for box in boxes) >= 24


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1280, 900)])
def test_the_answer_is_in_sight_while_persons_are_typed(open_page: Open, width: int, height: int) -> None:
    page = open_page(PAGE, width, height=height).page
    page.get_by_label("Pois etuudelta").nth(1).fill("1")
    box = page.get_by_role("status").bounding_box()
    assert box is not None
    assert 0 <= box["y"] <= height - box["height"]
