"""A page with nothing but the what-if calculator, for tests of it by itself: /<language>/laskuri."""

from datetime import date

from flask import Flask, request
from markupsafe import Markup

from dashboards.first_paint import render_document, templates
from dashboards.routes.assets import asset_address
from dashboards.server import create_server
from dashboards.shell import surround
from dashboards.what_if import what_if
from dashboards.what_if_address import Start
from dashboards.words import load_words
from queries.benefit_rules import load_benefit_rules
from queries.catalogue import load_catalogue
from queries.settings import Settings

DAY = date(2026, 9, 30)
START = Start(persons=(64, 41, 30, 72, 118), days=17.84, told="Esimerkkiluvut")
SLUG = "laskuri"
PAGE = """{% import "what_if.html" as parts %}
<h1>{{ words('what_if.title') }}</h1>
{{ parts.calculator(calculator, words, asset) }}"""


def server_with_calculator(settings: Settings, start: Start = START) -> Flask:
    """Return the server with the calculator's page; `start` is what that page knows of its area."""
    server = create_server(settings, load_catalogue())
    rules = load_benefit_rules(settings)
    page = templates().from_string(PAGE)

    @server.get(f"/<language>/{SLUG}")
    def calculator(language: str) -> str:
        words = load_words(language)
        parts = request.args.to_dict(flat=False)
        kept = {"area": request.args.get("area", "")}
        described = what_if(words, rules, parts, start, DAY, f"/{language}/{SLUG}", kept)
        shell = surround(words, settings, slug=SLUG, query=request.query_string.decode())
        content = Markup(page.render(words=words, asset=asset_address, calculator=described))
        return render_document(words, settings, shell, content, title="Laskuri")

    return server
