"""Which known word was probably meant by an unknown one.

The measure is `difflib` at its usual cutoff on small letters, preceded by a look at the ends of
dotted names (`distance` for `pullback.distance`). Trials against edit distance found it to miss
nothing that the other found and to stay silent on unrelated words, which matters more: a wrong
suggestion is worse than none. A suggestion is only ever shown, never followed.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable

CUTOFF = 0.6  # difflib's own default; below it the suggestions are noise
SHORTEST_END = 3  # a shorter beginning or end fits too many names to mean anything
MANY = 400  # above this many names, only those that share an end with the word are measured


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word nearest to `word`, None when none is near. Of equally near ones the first in order."""
    names = sorted(set(known))
    asked = word.lower()
    by_lower = {name.lower(): name for name in reversed(names)}
    if asked in by_lower:
        return by_lower[asked]
    whole_ends = [low for low in by_lower if low.endswith("." + asked) or low.startswith(asked + ".")]
    if asked and whole_ends:
        return by_lower[min(whole_ends, key=lambda low: (len(low), low))]
    close = difflib.get_close_matches(asked, _worth_measuring(asked, by_lower), n=1, cutoff=CUTOFF)
    if close:
        return by_lower[close[0]]
    ends = [
        low for low in by_lower if len(asked) >= SHORTEST_END and low.startswith(asked) | low.endswith(asked)
    ]
    return by_lower[min(ends, key=lambda low: (len(low), low))] if ends else None


def did_you_mean(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """The help line that offers the nearest known word; no line when none is near."""
    found = nearest(word, known)
    return (f"did you mean '{found}'?",) if found is not None else ()


def _worth_measuring(asked: str, lowered: Iterable[str]) -> list[str]:
    """Measuring costs microseconds a name; a record of thousands of ids must not make one error slow."""
    names = sorted(lowered)
    if len(names) <= MANY:
        return names
    return [name for name in names if name[:2] == asked[:2] or name[-3:] == asked[-3:]]
