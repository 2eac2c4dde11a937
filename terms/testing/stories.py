"""Stories: a negotiation as a list of small operations, and the pure interpreter that tells it.

A failing property is only as useful as its shortest example. Operations are independent of each other:
they count references back from the end of the story, and one that does not apply is dropped. So any
sub-list of a story is a story, and Hypothesis can shorten it freely. Ids are made here, never drawn.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from terms import events as families
from terms.core.event import Event, read_event
from terms.core.header import Header
from terms.testing.story import PARTIES, Move, Story, Teller, plain_header
from terms.testing.tellers import TELL, tell


def interpret(
    moves: Sequence[Move],
    header: Header | None = None,
    *,
    past: Sequence[Event] = (),
    tellers: Mapping[str, Teller] | None = None,
    at_least: int = 0,
    fill: Sequence[str] = ("propose",),
) -> tuple[Header, tuple[Event, ...]]:
    """The record that a list of moves tells: `past`, then an event for each move that applies.

    `tellers` tell kinds of one's own. A record of fewer than `at_least` new events goes on with the plainest
    of the kinds in `fill` that applies; it stays short only where none does.
    """
    story = Story(header or plain_header(), own=tellers or {}, prefix="e" if not past else "told-")
    told_before = [event.words() for event in past]
    story.told.extend(told_before)
    story.day = _last_day(past, story.day)
    for move in moves:
        tell(story, move)
    while len(story.told) < len(past) + at_least:
        short = len(story.told)
        for kind in fill:
            if len(story.told) == short:
                tell(story, Move(kind))
        if len(story.told) == short:
            break
    return story.header, (*past, *(read_event(spelled) for spelled in story.told[len(told_before) :]))


def _last_day(past: Sequence[Event], otherwise: date) -> date:
    days = [event.date.last_day for event in past if event.date.last_day is not None]
    return max(days) if days else otherwise


KIND_NAMES = tuple(TELL)
assert families.FAMILIES


__all__ = ["KIND_NAMES", "PARTIES", "Move", "Story", "Teller", "interpret", "plain_header"]
