"""What an address is answered with: a page's content, title and links, for the plain routes and the live page alike."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from flask import request
from markupsafe import Markup

from dashboards import format
from dashboards.benefit_start import day_of, rules_of, start_of_visit
from dashboards.controls import Controls, offer, offer_area
from dashboards.first_paint import render_page, render_plain
from dashboards.head import Head, describe_head
from dashboards.pages import about, employment_review, front, impact, project, unemployment_benefit, vitality_review
from dashboards.pages.parts import Page
from dashboards.provenance import footer_lines
from dashboards.selection import Problem, changed, write_query
from dashboards.shell import Shell, loading_line, page_address, sources_of, surround
from dashboards.site import Parts, Question, Site
from dashboards.visit import Visit
from dashboards.vitality_weights import WeightsForm, weights_form
from dashboards.what_if import Calculator, what_if
from dashboards.what_if_address import OWN_PARTS
from dashboards.words import load_words
from queries.impact_indicators import INDICATORS


@dataclass(frozen=True)
class Answer:
    """A page for one address. `query` is what its links to other pages and languages keep of the selection."""

    head: Head
    content: Markup
    shell: Shell
    query: str

    @property
    def title(self) -> str:
        """Return the title of the page's document."""
        return f"{self.head.title} \u2013 {self.shell.site_name}"


@dataclass(frozen=True)
class Answerer:
    """How a page is answered: from the parts of an address to a question, a visit, and the answer.

    `indicators` are what the page shows: of their sources alone it tells the releases and how their loading goes.
    """

    ask: Callable[[Site, str, Parts], Question]
    look_up: Callable[[Site, Question], Visit]
    describe: Callable[[Visit, str, Parts], Answer]
    indicators: tuple[str, ...]

    def visit(self, site: Site, language: str, parts: Parts) -> Visit:
        """Return the visit of an address. Raises NoDatabase or DatabaseRefused."""
        return self.look_up(site, self.ask(site, language, parts))

    def answer(self, site: Site, question: Question) -> Answer:
        """Answer a question; a version never changes, so the same question is answered from memory."""
        states = site.states(sources_of(site.catalogue, self.indicators))
        quiet_line = loading_line(load_words(question.selection.language), states, question.edition)
        asked = self, question.snapshot.version, question.selection, question.more, quiet_line, request.url_root
        return site.answers.recall(
            asked, lambda: self.describe(self.look_up(site, question), quiet_line, dict(question.more))
        )


def answer_review(visit: Visit, quiet_line: str, _more: Parts) -> Answer:
    """Answer with the employment review."""
    query = write_query(visit.selection, visit.settings, visit.edition.areas)
    report = f"/report.pdf?{query}&lang={visit.words.language}"
    return answer_with_charts(visit, employment_review.describe(visit), query, quiet_line, report=report)


def answer_with_charts(
    visit: Visit,
    page: Page,
    query: str,
    quiet_line: str,
    calculator: Calculator | None = None,
    choices: Controls | None = None,
    weights: WeightsForm | None = None,
    report: str = "",
) -> Answer:
    """Answer with a page that has choices, key figures and charts; `report` is the address of its PDF."""
    shell = shell_of(visit, page.slug, query, quiet_line)
    whole = write_query(changed(visit.selection, view="table"), visit.settings, visit.edition.areas)
    all_months = page_address(visit.words.language, page.slug, whole)
    head = describe_head(visit, page, request.url_root, query)
    said = notices(visit)
    choices = choices or offer(visit)
    content = render_page(page, visit, shell, head, choices, said, all_months, calculator, weights, report)
    return Answer(head, content, shell, query)


def answer_vitality(visit: Visit, quiet_line: str, _more: Parts) -> Answer:
    """Answer with the vitality review."""
    query = write_query(visit.selection, visit.settings, visit.edition.areas)
    return answer_with_charts(visit, vitality_review.describe(visit), query, quiet_line, weights=weights_form(visit))


def answer_benefit(visit: Visit, quiet_line: str, more: Parts) -> Answer:
    """Answer with the municipally co-funded unemployment benefit and its what-if."""
    page = unemployment_benefit.describe(visit)
    own = write_query(visit.selection, visit.settings, visit.edition.areas)
    kept = dict(parse_qsl(own, keep_blank_values=True))
    path = page_address(visit.words.language, page.slug)
    calculator = what_if(visit.words, rules_of(visit), more, start_of_visit(visit), day_of(visit), path, kept)
    query = "&".join([own, *([urlencode(calculator.parts, safe=",")] if calculator.parts else [])])
    return answer_with_charts(visit, page, query, quiet_line, calculator)


def answer_project(visit: Visit, quiet_line: str, _more: Parts) -> Answer:
    """Answer with the project page; it has an area and a form, no month."""
    query = write_query(visit.selection, visit.settings, visit.edition.areas)
    return answer_with_charts(visit, project.describe(visit), query, quiet_line, choices=offer_area(visit))


def answer_front(visit: Visit, quiet_line: str, _more: Parts) -> Answer:
    """Answer with the front page."""
    query = as_of_query(visit)
    page, shell = front.describe(visit), shell_of(visit, front.SLUG, query, quiet_line)
    head = describe_head(visit, page, request.url_root, query)
    return Answer(head, render_plain("front.html", page, visit, shell, head, notices(visit)), shell, query)


def answer_about(visit: Visit, quiet_line: str, _more: Parts) -> Answer:
    """Answer with the page on sources, definitions and the site itself."""
    return answer_with_text(visit, about.describe(visit), quiet_line)


def answer_impact(visit: Visit, quiet_line: str, _more: Parts) -> Answer:
    """Answer with the page on impact evaluation."""
    address = page_address(visit.words.language, impact.SLUG) if visit.takes_forms else ""
    return answer_with_text(visit, impact.describe(visit), quiet_line, "impact.html", address=address)


def answer_with_text(visit: Visit, page: Page, quiet_line: str, template: str = "about.html", **more: str) -> Answer:
    """Answer with a page of text and tables; its template may need more values."""
    query = as_of_query(visit)
    shell = shell_of(visit, page.slug, query, quiet_line)
    head = describe_head(visit, page, request.url_root, query)
    return Answer(head, render_plain(template, page, visit, shell, head, notices(visit), **more), shell, query)


def as_of_query(visit: Visit) -> str:
    """Return the query of a page whose address asks for a day's knowledge and nothing else."""
    return f"as_of={visit.selection.as_of.isoformat()}" if visit.selection.as_of else ""


ANSWERERS = {
    front.SLUG: Answerer(Site.ask_front, Site.look_up_front, answer_front, front.MEASURES),
    employment_review.SLUG: Answerer(Site.ask, Site.look_up, answer_review, employment_review.SHOWN),
    vitality_review.SLUG: Answerer(Site.ask_vitality, Site.look_up_vitality, answer_vitality, vitality_review.SHOWN),
    unemployment_benefit.SLUG: Answerer(
        Site.ask_benefit, Site.look_up_benefit, answer_benefit, unemployment_benefit.SHOWN
    ),
    impact.SLUG: Answerer(Site.ask_front, Site.look_up_impact, answer_impact, INDICATORS),
    about.SLUG: Answerer(Site.ask_front, Site.look_up_about, answer_about, ()),
    project.SLUG: Answerer(Site.ask, Site.look_up_project, answer_project, project.SHOWN),
}


def tidy_address(site: Site, question: Question, slug: str, parts: Parts) -> str:
    """Return the address to show in the place of what a plain form wrote; '' where the address stays as it is."""
    selection = question.selection
    if selection.problems or not came_from_form(parts):
        return ""
    own = write_query(selection, site.settings, question.edition.areas)
    more = urlencode({name: ",".join(values) for name, values in question.more}, safe=",")
    return page_address(selection.language, slug, "&".join(part for part in (own, more) if part))


def came_from_form(parts: Parts) -> bool:
    """Tell whether an address is as a plain form writes it: empty parts, and `compare` or `weights` several times."""
    empty = any(values == [""] for name, values in parts.items() if name not in ("compare", "weights", *OWN_PARTS))
    return empty or "search" in parts or any(len(parts.get(name, ())) > 1 for name in ("compare", "weights"))


def shell_of(visit: Visit, slug: str, query: str, quiet_line: str) -> Shell:
    """Return what surrounds a page of a visit."""
    return surround(
        visit.words,
        visit.settings,
        slug=slug,
        query=query,
        quiet_line=quiet_line,
        sources=footer_lines(visit),
        made_up=visit.edition.made_up,
    )


def notices(visit: Visit) -> list[str]:
    """Return what must be said first: which day's knowledge is shown, what of the address could not be used."""
    lines = [tell_problem(visit, problem) for problem in visit.selection.problems]
    if visit.selection.as_of:
        lines.insert(0, visit.words("notice.as_of", day=format.day(visit.words, visit.selection.as_of)))
    return lines


def tell_problem(visit: Visit, problem: Problem) -> str:
    """Return what could not be used and what is shown instead; an area that is known is told by its name."""
    known = problem.value in visit.edition.areas
    return visit.words(f"problem.{problem.code}", value=visit.name(problem.value) if known else problem.value)
