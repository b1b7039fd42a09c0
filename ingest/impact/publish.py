"""Publish the aggregates of an evaluation: as a file of their own, through the path that every source takes.

Nothing but the aggregates comes here. A release that differs from an earlier one of the same project by 1 to 4 persons
in any count is refused: the difference would be a small group.
"""

import json

import pandas as pd

from ingest.archive import Folder, hash_of
from ingest.errors import SmallDifference
from ingest.http import MADE_UP_MARK, Answer
from ingest.run import WAIT_FOR_WRITER, Outcome, held_hashes, load_raws, refuse_mixing
from ingest.source import FRAME_COLUMNS, load_sources
from ingest.sources.impact_evaluation import FORMAT, NAME
from queries.analysis.disclosure import LEAST
from queries.catalogue import Catalogue
from queries.database import has_database, reading, utc_now, writing
from queries.impact_indicators import COUNTS
from queries.settings import Settings

COMMAND = "koillismaa impact publish"
OBTAINED = "koillismaa impact publish: aggregates of a form, groups of 1 to 4 persons hidden"

SMALL_DIFFERENCE = """
with new as (
    select indicator, area, dimension, category, value from fresh
    where list_contains($counts, indicator) and value is not null
)
select concat_ws(' ', new.indicator, new.area, new.category)
from new join observation as old using (indicator, area, dimension, category)
where old.value is not null and abs(new.value - old.value) > 0 and abs(new.value - old.value) < $least
order by all limit 1
"""


def publish(
    frame: pd.DataFrame,
    project: str,
    name: str,
    made_up: bool,
    settings: Settings,
    catalogue: Catalogue,
    wait: float = WAIT_FOR_WRITER,
) -> Outcome:
    """Publish the aggregates of a project as a release. Raises SmallDifference, MadeUpRefused, PublishFailed."""
    content = as_file(frame, project, name, made_up)
    source = load_sources()[NAME]
    with writing(settings.data_dir, wait):
        refuse_small_difference(frame, settings)
        answer = Answer(COMMAND, project, utc_now().replace(microsecond=0), content, made_up)
        refuse_mixing([answer], settings)
        folder = Folder(settings.data_dir, NAME)
        raws = folder.settle([folder.keep(answer)])
        if hash_of(raws) in held_hashes(settings.data_dir, NAME):
            return Outcome(NAME)
        stamp = answer.fetched_at
        return load_raws(source, raws, settings, catalogue, channel="import", published_at=stamp, obtained=OBTAINED)


def as_file(frame: pd.DataFrame, project: str, name: str, made_up: bool) -> bytes:
    """Return aggregates as the bytes that are kept and loaded."""
    rows = frame[list(FRAME_COLUMNS)].astype("object").where(frame.notna(), None).to_numpy().tolist()
    told = {
        "format": FORMAT,
        "project": project,
        "name": name,
        "made_up": MADE_UP_MARK.decode("ascii") if made_up else "",
        "rows": rows,
    }
    return json.dumps(told, ensure_ascii=False, indent=0).encode("utf-8")


def refuse_small_difference(frame: pd.DataFrame, settings: Settings) -> None:
    """Raise SmallDifference when an earlier release, compared with this one, would tell of a small group."""
    if not has_database(settings.data_dir) or not len(frame):
        return
    with reading(settings.data_dir) as connection:
        connection.register("fresh", frame)
        found = connection.execute(SMALL_DIFFERENCE, {"counts": list(COUNTS), "least": LEAST}).fetchall()
        connection.unregister("fresh")
    if found:
        raise SmallDifference(str(found[0][0]))
