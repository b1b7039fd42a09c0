"""The CKAN API v3: find a publisher's package, choose its files by role, know what the catalogue says of them.

A package is asked for by its slug; where the slug is not known, or gone, its owner's titles are searched. Resources are
replaced, and get new ids, with every release: a file is known by its format and name, never by its id.
"""

import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from ingest.errors import LayoutChanged, NothingNew
from ingest.http import Answer, Client, HttpRefused, Wanted
from ingest.jsonstat import parse_stamp
from ingest.pxweb import Known, read_json

# The portal answers under several names, and its files lie under another one than its API.
PORTAL_HOSTS = frozenset(
    {"avoindata.suomi.fi", "avoindata.fi", "www.avoindata.fi", "opendata.fi", "www.opendata.fi"},
)
DATA_FILE = re.compile(r"^data\w*\.csv$")
DESCRIPTION_FILE = "package.json"
PAGE = 100  # packages a page of a search
YEAR = re.compile(r"(?:19|20)\d\d")
LETTERS = str.maketrans("äåö", "aao")

log = logging.getLogger("koillismaa.ingest")


@dataclass(frozen=True)
class Dataset:
    """A package that we want: its slug ('' where unknown), its owner's id, and what tells its title among the owner's.

    The title, or the slug, holds all of `words` and none of `without`.
    """

    slug: str
    owner: str
    owner_name: str
    words: tuple[str, ...]
    without: tuple[str, ...] = ()


@dataclass(frozen=True)
class Resource:
    """One file of a package as the catalogue describes it; `changed` is '' where it does not say when."""

    name: str
    format: str
    address: str
    checksum: str
    size: int | None
    changed: str


@dataclass(frozen=True)
class Package:
    """A package as the catalogue describes it; `stamp` is the newest change of its data, naive UTC, ISO 8601."""

    slug: str
    title: str
    resources: tuple[Resource, ...]
    stamp: str
    answer: Answer

    @property
    def data(self) -> list[Resource]:
        """Return the files of figures, in the order of their names. Raises LayoutChanged when there is none."""
        found = [each for each in self.resources if each.format == "csv" and DATA_FILE.match(each.name)]
        if not found:
            names = ", ".join(f"{each.name} ({each.format})" for each in self.resources) or "no file"
            raise LayoutChanged(self.slug, "a CSV file named data*.csv", names)
        return sorted(found, key=lambda each: each.name)

    @property
    def description(self) -> Resource | None:
        """Return the file that describes the columns, None when there is none."""
        return next((each for each in self.resources if each.name == DESCRIPTION_FILE), None)


@dataclass(frozen=True)
class Described:
    """A column as the package's own description has it; `values` are those that it lists."""

    name: str
    values: tuple[str, ...]


def hosts_of(root: str) -> frozenset[str]:
    """Return the hosts where files lie and to which a redirect may lead: the catalogue's, and the portal's."""
    host = urlsplit(root).hostname or ""
    return frozenset({host}) | (PORTAL_HOSTS if host in PORTAL_HOSTS else frozenset())


def action(root: str, name: str, **params: str) -> str:
    """Return the address of an action of the API."""
    return f"{root.rstrip('/')}/api/3/action/{name}?{urlencode(params, quote_via=quote)}"


def find_package(client: Client, root: str, dataset: Dataset) -> Package:
    """Return a package by its slug, else by its title where that is unknown or gone. Raises FetchFailed."""
    if dataset.slug:
        try:
            return show_package(client, root, dataset.slug)
        except HttpRefused as error:
            if error.status != 404:
                raise
            log.info("the package %s is gone, its title is searched among those of its owner", dataset.slug)
    return show_package(client, root, search_slug(client, root, dataset))


def show_package(client: Client, root: str, slug: str) -> Package:
    """Ask the catalogue for one package. Raises FetchFailed, LayoutChanged."""
    answer = client.get(action(root, "package_show", id=slug), hosts_of(root))
    return read_package(answer)


def search_slug(client: Client, root: str, dataset: Dataset) -> str:
    """Return the slug of the one package of an owner whose title fits. Raises LayoutChanged when none or more do."""
    owned = [each for each in search(client, root, dataset.owner_name) if owner_of(each) == dataset.owner]
    found = [str(each.get("name", "")) for each in owned if fits(each, dataset)]
    if len(found) != 1:
        expected = f"one package of {dataset.owner_name} whose title holds {' and '.join(dataset.words)}"
        names = ", ".join(found) or ", ".join(sorted(str(each.get("name", "")) for each in owned)) or "no package"
        raise LayoutChanged("the catalogue", expected, names)
    return found[0]


def search(client: Client, root: str, words: str) -> Iterator[dict[str, Any]]:
    """Yield the packages that a search finds, page by page. Raises FetchFailed, LayoutChanged."""
    start = 0
    while True:
        address = action(root, "package_search", q=words, rows=str(PAGE), start=str(start))
        answer = client.get(address, hosts_of(root))
        result = result_of(answer)
        try:
            packages, count = list(result["results"]), int(result["count"])
            yield from (dict(each) for each in packages)
        except (KeyError, TypeError, ValueError) as error:
            raise LayoutChanged(address, "count and results of a search", str(result)[:120]) from error
        start += PAGE
        if start >= count or not packages:
            return


def owner_of(package: dict[str, Any]) -> str:
    """Return the id of a package's owner."""
    organization = package.get("organization")
    return str(package.get("owner_org") or (organization.get("id", "") if isinstance(organization, dict) else ""))


def fits(package: dict[str, Any], dataset: Dataset) -> bool:
    """Tell whether a package's title, in any language, or its slug is the one that is wanted."""
    translated = package.get("title_translated")
    titles = [package.get("title"), package.get("name"), *(translated.values() if isinstance(translated, dict) else ())]
    texts = [plain(str(each)) for each in titles if each]
    wanted, unwanted = [*map(plain, dataset.words)], [*map(plain, dataset.without)]
    return any(all(each in text for each in wanted) for text in texts) and not any(
        each in text for each in unwanted for text in texts
    )


def plain(text: str) -> str:
    """Return a text for comparison: small letters without dots, words apart by one blank."""
    return re.sub(r"[^a-z0-9]+", " ", text.lower().translate(LETTERS)).strip()


def result_of(answer: Answer) -> dict[str, Any]:
    """Return what an action gave. Raises LayoutChanged when it gave nothing."""
    content = read_json(answer)
    if not isinstance(content, dict) or content.get("success") is not True or not isinstance(content["result"], dict):
        raise LayoutChanged(answer.address, "an answer with success and result", str(content)[:120])
    return dict(content["result"])


def read_package(answer: Answer) -> Package:
    """Return a package from an answer to package_show. Raises LayoutChanged."""
    result = result_of(answer)
    try:
        resources = tuple(read_resource(each) for each in result["resources"])
        data = [each.changed for each in resources if each.format == "csv"]
        stamp = max(data, default="") or moment(result.get("metadata_modified"))
        package = Package(str(result["name"]), str(result.get("title") or ""), resources, stamp, answer)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise LayoutChanged(
            answer.address, "a package with name and resources", f"{error} in {result}"[:160]
        ) from error
    if not stamp:
        raise LayoutChanged(answer.address, "the day on which the data changed", "none")
    return package


def read_resource(block: dict[str, Any]) -> Resource:
    """Return one file of a package. Raises KeyError, TypeError, ValueError."""
    address = str(block["url"])
    size = block.get("size")
    return Resource(
        name=(urlsplit(address).path.rpartition("/")[2] or str(block.get("name") or "")).lower(),
        format=str(block.get("format") or "").strip().lower(),
        address=address,
        checksum=str(block.get("hash") or "").strip(),
        size=int(size) if size else None,
        changed=max(moment(block.get("last_modified")), moment(block.get("created"))),
    )


def moment(text: Any) -> str:
    """Return a time of the catalogue as naive UTC in ISO 8601, '' for none. Raises ValueError when it is no time."""
    return parse_stamp(str(text)).isoformat() if text else ""


def plan_files(package: Package, root: str, known: Known, since: str | None) -> list[Wanted]:
    """Return the files of a package to fetch, without those of years before `since` where the files are yearly.

    Raises NothingNew when the catalogue's stamp is the one that we know, LayoutChanged when a file lies elsewhere.
    """
    if package.stamp == known.stamp:
        raise NothingNew(f"{package.slug} is still of {package.stamp}")
    hosts = hosts_of(root)
    files = []
    for each in package.data:
        years = YEAR.findall(each.name)
        if since is not None and years and max(years) < since[:4]:
            continue
        files.append(Wanted(on_known_host(each, hosts), hosts, "csv", each.checksum, each.size))
    if not files:
        raise NothingNew(f"{package.slug} has nothing since {since}")
    return files


def on_known_host(resource: Resource, hosts: frozenset[str]) -> str:
    """Return a file's address. Raises LayoutChanged when it is not the catalogue's nor its download host's."""
    host = urlsplit(resource.address).hostname or ""
    if host not in hosts:
        raise LayoutChanged(resource.name, f"a file on {' or '.join(sorted(hosts))}", f"one on {host or 'no host'}")
    return resource.address


def fetch_description(client: Client, package: Package, root: str) -> Answer | None:
    """Fetch a package's description of its columns, None when it has none. Raises FetchFailed, LayoutChanged."""
    if package.description is None:
        log.info("%s has no %s: its columns are read from the data alone", package.slug, DESCRIPTION_FILE)
        return None
    return client.get(on_known_host(package.description, hosts_of(root)), hosts_of(root))


def read_description(answer: Answer) -> list[Described]:
    """Return the columns that a package.json describes, none when it is of another shape. Raises LayoutChanged."""
    content = read_json(answer)
    resources: Any = content.get("resources", []) if isinstance(content, dict) else content
    try:
        fields = [field for each in resources for field in each["schema"]["fields"]]
        return [Described(str(field["name"]), listed_values(field.get("values"))) for field in fields]
    except (KeyError, TypeError, AttributeError):
        log.info("%s does not describe columns: they are read from the data alone", answer.address)
        return []


def listed_values(values: Any) -> tuple[str, ...]:
    """Return the values that a description lists."""
    return tuple(map(str, values)) if isinstance(values, Sequence) and not isinstance(values, str) else ()
