"""The commands `koillismaa impact …`, as part of the composition root: they bring forms, analysis and words together.

Rows of persons live in the memory of the command alone. What it prints, and every fault, is without them.
"""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dashboards.errors import FormsRefused
from queries.catalogue import load_catalogue
from queries.impact_workbook import MOST_BYTES
from queries.settings import load_settings

if TYPE_CHECKING:
    from dashboards.impact.forms import File, FormReader

FILES = click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE…"
)
LANGUAGE = click.option(
    "--lang", "language", type=click.Choice(["fi", "sv", "en"]), default="fi", show_default=True, help="Language."
)


@click.group()
def impact() -> None:
    """Evaluate the impact of a service from forms about its customers."""


@impact.command("template")
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path), metavar="OUT.xlsx")
@LANGUAGE
@click.option("--example", is_flag=True, help="Fill it with made-up persons.")
def template(out: Path, language: str, example: bool) -> None:
    """Write the form to fill in, with drop-down codes and instructions."""
    from dashboards.words import load_words

    write_file(out, form_reader().blank(load_words(language), load_settings(), example=example), kept=(out,))


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
    from dashboards.words import load_words

    unknown = next((out for out in outs if out.suffix not in MAKERS), None)
    if unknown:
        raise click.BadParameter(f"a report ends in {', '.join(MAKERS)}, found {unknown.name}")
    report = form_reader().report(load_words(language), read_files(files))
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

    reader, words, settings = form_reader(), load_words(language), load_settings()
    material = reader.material(words, read_files(files))
    frame = publishable(material, evaluate(material))
    if not len(frame):
        raise FormsRefused(words("impact.publish.nothing"))
    catalogue = load_catalogue()
    print_columns(preview(words, frame, reader.names(language), catalogue.indicators))
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


def form_reader() -> "FormReader":
    """Return what reads filled forms: the one room's reading for the other's report."""
    from dashboards.impact.forms import FormReader
    from ingest.impact.places import municipality_names
    from ingest.impact.read import join_materials, read_workbook

    return FormReader(read_workbook, join_materials, municipality_names())


def read_files(paths: Sequence[Path]) -> "list[File]":
    """Return the names and the bytes of some files. Raises FormsRefused."""
    return [(path.name, read_file(path)) for path in paths]


def read_file(path: Path) -> bytes:
    """Return a file's bytes, at most one more than a form may have. Raises FormsRefused."""
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
