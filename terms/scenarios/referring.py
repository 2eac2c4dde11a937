"""What an event names: whatever it answers, follows or corrects, is about, waits for or puts in order."""

from collections.abc import Iterator, Mapping

from terms.core.event import Event
from terms.ground.nodes import MapNode
from terms.ground.words import Plain, thaw
from terms.records.shapes import words_of

SAYS = (
    "id", "date", "known", "kind", "note", "quote", "lang", "translation", "tags", "source", "place", "why", "text",
    "needs",
)  # fmt: skip
"""Keys whose words are the event's own, and name no other."""
LONGEST = 16
"""Words of a text beyond which it is prose, in which an id would be a chance."""


def referred(event: Event) -> frozenset[str]:
    """The ids that an event names, among other words of it."""
    return frozenset(_named(event.words()))


def referred_in(node: MapNode) -> frozenset[str]:
    """The same of an event as it is written."""
    return frozenset(_named({entry.key.text: thaw(words_of(entry.value)) for entry in node.entries}))


def _named(words: Mapping[str, Plain]) -> Iterator[str]:
    for key, said in words.items():
        if key not in SAYS and not key.startswith("x-"):
            yield from _names(said)


def _names(said: Plain) -> Iterator[str]:
    """`accord/roads` names accord, `south accepts n-open` n-open, `3 days after n-yes` n-yes."""
    if isinstance(said, str):
        parts = said.replace(",", " ").split()
        for part in parts if len(parts) <= LONGEST else ():
            yield part.partition("/")[0].partition(".")[0]
    elif isinstance(said, Mapping):
        yield from _named(said)
    else:
        for inner in said:
            yield from _names(inner)
