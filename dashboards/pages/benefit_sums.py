"""Sums of the benefit page: a year so far and twelve months, in euros only; the old model by year; the press's figure.

Persons are never summed. A sum of months that is not whole is not shown.
"""

from collections.abc import Mapping

from dashboards import format
from dashboards.breaks import Change, breaks_of
from dashboards.charts import OLD_SHARE, PAID, SHARE
from dashboards.figures import Figure
from dashboards.pages.parts import Card, KeyFigure
from dashboards.provenance import source_line
from dashboards.summary import direction
from dashboards.tables import NOT_HELD, ORIGIN_SIGNS, Rows, change_heading
from dashboards.visit import Visit
from queries.analysis.months import months_before
from queries.analysis.so_far import SumOfMonths, sum_of, twelve_months, whole, year_so_far

SUMS = {"year_so_far": year_so_far, "twelve_months": twelve_months}
OLD = ("cofunded_subsidy_paid_eur", OLD_SHARE)
STATE = "state_compensation_eur"
PRESS = "cofunded_subsidy_municipal_eur_press"


def add_months(visit: Visit, code: str, kind: str) -> SumOfMonths:
    """Return a sum of the chosen area's months until the page's month. Raises SumRefused for persons."""
    return SUMS[kind](visit.catalogue.indicators[code], values(visit, code), visit.month, breaks_of(visit, code))


def values(visit: Visit, code: str) -> Mapping[str, float | None]:
    """Return an indicator's values of the chosen area by period."""
    return {period: each.value for period, each in visit.figures.series(code, visit.selection.area).items()}


def sum_figures(visit: Visit) -> list[KeyFigure]:
    """Return the share of the year so far and of twelve months as key figures."""
    return [sum_figure(visit, kind) for kind in SUMS] if visit.led else []


def sum_figure(visit: Visit, kind: str) -> KeyFigure:
    """Describe one sum of the share; without all its months it says so."""
    label, found = visit.words(f"sums.{kind}.label"), add_months(visit, SHARE, kind)
    period = format.span(visit.words, found.since, found.until)
    if found.value is None:
        return KeyFigure(kind, label, visit.words("value.none"), "", period, "", "", (why_none(visit, found),))
    change, where = tell_change(visit, found)
    facts = visit.catalogue.indicators[SHARE]
    return KeyFigure(
        code=kind,
        label=label,
        value=format.number(visit.words, found.value, facts.decimals),
        unit=visit.unit(SHARE),
        period=period,
        direction=where,
        change=change,
        notes=(visit.words("origin.derived.name"),),
    )


def why_none(visit: Visit, found: SumOfMonths) -> str:
    """Say why there is no sum: a break inside, or months that are not held."""
    if found.lacking:
        return visit.words("sums.lacking", month=format.month(visit.words, found.lacking[0]))
    return visit.words("comparison.not_comparable", why=visit.words(f"break.{found.barrier}.why"))


def tell_change(visit: Visit, found: SumOfMonths) -> tuple[str, str]:
    """Return the change from the same months of the year before in words and its direction; or why there is none."""
    if found.earlier is None:
        if found.barrier:
            return visit.words("comparison.not_comparable", why=visit.words(f"break.{found.barrier}.why")), ""
        return visit.words("comparison.not_held"), ""
    difference = (found.value or 0.0) - found.earlier
    facts = visit.catalogue.indicators[SHARE]
    return format.compared(visit.words, difference, facts), direction(Change(round(difference, facts.decimals)))


def describe_sums(visit: Visit) -> list[Card]:
    """Describe the table of the month, the year so far and twelve months, each beside the same of the year before."""
    if not visit.led:
        return []
    words, codes = visit.words, (SHARE, PAID)
    head = [words("sums.period")]
    for code in codes:
        short = words(f"indicator.{code}.short")
        head += [short, words("sums.year_before"), change_heading(visit, code)]
    lines = [(format.month(words, visit.month), [month_sum(visit, code) for code in codes])]
    lines += [
        (
            words(f"sums.{kind}.row", span=format.span(words, *ends(visit, kind))),
            [add_months(visit, c, kind) for c in codes],
        )
        for kind in SUMS
    ]
    rows = tuple((name, *(text for found in sums for text in write_sum(visit, found))) for name, sums in lines)
    releases = [figure.release_id for figure in visit.led.values()]
    legend = (f"{NOT_HELD} {words('table.not_held')}", words("sums.persons"), words("sums.rounded"))
    title = words("sums.title", name=visit.name(visit.selection.area))
    return [Card("sums", title, words("sums.unit"), True, (tuple(head), *rows), legend, source_line(visit, releases))]


def ends(visit: Visit, kind: str) -> tuple[str, str]:
    """Return the first and the last month of a sum."""
    found = add_months(visit, SHARE, kind)
    return found.since, found.until


def month_sum(visit: Visit, code: str) -> SumOfMonths:
    """Return the page's month alone as a sum."""
    return sum_of(visit.catalogue.indicators[code], values(visit, code), [visit.month], breaks_of(visit, code))


def write_sum(visit: Visit, found: SumOfMonths) -> tuple[str, str, str]:
    """Return a sum, that of the year before and the change; the sign of what is not held in the place of each."""
    decimals = visit.catalogue.indicators[SHARE].decimals
    shown = [
        NOT_HELD if each is None else format.number(visit.words, each, decimals)
        for each in (found.value, found.earlier)
    ]
    if found.value is None or found.earlier is None:
        return shown[0], shown[1], NOT_HELD
    return shown[0], shown[1], format.signed(visit.words, found.value - found.earlier, decimals)


def describe_old_years(visit: Visit) -> list[Card]:
    """Describe the old model by year: as published until 2014, then the sum of its twelve months, marked as ours."""
    series = {code: visit.figures.series(code, visit.selection.area) for code in OLD}
    years = sorted({period[:4] for held in series.values() for period in held}, reverse=True)
    lines = [(year, *(year_cell(visit, code, series[code], year) for code in OLD)) for year in years]
    rows = tuple(line for line in lines if any(text != NOT_HELD for text in line[1:]))
    if not rows:
        return []
    words = visit.words
    head: Rows = ((words("table.year"), *(words(f"indicator.{code}.short") for code in OLD)),)
    legend = (
        f"{ORIGIN_SIGNS['derived']} {words('sums.of_months')}",
        f"{NOT_HELD} {words('table.not_held')}",
    )
    releases = [figure.release_id for held in series.values() for figure in held.values()]
    title, unit = words("sums.old.title"), words("sums.old.unit")
    broken = (words("break.subsidy_from_300_days_2015_01.note"),)
    return [Card("old_years", title, unit, False, head + rows, legend, source_line(visit, releases), told=broken)]


def year_cell(visit: Visit, code: str, series: Mapping[str, Figure], year: str) -> str:
    """Return a year's euros: the publisher's own, else the sum of all its months."""
    facts = visit.catalogue.indicators[code]
    published = series.get(year)
    if published and published.value is not None:
        return format.number(visit.words, published.value, facts.decimals)
    by_month = {period: each.value for period, each in series.items()}
    total = whole(facts, by_month, months_before(f"{year}-12", 12))
    return NOT_HELD if total is None else format.number(visit.words, total, facts.decimals) + ORIGIN_SIGNS["derived"]


def describe_net(visit: Visit) -> list[Card]:
    """Describe the state's compensation and what is left to the municipality; nothing where none was loaded."""
    area, words = visit.selection.area, visit.words
    paid, held = visit.figures.series(SHARE, area), visit.figures.series(STATE, area)
    if not held:
        return []
    head: Rows = (
        (words("table.year"), *(words(f"indicator.{code}.short") for code in (SHARE, STATE)), words("sums.state.net")),
    )
    rows = tuple((year, *net_cells(visit, year)) for year in sorted(held, reverse=True))
    legend = (f"{ORIGIN_SIGNS['derived']} {words('sums.of_months')}", f"{NOT_HELD} {words('table.not_held')}")
    releases = [figure.release_id for figure in (*paid.values(), *held.values())]
    told = (words("sums.state.note"),)
    title, unit = words("sums.state.title"), words("sums.state.unit")
    return [Card("state", title, unit, False, head + rows, legend, source_line(visit, releases), told=told)]


def net_cells(visit: Visit, year: str) -> tuple[str, str, str]:
    """Return a year's share, the state's compensation and the difference, which needs both."""
    area, facts = visit.selection.area, visit.catalogue.indicators[SHARE]
    share = year_cell(visit, SHARE, visit.figures.series(SHARE, area), year)
    total = whole(facts, values(visit, SHARE), months_before(f"{year}-12", 12))
    compensation = values(visit, STATE)[year]
    if compensation is None:
        return share, NOT_HELD, NOT_HELD
    net = NOT_HELD if total is None else format.number(visit.words, total - compensation, facts.decimals)
    return share, format.number(visit.words, compensation, facts.decimals), net


def press_card(visit: Visit) -> list[Card]:
    """Describe the rounded figure of the press, marked as such; nothing where none is held."""
    held = visit.figures.series(PRESS, visit.selection.area)
    if not held:
        return []
    words = visit.words
    head = (words("table.year"), words(f"indicator.{PRESS}.short"))
    decimals = visit.catalogue.indicators[PRESS].decimals
    lines = tuple(
        (period, format.number(words, each.value, decimals) + ORIGIN_SIGNS["press"])
        for period, each in sorted(held.items())
        if each.value is not None
    )
    legend = (f"{ORIGIN_SIGNS['press']} {words('sums.press')}",)
    releases = [figure.release_id for figure in held.values()]
    return [
        Card(
            "press",
            words(f"indicator.{PRESS}.label"),
            words("unit.eur"),
            False,
            (head, *lines),
            legend,
            source_line(visit, releases),
        )
    ]
