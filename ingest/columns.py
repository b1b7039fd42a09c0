"""Find which column of a file plays which role, and what its labels mean to us, from a table of names and patterns.

A column is found by its exact name, else by a declared pattern. One that fits no role, or two that fit one, are told
and never guessed; an operator may name them, and further labels, in koillismaa.toml.
"""

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ingest.ckan import LETTERS
from ingest.errors import LayoutChanged
from queries.settings import ByHand

TOTAL = "total"
IGNORED = "ignored"


@dataclass(frozen=True)
class Role:
    """What a column may be: its exact names, the pattern of further ones, and the labels of its values by our code.

    as_is: a pattern of labels that are our codes as they are.
    """

    name: str
    columns: tuple[str, ...]
    pattern: str = ""
    labels: Mapping[str, str] | None = None
    as_is: str = ""


@dataclass(frozen=True)
class Layout:
    """All roles of a statistic's files."""

    file: str
    roles: Mapping[str, Role]


@cache
def load_layout(path: Path) -> Layout:
    """Read a table of roles: [role.<name>] with columns, pattern, labels (publisher's label = our code), as_is."""
    blocks: dict[str, dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["role"]
    roles = {
        name: Role(
            name,
            tuple(block["columns"]),
            block.get("pattern", ""),
            block.get("labels"),
            block.get("as_is", ""),
        )
        for name, block in blocks.items()
    }
    return Layout(path.name, roles)


def column_name(text: str) -> str:
    """Return a column's name for comparison: small letters without dots, words apart by one underscore."""
    return re.sub(r"[^a-z0-9]+", "_", text.lower().translate(LETTERS)).strip("_")


def find_columns(
    names: Sequence[str],
    layout: Layout,
    required: Collection[str],
    possible: Collection[str],
    by_hand: ByHand,
    where: str,
) -> dict[str, int]:
    """Return the place of each role's column. Raises LayoutChanged when one is missing, unknown or doubled."""
    fitting = {place: roles_of(name, layout, by_hand) for place, name in enumerate(names)}
    settled: dict[str, int] = {}
    faults = []
    for place, roles in fitting.items():
        if not roles:
            faults.append(f"{names[place]} fits no role")
        elif len(roles) > 1:
            faults.append(f"{names[place]} fits {' and '.join(roles)}")
        elif roles[0] != IGNORED and roles[0] in settled:
            faults.append(f"{names[settled[roles[0]]]} and {names[place]} both fit {roles[0]}")
        elif roles[0] != IGNORED and roles[0] not in possible:
            faults.append(f"{names[place]} fits {roles[0]}, which this table was not known to have")
        elif roles[0] != IGNORED:
            settled[roles[0]] = place
    named = [role for role in by_hand.columns if role != IGNORED]
    faults += [f"no column of {role}" for role in dict.fromkeys((*required, *named)) if role not in settled]
    if faults:
        raise LayoutChanged(
            where,
            f"columns of {', '.join(required)} ([source.….columns] in koillismaa.toml may name them)",
            f"{'; '.join(faults)} among {', '.join(names)}",
        )
    return settled


def roles_of(name: str, layout: Layout, by_hand: ByHand) -> list[str]:
    """Return the roles that a column fits: the one that an operator gave it, else by its name, else by its form."""
    plain = column_name(name)
    given = [role for role, columns in by_hand.columns.items() if plain in map(column_name, as_tuple(columns))]
    if given:
        return given
    free = [role for role in layout.roles.values() if role.name not in by_hand.columns or role.name == IGNORED]
    named = [role.name for role in free if plain in role.columns]
    return named or [role.name for role in free if role.pattern and re.fullmatch(role.pattern, plain)]


def as_tuple(columns: str | tuple[str, ...]) -> tuple[str, ...]:
    """Return one name or several as several."""
    return (columns,) if isinstance(columns, str) else columns


def code_of(label: str, role: Role, by_hand: ByHand) -> str | None:
    """Return our code of a publisher's label, None when it has none."""
    label = label.strip()
    if label in by_hand.labels:
        return by_hand.labels[label]
    known = {text.casefold(): code for text, code in (role.labels or {}).items()}
    if label.casefold() in known:
        return known[label.casefold()]
    return label if role.as_is and re.fullmatch(role.as_is, label) else None


def codes_of(labels: Iterable[str], role: Role, by_hand: ByHand, where: str) -> dict[str, str]:
    """Return our code of every label of a column. Raises LayoutChanged with all that were found when one has none."""
    found = {label: code_of(label, role, by_hand) for label in labels}
    unknown = sorted(label for label, code in found.items() if code is None)
    if unknown:
        raise LayoutChanged(
            where,
            f"labels of {role.name} that are known ([source.….labels] in koillismaa.toml may name more)",
            f"{', '.join(unknown[:8])} among {', '.join(sorted(found)[:20])}",
        )
    return {label: str(code) for label, code in found.items()}
