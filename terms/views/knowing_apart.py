"""Who knows of an event in one situation and not in another: what a leak or a hand-over made, or its absence.

Only events that are in both are told, since of one that is missing nobody could know.
"""

from collections.abc import Iterator

from msgspec import Struct

from terms.core.entries import Hidden
from terms.core.situation import Situation
from terms.views.answers.knowing import EVERYBODY, who_knew


class KnowledgeDifference(Struct, frozen=True):
    """One event, and to whom it is known before and after, in words. `events` made it known to those who differ."""

    event: str
    before: str
    after: str
    events: tuple[str, ...]


def knowledge_apart(before: Situation, after: Situation) -> tuple[KnowledgeDifference, ...]:
    """The events that are known to others in `after` than in `before`, in the order of the later history."""
    old, new = before.talks.hidden, after.talks.hidden
    if old is new:
        return ()
    names = [
        name
        for name in {*old, *new}
        if old.get(name) != new.get(name) and _has(before, name) and _has(after, name)
    ]
    return tuple(
        KnowledgeDifference(
            name,
            _words(old.get(name)),
            _words(new.get(name)),
            tuple(dict.fromkeys((*_through(before, name, after), *_through(after, name, before)))),
        )
        for name in sorted(names, key=after.history.index)
    )


def _has(at: Situation, name: str) -> bool:
    return name in at.history.names and at.history.index(name) < at.steps


def _words(held: Hidden | None) -> str:
    if held is None:
        return "everybody"
    whole = ", ".join(sorted(held.knowers)) or "nobody"
    said = (
        f"{'everybody' if party == EVERYBODY else party} ({', '.join(parts)} alone)"
        for party, parts in sorted(held.parts.items())
        if party not in held.knowers
    )
    return "; ".join((whole, *said))


def _through(at: Situation, name: str, other: Situation) -> Iterator[str]:
    """The events by which somebody came to know in `at` who in `other` did not, or not so."""
    told = {
        (one.party, one.parts, one.through)
        for one in who_knew(other.history, name).learned
        if other.history.index(one.through) < other.steps
    }
    for one in who_knew(at.history, name).learned:
        known = (one.party, one.parts, one.through)
        if at.history.index(one.through) < at.steps and known not in told:
            yield one.through
