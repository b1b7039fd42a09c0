"""A small database with published evaluations, through the command's own path."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from ingest.impact.publish import publish
from ingest.impact.read import read_workbook
from queries.analysis.impact import evaluate
from queries.analysis.publication import publishable
from queries.catalogue import load_catalogue
from queries.settings import load_settings
from tests.dashboards.small_database import build
from tests.impact.forms import Row, example, form, vocabulary

NAME = "Work & Stay, keksitty esimerkki"


def build_published(data_dir: Path) -> Path:
    """Publish the small database, and the example's aggregates as those of a project."""
    publish_form(build(data_dir), example())
    return data_dir


def publish_rows(data_dir: Path, rows: Mapping[str, Sequence[Row]]) -> None:
    """Publish the aggregates of a form that is filled with rows."""
    publish_form(data_dir, form(rows))


def publish_form(data_dir: Path, content: bytes) -> None:
    """Publish the aggregates of a filled form; made-up persons stand for real ones, for the figures here are real."""
    material = replace(read_workbook(content, vocabulary()), made_up=False)
    frame = publishable(material, evaluate(material))
    publish(frame, material.code, material.name, False, load_settings(data_dir=data_dir), load_catalogue())
