"""The ways out by weights that an analyst declared, and how far their ranking holds under other weights.

A weight is declared, with a source, for a position, for all that an event said, or for a term; everything else
counts 1. No weight is ever assumed, and the answer says what would be otherwise with another one.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations

from msgspec import Struct

from terms.analyses.engine.conflicts import Group, Names
from terms.analyses.engine.declared import Declared
from terms.analyses.engine.positions import Model

Counted = Mapping[str, int]
"""How many positions of a way are weighed by each declaration; by none under an empty name."""


class Span(Struct, frozen=True):
    """A declared weight and the open interval (`above`, `below`) of it in which the ranking is the same.

    `below` None: there is no bound. Where two ways cost the same now, both ends are the weight itself.
    """

    name: str
    weight: Fraction
    above: Fraction
    below: Fraction | None


class Weighed(Struct, frozen=True):
    """The cheapest ways of each group, whole ties, with what they `cost` together.

    `whatever`: they are the cheapest under any other positive weights, too.
    """

    source: str
    cost: Fraction
    cheapest: tuple[tuple[Names, ...], ...]
    spans: tuple[Span, ...]
    whatever: bool


def weighed(asked: Model, groups: Sequence[Group], said: Declared) -> Weighed | None:
    """The ranking by declared weights; None where none is declared, or no way is left."""
    if not said.weights or not groups or not all(group.unlocking for group in groups):
        return None
    counts = [{way: _counted(asked, said, way) for way in group.unlocking} for group in groups]
    costs = [{way: _cost(said, one) for way, one in own.items()} for own in counts]
    least = [min(own.values()) for own in costs]
    cheapest = tuple(
        tuple(way for way, cost in own.items() if cost == low) for own, low in zip(costs, least, strict=True)
    )
    return Weighed(
        said.weights_source,
        sum(least, Fraction(0)),
        cheapest,
        tuple(_spans(said, counts)),
        all(_holds(own, best) for own, best in zip(counts, cheapest, strict=True)),
    )


def _counted(asked: Model, said: Declared, way: Names) -> Counted:
    return Counter(_weighed_by(asked, said, name) for name in way)


def _weighed_by(asked: Model, said: Declared, name: str) -> str:
    """The declaration that weighs a position: its own, its event's, or that of the one term it is about."""
    slots = asked.positions[name].slots
    terms = [slots[0].partition("@")[0]] if len(slots) == 1 else []
    return next((one for one in (name, name.partition("/")[0], *terms) if one in said.weights), "")


def _cost(said: Declared, counted: Counted) -> Fraction:
    return sum(
        (said.weights.get(name, Fraction(1)) * number for name, number in counted.items()), Fraction(0)
    )


def _spans(said: Declared, counts: Sequence[Mapping[Names, Counted]]) -> Iterator[Span]:
    for name, weight in sorted(said.weights.items()):
        above, below = Fraction(0), None
        if not any(name in counted for own in counts for counted in own.values()):
            continue
        for point in _equal_at(said, counts, name):
            if point <= weight:
                above = max(above, point)
            if point >= weight:
                below = point if below is None else min(below, point)
        yield Span(name, weight, above, below)


def _equal_at(said: Declared, counts: Sequence[Mapping[Names, Counted]], name: str) -> Iterator[Fraction]:
    """The weights of one declaration at which two ways of a group cost the same."""
    for own in counts:
        for one, other in combinations(own.values(), 2):
            more = one.get(name, 0) - other.get(name, 0)
            if more:
                rest = _cost(said, one) - _cost(said, other) - said.weights[name] * more
                yield -rest / more


def _holds(own: Mapping[Names, Counted], best: Sequence[Names]) -> bool:
    """Whether the cheapest ways of a group never cost more than another, whatever the weights."""
    first = own[best[0]]
    alike = all(own[way] == first for way in best)
    return alike and all(
        number <= other.get(name, 0) for other in own.values() for name, number in first.items()
    )
