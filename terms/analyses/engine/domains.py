"""The finitely many outcomes of a term that anybody's words tell apart.

Stated end points cut a scale into points and the open pieces between them; one outcome of each piece loses
nothing, because no stance tells two outcomes of one piece apart. A set of names is a yes or no for each name
(and one for any name nobody mentioned). What only a person can judge gives no choice at all: such words stay
out of the arithmetic and are counted.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import TypeAlias

from terms.analyses.engine.formula import TRUE, All, Either, Formula, In, every
from terms.ground.words import Words
from terms.values import Acceptance, Stance
from terms.values.lattice import ALL, Bounds, Lattice
from terms.values.measured import READINGS, Measured
from terms.values.names import Names
from terms.values.spans import Span, Spans, union
from terms.values.table import Cell as Entry
from terms.values.value import Opaque, Value

OTHERS = "anything else"
"""Stands for every name of a set that nobody mentioned."""
SETTLED = "settled"
MOST_ALIKE = 10
"""Parts of a rare kind (daily hours) of which all combinations are formed; of more, single ones and pairs."""

Path: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scaled:
    """The pieces of a scale, from below; `like` shows them in words."""

    pieces: tuple[Spans, ...]
    points: tuple[Fraction, ...]
    like: Measured


@dataclass(frozen=True, slots=True)
class Named:
    """One of the names declared."""

    order: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """Whether a name is in a set: 0 no, 1 yes."""

    name: str


@dataclass(frozen=True, slots=True)
class Alike:
    """Parts of a rare kind: each place is the set of parts that hold there together."""

    parts: tuple[Acceptance, ...]
    places: tuple[frozenset[int], ...]


Dimension: TypeAlias = Scaled | Named | Member | Alike


class Domains:
    """Collects what everybody says, then says which choices there are and what a stance asks of them.

    `calendar` picks the reading of lengths in calendar months: 0 the shortest months, -1 the longest.
    """

    def __init__(self, *, calendar: int = 0) -> None:
        self.calendar = calendar % READINGS
        self.dims: dict[str, Dimension] = {}
        self.loose = False
        """Whether anything was said in calendar months, so that the other reading may differ."""
        self._parts: dict[str, list[Acceptance]] = {}
        self._members: dict[str, tuple[str, ...]] = {}

    # ---- collecting ------------------------------------------------------------------------------

    def note(self, slot: str, stance: Stance) -> None:
        """Take in what a stance says of a term."""
        for path, value in values_of(stance):
            for key, part in _kinds(slot, path, value.parts):
                self._parts.setdefault(key, []).append(part)
                self.loose = self.loose or (isinstance(part, Measured) and bool(part.loose))

    def close(self) -> None:
        """Cut every domain, once everything was taken in."""
        for key, found in sorted(self._parts.items()):
            first = found[0]
            if isinstance(first, Measured):
                self.dims[key] = self._scaled([one for one in found if isinstance(one, Measured)])
            elif isinstance(first, Names):
                self.dims[key] = Named(first.order)
            elif isinstance(first, Lattice):
                self._members[key] = _mentioned([one for one in found if isinstance(one, Lattice)])
                for name in self._members[key]:
                    self.dims[f"{key}|{name}"] = Member(name)
            else:
                self.dims[key] = _alike(found)

    def _scaled(self, found: Sequence[Measured]) -> Scaled:
        spans = [span for one in found for span in one.readings[self.calendar]]
        ends = sorted({end for span in spans for end in (span.low, span.high) if end is not None})
        pieces: list[Spans] = []
        points: list[Fraction] = []
        for piece, inside in _cut(ends):
            tidied = found[0].scale.tidy((piece,))
            if tidied:
                pieces.append(tidied)
                points.append(inside)
        return Scaled(tuple(pieces), tuple(points), found[0])

    # ---- asking ----------------------------------------------------------------------------------

    def sizes(self) -> dict[str, int]:
        """How many places each choice has."""
        return {key: _size(dim) for key, dim in self.dims.items()}

    def formula(self, slot: str, stance: Stance) -> Formula:
        """What a stance asks of the choices of its term; true for what only a person can judge."""
        asked = (
            self._of(key, part)
            for path, value in values_of(stance)
            for key, part in _kinds(slot, path, value.parts)
        )
        return every(one for one in asked if one != TRUE)

    def _of(self, key: str, part: Acceptance) -> Formula:
        if isinstance(part, Lattice):
            names = self._members[key]
            bounds = sorted(part.alternatives, key=lambda one: one.words)
            found = tuple(_bounded(key, names, one) for one in bounds)
            return found[0] if len(found) == 1 else Either(found)
        return In(key, self._places(self.dims[key], part))

    def _places(self, dim: Dimension, part: Acceptance) -> frozenset[int]:
        if isinstance(dim, Scaled) and isinstance(part, Measured):
            spans = part.readings[self.calendar]
            return frozenset(place for place, point in enumerate(dim.points) if _holds(spans, point))
        if isinstance(dim, Named) and isinstance(part, Names):
            return frozenset(place for place, name in enumerate(dim.order) if name in part.accepted)
        if isinstance(dim, Alike):
            own = dim.parts.index(part)
            return frozenset(place for place, held in enumerate(dim.places) if own in held)
        raise AssertionError("a choice holds parts of one kind")

    def is_one(self, dim: str, places: frozenset[int]) -> bool:
        """Whether these places of a choice are a single value: one name, one point of a scale."""
        known = self.dims[dim]
        if isinstance(known, Scaled):
            return len(places) == 1 and all(span.is_point for place in places for span in known.pieces[place])
        return len(places) == 1

    def words(self, slot: str, possible: dict[str, frozenset[int]]) -> tuple[tuple[str, str], ...]:
        """(piece, words) for each aspect of a term, given the places still possible in its choices."""
        found: list[tuple[str, str]] = []
        sets: dict[str, list[tuple[str, frozenset[int]]]] = {}
        for key, places in possible.items():
            dim = self.dims.get(key)
            if dim is None or key.partition("|")[0] != slot:
                continue
            label = _label(key)
            if isinstance(dim, Member):
                sets.setdefault(label, []).append((dim.name, places))
            else:
                found.append((label, place_words(dim, places)))
        found.extend((label, _set_words(members)) for label, members in sets.items())
        return tuple(sorted(found))


def values_of(stance: Stance, path: Path = ()) -> Iterator[tuple[Path, Value]]:
    """The values that a stance names, each with the path of its piece; of a scope its own."""
    if stance.scope is not None:
        path = (*path, f"scope {_flat(stance.scope)}")
    if stance.value is not None:
        yield path, stance.value
    for key, named in (("per", stance.per), ("of which", stance.of_which)):
        for name, inner in named:
            yield from values_of(inner, (*path, f"{key} {name}"))
    for name, step in stance.steps:
        yield from values_of(step.stance, (*path, f"step {name}"))


def is_reviewed(stance: Stance) -> bool:
    """Whether a person has to judge what a stance says, in whole or in part: words, or several readings."""
    opaque = any(isinstance(part, Opaque) for _, value in values_of(stance) for part in value.parts)
    return opaque or bool(stance.meanings or stance.brackets or stance.each)


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


def _set_words(members: Sequence[tuple[str, frozenset[int]]]) -> str:
    needed = sorted(name for name, places in members if places == {1})
    free = sorted(name for name, places in members if len(places) > 1)
    said = [f"with {', '.join(needed)}"] if needed else []
    named = [name for name in free if name != OTHERS]
    said.extend([f"perhaps {', '.join(named)}"] if named else [])
    said.extend(["perhaps others"] if OTHERS in free else [])
    return "; ".join(said) or "empty"


def _label(key: str) -> str:
    _, path, *_ = key.split("|")
    return path


def _kinds(slot: str, path: Path, parts: Iterable[Acceptance]) -> Iterator[tuple[str, Acceptance]]:
    """The parts of a value with the key of their choice; tables are opened, judged words left out."""
    for part in parts:
        if isinstance(part, Entry):
            yield from _kinds(slot, (*path, part.key), part.said)
        elif not isinstance(part, Opaque):
            yield f"{slot}|{' / '.join(path)}|{part.kind}", part


def _cut(ends: Sequence[Fraction]) -> Iterator[tuple[Span, Fraction]]:
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


def _holds(spans: Spans, point: Fraction) -> bool:
    return any(
        (span.low is None or span.low < point or (span.low == point and span.low_in))
        and (span.high is None or point < span.high or (span.high == point and span.high_in))
        for span in spans
    )


def _mentioned(found: Sequence[Lattice]) -> tuple[str, ...]:
    names: set[str] = {OTHERS}
    for one in found:
        names |= set(one.universe)
        for bounds in one.alternatives:
            names |= bounds.least | (bounds.most or frozenset())
    if any(one.universe for one in found):
        names.discard(OTHERS)
    return tuple(sorted(names - {ALL}))


def _bounded(key: str, names: Sequence[str], bounds: Bounds) -> Formula:
    needed = names if ALL in bounds.least else [name for name in names if name in bounds.least]
    barred = [name for name in names if bounds.most is not None and name not in bounds.most]
    inside = (In(f"{key}|{name}", frozenset((1,))) for name in needed)
    outside = (In(f"{key}|{name}", frozenset((0,))) for name in barred)
    return All((*inside, *outside))


def _alike(found: Sequence[Acceptance]) -> Alike:
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


def _size(dim: Dimension) -> int:
    match dim:
        case Scaled(pieces):
            return len(pieces)
        case Named(order):
            return len(order)
        case Member():
            return 2
        case Alike(_, places):
            return len(places)


def _flat(words: Words) -> str:
    if isinstance(words, str):
        return words
    inner: Iterable[Words] = (
        words if isinstance(words, tuple) else (f"{key} {_flat(one)}" for key, one in words.items())
    )
    return ", ".join(_flat(one) for one in inner)
