"""What the foot of the screen says of a key that does nothing now: what it is for, or where the keys are listed."""

from terms.tui.commands import bound
from terms.tui.desk import Desk

QUIET = frozenset({"leave", "step", "move", "pane", "source"})
"""Commands, or their families, of which nothing is said: the place is plain to see, and their keys are held down."""


def unheard(desk: Desk, key: str, character: str | None = None) -> Desk:
    """The desk after a key of which `press` makes nothing: as it was, with a sentence at its foot."""
    typed = character is not None and character.isprintable() and character != " "
    name = character if typed else key
    meant = [command for command in bound(desk) if name in command.keys]
    if any(command.id.partition(".")[0] in QUIET for command in meant):
        return desk
    if meant:
        return desk.but(message=f"not now: {meant[0].title}")
    return desk.but(message=f"{name} is no key; ? lists those that do something now") if typed else desk
