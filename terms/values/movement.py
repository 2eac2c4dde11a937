"""How one party's stance moved from one time to the next: how far its ends went, and which way.

This is arithmetic about stated positions. It says up or down, never nearer to anybody: that takes the
other party's stance too, and is a question of gaps.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from msgspec import Struct

from terms.values.algebra import refuse_mixture
from terms.values.amounts import Amount
from terms.values.lattice import Lattice
from terms.values.measured import Measured
from terms.values.spans import Spans
from terms.values.value import Acceptance, Gap, Value

Way = Literal["up", "down", "neither"]
Ends = tuple[Fraction | None, Fraction | None]


class Direction(Struct, frozen=True):
    """Which way a stance on an amount moved.

    `neither`: it stayed, grew or shrank at both ends, or months of different length disagree. `by` is
    how far the end went that moved farther; None when it moved neither way, when the end that moved came
    or went (a cap given up), or when months of different length make the answer uncertain.
    """

    way: Way
    by: Amount | None
    unit: str


def distance(old: Value, new: Value) -> Gap | None:
    """How far the ends of a stance moved: its travel, which may exceed what it closed of a gap.

    Of two ends the farther; of a set the names that it newly demands or admits, or no longer does.
    None when nothing moved or no number says it.
    """
    refuse_mixture((old, new))
    moved = (_moved(before, after) for before, after in _pairs(old, new))
    return next((gap for gap in moved if gap is not None), None)


def direction(old: Value, new: Value) -> Direction | None:
    """Which way a stance moved; None for values without up and down, or without a common scale."""
    refuse_mixture((old, new))
    for before, after in _pairs(old, new):
        if isinstance(before, Measured) and isinstance(after, Measured):
            return _direction(before, after)
    return None


def _pairs(old: Value, new: Value) -> list[tuple[Acceptance, Acceptance]]:
    after = {part.kind: part for part in new.parts}
    return [(part, after[part.kind]) for part in old.parts if part.kind in after]


def _moved(old: Acceptance, new: Acceptance) -> Gap | None:
    if isinstance(old, Measured) and isinstance(new, Measured):
        return _travel(old, new)
    if isinstance(old, Lattice) and isinstance(new, Lattice):
        names = tuple(sorted(_mentioned(old) ^ _mentioned(new)))
        return Gap(len(names), "names" if len(names) > 1 else "name", names) if names else None
    return None


def _mentioned(lattice: Lattice) -> frozenset[str]:
    sides = (side for bounds in lattice.alternatives for side in (bounds.least, bounds.most or frozenset()))
    return frozenset(name for side in sides for name in side)


def _travel(old: Measured, new: Measured) -> Gap | None:
    widths = sorted(_farthest(before, after) or Fraction(0) for before, after in _readings(old, new))
    amount, unit = old.scale.width(widths[0])
    return Gap(amount, unit, contested=widths[0] != widths[-1]) if widths[-1] else None


def _direction(old: Measured, new: Measured) -> Direction:
    ways = {_way(before, after) for before, after in _readings(old, new)}
    widths = {_farthest(before, after) for before, after in _readings(old, new)}
    [way, *others] = ways
    [width, *more] = widths
    unit = old.scale.width(Fraction(0))[1]
    if others or way == "neither":
        return Direction("neither", None, unit)
    if more or width is None:
        return Direction(way, None, unit)
    return Direction(way, *old.scale.width(width))


def _readings(old: Measured, new: Measured) -> list[tuple[Ends, Ends]]:
    return [(_ends(before), _ends(after)) for before, after in zip(old.readings, new.readings, strict=True)]


def _ends(spans: Spans) -> Ends:
    return (spans[0].low, spans[-1].high) if spans else (None, None)


def _farthest(before: Ends, after: Ends) -> Fraction | None:
    steps = [
        abs(new - old) for old, new in zip(before, after, strict=True) if old is not None and new is not None
    ]
    return max(steps, default=None) or None


def _way(before: Ends, after: Ends) -> Way:
    low = _sign(before[0], after[0], came=1)
    high = _sign(before[1], after[1], came=-1)
    if low + high > 0 and low * high >= 0:
        return "up"
    return "down" if low + high < 0 and low * high >= 0 else "neither"


def _sign(old: Fraction | None, new: Fraction | None, *, came: int) -> int:
    """1 if the end rose, -1 if it fell; a low end that came into being rose, a high end fell."""
    if old is None or new is None:
        return came * ((new is not None) - (old is not None))
    return (new > old) - (new < old)
