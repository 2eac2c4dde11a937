"""The reducer: what the talks are once an event has happened. It knows only order.

Each kind of event registers its own effect and its own objections in its family's file. An event
that breaks a rule of the table happened all the same: the reducer never raises on a recorded history,
it objects and goes on. It does no input or output and reads no clock.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import singledispatch

from terms.core.entries import Hidden
from terms.core.event import Event
from terms.core.talks import Talks
from terms.ground.errors import TermsError


class UnknownKind(TermsError):
    """A kind of event without a rule: a gap in the code, never in a record."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"no rule says what {kind!r} changes")


@dataclass(frozen=True, slots=True)
class Objection:
    """Why an event does not fit the table as it stood: a code, the event, and a sentence. Not a refusal."""

    code: str
    event: str
    sentence: str


@singledispatch
def evolve(event: Event, talks: Talks) -> Talks:
    """Return the talks as they stand once `event` has happened.

    Raises:
        UnknownKind: no family registered a rule for this kind.
    """
    raise UnknownKind(event.kind)


@singledispatch
def objections(event: Event, talks: Talks) -> tuple[Objection, ...]:
    """What does not fit when `event` meets `talks`; none for a kind without rules of its own."""
    return ()


def step(event: Event, talks: Talks) -> tuple[Talks, tuple[Objection, ...]]:
    """The talks after `event`, and the objections to it.

    Besides the effect of its kind every event settles who knows of it and which account of an
    occurrence is in use. A speech without standing for its party moves no position (rules.md 14).
    """
    after = evolve(event, talks) if speaks_for_party(event, talks) else talks
    if event.channel != "public":
        after = after.with_hidden(event.id, Hidden(knowers(event, talks)))
    if event.account_of is not None:
        after = after.with_occurrence(event.account_of, event.id)
    return after, objections(event, talks)


def fold(events: Iterable[Event], start: Talks) -> Talks:
    """The talks after all of `events`, from `start`."""
    for event in events:
        start, _ = step(event, start)
    return start


def speaks_for_party(event: Event, talks: Talks) -> bool:
    """Whether the event can move its party's position: spoken by its head or a delegate, or by no named person."""
    if not event.MOVES_POSITION or (event.speaker is None and event.standing is None):
        return True
    return talks.header.standing(event.speaker, event.standing) in ("head", "delegate")


def knowers(event: Event, talks: Talks) -> frozenset[str]:
    """The parties that know of an event at the moment it happens: who acts, is addressed, passes on, is present.

    An internal paper is known to its own side alone. Persons count for the party they belong to.
    """
    named = event.by if event.channel == "internal" else (*event.by, *event.to, *event.via, *event.present)
    persons = talks.header.person
    parties = {persons[name].of or name if name in persons else name for name in named}
    if event.speaker in persons and (own := persons[event.speaker].of):
        parties.add(own)
    return frozenset(parties)
