"""The report of an evaluation: sections of texts, a drawing and a table, the same for page, workbook and print."""

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from dashboards.format import day, number
from dashboards.impact.cells import Columns, Table, write_table
from dashboards.impact.draw_curve import draw_curve
from dashboards.impact.draw_flow import draw_flow
from dashboards.impact.summary import additional_text, median_text, summary_texts
from dashboards.words import Words
from queries.analysis.impact import REACH, Evaluation

NO_DRAWING = Markup("")

REACH_COLUMNS = Columns(
    (
        "organisation",
        "organisations_reached",
        "organisations_target",
        "persons_reached",
        "persons_target",
        "reached_share",
    ),
    ("text", "whole", "whole", "whole", "whole", "percent"),
)
FLOW = Columns(("source", "target", "persons"), ("text", "text", "whole"), 2)
OUTCOMES = Columns(
    ("outcome", "persons", "base", "share", "low", "high"), ("text", "whole", "whole", "percent", "percent", "percent")
)
GROUPS = Columns(("breakdown", "group", *OUTCOMES.heads[1:]), ("text", *OUTCOMES.forms), 2)
STATES = Columns(("months", "state", *OUTCOMES.heads[1:]), ("whole", *OUTCOMES.forms), 2)
DIFFERENCES = Columns(
    ("name", "target_group", "base", "ours", "reference", "difference", "low_points", "high_points"),
    ("text", "text", "whole", "percent", "percent", "percent", "percent", "percent"),
    2,
)
TIMES = Columns(
    ("breakdown", "group", "customers", "reached", "median", "low_days", "high_days"),
    ("text", "text", "whole", "whole", "whole", "whole", "whole"),
    2,
)
COSTS = Columns(
    ("organisation", "eur", "customers", "reached", "per_customer", "per_outcome", "low_eur", "high_eur"),
    ("text", "eur", "whole", "whole", "eur", "eur", "eur", "eur"),
)
SAVINGS = Columns(("price", "price_eur", "saving"), ("text", "eur", "percent"))
FEEDBACK = Columns(
    (
        "respondent",
        "organisation",
        "detractors",
        "passives",
        "promoters",
        "base",
        "score",
        "low_points",
        "high_points",
        "grade",
    ),
    ("text", "text", "whole", "whole", "whole", "whole", "whole", "whole", "whole", "decimal"),
    2,
)
HOURS = Columns(("service", "customers", "times", "hours"), ("text", "whole", "whole", "decimal"))


@dataclass(frozen=True)
class Section:
    """One section. `drawing` is an SVG, '' where there is none, `alt` says what it shows; `items` stand as a list."""

    id: str
    title: str
    texts: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    table: Table | None = None
    drawing: Markup = NO_DRAWING
    alt: str = ""


@dataclass(frozen=True)
class Report:
    """A report in one language. `notices` say what a reader must know before anything else."""

    language: str
    title: str
    lead: str
    notices: tuple[str, ...]
    sections: tuple[Section, ...]


class Writer:
    """Writes the sections of one evaluation in one language. `municipalities` are their names by code."""

    def __init__(self, words: Words, found: Evaluation, municipalities: Mapping[str, str]) -> None:
        self._words, self._found, self._municipalities = words, found, municipalities

    def section(self, code: str, *texts: str, drawing: Markup = NO_DRAWING, table: Table | None = None) -> Section:
        """Return a section with what its words say of it first; where there is nothing to show, it says so."""
        key = f"impact.report.text.{code}"
        said = (self._words(key), *texts) if self._words.has(key) else texts
        empty = table is not None and not table.rows
        return Section(
            code,
            self._words(f"impact.report.section.{code}"),
            (self._words("impact.report.nothing"),) if empty else said,
            table=None if empty else table,
            drawing=drawing,
            alt=self._words(f"impact.report.alt.{code}") if drawing else "",
        )

    def table(self, code: str, columns: Columns, rows: list[list[object]]) -> Table:
        """Return a table with the section's title as its caption."""
        return write_table(self._words, self._words(f"impact.report.section.{code}"), columns, rows)

    def group(self, breakdown: str, group: str) -> str:
        """Write the name of a group of a breakdown."""
        if breakdown == "all":
            return self._words("impact.report.all")
        if breakdown == "municipality":
            return self._municipalities.get(group, group)
        return self._words(f"impact.choice.target_group.{group}") if breakdown == "target_group" else group

    def outcome(self, code: str, choices: str = "outcome") -> str:
        """Write the name of an outcome or state, or of those that count as reached."""
        return self._words("impact.report.positive" if code == "positive" else f"impact.choice.{choices}.{code}")

    def reach(self) -> Section:
        """Write reach against target."""
        rows: list[list[object]] = []
        for row in self._found.reach.to_dict("records"):
            name = row["organisation"] or self._words("impact.report.total")
            target = row["persons_target"]
            rows.append([name, *(row[column] for column in REACH), row["persons_reached"] / target if target else None])
        return self.section("reach", table=self.table("reach", REACH_COLUMNS, rows))

    def flow(self) -> Section:
        """Write the flow through the phases."""
        names = {code: self._words(f"impact.report.phase.{code}") for code in self._words_of("phase")}
        rows: list[list[object]] = [
            [names[source], names[target], persons]
            for source, target, persons in self._found.flow.itertuples(index=False)
        ]
        drawing = draw_flow(self._words, self._found.flow)
        return self.section("flow", drawing=drawing, table=self.table("flow", FLOW, rows))

    def _words_of(self, block: str) -> list[str]:
        prefix = f"impact.report.{block}."
        return [key.removeprefix(prefix) for key in self._words.texts if key.startswith(prefix)]

    def outcomes(self) -> Section:
        """Write the share of each outcome among all."""
        chosen = self._found.outcomes[self._found.outcomes["breakdown"] == "all"]
        rows: list[list[object]] = [
            [self.outcome(code), *figures] for _, _, code, *figures in chosen.itertuples(index=False)
        ]
        return self.section("outcomes", table=self.table("outcomes", OUTCOMES, rows))

    def groups(self) -> Section:
        """Write the share of those who reached the goal in each group."""
        chosen = self._found.outcomes[self._found.outcomes["outcome"] == "positive"]
        rows: list[list[object]] = [
            [self._words(f"impact.report.breakdown.{breakdown}"), self.group(breakdown, group), *figures]
            for breakdown, group, _, *figures in chosen.itertuples(index=False)
        ]
        return self.section("groups", table=self.table("groups", GROUPS, rows))

    def difference(self) -> Section:
        """Write the differences to the reference."""
        columns = ["name", "target_group", "base", "ours", "reference", "difference", "low", "high"]
        rows: list[list[object]] = [
            [name, self.group("target_group" if group else "all", group), *figures]
            for name, group, *figures in self._found.differences[columns].itertuples(index=False)
        ]
        return self.section("difference", table=self.table("difference", DIFFERENCES, rows))

    def time(self) -> Section:
        """Write the time to an outcome."""
        rows: list[list[object]] = [
            [self._words(f"impact.report.breakdown.{breakdown}"), self.group(breakdown, group), *figures]
            for breakdown, group, *figures in self._found.times.itertuples(index=False)
        ]
        drawing = draw_curve(self._words, self._found.curve)
        return self.section(
            "time", median_text(self._words, self._found), drawing=drawing, table=self.table("time", TIMES, rows)
        )

    def states(self) -> Section:
        """Write the states 3 and 6 months after the end."""
        known = self._found.states[self._found.states["base"] > 0]
        rows: list[list[object]] = [
            [months, self.outcome(code, "state"), *figures] for months, code, *figures in known.itertuples(index=False)
        ]
        return self.section("states", table=self.table("states", STATES, rows))

    def costs(self) -> Section:
        """Write what customers and outcomes cost."""
        rows: list[list[object]] = [
            [name or self._words("impact.report.total"), *figures]
            for name, *figures in self._found.costs.itertuples(index=False)
        ]
        table = self.table("costs", COSTS, rows)
        return self.section("costs", additional_text(self._words, self._found), table=table)

    def price(self) -> Section:
        """Write the cost against the prices of a bought service."""
        rows: list[list[object]] = [
            [self._words(f"impact.report.price.{saving.price}"), saving.eur, saving.saving]
            for saving in self._found.savings
        ]
        return self.section("price", table=self.table("price", SAVINGS, rows))

    def feedback(self) -> Section:
        """Write the feedback."""
        rows: list[list[object]] = [
            [self._words(f"impact.choice.respondent.{who}"), name or self._words("impact.report.all"), *figures]
            for who, name, *figures in self._found.feedback.itertuples(index=False)
        ]
        return self.section("feedback", table=self.table("feedback", FEEDBACK, rows))

    def hours(self) -> Section:
        """Write services and hours."""
        rows: list[list[object]] = [
            [self._words(f"impact.choice.service.{code}"), *figures]
            for code, *figures in self._found.hours.itertuples(index=False)
        ]
        return self.section("hours", table=self.table("hours", HOURS, rows))

    def limits(self) -> Section:
        """Write what an evaluation does not prove."""
        items = [self._words(f"impact.report.limit.{key}") for key in self._words_of("limit")]
        return Section("limits", self._words("impact.report.section.limits"), items=tuple(items))


def write_report(words: Words, found: Evaluation, municipalities: Mapping[str, str]) -> Report:
    """Return the report of an evaluation. `municipalities` are their names by code."""
    writer = Writer(words, found, municipalities)
    summary = Section("summary", words("impact.report.section.summary"), tuple(summary_texts(words, found)))
    notices = [words("impact.report.made_up")] if found.made_up else []
    return Report(
        language=words.language,
        title=words("impact.report.title", name=found.name),
        lead=words(
            "impact.report.lead",
            day=day(words, found.until),
            customers=number(words, found.customers),
            ended=number(words, found.ended),
        ),
        notices=(*notices, words("impact.report.inside")),
        sections=(
            summary,
            writer.reach(),
            writer.flow(),
            writer.outcomes(),
            writer.groups(),
            writer.difference(),
            writer.time(),
            writer.states(),
            writer.costs(),
            writer.price(),
            writer.feedback(),
            writer.hours(),
            writer.limits(),
        ),
    )
