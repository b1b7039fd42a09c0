"""What the analysis finds of the worked example and of small material that can be counted by hand."""

from datetime import date
from functools import cache
from math import inf

import pandas as pd
import pytest

from ingest.impact.read import read_workbook
from queries.analysis.costs import additional_outcomes
from queries.analysis.impact import Evaluation, evaluate
from queries.analysis.proportion import UNKNOWN
from queries.impact_example import CUSTOMER_FEEDBACK
from tests.impact.forms import Row, customer, example, few_rows, form, vocabulary


@cache
def worked() -> Evaluation:
    return evaluate(read_workbook(example(), vocabulary()))


def found(**sheets: list[Row]) -> Evaluation:
    return evaluate(read_workbook(form(few_rows(**sheets)), vocabulary()))


def only(frame: pd.DataFrame, **values: object) -> dict[str, object]:
    chosen = frame
    for column, value in values.items():
        chosen = chosen[chosen[column] == value]
    (row,) = chosen.to_dict("records")
    return {str(key): value for key, value in row.items()}


def test_the_example_has_the_reports_customers_and_its_outcome() -> None:
    assert (worked().customers, worked().ended) == (524, 447)
    positive = only(worked().outcomes, breakdown="all", outcome="positive")
    assert round(100 * float(str(positive["share"]))) == 50


def test_the_example_has_the_reports_targets_and_the_parts_add_up() -> None:
    total = only(worked().reach, organisation="")
    assert [total[column] for column in ("organisations_reached", "organisations_target")] == [198, 150]
    assert [total[column] for column in ("persons_reached", "persons_target")] == [646, 633]
    kuusamo = only(worked().reach, organisation="Kuusamo")
    assert (kuusamo["persons_reached"], kuusamo["organisations_target"]) == (221, 30)


def test_the_example_has_the_reports_feedback() -> None:
    employers = only(worked().feedback, respondent="employer", organisation="")
    assert [employers[group] for group in ("detractors", "passives", "promoters")] == [1, 5, 16]
    assert round(float(str(employers["score"]))) == 68
    printed = {"": (17, 18, 65), "Kuusamo": (18, 6, 76), "Pudasjärvi": (17, 22, 61), "Taivalkoski": (0, 20, 80)}
    for name, percents in (printed | {"Puolanka": (45, 18, 36), "Ksakki ry": (12, 21, 67)}).items():
        row = only(worked().feedback, respondent="customer", organisation=name)
        groups = [float(str(row[group])) for group in ("detractors", "passives", "promoters")]
        assert tuple(round(100 * count / sum(groups)) for count in groups) == percents
        if name:
            assert row["grade"] == CUSTOMER_FEEDBACK[name][1]
    assert only(worked().feedback, respondent="customer", organisation="")["base"] == 99


def test_the_example_has_the_reports_events_as_we_read_its_graphic() -> None:
    times = worked().hours.set_index("service")["times"]
    assert [times[code] for code in ("rehabilitation", "work_trial", "outreach", "career_guidance")] == [
        15,
        79,
        452,
        1214,
    ]


def test_the_example_has_the_reports_costs() -> None:
    parts = worked().costs[worked().costs["organisation"] != ""]["per_customer"]
    assert (round(parts.min()), round(parts.max())) == (736, 1581)
    usual = next(saving for saving in worked().savings if saving.price == "usual")
    assert round(100 * usual.saving) == 55


def test_the_examples_differences_are_those_that_the_report_tells() -> None:
    assert worked().differences["difference"].between(0.10, 0.30).all()


def test_the_flow_keeps_everybody_from_phase_to_phase() -> None:
    flow = worked().flow
    ends = flow["target"].isin(("positive", "other", "ongoing"))
    assert flow.loc[flow["source"] == "acquired", "persons"].sum() == flow.loc[ends, "persons"].sum() == 524
    for phase in ("preparatory", "outreach"):
        into, out = (flow.loc[flow[side] == phase, "persons"].sum() for side in ("target", "source"))
        assert into == out


def test_customers_go_through_the_phases_whose_services_they_had() -> None:
    services: list[Row] = [
        {"customer": "A001", "service": "mapping", "hours": 1},
        {"customer": "A001", "service": "work_trial", "hours": 1},
        {"customer": "A002", "service": "outreach", "hours": 1},
    ]
    steps = {(source, target): persons for source, target, persons in found(services=services).flow.to_numpy().tolist()}
    assert steps == {
        ("acquired", "preparatory"): 1,
        ("acquired", "outreach"): 1,
        ("acquired", "ongoing"): 1,
        ("preparatory", "outreach"): 1,
        ("outreach", "positive"): 1,
        ("outreach", "other"): 1,
    }


def test_time_counts_to_the_end_or_to_the_end_of_the_follow_up() -> None:
    curve = found().curve
    assert curve["days"].tolist() == [53] and curve["at_risk"].tolist() == [3]
    assert curve["share"].tolist() == pytest.approx([1 / 3])


def test_a_group_without_an_end_has_no_share() -> None:
    rows = [customer("A1"), customer("A2", municipality="832", end=date(2025, 2, 1), outcome="work")]
    shares = found(customers=rows, services=[], reference=[]).outcomes
    assert str(only(shares, breakdown="municipality", group="305", outcome="positive")["share"]) == "nan"
    assert only(shares, breakdown="municipality", group="832", outcome="positive")["share"] == 1


def test_additional_outcomes_are_those_of_all_or_of_target_groups_that_hold_everybody() -> None:
    row = {"base": 100, "difference": 0.2, "low": 0.1, "high": 0.3}
    whole = pd.DataFrame([row | {"target_group": ""}, row | {"target_group": "young", "difference": 0.9}])
    assert additional_outcomes(whole, 100) == pytest.approx((20, 10, 30))
    parts = pd.DataFrame([row | {"target_group": "young"}, row | {"target_group": "other"}])
    assert additional_outcomes(parts, 200) == pytest.approx((40, 40 - 10 * 2**0.5, 40 + 10 * 2**0.5))
    assert additional_outcomes(parts, 201) == UNKNOWN


def test_a_difference_that_may_be_none_sets_no_upper_bound_to_its_cost() -> None:
    evaluation = found()
    assert evaluation.additional.low < 0 and evaluation.per_additional.high == inf


def test_what_a_form_leaves_empty_is_left_out_of_the_analysis() -> None:
    evaluation = found(services=[], feedback=[], costs=[], reference=[])
    assert [
        len(each) for each in (evaluation.hours, evaluation.feedback, evaluation.costs, evaluation.differences)
    ] == [0] * 4
    assert evaluation.savings == [] and evaluation.per_additional == UNKNOWN
