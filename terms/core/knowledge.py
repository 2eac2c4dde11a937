"""What one party has seen of the log, in the order in which it learned of things.

A party knows its own acts, what was addressed to it, passed on by it or said in its presence, and
whatever is not private. What a later publication or leak opens joins at that step, not before.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from terms.core.entries import Hidden
from terms.core.event import NOTHING, Event
from terms.core.talks import Talks
from terms.ground.words import FrozenWords

if TYPE_CHECKING:
    from terms.core.history import History, Step


def learned(history: "History", party: str) -> tuple[Event, ...]:
    """The log as `party` came to know it: what is opened later stands before the event that opened it.

    An event opened in parts appears with those parts, and once more when the rest is opened.
    """
    seen: list[Event] = []
    for step in history:
        seen.extend(_opened(history, step, party))
        if knows(step.after, step.event, party):
            seen.append(step.event)
    return tuple(seen)


def knows(talks: Talks, event: Event, party: str) -> bool:
    """Whether `party` knows the whole of `event` as the talks stand."""
    hidden = talks.hidden.get(event.id)
    return hidden is None or party in hidden.knowers


def parts_known(hidden: Hidden, party: str) -> tuple[str, ...]:
    """The terms of a hidden event that `party` has come to know, sorted."""
    return tuple(sorted({*hidden.parts.get(party, ()), *hidden.parts.get("*", ())}))


def _opened(history: "History", step: "Step", party: str) -> Sequence[Event]:
    before, after = step.before.hidden, step.after.hidden
    if before is after:
        return ()
    found = []
    for name, held in before.items():
        if party in held.knowers or name not in history:  # type: ignore[comparison-overlap]
            continue
        now = after.get(name)
        event = history.event(name)
        if now is None or party in now.knowers:
            found.append(event)
        elif (parts := parts_known(now, party)) != parts_known(held, party):
            found.append(in_part(event, parts))
    return sorted(found, key=lambda event: history.index(event.id))


def in_part(event: Event, terms: Sequence[str]) -> Event:
    """The event with nothing but some of its terms: who, when, and those stances."""
    told = getattr(event, "terms", NOTHING)
    kept = (
        FrozenWords({term: told[term] for term in terms if term in told})
        if isinstance(told, FrozenWords)
        else told
    )
    bare = {"quote": None, "translation": NOTHING, "note": None, "figures": NOTHING, "order": (), "one_of": NOTHING,
            "all_of": NOTHING, "for_": None, "x": NOTHING, "accounts": (), "only_if": None, "unless": None}  # fmt: skip
    fields = type(event).model_fields
    changes = {name: value for name, value in bare.items() if name in fields}
    return event.model_copy(update={**changes, "terms": kept} if "terms" in fields else changes)
