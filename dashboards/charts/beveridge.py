"""The kind `beveridge`: an area's unemployment against its vacancies, the same month of each year joined into a path.

The upper left is many unemployed and few vacancies; a path that moves outwards, to the upper right, means that people
and work find each other less well than before.
"""

from dataclasses import replace

from dashboards import format
from dashboards.breaks import break_notes
from dashboards.charts import Chart, Told
from dashboards.charts.axes import axis_to
from dashboards.charts.description import Line, Plot, Point
from dashboards.charts.theme import look_of
from dashboards.visit import Visit

PARTS = ("unemployment_rate", "open_vacancies", "labour_force")


def tell_beveridge(visit: Visit, chart: Chart) -> Told:
    """Describe the path of one month through the years: vacancies per 100 of the labour force, and the rate."""
    area = visit.selection.area
    points = path_of(visit, area)
    # dashes would break up the short steps of a path
    name, look = visit.name(area), replace(look_of(visit.settings, area), line="solid")
    line = Line(area, name, name, look, points, step=12, labelled=names_of(points))
    plot = Plot(
        id=chart.id,
        title=visit.words("chart.beveridge.title"),
        unit=visit.words("chart.beveridge.unit"),
        x=axis_to(visit, max((point.x for point in points), default=0.0), visit.words("chart.beveridge.vacancies")),
        y=axis_to(visit, max((point.value or 0.0 for point in points), default=0.0)),
        lines=(line,),
        empty=visit.words("chart.empty", name=line.label),
        stamp=visit.made_up_stamp,
    )
    frame = visit.figures.at_months(PARTS, area, [point.period for point in points])
    summary = read_path(visit, points) or plot.empty
    return Told(frame, plot, summary, describe_path(visit, plot), notes_of(visit, points))


def path_of(visit: Visit, area: str) -> tuple[Point, ...]:
    """Return the years' points of the newest month that has one, not later than the page's month, oldest first."""
    until = [period for period in visit.figures.series("unemployment_rate", area) if period <= visit.month]
    newest = next((period for period in reversed(until) if point_of(visit, area, period)), "")
    same_month = [period for period in until if period[5:] == newest[5:] and period <= newest]
    return tuple(point for point in (point_of(visit, area, period) for period in same_month) if point)


def point_of(visit: Visit, area: str, period: str) -> Point | None:
    """Return a month's point, None when one of its three figures is hidden or not held."""
    figures = [visit.figures.at(part, area, period) for part in PARTS]
    rate, vacancies, force = (figure.value if figure else None for figure in figures)
    if rate is None or vacancies is None or not force:
        return None
    return Point(round(100 * vacancies / force, 2), rate, period)


def names_of(points: tuple[Point, ...]) -> tuple[tuple[str, str], ...]:
    """Return the years that stand at their points: the last, the first, and those with most unemployed or vacancies."""
    if not points:
        return ()
    highest = max(points, key=lambda point: point.value or 0.0)
    furthest = max(points, key=lambda point: point.x)
    named = dict.fromkeys((points[-1], points[0], highest, furthest))
    return tuple((point.period, point.period[:4]) for point in named)


def read_path(visit: Visit, points: tuple[Point, ...]) -> str:
    """Return a sentence on the newest point and the one a year or more before it, '' without any."""
    if not points:
        return ""
    newest, first = points[-1], points[0]
    told = visit.words("beveridge.newest", **written(visit, newest))
    if newest is first:
        return told
    return f"{told} {visit.words('beveridge.first', **written(visit, first))}"


def written(visit: Visit, point: Point) -> dict[str, str]:
    """Return a point's month and its two values in words."""
    return {
        "month": format.in_month(visit.words, point.period),
        "rate": visit.value("unemployment_rate", point.value or 0.0),
        "vacancies": format.number(visit.words, point.x, 1),
    }


def describe_path(visit: Visit, plot: Plot) -> str:
    """Return the text alternative: each year's two values."""
    points = (written(visit, point) for point in plot.lines[0].points)
    return visit.words("beveridge.alt", points="; ".join(visit.words("beveridge.point", **each) for each in points))


def notes_of(visit: Visit, points: tuple[Point, ...]) -> tuple[str, ...]:
    """Return how the vacancies are measured, and the breaks between the first and the last point."""
    notes = [visit.words("beveridge.note")]
    if points:
        notes += break_notes(visit, {"open_vacancies": (points[0].period, points[-1].period)})
    return tuple(notes)
