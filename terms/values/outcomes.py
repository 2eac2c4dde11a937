"""What has become of a condition by some day: met, not yet, failed or disputed.

The answer follows from the events up to that day and is never stored. Vague dates make a condition
neither met nor failed before it is certain; where both are possible once the time is over, the answer
is "disputed", as it is when a party denies what happened.
"""

from datetime import datetime
from enum import StrEnum
from typing import Protocol, assert_never

from terms.ground.dates import Edtf
from terms.values.conditions import (
    Accepts,
    AllOf,
    AnyOf,
    Certifies,
    Complies,
    Condition,
    Not,
    Occurs,
    Prose,
    Quiet,
)
from terms.values.reckoning import after, as_moment, bounds_of, span
from terms.values.times import Length, Time


class Outcome(StrEnum):
    """What has become of a condition. "Not yet" may still become met or failed."""

    MET = "met"
    NOT_YET = "not-yet"
    FAILED = "failed"
    DISPUTED = "disputed"


WORST_FIRST: tuple[Outcome, ...] = (Outcome.FAILED, Outcome.NOT_YET, Outcome.DISPUTED, Outcome.MET)
"""All-of is the first of these that a member has, any-of the last: a dispute counts only where it decides."""


class Facts(Protocol):
    """What a record tells at one step; every answer is about that step and no later one."""

    def occurred(self, happening: str, /) -> Edtf | None:
        """When a happening occurred; None: it has not."""

    def called_off(self, happening: str, /) -> bool:
        """Whether a happening was called off and so will not occur."""

    def disputed(self, happening: str, /) -> bool:
        """Whether the accounts of a happening differ on whether it occurred."""

    def accepts(self, party: str, what: str, /) -> bool | None:
        """True: the party has accepted it. False: it has refused. None: neither yet."""

    def certifies(self, party: str, happening: str, /) -> bool | None:
        """True: certified. False: the party has said it did not happen. None: neither yet."""

    def complies(self, party: str, text: str, /) -> bool | None:
        """True: no breach is known. False: a breach is verified or undisputed. None: it is disputed."""

    def last_incident(self) -> Edtf | None:
        """The last incident, or whatever else quiet is counted from; None: quiet throughout."""


def evaluate(condition: Condition, facts: Facts, at: datetime) -> Outcome:
    """What has become of `condition` by `at`, as far as `facts` tell.

    "Not yet" may still become met or failed. The opposite of a happening without a time counts as met
    for as long as it has not occurred; the opposite of a happening by a time is open until that time.

    Raises:
        ValueError: `at` has no zone.
    """
    return _outcome(condition, facts, as_moment(at), wanted=True)


def _outcome(condition: Condition, facts: Facts, now: int, *, wanted: bool) -> Outcome:
    """The outcome of `condition`, or of its opposite when it is not wanted; "not" is pushed to the atoms."""
    match condition:
        case Not(inner):
            return _outcome(inner, facts, now, wanted=not wanted)
        case AllOf(members) | AnyOf(members):
            ranks = [WORST_FIRST.index(_outcome(one, facts, now, wanted=wanted)) for one in members]
            return WORST_FIRST[min(ranks) if isinstance(condition, AllOf) == wanted else max(ranks)]
        case Occurs(happening, by) if by is not None:
            found = _occurs_by(happening, by, facts, now)
            return found if wanted else _opposite(found)
        case Occurs(happening):
            return _standing(_occurs(happening, facts, now), wanted=wanted)
        case Accepts(party, what):
            return _standing(_answered(facts.accepts(party, what)), wanted=wanted)
        case Certifies(party, happening):
            return _standing(_answered(facts.certifies(party, happening)), wanted=wanted)
        case Complies(party, text):
            found = _answered(facts.complies(party, text), unknown=Outcome.DISPUTED)
            return found if wanted else _opposite(found)
        case Quiet(length):
            return _standing(_quiet(length, facts, now), wanted=wanted)
        case Prose():
            return Outcome.NOT_YET
    assert_never(condition)


def _opposite(outcome: Outcome) -> Outcome:
    swapped: dict[Outcome, Outcome] = {Outcome.MET: Outcome.FAILED, Outcome.FAILED: Outcome.MET}
    return swapped.get(outcome, outcome)


def _standing(outcome: Outcome, *, wanted: bool) -> Outcome:
    """What has not come about holds as its own opposite, for as long as it has not."""
    if wanted:
        return outcome
    return Outcome.MET if outcome == Outcome.NOT_YET else _opposite(outcome)


def _answered(answer: bool | None, unknown: Outcome = Outcome.NOT_YET) -> Outcome:
    if answer is None:
        return unknown
    return Outcome.MET if answer else Outcome.FAILED


def _occurs(happening: str, facts: Facts, now: int) -> Outcome:
    if facts.disputed(happening):
        return Outcome.DISPUTED
    occurred = facts.occurred(happening)
    if occurred is None:
        return Outcome.FAILED if facts.called_off(happening) else Outcome.NOT_YET
    return Outcome.MET if bounds_of(occurred)[1] <= now else Outcome.NOT_YET


def _occurs_by(happening: str, by: Time, facts: Facts, now: int) -> Outcome:
    """Like a happening, but failed once the time is over and disputed where vague dates straddle it."""
    found = span(by, facts.occurred)
    outcome = _occurs(happening, facts, now)
    if found is None or outcome in (Outcome.FAILED, Outcome.DISPUTED):
        return outcome
    sure, latest = found.ends
    occurred = facts.occurred(happening)
    if occurred is None:
        return Outcome.FAILED if now > latest else Outcome.NOT_YET if now <= sure else Outcome.DISPUTED
    low, high = bounds_of(occurred)
    if low > latest:
        return Outcome.FAILED if now > latest else Outcome.NOT_YET
    if high <= sure:
        return outcome
    return Outcome.DISPUTED if now > sure else Outcome.NOT_YET


def _quiet(length: Length, facts: Facts, now: int) -> Outcome:
    incident = facts.last_incident()
    if incident is None:
        return Outcome.MET
    return Outcome.MET if now >= after(length, incident).ends[1] else Outcome.NOT_YET
