"""What the tests of Sotkanet share: the paths of its calls, its recordings, and how an area is known there."""

from pathlib import Path
from typing import Any

from tests.publishers.sotkanet import region_ids

EUROS = "social_assistance_eur_per_inhabitant"
TITLE = "Toimeentulotuki, euroa / asukas"
RECORDINGS = Path(__file__).parent.parent / "recordings" / "sotkanet"
LIST: dict[str, Any] = {"path": "/indicators"}
TOLD: dict[str, Any] = {"path": "/indicators/451"}
REGIONS: dict[str, Any] = {"path": "/regions"}
FIGURES: dict[str, Any] = {"path": "/json?"}


def is_kuusamo(row: dict[str, Any]) -> bool:
    """Tell whether a row of figures is Kuusamo's."""
    return bool(row["region"] == region_ids()["305"])
