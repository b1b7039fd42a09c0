"""The front page: the project's municipalities at a glance, each with its newest rate and the way to its review."""

from collections.abc import Callable

from dashboards import format
from dashboards.charts import SHARE
from dashboards.figures import Figure
from dashboards.pages.employment_review import SLUG as REVIEW
from dashboards.pages.key_figures import describe_key_figure
from dashboards.pages.parts import KeyFigure, Page
from dashboards.provenance import describe_release
from dashboards.summary import in_place
from dashboards.visit import Visit

SLUG = ""
RATE = "unemployment_rate"
BESIDE = ("unemployed_jobseekers", "open_vacancies", "population", SHARE)
MEASURES = (RATE, *BESIDE)
LAST_MONTH = "9999-12"


def describe(visit: Visit) -> Page:
    """Describe the page. Its areas are those of the visit's selection."""
    month = common_month(visit)
    return Page(
        slug=SLUG,
        name=visit.words("page.front.name", site=visit.settings.site_name),
        headline=extremes(visit, month) if month else visit.words("front.none"),
        month=month,
        summary=(),
        notices=(),
        key_figures=tuple(describe_area(visit, area) for area in visit.selection.areas),
        cards=(),
        notes=tuple(newest_lines(visit)),
    )


def common_month(visit: Visit) -> str:
    """Return the newest month of which every area has its rate, '' when there is none."""
    months = [
        {period for period, figure in visit.figures.series(RATE, area).items() if figure.value is not None}
        for area in visit.selection.areas
    ]
    return max(set.intersection(*months), default="")


def extremes(visit: Visit, month: str) -> str:
    """Return a sentence on where the rate is lowest and where it is highest; places that share a rate are all named."""
    rates = {area: value_at(visit, area, month) for area in visit.selection.areas}
    lowest, highest = min(rates.values()), max(rates.values())
    low, high = ([area for area in rates if rates[area] == rate] for rate in (lowest, highest))
    values = {"month": format.in_month(visit.words, month), "lowest": visit.value(RATE, lowest)}
    if lowest == highest:
        return visit.words("front.same", **values)
    in_places = all(in_place(visit, area) for area in (*low, *high))
    return visit.words(
        "front.extremes.in_place" if in_places else "front.extremes.neutral",
        **values,
        highest=visit.value(RATE, highest),
        low_places=joined(visit, low, lambda area: in_place(visit, area)),
        high_places=joined(visit, high, lambda area: in_place(visit, area)),
        low_names=joined(visit, low, visit.name),
        high_names=joined(visit, high, visit.name),
    )


def value_at(visit: Visit, area: str, month: str) -> float:
    """Return an area's rate of a month that is held."""
    figure = visit.figures.at(RATE, area, month)
    return figure.value if figure and figure.value is not None else float("nan")


def joined(visit: Visit, areas: list[str], word: Callable[[str], str]) -> str:
    """Return a word for each area, listed as in a sentence."""
    return format.listed(visit.words, [word(area) for area in areas])


def describe_area(visit: Visit, area: str) -> KeyFigure:
    """Describe an area's newest rate; what is told beside it carries its own month."""
    rate = describe_key_figure(visit, RATE, LAST_MONTH, area)
    beside = [line_beside(visit, code, area) for code in BESIDE]
    address = f"/{visit.words.language}/{REVIEW}?area={area}"
    notes = (*(line for line in beside if line), *rate.notes)
    return KeyFigure(**{**vars(rate), "label": visit.name(area), "notes": notes, "address": address})


def line_beside(visit: Visit, code: str, area: str) -> str:
    """Return a line on another measure's newest month, '' when none is held."""
    figure = visit.figures.newest(code, area, LAST_MONTH)
    return visit.words("front.beside", label=visit.label(code), **written(visit, code, figure)) if figure else ""


def written(visit: Visit, code: str, figure: Figure) -> dict[str, str]:
    """Return a figure, or why it is hidden, and its month in words."""
    hidden = visit.words(f"status.{figure.status}.name") if figure.status else ""
    facts = visit.catalogue.indicators[code]
    write = format.amount if facts.unit == "eur" else format.value
    value = write(visit.words, figure.value, facts) if figure.value is not None else hidden
    return {"value": value, "month": format.month(visit.words, figure.period)}


def newest_lines(visit: Visit) -> list[str]:
    """Return, for each measure, the newest month that an area has and the release that it came with."""
    lines = []
    for code in MEASURES:
        held = [visit.figures.newest(code, area, LAST_MONTH) for area in visit.selection.areas]
        figures = [figure for figure in held if figure]
        if figures:
            newest = max(figures, key=lambda figure: (figure.period, figure.release_id))
            release = describe_release(visit, visit.edition.releases[newest.release_id])
            month = format.month(visit.words, newest.period)
            lines.append(visit.words("front.newest", label=visit.label(code), month=month, release=release))
    return lines
