"""The names of municipalities, from the classification that ships with the project."""

import csv

from ingest.load import AREAS


def municipality_names() -> dict[str, tuple[str, str]]:
    """Return the Finnish and the Swedish name of each municipality by its code."""
    with AREAS.open(encoding="utf-8", newline="") as file:
        return {
            row["area"]: (row["name_fi"], row["name_sv"])
            for row in csv.DictReader(file)
            if row["level"] == "municipality"
        }
