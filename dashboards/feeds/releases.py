"""The releases that have been loaded, with what they revised, as Atom (RFC 4287)."""

from xml.etree import ElementTree as Xml

import pandas as pd

from dashboards.open_data.rows import write_stamp
from dashboards.words import Words

ATOM = "http://www.w3.org/2005/Atom"
MOST_ENTRIES = 60


def write_releases(words: Words, rows: pd.DataFrame, root: str, made_up: bool) -> bytes:
    """Return the feed of the newest releases, the one loaded last first. `root` is the site's address."""
    records = rows.head(MOST_ENTRIES).to_dict("records")
    feed = Xml.Element("feed", {"xmlns": ATOM, "xml:lang": words.language})
    address = f"{root}/feeds/releases.atom"
    title = words("feed.releases.title")
    add(feed, "title", f"{words('made_up.banner')}: {title}" if made_up else title)
    add(feed, "id", address)
    add(feed, "link", rel="self", type="application/atom+xml", href=f"{address}?lang={words.language}")
    add(feed, "link", rel="alternate", type="text/html", href=f"{root}/{words.language}/")
    add(feed, "updated", write_stamp(max((row["fetched_at"] for row in records), default=pd.Timestamp(0))))
    add(add(feed, "author"), "name", words("api.sheet.title"))
    for row in records:
        published, table = write_stamp(row["published_at"]), row["citation"].rpartition(", ")[2]
        publisher = words(f"source.{row['source']}.publisher")
        entry = add(feed, "entry")
        add(entry, "title", words("feed.releases.entry", publisher=publisher, table=table, day=published[:10]))
        add(entry, "id", f"{address}#{row['source']}/{published}/{row['sha256'][:16]}")
        add(entry, "updated", write_stamp(row["fetched_at"]))
        add(entry, "published", published)
        add(entry, "category", term="revision" if row["revisions"] else "release")
        add(entry, "link", rel="alternate", type="application/json", href=f"{root}/api/v1/sources")
        add(entry, "summary", words("feed.releases.counts", figures=row["figures"], revisions=row["revisions"]))
    return bytes(Xml.tostring(feed, encoding="utf-8", xml_declaration=True))


def add(parent: Xml.Element, name: str, text: str = "", **attributes: str) -> Xml.Element:
    """Add an element with a text and return it."""
    element = Xml.SubElement(parent, name, attributes)
    element.text = text or None
    return element
