"""The impact tool in the browser: its form to download, and filled forms answered with their report.

What is sent lives in the memory of its request alone: never on the disk, in a log or in an answer. There is no session
that another site's form could make use of.
"""

import threading
from collections.abc import Callable
from functools import cache
from io import BytesIO
from typing import IO

from flask import Flask, Request, Response, redirect, request
from markupsafe import Markup
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as AnyResponse

from dashboards.errors import FormsRefused
from dashboards.first_paint import render, render_document
from dashboards.impact.documents import MAKERS
from dashboards.impact.forms import File, FormReader
from dashboards.impact.report import Report
from dashboards.pages.impact import SLUG
from dashboards.routes.pictures import KEPT_FOR
from dashboards.shell import page_address, surround
from dashboards.words import Words, languages, load_words
from queries.impact_workbook import MOST_BYTES
from queries.settings import Settings

ANALYSIS = "analyysi"
"""Filled forms have an address of their own, so that a link from their report leads back to the form."""
FIELD, KIND = "forms", "as"
MOST_FORMS = 20
AROUND = 100_000
"""So many bytes beside the workbooks may be sent: names of files and what parts them."""
LONGEST_NAME = 80
AT_ONCE = 1
"""So many analyses run at once in a process: one takes seconds and its share of memory."""
LONGEST_WAIT = 20.0
MIME = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pdf": "application/pdf",
}
FORMS = {"lomake": False, "esimerkki": True}
"""The names of the form's addresses: empty, or filled with made-up persons."""


class HeldInMemory(Request):
    """A request whose files stay in memory; Flask's own writes larger ones to the disk."""

    def _get_file_stream(
        self, total_content_length: int | None, content_type: str | None, filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:  # fmt: skip
        return BytesIO()


def add_impact(server: Flask, settings: Settings, forms: FormReader) -> None:
    """Answer filled forms with their report, and give the form to fill in."""
    server.request_class = HeldInMemory
    turn = threading.BoundedSemaphore(AT_ONCE)
    page = f"/<any({', '.join(languages())}):language>/{SLUG}"

    @server.get(f"{page}/{ANALYSIS}")
    def again(language: str) -> AnyResponse:
        """Lead to the form: an analysis is kept nowhere, so there is none to come back to."""
        return redirect(f"{page_address(language, SLUG)}#tool")

    @server.post(f"{page}/{ANALYSIS}")
    def analyse(language: str) -> Response:
        """Return the report of the forms that were sent, or why they are refused."""
        desk = Desk(settings, load_words(language))
        response = desk.answer(lambda files: in_turn(turn, lambda: forms.report(desk.words, files)))
        response.cache_control.no_store = True
        return response

    @cache
    def made(language: str, name: str) -> bytes:
        return forms.blank(load_words(language), settings, example=FORMS[name])

    @server.get(f"{page}/<any({', '.join(FORMS)}):name>.xlsx")
    def form(language: str, name: str) -> AnyResponse:
        """Return the form, empty or as an example."""
        response = attached(made(language, name), load_words(language)(f"evaluation.form.file.{name}"), ".xlsx")
        response.cache_control.public = True
        response.cache_control.max_age = KEPT_FOR
        response.add_etag()
        return response.make_conditional(request)


class Busy(Exception):
    """Others' forms are analysed, and ours waited long enough."""


def in_turn(turn: threading.Semaphore, make: Callable[[], Report]) -> Report:
    """Return what is made, when it is our turn. Raises Busy."""
    if not turn.acquire(timeout=LONGEST_WAIT):
        raise Busy
    try:
        return make()
    finally:
        turn.release()


class Desk:
    """Takes what was sent to the page in a language, and answers it."""

    def __init__(self, settings: Settings, words: Words) -> None:
        self._settings, self.words = settings, words

    def answer(self, report_of: Callable[[list[File]], Report]) -> Response:
        """Return the report of what was sent, in the form that is asked for, or a page that says why there is none."""
        try:
            files = received()
            if not files:
                return self.refuse(400, self.words("evaluation.refused.no_file"))
            return self.show(report_of(files))
        except RequestEntityTooLarge:
            return self.refuse(413, self.words("evaluation.refused.too_large"))
        except FormsRefused as refused:
            return self.refuse(422, *refused.faults)
        except Busy:
            response = self.refuse(503, self.words("evaluation.refused.busy"))
            response.headers["Retry-After"] = "30"
            return response

    def show(self, report: Report) -> Response:
        """Return a report as a page, or as the file that is asked for."""
        ending = f".{request.form.get(KIND, '')}"
        if ending in MIME:
            return attached(MAKERS[ending](report), self.words("evaluation.form.file.report"), ending)
        return Response(self._document("impact_answer.html", report.title, report=report))

    def refuse(self, status: int, *sentences: str) -> Response:
        """Return the page that says why there is no report, with the form to try again."""
        title = self.words("evaluation.refused.title")
        return Response(self._document("impact_refused.html", title, sentences=sentences), status)

    def _document(self, template: str, title: str, **values: object) -> Markup:
        shell = surround(self.words, self._settings, slug=SLUG)
        address = page_address(self.words.language, SLUG)
        content = render(template, self.words, self._settings, title=title, address=address, **values)
        return render_document(self.words, self._settings, shell, content, title=title)


def received() -> list[File]:
    """Return the forms that were sent, by name. Raises RequestEntityTooLarge."""
    request.max_content_length = MOST_BYTES + AROUND
    request.max_form_parts = MOST_FORMS + 1
    sent = [each for each in request.files.getlist(FIELD) if each.filename]
    files = [(str(each.filename)[-LONGEST_NAME:], each.read()) for each in sent]
    if sum(len(content) for _, content in files) > MOST_BYTES:
        raise RequestEntityTooLarge
    return files


def attached(content: bytes, name: str, ending: str) -> Response:
    """Return a file that a browser saves under a name."""
    response = Response(content, mimetype=MIME[ending])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}{ending}"'
    return response
