"""Stories: a negotiation as a list of small operations, and the pure interpreter that tells it.

A failing property is only as useful as its shortest example. Operations are independent of each other:
they count references back from the end of the story, and one that does not apply is dropped. So any
sub-list of a story is a story, and Hypothesis can shorten it freely. Ids are made here, never drawn.
"""

from collections.abc import Sequence

from terms import events as families
from terms.core.event import Event, read_event
from terms.core.header import Header
from terms.ground.words import FrozenWords
from terms.testing.story import PARTIES, Move, Story, plain_header
from terms.testing.tellers import TELL, tell


def interpret(moves: Sequence[Move], header: Header | None = None) -> tuple[Header, tuple[Event, ...]]:
    """The record that a list of moves tells."""
    story = Story(header or plain_header())
    for move in moves:
        tell(story, move)
    return story.header, tuple(read_event(spelled) for spelled in story.told)


KIND_NAMES = tuple(TELL)
assert families.FAMILIES


def frozen_terms(event: Event) -> FrozenWords:
    """The stances an event spells, empty for a kind without terms of its own."""
    told = getattr(event, "terms", None)
    return told if isinstance(told, FrozenWords) else FrozenWords({})


__all__ = ["KIND_NAMES", "PARTIES", "Move", "Story", "frozen_terms", "interpret", "plain_header"]
