"""Cards of text: a title and paragraphs, each a word of its own, <prefix>.<name>.text.0, .1 and so on."""

from dashboards.pages.parts import Card
from dashboards.visit import Visit


def text_card(visit: Visit, prefix: str, name: str, **values: str) -> Card:
    """Describe a card of text; `values` stand in those of its paragraphs that name them."""
    words = visit.words
    told = tuple(words(key, **values) for key in paragraphs(visit, f"{prefix}.{name}.text."))
    return Card(name, words(f"{prefix}.{name}.title"), "", True, (), (), "", told=told)


def paragraphs(visit: Visit, begins: str) -> list[str]:
    """Return the keys of a text's paragraphs, in their order."""
    keys = [key for key in visit.words.texts if key.startswith(begins)]
    return sorted(keys, key=lambda key: int(key.removeprefix(begins)))
