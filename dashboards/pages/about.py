"""What stands behind the figures: sources and their state, definitions, downloads, embedding, accessibility, citing."""

from datetime import datetime

from dashboards import format
from dashboards.edition import Release
from dashboards.pages.parts import Card, Page
from dashboards.pages.texts import text_card
from dashboards.pages.vitality_tables import LACKING
from dashboards.shell import sources_of
from dashboards.tables import Rows
from dashboards.visit import Visit
from dashboards.words import table_name
from queries.catalogue import NO_LICENCE, Indicator, SourceFacts

SLUG = "tietoa"
TEXTS = ("data", "embedding", "accessibility", "citing", "privacy")
"""The cards of text; the words of each are about.<name>.title and about.<name>.text.0, .1 and so on."""


def describe(visit: Visit) -> Page:
    """Describe the page."""
    words = visit.words
    values = {"contact": visit.settings.contact or words("about.no_contact"), "site": visit.settings.site_name}
    return Page(
        slug=SLUG,
        name=words(f"page.{SLUG}.name"),
        headline=words("about.headline", site=visit.settings.site_name),
        month="",
        summary=(),
        notices=(),
        key_figures=(),
        cards=(
            describe_sources(visit),
            *(text_card(visit, "about", name, **values) for name in TEXTS),
            describe_indicators(visit),
        ),
        notes=(),
    )


def describe_sources(visit: Visit) -> Card:
    """Describe the table of sources: what is held of each, since when, and under which licence."""
    words = visit.words
    columns = ("source", "table", "periods", "published", "fetched", "came", "licence")
    head: Rows = (tuple(words(f"about.sources.{name}") for name in columns),)
    rows = tuple(source_row(visit, facts) for facts in visit.catalogue.sources.values())
    told = (words("about.sources.told"),)
    return Card("sources", words("about.sources.title"), "", True, head + rows, (), "", told=told)


def source_row(visit: Visit, facts: SourceFacts) -> tuple[str, ...]:
    """Return one source's row; a source of which nothing is held says so in the place of its periods."""
    words, release = visit.words, newest_release(visit, facts.code)
    first, newest = visit.periods.get(facts.code, ("", ""))
    publisher = words(f"source.{facts.code}.publisher")
    licence = words("source.no_licence") if facts.licence == NO_LICENCE else facts.licence
    if release is None or not first:
        return (
            publisher,
            table_name(words, facts.table),
            words("about.sources.none"),
            "",
            "",
            coming(visit, facts),
            licence,
        )
    came = words(f"about.channel.{release.channel}")
    days = (day(visit, moment) for moment in (release.published_at, release.fetched_at))
    return (publisher, table_name(words, release.table), format.span(words, first, newest), *days, came, licence)


def coming(visit: Visit, facts: SourceFacts) -> str:
    """Return how a source's figures would come that are not held."""
    return visit.words("about.channel.import" if facts.by_hand else "about.channel.ingest")


def newest_release(visit: Visit, source: str) -> Release | None:
    """Return a source's newest release, None where nothing of it is held."""
    held = [each for each in visit.edition.releases.values() if each.source == source]
    return max(held, key=lambda each: (each.published_at, each.fetched_at), default=None)


def day(visit: Visit, moment: datetime) -> str:
    """Write a moment's day."""
    return format.day(visit.words, moment)


def describe_indicators(visit: Visit) -> Card:
    """Describe the table of indicators: what each is called, of which periods it is held, or why it is not."""
    words = visit.words
    head: Rows = (tuple(words(f"about.indicators.{name}") for name in ("label", "code", "unit", "held", "table")),)
    rows = tuple(indicator_row(visit, facts) for facts in visit.catalogue.indicators.values())
    lacking = tuple(
        (words(f"vitality.lacking.{name}.name"), "", "", words(f"vitality.lacking.{name}.why"), "") for name in LACKING
    )
    return Card("indicators", words("about.indicators.title"), "", True, head + rows + lacking, (), "")


def indicator_row(visit: Visit, facts: Indicator) -> tuple[str, ...]:
    """Return one indicator's row."""
    tables = [
        table_name(visit.words, visit.catalogue.sources[source].table)
        for source in sources_of(visit.catalogue, [facts.code])
    ]
    held = held_or_why(visit, facts)
    return visit.label(facts.code), facts.code, visit.unit(facts.code), held, ", ".join(dict.fromkeys(tables))


def held_or_why(visit: Visit, facts: Indicator) -> str:
    """Return the periods that are held of an indicator, else how they would come."""
    if facts.code in visit.periods:
        return format.span(visit.words, *visit.periods[facts.code])
    if facts.made_of:
        return visit.words("about.indicators.computed")
    return f"{visit.words('about.sources.none')}: {coming(visit, visit.catalogue.sources[facts.source])}"
