"""A worked example of the impact workbook: every person is made up, the totals are those of the project's final report.

From the report (Work & Stay, 1.12.2023-31.12.2025): organisations and persons reached against targets; 524 customers,
447 of them in the evaluation; about half in work, education or entrepreneurship; the distribution of employers' scores;
the three groups of customers' answers in all and by organisation; the school grades; 736 to 1 581 euros a customer, on
average 55 % cheaper than a bought service; 10 to 30 points more than in reference data; and, as we read the report's
graphic, 1 214 times of career guidance, 452 of outreach, 79 work trials and 15 of rehabilitation. Everything else is
made up: who, when, where, how customers divide among organisations and target groups, and what the reference is.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from random import Random

from queries.impact_workbook import Value

Row = dict[str, Value]

UNTIL = date(2025, 12, 31)
FIRST = date(2024, 1, 15)
# organisation: its municipality, customers, euros a customer
ORGANISATIONS = {
    "Kuusamo": ("305", 180, 736),
    "Ksakki ry": ("305", 110, 1010),
    "Pudasjärvi": ("615", 120, 905),
    "Puolanka": ("620", 60, 1581),
    "Taivalkoski": ("832", 54, 1240),
}
# organisation: organisations reached and their target, persons reached and their target
REACH = {
    "Ksakki ry": (28, 25, 114, 100),
    "Taivalkoski": (12, 18, 51, 60),
    "Pudasjärvi": (22, 12, 129, 150),
    "Puolanka": (8, 15, 59, 56),
    "Posio": (7, 10, 30, 27),
    "Naturpolis": (51, 40, 42, 40),
    "Kuusamo": (70, 30, 221, 200),
}
# target group: customers that reached the goal, that ended otherwise, that go on; per cent in the reference
GROUPS = {
    "partially_able": (52, 98, 25, 20.0),
    "immigrant": (82, 38, 20, 40.0),
    "young": (48, 42, 15, 38.0),
    "other": (42, 45, 17, 30.0),
}
REFERENCE_OF_ALL = 31.0
POSITIVE = {"work": 140, "education": 72, "entrepreneurship": 12}
OTHERWISE = {"rehabilitation": 28, "pension": 12, "sick_leave": 14, "outside": 22, "moved": 18, "not_reached": 129}
# service: times, most hours
SERVICES = {
    "mapping": (524, 3),
    "career_guidance": (1214, 4),
    "job_search": (310, 5),
    "skills": (120, 8),
    "work_ability": (95, 4),
    "rehabilitation": (15, 12),
    "work_trial": (79, 10),
    "outreach": (452, 6),
    "employer": (140, 3),
}
COSTS = {"staff": 0.8, "purchases": 0.1, "premises": 0.06, "other": 0.04}
PRICES = (1500.0, 2180.0, 2900.0)
EMPLOYER_SCORES = {5: 1, 7: 2, 8: 3, 9: 8, 10: 8}
# organisation: detractors, passives, promoters; the school grade
CUSTOMER_FEEDBACK = {
    "Kuusamo": ((3, 1, 13), 8.25),
    "Pudasjärvi": ((4, 5, 14), 8.25),
    "Taivalkoski": ((0, 1, 4), 8.75),
    "Puolanka": ((5, 2, 4), 7.5),
    "Ksakki ry": ((5, 9, 29), 8.5),
}
SCORES_OF_GROUPS = (5, 8, 10)


def example_rows() -> Mapping[str, list[Row]]:
    """Return the rows of every sheet, the same each time; codes are our own, municipalities by their number."""
    drawn = Random(2025)
    customers = list(made_up_customers(drawn))
    return {
        "project": [project_row()],
        "organisations": [reach_row(name, *numbers) for name, numbers in REACH.items()],
        "customers": customers,
        "services": list(made_up_services(drawn, [str(row["customer"]) for row in customers])),
        "feedback": list(feedback_rows()),
        "costs": list(cost_rows()),
        "reference": list(reference_rows()),
    }


def project_row() -> Row:
    """Return what the project is."""
    low, usual, high = PRICES
    return {
        "code": "ESIMERKKI",
        "name": "Work & Stay, keksitty esimerkki",
        "until": UNTIL,
        "data_kind": "made_up",
        "price_low": low,
        "price": usual,
        "price_high": high,
    }


def reach_row(name: str, *numbers: int) -> Row:
    """Return one organisation's reach and targets."""
    columns = ("organisations_reached", "organisations_target", "persons_reached", "persons_target")
    return {"organisation": name, **dict(zip(columns, numbers, strict=True))}


def made_up_customers(drawn: Random) -> Iterator[Row]:
    """Yield made-up persons that add up to the totals."""
    places = [(name, area) for name, (area, customers, _) in ORGANISATIONS.items() for _ in range(customers)]
    positive, otherwise = (spread(counts, drawn) for counts in (POSITIVE, OTHERWISE))
    results = [
        (group, outcomes.pop() if outcomes else "")
        for group, (reached, others, going_on, _) in GROUPS.items()
        for outcomes, times in ((positive, reached), (otherwise, others), ([], going_on))
        for _ in range(times)
    ]
    drawn.shuffle(results)
    for place, ((group, outcome), (organisation, area)) in enumerate(zip(results, places, strict=True), start=1):
        start = FIRST + timedelta(days=drawn.randrange(600))
        days = min(int(drawn.lognormvariate(4.9, 0.6)) + 7, (UNTIL - start).days)
        end = start + timedelta(days=days) if outcome else None
        yield {
            "customer": f"KEKSITTY{place:03}",
            "organisation": organisation,
            "municipality": area,
            "target_group": group,
            "start": start,
            "end": end,
            "outcome": outcome or None,
            "state_3": state_after(drawn, outcome, end, 92),
            "state_6": state_after(drawn, outcome, end, 184),
        }


def spread(counts: Mapping[str, int], drawn: Random) -> list[str]:
    """Return each code as often as it is counted, in a made-up order."""
    codes = [code for code, times in counts.items() for _ in range(times)]
    drawn.shuffle(codes)
    return codes


def state_after(drawn: Random, outcome: str, end: date | None, days: int) -> str | None:
    """Return a made-up state some days after the end, None where it is not known yet or was not asked."""
    if end is None or end + timedelta(days=days) > UNTIL or drawn.random() < 0.25:
        return None
    if drawn.random() < 0.1:
        return "no_contact"
    kept = outcome in POSITIVE and drawn.random() < 0.85
    return outcome if kept else drawn.choice(("unemployed", "elsewhere", "work"))


def made_up_services(drawn: Random, customers: list[str]) -> Iterator[Row]:
    """Yield made-up services: a mapping for everybody, the others for some."""
    for service, (times, hours) in SERVICES.items():
        chosen = customers if times == len(customers) else drawn.choices(customers, k=times)
        for customer in chosen:
            yield {"customer": customer, "service": service, "hours": drawn.randint(1, 2 * hours) / 2}


def feedback_rows() -> Iterator[Row]:
    """Yield the answers of customers and employers as the report counts them."""
    for organisation, (groups, grade) in CUSTOMER_FEEDBACK.items():
        for score, times in zip(SCORES_OF_GROUPS, groups, strict=True):
            for _ in range(times):
                yield {"respondent": "customer", "organisation": organisation, "score": score, "grade": grade}
    scores = [score for score, times in EMPLOYER_SCORES.items() for _ in range(times)]
    for place, score in enumerate(scores):
        yield {"respondent": "employer", "organisation": list(ORGANISATIONS)[place % 5], "score": score, "grade": None}


def cost_rows() -> Iterator[Row]:
    """Yield the costs of each organisation."""
    for organisation, (_, customers, euros) in ORGANISATIONS.items():
        for cost, part in COSTS.items():
            yield {"organisation": organisation, "cost": cost, "eur": round(customers * euros * part, 2)}


def reference_rows() -> Iterator[Row]:
    """Yield a made-up reference of all and of each target group; one is counted, the others are shares."""
    names = {"": REFERENCE_OF_ALL, **{group: numbers[-1] for group, numbers in GROUPS.items()}}
    for group, share in names.items():
        row: Row = {"name": "Keksitty vertailuluku", "target_group": group or None}
        if group == "young":
            yield {**row, "persons": 400, "reached": int(4 * share), "share": None}
        else:
            yield {**row, "persons": None, "reached": None, "share": share}
