"""How a deadline stands on a day: not started, running, met, met late, missed or void.

Nothing waits for an event to say that time has passed: a clock is worked out anew for every day asked
about. It does not start before the happening that triggers it, it becomes void when that happening is
called off, and it says *unclear* where the dates are too vague to tell, instead of picking an answer.
A deadline that several meanings or accounts compute differently is *contested*, with a line for each.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from fractions import Fraction
from typing import Literal, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from terms.ground.dates import Edtf
from terms.values.outcomes import Outcome
from terms.values.reckoning import (
    DAY,
    NEVER,
    Happened,
    as_moment,
    bounds_of,
    is_void,
    span,
    waits_for,
)
from terms.values.times import Time

Standing: TypeAlias = Literal[
    "not started", "running", "met", "met late", "missed", "void", "unclear", "contested"
]


class ClockState(Struct, frozen=True):
    """How a deadline stands.

    `low` and `high` bound the days left while running, the days late when met late or missed; None in
    every other state. They are whole days when the deadline is a calendar day and exact fractions when it
    is a moment; the two are equal when the dates leave no doubt. `waits_for` names the happenings that
    would start the clock (or could still end it sooner). `possible` lists the states that an unclear
    clock may be in, `readings` the lines of a contested one.
    """

    state: Standing
    low: Fraction | None = None
    high: Fraction | None = None
    waits_for: tuple[str, ...] = ()
    possible: tuple[Standing, ...] = ()
    readings: tuple[tuple[str, "ClockState"], ...] = ()

    @property
    def days(self) -> Fraction | None:
        """The days left or late when the dates leave no doubt, else None."""
        return self.low if self.low == self.high else None


def clock(
    time: Time,
    *,
    at: datetime,
    happened: Happened,
    called_off: Callable[[str], bool],
    done: Edtf | None,
) -> ClockState:
    """How the deadline `time` stands at `at`, when what it is about was done at `done` (None: not done).

    What is done after `at` does not count yet. What was done before its clock started is met. A deadline
    that is a day is not missed before that day is over; a deadline with an open end is never missed.

    Raises:
        ValueError: `at` has no zone.
    """
    now = as_moment(at)
    acts = _acts(done, now)
    waiting = waits_for(time, happened)
    found = span(time, happened)
    if found is None:
        return _unstarted(acts, waiting, void=is_void(time, happened, called_off))
    whole = found.days
    worlds = [_world(end, act, now, whole=whole) for end in found.ends for act in acts]
    return _joined(worlds, waiting)


def contest(readings: Iterable[tuple[str, ClockState]]) -> ClockState:
    """One state for several meanings or accounts: theirs if they agree, else contested with a line each."""
    lines = tuple(readings)
    first = lines[0][1]
    return first if all(state == first for _, state in lines) else ClockState("contested", readings=lines)


def subject_to(state: ClockState, proviso: Outcome) -> ClockState:
    """The clock of something owed only under a proviso: never overdue while the proviso is unmet.

    What was done stays done, whatever became of the proviso.
    """
    if proviso is Outcome.MET or state.state in ("met", "met late", "void"):
        return state
    if proviso is Outcome.FAILED:
        return ClockState("void")
    if proviso is Outcome.NOT_YET:
        return ClockState("not started", waits_for=state.waits_for)
    free = ClockState("void")
    return ClockState("contested", readings=(("proviso met", state), ("proviso not met", free)))


def _acts(done: Edtf | None, now: int) -> tuple[int | None, ...]:
    """The moments at which it may have been done by now; None among them: perhaps, or certainly, not yet."""
    if done is None:
        return (None,)
    low, high = bounds_of(done)
    if low > now:
        return (None,)
    return (low, high) if high <= now else (low, now, None)


def _unstarted(acts: tuple[int | None, ...], waiting: tuple[str, ...], *, void: bool) -> ClockState:
    idle: Standing = "void" if void else "not started"
    if None not in acts:
        return ClockState("met", waits_for=waiting)
    if acts == (None,):
        return ClockState(idle, waits_for=waiting)
    return ClockState("unclear", waits_for=waiting, possible=("met", idle))


def _world(end: int, act: int | None, now: int, *, whole: bool) -> ClockState:
    """The state if the deadline were exactly `end` and the act exactly at `act`."""
    if act is not None and act <= end:
        return ClockState("met")
    moment = now if act is None else act
    if moment > end:
        late = _days(moment - end, whole=whole, up=True)
        return ClockState("missed" if act is None else "met late", late, late)
    if end >= NEVER:
        return ClockState("running")
    left = _days(end - now, whole=whole, up=False)
    return ClockState("running", left, left)


def _days(microseconds: int, *, whole: bool, up: bool) -> Fraction:
    """Microseconds as days: exact, or whole calendar days (a day begun late counts as one)."""
    if not whole:
        return Fraction(microseconds, DAY)
    return Fraction(-(-microseconds // DAY) if up else microseconds // DAY)


def _joined(worlds: list[ClockState], waiting: tuple[str, ...]) -> ClockState:
    """The state that all worlds share, its days bounded by theirs; else unclear, with what is possible."""
    states: set[Standing] = {one.state for one in worlds}
    if len(states) > 1:
        return ClockState("unclear", waits_for=waiting, possible=tuple(sorted(states)))
    lows = [one.low for one in worlds if one.low is not None]
    highs = [one.high for one in worlds if one.high is not None]
    if not lows or len(lows) < len(worlds):
        return ClockState(worlds[0].state, waits_for=waiting)
    return replace(worlds[0], low=min(lows), high=max(highs), waits_for=waiting)
