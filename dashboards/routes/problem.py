"""What a program is told when an address cannot be answered: one sentence, as application/problem+json (RFC 9457)."""

import json

from flask import Response


class Refused(Exception):
    """Something that cannot be given: the status, the parameter that is to blame ('' for none), and a sentence."""

    def __init__(self, status: int, parameter: str, sentence: str) -> None:
        super().__init__(sentence)
        self.status, self.parameter, self.sentence = status, parameter, sentence


def problem(refused: Refused) -> Response:
    """Return why there is nothing, as application/problem+json."""
    told = {"type": "about:blank", "title": refused.sentence, "status": refused.status}
    if refused.parameter:
        told["parameter"] = refused.parameter
    text = json.dumps(told, ensure_ascii=False)
    return Response(text, refused.status, {"Cache-Control": "no-store"}, mimetype="application/problem+json")
