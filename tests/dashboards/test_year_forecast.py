"""A forecast in words: what happened and what is expected stand apart, and a refusal says why."""

import pytest

from dashboards.words import languages, load_words
from dashboards.year_forecast import tell_forecast
from queries.analysis.forecast import Expected, Happened, NoForecast, YearForecast

YEAR = YearForecast(
    year="2026",
    happened=(Happened("2026-01", 81_000.4), Happened("2026-02", 79_000)),
    expected=tuple(Expected(f"2026-{month:02d}", 80_000, 70_000, 90_000) for month in range(3, 13)),
    happened_sum=160_000.4,
    rest=Expected("2026", 800_000, 740_000, 860_000),
    whole=Expected("2026", 960_000.4, 900_000.4, 1_020_000.4),
    since="2022-03",
    months=48,
)


def test_the_sentences_keep_apart_what_happened_and_what_is_expected() -> None:
    told = tell_forecast(load_words("fi"), YEAR, "2026")
    plain = [sentence.replace("\u00a0", " ") for sentence in told.sentences]
    assert plain == [
        "tammikuu–helmikuu 2026: toteutunut 160 000 €.",
        "maaliskuu–joulukuu 2026: odotettu 800 000 € (740 000–860 000 €).",
        "Koko vuoden 2026 odotettu kustannus on 960 000 € (900 000–1 020 000 €).",
    ]
    assert told.table[1][1:] == ("81\u00a0000", "", "")
    assert told.table[3][1:] == ("", "80\u00a0000", "70\u00a0000–90\u00a0000")
    assert len(told.table) == 13
    assert "80 kertaa sadasta" in told.note


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (NoForecast("empty"), "ei ole yhtään kuukautta"),
        (NoForecast("short", months=22), "kuukausia on 22, ja vuodenaikojen erottamiseen tarvitaan 36"),
        (NoForecast("hole", period="2025-03", months=40), "(maaliskuu 2025)"),
        (NoForecast("break", "2025-06", "customer_register_2025_06", 14), "asiakasrekisteri vaihtui kesäkuussa 2025. "
         "Vertailukelpoisia kuukausia on sen jälkeen 14, ja niitä tarvitaan 36."),
        (NoForecast("break", "2025-06", "customer_register_2025_06"), "sarja ei jatku vertailukelpoisena"),
        (NoForecast("flat", months=40), "yhtä suuria"),
        (NoForecast("unfitted", months=40), "sopivaa mallia"),
    ],
)  # fmt: skip
def test_a_refusal_says_why_in_one_sentence(found: NoForecast, words: str) -> None:
    told = tell_forecast(load_words("fi"), found, "2026")
    (sentence,) = told.sentences
    assert words in sentence
    assert told.table == ()
    assert "2026" in told.title


@pytest.mark.parametrize("language", languages())
def test_every_language_tells_a_forecast(language: str) -> None:
    told = tell_forecast(load_words(language), YEAR, "2026")
    assert len(told.sentences) == 3
    assert "{" not in " ".join([told.title, told.note, *told.sentences])
