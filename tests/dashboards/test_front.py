"""The front page's sentence names the lowest and the highest rate of a month that every municipality has."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd
import pytest

from dashboards.figures import Figures
from dashboards.pages.front import common_month, describe
from dashboards.site import Site
from dashboards.visit import Visit
from queries.catalogue import load_catalogue
from queries.settings import load_settings


def visit_with(rates: Mapping[str, Mapping[str, float | None]], data_dir: object, language: str = "fi") -> Visit:
    site = Site(load_settings(data_dir=data_dir), load_catalogue())
    visit = site.look_up_front(site.ask_front(language, {}))
    rows = [
        ("unemployment_rate", area, period, value, "" if value is not None else "suppressed", "published", 1)
        for area, periods in rates.items()
        for period, value in periods.items()
    ]
    frame = pd.DataFrame(rows, columns=["indicator", "area", "period", "value", "status", "origin", "release_id"])
    release = next(iter(visit.edition.releases.values()))
    selection = replace(visit.selection, area="305", compare=("832", "614"))
    edition = replace(visit.edition, releases={1: release})
    return replace(visit, selection=selection, edition=edition, figures=Figures(frame))


def test_the_month_is_the_newest_that_every_municipality_shows(data_dir: object) -> None:
    rates: dict[str, dict[str, float | None]] = {
        "305": {"2026-07": 1.0, "2026-08": 1.0},
        "832": {"2026-07": 2.0, "2026-08": None},
        "614": {"2026-07": 3.0},
    }
    visit = visit_with(rates, data_dir)
    assert common_month(visit) == "2026-07"
    assert describe(visit).headline == (
        "Työttömien osuus työvoimasta oli heinäkuussa 2026 hankekunnista pienin Kuusamossa, 1,0\u00a0%, "
        "ja suurin Posiolla, 3,0\u00a0%."
    )


@pytest.mark.parametrize(
    ("language", "words"),
    [("fi", "Kuusamossa ja Taivalkoskella, 1,0"), ("sv", "Kuusamo och Taivalkoski"), ("en", "Kuusamo and Taivalkoski")],
)
def test_municipalities_that_share_a_rate_are_all_named(data_dir: object, language: str, words: str) -> None:
    rates = {area: {"2026-08": value} for area, value in (("305", 1.0), ("832", 1.0), ("614", 3.0))}
    assert words in describe(visit_with(rates, data_dir, language)).headline


def test_one_rate_everywhere_is_no_lowest_and_no_highest(data_dir: object) -> None:
    rates = {area: {"2026-08": 2.5} for area in ("305", "832", "614")}
    assert describe(visit_with(rates, data_dir)).headline == (
        "Työttömien osuus työvoimasta oli elokuussa 2026 kaikissa hankekunnissa 2,5\u00a0%."
    )


def test_without_a_common_month_nothing_is_compared(data_dir: object) -> None:
    visit = visit_with({"305": {"2026-08": 2.5}}, data_dir)
    assert "ei vielä ole tietoja" in describe(visit).headline


def test_a_hidden_figure_beside_the_rate_is_told_as_hidden(data_dir: object) -> None:
    site = Site(load_settings(data_dir=data_dir), load_catalogue())
    page = describe(site.look_up_front(site.ask_front("fi", {})))
    posio = next(figure for figure in page.key_figures if figure.label == "Posio")
    assert any("Avoimet työpaikat: salassa pidettävä" in note for note in posio.notes)
