"""What answers of the analyses cost, on generated models of three sizes and on an order of 2,000 happenings."""

import itertools
import random
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from msgspec.structs import replace

from terms.analyses import deadlines, deadlock
from terms.analyses.engine.conflicts import best_sets, conflicts
from terms.analyses.engine.formula import All, Clause, Either, In, Lag, Problem, atoms
from terms.analyses.engine.graphs import knots
from terms.analyses.engine.modelling import model
from terms.analyses.engine.network import shortest_loop
from terms.analyses.engine.oracle import Oracle
from terms.analyses.engine.sweeping import holding
from terms.core.history import History
from terms.core.situation import Situation, situation
from terms.records import read_text

SEEDS = (1, 2, 3)
CELLS = 7
"""Places of every choice: three stated ends, and the open pieces around them."""
TOGGLES = 10


@dataclass(frozen=True, slots=True)
class Size:
    """How many parties, terms, ordering statements and packages, and the goals in milliseconds."""

    name: str
    parties: int
    terms: int
    orders: int
    packages: int
    core: int
    unlock: int
    sweep: int


SIZES = (
    Size("40 terms", 2, 40, 10, 3, 1, 20, 40),
    Size("200 terms", 3, 200, 30, 6, 6, 250, 120),
    Size("1,000 terms", 4, 1000, 60, 10, 120, 1500, 800),
)


def made(size: Size, seed: int) -> Problem:
    """Stances of every party on every term (a fifth of the terms in conflict), packages and order."""
    chance = random.Random(seed)
    soft = [*_stances(size, chance), *_packages(size, chance), *_orders(size, chance)]
    return Problem({f"t{place}": CELLS for place in range(size.terms)}, tuple(soft))


def _stances(size: Size, chance: random.Random) -> Iterator[Clause]:
    for term in range(size.terms):
        apart = chance.random() < 0.2
        for party in range(size.parties):
            low = chance.randrange(0, 3)
            inside = range(2 + low) if apart and party else range(3 + low if apart else low, CELLS)
            yield Clause(f"p{party}/t{term}", In(f"t{term}", frozenset(inside)))
            if chance.random() < 0.25:
                yield Clause(f"p{party}/t{term}/wider", In(f"t{term}", frozenset({*inside, 3})))


def _packages(size: Size, chance: random.Random) -> Iterator[Clause]:
    for place in range(size.packages):
        ways = tuple(
            All(tuple(In(f"t{term}", frozenset(range(chance.randrange(4), CELLS)))
                      for term in chance.sample(range(size.terms), 3)))
            for _ in range(2)
        )  # fmt: skip
        yield Clause(f"package{place}", Either(ways))


def _orders(size: Size, chance: random.Random) -> Iterator[Clause]:
    happenings = [f"h{place}" for place in range(size.orders)]
    for place in range(size.orders):
        first, then = chance.sample(happenings, 2)
        yield Clause(f"order{place}", Lag(first, then, chance.randrange(2)))


def clocked(run: Callable[[], object]) -> float:
    """The wall time of one run, in milliseconds."""
    begun = time.perf_counter()
    run()
    return (time.perf_counter() - begun) * 1000


def best_of_three(run: Callable[[], object]) -> float:
    """The median of three goes, each the best of three runs: what other work on the machine takes is left out."""
    return statistics.median(min(clocked(run) for _ in range(3)) for _ in range(3))


def of_seeds(run: Callable[[int], float]) -> float:
    """The median over the seeds, each the best of three runs."""
    return statistics.median(min(run(seed) for _ in range(3)) for seed in SEEDS)


def asking(say: Callable[[str, str, str], None]) -> None:
    """A line for each figure of each size, and for the order of 2,000 happenings."""
    for size in SIZES:
        _of_size(say, size)
    at = ordered(2000)
    moments = (replace(at, moment=at.moment + timedelta(microseconds=count)) for count in itertools.count(1))
    both = best_of_three(lambda: both_of(next(moments)))
    waiting = best_of_three(lambda: deadlock.find(next(moments)))
    lags = [
        atom for clause in model(at).problem.soft for atom in atoms(clause.formula) if isinstance(atom, Lag)
    ]
    searched = best_of_three(lambda: searching(lags))
    say("knots and shortest loop of a network of 2,000 happenings", f"{searched:.0f} ms", "")
    say("deadlocks and deadlines of 2,000 happenings", f"{both:.0f} ms", "<= 50 ms")
    say("  of them the deadlocks", f"{waiting:.0f} ms", "")


def _of_size(say: Callable[[str, str, str], None], size: Size) -> None:
    told = f"{size.name}, {len(made(size, 1).soft):,} positions"
    core, unlock, swept, each, anew = (
        of_seeds(partial(run, size)) for run in (core_ms, unlock_ms, sweep_ms, each_ms, reload_ms)
    )
    say(f"one minimal core, {told}", f"{core:.2f} ms", f"<= {size.core} ms")
    say(f"best and ten best ways out, {told}", f"{unlock:.0f} ms", f"<= {size.unlock} ms")
    say(f"1,024 what-ifs on one solver, {told}", f"{swept:.0f} ms", f"<= {size.sweep} ms")
    say("  ratio loading anew / one solver, a what-if", f"{anew * 1024 / swept:.0f}", ">= 50")
    say("  every one of them put to the solver: time, ratio", f"{each:.0f} ms, {anew * 1024 / each:.0f}", "")


def both_of(at: Situation) -> object:
    """Deadlocks and deadlines of a moment that nothing was asked about before."""
    return deadlock.find(at), deadlines.find(at)


def searching(lags: list[Lag]) -> object:
    """The searches behind deadlocks and deadlines, without reading statements and citing events."""
    return knots((lag.first, lag.then) for lag in lags), shortest_loop(lags)


def core_ms(size: Size, seed: int) -> float:
    """One minimal core, on a solver already loaded."""
    problem = made(size, seed)
    oracle = Oracle(problem)
    names = tuple(one.name for one in problem.soft)
    taken = clocked(lambda: oracle.minimal_core(names))
    oracle.close()
    return taken


def unlock_ms(size: Size, seed: int) -> float:
    """The whole question: load, split into groups, enumerate each, take the ten best over all."""
    problem = made(size, seed)
    return clocked(lambda: best_sets(conflicts(problem), 10))


def sweep_ms(size: Size, seed: int) -> float:
    """1,024 combinations of ten positions in conflict, on one solver; of the other conflicts one side is let go."""
    problem = made(size, seed)
    toggled, let_go = toggles(problem)
    oracle = Oracle(problem)
    oracle.fix(one.name for one in problem.soft if one.name not in {*toggled, *let_go})
    taken = clocked(lambda: holding(oracle, toggled, range(1 << TOGGLES)))
    oracle.close()
    return taken


def each_ms(size: Size, seed: int) -> float:
    """The same, every combination put to the solver, whatever the earlier answers have decided already."""
    problem = made(size, seed)
    toggled, let_go = toggles(problem)
    oracle = Oracle(problem)
    oracle.fix(one.name for one in problem.soft if one.name not in {*toggled, *let_go})
    taken = clocked(lambda: [oracle.feasible(kept(toggled, number)) for number in range(1 << TOGGLES)])
    oracle.close()
    return taken


def reload_ms(size: Size, seed: int) -> float:
    """One what-if with the model loaded for it."""
    problem = made(size, seed)
    names = [one.name for one in problem.soft]

    def whole() -> None:
        oracle = Oracle(problem)
        oracle.feasible(names)
        oracle.close()

    return clocked(whole)


def toggles(problem: Problem) -> tuple[list[str], list[str]]:
    """Ten positions of those in conflict, and a way out of all conflicts that are not theirs."""
    groups = conflicts(problem)
    chosen = [name for group in groups for name in group.members][:TOGGLES]
    others = [group for group in groups if not set(group.members) & set(chosen)]
    return chosen, [name for group in others for name in group.unlocking[0]]


def kept(toggled: list[str], number: int) -> list[str]:
    """The toggled positions that stand in one combination, neighbours differing by one (Gray's code)."""
    off = number ^ (number >> 1)
    return [name for place, name in enumerate(toggled) if not off >> place & 1]


def ordered(count: int, *, seed: int = 1) -> Situation:
    """Talks about the order of `count` happenings with half as many statements again, some of them in knots."""
    chance = random.Random(seed)
    names = [f"h{place}" for place in range(count)]
    head = ["format: terms/1", "title: Order", "parties:", "  north: {role: belligerent}",
            "  south: {role: belligerent}", "terms:", "  roads: {type: yes-no}", "happenings:"]  # fmt: skip
    head += [f"  {name}: point" for name in names]
    head += ["sources:", "  M1: {title: Minutes}", "events:"]
    for place in range(count * 3 // 2):
        near = chance.randrange(count - 20)
        first, then = sorted(chance.sample(range(near, near + 20), 2))
        words = (
            f"{names[first]} before {names[then]}"
            if place % 3
            else f"{names[then]} within {chance.randrange(60, 400)} days after {names[first]}"
        )
        if place % 300 == 299:
            words = f"{names[then]} before {names[first]}"
        head.append(f"  - {{id: e{place}, date: 2031-01-01, kind: condition, by: {('north', 'south')[place % 2]}, "
                    f"order: [{words}], source: M1}}")  # fmt: skip
    record = read_text("\n".join(head) + "\n")
    assert not record.has_errors, [one.message for one in record.diagnostics][:3]
    return situation(History(record.header, record.events))
