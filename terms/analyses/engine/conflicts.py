"""Every conflict of a problem, in groups that have nothing to do with each other.

A *core* is a set of positions that cannot all hold, and could if any one of them were given up. An
*unlocking set* is a smallest set of positions to give up so that the rest can hold. Both are enumerated
together (MARCO: Liffiton, Previti, Malik, Marques-Silva 2016), but only inside one group at a time:
independent groups multiply, and a list over their product would be long, arbitrary in its order and wrong
in its emphasis.

Before anything is searched, what cannot matter is left out: a choice on which one place suits everybody,
and a difference of time that lies on no loop.
"""

from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from heapq import heapify, heappop, heappush
from itertools import groupby

from msgspec import Struct

from terms.analyses.engine.formula import Either, In, Problem, atoms, certain
from terms.analyses.engine.network import leaves_schedule
from terms.analyses.engine.oracle import Oracle, Stop, heed, never, new_solver
from terms.analyses.engine.splitting import join, narrowed, parts, root

Names = tuple[str, ...]
MOST_SETS = 200
"""Unlocking sets listed for one group, as in the design; beyond it the group says `truncated`."""
MOST_TRIES = 4_000
"""Sets tried in one group before its enumeration is cut short."""


class Group(Struct, frozen=True):
    """Positions linked by a chain of cores, with all their cores and all their minimal unlocking sets.

    Both are sorted by size and then by the canonical order of positions. `truncated`: one of the two lists
    is not complete, or the group was not split because its cores are not all known.
    """

    members: Names
    cores: tuple[Names, ...]
    unlocking: tuple[Names, ...]
    truncated: bool = False


Known = MutableMapping[object, tuple[Group, ...]]
"""Parts of problems looked at already, with their groups: moments and readings share most of theirs."""


def conflicts(
    problem: Problem,
    *,
    where: Sequence[In] = (),
    most: int = MOST_SETS,
    stop: Stop = never,
    known: Known | None = None,
) -> tuple[Group, ...]:
    """The groups of positions in conflict, in canonical order; none when all positions can hold together.

    Whoever asks of many problems that are nearly one hands a `known` from one to the next. A group without members says that the structure alone allows no deal: nothing that is given up helps.
    """
    order = {clause.name: place for place, clause in enumerate(problem.soft)}
    found: list[Group] = []
    for part in parts(narrowed(problem, where)):
        heed(stop)
        if known is None:
            found.extend(_in_conflict(part, order, most, stop))
            continue
        names = tuple(sorted((clause.name for clause in part.soft), key=lambda name: order[name]))
        key = (names, part.soft, part.hard, tuple(part.sizes.items()), most)
        if key not in known:
            known[key] = tuple(_in_conflict(part, order, most, stop))
        found.extend(known[key])
    structural = [group for group in found if not group.members]
    if structural:
        return (structural[0],)  # nothing that could be given up helps, so no position is to blame
    return tuple(sorted(found, key=lambda group: [order[name] for name in group.members]))


# ---- one part ------------------------------------------------------------------------------------


def _in_conflict(part: Problem, order: Mapping[str, int], most: int, stop: Stop) -> Iterator[Group]:
    if _timely(part):
        return
    names = tuple(sorted((clause.name for clause in part.soft), key=lambda name: order[name]))
    oracle = Oracle(part)
    try:
        if oracle.feasible(names):
            return
        if not oracle.feasible(()):
            yield Group((), ((),), ())
            return
        cores, spared, complete = _marco(oracle, names, stop)
    finally:
        oracle.close()
    if not complete:
        members = tuple(name for name in names if any(name in one for one in (*cores, *spared)))
        yield Group(members, _ranked(cores, order), _ranked(spared, order)[:most], truncated=True)
        return
    for members, own in _chained(cores, order):
        sets, cut = hitting_sets(own, order, most=most)
        yield Group(members, _ranked(own, order), sets, truncated=cut)


def _timely(part: Problem) -> bool:
    """Whether a part is about plain differences of time alone and leaves a schedule: then no solver is needed."""
    formulas = [clause.formula for clause in (*part.hard, *part.soft)]
    if part.sizes or any(isinstance(one, Either) for one in formulas):
        return False
    lags = certain(formulas)
    return len(lags) == sum(1 for one in formulas for _ in atoms(one)) and leaves_schedule(lags)


def _marco(oracle: Oracle, names: Names, stop: Stop) -> tuple[list[Names], list[Names], bool]:
    """All cores, the complements of all largest sets that hold, and whether that is really all."""
    chart = new_solver()
    variable = {name: place for place, name in enumerate(names, start=1)}
    cores: list[Names] = []
    spared: list[Names] = []
    try:
        chart.add_clause([-1, 1])
        for _ in range(MOST_TRIES):
            heed(stop)
            if not chart.solve():
                return cores, spared, True
            signs = {abs(literal): literal > 0 for literal in chart.get_model()}
            seed = [name for name in names if signs.get(variable[name], True)]
            core = oracle.minimal_core(seed)
            if core is not None:
                cores.append(core)
                chart.add_clause([-variable[name] for name in core])
            else:
                kept = _grown(oracle, names, seed)
                spared.append(tuple(name for name in names if name not in kept))
                chart.add_clause([variable[name] for name in spared[-1]])
    finally:
        chart.delete()
    return cores, spared, False


def _grown(oracle: Oracle, names: Names, seed: Sequence[str]) -> set[str]:
    kept = list(seed)
    for name in names:
        if name not in seed and oracle.feasible([*kept, name]):
            kept.append(name)
    return set(kept)


def _chained(cores: Sequence[Names], order: Mapping[str, int]) -> Iterator[tuple[Names, list[Names]]]:
    """The cores in chains of cores that share a position."""
    roots: dict[str, str] = {}
    for core in cores:
        for name in core:
            join(roots, core[0], name)
    bins: dict[str, list[Names]] = {}
    for core in cores:
        bins.setdefault(root(roots, core[0]), []).append(core)
    for own in bins.values():
        yield tuple(sorted({name for core in own for name in core}, key=lambda name: order[name])), own


def _ranked(sets: Iterable[Names], order: Mapping[str, int]) -> tuple[Names, ...]:
    return tuple(sorted(sets, key=lambda one: (len(one), [order[name] for name in one])))


def hitting_sets(
    cores: Sequence[Names], order: Mapping[str, int], *, most: int = MOST_SETS
) -> tuple[tuple[Names, ...], bool]:
    """The minimal sets with a member of every core (Berge), ranked, and whether the list was cut at `most`.

    Where it was cut, it was cut between two sizes: no tie is split.
    """
    found: list[frozenset[str]] = [frozenset()]
    for core in sorted(cores, key=len):
        hit = [one for one in found if not one.isdisjoint(core)]
        longer = {one | {name} for one in found if one.isdisjoint(core) for name in core}
        found = [*hit, *(one for one in longer if not any(other <= one for other in hit))]
        if len(found) > most * 20:
            return _whole_ties(_minimal(found), cores, order, most), True
    ranked = _ranked((tuple(sorted(one, key=lambda name: order[name])) for one in _minimal(found)), order)
    return (ranked, False) if len(ranked) <= most else (_cut(ranked, most), True)


def _minimal(found: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    smaller: list[frozenset[str]] = []
    for _, same in groupby(sorted(set(found), key=len), key=len):
        smaller += [one for one in same if not any(other < one for other in smaller)]
    return smaller


def _whole_ties(
    begun: Iterable[frozenset[str]], cores: Sequence[Names], order: Mapping[str, int], most: int
) -> tuple[Names, ...]:
    """Too many to list: those of the fewest members, each completed greedily from what was begun."""
    done: set[frozenset[str]] = set()
    for one in begun:
        grown = set(one)
        for core in cores:
            if grown.isdisjoint(core):
                grown.add(min(core, key=lambda name: order[name]))
        done.add(frozenset(name for name in grown if any(grown & set(core) == {name} for core in cores)))
    ranked = _ranked((tuple(sorted(one, key=lambda name: order[name])) for one in _minimal(done)), order)
    return _cut(ranked, most)


def _cut(ranked: tuple[Names, ...], most: int) -> tuple[Names, ...]:
    """As many whole sizes as fit into `most`; the smallest size whole in any case."""
    sizes = sorted({len(one) for one in ranked})
    kept: tuple[Names, ...] = ()
    for size in sizes:
        more = tuple(one for one in ranked if len(one) == size)
        if kept and len(kept) + len(more) > most:
            break
        kept = (*kept, *more)
    return kept


# ---- over all groups -----------------------------------------------------------------------------


def fewest(groups: Iterable[Group]) -> int | None:
    """The fewest positions whose change unlocks everything; None: no change does."""
    total = 0
    for group in groups:
        if not group.unlocking:
            return None
        total += min(map(len, group.unlocking))
    return total


def count_sets(groups: Iterable[Group]) -> int:
    """How many minimal unlocking sets there are over all groups: the product."""
    total = 1
    for group in groups:
        total *= len(group.unlocking)
    return total


def best_sets(groups: Sequence[Group], most: int) -> tuple[Names, ...]:
    """The unlocking sets with the fewest changes over all groups, `most` of them, in canonical order of size.

    Lazily from the groups' own ranked lists: the product is never written out.
    """
    lists = [group.unlocking for group in groups]
    if not all(lists):
        return ()
    start = (0,) * len(lists)
    queue = [(sum(len(one[0]) for one in lists), start)]
    heapify(queue)
    seen = {start}
    found: list[Names] = []
    while queue and len(found) < most:
        size, places = heappop(queue)
        found.append(tuple(name for one, place in zip(lists, places, strict=True) for name in one[place]))
        for at, place in enumerate(places):
            if place + 1 < len(lists[at]):
                more = (*places[:at], place + 1, *places[at + 1 :])
                if more not in seen:
                    seen.add(more)
                    heappush(queue, (size - len(lists[at][place]) + len(lists[at][place + 1]), more))
    return tuple(found)


def disjoint_cores(groups: Iterable[Group]) -> tuple[Names, ...]:
    """Cores no two of which share a position, smallest first: so many positions must change at least."""
    taken: set[str] = set()
    found: list[Names] = []
    for group in groups:
        for core in group.cores:
            if taken.isdisjoint(core):
                taken |= set(core)
                found.append(core)
    return tuple(found)


def smallest_core(groups: Iterable[Group]) -> Names | None:
    """The core with the fewest positions; None: everything can hold."""
    return min((core for group in groups for core in group.cores), key=len, default=None)
