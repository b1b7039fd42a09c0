"""A client of the fake Statistics Finland for tests: short ways to ask, nothing checked."""

from typing import Any

import httpx

from tests.publishers.statfin import Config, StatFin

ALL = {"filter": "all", "values": ["*"]}
NEWEST = {"filter": "top", "values": ["1"]}
R5, U4, TI, LFS = "tyonv/12r5", "tyonv/12u4", "tyonv/12ti", "tyti/135z"
QUICK = Config(max_calls=1_000_000)


def items(*codes: str) -> dict[str, Any]:
    """Select some codes."""
    return {"filter": "item", "values": list(codes)}


class Client:
    """A client of one fake publisher."""

    def __init__(self, publisher: StatFin, http: httpx.Client) -> None:
        self.publisher, self.http = publisher, http

    def get(self, rest: str, language: str = "fi") -> httpx.Response:
        """GET below the language."""
        return self.http.get(f"{self.publisher.url}/{language}/{rest}")

    def meta(self, table: str, language: str = "fi") -> Any:
        """Read the metadata of a table."""
        return self.get(f"StatFin/{table}.px", language).json()

    def post(self, table: str, form: str = "json-stat2", language: str = "fi", **chosen: Any) -> httpx.Response:
        """POST a query; time and contents are the newest and all when not given."""
        chosen = {"timeperiod_m": NEWEST, "contentscode": ALL} | chosen
        query = [{"code": code, "selection": selection} for code, selection in chosen.items() if selection]
        address = f"{self.publisher.url}/{language}/StatFin/{table}.px"
        return self.http.post(address, json={"query": query, "response": {"format": form}})

    def data(self, table: str, **chosen: Any) -> Any:
        """POST a query and read the json-stat2."""
        return self.post(table, **chosen).json()

    def cells(self, table: str, content: str, month: Any = NEWEST, **chosen: Any) -> list[Any]:
        """Read the cells of one content."""
        cells: list[Any] = self.data(table, timeperiod_m=month, contentscode=items(content), **chosen)["value"]
        return cells
