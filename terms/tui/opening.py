"""The desk to begin with, and one frame of it as text for those who want no program: `terms frame`, a test, a bug report."""

from terms.core.history import History
from terms.ground.errors import TermsError
from terms.tui import stepping
from terms.tui.desk import Desk, opened
from terms.tui.finding import place_of
from terms.tui.frame import text
from terms.tui.scrolling import settled
from terms.views.contested import Readings


class NoSuchPlace(TermsError):
    """`at` names nothing in the history; the message says what was near."""


def desk_for(
    history: History,
    *,
    name: str,
    at: str | int | None = None,
    record: History | None = None,
    ascii_only: bool = False,
) -> Desk:
    """The desk to begin with. `at` is a number of steps, or what `:` takes: an id, number, date or share.

    Raises:
        NoSuchPlace: `at` names nothing.
    """
    desk = opened(history, name=name, record=record, ascii_only=ascii_only)
    place = place_of(history, at) if isinstance(at, str) else at
    if isinstance(place, str):
        raise NoSuchPlace(place)
    return desk if place is None else stepping.follow(stepping.to_step(desk, place))


def picture(
    history: History,
    *,
    name: str,
    at: str | int | None = None,
    width: int = 80,
    height: int = 24,
    record: History | None = None,
    ascii_only: bool = False,
) -> str:
    """Exactly the screen, a line a row, with what rival accounts tell otherwise marked.

    Raises:
        NoSuchPlace: `at` names nothing in the history.
    """
    desk = desk_for(history, name=name, at=at, record=record, ascii_only=ascii_only)
    return text(settled(desk.but(width=width, height=height, readings=Readings(history))))
