"""Counts who would have done how much that cannot be undone, at each point of a sequence.

Some happenings cannot be taken back: troops withdrawn, prisoners released. A sequence in which one side has
done many of them before the other does any leaves it exposed, which is why parties fight over order. This
counts steps; it weighs none of them against another.
"""

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from terms.analyses.engine.formula import In, atoms
from terms.analyses.engine.heading import Heading, heading
from terms.analyses.engine.modelling import model
from terms.analyses.engine.oracle import Oracle
from terms.analyses.engine.positions import Edits, Model, Silence
from terms.core.situation import Situation
from terms.ground.words import FrozenWords

QUESTION = "Who would have done what cannot be undone, and when?"
MARK = "irreversible"
"""A happening is marked by `x-irreversible: PARTY` in its declaration: whose step it is."""


class Done(Struct, frozen=True):
    """One point of the sequence: `tick` from its start, the steps taken there, each party's count so far."""

    tick: int
    steps: tuple[tuple[str, str], ...]
    counts: tuple[tuple[str, int], ...]


class Exposure(Struct, frozen=True):
    """The answer. `longest` is the longest stretch on which one side is ahead: (party, from, to in ticks).

    `planned` and `planned_longest` are the same of the dates on which the steps were taken or are planned, in days;
    empty with fewer than two of them.

    No schedule: order and deadlines of all parties leave none; `points` is then empty. `marked` are the
    happenings declared irreversible with the party that does them; without any nobody can tell.
    """

    heading: Heading
    marked: tuple[tuple[str, str], ...]
    points: tuple[Done, ...]
    longest: tuple[str, int, int] | None
    feasible: bool
    planned: tuple[Done, ...] = ()
    planned_longest: tuple[str, int, int] | None = None


def find(
    at: Situation, *, edits: Edits = Edits(), silence: Silence = "open", stage: str | None = None
) -> Exposure:
    """The exposure in the earliest schedule that keeps all order and deadlines.

    `silence` and `stage` are about values, so they change the heading alone.
    """
    asked = model(at, edits=edits, silence=silence, stage=stage)
    marked = tuple(sorted(irreversible(at).items()))
    days = {
        name: date.first_day.toordinal()
        for name, _ in marked
        if (date := at.expected(name)) is not None and date.first_day is not None
    }
    planned = profile(days, dict(marked)) if len(days) > 1 else ()
    times = _schedule(asked)
    known = {name: times[name] for name, _ in marked if name in times} if times is not None else {}
    points = profile(known, dict(marked))
    return Exposure(heading(asked), marked, points, ahead(points), times is not None, planned, ahead(planned))


def irreversible(at: Situation) -> dict[str, str]:
    """Happening -> the party whose irreversible step it is, as declared."""
    found: dict[str, str] = {}
    for happening in at.header.happenings:
        extra = happening.x
        said = extra.get(f"x-{MARK}") if isinstance(extra, FrozenWords) else None
        if isinstance(said, str):
            found[happening.id] = said
    return found


def profile(times: dict[str, int], who: dict[str, str]) -> tuple[Done, ...]:
    """The counts of every party after each tick at which anything irreversible is done."""
    counts = dict.fromkeys(sorted(set(who.values())), 0)
    points: list[Done] = []
    start = min(times.values(), default=0)
    for tick in sorted(set(times.values())):
        steps = tuple(sorted((who[name], name) for name, when in times.items() if when == tick))
        for party, _ in steps:
            counts[party] += 1
        points.append(Done(tick - start, steps, tuple(counts.items())))
    return tuple(points)


def ahead(points: Sequence[Done]) -> tuple[str, int, int] | None:
    """The longest stretch on which one party has done more than every other; None: there is none."""
    stretches: list[tuple[str, int, int]] = []
    for here, after in pairwise(points):
        top = max(number for _, number in here.counts)
        leading = [party for party, number in here.counts if number == top]
        if len(leading) != 1 or len(here.counts) < 2:
            continue
        if stretches and stretches[-1][0] == leading[0] and stretches[-1][2] == here.tick:
            stretches[-1] = (leading[0], stretches[-1][1], after.tick)
        else:
            stretches.append((leading[0], here.tick, after.tick))
    return max(stretches, key=lambda one: (one[2] - one[1], -one[1]), default=None)


def _schedule(asked: Model) -> dict[str, int] | None:
    timed = tuple(
        one.name for one in asked.problem.soft
        if (found := list(atoms(one.formula))) and not any(isinstance(atom, In) for atom in found)
    )  # fmt: skip
    oracle = Oracle(asked.problem)
    try:
        deal = oracle.deal(timed)
    finally:
        oracle.close()
    return dict(deal.times) if deal is not None else None
