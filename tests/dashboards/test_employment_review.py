from collections.abc import Callable
from pathlib import Path

import pytest

from dashboards.breaks import year_on_year
from dashboards.pages.employment_review import describe
from dashboards.pages.parts import KeyFigure, Page
from dashboards.visit import Visit
from tests.dashboards.small_database import add, build

Ask = Callable[..., Visit]


def key_figure(page: Page, code: str) -> KeyFigure:
    return next(figure for figure in page.key_figures if figure.code == code)


def card(page: Page, name: str) -> list[tuple[str, ...]]:
    return list(next(card for card in page.cards if card.id == name).table)


@pytest.mark.parametrize(
    ("language", "headline"),
    [
        (
            "fi",
            "Kuusamossa oli elokuussa 2026 työttömiä 11,4\u00a0% työvoimasta, "
            "1,4 prosenttiyksikköä enemmän kuin vuotta aiemmin.",
        ),
        (
            "sv",
            "I Kuusamo var 11,4\u00a0% av arbetskraften arbetslösa i augusti 2026, "
            "1,4 procentenheter mer än ett år tidigare.",
        ),
        (
            "en",
            "In Kuusamo, unemployed jobseekers were 11.4\u00a0% of the workforce in August 2026, "
            "1.4 percentage points more than a year earlier.",
        ),
    ],
)
def test_the_headline_is_a_sentence_with_the_number_in_it(visit: Ask, language: str, headline: str) -> None:
    assert describe(visit(language)).headline == headline


def test_a_municipality_without_a_known_inflection_gets_a_sentence_that_needs_none(
    tmp_path: Path, visit_of: Ask
) -> None:
    folder = build(tmp_path, change=lambda database: add(database, "unemployment_rate", "765", "2026-08", 7.3))
    assert describe(visit_of(folder, area="765")).headline == (
        "Sotkamo: elokuussa 2026 työttömiä oli 7,3\u00a0% työvoimasta, vertailutietoa ei ole."
    )


def test_below_twenty_persons_the_headline_gives_persons(tmp_path: Path, visit_of: Ask) -> None:
    def few(database: object) -> None:
        add(database, "unemployment_rate", "765", "2026-08", 7.3)  # type: ignore[arg-type]
        add(database, "unemployed_jobseekers", "765", "2026-08", 19)  # type: ignore[arg-type]
        add(database, "unemployed_jobseekers", "765", "2025-08", 20)  # type: ignore[arg-type]

    assert describe(visit_of(build(tmp_path, change=few), area="765")).headline == (
        "Sotkamo: elokuussa 2026 työttömiä työnhakijoita oli 19, 1 henkilö vähemmän kuin vuotta aiemmin."
    )


def test_the_default_month_is_the_newest_of_the_unemployment_rate(visit: Ask) -> None:
    assert describe(visit()).month == "2026-08"
    assert describe(visit(area="SSS")).month == "2026-06"


def test_each_key_figure_has_its_own_newest_month(visit: Ask) -> None:
    page = describe(visit())
    assert key_figure(page, "unemployment_rate").period == "elokuu 2026"
    assert key_figure(page, "unemployed_jobseekers").period == "kesäkuu 2026"


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("unemployment_rate", "12,2\u00a0%"),
        ("unemployed_jobseekers", "805"),
        ("unemployed_under_25", "79"),
        ("long_term_unemployed", "268"),
        ("open_vacancies", "206"),
        ("new_vacancies", "155"),
    ],
)
def test_the_figures_of_kuusamo_in_june_are_the_published_ones(visit: Ask, code: str, value: str) -> None:
    figure = key_figure(describe(visit(month="2026-06")), code)
    assert (figure.value, figure.period) == (value, "kesäkuu 2026")


def test_no_key_figure_is_later_than_the_chosen_month(visit: Ask) -> None:
    page = describe(visit(month="2025-09"))
    assert key_figure(page, "open_vacancies").period == "syyskuu 2025"
    assert key_figure(page, "unemployed_jobseekers").period == "lokakuu 2023"


def test_the_change_of_a_percent_is_in_percentage_points_with_an_arrow_and_a_word(visit: Ask) -> None:
    figure = key_figure(describe(visit()), "unemployment_rate")
    assert (figure.direction, figure.change) == ("up", "1,4 prosenttiyksikköä enemmän kuin vuotta aiemmin")


def test_without_the_month_a_year_earlier_no_change_is_told(visit: Ask) -> None:
    figure = key_figure(describe(visit()), "unemployed_jobseekers")
    assert (figure.direction, figure.change) == ("", "vertailutietoa ei ole")


def test_a_hidden_figure_is_three_dots_with_the_reason(visit: Ask) -> None:
    page = describe(visit(area="614", month="2026-06"))
    for code in ("open_vacancies", "new_vacancies"):
        figure = key_figure(page, code)
        assert (figure.value, figure.notes) == ("\u2026", ("salassa pidettävä",))


def test_what_the_shipped_data_lacks_says_what_brings_it(visit: Ask) -> None:
    figure = key_figure(describe(visit()), "activation_rate")
    assert figure.value == "ei tietoa"
    assert "koillismaa ingest" in figure.notes[0]


def test_no_change_is_computed_across_a_break_that_forbids_it(tmp_path: Path, visit_of: Ask) -> None:
    def activation(database: object) -> None:
        for period, value in (("2025-03", 30.0), ("2026-03", 20.0), ("2026-06", 21.0), ("2025-06", 22.5)):
            add(database, "activation_rate", "305", period, value)  # type: ignore[arg-type]

    folder = build(tmp_path, change=activation)
    across = key_figure(describe(visit_of(folder, month="2026-03")), "activation_rate")
    assert across.direction == ""
    assert across.change.startswith("ei vertailukelpoinen vuoden takaiseen: palvelujen asiakasrekisteri vaihtui")
    after = key_figure(describe(visit_of(folder, month="2026-06")), "activation_rate")
    assert after.change == "1,5 prosenttiyksikköä vähemmän kuin vuotta aiemmin"
    assert year_on_year(visit_of(folder), "activation_rate", "305", "2026-03").difference is None


def test_a_calculated_or_transcribed_key_figure_says_so(visit: Ask) -> None:
    page = describe(visit())
    assert key_figure(page, "unemployed_per_vacancy").notes == ("laskettu julkaistuista luvuista",)
    assert key_figure(page, "open_vacancies").notes == ("kirjattu julkaisijan taulukon jäljennöksestä",)


def test_only_breaks_that_touch_what_is_shown_are_told(visit: Ask) -> None:
    notes = " ".join(describe(visit()).notes)
    assert "noin kaksi vuotta vanha" in notes
    assert "siirtyivät valtiolta kunnille" in notes
    assert "asiakasrekisteri" not in notes


def test_a_page_says_what_was_known_on_a_day(visit: Ask) -> None:
    page = describe(visit(as_of="2026-08-01"))
    assert page.month == "2026-05"
    assert describe(visit(as_of="2020-01-01")).headline == "Kuusamo: työttömien osuudesta työvoimasta ei ole tietoa."


@pytest.mark.parametrize(
    ("month", "start"),
    [("2030-01", "Kuukaudelta tammikuu 2030 ei vielä ole"), ("2001-01", "Kuukaudelta tammikuu 2001 ei ole tietoja")],
)
def test_a_month_outside_the_series_is_told_and_the_newest_shown(visit: Ask, month: str, start: str) -> None:
    page = describe(visit(month=month))
    assert page.month == "2026-08"
    assert page.notices[0].startswith(start)


def test_the_table_of_the_rate_has_the_newest_month_first_and_the_change_in_points(visit: Ask) -> None:
    rows = card(describe(visit(compare="832")), "unemployment_rate")
    assert rows[0] == ("Kuukausi", "Kuusamo", "Muutos vuodessa, %-yks.", "Taivalkoski")
    assert rows[1][:3] == ("8/2026", "11,4", "+1,4")
    assert len(rows) == 25


def test_the_table_view_has_every_month_that_is_shown(visit: Ask) -> None:
    rows = card(describe(visit(compare="832", view="table")), "unemployment_rate")
    assert len(rows) == 1 + 38


def test_the_signs_of_a_table_have_a_legend(visit: Ask) -> None:
    page = describe(visit(area="614"))
    measures = next(card for card in page.cards if card.id == "measures")
    june = next(row for row in measures.table if row[0] == "6/2026")
    assert june[6:8] == ("\u2026", "\u2026")
    assert "\u2026 salassa pidettävä" in measures.legend
    assert any(line.startswith("\u00d7 ") for line in measures.legend)
    assert any(line.startswith("\u2020 ") for line in measures.legend)


def test_the_survey_s_rate_is_never_shown_with_the_register_s(visit: Ask) -> None:
    page = describe(visit())
    assert not any("survey" in figure.code for figure in page.key_figures)
    assert "Se ei ole sama kuin työvoimatutkimuksen työttömyysaste" in " ".join(page.notes)
