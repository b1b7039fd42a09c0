"""The review in sentences: what each says, and when it is silent."""

from collections.abc import Callable, Mapping
from pathlib import Path

import duckdb
import pytest

from dashboards.pages.employment_review import describe
from dashboards.sentences import summarise
from dashboards.visit import Visit
from dashboards.words import languages
from tests.dashboards.small_database import add, build

Ask = Callable[..., Visit]


def told(visit: Visit) -> list[str]:
    return [sentence.text for sentence in summarise(visit)]


def of_area(tmp_path: Path, visit_of: Ask, rows: Mapping[tuple[str, str], float | None], **parts: str) -> list[str]:
    def put(database: duckdb.DuckDBPyConnection) -> None:
        for (indicator, period), value in rows.items():
            add(database, indicator, "765", period, value, status="suppressed" if value is None else "")

    return told(visit_of(build(tmp_path, change=put), area="765", **parts))


@pytest.mark.parametrize("language", languages())
def test_there_are_five_to_eight_sentences_and_each_leads_to_a_card_of_the_page(visit: Ask, language: str) -> None:
    asked = visit(language, month="2026-06")
    sentences = summarise(asked)
    assert 5 <= len(sentences) <= 8
    assert {sentence.card for sentence in sentences} <= {card.id for card in describe(asked).cards}


def test_compared_areas_are_told_higher_and_lower_with_their_rates(visit: Ask) -> None:
    assert "Samassa kuussa osuus oli vertailualueista suurempi: Taivalkoski (13,3\u00a0%)." in told(
        visit(compare="832")
    )


def test_a_count_is_told_with_its_month_and_a_change_beyond_chance(tmp_path: Path, visit_of: Ask) -> None:
    rows = {
        ("unemployment_rate", "2026-08"): 9.0,
        ("unemployed_jobseekers", "2026-08"): 480.0,
        ("unemployed_jobseekers", "2025-08"): 400.0,
        ("open_vacancies", "2026-08"): 52.0,
        ("open_vacancies", "2025-08"): 49.0,
    }
    sentences = of_area(tmp_path, visit_of, rows)
    assert "Työttömiä työnhakijoita oli 480 elokuussa 2026, 80 henkilöä enemmän kuin vuotta aiemmin." in sentences
    assert "Avoimia työpaikkoja oli 52 elokuussa 2026 (kuukauden lopussa)." in sentences


def test_a_share_is_told_only_of_twenty_persons_or_more(tmp_path: Path, visit_of: Ask) -> None:
    rows: dict[tuple[str, str], float | None] = {("unemployment_rate", "2026-08"): 9.0}
    few = rows | {("unemployed_jobseekers", "2026-08"): 19.0, ("long_term_unemployed", "2026-08"): 7.0}
    many = rows | {("unemployed_jobseekers", "2026-08"): 20.0, ("long_term_unemployed", "2026-08"): 7.0}
    assert "Pitkäaikaistyöttömiä oli 7 elokuussa 2026." in of_area(tmp_path / "few", visit_of, few)
    sentences = of_area(tmp_path / "many", visit_of, many)
    assert "Pitkäaikaistyöttömiä oli 7 elokuussa 2026 eli 35,0\u00a0% työttömistä." in sentences


def test_a_rate_of_few_persons_is_neither_compared_nor_placed(tmp_path: Path, visit_of: Ask) -> None:
    rows: dict[tuple[str, str], float | None] = {
        ("unemployment_rate", f"{year}-08"): float(year - 2000) for year in range(2014, 2027)
    }
    rows[("unemployed_jobseekers", "2026-08")] = 19.0
    assert of_area(tmp_path, visit_of, rows, compare="305") == ["Työttömiä työnhakijoita oli 19 elokuussa 2026."]


@pytest.mark.parametrize(
    ("rate", "word"), [(30.0, "suurempi kuin kertaakaan"), (1.0, "pienempi kuin kertaakaan"), (10.0, "vaihteluvälillä")]
)
def test_the_month_is_placed_in_its_usual_range(tmp_path: Path, visit_of: Ask, rate: float, word: str) -> None:
    rows: dict[tuple[str, str], float | None] = {
        ("unemployment_rate", f"{year}-08"): 8.0 + year % 5 for year in range(2016, 2026)
    }
    rows[("unemployment_rate", "2026-08")] = rate
    assert any(
        word in sentence and "8,0\u00a0%–12,0\u00a0%" in sentence for sentence in of_area(tmp_path, visit_of, rows)
    )


def test_a_streak_counts_months_in_a_row_and_ends_at_a_gap(tmp_path: Path, visit_of: Ask) -> None:
    rows: dict[tuple[str, str], float | None] = {}
    for month in range(1, 9):
        rows[("unemployment_rate", f"2026-{month:02d}")] = 9.0
        rows[("unemployment_rate", f"2025-{month:02d}")] = 8.0
    del rows[("unemployment_rate", "2026-04")]
    assert "Osuus on ollut vuodentakaista suurempi 4 kuukautta peräkkäin." in of_area(tmp_path, visit_of, rows)


def test_a_hidden_count_is_said_to_be_hidden(tmp_path: Path, visit_of: Ask) -> None:
    rows: dict[tuple[str, str], float | None] = {
        ("unemployment_rate", "2026-08"): 9.0,
        ("open_vacancies", "2026-08"): None,
    }
    sentences = of_area(tmp_path, visit_of, rows)
    assert "Avoimien työpaikkojen määrää elokuussa 2026 ei voi kertoa (salassa pidettävä)." in sentences


def test_activation_is_not_compared_over_the_new_register(tmp_path: Path, visit_of: Ask) -> None:
    rows: dict[tuple[str, str], float | None] = {
        ("unemployment_rate", "2025-09"): 9.0,
        ("activation_rate", "2025-09"): 25.0,
        ("activation_rate", "2024-09"): 35.0,
    }
    sentence = next(each for each in of_area(tmp_path, visit_of, rows) if each.startswith("Aktivointiaste"))
    assert "25,0\u00a0%" in sentence
    assert "ei vertailukelpoinen" in sentence
    assert "10" not in sentence.replace("syyskuussa 2025", "")
