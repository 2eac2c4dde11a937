"""What would have to change for a deal to be possible: every smallest way, by independent groups.

A way is arithmetic about stated positions. It is not a recommendation and says nothing about who is to
blame; where it can be done by one party alone, that is shown for every party alike. Nothing here weighs one
position against another: a count is a count.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from msgspec import Struct

from terms.analyses.engine.checker import deal_stands
from terms.analyses.engine.conflicts import MOST_SETS, Group, best_sets, conflicts, count_sets, fewest
from terms.analyses.engine.costs import Weighed, weighed
from terms.analyses.engine.declared import Declared, declared
from terms.analyses.engine.findings import Conflict, conflict, touched
from terms.analyses.engine.formula import Problem
from terms.analyses.engine.grading import Move, Shared, joint_moves, moves_of
from terms.analyses.engine.heading import Heading, heading
from terms.analyses.engine.modelling import model
from terms.analyses.engine.oracle import Oracle, Stop, heed, never
from terms.analyses.engine.positions import Edits, Model, Silence
from terms.analyses.engine.splitting import parts
from terms.core.situation import Situation

QUESTION = "What would have to change for a deal to be possible?"
MOST_COUNTED = 10_000
"""Combinations over all groups that are counted party by party; of more, only their number is given."""


MOST_ALONE = 50
"""Ways of one party alone that are listed; of more, only their number is given."""


class Way(Struct, frozen=True):
    """One smallest set of positions of a group that unlocks it, how many each party changes, and how far.

    `checked`: without the solver, some deal is found to hold all the rest of the group, and none of the set can
    be spared, since each is the only one of it in some conflict.
    """

    positions: tuple[str, ...]
    per_party: tuple[tuple[str, int], ...]
    moves: tuple[Move, ...]
    events: tuple[str, ...]
    checked: bool


class Knot(Struct, frozen=True):
    """One group of positions in conflict with each other and with no others, and all its smallest ways out.

    `joint` are moves that several make together, each less far than one alone would have to go.
    `truncated`: there are more ways than are listed; the list ends between two sizes.
    """

    members: tuple[str, ...]
    ways: tuple[Way, ...]
    joint: tuple[Shared, ...]
    truncated: bool


class Alone(Struct, frozen=True):
    """What a party can do by itself: how many smallest ways, the fewest changes (None: no way), and those."""

    party: str
    count: int
    fewest: int | None
    sets: tuple[tuple[str, ...], ...]


class Unlocking(Struct, frozen=True):
    """The answer. No groups: there is a deal already.

    `total` counts the smallest ways over all groups (their product), `sizes` those of each number of
    changes, `vectors` those with the fewest changes by how many each party makes. `least_per_party` is the
    smallest number for the party that changes most; `listed` are the ways with the fewest changes,
    none where there are too many of them to read: the groups hold them all. `even` are the ways in which the party
    that changes most changes least, the shortest of them, counted as in `vectors`. `immovable` are the positions
    held as they stand, each with the event that says so (empty: whoever asked); where they alone allow no deal,
    `barred` is the conflict among them (with no position where the structure alone allows none). `weighed` is the ranking by declared weights, None without any. Asked
    `about` some terms alone, `elsewhere` counts the groups about none of them.
    """

    heading: Heading
    groups: tuple[Knot, ...]
    total: int
    fewest: int | None
    sizes: tuple[tuple[int, int], ...]
    vectors: tuple[tuple[tuple[tuple[str, int], ...], int], ...]
    least_per_party: int | None
    listed: tuple[tuple[str, ...], ...]
    alone: tuple[Alone, ...]
    truncated: bool
    even: tuple[tuple[tuple[tuple[str, int], ...], int], ...] = ()
    immovable: tuple[tuple[str, str], ...] = ()
    barred: Conflict | None = None
    weighed: Weighed | None = None
    about: tuple[str, ...] = ()
    elsewhere: int = 0


def find(
    at: Situation,
    *,
    silence: Silence = "open",
    stage: str | None = None,
    edits: Edits = Edits(),
    immovable: frozenset[str] = frozenset(),
    most: int = 10,
    terms: Sequence[str] = (),
    stop: Stop = never,
) -> Unlocking:
    """The smallest ways out; `most` of them are listed in all.

    `immovable` positions count as structure, and so do those that the record says will not change (`x-immovable`
    on an event).

    With `terms`, only out of the conflicts of groups that are about one of them: what else is in the way of a
    whole deal is then left aside.

    Ties are never split: where more ways than `most` have equally few changes, none of that size is listed
    unless it is the smallest size, which is listed whole as long as a group of its own could be.

    Raises:
        NoSuchPosition: an edit or an immovable position names none.
    """
    asked = model(at, silence=silence, stage=stage, edits=edits)
    for name in sorted(immovable):
        asked.require(name)
    said = declared(at)
    held = tuple(_held(asked, said, immovable))
    problem = _with_immovable(asked, frozenset(name for name, _ in held))
    every = conflicts(problem, stop=stop)
    groups = tuple(group for group in every if not group.members or touched(asked, group.members, terms))
    oracle = Oracle(asked.problem)
    try:
        stand = _witnessed(problem, groups, stop)
        knots = tuple(_knot(asked, oracle, group, stand, stop) for group in groups)
    finally:
        oracle.close()
    sizes, vectors, even = _counted(asked, groups)
    smallest = fewest(groups)
    count = dict(sizes).get(smallest or 0, 0)
    few = groups and smallest is not None and count <= MOST_SETS
    listed = best_sets(groups, max(most, count)) if few else ()
    return Unlocking(
        heading(asked),
        knots,
        count_sets(groups) if groups else 0,
        smallest if groups else 0,
        sizes,
        vectors,
        max((number for vector, _ in even for _, number in vector), default=None),
        _whole_sizes(listed, dict(sizes), most),
        tuple(_alone(asked, groups, party) for party in _asked_of(asked)),
        any(group.truncated for group in groups) or (bool(groups) and not sizes and smallest is not None),
        even,
        held,
        _barred(asked, [name for name, _ in held]) if smallest is None else None,
        weighed(asked, groups, said),
        tuple(terms),
        len(every) - len(groups),
    )


def _asked_of(asked: Model) -> tuple[str, ...]:
    """Every party that holds a position or whose silence counts, by id."""
    silent = (one.party for one in asked.silent)
    return tuple(sorted({*asked.per_party(()), *silent, *asked.at.header.belligerents}))


def _held(asked: Model, said: Declared, immovable: frozenset[str]) -> Iterator[tuple[str, str]]:
    """The positions that are not to change, in canonical order, each with the event that says so."""
    by = dict(said.immovable)
    for name in asked.names:
        events = asked.positions[name].events
        last = events[-1] if events else ""
        if name in immovable or name in by or last in by:
            yield name, by.get(name) or by.get(last) or ""


def _barred(asked: Model, held: Sequence[str]) -> Conflict | None:
    oracle = Oracle(asked.problem)
    try:
        core = oracle.minimal_core(held)
    finally:
        oracle.close()
    return conflict(asked, core) if core is not None else None


def _witnessed(problem: Problem, groups: Sequence[Group], stop: Stop) -> frozenset[tuple[str, ...]]:
    """The ways without which all the rest of their part holds, by a deal that is looked at without the solver."""
    found: set[tuple[str, ...]] = set()
    for part in parts(problem) if groups else ():
        names = [clause.name for clause in part.soft]
        own = [group for group in groups if group.unlocking and set(group.members) <= set(names)]
        oracle = Oracle(part)
        try:
            for group in own:
                heed(stop)
                spared = {name for other in own if other is not group for name in other.unlocking[0]}
                for way in group.unlocking:
                    kept = [name for name in names if name not in spared and name not in way]
                    deal = oracle.deal(kept)
                    needed = all(any(set(core) & set(way) == {name} for core in group.cores) for name in way)
                    if deal is not None and needed and deal_stands(part, kept, deal):
                        found.add(way)
        finally:
            oracle.close()
    return frozenset(found)


def _with_immovable(asked: Model, immovable: frozenset[str]) -> Problem:
    from_soft = tuple(clause for clause in asked.problem.soft if clause.name in immovable)
    kept = tuple(clause for clause in asked.problem.soft if clause.name not in immovable)
    return Problem(asked.problem.sizes, kept, (*asked.problem.hard, *from_soft))


def _knot(asked: Model, oracle: Oracle, group: Group, stand: frozenset[tuple[str, ...]], stop: Stop) -> Knot:
    ways: list[Way] = []
    for one in group.unlocking:
        heed(stop)
        ways.append(_way(asked, oracle, group, one, one in stand))
    ranked = sorted(ways, key=lambda way: (len(way.positions), sorted((-n for _, n in way.per_party))))
    return Knot(group.members, tuple(ranked), joint_moves(asked, group), group.truncated)


def _way(asked: Model, oracle: Oracle, group: Group, names: tuple[str, ...], checked: bool) -> Way:
    return Way(
        names,
        tuple(asked.per_party(names).items()),
        moves_of(asked, oracle, group, names),
        asked.events(names),
        checked,
    )


Counts = tuple[tuple[int, int], ...]
Vectors = tuple[tuple[tuple[tuple[str, int], ...], int], ...]


def _counted(asked: Model, groups: Sequence[Group]) -> tuple[Counts, Vectors, Vectors]:
    """How many ways there are of each size, and two kinds of them by what each party changes.

    Those with the fewest changes, and the shortest of those in which the party that changes most changes least.
    """
    if not groups or not count_sets(groups):
        return (), (), ()
    parties = tuple(asked.per_party(()))
    totals: Counter[tuple[int, tuple[int, ...]]] = Counter({(0, (0,) * len(parties)): 1})
    for group in groups:
        own = Counter((len(one), tuple(asked.per_party(one).values())) for one in group.unlocking)
        mixed: Counter[tuple[int, tuple[int, ...]]] = Counter()
        for ((size, vector), count), ((more, other), times) in product(totals.items(), own.items()):
            added = tuple(a + b for a, b in zip(vector, other, strict=True))
            mixed[size + more, added] += count * times
        totals = mixed
        if len(totals) > MOST_COUNTED:
            return (), (), ()
    sizes: Counter[int] = Counter()
    for (size, _), count in totals.items():
        sizes[size] += count
    least = min(sizes)
    smallest = min((max(vector), size) for size, vector in totals)
    best = {vector: count for (size, vector), count in totals.items() if size == least}
    even = {vector: count for (size, vector), count in totals.items() if (max(vector), size) == smallest}
    return tuple(sorted(sizes.items())), _told(parties, best), _told(parties, even)


def _told(parties: Sequence[str], counts: Mapping[tuple[int, ...], int]) -> Vectors:
    ranked = sorted(counts.items(), key=lambda pair: [-number for number in pair[0]])
    return tuple((tuple(zip(parties, vector, strict=True)), count) for vector, count in ranked)


def _whole_sizes(
    listed: tuple[tuple[str, ...], ...], sizes: dict[int, int], most: int
) -> tuple[tuple[str, ...], ...]:
    """The listed ways of every size that fits whole; the smallest size in any case."""
    kept: tuple[tuple[str, ...], ...] = ()
    for size in sorted(sizes):
        own = tuple(one for one in listed if len(one) == size)
        if len(own) < sizes[size] or (kept and len(kept) + len(own) > most):
            break
        kept = (*kept, *own)
    return kept


def _alone(asked: Model, groups: Sequence[Group], party: str) -> Alone:
    """The ways whose positions are all this party's own."""
    own = [
        tuple(one for one in group.unlocking if all(asked.positions[name].by == (party,) for name in one))
        for group in groups
    ]
    if not groups or not all(own):
        return Alone(party, 0, None, ())
    reduced = [Group(group.members, group.cores, sets) for group, sets in zip(groups, own, strict=True)]
    count = count_sets(reduced)
    smallest = fewest(reduced) or 0
    sets = best_sets(reduced, count) if count <= MOST_ALONE else ()
    return Alone(party, count, smallest, sets)
