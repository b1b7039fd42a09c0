"""The cards of a published evaluation: its results with their intervals, its groups, outcomes and feedback.

A hidden figure says that it is hidden; one that was not published is a dash.
"""

from collections.abc import Iterator, Sequence
from math import isnan

from dashboards import format
from dashboards.evaluations import PROJECT, PublishedEvaluation
from dashboards.impact.preview import code_of, value_of
from dashboards.pages.parts import Card
from dashboards.shell import Link
from dashboards.tables import Rows
from dashboards.visit import Visit
from queries.impact_indicators import COUNTS, EVERYWHERE, MEASURES, SCORE
from queries.impact_workbook import CHOICES

RESULTS = ("positive", "other", "ongoing")
CUSTOMERS, FEEDBACK = COUNTS
SHARE, DIFFERENCE = MEASURES[:2]
RECOMMENDATIONS = ("detractors", "passives", "promoters")
LIMITS = ("0", "3")
"""What an evaluation does not prove: causation, and that its interval tells of chance alone."""
FORMATS = ("csv", "xlsx")
NARROW = ("", "ends")
"""The parts whose tables have few columns: two of them stand side by side."""


def describe_evaluation(visit: Visit, found: PublishedEvaluation) -> Iterator[Card]:
    """Yield the cards of an evaluation; one without a row is left out."""
    writer = EvaluationWriter(visit, found)
    yield writer.card("", writer.measures(), (CUSTOMERS, *MEASURES), ("", "bound"), writer.told())
    for part, rows, indicators, ways in (
        ("ends", writer.ends(), (CUSTOMERS,), ("outcome", "state_6")),
        (
            "groups",
            writer.groups(),
            (CUSTOMERS, SHARE, DIFFERENCE),
            ("result", *composed("target_group", "result", "bound")),
        ),
        ("feedback", writer.feedback(), (FEEDBACK, SCORE), composed("respondent", "recommendation", "bound")),
    ):
        if len(rows) > 1:
            yield writer.card(part, rows, indicators, ways)


def composed(way: str, *others: str) -> tuple[str, ...]:
    """Return a dimension, and it with each of some others."""
    return (way, *(joined(way, each) for each in others))


class EvaluationWriter:
    """Writes the tables and sentences of one evaluation."""

    def __init__(self, visit: Visit, found: PublishedEvaluation) -> None:
        self._visit, self._words, self._found = visit, visit.words, found

    def card(
        self, part: str, rows: Rows, indicators: tuple[str, ...], ways: tuple[str, ...], told: tuple[str, ...] = ()
    ) -> Card:
        """Return a card with links to the files of its figures."""
        name, found = self._found.name, self._found
        title = self._words(f"evaluation.published.part.{part}", name=name) if part else name
        place = "-".join(each for each in ("published", found.code, part) if each)
        links = tuple(self.link(indicators, way, form) for way in ways for form in FORMATS)
        return Card(place, title, "", part not in NARROW, rows if len(rows) > 1 else (), (), "", links=links, told=told)

    def link(self, indicators: tuple[str, ...], way: str, form: str) -> Link:
        """Return the link to some figures by a dimension, as a file."""
        catalogue, language = self._visit.catalogue.indicators, self._words.language
        dimension = ",".join(each for each in (PROJECT, way) if each)
        codes = ",".join(code for code in indicators if dimension in catalogue[code].dimensions)
        names = [self._words(f"dimension.{each}") for each in way.split(",") if each]
        what = ", ".join(names) or self._words("evaluation.published.whole")
        query = f"indicator={codes}&dimension={dimension}&period={self._found.period}&lang={language}"
        address = f"/api/v1/observations.{form}?{query}"
        return Link(address, self._words(f"evaluation.published.{form}", what=what), language)

    def told(self) -> tuple[str, ...]:
        """Return when the evaluation is from, of whom, what is hidden of it, and what it does not prove."""
        words, found = self._words, self._found
        day = format.day(words, found.published)
        said = [words("evaluation.published.day", month=format.month(words, found.period), day=day)]
        customers = found.find(CUSTOMERS)
        ended = [found.find(CUSTOMERS, dimension="result", category=each) for each in ("positive", "other")]
        known = [each for each in ended if each is not None and not isnan(each)]
        if customers is not None:
            whole = len(known) == len(ended)
            key = "population" if whole else "customers"
            numbers = {"customers": format.number(words, customers)}
            numbers |= {"ended": format.number(words, sum(known))} if whole else {}
            said.append(words(f"evaluation.published.{key}", **numbers))
        if found.hidden:
            said.append(words("evaluation.published.hidden", hidden=format.number(words, found.hidden)))
        return (*said, *(words(f"impact.report.limit.items.{each}") for each in LIMITS))

    def measures(self) -> Rows:
        """Return each measure of all customers with its interval."""
        head = self.heads("impact.publish.column.what", "impact.publish.column.value", "evaluation.published.interval")
        measured = [code for code in MEASURES if self._found.find(code) is not None]
        return (head, *((self._visit.label(code), self.write(code), self.interval(code)) for code in measured))

    def groups(self) -> Rows:
        """Return customers, results and shares of all, of each municipality and of each target group."""
        words, found = self._words, self._found
        head = (
            *self.heads("impact.publish.column.group", "impact.report.head.customers"),
            *(words(f"impact.report.phase.{each}") for each in RESULTS),
            *self.heads("impact.report.head.share", "evaluation.published.interval", "impact.report.head.difference"),
        )
        everyone = found.find(CUSTOMERS) is not None
        lines = [(words("impact.report.all"), EVERYWHERE, "", "")] if everyone else []
        lines += [(self._visit.name(area), area, "", "") for area in found.areas]
        lines += [
            (code_of(words, "target_group", each), EVERYWHERE, "target_group", each)
            for each in self.held(CUSTOMERS, "target_group", CHOICES["target_group"])
        ]
        return (head, *((name, *self.group(area, way, group)) for name, area, way, group in lines))

    def group(self, area: str, way: str, group: str) -> Iterator[str]:
        """Yield the cells of one group."""
        yield self.write(CUSTOMERS, area, way, group)
        for result in RESULTS:
            yield self.write(CUSTOMERS, area, joined(way, "result"), joined(group, result))
        yield self.write(SHARE, area, way, group)
        yield self.interval(SHARE, area, way, group)
        yield self.write(DIFFERENCE, area, way, group)

    def ends(self) -> Rows:
        """Return customers by outcome, and by their state half a year after the end."""
        named = [
            (code_of(self._words, way, each), self.write(CUSTOMERS, EVERYWHERE, way, each))
            for way, choices in (("outcome", CHOICES["outcome"]), ("state_6", (*CHOICES["state"], "unknown")))
            for each in self.held(CUSTOMERS, way, choices)
        ]
        return (self.heads("impact.report.head.outcome", "impact.report.head.customers"), *named)

    def feedback(self) -> Rows:
        """Return the answers of each kind of respondents in three groups, and their net promoter score."""
        head = self.heads(
            *(f"impact.report.head.{each}" for each in ("respondent", "base", *RECOMMENDATIONS, "score")),
            "evaluation.published.interval",
        )
        way = "respondent"
        return (
            head,
            *(
                (
                    code_of(self._words, way, who),
                    self.write(FEEDBACK, EVERYWHERE, way, who),
                    *(
                        self.write(FEEDBACK, EVERYWHERE, joined(way, "recommendation"), joined(who, each))
                        for each in RECOMMENDATIONS
                    ),
                    self.write(SCORE, EVERYWHERE, way, who),
                    self.interval(SCORE, EVERYWHERE, way, who),
                )
                for who in self.held(FEEDBACK, way, CHOICES["respondent"])
            ),
        )

    def held(self, indicator: str, way: str, choices: Sequence[str]) -> list[str]:
        """Return those of some categories that an indicator has, shown or hidden."""
        return [each for each in choices if self._found.find(indicator, EVERYWHERE, way, each) is not None]

    def heads(self, *keys: str) -> tuple[str, ...]:
        """Return some headings."""
        return tuple(self._words(key) for key in keys)

    def write(self, indicator: str, area: str = EVERYWHERE, way: str = "", group: str = "") -> str:
        """Write a figure, that it is hidden, or that there is none."""
        value = self._found.find(indicator, area, way, group)
        if value is None:
            return self._words("impact.report.not_known")
        return value_of(self._words, value, self._visit.catalogue.indicators[indicator])

    def interval(self, indicator: str, area: str = EVERYWHERE, way: str = "", group: str = "") -> str:
        """Write the interval of a figure; an upper end that is nowhere is said to be nowhere."""
        low, high = (
            self._found.find(indicator, area, joined(way, "bound"), joined(group, end)) for end in ("low", "high")
        )
        if low is None:
            return self._words("impact.report.not_known")
        facts = self._visit.catalogue.indicators[indicator]
        ended = self._words("impact.report.unbounded") if high is None else value_of(self._words, high, facts)
        return f"{value_of(self._words, low, facts)}\u2013{ended}"


def joined(*parts: str) -> str:
    """Return the parts of a composite dimension or category; empty ones are left out."""
    return ",".join(part for part in parts if part)
