"""Looking through a record, place after place: at once in a short one, beside the reader in a long one.

What is looked for in a long record is given up as soon as the next key comes.
"""

from collections.abc import Callable
from functools import lru_cache

from terms.core.history import History
from terms.tui.conditions import condition
from terms.tui.desk import Desk, Sought
from terms.tui.effects import Seek
from terms.tui.finding import passes, read_filter, says

LONG = 5_000
"""Events beyond which looking through them all would be felt: about 20 ms."""

SLICE = 64
"""Events between two looks at whether anybody still wants to know."""


def _wanted_for_ever() -> bool:
    return False


def look(
    history: History, seek: Seek, given_up: Callable[[], bool] = _wanted_for_ever
) -> tuple[int, ...] | None:
    """The log places that have what is sought; of a condition the first alone. None: it was given up.

    `given_up` is asked every now and then; it may take its time, so that others get theirs.
    """
    holds = _test(history, seek)
    found: list[int] = []
    for place in range(len(history)):
        if place % SLICE == 0 and given_up():
            return None
        if holds(place):
            found.append(place)
            if seek.kind == "first-where":
                break
    return tuple(found)


def known_places(desk: Desk, seek: Seek) -> tuple[int, ...] | None:
    """The places, where they were looked for before or are quickly found; None: they have to be looked for."""
    known = desk.sought
    if known is not None and known.history is desk.history and known.seek == seek:
        return known.places
    return _at_once(desk.history, seek) if len(desk.history) <= LONG else None


@lru_cache(maxsize=32)
def _at_once(history: History, seek: Seek) -> tuple[int, ...] | None:
    return look(history, seek)


def _test(history: History, seek: Seek) -> Callable[[int], bool]:
    """Whether what is sought holds at a log place; nothing holds where it cannot be read."""
    if seek.kind == "find":
        words = tuple(seek.text.lower().split())
        return lambda place: bool(words) and says(history, history.events[place], words)
    if seek.kind == "filter":
        wanted = read_filter(seek.text)
        return lambda place: not isinstance(wanted, str) and passes(history, history.events[place], wanted)
    holds = condition(history, seek.text)
    return lambda place: not isinstance(holds, str) and holds(place + 1)


def sought(desk: Desk, places: tuple[int, ...], seek: Seek) -> Desk:
    """The desk that knows where something is."""
    return desk.but(sought=Sought(desk.history, seek, places))
