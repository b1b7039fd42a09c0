"""The kinds of the project page: targets with their marks, answers, groups with intervals, and two rates side by side.

Nothing here is of the chosen area but `project_trend`: months of an official series with the project's ends.
"""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from dashboards import format
from dashboards.charts import Chart, Told
from dashboards.charts.axes import axis_to
from dashboards.charts.description import Bar, Bars, Mark, Plot, Row, Series
from dashboards.charts.in_words import describe_bars
from dashboards.charts.theme import SERIES
from dashboards.charts.trend import tell_trend
from dashboards.project_figures import (
    CUSTOMER_SCORES,
    ENDED,
    GROUPS,
    RATE,
    REPORTED_RATE,
    STARTED,
    by_category,
    customers_groups,
    employers_groups,
    is_rounded,
    organisations,
    rate_pairs,
    shares_by_organisation,
    total,
)
from dashboards.tables import NOT_HELD
from dashboards.visit import Visit
from queries.analysis.intervals import fewest_answers, shares_of
from queries.analysis.months import month_number
from queries.analysis.promoters import net_score
from queries.analysis.proportion import Estimate

SINCE = "2023-01"
MARKS = {"started": STARTED, "ended": ENDED}
LOOKS = {"detractors": SERIES["open_vacancies"], "passives": SERIES["five_years_ago"], "promoters": SERIES["now"]}


def bars_of(visit: Visit, chart: Chart, series: Sequence[Series], rows: Sequence[Row], highest: float) -> Bars:
    """Return bars with the chart's words."""
    return Bars(
        id=chart.id,
        title=visit.words(f"chart.{chart.id}.title"),
        unit=visit.words(f"chart.{chart.id}.unit"),
        high=axis_to(visit, highest).high,
        series=tuple(series),
        rows=tuple(rows),
        empty=visit.words("chart.empty", name=visit.words("page.hanke.name")),
        stamp=visit.made_up_stamp,
    )


def told_bars(visit: Visit, chart: Chart, frame: pd.DataFrame, bars: Bars, summary: str) -> Told:
    """Return what is told of bars; without any the summary says so."""
    note = f"chart.{chart.id}.note"
    notes = (visit.words(note),) if visit.words.has(note) else ()
    return Told(frame, bars, summary if bars.rows else bars.empty, describe_bars(visit, bars), notes)


def tell_targets(visit: Visit, chart: Chart) -> Told:
    """Describe what each organisation reached, with the mark of its target."""
    target = chart.indicators[0]
    reached, wanted = (by_category(visit, code, "organisation") for code in (chart.indicator, target))
    rows = [
        Row(
            visit.category("organisation", code),
            (Bar(reached[code], target_text(visit, reached[code], wanted.get(code)), mark=wanted.get(code)),),
        )
        for code in organisations(visit, chart.indicator)
    ]
    highest = max([*reached.values(), *wanted.values()], default=0.0)
    series = [Series(visit.words("project.reached"), *SERIES["now"])]
    bars = replace(bars_of(visit, chart, series, rows, highest), mark=visit.words("project.target"))
    frame = pd.concat([visit.parts_of(code, "organisation") for code in (chart.indicator, target)])
    return told_bars(visit, chart, frame, bars, read_targets(visit, chart, reached, wanted))


def target_text(visit: Visit, reached: float, wanted: float | None) -> str:
    """Write what was reached and what was wanted: 28 / 25."""
    right = NOT_HELD if wanted is None else format.number(visit.words, wanted)
    return f"{format.number(visit.words, reached)} / {right}"


def read_targets(visit: Visit, chart: Chart, reached: dict[str, float], wanted: dict[str, float]) -> str:
    """Return a sentence on the total and on who did not reach the target."""
    whole, goal = total(visit, chart.indicator), total(visit, chart.indicators[0])
    if whole is None or goal is None or whole.value is None or goal.value is None:
        return ""
    below = [code for code in reached if code in wanted and reached[code] < wanted[code]]
    names = format.listed(visit.words, sorted(visit.category("organisation", code) for code in below))
    parts = {
        "reached": format.number(visit.words, whole.value),
        "target": format.number(visit.words, goal.value),
        "names": names,
    }
    return visit.words("project.targets_below" if below else "project.targets_all", **parts)


def tell_scores(visit: Visit, chart: Chart) -> Told:
    """Describe how many employers gave each score."""
    held = by_category(visit, chart.indicator, chart.dimension)
    rows = [
        Row(visit.words("project.points", score=score), (Bar(held[score], format.number(visit.words, held[score])),))
        for score in sorted(held, key=int)
    ]
    series = [Series(visit.words("project.answers"), *SERIES["now"])]
    bars = bars_of(visit, chart, series, rows, max(held.values(), default=0.0))
    return told_bars(visit, chart, visit.parts_of(chart.indicator, chart.dimension), bars, read_net_score(visit))


def read_net_score(visit: Visit) -> str:
    """Return a sentence on the employers' groups and their net promoter score with its interval."""
    groups = employers_groups(visit)
    if not groups.base:
        return ""
    score = net_score(groups)
    whole = [format.number(visit.words, each) for each in score]
    parts = dict(zip(("score", "low", "high"), whole, strict=True))
    return visit.words("project.net_score", **dict(zip(GROUPS, groups, strict=True)), answers=groups.base, **parts)


def tell_groups(visit: Visit, chart: Chart) -> Told:
    """Describe the three groups of personal customers by organisation, each share with its interval."""
    series = [Series(visit.category("recommendation", group), *LOOKS[group]) for group in GROUPS]
    whole = customers_groups(visit)
    rows = []
    printed = by_category(visit, chart.indicator, "recommendation")
    if whole.base and len(printed) == len(GROUPS):
        label = visit.words("project.whole", answers=whole.base)
        rows.append(group_row(visit, label, [printed[group] for group in GROUPS], shares_of(whole)))
    for code, percents in sorted(shares_by_organisation(visit).items()):
        counts = fewest_answers(percents)
        label = visit.words("project.at_least", name=visit.category("organisation", code), answers=sum(counts))
        rows.append(group_row(visit, label, percents, shares_of(counts)))
    bars = replace(bars_of(visit, chart, series, rows, 100.0), whisker=visit.words("project.interval"))
    frame = pd.concat(
        [
            visit.parts_of(CUSTOMER_SCORES, "score"),
            *(visit.parts_of(chart.indicator, each) for each in ("recommendation", "organisation,recommendation")),
        ]
    )
    return told_bars(visit, chart, frame, bars, visit.words("project.not_comparable"))


def group_row(visit: Visit, label: str, percents: Sequence[float], intervals: Sequence[Estimate]) -> Row:
    """Return the printed percents of one row with their intervals."""
    bars = []
    for percent, each in zip(percents, intervals, strict=True):
        low, high = (format.number(visit.words, 100 * end) for end in (each.low, each.high))
        shown = format.number(visit.words, percent)
        text = visit.words("project.percent_range", value=shown, low=low, high=high)
        bars.append(Bar(percent, text, low=100 * each.low, high=100 * each.high))
    return Row(label, tuple(bars))


def tell_rates(visit: Visit, chart: Chart) -> Told:
    """Describe the report's unemployment rates beside those of the statistics."""
    pairs = rate_pairs(visit)
    series = [
        Series(visit.words("project.report"), *SERIES["open_vacancies"]),
        Series(visit.words("project.statistics"), *SERIES["now"]),
    ]
    rows = [
        Row(
            f"{visit.name(area)} {format.short_month(visit.words, month)}",
            (Bar(told, told_rate(visit, told, official)), rate_bar(visit, official)),
        )
        for area, month, told, official in pairs
    ]
    bars = bars_of(visit, chart, series, rows, max((told for _, _, told, _ in pairs), default=0.0))
    months = sorted({month for _, month, _, _ in pairs})
    frame = pd.concat([visit.figures.at_months([REPORTED_RATE, RATE], area, months) for area in visit.homes])
    compared = [(told, official) for _, _, told, official in pairs if official is not None]
    differing = sum(told != official and not is_rounded(told, official) for told, official in compared)
    summary = visit.words("project.rates_differ", number=differing, all=len(compared))
    return told_bars(visit, chart, frame, bars, summary)


def told_rate(visit: Visit, told: float, official: float | None) -> str:
    """Write a rate of the report and, where it is not the statistics' one, how far it lies from it."""
    text = write_told(visit, told)
    if official is None or told == official:
        return text
    return visit.words("project.rate.apart", value=text, difference=format.signed(visit.words, told - official, 1))


def write_told(visit: Visit, told: float) -> str:
    """Write a rate as the report prints it: a whole one without decimals."""
    decimals = 0 if told == int(told) else 1
    return f"{format.number(visit.words, told, decimals)}{format.NO_BREAK}%"


def rate_bar(visit: Visit, value: float | None) -> Bar:
    """Return the bar of a rate."""
    return Bar(None, NOT_HELD) if value is None else Bar(value, visit.value(RATE, value))


def from_the_start(visit: Visit) -> Visit:
    """Return the visit with charts that begin in the year of the project's beginning, unless the reader chose one."""
    selection = visit.selection
    return replace(visit, selection=replace(selection, since=selection.since or SINCE, month=""))


def tell_project_trend(visit: Visit, chart: Chart) -> Told:
    """Describe an official series from the year in which the project began, with its beginning and end."""
    told = tell_trend(from_the_start(visit), chart)
    plot = told.description
    assert isinstance(plot, Plot)
    marks = [Mark(month, visit.words(f"project.mark.{name}")) for name, month in MARKS.items()]
    inside = [mark for mark in marks if plot.x.low <= month_number(mark.period) <= plot.x.high]
    own = sorted([*plot.marks, *inside], key=lambda mark: mark.period)
    return replace(told, description=replace(plot, marks=tuple(own)))
