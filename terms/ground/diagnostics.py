"""Faults found in what people wrote, each with its place and a way out.

A diagnostic is a fact about a file, gathered with all the others. Errors make a record unusable
where they stand, warnings do not, and notes only add. How a list of them looks, for a person or
for another program, is the matter of `rendering`.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct

from terms.ground.places import Place


class Severity(StrEnum):
    """How much a fault weighs; `error` alone makes the exit code of a check 1."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Related(Struct, frozen=True):
    """Another place that explains the fault (`first used here`), in the same file or an included one."""

    place: Place
    label: str


class Diagnostic(Struct, frozen=True):
    """One fault: what was found, where, and what to do.

    `place` is None when the fault belongs to no line (an empty folder). `label` stands behind the
    caret and may be empty. `help` holds whole lines, `did you mean` first. `trail` is the way by
    which the file was reached: the `include` lines, nearest first. `because` are whole lines on how what was
    found came about, the events behind it with their places.
    """

    code: str
    severity: Severity
    message: str
    place: Place | None = None
    label: str = ""
    related: tuple[Related, ...] = ()
    help: tuple[str, ...] = ()
    trail: tuple[Place, ...] = ()
    because: tuple[str, ...] = ()


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sorted by path, line, column and code; those without a place come first."""
    return tuple(sorted(diagnostics, key=_reading_order))


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """How many of each severity, in words: `2 errors, 1 warning`; `no faults` for none."""
    severities = [diagnostic.severity for diagnostic in diagnostics]
    counts = ((severities.count(severity), severity.value) for severity in Severity)
    words = [f"{count} {word}{'s' if count > 1 else ''}" for count, word in counts if count]
    return ", ".join(words) or "no faults"


def _reading_order(diagnostic: Diagnostic) -> tuple[str, int, int, str, str]:
    place = diagnostic.place
    if place is None:
        return ("", 0, 0, diagnostic.code, diagnostic.message)
    return (place.path, place.line, place.column, diagnostic.code, diagnostic.message)
