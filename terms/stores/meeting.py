"""What is hidden from whom behind each event of a long stream, folded only where that changes.

Where something was hidden or opened is kept with the keyframes. Between two such places nothing need be folded to know
what a party may see, which is most of what its view asks of a stream.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from terms.core.event import Event
from terms.core.history import Step
from terms.core.knowledge import Curtain, Met
from terms.ground.maps import Map
from terms.stores.frames import EVERY, Entries
from terms.stores.layered import Layered

if TYPE_CHECKING:
    from terms.stores.long import LongHistory

AT_ONCE = 2_048
"""Events that are read at once where none hides or opens anything."""


def meeting(history: LongHistory, first: int) -> Iterator[Met]:
    """See `History.met`."""
    if first >= len(history):
        return
    opening = {place // EVERY for place in history.places_opening()}
    hidden = history.state(first).hidden
    numbers = range(first // EVERY, (len(history) - 1) // EVERY + 1)
    for is_opening, some in groupby(numbers, opening.__contains__):
        stretches = [*some]
        begin, end = max(stretches[0] * EVERY, first), min((stretches[-1] + 1) * EVERY, len(history))
        if not is_opening:
            yield from _as_before(history, range(begin, end), hidden)
            continue
        for number in stretches:
            steps = [one for one in history.stretch(number).steps if one.index >= first]
            _look_up(steps[0].before.hidden, [one.event for one in steps])
            yield from map(_met, steps)
            hidden = steps[-1].after.hidden


def _as_before(history: LongHistory, places: range, hidden: Curtain) -> Iterator[Met]:
    """Events that hide and open nothing."""
    for begin in range(places.start, places.stop, AT_ONCE):
        events = history.events[begin : min(begin + AT_ONCE, places.stop)]
        _look_up(hidden, events)
        for place, event in enumerate(events, begin):
            history.note(place, event)
            yield Met(place, event, hidden, hidden, ())


def _met(step: Step) -> Met:
    before, after = step.before.hidden, step.after.hidden
    return Met(step.index, step.event, before, after, () if before is after else _touched(before, after))


def _touched(before: Curtain, after: Curtain) -> Iterable[str]:
    """The names whose entries may differ between two states, one of which was folded from the other."""
    old, new = _over(before), _over(after)
    if old is None or new is None or old[0] is not new[0]:
        return before
    return [name for name, held in new[1].items() if old[1].get(name) is not held]


def _over(hidden: object) -> tuple[object, Map[str, object]] | None:
    """What is hidden as it was at a keyframe, and what changed since; None: all of it is held."""
    return (hidden.below, hidden.over) if isinstance(hidden, Layered) else None


def _look_up(hidden: object, events: Sequence[Event]) -> None:
    """Read at once what is known of these events and of those they correct, where not all of it is held."""
    if isinstance(hidden, Layered) and isinstance(hidden.below, Entries):
        hidden.below.forget()
        names = {event.id for event in events}.union(*(getattr(event, "of", ()) for event in events))
        hidden.below.look_up(names, missing=())
