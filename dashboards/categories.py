"""Names of categories: ours, else as the publisher writes them, else their code."""

from collections.abc import Mapping

from dashboards.words import Words

Names = Mapping[tuple[str, str], Mapping[str, str]]


def category_name(words: Words, names: Names, dimension: str, code: str) -> str:
    """Return the name of a category; one of a pair of dimensions has the names of both."""
    if "," in dimension:
        parts = zip(dimension.split(","), code.split(","), strict=False)
        return ", ".join(category_name(words, names, *part) for part in parts)
    written = names.get((dimension, code), {})
    own = own_name(words, dimension, code)
    return own or written.get(words.language) or written.get("fi") or code.replace("-", "\u2013")


def own_name(words: Words, dimension: str, code: str) -> str:
    """Return the name that the locale has for a category or for spans like it, '' for none."""
    if words.has(f"category.{dimension}.{code}"):
        return words(f"category.{dimension}.{code}")
    first, between, last = code.partition("-")
    if not between or not words.has(f"category.{dimension}.span"):
        return ""
    if not last:
        return words(f"category.{dimension}.from", number=first)
    return words(f"category.{dimension}.span", span=f"{first}\u2013{last}")
