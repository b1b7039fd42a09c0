"""What Dash's renderer calls the two callbacks with, checked before Dash reads it: anything else is refused."""

from typing import Annotated, Literal

from flask import abort, request
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError


class Strict(BaseModel):
    """A part of a call. What Dash sends beside it is Dash's own."""

    model_config = ConfigDict(strict=True, extra="ignore")


class Place(Strict):
    """A property of a component."""

    id: str
    property: str


class Text(Place):
    """A part of the address."""

    value: str | None = None


class Charts(Strict):
    """The charts that a reader examines, at which address and in which colours."""

    visit: int
    search: str
    charts: list[str]
    dark: bool


class Examined(Place):
    """What a reader examines."""

    value: Charts


class Call(Strict):
    """What both calls have."""

    outputs: Place
    state: Annotated[list[Text], Field(min_length=1, max_length=1)]
    changedPropIds: list[str]


class Follow(Call):
    """A call for what stands at an address."""

    output: Literal["page.answer"]
    inputs: Annotated[list[Text], Field(min_length=1, max_length=1)]


class Examine(Call):
    """A call for the figures of charts."""

    output: Literal["page.figures"]
    inputs: Annotated[list[Examined], Field(min_length=1, max_length=1)]


CALLS: TypeAdapter[Follow | Examine] = TypeAdapter(Annotated[Follow | Examine, Field(discriminator="output")])


def refuse_other_calls() -> None:
    """Refuse the present request with 400 where it is no call of the page's."""
    try:
        CALLS.validate_json(request.get_data())
    except ValidationError:
        abort(
            400, "The live page is asked by its own scripts only; ask a page's own address, or the interface /api/v1."
        )
