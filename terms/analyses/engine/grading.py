"""How far a position would have to move, in its own unit, for a conflict to be gone, all others standing.

The answer comes from the end points that somebody has stated; nothing is interpolated, and amounts of
different terms are never added.
"""

from collections.abc import Sequence

from msgspec import Struct

from terms.analyses.engine.conflicts import Group, Names
from terms.analyses.engine.dimensions import Member, Scaled, place_words
from terms.analyses.engine.formula import All, Either, Formula, In, Lag, Problem, atoms, certain
from terms.analyses.engine.network import excess, is_cycle, longest_from, schedule, shortest_loop
from terms.analyses.engine.oracle import Oracle
from terms.analyses.engine.positions import Model
from terms.values.spans import Spans, apart


class Move(Struct, frozen=True):
    """How far one position has to move while those given up beside it are gone and all others stand.

    `words` say it in raw units: an amount, days, names, or the values it would have to admit instead.
    """

    position: str
    words: str


class Shared(Struct, frozen=True):
    """A move that several positions make together: so many ticks in all, shared as they like.

    `same_moment`: it is enough that each of them admits the same moment instead of strictly before.
    """

    positions: tuple[str, ...]
    ticks: int
    same_moment: bool
    words: str


def moves_of(model: Model, oracle: Oracle, group: Group, names: Names) -> tuple[Move, ...]:
    """The move of each position of an unlocking set of a group; `oracle` holds the model's problem."""
    rest = tuple(name for name in group.members if name not in names)
    return tuple(Move(name, _move(model, oracle, rest, name)) for name in names)


def _move(model: Model, oracle: Oracle, rest: Names, name: str) -> str:
    formula = _formula(model.problem, name)
    if isinstance(formula, Lag) or (
        isinstance(formula, All) and all(isinstance(one, Lag) for one in formula.of)
    ):
        return _later(model, rest, formula)
    if model.positions[name].kind == "silence":
        return "an answer"
    labels = [label for label, _ in model.options.get(name, ())]
    ways = formula.of if labels and isinstance(formula, Either) else (formula,)
    said = [_widths(model, oracle, rest, way) for way in ways]
    named = [f"{label}: {words}" for label, words in zip(labels, said, strict=True)] if labels else said
    return " or ".join(named)


def _widths(model: Model, oracle: Oracle, rest: Names, formula: Formula) -> str:
    found = [words for dim in _dims(formula) if (words := _width(model, oracle, rest, formula, dim))]
    if not found and (lags := certain([formula])):
        return f"its deadline {_later(model, rest, All(tuple(lags)))}"
    return "; ".join(found) or "to be given up"


def _formula(problem: Problem, name: str) -> Formula:
    return problem.named[name].formula


def _dims(formula: Formula) -> tuple[str, ...]:
    return tuple(dict.fromkeys(atom.dim for atom in atoms(formula) if isinstance(atom, In)))


def _width(model: Model, oracle: Oracle, rest: Names, formula: Formula, dim: str) -> str:
    """How far a position has to open one choice; empty where it need not."""
    known = model.domains.dims.get(dim)
    if known is None:
        return ""
    possible = [
        place
        for place in range(model.problem.sizes[dim])
        if oracle.feasible(rest, where=(In(dim, frozenset((place,))),))
    ]
    asked = frozenset.intersection(
        *(atom.allowed for atom in atoms(formula) if isinstance(atom, In) and atom.dim == dim)
    )
    if asked & set(possible) or not possible:
        return ""
    slot = dim.partition("|")[0]
    if isinstance(known, Scaled):
        width = apart(_spans(known, asked), _spans(known, possible))
        if not width:
            return f"{slot} by any amount"
        amount, unit = known.like.scale.width(width)
        return f"{slot} by {amount} {unit}"
    if isinstance(known, Member):
        return f"{slot} {place_words(known, possible)}"
    return f"{slot} to {place_words(known, possible)}"


def _spans(known: Scaled, places: Sequence[int] | frozenset[int]) -> Spans:
    return tuple(span for place in sorted(places) for span in known.pieces[place])


def _later(model: Model, rest: Names, formula: Formula) -> str:
    """By how many ticks an ordering statement has to give way, given all others of its group."""
    others = certain(
        [_formula(model.problem, name) for name in (*rest, *(one.name for one in model.problem.hard))]
    )
    if schedule(others)[1] is not None:
        return "to be given up"
    needed = 0
    for lag in atoms(formula):
        if isinstance(lag, Lag):
            back = longest_from(lag.then, others).get(lag.first)
            needed = max(needed, lag.least + back) if back is not None else needed
    if not needed:  # what stands against it leaves a choice between sides
        plain = all(0 <= lag.least <= 1 for lag in atoms(formula) if isinstance(lag, Lag))
        return "to admit the other order" if plain else "to be given up"
    loop = shortest_loop([*others, *certain([formula])])
    if loop is not None and is_cycle(loop):
        return "to admit the same moment" if needed == 1 else "to admit the other order"
    return _ticks(model, needed)


def _ticks(model: Model, number: int) -> str:
    tick = model.at.header.tick
    return f"{number} {tick}" if number == 1 else f"{number} {tick}s"


def joint_moves(model: Model, group: Group) -> tuple[Shared, ...]:
    """The conflicts of a group that are about time alone, as one amount that its positions may share."""
    found: list[Shared] = []
    hard = certain([clause.formula for clause in model.problem.hard])
    for core in group.cores:
        formulas = [_formula(model.problem, name) for name in core]
        lags = certain(formulas)
        if len(core) < 2 or any(isinstance(atom, In) for one in formulas for atom in atoms(one)):
            continue
        loop = shortest_loop([*lags, *hard])
        if loop is None:
            continue
        strict = sum(1 for lag in loop if lag.least == 1 and lag in lags)
        same = strict == excess(loop) and strict == len(core)
        found.append(Shared(core, excess(loop), same, _ticks(model, excess(loop))))
    return tuple(found)
