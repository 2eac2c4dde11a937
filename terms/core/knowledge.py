"""What one party has seen of the log, in the order in which it learned of things.

A party knows its own acts, what was addressed to it, passed on by it or said in its presence, and
whatever is not private. What a later publication or leak opens joins at that step, not before. A
correction shows what it corrects, so it is known to whoever knows that.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from terms.core.entries import Hidden
from terms.core.event import Event
from terms.core.lens import View, disclosed_by, happened_by
from terms.core.spelling import NOTHING
from terms.core.story import AMENDING
from terms.core.talks import Talks
from terms.core.undisclosed import Sight
from terms.ground.maps import Map
from terms.ground.words import FrozenWords

if TYPE_CHECKING:
    from terms.core.history import History

Curtain = Map[str, Hidden]
"""What is hidden, and from whom it is not."""


class Met(Struct, frozen=True):
    """An event of a log, and what is hidden before and behind it; `touched` are the names of all that may differ."""

    place: int
    event: Event
    before: Curtain
    after: Curtain
    touched: Iterable[str]


def learned(history: "History", party: str, *, first: int = 0) -> Iterator[Event]:
    """The log as `party` came to know it: what is opened later stands before the event that opened it.

    An event opened in parts appears with those parts, and once more when the rest is opened. `first`: from this
    log place on, and all before it was seen as it came. By a date, a paper of a vague one is there where a disclosure
    that the party knows of is. What an event says of things that the party cannot see by then is undisclosed.
    """
    moment = history.view.at
    told = (event for _, event, is_seen in _met(history, party, first) if is_seen)
    disclosed = () if moment is None else disclosed_by(history.header, told, View(at=moment))
    unseen: set[str] = set()
    by_then = first
    occurrences = {
        history.events[place].account_of for place in history.places_of_accounts() if place < first
    }

    def earlier(name: str) -> bool:
        if name in history.names and name not in unseen:
            return history.index(name) < by_then
        return name in occurrences

    sight = Sight(history.ruling, earlier)
    for count, event, is_seen in _met(history, party, first):
        by_then = count
        if is_seen and (moment is None or happened_by(event, moment, disclosed)):
            unseen.discard(event.id)
            occurrences.add(event.account_of)
            yield sight.shows(event)
        else:
            unseen.add(event.id)


def _met(history: "History", party: str, first: int) -> Iterator[tuple[int, Event, bool]]:
    """What is opened to the party and what happens, each with the count of events until then, and whether it is seen."""
    for met in history.met(first):
        for event in _opened(history, met, party):
            yield met.place, event, True
        is_seen = _knows(met.before, met.event, party)
        if met.after is not met.before:
            is_seen = is_seen and _knows(met.after, met.event, party)
        yield met.place + 1, met.event, is_seen


def knows(talks: Talks, event: Event, party: str) -> bool:
    """Whether `party` knows the whole of `event` as the talks stand."""
    return _knows(talks.hidden, event, party)


def _knows(hidden: Curtain, event: Event, party: str) -> bool:
    if event.kind in AMENDING and any(_hides(hidden, name, party) for name in getattr(event, "of", ())):
        return False
    return not _hides(hidden, event.id, party)


def knows_words(talks: Talks, event: str, party: str, term: str) -> bool:
    """Whether `party` knows what an event says on a term: all of the event, or this part of it."""
    hidden = talks.hidden.get(event)
    return hidden is None or party in hidden.knowers or term in parts_known(hidden, party)


def parts_known(hidden: Hidden, party: str) -> tuple[str, ...]:
    """The terms of a hidden event that `party` has come to know, sorted."""
    return tuple(sorted({*hidden.parts.get(party, ()), *hidden.parts.get("*", ())}))


def _hides(hidden: Curtain, event: str, party: str) -> bool:
    held = hidden.get(event)
    return held is not None and party not in held.knowers


def _opened(history: "History", met: Met, party: str) -> Sequence[Event]:
    """What an event opens to the party, each entry as the record reads it by then."""
    if met.before is met.after:
        return ()
    found = []
    for name in met.touched:
        held, now = met.before.get(name), met.after.get(name)
        if held is None or party in held.knowers:
            continue
        event = history.as_read(name, met.place + 1)
        if event is None:
            continue
        if now is None or party in now.knowers:
            found.append(event)
        elif (parts := parts_known(now, party)) != parts_known(held, party):
            found.append(in_part(event, parts))
    return sorted(found, key=lambda event: history.index(event.id))


KEPT = (
    "id",
    "date",
    "kind",
    "by",
    "of",
    "form",
    "text",
    "stage",
    "channel",
    "account_of",
    "account",
    "after",
)
"""Fields of an event opened in part that say what it is. All others stay closed, whatever they hold."""


def in_part(event: Event, terms: Sequence[str]) -> Event:
    """The event with nothing but some of its terms: who, when, and those stances."""
    changes: dict[str, object] = {
        name: _blank(getattr(event, name)) if field.is_required() else field.default
        for name, field in type(event).model_fields.items()
        if name not in KEPT
    }
    told = getattr(event, "terms", NOTHING)
    if isinstance(told, FrozenWords):
        changes["terms"] = FrozenWords({term: told[term] for term in terms if term in told})
    if "only" in changes:
        only = getattr(event, "only", ())
        changes["only"] = tuple(term for term in terms if not only or term in only)
    return event.model_copy(update=changes)


def _blank(value: object) -> object:
    """Nothing, in the place of a field that an event cannot be without."""
    if isinstance(value, FrozenWords):
        return NOTHING
    return () if isinstance(value, tuple) else value
