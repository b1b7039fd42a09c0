"""Words for readers, from locale/<language>.toml. A language is one file there and no code."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from dashboards.errors import WordMissing

LOCALE_FOLDER = Path(__file__).with_name("locale")


@dataclass(frozen=True)
class Words:
    """One language's texts by dotted key. A number in a list is the last part of its key, from 0."""

    language: str
    texts: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """Return the text of a key with values in their places. Raises WordMissing."""
        try:
            return self.texts[key].format_map(values) if values else self.texts[key]
        except KeyError as error:
            raise WordMissing(
                f"The word {key} was expected in locale/{self.language}.toml with {sorted(values)}, {error} is not "
                "there: add it."
            ) from error

    def has(self, key: str) -> bool:
        """Tell whether the language has a text for a key."""
        return key in self.texts

    def counted(self, key: str, number: float, shown: str) -> str:
        """Return the text of a counted thing: `key`.one for a whole 1 shown without decimals, else `key`.other."""
        form = "one" if number == 1 and shown == "1" else "other"
        return self(f"{key}.{form}", number=shown)


def table_name(words: Words, table: str) -> str:
    """Return a publisher's table by its name in a language; a code is the same in all of them."""
    key = f"table_name.{table}"
    return words(key) if words.has(key) else table


def flatten(block: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Yield the dotted keys and texts of a nested block."""
    for name, value in block.items():
        key = f"{prefix}{name}"
        if isinstance(value, Mapping):
            yield from flatten(value, f"{key}.")
        elif isinstance(value, list):
            yield from ((f"{key}.{position}", str(item)) for position, item in enumerate(value))
        else:
            yield key, str(value)


@cache
def load_words(language: str) -> Words:
    """Read one language. Raises WordMissing when there is no such file."""
    path = LOCALE_FOLDER / f"{language}.toml"
    if not path.is_file():
        known = ", ".join(sorted(each.stem for each in LOCALE_FOLDER.glob("*.toml")))
        raise WordMissing(f"The language {language} was asked for, there are {known}: add {path.name}.")
    return Words(language, dict(flatten(tomllib.loads(path.read_text(encoding="utf-8")))))


@cache
def languages() -> tuple[str, ...]:
    """Return the codes of all languages in the order that they give themselves (language.order)."""
    codes = sorted(path.stem for path in LOCALE_FOLDER.glob("*.toml"))
    return tuple(sorted(codes, key=lambda code: int(load_words(code)("language.order"))))


def missing_words() -> dict[str, list[str]]:
    """Return, per language, the keys that some other language has and it has not."""
    every = {key for code in languages() for key in load_words(code).texts}
    return {code: sorted(every - load_words(code).texts.keys()) for code in languages()}
