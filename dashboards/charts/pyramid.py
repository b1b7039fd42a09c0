"""The kind `pyramid`: the age structure as it is, as it was ten years ago and as it is projected, by sex where held."""

from collections.abc import Iterable, Mapping

import pandas as pd

from dashboards import format
from dashboards.charts import Chart, Told
from dashboards.charts.axes import axis_to
from dashboards.charts.breakdown import number_of
from dashboards.charts.description import Bar, Layer, Pyramid, Side
from dashboards.charts.theme import SERIES
from dashboards.tables import NOT_HELD, STATUS_SIGNS
from dashboards.visit import Visit

OBSERVED, PROJECTED = "population", "projected_population"
AGE, BY_SEX = "age", "age,sex"
SEXES = ("1", "2")
DECADE = 10
Held = dict[tuple[str, str], Bar]


def tell_pyramid(visit: Visit, chart: Chart) -> Told:
    """Describe the persons of each age group: observed now filled, earlier and projected ones as outlines.

    Where no ages are observed, the first projected year is filled, and named as projected.
    """
    dimension, shown = shown_years(visit)
    parts = pd.concat([visit.parts_of(code, dimension) for code in (OBSERVED, PROJECTED)])
    pairs = zip(parts["indicator"].tolist(), parts["period"].tolist(), strict=True)
    frame = parts.take([place for place, pair in enumerate(pairs) if pair in shown])
    held = bars_by_year(frame, visit)
    ages = sorted({age for found in held.values() for age, _ in found}, key=number_of)
    pyramid = describe_pyramid(visit, chart, dimension, shown, held, ages)
    summary = read_ages(visit, shown, held) if not pyramid.is_empty else pyramid.empty
    return Told(frame, pyramid, summary, describe_in_words(visit, pyramid), (visit.words("chart.ages.note"),))


def shown_years(visit: Visit) -> tuple[str, list[tuple[str, str]]]:
    """Return the dimension and the years that are shown, the filled one first, each with its indicator."""
    by_sex = years_held(visit, OBSERVED, BY_SEX)
    observed = by_sex or years_held(visit, OBSERVED, AGE)
    projected = years_held(visit, PROJECTED, AGE)
    until = visit.month if visit.selection.month else "9999"
    now = max((year for year in observed if year <= until), default="")
    if not now:
        return AGE, [(PROJECTED, year) for year in dict.fromkeys([*projected[:1], *projected[-1:]])]
    earlier = str(int(now) - DECADE)
    shown = [(OBSERVED, now), *([(OBSERVED, earlier)] if earlier in observed else [])]
    if by_sex:
        return BY_SEX, shown
    return AGE, [*shown, *((PROJECTED, year) for year in projected[-1:] if year > now)]


def years_held(visit: Visit, code: str, dimension: str) -> list[str]:
    """Return the years of which the area has ages, oldest first."""
    return sorted(set(visit.parts_of(code, dimension)["period"].tolist()))


def bars_by_year(frame: pd.DataFrame, visit: Visit) -> dict[tuple[str, str], Held]:
    """Return the bars by indicator and year, then by age group and sex ('' where there are no sexes)."""
    found: dict[tuple[str, str], Held] = {}
    columns = (frame[name].tolist() for name in ("indicator", "period", "category", "value", "status"))
    for code, period, category, value, status in zip(*columns, strict=True):
        age, _, sex = category.partition(",")
        text = STATUS_SIGNS.get(status, NOT_HELD) if value != value else format.number(visit.words, value)
        found.setdefault((code, period), {})[age, sex] = Bar(None if value != value else value, text)
    return found


def describe_pyramid(
    visit: Visit, chart: Chart, dimension: str, shown: list[tuple[str, str]], held: Mapping[tuple[str, str], Held],
    ages: list[str],
) -> Pyramid:  # fmt: skip
    """Return the pyramid of some years; its sides are the sexes, or one of all persons."""
    sexes = SEXES if dimension == BY_SEX else ("",)
    values = [bar.value or 0.0 for found in held.values() for bar in found.values()]
    nothing = Bar(None, NOT_HELD)
    axis = axis_to(visit, max(values, default=0.0))
    return Pyramid(
        id=chart.id,
        title=visit.words(f"chart.{chart.id}.title"),
        unit=visit.words(f"chart.{chart.id}.unit"),
        x=axis,
        ages=tuple(visit.words("pyramid.age", age=visit_age(age)) for age in ages),
        layers=tuple(layer_of(visit, place, *year) for place, year in enumerate(shown)),
        sides=tuple(
            Side(
                visit.category("sex", sex) if sex else "",
                tuple(tuple(held.get(year, {}).get((age, sex), nothing) for age in ages) for year in shown),
            )
            for sex in sexes
        ),
        empty=visit.words("chart.empty", name=visit.name(visit.selection.area)),
        stamp=visit.made_up_stamp,
    )


def visit_age(age: str) -> str:
    """Return an age group for an axis: 25–29, or 100– where it has no end."""
    return age.replace("-", "\u2013")


def layer_of(visit: Visit, place: int, code: str, year: str) -> Layer:
    """Return how a year is told apart: the first one filled, the others as outlines."""
    name = "now" if place == 0 else "projected" if code == PROJECTED else "year_ago"
    label = visit.words("pyramid.projected", year=year) if code == PROJECTED else year
    return Layer(label, *SERIES[name], filled=place == 0)


def read_ages(visit: Visit, shown: list[tuple[str, str]], held: Mapping[tuple[str, str], Held]) -> str:
    """Return a sentence on the largest age group of the filled year."""
    totals: dict[str, float] = {}
    for (age, _), bar in held[shown[0]].items():
        totals[age] = totals.get(age, 0.0) + (bar.value or 0.0)
    largest = max(totals, key=lambda age: totals[age])
    key = "pyramid.largest_projected" if shown[0][0] == PROJECTED else "pyramid.largest"
    amount = format.number(visit.words, totals[largest])
    return visit.words(key, year=shown[0][1], age=visit_age(largest), amount=amount)


def describe_in_words(visit: Visit, pyramid: Pyramid) -> str:
    """Return the text alternative: every age group with its figures, side by side and year by year."""
    if pyramid.is_empty:
        return pyramid.empty
    rows = "; ".join(f"{age}: {', '.join(cells)}" for age, cells in rows_of(pyramid))
    heads = format.listed(visit.words, [*heads_of(pyramid)])
    return visit.words("chart.bars_alt", unit=pyramid.unit, series=heads, rows=rows)


def heads_of(pyramid: Pyramid) -> Iterable[str]:
    """Yield the name of each column of figures: the year, with its side where there are two."""
    for side in pyramid.sides:
        for layer in pyramid.layers:
            yield f"{side.label} {layer.label}".strip()


def rows_of(pyramid: Pyramid) -> list[tuple[str, list[str]]]:
    """Return each age group with its figures in the order of the columns, the youngest first."""
    return [
        (age, [bars[place].text for side in pyramid.sides for bars in side.bars])
        for place, age in enumerate(pyramid.ages)
    ]
