"""Words that move no position by themselves: claims, denials, endorsements, statements, incidents.

The one exception is a statement by a party's head or delegate that takes a stance or asks for an order:
it is a stance in words, tables nothing, and overtakes an unmatched acceptance of the same party.
"""

from typing import ClassVar, Literal

from msgspec.structs import replace

from terms.core.binding import still_bound
from terms.core.entries import Cell, Reaction, Status
from terms.core.event import Answering, Event
from terms.core.ordering import orders_of
from terms.core.reducer import evolve
from terms.core.spelling import NOTHING, AnyWords, Many, WordMap
from terms.core.tabling import clauses_of
from terms.core.talks import CellKey, Talks
from terms.values import Stance


class Claim(Event):
    """Asserts that something happened or was said: `that` holds a move, a value, `did:` or `not-done`."""

    EFFECT: ClassVar[str] = "a claim on somebody's word; counts only under a lens that admits its author"

    kind: Literal["claim"] = "claim"
    of: Many = ()
    that: AnyWords = ()
    terms: WordMap = NOTHING


class Deny(Answering):
    """Contradicts a claim or an event. Changes its certainty, never the position it speaks of."""

    EFFECT: ClassVar[str] = "what it names is denied; no position moves"

    kind: Literal["deny"] = "deny"
    that: AnyWords = ()


class Endorse(Answering):
    """Somebody speaks for what it names."""

    EFFECT: ClassVar[str] = "an endorsement noted at what it names"

    kind: Literal["endorse"] = "endorse"
    by: Many


class Oppose(Answering):
    """Somebody speaks against what it names."""

    EFFECT: ClassVar[str] = "an opposition noted at what it names"

    kind: Literal["oppose"] = "oppose"
    by: Many


class State(Event):
    """A statement. With `terms` or `order` by a head or delegate it takes a stance; internal ones move nothing."""

    EFFECT: ClassVar[str] = "context; a stance in words where it names terms or an order and is not internal"
    MOVES_POSITION: ClassVar[bool] = True

    kind: Literal["state"] = "state"
    of: Many = ()
    that: AnyWords = ()
    terms: WordMap = NOTHING
    order: AnyWords = ()


class Incident(Event):
    """Something happened outside the room; `by` is who is reported to have done it, `claimed-by` who says so."""

    EFFECT: ClassVar[str] = "context; conditions such as quiet for N days look at it"

    kind: Literal["incident"] = "incident"
    claimed_by: Many = ()
    of: Many = ()


@evolve.register
def claim(event: Claim, talks: Talks) -> Talks:
    """Note the claim at what it is about."""
    return _react(event, talks, event.of)


@evolve.register
def deny(event: Deny, talks: Talks) -> Talks:
    """Dispute a performance or a breach, and note the denial."""
    after = talks
    for reference in event.of:
        if (breach := after.breaches.get(reference)) is not None:
            after = after.with_breach(replace(breach, denied_by=(*breach.denied_by, *event.by)))
        for target, claims in talks.performances.items():
            for one in claims:
                if one.event == reference:
                    after = after.with_performance(
                        target, replace(one, disputed_by=(*one.disputed_by, *event.by))
                    )
    return _react(event, after, event.of)


@evolve.register
def endorse(event: Endorse, talks: Talks) -> Talks:
    """Note it."""
    return _react(event, talks, event.of)


@evolve.register
def oppose(event: Oppose, talks: Talks) -> Talks:
    """Note it."""
    return _react(event, talks, event.of)


@evolve.register
def state(event: State, talks: Talks) -> Talks:
    """Take the stance that was stated; tables nothing, so nobody can accept it."""
    after = _react(event, talks, event.of)
    if event.channel == "internal":
        return after
    if event.terms:
        cells: dict[CellKey, Cell] = {}
        for term, clause in clauses_of(talks, event.terms, "demand", event.id, event.stage).items():
            for party in event.by:
                cells[party, term, clause.stage] = _stated(
                    talks, (party, term, clause.stage), clause.stance, event.id
                )
        after = after.with_cells(cells)
    return orders_of(event, after, event.order, agreed=False)


def _stated(talks: Talks, key: CellKey, stance: Stance, event: str) -> Cell:
    old = talks.cells.get(key)
    bound = still_bound(talks, key, old, stance, event)
    status: Status = "deferred" if stance.modality == "defer" else "proposed"
    return Cell(status, event, None, stance.until_words, stance, event, bound)


@evolve.register
def incident(event: Incident, talks: Talks) -> Talks:
    """No position moves; quiet is counted from here."""
    return talks.with_trouble(event.date)


def _react(event: Event, talks: Talks, references: tuple[str, ...]) -> Talks:
    after = talks
    for reference in references:
        after = after.with_reaction(reference, Reaction(event.kind, event.by, event.id))
    return after
