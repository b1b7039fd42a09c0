"""The commands `koillismaa impact …`, as part of the composition root: they bring forms, analysis and words together.

Rows of persons live in the memory of the command alone. What it prints, and every fault, is without them.
"""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import click

from queries.catalogue import load_catalogue
from queries.errors import KoillismaaError
from queries.impact_workbook import Material, WorkbookRefused
from queries.settings import load_settings

FILES = click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE…"
)
LANGUAGE = click.option(
    "--lang", "language", type=click.Choice(["fi", "sv", "en"]), default="fi", show_default=True, help="Language."
)


class FormsRefused(KoillismaaError):
    """Forms were refused, or a file could not be read or written; the text says why, a line a fault."""


@click.group()
def impact() -> None:
    """Evaluate the impact of a service from forms about its customers."""


@impact.command("template")
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path), metavar="OUT.xlsx")
@LANGUAGE
@click.option("--example", is_flag=True, help="Fill it with made-up persons.")
def template(out: Path, language: str, example: bool) -> None:
    """Write the form to fill in, with drop-down codes and instructions."""
    from dashboards.impact.template import make_template
    from dashboards.words import load_words
    from queries.impact_example import example_rows

    settings, names = load_settings(), place_names(language)
    offered = [*(area.code for area in settings.municipalities), *settings.neighbours]
    places = {code: names[code] for code in offered if code in names}
    write_file(out, make_template(load_words(language), places, example_rows() if example else None), kept=(out,))


@impact.command("analyse")
@FILES
@click.option(
    "--out",
    "outs",
    multiple=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="OUT.html",
    help="A report as .html, .xlsx or .pdf; may be given several times. Without it the summary is printed.",
)
@LANGUAGE
def analyse(files: tuple[Path, ...], outs: tuple[Path, ...], language: str) -> None:
    """Check the filled forms of one project and report what they show."""
    from dashboards.impact.documents import MAKERS, as_text
    from dashboards.impact.report import write_report
    from dashboards.words import load_words
    from queries.analysis.impact import evaluate

    unknown = next((out for out in outs if out.suffix not in MAKERS), None)
    if unknown:
        raise click.BadParameter(f"a report ends in {', '.join(MAKERS)}, found {unknown.name}")
    report = write_report(load_words(language), evaluate(read_forms(files, language)), place_names(language))
    for out in outs:
        write_file(out, MAKERS[out.suffix](report), kept=files)
    if not outs:
        click.echo(as_text(report))


@impact.command("publish")
@FILES
@click.option("--yes", is_flag=True, help="Publish without asking.")
@LANGUAGE
def publish(files: tuple[Path, ...], yes: bool, language: str) -> None:
    """Show which aggregates of the filled forms would be published, ask, and publish them."""
    from dashboards.impact.preview import announcement, preview
    from dashboards.words import load_words
    from ingest.impact.publish import publish as run
    from queries.analysis.impact import evaluate
    from queries.analysis.publication import publishable

    material, words, settings = read_forms(files, language), load_words(language), load_settings()
    frame = publishable(material, evaluate(material))
    if not len(frame):
        raise FormsRefused(words("impact.publish.nothing"))
    catalogue = load_catalogue()
    print_columns(preview(words, frame, place_names(language), catalogue.indicators))
    click.echo(announcement(words, frame, material.name, material.code))
    if not yes and not asked(words("impact.publish.ask")):
        raise FormsRefused("A yes was expected, there was none: nothing was published; say yes, or add --yes.")
    outcome = run(frame, material.code, material.name, material.made_up, settings, catalogue)
    click.echo(f"{outcome.source}: {outcome.verdict} {outcome.release}".rstrip())


def asked(question: str) -> bool:
    """Ask for a yes; where nobody can answer, the answer is no."""
    try:
        return click.confirm(question, default=False)
    except click.Abort:
        return False


def print_columns(rows: Sequence[Sequence[str]]) -> None:
    """Print rows in columns as wide as their widest cell."""
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    for row in rows:
        click.echo("  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip())


def place_names(language: str) -> Mapping[str, str]:
    """Return the name of each municipality by its code."""
    from ingest.impact.places import municipality_names

    return {code: swedish if language == "sv" else finnish for code, (finnish, swedish) in municipality_names().items()}


def read_forms(files: Sequence[Path], language: str) -> Material:
    """Return what the filled forms of one project hold. Raises FormsRefused with every fault."""
    from dashboards.impact.vocabulary import make_vocabulary, tell_fault
    from dashboards.words import load_words
    from ingest.impact.places import municipality_names
    from ingest.impact.read import join_materials, read_workbook

    vocabulary, words = make_vocabulary(municipality_names()), load_words(language)
    materials, told = [], []
    for path in files:
        try:
            materials.append(read_workbook(read_file(path), vocabulary))
        except WorkbookRefused as refused:
            told += [f"{path.name}: {tell_fault(words, fault)}" for fault in refused.faults]
    if told:
        raise FormsRefused("\n".join(told))
    try:
        return join_materials(materials)
    except WorkbookRefused as refused:
        raise FormsRefused("\n".join(tell_fault(words, fault) for fault in refused.faults)) from refused


def read_file(path: Path) -> bytes:
    """Return a file's bytes, at most one more than a form may have. Raises FormsRefused."""
    from ingest.impact.container import MOST_BYTES

    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise FormsRefused(f"{path} was expected to be readable, found {error.strerror}: name another.") from error


def write_file(path: Path, content: bytes, kept: Collection[Path] = ()) -> None:
    """Write a file and print its name. Raises FormsRefused, also rather than write over one of some files."""
    if path.exists() and any(path.samefile(each) for each in kept):
        raise FormsRefused(f"{path} was expected to be another file, for it holds a form: name another.")
    try:
        path.write_bytes(content)
    except OSError as error:
        raise FormsRefused(f"{path} was expected to be writable, found {error.strerror}: name another.") from error
    click.echo(str(path))
