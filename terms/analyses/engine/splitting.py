"""Splits a problem into parts that have nothing to do with each other, leaving out what cannot matter."""

from collections.abc import Collection, Iterable, Mapping, Sequence
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
    differences,
    every,
)
from terms.analyses.engine.graphs import knots
from terms.analyses.engine.network import leaves_schedule


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
    clauses = (*problem.hard, *problem.soft)
    plain = [differences(clause.formula) for clause in clauses]
    mixed = {place: tuple(atoms(clauses[place].formula)) for place, lags in enumerate(plain) if not lags}
    easy = _easy_choices(mixed.values()) if problem.sizes else frozenset()
    loops = _contested(plain, mixed.values())
    is_free = partial(_is_free, easy=easy, loops=loops)
    left = [place for place, own in mixed.items() if not own or not all(map(is_free, own))]
    left += {place for place, lags in enumerate(plain) for lag in lags if lag.first in loops} if loops else ()
    roots: dict[str, str] = {}
    reduced: list[tuple[Clause, bool]] = []
    for place in sorted(left):
        small = Clause(clauses[place].name, _reduced(clauses[place].formula, easy, loops))
        reduced.append((small, place >= len(problem.hard)))
        for one, two in pairwise([_key(atom, loops) for atom in atoms(small.formula)]):
            join(roots, one, two)
    bins: dict[str, tuple[list[Clause], list[Clause]]] = {}
    for clause, is_soft in reduced:
        if clause.formula == TRUE:
            continue
        first = next(atoms(clause.formula), None)
        group = root(roots, _key(first, loops)) if first is not None else f"alone {clause.name}"
        bins.setdefault(group, ([], []))[is_soft].append(clause)
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


def _contested(
    plain: Sequence[tuple[Lag, ...]], mixed: Collection[tuple[In | Lag, ...]]
) -> Mapping[str, str]:
    """Happening -> a name of the knot of differences it lies in; what lies in none is left out.

    So are the knots of plain differences of time alone that leave a schedule. `mixed` are the atoms of formulas that
    say anything else, too.
    """
    flat = [lag for lags in plain for lag in lags]
    entangled = [one for own in mixed for one in own if isinstance(one, Lag)]
    found = knots([(lag.first, lag.then) for lag in (*flat, *entangled)])
    loops = {name: first for knot in found for first in (min(knot),) for name in knot}
    inside: dict[str, list[Lag]] = {loop: [] for loop in loops.values()}
    for lag in flat:
        loop = loops.get(lag.first)
        if loop is not None and loops.get(lag.then) == loop:
            inside[loop].append(lag)
    kept = {loops[lag.first] for lag in entangled if lag.first in loops}
    kept |= {loop for loop, lags in inside.items() if loop not in kept and not leaves_schedule(lags)}
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
