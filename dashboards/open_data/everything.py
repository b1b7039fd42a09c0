"""Everything that is known now as one Parquet file, made once a version and kept beside the versions."""

import os
import threading
from pathlib import Path

from dashboards.open_data.rows import STAMP
from queries.catalogue import Catalogue
from queries.errors import PublishFailed
from queries.read import Snapshot

FOLDER = "downloads"
MAKING = threading.Lock()


def parquet_of(data_dir: Path, snapshot: Snapshot, catalogue: Catalogue) -> Path:
    """Return the file of a snapshot's version. Raises PublishFailed when it cannot be written."""
    path = data_dir / FOLDER / f"observations-{snapshot.version}.parquet"
    with MAKING:
        if not path.is_file():
            make_parquet(path, snapshot, catalogue)
    return path


def make_parquet(path: Path, snapshot: Snapshot, catalogue: Catalogue) -> None:
    """Write the file under a name of this process's own, then give it its name; older versions' files go."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    measures = catalogue.indicators.values()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        snapshot.write_parquet(
            draft,
            "every_observation",
            indicators=[each.code for each in measures],
            units=[each.unit for each in measures],
            stamp=STAMP,
        )
        draft.replace(path)
        for older in path.parent.glob("observations-*.parquet"):
            if older.name < path.name:
                older.unlink(missing_ok=True)
    except OSError as error:
        raise PublishFailed(
            f"The folder {path.parent} was expected to be writable, it is not ({error}): give this user the right."
        ) from error
    finally:
        draft.unlink(missing_ok=True)
