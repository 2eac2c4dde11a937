"""The choices that a term's outcomes make: pieces of a scale, names, members of a set, parts of rarer kinds."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations
from typing import TypeAlias

from msgspec import Struct

from terms.values import Acceptance
from terms.values.measured import Measured
from terms.values.spans import Span, Spans, union

MOST_ALIKE = 10
"""Parts of a rare kind (daily hours) of which all combinations are formed; of more, single ones and pairs."""


class Scaled(Struct, frozen=True):
    """The pieces of a scale, from below; `like` shows them in words."""

    pieces: tuple[Spans, ...]
    points: tuple[Fraction, ...]
    like: Measured


class Named(Struct, frozen=True):
    """One of the names declared."""

    order: tuple[str, ...]


class Member(Struct, frozen=True):
    """Whether a name is in a set: 0 no, 1 yes."""

    name: str


class Alike(Struct, frozen=True):
    """Parts of a rare kind: each place is the set of parts that hold there together."""

    parts: tuple[Acceptance, ...]
    places: tuple[frozenset[int], ...]


Dimension: TypeAlias = Scaled | Named | Member | Alike


def place_words(dim: Dimension, places: Iterable[int]) -> str:
    """The places of one choice in words of the term's type."""
    kept = sorted(places)
    match dim:
        case Scaled(pieces, _, like):
            spans = like.scale.tidy(union(span for place in kept for span in pieces[place]))
            return (
                Measured(like.scale, spans).words
                if spans != like.scale.tidy((Span(None, None),))
                else "no limit"
            )
        case Named(order):
            said = [order[place] for place in kept]
            return said[0] if len(said) == 1 else f"any of [{', '.join(said)}]"
        case Member(name):
            return f"with or without {name}" if len(kept) > 1 else f"{('without', 'with')[kept[0]]} {name}"
        case Alike(parts, held):
            said = sorted({_together(parts, held[place]) for place in kept})
            return said[0] if len(said) == 1 else f"any of [{', '.join(said)}]"


def _together(parts: Sequence[Acceptance], held: frozenset[int]) -> str:
    return " and ".join(sorted(parts[place].words for place in held)) or "none of what was said"


def cut(ends: Sequence[Fraction]) -> Iterator[tuple[Span, Fraction]]:
    """Every end point and every open piece between, from below, each with a number inside."""
    if not ends:
        yield Span(None, None), Fraction(0)
        return
    yield Span(None, ends[0], False, False), ends[0] - 1
    for place, end in enumerate(ends):
        yield Span(end, end), end
        if place + 1 < len(ends):
            above = ends[place + 1]
            yield Span(end, above, False, False), (end + above) / 2
    yield Span(ends[-1], None, False, False), ends[-1] + 1


def alike(found: Sequence[Acceptance]) -> Alike:
    """The choice that parts of a rare kind make: which of them can hold together."""
    parts = tuple(sorted(set(found), key=lambda part: part.words))
    most = len(parts) if len(parts) <= MOST_ALIKE else 2
    sets = [
        frozenset(places)
        for size in range(1, most + 1)
        for places in combinations(range(len(parts)), size)
        if _common([parts[place] for place in places]) is not None
    ]
    closed = [held for held in sets if not any(held < more and _same(parts, held, more) for more in sets)]
    return Alike(parts, (frozenset(), *closed))


def _same(parts: Sequence[Acceptance], held: frozenset[int], more: frozenset[int]) -> bool:
    one, other = (_common([parts[place] for place in sorted(places)]) for places in (held, more))
    return one == other


def _common(parts: Sequence[Acceptance]) -> Acceptance | None:
    common: Acceptance | None = parts[0]
    for part in parts[1:]:
        common = common.meet(part) if common is not None else None
    return common


def size_of(dim: Dimension) -> int:
    """How many places a choice has."""
    match dim:
        case Scaled(pieces):
            return len(pieces)
        case Named(order):
            return len(order)
        case Member():
            return 2
        case Alike(_, places):
            return len(places)
