"""Settings are checked before anything starts, and the catalogue does not contradict itself."""

from pathlib import Path

import pytest

from queries import settings as settings_module
from queries.catalogue import load_catalogue, read_indicator, refuse_unknown_codes
from queries.errors import CatalogueRefused, SettingsRefused
from queries.settings import FILE, PREFIX, Settings, load_settings


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose koillismaa.toml is read in place of the project's."""
    monkeypatch.setattr(settings_module, "ROOT", tmp_path)
    return tmp_path / FILE


def refused(words: str) -> None:
    with pytest.raises(SettingsRefused, match=words) as error:
        load_settings()
    assert len(str(error.value).splitlines()) == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("prot = 1", "prot, which is no setting"),
        ('port = "many"', "port has a bad value"),
        ("port = 65536", "port has a bad value"),
        ("workers = 0", "workers has a bad value"),
        ('schedule = "sometimes"', "schedule has a bad value"),
        ('neighbours = ["kuusamo"]', r"neighbours\.0 has a bad value"),
        ('[[municipalities]]\ncode = "305"\ncolour = "blue"\ncolour_dark = "#000000"', "colour has a bad value"),
        ('[[municipalities]]\ncode = "305"\ncolor = "#000000"', "municipalities"),
        ("port = ", "could not be read"),
        ('site_name = "\udce4"', "could not be read"),
    ],
)
def test_a_key_or_value_that_is_none_is_told_by_name(project: Path, text: str, words: str) -> None:
    project.write_bytes(text.encode("utf-8", "surrogateescape"))
    refused(words)


def test_the_environment_wins_over_the_file_and_the_file_over_the_defaults(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (load_settings().port, load_settings().workers) == (8050, 2)
    project.write_text("port = 8060\nworkers = 3\n", encoding="utf-8")
    monkeypatch.setenv(f"{PREFIX}PORT", "8070")
    assert (load_settings().port, load_settings().workers) == (8070, 3)
    assert load_settings(port=8080).port == 8080


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("PROT", "1", "KOILLISMAA_PROT, which is no setting"),
        ("PORT", "many", "port has a bad value"),
        ("NEIGHBOURS", "not json", "could not be read"),
        ("DEMO", "perhaps", "demo has a bad value"),
    ],
)
def test_an_environment_that_is_wrong_is_told_by_name(
    monkeypatch: pytest.MonkeyPatch, name: str, text: str, words: str
) -> None:
    monkeypatch.setenv(PREFIX + name, text)
    refused(words)


def test_columns_and_labels_may_be_named_by_hand_and_settings_can_still_be_remembered_by(project: Path) -> None:
    project.write_text(
        '[source.cofunded_benefit_country.columns]\nday_class = "porras"\nignored = ["a", "b"]\n'
        '[source.cofunded_benefit_country.labels]\n"1–2" = "101-200"\n',
        encoding="utf-8",
    )
    read = load_settings()
    by_hand = read.source["cofunded_benefit_country"]
    assert by_hand.columns == {"day_class": "porras", "ignored": ("a", "b")}
    assert by_hand.labels == {"1–2": "101-200"}
    assert hash(read) == hash(load_settings()) and read == load_settings() != load_settings(source={"x": {}})


def test_every_setting_has_a_default_and_a_help() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description or field.is_required()] == []


def test_the_settings_that_ship_name_five_municipalities_each_with_a_look_of_its_own() -> None:
    shown = load_settings()
    assert [area.code for area in shown.municipalities] == ["305", "832", "615", "614", "620"]
    looks = {(area.colour, area.line) for area in shown.shown.values()}
    assert len(looks) == len(shown.shown) == 10


def test_an_indicator_or_a_break_of_an_unknown_source_is_refused() -> None:
    catalogue = load_catalogue()
    block = {"unit": "persons", "decimals": 0, "kind": "stock", "additive": True, "range": [0, 1]}
    stray = read_indicator("stray", {**block, "source": "nosuch"})
    with pytest.raises(CatalogueRefused, match="nosuch"):
        refuse_unknown_codes(type(catalogue)(catalogue.sources, {"stray": stray}, ()))
    with pytest.raises(CatalogueRefused, match="which is neither"):
        refuse_unknown_codes(type(catalogue)(catalogue.sources, {}, catalogue.breaks))


def test_rates_are_never_summed_and_every_range_is_one() -> None:
    indicators = load_catalogue().indicators.values()
    assert [each.code for each in indicators if each.kind == "rate" and each.additive] == []
    assert [each.code for each in indicators if each.range[0] >= each.range[1]] == []
