"""From filled forms to a report, for the command line and the browser alike. Rows of persons stay in memory."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from dashboards.errors import FormsRefused
from dashboards.impact.report import Report, write_report
from dashboards.impact.template import make_template
from dashboards.impact.vocabulary import make_vocabulary, tell_fault
from dashboards.words import Words
from queries.analysis.impact import evaluate
from queries.impact_example import example_rows
from queries.impact_workbook import Material, Vocabulary, WorkbookRefused
from queries.settings import Settings

File = tuple[str, bytes]
"""A file's name and what it holds."""


@dataclass(frozen=True)
class FormReader:
    """What the composition root brings of the room that reads forms: how one is read, and how several become one.

    `municipalities` are the Finnish and the Swedish name of each by its code.
    """

    read: Callable[[bytes, Vocabulary], Material]
    join: Callable[[Sequence[Material]], Material]
    municipalities: Mapping[str, tuple[str, str]]

    def names(self, language: str) -> dict[str, str]:
        """Return the name of each municipality by its code."""
        return {code: names[language == "sv"] for code, names in self.municipalities.items()}

    def blank(self, words: Words, settings: Settings, *, example: bool) -> bytes:
        """Return the form to fill in, or the example that is filled with made-up persons."""
        names = self.names(words.language)
        offered = [*(area.code for area in settings.municipalities), *settings.neighbours]
        places = {code: names[code] for code in offered if code in names}
        return make_template(words, places, example_rows() if example else None)

    def material(self, words: Words, files: Sequence[File]) -> Material:
        """Return what the filled forms of one project hold. Raises FormsRefused with every fault."""
        vocabulary = make_vocabulary(self.municipalities)
        materials, told = [], []
        for name, content in files:
            try:
                materials.append(self.read(content, vocabulary))
            except WorkbookRefused as refused:
                told += [f"{name}: {tell_fault(words, fault)}" for fault in refused.faults]
        if told:
            raise FormsRefused(*told)
        try:
            return self.join(materials)
        except WorkbookRefused as refused:
            raise FormsRefused(*(tell_fault(words, fault) for fault in refused.faults)) from refused

    def report(self, words: Words, files: Sequence[File]) -> Report:
        """Return the report of the filled forms of one project. Raises FormsRefused with every fault."""
        return write_report(words, evaluate(self.material(words, files)), self.names(words.language))
