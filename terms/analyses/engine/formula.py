"""What a position demands of a deal, as a formula: memberships in finite choices and differences of time.

Stated end points cut every domain into finitely many cells, so that a value is a choice of one cell; times
are compared only by how long one lies behind another. There is no negation: the complement of a membership
is a membership, and that of a difference is a difference, so `negated` always has an answer.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TypeAlias, assert_never

from msgspec import Struct


class In(Struct, frozen=True, gc=False):
    """The choice `dim` falls on one of `allowed` (places counted from 0)."""

    dim: str
    allowed: frozenset[int]


class Lag(Struct, frozen=True, gc=False):
    """`then` comes at least `least` ticks after `first`; if negative, at most so much earlier."""

    first: str
    then: str
    least: int


class All(Struct, frozen=True, gc=False):
    """Every one of them holds; of none, that is true."""

    of: tuple["Formula", ...]


class Either(Struct, frozen=True, gc=False):
    """At least one of them holds; of none, that is false."""

    of: tuple["Formula", ...]


Formula: TypeAlias = In | Lag | All | Either
TRUE, FALSE = All(()), Either(())


class Clause(Struct, frozen=True, gc=False):
    """A formula with the name it is cited by."""

    name: str
    formula: Formula


class Problem(Struct, frozen=True, dict=True):
    """Positions that may be given up (`soft`) and structure that may not (`hard`), over choices.

    `sizes` counts the places of each choice.

    Names are unique. The order of `soft` is the canonical order of every answer.
    """

    sizes: Mapping[str, int]
    soft: tuple[Clause, ...]
    hard: tuple[Clause, ...] = ()

    @cached_property
    def named(self) -> Mapping[str, Clause]:
        """Every clause by its name."""
        return {clause.name: clause for clause in (*self.soft, *self.hard)}


def negated(formula: Formula, sizes: Mapping[str, int]) -> Formula:
    """What holds exactly when `formula` does not. Times are whole ticks, so the complement is exact."""
    match formula:
        case In(dim, allowed):
            return In(dim, frozenset(range(sizes[dim])) - allowed)
        case Lag(first, then, least):
            return Lag(then, first, 1 - least)
        case All(parts):
            return Either(tuple(negated(part, sizes) for part in parts))
        case Either(parts):
            return All(tuple(negated(part, sizes) for part in parts))
    assert_never(formula)


def atoms(formula: Formula) -> Iterator[In | Lag]:
    """The memberships and differences in a formula, in the order written."""
    match formula:
        case In() | Lag():
            yield formula
        case All(parts) | Either(parts):
            for part in parts:
                if isinstance(part, In | Lag):
                    yield part
                else:
                    yield from atoms(part)
        case _:
            assert_never(formula)


def differences(formula: Formula) -> tuple[Lag, ...]:
    """The differences of a formula that says nothing but that all of them hold; of any other none."""
    if isinstance(formula, Lag):
        return (formula,)
    if not isinstance(formula, All):
        return ()
    lags = tuple([part for part in formula.of if isinstance(part, Lag)])
    return lags if len(lags) == len(formula.of) else ()


def certain(formulas: Iterable[Formula]) -> list[Lag]:
    """The differences that hold whatever is chosen."""
    found: list[Lag] = []
    for formula in formulas:
        if isinstance(formula, Lag):
            found.append(formula)
        elif isinstance(formula, All):
            found.extend(certain(formula.of))
    return found


def holds(formula: Formula, choice: Mapping[str, int], times: Mapping[str, int]) -> bool:
    """Whether a formula holds of places and times; what is not chosen or timed fails what asks for it."""
    match formula:
        case In(dim, allowed):
            return choice.get(dim) in allowed
        case Lag(first, then, least):
            return first in times and then in times and times[then] >= times[first] + least
        case All(parts):
            return all(holds(part, choice, times) for part in parts)
        case Either(parts):
            return any(holds(part, choice, times) for part in parts)
    assert_never(formula)


def every(formulas: Iterable[Formula]) -> Formula:
    """All of them; a single one as itself."""
    parts = tuple(formulas)
    return parts[0] if len(parts) == 1 else All(parts)
