"""A conflict in words that can be cited: its positions, the structure it needs, and the events of both."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from terms.analyses.engine.checker import core_stands
from terms.analyses.engine.conflicts import Names
from terms.analyses.engine.declared import declared
from terms.analyses.engine.formula import Clause, Problem
from terms.analyses.engine.oracle import Oracle
from terms.analyses.engine.positions import Ground, Model, Position
from terms.analyses.engine.splitting import parts, sizes_of
from terms.analyses.engine.timing import understood


class Conflict(Struct, frozen=True):
    """Positions that cannot all hold, but could without any one of them; with the structure they need.

    `parties` are those that hold one of them, sorted; of one party alone, it contradicts itself. `events`
    are all that the finding rests on, in log order: with only those on record it would be the same.
    `checked`: an exhaustive search that does not use the solver confirms it. `ages` are the days since each
    position was said (None: undated), `stale` those older than the limit that the record declares.
    """

    positions: tuple[Position, ...]
    grounds: tuple[Ground, ...]
    parties: tuple[str, ...]
    events: tuple[str, ...]
    checked: bool
    ages: tuple[int | None, ...] = ()
    stale: tuple[str, ...] = ()

    @property
    def names(self) -> Names:
        """The names of the positions."""
        return tuple(one.name for one in self.positions)


def conflict(model: Model, core: Names, problem: Problem | None = None) -> Conflict:
    """The conflict of a minimal core of `model` (of `problem`, where structure was added to it)."""
    problem = problem or model.problem
    own = tuple(problem.named[name] for name in core)
    small = Problem(sizes_of(problem.sizes, (*own, *problem.hard)), own, problem.hard)
    needed = _needed(small, core)
    lean = Problem(
        problem.sizes, small.soft, tuple(clause for clause in problem.hard if clause.name in needed)
    )
    positions = tuple(model.positions[name] for name in core)
    grounds = tuple(model.grounds[one.name] for one in lean.hard if one.name in model.grounds)
    return Conflict(
        positions,
        grounds,
        tuple(sorted({party for one in positions for party in one.by})),
        model.events([*core, *(one.name for one in grounds)]),
        core_stands(lean, core),
        ages := tuple(age(model, one) for one in positions),
        tuple(one.name for one, days in zip(positions, ages, strict=True) if _is_stale(model, days)),
    )


def age(model: Model, position: Position) -> int | None:
    """The days since a position was last said; None: its last event is undated, or it is nobody's statement."""
    if not position.events:
        return None
    day = model.at.history.event(position.events[-1]).date.first_day
    return None if day is None else max(0, (model.at.moment.date() - day).days)


def _is_stale(model: Model, days: int | None) -> bool:
    limit = declared(model.at).stale
    return limit is not None and days is not None and days > limit[0]


def _needed(problem: Problem, core: Names) -> frozenset[str]:
    """A smallest part of the structure with which the core still cannot hold."""
    if not problem.hard:
        return frozenset()
    both = Problem(problem.sizes, (*problem.soft, *(Clause(one.name, one.formula) for one in problem.hard)))
    oracle = Oracle(both)
    try:
        found = oracle.minimal_core((*core, *(one.name for one in problem.hard)))
    finally:
        oracle.close()
    return frozenset(found or ()) - frozenset(core)


def touched(model: Model, names: Sequence[str], terms: Sequence[str]) -> bool:
    """Whether any of the positions is about one of the terms (or a part of it) or about its happenings.

    No position at all is structure, and no terms is every term: then it is.
    """
    if not terms or not names:
        return True
    return any(
        is_part(slot, term)
        for name in names
        for slot in (*model.positions[name].slots, *_happenings(model.positions[name]))
        for term in terms
    )


def _happenings(position: Position) -> tuple[str, ...]:
    return tuple(understood(position.words).names) if position.kind == "order" else ()


def is_part(name: str, term: str) -> bool:
    """Whether a term or happening is the one named or a part of it."""
    return name == term or name.startswith((f"{term}.", f"{term}@"))


def conflicts_of(model: Model, cores: Iterable[Names]) -> tuple[Conflict, ...]:
    """The conflicts of several cores, in the order given."""
    near: dict[str, frozenset[str]] = {}
    for part in parts(model.problem):
        structure = frozenset(clause.name for clause in part.hard)
        near.update((clause.name, structure) for clause in part.soft)
    found: list[Conflict] = []
    for core in cores:
        hard = model.problem.hard
        if core:  # of all structure only what is about the same choices and times
            hard = tuple(clause for clause in hard if clause.name in near.get(core[0], frozenset()))
        found.append(conflict(model, core, Problem(model.problem.sizes, model.problem.soft, hard)))
    return tuple(found)
