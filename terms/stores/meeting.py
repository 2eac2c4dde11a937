"""What is hidden from whom behind each event of a long stream, folded only where it must be.

Where something was hidden or opened is kept with the keyframes. Between two such places nothing need be folded to know
what a party may see, and neither where there is but one from a keyframe to the next: that one made the difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, cast

from terms.core.event import Event
from terms.core.history import Step
from terms.core.knowledge import Curtain, Met
from terms.ground.maps import Map
from terms.stores.frames import EVERY, Entries
from terms.stores.layered import Layered

if TYPE_CHECKING:
    from terms.stores.long import LongHistory

HIDDEN = "hidden"
"""The map of a state that says what is hidden from whom."""

AT_ONCE = 2_048
"""Events that are read at once where none hides or opens anything."""


def meeting(history: LongHistory, first: int) -> Iterator[Met]:
    """See `History.met`."""
    begin, hidden = first, history.state(min(first, len(history))).hidden
    opening = (place for place in history.places_opening() if place >= first)
    for number, some in groupby(opening, lambda place: place // EVERY):
        places = [*some]
        stretch = range(max(number * EVERY, first), min((number + 1) * EVERY, len(history)))
        kept = _kept(history, stretch.stop) if len(places) == 1 else None
        if kept is not None:
            yield from _as_before(history, range(begin, places[0] + 1), hidden, kept)
            begin, hidden = places[0] + 1, kept
            continue
        yield from _as_before(history, range(begin, stretch.start), hidden, hidden)
        steps = [one for one in history.stretch(number).steps if one.index >= first]
        _look_up(steps[0].before.hidden, [one.event for one in steps])
        yield from map(_met, steps)
        begin, hidden = stretch.stop, steps[-1].after.hidden
    yield from _as_before(history, range(begin, len(history)), hidden, hidden)


def _kept(history: LongHistory, steps: int) -> Curtain | None:
    """What is hidden after so many steps, where a keyframe has all of it; None: it has to be folded."""
    frames, number = history.frames, steps + 1
    root = frames.root(number) if number <= history.framed_to else None
    if root is None or root[0] != number or HIDDEN in root[1].many:
        return None
    if HIDDEN not in root[1].few:
        return Map()
    return cast(
        "Curtain", Map({name: frames.kept(one) for name, one in frames.spelled_at(HIDDEN, number).items()})
    )


def _as_before(history: LongHistory, places: range, hidden: Curtain, after: Curtain) -> Iterator[Met]:
    """Events that hide and open nothing, but the last, behind which `after` is hidden."""
    for begin in range(places.start, places.stop, AT_ONCE):
        events = history.events[begin : min(begin + AT_ONCE, places.stop)]
        _look_up(hidden, events)
        for place, event in enumerate(events, begin):
            history.note(place, event)
            is_last = place == places.stop - 1
            yield Met(place, event, hidden, after if is_last else hidden, hidden if is_last else ())


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
