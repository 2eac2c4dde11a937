"""What a command is: an id, the keys it answers to, when it is valid, and what it makes of a desk."""

from collections.abc import Callable

from msgspec import Struct

from terms.tui.desk import Desk
from terms.tui.effects import Effect

Run = Callable[[Desk], Desk]
When = Callable[[Desk], bool]


def _always(desk: Desk) -> bool:
    return True


class Command(Struct, frozen=True):
    """Something a reader can do: `when` it is valid, what `run` makes of the desk, `hint` for the line of keys."""

    id: str
    keys: tuple[str, ...]
    title: str
    run: Run
    when: When = _always
    hint: str = ""


def asking_for(effect: Callable[[Desk], Effect]) -> Run:
    """A command that leaves the desk as it is and asks the program for something."""
    return lambda desk: desk.but(out=(effect(desk),))
