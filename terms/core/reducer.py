"""The reducer: what the talks are once an event has happened. It knows only order.

Each kind of event registers its own effect and its own objections in its family's file. An event
that breaks a rule of the table happened all the same: the reducer never raises on a recorded history,
it objects and goes on. It does no input or output and reads no clock.
"""

from collections.abc import Iterable

from terms.core.entries import Hidden
from terms.core.event import Event
from terms.core.objection import Objection
from terms.core.rules import Rules
from terms.core.speaking import knowers, misfits, speaks_for_party, two_voices, unheard, with_voice
from terms.core.talks import Talks
from terms.ground.errors import TermsError


class UnknownKind(TermsError):
    """A kind of event without a rule: a gap in the code, never in a record."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"no rule says what {kind!r} changes")


@Rules
def evolve(event: Event, talks: Talks) -> Talks:
    """Return the talks as they stand once `event` has happened.

    Raises:
        UnknownKind: no family registered a rule for this kind.
    """
    raise UnknownKind(event.kind)


class PassedOver(Event):
    """A private account that is not in use: it moves nothing, yet who knows of it is settled all the same."""


def passed_over(event: Event) -> PassedOver:
    """What is folded in place of a private account that is not in use: who told whom, and nothing else."""
    told = {name: getattr(event, name) for name in ("id", "date", "kind", "channel", "speaker", *_NAMED)}
    return PassedOver.model_construct(**told)


_NAMED = ("by", "to", "via", "present")


@evolve.register
def unmoved(event: PassedOver, talks: Talks) -> Talks:
    """Nothing: another account is in use."""
    return talks


@Rules
def objections(event: Event, talks: Talks) -> tuple[Objection, ...]:
    """What does not fit when `event` meets `talks`; none for a kind without rules of its own."""
    return ()


def step(event: Event, talks: Talks) -> tuple[Talks, tuple[Objection, ...]]:
    """The talks after `event`, and the objections to it.

    Besides the effect of its kind every event settles who knows of it and which account of an
    occurrence is in use. A speech without standing for its party moves no position (rules.md 14).
    """
    kind = type(event)
    moved = evolve[kind](event, talks)
    found = objections[kind](event, talks)
    if event.speaker is None and event.standing is None:  # nobody is named: the party itself speaks
        after = moved
        found += misfits(event, talks)
    elif speaks_for_party(event, talks):
        after = with_voice(event, talks, moved)
        found += misfits(event, talks) + two_voices(event, talks, after)
    else:
        after = talks
        if moved is not talks:
            found = (*found, unheard(event))
    if event.channel != "public":
        after = after.with_hidden(event.id, Hidden(knowers(event, talks)))
    if event.account_of is not None:
        after = after.with_occurrence(event.account_of, event.id)
    return after, found


def fold(events: Iterable[Event], start: Talks) -> Talks:
    """The talks after all of `events`, from `start`."""
    for event in events:
        start, _ = step(event, start)
    return start


__all__ = ["Objection", "UnknownKind", "evolve", "fold", "objections", "step"]
