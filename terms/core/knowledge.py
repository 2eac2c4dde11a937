"""What one party has seen of the log, in the order in which it learned of things.

A party knows its own acts, what was addressed to it, passed on by it or said in its presence, and
whatever is not private. What a later publication or leak opens joins at that step, not before. A
correction shows what it corrects, so it is known to whoever knows that.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from terms.core.entries import Hidden
from terms.core.event import Event
from terms.core.lens import View, disclosed_by, happened_by
from terms.core.spelling import NOTHING
from terms.core.story import AMENDING
from terms.core.talks import Talks
from terms.ground.words import FrozenWords

if TYPE_CHECKING:
    from terms.core.history import History, Step


def learned(history: "History", party: str, *, first: int = 0) -> Iterator[Event]:
    """The log as `party` came to know it: what is opened later stands before the event that opened it.

    An event opened in parts appears with those parts, and once more when the rest is opened. `first`: from this
    log place on. By a date, a paper of a vague one is there where a disclosure that the party knows of is.
    """
    moment = history.view.at
    if moment is None:
        yield from _learned(history, party, first)
        return
    sight = _learned(history, party, first)
    disclosed = disclosed_by(history.header, sight, View(at=moment))
    for event in _learned(history, party, first):
        if happened_by(event, moment, disclosed):
            yield event


def _learned(history: "History", party: str, first: int) -> Iterator[Event]:
    for place in range(first, len(history)):
        step = history[place]
        yield from _opened(history, step, party)
        if knows(step.before, step.event, party) and knows(step.after, step.event, party):
            yield step.event


def knows(talks: Talks, event: Event, party: str) -> bool:
    """Whether `party` knows the whole of `event` as the talks stand."""
    if event.kind in AMENDING and any(_hidden_from(talks, name, party) for name in getattr(event, "of", ())):
        return False
    return not _hidden_from(talks, event.id, party)


def knows_words(talks: Talks, event: str, party: str, term: str) -> bool:
    """Whether `party` knows what an event says on a term: all of the event, or this part of it."""
    hidden = talks.hidden.get(event)
    return hidden is None or party in hidden.knowers or term in parts_known(hidden, party)


def parts_known(hidden: Hidden, party: str) -> tuple[str, ...]:
    """The terms of a hidden event that `party` has come to know, sorted."""
    return tuple(sorted({*hidden.parts.get(party, ()), *hidden.parts.get("*", ())}))


def _hidden_from(talks: Talks, event: str, party: str) -> bool:
    hidden = talks.hidden.get(event)
    return hidden is not None and party not in hidden.knowers


def _opened(history: "History", step: "Step", party: str) -> Sequence[Event]:
    """What this step opens to the party, each entry as the record reads it by then."""
    before, after = step.before.hidden, step.after.hidden
    if before is after:
        return ()
    found = []
    for name, held in before.items():
        now = after.get(name)
        event = history.as_read(name, step.index + 1) if party not in held.knowers else None
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
