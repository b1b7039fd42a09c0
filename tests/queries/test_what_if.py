"""The what-if: against a second calculation that goes person by person in exact fractions, and its properties."""

from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.analysis.what_if import Changes, Result, State, what_if
from queries.errors import WhatIfRefused

SHARES = (10.0, 20.0, 30.0, 40.0, 50.0)
MOST_DAYS = 23
Case = tuple[State, Changes]


def no_changes(state: State) -> Changes:
    """Return changes that change nothing."""
    nobody = tuple(0 for _ in state.persons)
    return Changes(out=nobody, on=nobody, daily=state.daily)


def counted(state: State, changes: Changes) -> Result:
    return what_if(SHARES, MOST_DAYS, state, changes)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    persons = [draw(st.integers(0, 5000)) for _ in SHARES]
    out = [draw(st.integers(0, each)) for each in persons]
    on = [draw(st.integers(0, now - gone)) for now, gone in zip(persons, out, strict=True)]
    state = State(tuple(persons), draw(st.integers(0, 230)) / 10, draw(st.integers(0, 9999)) / 100)
    low, high = -12 * state.days, 12 * (MOST_DAYS - state.days)
    changes = Changes(
        out=tuple(out),
        on=(*on[:-1], 0),
        daily=draw(st.integers(0, 9999)) / 100,
        length=draw(st.integers(int(low), int(high))),
        active=draw(st.integers(0, 100)),
        leaving=draw(st.integers(0, 100)),
    )
    return state, changes


def drawn(random: Random) -> Case:
    persons = tuple(random.randint(0, 20) for _ in SHARES)
    out = tuple(random.randint(0, each) for each in persons)
    on = tuple(random.randint(0, now - gone) for now, gone in zip(persons, out, strict=True))
    days = random.randint(0, 2300) / 100
    length = random.randint(int(-12 * days), int(12 * (MOST_DAYS - days)))
    daily, new = random.randint(0, 9999) / 100, random.randint(0, 9999) / 100
    percents = [random.choice((0, 100, random.randint(0, 100), random.randint(0, 1000) / 10)) for _ in range(2)]
    return State(persons, days, daily), Changes(out, (*on[:-1], 0), new, length, *percents)


def person_by_person(state: State, changes: Changes) -> tuple[Fraction, Fraction]:
    """Count the year before and after as a bookkeeper would: an account of each person, in exact fractions."""

    def exact(number: float) -> Fraction:
        return Fraction(str(number))

    def account(step: int, days: Fraction, euros: Fraction) -> Fraction:
        return days * euros * exact(SHARES[step]) / 100

    year = 12 * exact(state.days)
    people = [step for step, count in enumerate(state.persons) for _ in range(count)]
    before = sum((account(step, year, exact(state.daily)) for step in people), Fraction())
    after = Fraction()
    leave, move = list(changes.out), list(changes.on)
    for step in people:
        if leave[step]:
            leave[step] -= 1
            continue
        if move[step]:
            move[step] -= 1
            step += 1
        left = exact(changes.active) / 100 * (exact(changes.leaving) / 100)
        after += (1 - left) * account(step, year + exact(changes.length), exact(changes.daily))
    return before, after


def test_a_thousand_random_cases_equal_a_calculation_person_by_person() -> None:
    random = Random(555_1998)
    for _ in range(1000):
        state, changes = drawn(random)
        result, (before, after) = counted(state, changes), person_by_person(state, changes)
        assert result.before * 12 == pytest.approx(float(before), rel=1e-12, abs=1e-6)
        assert result.after * 12 == pytest.approx(float(after), rel=1e-12, abs=1e-6)
        assert result.difference * 12 == pytest.approx(float(after - before), rel=1e-9, abs=1e-6)


def test_one_person_costs_what_paper_and_pencil_say() -> None:
    state = State((1, 0, 0, 0, 0), 20, 40)
    assert counted(state, no_changes(state)).before == 80.0
    moved = counted(state, replace(no_changes(state), on=(1, 0, 0, 0, 0)))
    assert (moved.after, moved.difference) == (160.0, 80.0)
    gone = counted(state, replace(no_changes(state), out=(1, 0, 0, 0, 0)))
    assert (gone.after, gone.difference) == (0.0, -80.0)
    shorter = counted(state, replace(no_changes(state), length=-24))
    assert shorter.after == 72.0
    helped = counted(state, replace(no_changes(state), active=50, leaving=40))
    assert helped.after == pytest.approx(64.0)
    assert counted(state, replace(no_changes(state), active=100)).difference == 0


@given(cases())
def test_where_nothing_changes_nothing_differs(case: Case) -> None:
    state, _ = case
    result = counted(state, no_changes(state))
    assert result.difference == 0
    assert [step.persons for step in result.steps] == list(state.persons)


@given(cases(), st.integers(2, 9))
def test_so_many_times_the_persons_cost_so_many_times_as_much(case: Case, times: int) -> None:
    state, changes = case
    once = counted(state, changes)
    more = counted(
        replace(state, persons=tuple(times * each for each in state.persons)),
        replace(
            changes, out=tuple(times * each for each in changes.out), on=tuple(times * each for each in changes.on)
        ),
    )
    assert more.before == pytest.approx(times * once.before)
    assert more.after == pytest.approx(times * once.after, abs=1e-6)


@given(cases(), cases())
def test_two_groups_cost_together_what_they_cost_apart(one: Case, other: Case) -> None:
    (state, changes), (more, moves) = one, other
    more = replace(more, days=state.days, daily=state.daily)
    moves = replace(changes, out=moves.out, on=moves.on)
    together = counted(
        replace(state, persons=tuple(map(sum, zip(state.persons, more.persons, strict=True)))),
        replace(
            changes,
            out=tuple(map(sum, zip(changes.out, moves.out, strict=True))),
            on=tuple(map(sum, zip(changes.on, moves.on, strict=True))),
        ),
    )
    apart = counted(state, changes), counted(more, moves)
    assert together.before == pytest.approx(apart[0].before + apart[1].before)
    assert together.after == pytest.approx(apart[0].after + apart[1].after, abs=1e-6)


@given(cases(), st.integers(0, 4))
def test_one_more_who_leaves_never_costs_more_and_one_more_who_moves_on_never_less(case: Case, step: int) -> None:
    state, changes = case
    state = replace(state, persons=tuple(each + (place == step) for place, each in enumerate(state.persons)))
    stays = counted(state, changes).after
    leaves = tuple(each + (place == step) for place, each in enumerate(changes.out))
    assert counted(state, replace(changes, out=leaves)).after <= stays + 1e-6
    if step < len(SHARES) - 1:
        moves = tuple(each + (place == step) for place, each in enumerate(changes.on))
        assert counted(state, replace(changes, on=moves)).after >= stays - 1e-6


@given(cases())
def test_more_services_longer_benefit_and_a_higher_amount_go_one_way_each(case: Case) -> None:
    state, changes = case
    after = counted(state, changes).after
    assert counted(state, replace(changes, active=100)).after <= after + 1e-6
    assert counted(state, replace(changes, leaving=100)).after <= after + 1e-6
    assert counted(state, replace(changes, daily=changes.daily + 1)).after >= after - 1e-6
    assert counted(state, replace(changes, length=12 * (MOST_DAYS - state.days) - 1e-9)).after >= after - 1e-3
    assert after >= 0


STATE = State((3, 2, 1, 0, 4), 21.5, 37.21)


@pytest.mark.parametrize(
    ("state", "change", "code", "step"),
    [
        (replace(STATE, persons=(3, -2, 1, 0, 4)), {}, "negative", 1),
        (STATE, {"out": (0, 0, -1, 0, 0)}, "negative", 2),
        (STATE, {"out": (4, 0, 0, 0, 0)}, "too_many", 0),
        (STATE, {"out": (0, 1, 0, 0, 0), "on": (0, 2, 0, 0, 0)}, "too_many", 1),
        (STATE, {"on": (0, 0, 0, 0, 1)}, "last", 4),
        (replace(STATE, persons=(1, 2)), {}, "steps", 0),
        (replace(STATE, days=24), {}, "days", 0),
        (STATE, {"length": -300}, "days", 0),
        (STATE, {"length": float("nan")}, "days", 0),
        (STATE, {"daily": -1}, "daily", 0),
        (STATE, {"active": 101}, "percent", 0),
        (STATE, {"leaving": -1}, "percent", 0),
    ],
)
def test_nonsense_is_refused_in_one_sentence(state: State, change: dict[str, object], code: str, step: int) -> None:
    with pytest.raises(WhatIfRefused) as error:
        counted(state, replace(no_changes(STATE), **change))  # type: ignore[arg-type]
    assert (error.value.code, error.value.step) == (code, step)
    assert str(error.value).count(".") <= 2
    assert str(error.value).endswith(".")
    assert len(str(error.value).splitlines()) == 1
