"""The documentation is tested: what the README and CONTRIBUTING name is there, and what is there they name."""

import re
import tomllib
from pathlib import Path

import click

from app import cli
from ingest.snapshot.shipped import FOLDER, read_manifest
from ingest.source import load_sources
from queries.catalogue import load_catalogue
from queries.settings import Settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def command_names(group: click.Group, prefix: str = "koillismaa") -> list[str]:
    names = []
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            names += command_names(command, f"{prefix} {name}")
        else:
            names.append(f"{prefix} {name}")
    return names


def test_every_setting_stands_in_the_readme_and_no_other() -> None:
    table = README.partition("## Settings")[2].partition("## ")[0]
    documented = re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)
    assert documented == list(Settings.model_fields)


def test_every_command_stands_in_the_readme() -> None:
    assert [name for name in command_names(cli) if f"`{name}" not in README] == []


def test_every_source_stands_in_the_readme_and_in_the_catalogue() -> None:
    assert [name for name in load_sources() if f"| `{name}` |" not in README] == []
    assert load_sources().keys() == load_catalogue().sources.keys()


def test_the_catalogue_says_which_sources_nothing_fetches() -> None:
    by_hand = {code for code, facts in load_catalogue().sources.items() if facts.by_hand}
    assert by_hand == {name for name, source in load_sources().items() if source.fetch is None}


def test_every_indicator_of_the_catalogue_is_declared_by_its_source_and_the_other_way_round() -> None:
    declared = {(name, indicator) for name, source in load_sources().items() for indicator in source.indicators}
    delivered = [each for each in load_catalogue().indicators.values() if not each.made_of]
    catalogued = {(source, each.code) for each in delivered for source in each.owners}
    assert declared == catalogued


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = [re.split(r"[^\w-]", each)[0] for each in wanted]
    reasons = CONTRIBUTING.partition("## Dependencies")[2]
    assert [name for name in names if not re.search(rf"\| .*\b{name}\b", reasons)] == []


def test_every_file_of_the_snapshot_has_a_release_that_says_how_it_was_obtained() -> None:
    named = {raw.path for release in read_manifest() for raw in release.raws}
    lying = {path for folder in ("answers", "transcripts") for path in (FOLDER / folder).iterdir()}
    assert named == lying
    assert all(len(release.obtained) > 40 for release in read_manifest())


def test_the_make_targets_that_the_readme_names_exist() -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"`?make (\w+)`?", README)) <= targets
