"""Splits a problem into parts that have nothing to do with each other, leaving out what cannot matter."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from itertools import pairwise

from terms.analyses.engine.formula import (
    FALSE,
    TRUE,
    All,
    Clause,
    Either,
    Formula,
    In,
    Lag,
    Problem,
    atoms,
    every,
)
from terms.analyses.engine.graphs import knots
from terms.analyses.engine.network import schedule


def narrowed(problem: Problem, where: Sequence[In]) -> Problem:
    """The problem with some choices fixed, as structure."""
    if not where:
        return problem
    fixed = tuple(Clause(f"where {place}", one) for place, one in enumerate(where))
    return Problem(problem.sizes, problem.soft, (*problem.hard, *fixed))


def parts(problem: Problem) -> tuple[Problem, ...]:
    """Problems that share no choice and no loop of times, in the order of their first position.

    A choice on which one place satisfies every membership, and a difference on no loop, are true for free:
    nothing ever asks for their contrary.
    """
    clauses = [*problem.hard, *problem.soft]
    plain = [_differences(clause.formula) for clause in clauses]
    found: list[tuple[In | Lag, ...]] = [
        lags or tuple(atoms(one.formula)) for lags, one in zip(plain, clauses, strict=True)
    ]
    easy = _easy_choices(found) if problem.sizes else frozenset()
    loops = _contested(plain, found, _loops(found))
    is_free = partial(_is_free, easy=easy, loops=loops)
    outside = loops.keys().isdisjoint
    reduced = [
        Clause(clause.name, _reduced(clause.formula, easy, loops))
        for clause, lags, own in zip(clauses, plain, found, strict=True)
        if not own or not (outside([lag.first for lag in lags]) if lags else all(map(is_free, own)))
    ]
    roots: dict[str, str] = {}
    for clause in reduced:
        keys = [_key(atom, loops) for atom in atoms(clause.formula)]
        for one, two in pairwise(keys):
            join(roots, one, two)
    bins: dict[str, tuple[list[Clause], list[Clause]]] = {}
    soft = {one.name for one in problem.soft}
    for clause in reduced:
        if clause.formula == TRUE:
            continue
        first = next(atoms(clause.formula), None)
        place = root(roots, _key(first, loops)) if first is not None else f"alone {clause.name}"
        bins.setdefault(place, ([], []))[clause.name in soft].append(clause)
    return tuple(
        Problem(sizes_of(problem.sizes, (*hard, *own)), tuple(own), tuple(hard))
        for hard, own in bins.values()
    )


def sizes_of(sizes: Mapping[str, int], clauses: Iterable[Clause]) -> dict[str, int]:
    """The choices that some clauses speak of, with how many places each has."""
    used = {atom.dim for clause in clauses for atom in atoms(clause.formula) if isinstance(atom, In)}
    return {dim: sizes[dim] for dim in sorted(used)}


def _easy_choices(found: Iterable[Sequence[In | Lag]]) -> frozenset[str]:
    common: dict[str, frozenset[int]] = {}
    for own in found:
        for atom in own:
            if isinstance(atom, In):
                common[atom.dim] = common.get(atom.dim, atom.allowed) & atom.allowed
    return frozenset(dim for dim, places in common.items() if places)


def _loops(found: Iterable[Sequence[In | Lag]]) -> dict[str, str]:
    """Happening -> a name of the knot of differences it lies in; happenings in no knot are left out."""
    pairs = ((atom.first, atom.then) for own in found for atom in own if isinstance(atom, Lag))
    return {name: first for knot in knots(pairs) for first in (min(knot),) for name in knot}


def _differences(formula: Formula) -> tuple[Lag, ...]:
    """The differences of a formula that says nothing but that all of them hold; of any other none."""
    if isinstance(formula, Lag):
        return (formula,)
    if not isinstance(formula, All):
        return ()
    lags = tuple(part for part in formula.of if isinstance(part, Lag))
    return lags if len(lags) == len(formula.of) else ()


def _contested(
    plain: Sequence[tuple[Lag, ...]], found: Sequence[tuple[In | Lag, ...]], loops: Mapping[str, str]
) -> Mapping[str, str]:
    """The loops without those that are about plain differences of time alone and leave a schedule."""
    inside: dict[str, list[Lag]] = {}
    mixed: set[str] = set()
    for lags, own in zip(plain, found, strict=True):
        for lag in lags:
            if (loop := loops.get(lag.first)) is not None:
                inside.setdefault(loop, []).append(lag)
        if not lags:
            mixed.update(loops[one.first] for one in own if isinstance(one, Lag) and one.first in loops)
    kept = mixed | {
        loop
        for loop, lags in inside.items()
        if loop not in mixed and any(lag.least > 0 for lag in lags) and schedule(lags)[1] is not None
    }
    return {name: loop for name, loop in loops.items() if loop in kept}


def _is_free(atom: In | Lag, easy: frozenset[str], loops: Mapping[str, str]) -> bool:
    """Whether nothing ever asks for the contrary of a membership or a difference."""
    if isinstance(atom, In):
        return atom.dim in easy
    return atom.first not in loops or loops[atom.first] != loops.get(atom.then)


def _reduced(formula: Formula, easy: frozenset[str], loops: Mapping[str, str]) -> Formula:
    match formula:
        case In() | Lag():
            return TRUE if _is_free(formula, easy, loops) else formula
        case All(inner):
            kept = [part for part in (_reduced(part, easy, loops) for part in inner) if part != TRUE]
            return FALSE if FALSE in kept else every(kept)
        case Either(inner):
            opened = [_reduced(part, easy, loops) for part in inner]
            return TRUE if TRUE in opened else Either(tuple(part for part in opened if part != FALSE))


def _key(atom: In | Lag, loops: Mapping[str, str]) -> str:
    return f"choice {atom.dim}" if isinstance(atom, In) else f"time {loops[atom.first]}"


def root(roots: dict[str, str], name: str) -> str:
    """The name that stands for all that were joined with this one."""
    while (above := roots.setdefault(name, name)) != name:
        roots[name] = roots[above]
        name = above
    return name


def join(roots: dict[str, str], one: str, two: str) -> None:
    """Join two names and all that were joined with either."""
    first, second = sorted((root(roots, one), root(roots, two)))
    roots[second] = first
