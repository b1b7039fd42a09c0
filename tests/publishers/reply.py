"""An HTTP answer before it is sent, and the few plain kinds of it."""

import json
from dataclasses import dataclass, field
from typing import Any

BODIES = {
    400: "Bad Request",
    403: "Forbidden",
    404: "Not Found",
    429: "Too Many Requests",
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
}


@dataclass(frozen=True)
class Reply:
    """One answer: `delay` is waited before it is sent, `cut_off` closes the connection in the middle of the body.

    One that is not `packable` is sent as it is, also to who would take it packed.
    """

    status: int
    body: bytes
    kind: str = "text/plain; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    cut_off: bool = False
    packable: bool = True


def refusal(status: int, **headers: str) -> Reply:
    """Refuse with the bare words of a status, as the publisher does."""
    return Reply(status, BODIES.get(status, "Error").encode(), headers=headers)


def document(content: Any) -> Reply:
    """Answer with JSON: UTF-8, no byte order mark."""
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return Reply(200, body, "application/json; charset=utf-8")
