"""The council review: two A4 pages of one area and month, from the same descriptions as the employment review's page.

The PDF is tagged (PDF/UA-1), has its fonts inside, and is the same bytes whenever it is made of the same version.
"""

import json
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import typst

from dashboards.charts.description import Bars, Plot
from dashboards.charts.picture import draw_bare
from dashboards.charts.png import fonts
from dashboards.charts.svg_parts import MIDDLE, WIDE
from dashboards.charts.theme import area_class
from dashboards.errors import ReportFailed
from dashboards.head import write_title
from dashboards.pages.employment_review import SLUG, describe
from dashboards.pages.months import tell_month
from dashboards.pages.parts import Card, KeyFigure, Page
from dashboards.provenance import footer_lines
from dashboards.selection import write_query
from dashboards.shell import page_address
from dashboards.tables import SIGNS
from dashboards.view import View
from dashboards.visit import Visit

TEMPLATE = Path(__file__).with_name("council.typ")
CHARTS = ("unemployment_rate", "structure", "open_vacancies", "unemployed_per_vacancy")
MONTHS, MEASURES = 7, 7
"""So many of the newest months and of the measures' columns have room."""
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def council_review(visit: Visit, root: str = "") -> bytes:
    """Return the review of a visit as PDF; `root` is the site's address. Raises ReportFailed on any warning."""
    told = json.dumps(describe_report(visit, root), ensure_ascii=False)
    try:
        pdf, warnings = typst.compile_with_warnings(
            TEMPLATE.read_bytes(),
            font_paths=fonts(),
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={"data": told},
            pdf_standards=["ua-1"],
            timestamp=EPOCH,
        )
    except typst.TypstError as error:
        raise ReportFailed(f"A review was expected to become a PDF, typst said: {error}.") from error
    if warnings or not isinstance(pdf, bytes):
        said = warnings[0] if warnings else "it made no PDF"
        raise ReportFailed(f"A review was expected to become a PDF without a warning, typst said: {said}.")
    return pdf


def describe_report(visit: Visit, root: str) -> dict[str, Any]:
    """Return all that the template sets: texts, rows and drawings."""
    page, words = describe(visit), visit.words
    query = write_query(visit.selection, visit.settings, visit.edition.areas)
    table, legend = short_table(page)
    return {
        "title": write_title(visit, page),
        "site": visit.settings.site_name,
        "language": words.language,
        "page": f"{visit.settings.site_name} \u00b7 {write_title(visit, page)}",
        "address": root.rstrip("/") + page_address(words.language, SLUG, query),
        "headline": page.headline,
        "notices": [*([words("made_up.banner")] if visit.edition.made_up else []), *tell_month(visit)],
        "figures": [told_figure(each) for each in page.key_figures],
        "summary": [each.text for each in page.summary],
        "charts": [drawn for name in CHARTS if (drawn := draw(visit, page, name))],
        "table": table,
        "legend": legend,
        "notes": list(page.notes),
        "sources": footer_lines(visit),
        "words": {
            "figures": words("key_figures.title"),
            "summary": words("summary.title"),
            "table": card_of(page, "measures").title,
            "careful": words("careful.title"),
            "sources": words("shell.sources"),
        },
    }


def told_figure(figure: KeyFigure) -> dict[str, Any]:
    """Return a key figure's texts."""
    return {
        "label": figure.label,
        "value": figure.value,
        "unit": figure.unit,
        "period": figure.period,
        "change": figure.change,
        "notes": list(figure.notes),
    }


def card_of(page: Page, name: str) -> Card:
    """Return a card of the page."""
    return next(each for each in page.cards if each.id == name)


def draw(visit: Visit, page: Page, name: str) -> dict[str, str] | None:
    """Return a chart's drawing and words; None of bars that are not there."""
    shown = card_of(page, name).view
    if shown is None or not isinstance(shown.description, Plot | Bars):
        return None
    return drawing_of(visit, shown, shown.description, wide=name == CHARTS[0])


def drawing_of(visit: Visit, shown: View, description: Plot | Bars, wide: bool) -> dict[str, str]:
    """Return a view's drawing with its title, unit, summary and source."""
    svg = draw_bare(description, shown.alt, WIDE if wide else MIDDLE, partial(area_class, visit.settings))
    return {
        "title": shown.title,
        "unit": description.unit,
        "svg": str(svg),
        "alt": shown.alt,
        "summary": shown.summary,
        "source": shown.source_line,
    }


def short_table(page: Page) -> tuple[list[list[str]], list[str]]:
    """Return the newest months of the table of measures, as many columns as the paper has room for, and its signs."""
    card = card_of(page, "measures")
    rows = [list(row[: MEASURES + 1]) for row in card.table[: MONTHS + 1]]
    return rows, [line for line in card.legend if is_used(line.partition(" ")[0], rows)]


def is_used(sign: str, rows: list[list[str]]) -> bool:
    """Tell whether a legend's sign stands in one of some rows; what begins with no sign is of all of them."""
    return sign not in SIGNS or any(cell.endswith(sign) for row in rows for cell in row)
