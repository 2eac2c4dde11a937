"""What agreed words mean: parties clarify, interpret, object. None of it changes what was agreed."""

from typing import ClassVar, Literal

from terms.core.entries import Reaction, Reading
from terms.core.event import Answering
from terms.core.reducer import evolve
from terms.core.spelling import NOTHING, AnyWords, Many, WordMap
from terms.core.talks import Talks


class Clarify(Answering):
    """Explains one's own value without changing it."""

    EFFECT: ClassVar[str] = "noted beside what it explains; no stance moves"

    kind: Literal["clarify"] = "clarify"
    by: Many
    terms: WordMap = NOTHING


class Interpret(Answering):
    """Says how `by` reads a clause: `reads` one of its declared meanings, or `is` words of one's own."""

    EFFECT: ClassVar[str] = "the party's reading of the clause; differing readings make its meaning disputed"

    kind: Literal["interpret"] = "interpret"
    by: Many
    reads: str | None = None
    is_: AnyWords | None = None


class Object(Answering):
    """Objects to a clause, a reading or an act."""

    EFFECT: ClassVar[str] = "an objection noted at what it names"

    kind: Literal["object"] = "object"
    by: Many


@evolve.register
def clarify(event: Clarify, talks: Talks) -> Talks:
    """Note the clarification."""
    return _note(event, talks)


@evolve.register
def interpret(event: Interpret, talks: Talks) -> Talks:
    """Keep the latest reading of each party for each clause."""
    after = talks
    words = event.reads or str(event.is_ or "")
    for reference in event.of:
        after = after.with_reading(reference, Reading(event.by, words, event.id))
    return after


@evolve.register
def object_(event: Object, talks: Talks) -> Talks:
    """Note the objection."""
    return _note(event, talks)


def _note(event: Clarify | Object, talks: Talks) -> Talks:
    after = talks
    for reference in event.of:
        after = after.with_reaction(reference, Reaction(event.kind, event.by, event.id))
    return after
