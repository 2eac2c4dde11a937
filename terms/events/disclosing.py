"""Who learns of what: hand-overs, publications, leaks, announcements. No position ever moves here."""

from typing import ClassVar, Literal

from terms.core.entries import Hidden, Reaction
from terms.core.event import Answering, Event
from terms.core.reducer import evolve
from terms.core.speaking import knowers
from terms.core.spelling import NOTHING, AnyWords, Many, WordMap
from terms.core.talks import Talks


class HandOver(Event):
    """Gives a text or a proposal to `to`, who knows it from that moment."""

    EFFECT: ClassVar[str] = "giver and addressee know what was handed over"

    kind: Literal["hand-over"] = "hand-over"
    by: Many
    to: Many
    of: Many = ()
    text: str | None = None
    terms: AnyWords = ()


class Publish(Answering):
    """Opens what `of` names to everybody; `only` opens those terms alone."""

    EFFECT: ClassVar[str] = "everybody knows what was published, from this step on"

    kind: Literal["publish"] = "publish"


class Leak(Answering):
    """Opens what `of` names to `to`, or to everybody; `only` opens those terms alone."""

    EFFECT: ClassVar[str] = "those named (else everybody) know the parts leaked, from this step on"

    kind: Literal["leak"] = "leak"


class Announce(Event):
    """Says publicly that something was done or agreed. It is not an acceptance, whoever says it."""

    EFFECT: ClassVar[str] = "a statement on somebody's word; never an acceptance"

    kind: Literal["announce"] = "announce"
    of: Many = ()
    only: Many = ()
    that: AnyWords = ()
    terms: WordMap = NOTHING


@evolve.register
def hand_over(event: HandOver, talks: Talks) -> Talks:
    """Those who gave and got know what was handed over, if it was hidden."""
    after = talks
    for reference in (*event.of, *((event.text,) if event.text else ())):
        name = talks.target(reference).event
        if (held := after.hidden.get(name)) is not None:
            after = after.with_hidden(name, Hidden(held.knowers | knowers(event, talks), held.parts))
    return after


@evolve.register
def publish(event: Publish, talks: Talks) -> Talks:
    """Open to all."""
    return _open(event, talks, ())


@evolve.register
def leak(event: Leak, talks: Talks) -> Talks:
    """Open to some or all, whole or in part."""
    return _open(event, talks, event.to)


def _open(event: Publish | Leak, talks: Talks, to: tuple[str, ...]) -> Talks:
    after = talks
    for reference in event.of:
        name = talks.target(reference).event
        held = after.hidden.get(name)
        if held is None:
            continue
        only = event.only or _part(after, reference)
        if only:
            parts = held.parts
            for party in to or ("*",):
                parts = parts.set(party, tuple(sorted({*parts.get(party, ()), *only})))
            after = after.with_hidden(name, Hidden(held.knowers, parts))
        elif to:
            after = after.with_hidden(name, Hidden(held.knowers | set(to), held.parts))
        else:
            after = after.without_hidden(name)
    return after


def _part(talks: Talks, reference: str) -> tuple[str, ...]:
    """The terms of the part that a reference names; none when it names a whole event or text."""
    target = talks.target(reference)
    return () if target.part is None else tuple(sorted(target.clauses)) or (target.part,)


@evolve.register
def announce(event: Announce, talks: Talks) -> Talks:
    """Note it at what it announces; nothing else changes."""
    after = talks
    for reference in event.of:
        after = after.with_reaction(reference, Reaction("announce", event.by, event.id))
    return after
