"""A fake CKAN catalogue with Kela's packages on this machine's loopback: made-up figures and, on request, faults.

It refuses who does not say who calls, answers 304 to who holds a file already, and cuts no corner of a download.
"""

import hashlib
from collections.abc import Iterable
from functools import partial
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from tests.publishers import cofunded
from tests.publishers.datasets import DESCRIPTION, Dataset
from tests.publishers.faults import Fault
from tests.publishers.reply import Reply, document, refusal
from tests.publishers.server import Call, Publisher

ROOT = "/data"
STAMP = "2026-09-18T05:30:00.000000"
NEW_STAMP = "2026-10-19T05:30:00.000000"
PACKAGES = {
    "benefit_municipality": (
        "kunnan-osarahoittaman-tyottomyysturvan-saajat-ja-maksetut-etuudet-kunnittain",
        "Kunnan osarahoittaman työttömyysturvan saajat ja maksetut etuudet kunnittain",
        cofunded.benefit_by_municipality,
    ),
    "benefit_employment_area": (
        "kunnan-osarahoittaman-tyottomyysturvan-saajat-ja-maksetut-etuudet-tyollisyysalueittain",
        "Kunnan osarahoittaman työttömyysturvan saajat ja maksetut etuudet työllisyysalueittain",
        cofunded.benefit_by_employment_area,
    ),
    "benefit_country": (
        "kunnan-osarahoittaman-tyottomyysturvan-saajat-ja-maksetut-etuudet-koko-maassa",
        "Kunnan osarahoittaman työttömyysturvan saajat ja maksetut etuudet, koko maa",
        cofunded.benefit_of_the_country,
    ),
    "subsidy_municipality": (
        "kuntien-rahoittama-tyomarkkinatuki",
        "Kunnan osarahoittaman työmarkkinatuen saajat ja maksetut etuudet kunnittain",
        cofunded.subsidy_by_municipality,
    ),
    "subsidy_country": (
        "kunnan-osarahoittaman-tyomarkkinatuen-saajat-ja-maksetut-etuudet-koko-maassa",
        "Kunnan osarahoittaman työmarkkinatuen saajat ja maksetut etuudet, koko maa",
        cofunded.subsidy_of_the_country,
    ),
}
ANONYMOUS = ("", "python", "curl", "wget", "java")


def default_datasets(codes: tuple[str, ...] = (), first: str = "2015-01") -> dict[str, Dataset]:
    """Make Kela's packages, with all municipalities or some; the older model's months begin in `first`."""
    made = {}
    for name, (slug, title, rows) in PACKAGES.items():
        whole = partial(rows, codes, first) if name.startswith("subsidy") else partial(rows, codes)
        made[name] = Dataset(slug, title, cofunded.KELA, STAMP, whole)
    return made


class Ckan(Publisher):
    """The catalogue: packages, faults and the calls it has had. Leaving the `with` block closes it."""

    root = ROOT

    def __init__(
        self,
        datasets: dict[str, Dataset] | None = None,
        faults: Iterable[Fault] = (),
        made_up: bool = True,
        port: int = 0,
    ) -> None:
        """Listen on 127.0.0.1; port 0 takes a free one."""
        super().__init__(faults, made_up, port)
        self.datasets = default_datasets() if datasets is None else datasets

    def refused(self, call: Call) -> Reply | None:
        """Refuse a client that does not say who it is."""
        agent = {name.lower(): text for name, text in call.headers.items()}.get("user-agent", "").lower()
        return refusal(403) if any(agent.startswith(name) and (name or not agent) for name in ANONYMOUS) else None

    def answer(self, call: Call, faults: list[Fault]) -> Reply:
        """Answer a call."""
        address = urlsplit(call.path)
        steps = [unquote(step) for step in address.path.removeprefix(ROOT).split("/") if step]
        asked = {name: values[0] for name, values in parse_qs(address.query).items()}
        match steps:
            case ["api", "3", "action", "package_show"]:
                return self._show(asked.get("id", ""), faults)
            case ["api", "3", "action", "package_search"]:
                return self._search(int(asked.get("rows", 10)), int(asked.get("start", 0)), faults)
            case ["dataset", package, "resource", resource, "download", name]:
                return self._file(package, resource, name, call, faults)
        return refusal(404)

    def _published(self, faults: list[Fault]) -> list[Dataset]:
        copies = [dataset.copy() for dataset in self.datasets.values()]
        for fault in faults:
            for dataset in copies:
                fault.rewrite(dataset)
        return copies

    def _show(self, name: str, faults: list[Fault]) -> Reply:
        for dataset in self._published(faults):
            if name in (dataset.slug, dataset.id):
                return document(self._success(dataset.package(self.url)))
        error = {"__type": "Not Found Error", "message": "Ei löytynyt"}
        body = document({"success": False, "error": error}).body
        return Reply(404, body, "application/json; charset=utf-8")

    def _search(self, rows: int, start: int, faults: list[Fault]) -> Reply:
        packages = [dataset.package(self.url) for dataset in self._published(faults)]
        stranger = {"name": "kunnan-osarahoittaman-kopio-koko-maa", "title": "kopio", "owner_org": "someone"}
        every = [stranger, *packages]
        return document(self._success({"count": len(every), "results": every[start : start + rows]}))

    def _success(self, result: Any) -> dict[str, Any]:
        return {"help": f"{self.url}/api/3/action/help_show", "success": True, "result": result}

    def _file(self, package: str, resource: str, name: str, call: Call, faults: list[Fault]) -> Reply:
        for dataset in self._published(faults):
            if dataset.id == package and (name in dataset.files or name == DESCRIPTION):
                if dataset.resource_id(name) != resource:
                    return refusal(404)
                content = dataset.content(name)
                tag = f'"{hashlib.sha256(content).hexdigest()[:16]}"'
                headers = {"ETag": tag, "Last-Modified": "Fri, 18 Sep 2026 05:30:00 GMT"}
                if call.headers.get("If-None-Match") == tag:
                    return Reply(304, b"", headers=headers, packable=False)
                kind = "text/csv" if name in dataset.files else "application/json"
                return Reply(200, content, kind, headers)
        return refusal(404)
