"""Cards of what the project did: its targets, the service in its phases, its other results, and what remains of it."""

from dashboards import format
from dashboards.charts import CHARTS, PROJECT, charts_of
from dashboards.pages.cards import chart_card
from dashboards.pages.parts import Card, Makers, always
from dashboards.project_figures import CUSTOMERS, EVENTS, OTHER_RESULTS, by_category, organisations, total
from dashboards.provenance import source_line
from dashboards.tables import NOT_HELD, Rows
from dashboards.view import view
from dashboards.visit import Visit

PHASES = ("one", "two", "three", "follow_up", "outcomes", "groups")
ABOUT = ("project_outcome_share",)
AT_MOST = ("project_video_views",)
SETTLING_IN = ("305", "614", "620", "832")
SERVICE_REMAINS = ("305", "832", "615", "620")
ORGANISATIONS_THAT_GO_ON = ("ksakki", "network")


def describe_target(visit: Visit, name: str) -> Card:
    """Describe what was reached of one target; the table has the printed total too."""
    chart = CHARTS[name]
    target = chart.indicators[0]
    reached, wanted = (by_category(visit, code, "organisation") for code in (chart.indicator, target))
    lines = [
        target_line(visit, visit.category("organisation", code), reached.get(code), wanted.get(code))
        for code in organisations(visit, chart.indicator)
    ]
    whole, goal = (total(visit, code) for code in (chart.indicator, target))
    lines.append(target_line(visit, visit.words("project.total"), whole and whole.value, goal and goal.value))
    return chart_card(
        view(name, visit), (heads(visit, "organisation", "reached", "target", "reached_share"), *lines), ()
    )


def heads(visit: Visit, *names: str) -> tuple[str, ...]:
    """Return the headings of a table."""
    return tuple(visit.words(f"project.column.{name}") for name in names)


def target_line(visit: Visit, name: str, reached: float | None, wanted: float | None) -> tuple[str, ...]:
    """Return a row: a name, what was reached and wanted, and the one as a share of the other."""
    cells = [NOT_HELD if each is None else format.number(visit.words, each) for each in (reached, wanted)]
    if reached is None or not wanted:
        return (name, *cells, NOT_HELD)
    return (name, *cells, f"{format.number(visit.words, 100 * reached / wanted)}{format.NO_BREAK}%")


def described(visit: Visit, name: str, rows: Rows = (), told: tuple[str, ...] = (), wide: bool = False) -> Card:
    """Describe a card without a chart, of the report's figures and words."""
    words = visit.words
    unit = words(f"project.{name}.unit") if words.has(f"project.{name}.unit") else ""
    figure = total(visit, CUSTOMERS[0])
    source = source_line(visit, [figure.release_id]) if figure else ""
    return Card(f"project_{name}", words(f"project.{name}.title"), unit, wide, rows, (), source, told=told)


def describe_service(visit: Visit) -> list[Card]:
    """Describe the service's customers and events, its process, and the project's other results."""
    words = visit.words
    mark = words("project.read_from_graphic")
    customers = [(visit.label(code), figure_text(visit, code), "") for code in CUSTOMERS]
    held = by_category(visit, EVENTS, "event")
    order = visit.parts_of(EVENTS, "event").sort_values("value", ascending=False)["category"].tolist()
    events = [(visit.category("event", code), format.number(words, held[code]), mark) for code in order]
    results = tuple((visit.label(code), figure_text(visit, code), "") for code in OTHER_RESULTS)
    columns = heads(visit, "what", "number", "remark")
    settling = tuple(
        words(f"project.settling.{code}", name=visit.name(code)) for code in held_areas(visit, SETTLING_IN)
    )
    return [
        described(visit, "service", (columns, *customers, *events), (words("project.service.told"),)),
        described(visit, "process", told=tuple(words(f"project.process.{phase}") for phase in PHASES)),
        described(visit, "results", (columns[:2], *(row[:2] for row in results)), (words("project.results.told"),)),
        described(visit, "settling", told=settling),
    ]


def held_areas(visit: Visit, codes: tuple[str, ...]) -> list[str]:
    """Return the areas that the version knows."""
    return [code for code in codes if code in visit.edition.areas]


def figure_text(visit: Visit, code: str) -> str:
    """Write a total as the report has it: some are 'about', some 'at most'."""
    figure = total(visit, code)
    if figure is None or figure.value is None:
        return NOT_HELD
    text = visit.value(code, figure.value)
    if code in ABOUT:
        return visit.words("project.about", value=text)
    return visit.words("project.at_most", value=text) if code in AT_MOST else text


def describe_remains(visit: Visit) -> Card:
    """Describe what remains in each municipality: of the service, and of the settling-in services."""
    words = visit.words
    lines = []
    for code in visit.homes:
        service = f"project.remains_service.{code}" if code in SERVICE_REMAINS else "project.remains.not_told"
        settling = f"project.remains_settling.{code}" if code in SETTLING_IN else "project.remains.not_told"
        lines.append((visit.name(code), words(service), words(settling)))
    rows = (heads(visit, "municipality", "service", "settling"), *lines)
    told = tuple(words(f"project.remains.{each}") for each in ORGANISATIONS_THAT_GO_ON)
    return described(visit, "remains", rows, told, wide=True)


RESULTS: Makers = {
    **{chart.id: always(describe_target, chart.id) for chart in charts_of(PROJECT) if chart.kind == "targets"},
    "project_service": describe_service,
}
REMAINS: Makers = {"project_remains": always(describe_remains)}
