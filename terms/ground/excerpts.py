"""The lines of a file that a message speaks of, with marks below the words it means.

Carets are placed by screen cells, not by characters: under Chinese text a caret takes two. A line
too long for a screen is cut round the mark, since a file may be one line of a million characters.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from msgspec import Struct

from terms.ground.places import Place
from terms.ground.widths import cells, clean

LONGEST = 160  # characters of a line shown; two ordinary terminals wide
_LEAD = 40  # characters kept before the mark when a long line is cut
_CUT = "..."


class Mark(Struct, frozen=True):
    """A place to underline with `sign`, a word behind it, and the colour as an SGR number or nothing."""

    place: Place
    sign: str
    label: str
    paint: str = ""


def excerpt(text: str | None, marks: Iterable[Mark], gutter: int) -> list[str]:
    """Each line that is marked, once, in order, with its marks below; nothing when `text` is None.

    `gutter` is the width of the column of line numbers. A mark over several lines is drawn to
    the end of its first; one that is empty gets one sign; one beyond the end of the file has no line.
    """
    if text is None:
        return []
    source = _lines(text)
    drawn: list[str] = []
    shown = 0
    for mark in sorted(marks, key=lambda mark: (mark.place.line, mark.place.column)):
        number = mark.place.line
        if number > len(source):
            continue
        line = source[number - 1].removesuffix("\r")
        start, window = _window(line, mark.place.column - 1)
        if number != shown:
            drawn.append(f"{number:>{gutter}} | {clean(window)}".rstrip())
        drawn.append(" " * gutter + " | " + _underline(mark, line, start))
        shown = number
    return drawn


@lru_cache(maxsize=4)
def _lines(text: str) -> tuple[str, ...]:
    """Kept for a few files, because a file with a thousand faults is asked for a thousand times."""
    return tuple(text.split("\n"))


def _window(line: str, column: int) -> tuple[int, str]:
    """Where the shown part of `line` begins, and that part with its cuts marked."""
    if len(line) <= LONGEST:
        return 0, line
    start = max(0, min(column - _LEAD, len(line) - LONGEST))
    shown = line[start : start + LONGEST]
    return start, (_CUT if start else "") + shown + (_CUT if start + LONGEST < len(line) else "")


def _underline(mark: Mark, line: str, start: int) -> str:
    place = mark.place
    begin = place.column - 1
    end = place.end_column - 1 if place.end_line == place.line else len(line)
    end = min(end, start + LONGEST)
    indent = cells(line[start:begin]) + (len(_CUT) if start else 0)
    signs = mark.sign * max(1, cells(line[begin:end]))
    painted = f"\x1b[{mark.paint}m{signs}\x1b[0m" if mark.paint else signs
    return f"{' ' * indent}{painted} {clean(mark.label)}".rstrip()
