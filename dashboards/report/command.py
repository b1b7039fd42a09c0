"""The council review for the command line: its parts are refused where a page would show a default."""

from dashboards.answer import ANSWERERS
from dashboards.charts import REVIEW
from dashboards.errors import ReportRefused
from dashboards.report.council import council_review
from dashboards.site import Site
from dashboards.words import languages
from queries.catalogue import Catalogue
from queries.settings import Settings


def write_review(settings: Settings, catalogue: Catalogue, area: str, month: str, language: str) -> bytes:
    """Return the review as PDF. Raises ReportRefused for an area, month or language that is none."""
    if language not in languages():
        raise ReportRefused(f"A language of {', '.join(languages())} was expected, found {language}: name one of them.")
    parts = {name: [text] for name, text in (("area", area), ("month", month)) if text}
    visit = ANSWERERS[REVIEW].visit(Site(settings, catalogue), language, parts)
    for each in visit.selection.problems:
        raise ReportRefused(
            f"The {each.code} {each.value} is not known: give a code such as 305, a month such as 2026-08."
        )
    if month and month not in visit.led:
        raise ReportRefused(f"{month} is not held for {visit.selection.area}: leave the month out for the newest one.")
    return council_review(visit)
