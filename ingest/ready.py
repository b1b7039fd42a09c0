"""Check, before anything starts, that configuration and data folder fit together."""

import csv

from ingest.columns import IGNORED
from ingest.errors import MadeUpRefused
from ingest.load import AREAS
from ingest.run import wrong_folder
from ingest.source import load_sources
from queries.database import has_database, reading
from queries.errors import SettingsRefused
from queries.settings import FILE, Settings


def check_area_codes(settings: Settings) -> None:
    """Raise SettingsRefused when koillismaa.toml names an area that neither classification nor database knows."""
    with AREAS.open(encoding="utf-8", newline="") as file:
        known = {row["area"] for row in csv.DictReader(file) if row["level"] != "unplaced"}
    compared = (code for area in settings.municipalities for code in area.compare)
    unknown = {*settings.shown, *settings.neighbours, *compared} - known - learnt_areas(settings)
    if unknown:
        raise SettingsRefused(
            f"{FILE} names the area {sorted(unknown)[0]}, which the classification of areas does not hold: correct the "
            "code (three digits for a municipality, SK178, MK17, TA10, SSS)."
        )


def check_names_by_hand(settings: Settings) -> None:
    """Raise SettingsRefused when koillismaa.toml names columns of a source, or a role, that there is not."""
    sources = load_sources()
    for name, by_hand in settings.source.items():
        if name not in sources or not sources[name].roles:
            known = ", ".join(each.name for each in sources.values() if each.roles)
            raise SettingsRefused(f"{FILE} holds source.{name}, whose columns have no names: there are {known}.")
        unknown = by_hand.columns.keys() - {IGNORED, *sources[name].roles}
        if unknown:
            raise SettingsRefused(
                f"{FILE} names a column of {sorted(unknown)[0]} in source.{name}.columns, where there are "
                f"{', '.join((*sources[name].roles, IGNORED))}: correct it."
            )


def learnt_areas(settings: Settings) -> set[str]:
    """Return the places that the database knows, also those learnt from publishers."""
    if not has_database(settings.data_dir):
        return set()
    with reading(settings.data_dir) as connection:
        return {str(row[0]) for row in connection.execute("select area from area where level <> 'unplaced'").fetchall()}


def check_edition(settings: Settings) -> None:
    """Raise MadeUpRefused when the data folder holds the other kind of data than the settings ask for."""
    if not has_database(settings.data_dir):
        return
    with reading(settings.data_dir) as connection:
        row = connection.execute("select made_up from edition").fetchone()
    if row is not None and bool(row[0]) != settings.demo:
        raise MadeUpRefused(wrong_folder(settings))
