"""Asks which terms could be settled with nobody changing anything, and which could be taken first.

Every position stands; only what a deal settles is left open (what is demanded stays in). The largest sets of
terms that can be settled together are listed. The early harvest is narrower: terms on which all have spoken
and are compatible, that hang on nothing else.
"""

from msgspec import Struct

from terms.analyses.engine.conflicts import Group, conflicts, hitting_sets
from terms.analyses.engine.findings import Conflict, conflict
from terms.analyses.engine.formula import Clause, In, Problem
from terms.analyses.engine.heading import Heading, heading
from terms.analyses.engine.modelling import model
from terms.analyses.engine.oracle import Oracle, Stop, never
from terms.analyses.engine.positions import Model, Silence
from terms.analyses.engine.standing import slots_of, standings
from terms.core.situation import Situation

QUESTION = "What could be settled with nobody changing anything?"


class Partial(Struct, frozen=True):
    """The answer. `largest` are the largest sets of terms, sorted by size (largest first) and name.

    None of them when the positions contradict each other whatever is settled: `barred` then says by which
    conflict. `early` is the early harvest, empty where it is switched off by `whole`: the event that
    declares that nothing is agreed until everything is.
    """

    heading: Heading
    largest: tuple[tuple[str, ...], ...]
    barred: Conflict | None
    early: tuple[str, ...]
    whole: str | None
    truncated: bool = False


def find(
    at: Situation,
    *,
    silence: Silence = "open",
    stage: str | None = None,
    order: bool = True,
    stop: Stop = never,
) -> Partial:
    """What can be settled as things stand. `order` False leaves ordering statements out of it."""
    asked = model(at, silence=silence, stage=stage, partial=True)
    kept = tuple(one for one in asked.problem.soft if order or asked.positions[one.name].kind != "order")
    sizes = {**asked.problem.sizes, **{f"{slot}|settled": 2 for slot in asked.scope}}
    barred = _barred(asked, Problem(sizes, kept, asked.problem.hard))
    early, whole = _early(at, asked, stage)
    if barred is not None:
        return Partial(heading(asked), (), barred, early, whole)
    wishes = tuple(Clause(f"settle/{slot}", In(f"{slot}|settled", frozenset((1,)))) for slot in asked.scope)
    problem = Problem(sizes, wishes, (*asked.problem.hard, *kept))
    groups = conflicts(problem, stop=stop)
    largest, cut = _largest(asked.scope, groups)
    return Partial(
        heading(asked), largest, None, early, whole, cut or any(group.truncated for group in groups)
    )


def _barred(asked: Model, base: Problem) -> Conflict | None:
    """The conflict that stands whatever is settled; None: there is none."""
    oracle = Oracle(base)
    try:
        core = oracle.minimal_core(tuple(one.name for one in base.soft))
    finally:
        oracle.close()
    return conflict(asked, core, base) if core is not None else None


def _largest(scope: tuple[str, ...], groups: tuple[Group, ...]) -> tuple[tuple[tuple[str, ...], ...], bool]:
    cores = [core for group in groups for core in group.cores]
    order = {f"settle/{slot}": place for place, slot in enumerate(scope)}
    left_out, cut = hitting_sets(cores, order)
    kept = (tuple(slot for slot in scope if f"settle/{slot}" not in out) for out in left_out)
    return tuple(sorted(kept, key=lambda one: (-len(one), one))), cut


def _early(at: Situation, asked: Model, stage: str | None) -> tuple[tuple[str, ...], str | None]:
    """Compatible terms that hang on nothing, all consenting parties with a stance of their own."""
    whole = next((name for name, tie in sorted(at.talks.ties.items()) if tie.package and not tie.terms), None)
    if whole is not None:
        return (), whole
    tied = {
        slot
        for position in asked.positions.values()
        if position.kind in ("either/or", "package", "link", "in return")
        for slot in position.slots
    }
    ordered = {name.rpartition(".")[0] for name in _happenings(at)}
    own = dict.fromkeys(slots_of(at, stage))
    found = tuple(
        one.term
        for one in standings(at, stage)
        if one.status == "compatible" and one.term not in tied and one.term not in ordered
    )
    return (found if own else ()), None


def _happenings(at: Situation) -> set[str]:
    from_orders = {word for entry in at.talks.orders.values() for word in entry.words.split()}
    return {word for word in from_orders if "." in word}
