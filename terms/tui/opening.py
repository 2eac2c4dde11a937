"""The desk to begin with, and one frame of it as text for those who want no program: `terms frame`, a test, a bug report."""

from collections.abc import Iterable

from terms.core.history import History
from terms.ground.errors import TermsError
from terms.tui import stepping, weighing
from terms.tui.asking import sought
from terms.tui.branching import entered, to_fork
from terms.tui.commands import press
from terms.tui.comparing import overlaid
from terms.tui.desk import Desk, Overlay, opened
from terms.tui.finding import place_of
from terms.tui.frame import text
from terms.tui.scrolling import settled
from terms.tui.whatif import WhatIf
from terms.views.contested import Readings

TYPING = {"space": " "}
NAMED = frozenset(
    ("escape", "enter", "tab", "shift+tab", "backspace", "up", "down", "left", "right", "home", "end", "pageup",
     "pagedown", "delete", "f1", "alt+right", *(f"ctrl+{letter}" for letter in "chopqtuw"))
)  # fmt: skip
"""Keys that are written by name; whatever else is written is typed letter by letter."""


class NoSuchPlace(TermsError):
    """`at` names nothing in the history; the message says what was near."""


class NoSuchKey(TermsError):
    """A key that was to be pressed does nothing at that point."""

    def __init__(self, key: str, event: str) -> None:
        super().__init__(f"the key '{key}' does nothing at {event or 'the beginning'}; `?` lists what does")


def desk_for(
    history: History,
    *,
    name: str,
    at: str | int | None = None,
    record: History | None = None,
    ascii_only: bool = False,
    over: Overlay | None = None,
    branches: tuple[WhatIf, ...] = (),
    branch: str = "",
    path: str = "",
) -> Desk:
    """The desk to begin with. `at` is a number of steps, or what `:` takes: an id, number, date or share.

    `branch` names the one of `branches`, replayed already, to begin on: at the first event that differs from its
    base. `path` is the file that the record was read from, where a scenario can stand on it.

    Raises:
        NoSuchPlace: `at` names nothing.
    """
    desk = opened(history, name=name, record=record, ascii_only=ascii_only).but(branches=branches, path=path)
    if branch:
        desk = to_fork(entered(desk, branch))
    place = place_of(desk.history, at) if isinstance(at, str) else at
    if isinstance(place, str):
        raise NoSuchPlace(place)
    made = desk if place is None else stepping.follow(stepping.to_step(desk, place))
    return made if over is None else overlaid(made, over)


def typed(desk: Desk, words: Iterable[str]) -> Desk:
    """The desk after some keys: names such as `enter`, or words that are typed letter by letter.

    Raises:
        NoSuchKey: one of them does nothing where it is typed.
    """
    for word in words:
        for key in (word,) if word in NAMED or word in TYPING else word:
            made = press(desk, key, TYPING.get(key, key if len(key) == 1 else None))
            if made is None:
                raise NoSuchKey(key, desk.here)
            desk = sought(made)
    return desk


def drawn(
    history: History,
    *,
    name: str,
    at: str | int | None = None,
    width: int = 80,
    height: int = 24,
    record: History | None = None,
    ascii_only: bool = False,
    over: Overlay | None = None,
    keys: Iterable[str] = (),
    branches: tuple[WhatIf, ...] = (),
    branch: str = "",
    path: str = "",
) -> Desk:
    """The desk of one frame after some keys, with all that the program would work out beside the reader.

    Raises:
        NoSuchPlace: `at` names nothing in the history.
        NoSuchKey: a key does nothing where it is typed.
    """
    desk = desk_for(
        history, name=name, at=at, record=record, ascii_only=ascii_only, over=over, branches=branches,
        branch=branch, path=path,
    )  # fmt: skip
    made = typed(settled(desk.but(width=width, height=height, readings=Readings(history))), keys)
    if weighing.wanted(made):
        weighing.SHELF.keep(made.history, made.steps, weighing.weigh(made.history, made.steps))
    shown = made.readings is not None and made.readings.history is made.history
    return made if shown else made.but(readings=Readings(made.history))


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
    return text(
        drawn(history, name=name, at=at, width=width, height=height, record=record, ascii_only=ascii_only)
    )
