"""How a fault in a record is put together: code, sentence, place, second label, ways out.

Shared by every reader of this room, so that help always comes in one order: what was probably meant
first, then how to mend it.
"""

from collections.abc import Iterable

from msgspec.structs import replace

from terms.ground.diagnostics import Diagnostic, Related, Severity
from terms.ground.places import Place
from terms.ground.suggest import did_you_mean

COMMA = "a comma inside { } starts a new key: put quotes around text that contains a comma"


def error(
    code: str,
    message: str,
    place: Place | None,
    *help: str,
    related: Iterable[Related] = (),
    label: str = "",
) -> Diagnostic:
    """An error with its ways out, in the order given."""
    return Diagnostic(code, Severity.ERROR, message, place, label, tuple(related), help)


def warning(
    code: str, message: str, place: Place | None, *help: str, related: Iterable[Related] = ()
) -> Diagnostic:
    """A warning, likewise."""
    return Diagnostic(code, Severity.WARNING, message, place, "", tuple(related), help)


def meant(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """The help line that offers the nearest known word; none when nothing is near."""
    return did_you_mean(word, known)


def listed(names: Iterable[str], *, most: int = 12) -> str:
    """Names in a row; the first `most` of them when there are more, and how many are left out."""
    every = tuple(names)
    shown = ", ".join(every[:most])
    return shown if len(every) <= most else f"{shown} and {len(every) - most} more"


def moved(diagnostic: Diagnostic, lines: int) -> Diagnostic:
    """The diagnostic after `lines` lines were added above its place; its related places stay."""
    if not lines or diagnostic.place is None:
        return diagnostic
    return replace(diagnostic, place=diagnostic.place.moved(lines))
