"""Points in time that order and deadlines refer to: they occur, are planned, are called off."""

from typing import ClassVar, Literal

from terms.core.entries import Occurrence
from terms.core.event import Answering
from terms.core.reducer import evolve
from terms.core.spelling import AnyWords
from terms.core.talks import Talks


class Occur(Answering):
    """The happening took place on the event's date; `is` is what was measured, for a measured fact."""

    EFFECT: ClassVar[str] = "the happening has occurred: clocks and conditions follow"

    kind: Literal["occur"] = "occur"
    is_: AnyWords | None = None


class Plan(Answering):
    """The happening is set for `planned`: a date or a time relative to another happening."""

    EFFECT: ClassVar[str] = "the happening has a date that relative deadlines turn into dates"

    kind: Literal["plan"] = "plan"
    planned: AnyWords


class CallOff(Answering):
    """The happening will not take place."""

    EFFECT: ClassVar[str] = "deadlines that hang on it are void"

    kind: Literal["call-off"] = "call-off"


@evolve.register
def occur(event: Occur, talks: Talks) -> Talks:
    """It has occurred."""
    after = talks
    for name in event.of:
        after = after.with_happening(name, Occurrence("occurred", event.id, event.date, measure=event.is_))
    return after


@evolve.register
def plan(event: Plan, talks: Talks) -> Talks:
    """It is planned; a plan for what has already occurred changes nothing."""
    after = talks
    for name in event.of:
        known = talks.happenings.get(name)
        if known is None or known.state != "occurred":
            after = after.with_happening(name, Occurrence("planned", event.id, planned=event.planned))
    return after


@evolve.register
def call_off(event: CallOff, talks: Talks) -> Talks:
    """It is off."""
    after = talks
    for name in event.of:
        after = after.with_happening(name, Occurrence("called off", event.id))
    return after
