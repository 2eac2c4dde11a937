"""Asks whether any deal is acceptable to everybody, and if so, which values occur in one.

The zone of possible agreement is the set of deals in which every position in force holds: values, packages,
either/ors, order and deadlines together. Where it is empty there is a smallest conflict to show for it;
where it is not there is a deal to show, with its schedule. Each combination of alternatives of the
either/ors is looked at by itself.
"""

from collections.abc import Iterator, Sequence
from itertools import product

from msgspec import Struct

from terms.analyses.engine.checker import deal_stands
from terms.analyses.engine.conflicts import Group, conflicts, fewest, smallest_core
from terms.analyses.engine.domains import OTHERS
from terms.analyses.engine.findings import Conflict, conflict
from terms.analyses.engine.formula import Clause, In, Problem
from terms.analyses.engine.heading import Heading, heading
from terms.analyses.engine.modelling import model
from terms.analyses.engine.oracle import Deal, Oracle, Stop, heed, never
from terms.analyses.engine.positions import Edits, Model, Silence, slot_name
from terms.analyses.engine.standing import slots_of
from terms.core.awaiting import ALL_BOUND
from terms.core.consent import consent_of
from terms.core.situation import Situation

QUESTION = "Is there a deal that everybody would accept?"
MOST_COMBINATIONS = 256
"""Combinations of alternatives looked at; of more, the first in canonical order."""


class Values(Struct, frozen=True):
    """The values of a term that occur in some deal: (aspect, words) each. `frozen`: only one is left."""

    term: str
    words: tuple[tuple[str, str], ...]
    frozen: bool


class Alternative(Struct, frozen=True):
    """One combination of alternatives: (either/or, alternative) each.

    Where no deal holds it, `conflict` is a smallest one and `changes` the fewest other positions to change.
    """

    picks: tuple[tuple[str, str], ...]
    feasible: bool
    conflict: Conflict | None
    changes: int | None


class Question(Struct, frozen=True):
    """What a party would have to be asked: it has said nothing (of its own) on a term of the deal."""

    party: str
    term: str
    package_only: bool


class Zone(Struct, frozen=True):
    """The answer. Without a deal `values` and `schedule` are empty; with one `conflict` is None.

    `deal` is one of them in words, a value for each term that it settles. `under` tells of both policies of silence
    whether there is one. `reopened` are the agreed terms on which parties bound to them say something else now, with those
    parties: what is said now is what the deals here are made of. `schedule` gives a tick for every happening, counted from the earliest. `questions` are listed under
    either policy of silence; under `blocks` they also stand in the way. `checked`: the certificate was
    confirmed without the solver.
    """

    heading: Heading
    scope: tuple[str, ...]
    feasible: bool
    values: tuple[Values, ...]
    schedule: tuple[tuple[str, int], ...]
    conflict: Conflict | None
    alternatives: tuple[Alternative, ...]
    questions: tuple[Question, ...]
    checked: bool
    truncated: bool = False
    deal: tuple[Values, ...] = ()
    under: tuple[tuple[Silence, bool], ...] = ()
    reopened: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def frozen(self) -> tuple[str, ...]:
        """The terms of which one value is left."""
        return tuple(one.term for one in self.values if one.frozen)


def find(
    at: Situation,
    *,
    silence: Silence = "open",
    stage: str | None = None,
    edits: Edits = Edits(),
    stop: Stop = never,
) -> Zone:
    """The deals that everybody would accept, with positions changed as `edits` say."""
    asked = model(at, silence=silence, stage=stage, edits=edits)
    oracle = Oracle(asked.problem)
    try:
        deal = oracle.deal(asked.names)
        values = _values(asked, oracle, stop) if deal is not None else ()
    finally:
        oracle.close()
    groups = conflicts(asked.problem, stop=stop) if deal is None else ()
    core = smallest_core(groups)
    why = conflict(asked, core) if core is not None else None
    alternatives, truncated = _alternatives(asked, stop)
    checked = (
        deal_stands(asked.problem, asked.names, deal) if deal is not None else why is not None and why.checked
    )
    return Zone(
        heading(asked),
        asked.scope,
        deal is not None,
        values,
        _schedule(deal),
        why,
        alternatives,
        tuple(Question(one.party, one.slot, one.package_only) for one in asked.silent),
        checked,
        truncated or any(group.truncated for group in groups),
        _told(asked, deal) if deal is not None else (),
        tuple(_under(at, stage, edits, silence, found=deal is not None)),
        tuple(_reopened(at, stage)),
    )


def _reopened(at: Situation, stage: str | None) -> Iterator[tuple[str, tuple[str, ...]]]:
    for term, own in slots_of(at, stage):
        if any(cell.bound for cell in at.cells_of(term, own).values()):
            found = consent_of(at, term, stage=own)
            if found.state in ALL_BOUND and found.reopened:
                yield slot_name(at, term, own), found.reopened


def _under(
    at: Situation, stage: str | None, edits: Edits, silence: Silence, *, found: bool
) -> Iterator[tuple[Silence, bool]]:
    """Whether there is a deal under either policy; `found` is what was found under the one asked for."""
    policies: tuple[Silence, ...] = ("open", "blocks")
    for policy in policies:
        if policy == silence:
            yield policy, found
            continue
        asked = model(at, silence=policy, stage=stage, edits=edits)
        oracle = Oracle(asked.problem)
        try:
            yield policy, oracle.feasible(asked.names)
        finally:
            oracle.close()


def _told(asked: Model, deal: Deal) -> tuple[Values, ...]:
    """The value that a deal gives each term that it settles, as the cell of all values that are as good."""
    slots: dict[str, dict[str, frozenset[int]]] = {}
    for dim in asked.domains.dims:
        slots.setdefault(dim.partition("|")[0], {})[dim] = frozenset((deal.choice.get(dim, 0),))
    return tuple(
        Values(slot, asked.domains.words(slot, places), frozen=True)
        for slot, places in sorted(slots.items())
        if deal.choice.get(f"{slot}|settled", 1) == 1
    )


def is_empty(at: Situation, *, silence: Silence = "open", stage: str | None = None) -> bool:
    """Whether no deal is acceptable to everybody: one question to the solver, cheap enough for every step."""
    asked = model(at, silence=silence, stage=stage)
    oracle = Oracle(asked.problem)
    try:
        return not oracle.feasible(asked.names)
    finally:
        oracle.close()


def _schedule(deal: Deal | None) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(deal.times.items(), key=lambda pair: (pair[1], pair[0]))) if deal is not None else ()


def _values(asked: Model, oracle: Oracle, stop: Stop) -> tuple[Values, ...]:
    slots: dict[str, list[str]] = {}
    for dim in asked.domains.dims:
        slots.setdefault(dim.partition("|")[0], []).append(dim)
    return tuple(_value(asked, oracle, slot, dims, stop) for slot, dims in sorted(slots.items()))


def _value(asked: Model, oracle: Oracle, slot: str, dims: Sequence[str], stop: Stop) -> Values:
    """The values of a term in those deals that settle it; one that no deal settles is left out."""
    inside = tuple(In(dim, frozenset((1,))) for dim in (f"{slot}|settled",) if dim in asked.problem.sizes)
    if inside and not oracle.feasible(asked.names, where=inside):
        return Values(slot, (("", "left out"),), frozen=True)
    possible = {dim: _possible(asked, oracle, dim, inside, stop) for dim in dims}
    words = asked.domains.words(slot, possible)
    one = all(asked.domains.is_one(dim, places) for dim, places in possible.items() if OTHERS not in dim)
    return Values(slot, words, one)


def _possible(asked: Model, oracle: Oracle, dim: str, inside: tuple[In, ...], stop: Stop) -> frozenset[int]:
    heed(stop)
    return frozenset(
        place
        for place in range(asked.problem.sizes[dim])
        if oracle.feasible(asked.names, where=(*inside, In(dim, frozenset((place,)))))
    )


def _alternatives(asked: Model, stop: Stop) -> tuple[tuple[Alternative, ...], bool]:
    names = sorted(asked.options, key=asked.names.index)
    if not names:
        return (), False
    grid = list(product(*(asked.options[name] for name in names)))
    kept = grid[:MOST_COMBINATIONS]
    return tuple(_alternative(asked, names, pick, stop) for pick in kept), len(kept) < len(grid)


def _alternative(asked: Model, names: list[str], pick: tuple[tuple[str, In], ...], stop: Stop) -> Alternative:
    """One combination held to as if it were settled: only the other positions may change."""
    chosen = tuple(Clause(f"option/{name}", one) for name, (_, one) in zip(names, pick, strict=True))
    kept = tuple(clause for clause in asked.problem.soft if clause.name not in names)
    held = tuple(clause for clause in asked.problem.soft if clause.name in names)
    fixed = Problem(asked.problem.sizes, kept, (*asked.problem.hard, *held, *chosen))
    groups: tuple[Group, ...] = conflicts(fixed, stop=stop)
    core = smallest_core(groups)
    why = conflict(asked, core, fixed) if core is not None else None
    picks = tuple((name, label) for name, (label, _) in zip(names, pick, strict=True))
    return Alternative(picks, not groups, why, fewest(groups) if groups else 0)
