"""What an address is answered with: a page's content, title and links, for the plain routes and the live page alike."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from dashboards import format
from dashboards.controls import offer
from dashboards.first_paint import render_front, render_page
from dashboards.pages import employment_review, front
from dashboards.pages.parts import Page
from dashboards.selection import VIEWS, Problem, changed, known_at, write_query
from dashboards.shell import Shell, footer_sources, loading_line, page_address, surround
from dashboards.site import Site
from dashboards.visit import Visit

Parts = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Answer:
    """A page for one address. `query` is what its links to other pages and languages keep of the selection."""

    title: str
    description: str
    content: Markup
    shell: Shell
    query: str


@dataclass(frozen=True)
class Answerer:
    """How a page is answered: from the parts of an address to a visit, from that to the answer."""

    visit: Callable[[Site, str, Parts], Visit]
    answer: Callable[[Site, Visit], Answer]


def answer_review(site: Site, visit: Visit) -> Answer:
    """Answer with the employment review."""
    page, query = employment_review.describe(visit), query_of(visit)
    shell = shell_of(site, visit, page.slug, query)
    whole = write_query(changed(visit.selection, view="table"), site.settings, visit.edition.areas)
    all_months = page_address(visit.words.language, page.slug, whole)
    content = render_page(page, visit, shell, offer(visit, VIEWS), notices(visit), all_months)
    return answer_of(page, shell, content, query)


def answer_front(site: Site, visit: Visit) -> Answer:
    """Answer with the front page."""
    as_of = visit.selection.as_of
    query = f"as_of={as_of.isoformat()}" if as_of else ""
    page, shell = front.describe(visit), shell_of(site, visit, front.SLUG, query)
    return answer_of(page, shell, render_front(page, visit, shell, notices(visit)), query)


ANSWERERS = {
    front.SLUG: Answerer(Site.front_visit, answer_front),
    employment_review.SLUG: Answerer(Site.visit, answer_review),
}


def answer_of(page: Page, shell: Shell, content: Markup, query: str) -> Answer:
    """Return an answer with the title and description that a page's document has."""
    return Answer(f"{page.name} \u2013 {shell.site_name}", page.headline, content, shell, query)


def query_of(visit: Visit) -> str:
    """Return what a visit asks for as the tidy query of an address."""
    return write_query(visit.selection, visit.settings, visit.edition.areas)


def tidy_address(visit: Visit, slug: str, parts: Parts) -> str:
    """Return the address to show in the place of what a plain form wrote; '' where the address stays as it is."""
    if visit.selection.problems or not came_from_form(parts):
        return ""
    return page_address(visit.words.language, slug, query_of(visit))


def came_from_form(parts: Parts) -> bool:
    """Tell whether an address is as a plain form writes it: empty parts, and `compare` several times."""
    empty = any(values == [""] for name, values in parts.items() if name != "compare")
    return empty or len(parts.get("compare", ())) > 1


def shell_of(site: Site, visit: Visit, slug: str, query: str) -> Shell:
    """Return what surrounds a page of a visit."""
    return surround(
        visit.words,
        site.settings,
        slug=slug,
        query=query,
        quiet_line=loading_line(visit.words, site.states(), visit.edition),
        sources=footer_sources(visit.words, site.catalogue, visit.edition, known_at(visit.selection)),
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
