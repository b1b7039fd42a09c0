"""The law as data: what ships, what an operator confirms and corrects, what is refused."""

from datetime import date
from pathlib import Path

import pytest

from queries.benefit_rules import SHIPPED, Step, load_benefit_rules, read_benefit_rules
from queries.errors import RulesRefused
from queries.settings import load_settings

LAW = SHIPPED.read_text(encoding="utf-8")


def written(folder: Path, text: str) -> Path:
    path = folder / "rules.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_steps_of_2025_are_those_that_the_source_gives_with_its_second_hand_mark() -> None:
    rules = load_benefit_rules(load_settings()).on(date(2025, 1, 1))
    assert rules.steps == (
        Step(101, 200, 10), Step(201, 300, 20), Step(301, 400, 30), Step(401, 700, 40), Step(701, None, 50),
    )  # fmt: skip
    assert (rules.mark, rules.statute, rules.sections, rules.amended_by) == ("V2", "555/1998", ("4", "8"), "387/2023")
    assert not rules.certain


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2024, 6, 1), "2025"),
        (date(2026, 4, 30), "2025"),
        (date(2026, 5, 1), "2026-05"),
        (date(2031, 1, 1), "2026-05"),
    ],
)
def test_the_day_says_which_rules_hold(day: date, code: str) -> None:
    assert load_benefit_rules(load_settings()).on(day).code == code


def test_after_may_2026_the_amount_is_read_and_the_steps_are_inferred() -> None:
    rules = load_benefit_rules(load_settings()).named("2026-05")
    assert rules is not None
    assert (rules.since, rules.until, rules.mark) == (date(2026, 5, 1), None, "I")
    (amount,) = rules.amounts
    assert (amount.benefit, amount.euros, amount.kind, amount.mark) == (
        "general_social_security_benefit", 37.21, "full", "V",
    )  # fmt: skip


def test_of_2025_only_averages_are_known_and_they_say_so() -> None:
    rules = load_benefit_rules(load_settings()).named("2025")
    assert rules is not None
    assert [(each.benefit, each.euros, each.kind) for each in rules.amounts] == [
        ("labour_market_subsidy", 36.17, "average"), ("basic_unemployment_allowance", 32.7, "average"),
    ]  # fmt: skip


def test_a_confirmation_holds_for_what_was_in_force_on_its_day() -> None:
    early = load_benefit_rules(load_settings(benefit_rules_confirmed=date(2026, 4, 1)))
    assert [each.certain for each in early.rules] == [True, False]
    late = load_benefit_rules(load_settings(benefit_rules_confirmed=date(2026, 12, 1)))
    assert [each.confirmed for each in late.rules] == [date(2026, 12, 1)] * 2


def test_an_operator_s_copy_corrects_the_steps(tmp_path: Path) -> None:
    path = written(tmp_path, LAW.replace("share = 40", "share = 45"))
    rules = load_benefit_rules(load_settings(benefit_rules=path)).rules
    assert {each.shares[3] for each in rules} == {45}


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("from = 201", "from = 202", "2025 has no step that begins on the day after 200"),
        ("to = 0", "to = 900", "2025 has no last step without an end"),
        ("share = 50", "share = 150", "not between 0 and 100"),
        ("until = 2026-04-30", "until = 2026-05-01", "2025 does not end before 2026-05 begins"),
        ("until = 2026-04-30", 'until = ""', "2025 does not end before 2026-05 begins"),
        ("euros = 37.21", "euros = 0", "2026-05 has no amount above 0"),
        ("share = 10", "shares = 10", "could not be read"),
        ("since = 2025-01-01", "since = yesterday", "could not be read"),
    ],
)
def test_rules_that_contradict_themselves_are_refused_in_one_sentence(
    tmp_path: Path, old: str, new: str, words: str
) -> None:
    path = written(tmp_path, LAW.replace(old, new))
    with pytest.raises(RulesRefused, match=words) as error:
        read_benefit_rules(path)
    assert len(str(error.value).splitlines()) == 1


def test_a_file_that_is_not_there_is_told_by_name(tmp_path: Path) -> None:
    with pytest.raises(RulesRefused, match=r"none\.toml"):
        load_benefit_rules(load_settings(benefit_rules=tmp_path / "none.toml"))
