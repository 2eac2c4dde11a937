"""The finitely many outcomes of a term that anybody's words tell apart.

Stated end points cut a scale into points and the open pieces between them; one outcome of each piece loses
nothing, because no stance tells two outcomes of one piece apart. A set of names is a yes or no for each name
(and one for any name nobody mentioned). What only a person can judge gives no choice at all: such words stay
out of the arithmetic and are counted.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import TypeAlias

from terms.analyses.engine.dimensions import (
    Alike,
    Dimension,
    Member,
    Named,
    Scaled,
    alike,
    cut,
    place_words,
    size_of,
)
from terms.analyses.engine.formula import TRUE, All, Either, Formula, In, every
from terms.ground.words import Words
from terms.values import Acceptance, Stance
from terms.values.lattice import ALL, Bounds, Lattice
from terms.values.measured import READINGS, Measured
from terms.values.names import Names
from terms.values.spans import Spans
from terms.values.table import Cell as Entry
from terms.values.value import Opaque, Value

OTHERS = "anything else"
"""Stands for every name of a set that nobody mentioned."""

Path: TypeAlias = tuple[str, ...]


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
                self.dims[key] = alike(found)

    def _scaled(self, found: Sequence[Measured]) -> Scaled:
        spans = [span for one in found for span in one.readings[self.calendar]]
        ends = sorted({end for span in spans for end in (span.low, span.high) if end is not None})
        pieces: list[Spans] = []
        points: list[Fraction] = []
        for piece, inside in cut(ends):
            tidied = found[0].scale.tidy((piece,))
            if tidied:
                pieces.append(tidied)
                points.append(inside)
        return Scaled(tuple(pieces), tuple(points), found[0])

    # ---- asking ----------------------------------------------------------------------------------

    @cached_property
    def sizes(self) -> Mapping[str, int]:
        """How many places each choice has."""
        return {key: size_of(dim) for key, dim in self.dims.items()}

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


def _flat(words: Words) -> str:
    if isinstance(words, str):
        return words
    inner: Iterable[Words] = (
        words if isinstance(words, tuple) else (f"{key} {_flat(one)}" for key, one in words.items())
    )
    return ", ".join(_flat(one) for one in inner)
