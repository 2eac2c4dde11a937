"""What one party may be handed of a record: the events it knows, and a header with no more than they name.

Nothing here may depend on an event that the party does not know, not even on how many there are. So a
reference is kept when it leads to something that the party can see, and reads `undisclosed` otherwise;
it is never asked whether a hidden event has that name.
"""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from terms.core.event import Event, read_event
from terms.core.header import Header, Text
from terms.core.history import History
from terms.core.lens import View
from terms.core.pruning import named_by, names_in
from terms.core.speaking import knowers
from terms.core.undisclosed import PROSE, UNDISCLOSED, Sight

__all__ = ["UNDISCLOSED", "handed_to", "pruned", "shown_to"]


def handed_to(party: str, header: Header, events: Sequence[Event]) -> tuple[Header, tuple[Event, ...]]:
    """What `party` is handed of a record: a header in which it is declared itself, and the events as it knows them."""
    shown = shown_to(party, header, events)
    return pruned(header, shown, also=(party,)), shown


def shown_to(party: str, header: Header, events: Sequence[Event]) -> tuple[Event, ...]:
    """The events as `party` came to know them, in that order, every reference to others `undisclosed`.

    An event that was opened in parts stands there with those parts, and what was opened later follows as
    a correction of it: what was shown is never unsaid, and ids stay unique.
    """
    seen = _seen_by(party, header, events)
    first: dict[str, Event] = {}
    told: list[Event] = []
    sight = Sight(header)
    for place, event in enumerate(seen):
        sight.add(event)
        sourced = (
            event
            if event.source
            else event.model_copy(update={"source": _opener(event, seen[place:]).source})
        )
        shown = sight.shows(sourced)
        if event.id not in first:
            first[event.id] = shown
            told.append(shown)
        elif (more := _more(first[event.id], shown, told)) is not None:
            told.append(more)
            first[event.id] = shown
    return tuple(told)


def _seen_by(party: str, header: Header, events: Sequence[Event]) -> tuple[Event, ...]:
    """What the history says the party saw, without private events whose secrecy it never recorded.

    An account that a rival displaced is not folded, so the talks do not hold it as hidden, which reads as
    if everybody knew it. Whoever did not act in such an event or hear it has not seen it.
    """
    base = History(header, events)
    seen = History(header, events, View(party=party)).events
    return tuple(
        event
        for event in seen
        if event.channel == "public"
        or event.id in (talks := base[base.index(event.id)].after).hidden
        or party in knowers(base.event(event.id), talks)
    )


def _opener(event: Event, later: Sequence[Event]) -> Event:
    """The event that opened a part of this one: a part is known on that event's word, not on the hidden one's."""
    names = (one for one in later[1:] if event.id in {of.partition("/")[0] for of in getattr(one, "of", ())})
    return next(names, later[min(1, len(later) - 1)])


def pruned(header: Header, shown: Iterable[Event], *, also: Iterable[str] = ()) -> Header:
    """The header of what a party is handed: no more than these events and `also` name, and a text for what is undisclosed."""
    events = [*shown]
    made = named_by(header, (event.words() for event in events), also=also)
    hides = any(
        UNDISCLOSED in names_in({key: words for key, words in event.words().items() if key not in PROSE})
        for event in events
    )
    if not hides or UNDISCLOSED in header.text:
        return made
    empty = Text(UNDISCLOSED, title="Not disclosed to the reader of this record")
    return replace(made, texts=(*made.texts, empty))


def _more(first: Event, later: Event, told: Sequence[Event]) -> Event | None:
    """What a later, fuller sight of an event adds, as a correction; None: nothing."""
    before, after = first.words(), later.words()
    fields = {key: inner for key, inner in after.items() if before.get(key) != inner}
    if not fields:
        return None
    opened = told[-1]
    number = 1 + sum(1 for one in told if one.id.startswith(f"{later.id}-opened"))
    spelled: dict[str, object] = {
        "id": f"{later.id}-opened" if number == 1 else f"{later.id}-opened-{number}",
        "date": opened.words()["date"], "kind": "correct", "of": later.id, "with": fields,
        "why": "more of it was opened to the reader of this record", "source": after.get("source", []),
    }  # fmt: skip
    return read_event(spelled)
