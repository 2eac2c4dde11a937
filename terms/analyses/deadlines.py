"""Asks whether all order and deadlines can be kept at once, with how much room, and how the clocks stand.

All differences of time together leave a schedule or contain a loop that asks for more time than another
part of it allows. The excess of that loop is what its statements together would have to give. Where there is
a schedule, each happening has an earliest and a latest moment; one without slack is feasible and brittle.
Whether somebody in control of one happening can always answer what others do (dynamic controllability) is
not looked at.
"""

from collections.abc import Iterable, Mapping
from typing import Literal

from msgspec import Struct

from terms.analyses.engine.conflicts import conflicts
from terms.analyses.engine.findings import Conflict, conflict
from terms.analyses.engine.formula import (
    All,
    Clause,
    Formula,
    In,
    Lag,
    Problem,
    atoms,
    certain,
    differences,
    every,
)
from terms.analyses.engine.heading import Heading, heading
from terms.analyses.engine.modelling import model
from terms.analyses.engine.network import excess, is_cycle, longest_from, shortest_loop, windows
from terms.analyses.engine.oracle import Oracle, Stop, never
from terms.analyses.engine.positions import Due, Edits, Silence
from terms.analyses.engine.timing import CALENDAR, Past, as_date, occurred, ordering, past, understood
from terms.core.moments import END_OF_TIME
from terms.core.situation import Situation, earliest, latest
from terms.ground.dates import Edtf
from terms.ground.pause import collector_paused
from terms.values.orders import Order
from terms.values.times import say_length

QUESTION = "Can all order and deadlines be kept at once?"

ClockWord = Literal["not started", "running", "met", "met late", "overdue", "void"]


class Loop(Struct, frozen=True):
    """A loop of statements that no schedule keeps: `needed` ticks where `allowed` are, `excess` too many.

    Where no statement on it counts time, it is a `cycle` of happenings that wait for each other; else that is empty.
    `either` are the statements on it that leave a choice: whichever side is taken, some loop is closed, so no one
    number of ticks tells how far it is from being kept.
    """

    conflict: Conflict
    needed: int
    allowed: int
    cycle: tuple[str, ...] = ()
    either: tuple[str, ...] = ()

    @property
    def excess(self) -> int:
        """What its statements together would have to give, in ticks."""
        return self.needed - self.allowed


class Window(Struct, frozen=True):
    """When a happening may come, in ticks after the anchor; None: no bound on that side.

    `tight` are the statements that hold its earliest moment, in the order in which they push it.
    """

    happening: str
    earliest: int | None
    latest: int | None
    tight: tuple[str, ...]

    @property
    def slack(self) -> int | None:
        """The room between the two; None: without bound."""
        return None if self.earliest is None or self.latest is None else self.latest - self.earliest


class Clock(Struct, frozen=True):
    """A deadline that runs from a happening: its state, the days left or late, and what starts it.

    Hours run to the minute, months by the calendar. `starter` is the party whose own act starts it, where the
    happening is named after a party; else empty. `owed_by` are all who are to keep the deadline of a stance, sorted;
    empty for an ordering statement, which says what comes when and not who sees to it.
    """

    statement: str
    words: str
    state: ClockWord
    days: int | None
    starts_with: str
    starter: str
    owed_by: tuple[str, ...] = ()


class Deadlines(Struct, frozen=True):
    """The answer: all contradicting loops with the shortest first, or the windows of every happening.

    `anchor` is what the windows count from: the calendar where any date is known, else a happening.
    """

    heading: Heading
    feasible: bool
    loops: tuple[Loop, ...]
    anchor: str
    windows: tuple[Window, ...]
    clocks: tuple[Clock, ...]
    tick: str
    truncated: bool = False

    @property
    def brittle(self) -> tuple[str, ...]:
        """The happenings without slack, apart from the anchor, dates and what has happened."""
        return tuple(one.happening for one in self.windows if one.slack == 0 and one.happening != self.anchor)


@collector_paused()
def find(
    at: Situation,
    *,
    edits: Edits = Edits(),
    anchor: str | None = None,
    silence: Silence = "open",
    stage: str | None = None,
    stop: Stop = never,
) -> Deadlines:
    """Order and deadlines of all parties and of the declared rules, with positions changed as `edits` say.

    `silence` and `stage` are about values, so they change the heading alone.
    """
    asked = model(at, edits=edits, silence=silence, stage=stage)
    timed = _timed(asked.problem)
    groups = conflicts(timed, stop=stop)
    order = {name: place for place, name in enumerate(asked.names)}
    cores = sorted(
        (core for group in groups for core in group.cores),
        key=lambda core: (len(core), [order[name] for name in core]),
    )
    loops = tuple(_loop(timed, conflict(asked, core, timed)) for core in cores)
    found = _windows(timed, anchor) if not groups else (anchor or "", ())
    return Deadlines(
        heading(asked), not groups, loops, found[0], found[1], tuple(_clocks(at, asked.dues)), at.header.tick,
        any(group.truncated for group in groups),
    )  # fmt: skip


def _timed(problem: Problem) -> Problem:
    """Only what is about time: values have their own question, so of a stance its deadline alone is left."""

    def kept(clauses: Iterable[Clause]) -> tuple[Clause, ...]:
        return tuple(
            [
                clause if found is clause.formula else Clause(clause.name, found)
                for clause in clauses
                if (found := _time_of(clause.formula)) is not None
            ]
        )

    return Problem({}, kept(problem.soft), kept(problem.hard))


def _time_of(formula: Formula) -> Formula | None:
    """What a formula asks of time whatever is chosen; None: nothing, or only together with values."""
    if isinstance(formula, Lag) or differences(formula):
        return formula
    found = list(atoms(formula))
    if not any(isinstance(atom, In) for atom in found):
        return formula if found else None
    parts = [_time_of(part) for part in formula.of] if isinstance(formula, All) else []
    left = [part for part in parts if part is not None]
    return every(left) if left else None


def _loop(timed: Problem, found: Conflict) -> Loop:
    names = (*found.names, *(ground.name for ground in found.grounds))
    formulas = {name: timed.named[name].formula for name in names}
    loop = shortest_loop(certain(formulas.values()))
    if loop is None:
        return Loop(found, 0, 0, (), tuple(name for name, one in formulas.items() if not certain([one])))
    needed = sum(lag.least for lag in loop if lag.least > 0)
    around = tuple(lag.first for lag in loop) if is_cycle(loop) else ()
    return Loop(found, needed, needed - excess(loop), around)


def _windows(timed: Problem, anchor: str | None) -> tuple[str, tuple[Window, ...]]:
    """The windows under one schedule that keeps everything: of an either/or, the side that it takes."""
    names = tuple(clause.name for clause in timed.soft)
    oracle = Oracle(timed)
    try:
        deal = oracle.deal(names)
    finally:
        oracle.close()
    times = dict(deal.times) if deal is not None else {}
    kept = [
        (clause.name, atom)
        for clause in (*timed.hard, *timed.soft)
        for atom in atoms(clause.formula)
        if isinstance(atom, Lag) and times.get(atom.then, 0) >= times.get(atom.first, 0) + atom.least
    ]
    lag_list = [lag for _, lag in kept]
    known = {name for lag in lag_list for name in (lag.first, lag.then)}
    start = anchor or (
        CALENDAR if CALENDAR in known else min(known, key=lambda name: (times.get(name, 0), name), default="")
    )
    if start not in known:
        return start, ()
    after = longest_from(start, lag_list)
    return start, tuple(
        Window(name, low, high, _tight(name, start, after, kept))
        for name, (low, high) in windows(start, lag_list).items()
        if name != CALENDAR and as_date(name) is None
    )


def _tight(name: str, start: str, after: dict[str, int], kept: list[tuple[str, Lag]]) -> tuple[str, ...]:
    trail: list[str] = []
    seen = {name}
    while name != start and name in after:
        pushing = next(
            ((said, lag) for said, lag in kept
             if lag.then == name and lag.first in after and lag.first not in seen
             and after[lag.first] + lag.least == after[name]),
            None,
        )  # fmt: skip
        if pushing is None:
            break
        trail.append(pushing[0])
        name = pushing[1].first
        seen.add(name)
    return tuple(reversed(trail))


def _clocks(at: Situation, dues: Mapping[str, Due]) -> Iterable[Clock]:
    """The clocks of ordering statements and of stances; a duty of several is one clock, owed by all of them."""
    ticking: list[Ticking] = [
        (one.name, one.entry.words, one.read.order, ()) for one in ordering(at)
        if one.read.order.relation == "within"
    ]  # fmt: skip
    owed: dict[tuple[str, str], set[str]] = {}
    for due in dues.values():
        owed.setdefault((due.statement, due.words), set()).update(due.owed_by)
    named = (
        (name, words, understood(words).order, tuple(sorted(who))) for (name, words), who in owed.items()
    )
    ticking += [one for one in named if one[2].relation == "within"]
    if dues:
        ticking.sort()
    over = past(at)
    return [_clock(at, over, *one) for one in ticking]


Ticking = tuple[str, str, Order, tuple[str, ...]]
"""A statement that sets a clock, its words, what they come to, and who owes it."""


def _clock(at: Situation, over: Past, name: str, words: str, order: Order, owed_by: tuple[str, ...]) -> Clock:
    right = order.right
    named = right.partition(".")[0]
    starter = named if named in at.header.party else ""
    begun = occurred(at, right) if over[right] else None
    state: ClockWord
    days: int | None = None
    if at.called_off(right):
        state = "void"
    elif begun is None or order.length is None:
        state = "not started"
    else:
        met = occurred(at, order.left) if over[order.left] else None
        state, days = _run(at, f"{say_length(order.length)} after {right}", begun, met)
    return Clock(name, words, state, days, right, starter, owed_by)


def _run(at: Situation, due: str, begun: Edtf, met: Edtf | None) -> tuple[ClockWord, int | None]:
    """The state of a clock that started, by the latest moment, to the second, that the words of its end may mean."""
    date = at.date_of(due) if latest(begun) != END_OF_TIME else None
    if date is None:
        return ("running" if met is None else "met"), None
    end, now = latest(date), (earliest(met) if met is not None else at.moment).replace(microsecond=0)
    days = (now.date() - end.date()).days
    if met is not None:
        return ("met late", days) if now > end else ("met", None)
    return ("overdue", days) if now > end else ("running", -days)
