"""Composition root: the web server and the command line `koillismaa`.

This file and impact_commands.py, its commands of the impact tool, are the only ones that know all rooms.
"""

import json
import logging
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
from flask import Flask

from impact_commands import form_reader, impact
from ingest.errors import SourceUnknown
from queries.catalogue import load_catalogue
from queries.database import has_database
from queries.errors import KoillismaaError, PublishFailed, SettingsRefused
from queries.export import export_package
from queries.settings import ROOT, Settings, load_settings

CHILD_RESTART_SECONDS = 30.0


def create_server() -> Flask:
    """Return the web server's application, for granian."""
    from dashboards.memory import search_cycles_rarely
    from dashboards.server import create_server as create

    server = create(load_settings(), load_catalogue(), form_reader())
    search_cycles_rarely()
    return server


def main() -> None:
    """Run the command line; an error is one sentence on stderr and exit code 1."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S", stream=sys.stderr)
    for noisy in ("httpx", "stamina", "apscheduler"):
        logging.getLogger(noisy).setLevel(logging.ERROR)
    try:
        sys.exit(cli(standalone_mode=False) or 0)
    except click.ClickException as error:
        click.echo(f"{error.format_message().rstrip('.')}; 'koillismaa --help' lists what there is.", err=True)
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except KoillismaaError as error:
        click.echo(str(error), err=True)
        sys.exit(2 if isinstance(error, SourceUnknown) else 1)


@click.group(invoke_without_command=True)
@click.pass_context
def cli(context: click.Context) -> None:
    """Open employment, vitality and benefit reviews for the municipalities of Koillismaa."""
    if context.invoked_subcommand is None:
        context.invoke(serve)


@cli.command()
def serve() -> None:
    """Web server and scheduler (the default)."""
    settings = load_settings()
    make_ready(settings)
    if settings.schedule == "off":
        run_web(settings)
        return
    with kept_running([sys.executable, str(ROOT / "app.py"), "schedule", "--with-parent"]):
        run_web(settings)


@cli.command()
def web() -> None:
    """Web server alone."""
    settings = load_settings()
    make_ready(settings)
    run_web(settings)


@cli.command()
@click.option("--with-parent", is_flag=True, hidden=True, help="End when standard input closes.")
def schedule(with_parent: bool) -> None:
    """Scheduler alone: fetches what is due, for ever."""
    from ingest import schedule as scheduler
    from ingest.source import pick_sources

    settings = load_settings()
    make_ready(settings)
    until = scheduler.stdin_closed if with_parent else scheduler.for_ever
    scheduler.run_scheduler(pick_sources(()), settings, load_catalogue(), until)


@cli.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE…]")
@click.option(
    "--since", metavar="2015-01", callback=lambda _, __, text: check_month(text), help="First month to fetch."
)
@click.pass_context
def ingest(context: click.Context, sources: tuple[str, ...], since: str | None) -> None:
    """Fetch now and publish what is new."""
    from ingest.run import ingest as run
    from ingest.source import pick_sources

    settings = load_settings()
    make_ready(settings)
    with progress_bar() as progress:
        outcomes = run(pick_sources(sources), settings, load_catalogue(), since=since, progress=progress)
    print_outcomes(outcomes)
    context.exit(1 if any(outcome.error for outcome in outcomes) else 0)


@cli.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--source", "name", required=True, help="The source that the files are answers of.")
@click.option("--published", type=click.DateTime(["%Y-%m-%d"]), help="The release's day, for files that carry no date.")
def import_files(files: tuple[Path, ...], name: str, published: datetime | None) -> None:
    """Load answers saved by hand (json-stat2, json, csv) as one release."""
    from ingest.run import import_files as run
    from ingest.source import pick_sources

    settings = load_settings()
    make_ready(settings)
    source = pick_sources((name,))[0]
    print_outcomes([run(source, files, settings, load_catalogue(), published_at=published)])


@cli.group()
def sources() -> None:
    """What the publishers have."""


@sources.command("check")
@click.pass_context
def check_sources(context: click.Context) -> None:
    """Ask each source's metadata and say, per code that we use, whether it still exists."""
    from ingest.check import check_all
    from ingest.source import pick_sources

    rows = check_all(pick_sources(()), load_settings())
    print_table(("source", "what", "found"), [(row.source, row.what, row.found) for row in rows])
    context.exit(1 if any(row.missing for row in rows) else 0)


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def status(context: click.Context, as_json: bool) -> None:
    """Per source: last release, last success, last error, next run, newest period, age."""
    from ingest.source import load_sources
    from ingest.status import read_status

    settings, catalogue = load_settings(), load_catalogue()
    rows = [read_status(source, settings, catalogue, date.today()) for source in load_sources().values()]
    if as_json:
        click.echo(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=1))
    else:
        columns = (
            "source",
            "verdict",
            "last_release",
            "channel",
            "newest_period",
            "age_days",
            "last_success",
            "next_run",
        )
        print_table(columns, [tuple(asdict(row)[column] for column in columns) for row in rows])
        for row in rows:
            if row.last_error:
                click.echo(f"{row.source}: {row.last_error}")
        if any(row.channel == "snapshot" and row.verdict == "stale" for row in rows):
            click.echo("The figures that ship with the project are stale by nature: run 'koillismaa ingest'.")
    context.exit(0 if all(row.verdict in ("fresh", "ended") for row in rows) else 1)


@cli.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--format", "file_format", type=click.Choice(["csv", "parquet", "xlsx"]), default="csv", show_default=True
)
def export(folder: Path, file_format: Any) -> None:
    """Write the whole database as a Frictionless data package."""
    for path in export_package(load_settings().data_dir, folder, file_format):
        click.echo(str(path))


@cli.command()
@click.option(
    "--area", default="", help="Code of the municipality or area, such as 305; the first municipality without."
)
@click.option("--month", default="", help="Month such as 2026-08; the newest one without.")
@click.option("--lang", "language", default="fi", show_default=True, help="Language: fi, sv or en.")
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
def report(area: str, month: str, language: str, out: Path) -> None:
    """Write the council review of an area and month as a tagged PDF of two pages."""
    from dashboards.errors import ReportFailed
    from dashboards.report.command import write_review

    settings = load_settings()
    make_ready(settings)
    content = write_review(settings, load_catalogue(), area, month, language)
    try:
        out.write_bytes(content)
    except OSError as error:
        raise ReportFailed(f"{out} was expected to be writable, found {error.strerror}: name another.") from error
    click.echo(str(out))


cli.add_command(impact)


def make_ready(settings: Settings) -> None:
    """Build or complete the database from what ships with the project, and check the configuration against it."""
    from ingest.ready import check_area_codes, check_edition, check_names_by_hand
    from ingest.snapshot.shipped import load_shipped

    check_area_codes(settings)
    check_names_by_hand(settings)
    check_edition(settings)
    if settings.demo:
        return
    served = has_database(settings.data_dir)
    try:
        load_shipped(settings, load_catalogue(), wait=0 if served else 60)
    except PublishFailed as error:
        if not served:
            raise
        logging.getLogger("koillismaa").warning("What ships with the project waits for the next start: %s", error)


def run_web(settings: Settings) -> None:
    """Serve pages until the process is told to stop."""
    from granian import Granian
    from granian.constants import Interfaces

    refuse_busy_port(settings)
    os.chdir(ROOT)
    click.echo(f"http://{settings.host}:{settings.port}")
    Granian(
        "app:create_server",
        factory=True,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=settings.workers,
        log_enabled=False,
        respawn_failed_workers=True,
        workers_kill_timeout=5,  # a worker that is told to end while it begins does not always hear it
    ).serve()


def refuse_busy_port(settings: Settings) -> None:
    """Raise SettingsRefused when the address cannot be listened on."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except (OSError, OverflowError) as error:
            raise SettingsRefused(
                f"A free address was expected, {settings.host}:{settings.port} is not ({error}): stop what listens "
                "there or set KOILLISMAA_PORT."
            ) from error


@contextmanager
def kept_running(command: Sequence[str]) -> Iterator[None]:
    """Keep a child process running beside the block; it ends with us, for its standard input closes then."""
    stopping = threading.Event()
    running: list[subprocess.Popen[bytes]] = []

    def keep() -> None:
        while not stopping.is_set():
            try:
                with subprocess.Popen(command, stdin=subprocess.PIPE) as child:
                    running[:] = [child]
                    child.wait()
            except OSError as error:
                logging.getLogger("koillismaa").warning("The scheduler could not be started: %s", error)
            stopping.wait(CHILD_RESTART_SECONDS)

    threading.Thread(target=keep, daemon=True).start()
    try:
        yield
    finally:
        stopping.set()
        for child in running:
            child.terminate()


@contextmanager
def progress_bar() -> Iterator[Callable[[str, str, int, int], None]]:
    """Give a function that shows how far a source's calls are, on stderr."""
    bars: dict[str, Any] = {}

    def show(source: str, step: str, done: int, total: int) -> None:
        if source not in bars:
            bars[source] = click.progressbar(length=total, label=f"{source} {step}", file=sys.stderr)
            bars[source].__enter__()
        bars[source].update(done - bars[source].pos)
        if done >= total:
            bars[source].__exit__(None, None, None)

    yield show


def check_month(text: str | None) -> str | None:
    """Return a month given on the command line. Raises a usage error when it is none."""
    try:
        return text and datetime.strptime(text, "%Y-%m").strftime("%Y-%m")
    except ValueError as error:
        raise click.BadParameter(f"a month such as 2015-01 was expected, found {text}") from error


def print_outcomes(outcomes: Sequence[Any]) -> None:
    """Print how each source's run ended; errors go to stderr."""
    rows = [
        (each.source, each.verdict, each.release, each.rows, each.new, each.revised, f"{each.seconds:.1f}")
        for each in outcomes
    ]
    print_table(("source", "verdict", "release", "rows", "new", "revised", "seconds"), rows)
    for outcome in outcomes:
        if outcome.error:
            click.echo(outcome.error, err=True)


def print_table(header: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Print rows in columns as wide as their widest cell."""
    cells = [list(header), *(["" if value is None else str(value) for value in row] for row in rows)]
    widths = [max(len(row[place]) for row in cells) for place in range(len(header))]
    for row in cells:
        click.echo("  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip())


if __name__ == "__main__":
    main()
