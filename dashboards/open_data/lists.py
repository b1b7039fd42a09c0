"""What the interface has: indicators, areas and sources, with what a program needs to ask for them and to cite them."""

from datetime import date, datetime
from typing import Any

from dashboards.edition import Edition
from dashboards.open_data.rows import write_stamp
from dashboards.words import languages, load_words
from queries.catalogue import Catalogue, Indicator, SourceFacts
from queries.freshness import age_of, verdict_of
from queries.read import HELSINKI, Snapshot

Told = list[dict[str, Any]]


def list_indicators(snapshot: Snapshot, edition: Edition, catalogue: Catalogue) -> Told:
    """Return every indicator: how it is called, what it is measured in, what is held of it.

    One that is `made_of` others is not held: pages compute it where they show it.
    """
    held = {row["indicator"]: row for row in snapshot.frame("indicators_held").to_dict("records")}
    return [describe_indicator(each, held.get(each.code, {}), edition) for each in catalogue.indicators.values()]


def describe_indicator(indicator: Indicator, held: dict[Any, Any], edition: Edition) -> dict[str, Any]:
    """Return one indicator. `held` is what the version has of it, nothing when it has none."""
    subjects = {indicator.code, *indicator.owners}
    breaks = [each for each in edition.breaks if subjects & set(each.subjects)]
    return {
        "code": indicator.code,
        "labels": {code: load_words(code)(f"indicator.{indicator.code}.label") for code in languages()},
        "unit": indicator.unit,
        "unit_labels": {code: load_words(code)(f"unit.{indicator.unit}") for code in languages()},
        "decimals": indicator.decimals,
        "kind": indicator.kind,
        "additive": indicator.additive,
        "source": indicator.source,
        "sources": list(indicator.owners),
        "made_of": list(indicator.made_of),
        "origin": "derived" if indicator.made_of else "",
        "delivered": bool(held),
        "first_period": text_or_none(held.get("first_period")),
        "last_period": text_or_none(held.get("last_period")),
        "levels": items_of(held.get("levels")),
        "dimensions": items_of(held.get("dimensions")),
        "breaks": [{"code": each.code, "period": each.period, "severity": each.severity} for each in breaks],
    }


def text_or_none(value: Any) -> str | None:
    """Return a text of a frame, None where the cell is empty."""
    return value if isinstance(value, str) else None


def items_of(value: Any) -> list[str]:
    """Return a list of a frame's cell, an empty one where the cell is empty."""
    return list(value) if hasattr(value, "__iter__") else []


def list_areas(edition: Edition) -> Told:
    """Return every place in the order of the Finnish names."""
    return [
        {
            "code": area.code,
            "level": area.level,
            "names": dict(area.names),
            "region": area.region or None,
            "sub_region": area.sub_region or None,
            "employment_area": area.employment_area or None,
        }
        for area in edition.areas.values()
    ]


def list_sources(snapshot: Snapshot, edition: Edition, catalogue: Catalogue) -> Told:
    """Return every source with its licence, its newest release and how it stands today."""
    held = {row["source"]: row for row in snapshot.frame("sources_held").to_dict("records")}
    today = datetime.now(HELSINKI).date()
    return [describe_source(facts, held.get(facts.code, {}), edition, today) for facts in catalogue.sources.values()]


def describe_source(facts: SourceFacts, held: dict[Any, Any], edition: Edition, today: date) -> dict[str, Any]:
    """Return one source. `held` is the release that reaches furthest, nothing when none is held."""
    releases = [each for each in edition.releases.values() if each.source == facts.code]
    newest = max(releases, key=lambda each: (each.published_at, each.fetched_at), default=None)
    age = age_of(held["newest_period"], held["published_at"].to_pydatetime(), today) if held else None
    return {
        "code": facts.code,
        "publishers": {code: load_words(code)(f"source.{facts.code}.publisher") for code in languages()},
        "table": newest.table if newest else facts.table,
        "page": facts.page,
        "licence": facts.licence,
        "citation": facts.citation,
        "period": facts.period,
        "release": write_stamp(newest.published_at) if newest else None,
        "fetched_at": write_stamp(newest.fetched_at) if newest else None,
        "channel": newest.channel if newest else None,
        "newest_period": text_or_none(held.get("newest_period")),
        "age_days": age,
        "status": verdict_of(facts, held.get("channel", ""), age, ended=facts.ended),
    }
