"""The scripts of the live page: Dash's own and the part of Plotly that we use, packed, below Dash's own addresses."""

from collections.abc import Callable
from functools import cache
from typing import cast

import brotli
from dash.exceptions import DependencyException
from flask import Flask, Response, abort

from dashboards.routes.assets import files, fingerprint, kept, packed_for_reader

SUITES = "_dash-component-suites/<string:package_name>/<path:fingerprinted_path>"
PLOTLY = "plotly/plotly-basic.min.js.br"
STYLE = "examined.css"


def plotly_address(prefix: str) -> str:
    """Return the address of Plotly's script: Dash's own, where ours is served in the place of Dash's copy."""
    return f"{prefix}_dash-component-suites/plotly/package_data/plotly.min.js?v={fingerprint(files()[PLOTLY])}"


@cache
def plotly() -> bytes:
    """Return Plotly's script; it lies in the project packed."""
    return bytes(brotli.decompress(files()[PLOTLY]))


def add_scripts(server: Flask, prefix: str) -> None:
    """Answer Dash's addresses of scripts with packed answers, that of Plotly with our part of it."""
    endpoint = prefix + SUITES
    answer_of_dash = cast(Callable[..., Response], server.view_functions[endpoint])

    def script(package_name: str, fingerprinted_path: str) -> Response:
        """Return a script."""
        if package_name == "plotly":
            return kept(plotly(), "text/javascript", files()[PLOTLY])
        try:
            answer = answer_of_dash(package_name=package_name, fingerprinted_path=fingerprinted_path)
        except DependencyException:
            abort(404)
        return packed_for_reader(answer)

    server.view_functions[endpoint] = script
