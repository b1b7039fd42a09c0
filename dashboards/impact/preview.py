"""What is about to be published, as a person reads it before saying yes."""

from collections.abc import Mapping

import pandas as pd

from dashboards.format import NO_BREAK, number
from dashboards.words import Words
from queries.catalogue import Indicator

WORDS_OF = {
    "result": "impact.report.phase",
    "target_group": "impact.choice.target_group",
    "outcome": "impact.choice.outcome",
    "state_6": "impact.choice.state",
    "respondent": "impact.choice.respondent",
    "recommendation": "impact.publish.recommendation",
    "bound": "impact.publish.end",
}
COLUMNS = ("what", "where", "group", "value")


def preview(
    words: Words, frame: pd.DataFrame, municipalities: Mapping[str, str], indicators: Mapping[str, Indicator]
) -> list[tuple[str, ...]]:
    """Return the rows to be published in words, the head first; a hidden figure says that it is hidden."""
    head = tuple(words(f"impact.publish.column.{column}") for column in COLUMNS)
    rows = [
        (
            words(f"indicator.{row['indicator']}.label"),
            municipalities.get(row["area"], words("impact.publish.everywhere")),
            group_of(words, row["dimension"], row["category"]),
            value_of(words, row["value"], indicators[row["indicator"]]),
        )
        for row in frame.to_dict("records")
    ]
    return [head, *rows]


def group_of(words: Words, dimension: str, category: str) -> str:
    """Write a composite category without its project."""
    ways = zip(dimension.split(",")[1:], category.split(",")[1:], strict=True)
    return ", ".join(code_of(words, way, code) for way, code in ways)


def code_of(words: Words, way: str, code: str) -> str:
    """Write one code of a composite category; a state is told apart from an outcome of the same name."""
    name = words("impact.publish.state_unknown" if code == "unknown" else f"{WORDS_OF[way]}.{code}")
    return f"{words('impact.column.customers.state_6')}: {name}" if way == "state_6" else name


def value_of(words: Words, value: float, indicator: Indicator) -> str:
    """Write a figure with its unit, or that it is hidden; a difference of percentages is in points."""
    if value != value:
        return words("impact.publish.hidden")
    shown = number(words, value, indicator.decimals)
    if indicator.code == "impact_difference":
        return words("impact.publish.points", number=shown)
    return shown + {"percent": f"{NO_BREAK}%", "eur": f"{NO_BREAK}€"}.get(indicator.unit, "")


def announcement(words: Words, frame: pd.DataFrame, name: str, code: str) -> str:
    """Write how many figures of a project are published and how many are hidden."""
    hidden = int(frame["value"].isna().sum())
    return words(
        "impact.publish.shown",
        rows=number(words, len(frame) - hidden),
        hidden=number(words, hidden),
        name=name,
        code=code,
    )
