"""A record that cannot be read for a while, since its server is gone or its file locked.

What is shown stays, whoever reads on is told why it goes no further, and it is looked for until it is back.
"""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from terms.ground.errors import TermsError
from terms.tui.canvas import Canvas
from terms.tui.desk import Desk

BEGINS = "out of reach: "
"""Begins what is said of why it cannot be read."""

BACK = "the record can be read again"


P = ParamSpec("P")


class Showing(Protocol):
    """A program that shows a desk."""

    canvas: Canvas


S = TypeVar("S", bound=Showing)


def reached(handler: Callable[Concatenate[S, P], None]) -> Callable[Concatenate[S, P], None]:
    """The handler of a key or the like; where what it takes is out of reach the reader is told, and stays."""

    @wraps(handler)
    def handled(program: S, /, *given: P.args, **named: P.kwargs) -> None:
        try:
            handler(program, *given, **named)
        except TermsError as fault:
            _tell(program, fault)

    return handled


async def attempted(program: Showing, work: Callable[[], Awaitable[None]]) -> None:
    """Do some work; where what it takes is out of reach the reader is told."""
    try:
        await work()
    except TermsError as fault:
        _tell(program, fault)


def _tell(program: Showing, fault: TermsError) -> None:
    with suppress(TermsError):  # where not even what is shown could be drawn again it stays as it is
        program.canvas.put(missed(program.canvas.desk, fault))


def missed(desk: Desk, fault: TermsError) -> Desk:
    """The desk of whoever asked for something that is out of reach."""
    return desk.but(message=f"{BEGINS}{' '.join(str(fault).split())}")


def missing(desk: Desk, fault: TermsError) -> Desk:
    """The desk while the record is out of reach, if nothing else is said there."""
    return missed(desk, fault) if desk.message in ("", BACK) else desk


def back(desk: Desk) -> Desk:
    """The desk once the record can be read again."""
    return desk.but(message=BACK) if desk.message.startswith(BEGINS) else desk
