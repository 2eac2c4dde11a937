"""Folds a stream again from where an event changed its story, and finds what that makes of the state.

Begun is at the last keyframe before the change, so this costs what lies between the two, read from the store piece
by piece. What the state differs by is looked for among the entries that either fold touched, and no others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice

import msgspec
from msgspec import Struct

from terms.core.event import Event, read_event_json
from terms.core.objection import Objection
from terms.core.reducer import PassedOver, step
from terms.core.story import AT_ONCE
from terms.core.talks import Talks
from terms.ground.maps import Map
from terms.stores.encoding import event_bytes
from terms.stores.frames import MAPS, TOLD, BadSnapshot, Entries, Frames, make, rest_of, row
from terms.stores.layered import GONE, Layered
from terms.stores.looking import events_in, look_ahead
from terms.stores.noting import Notes, noting, plain
from terms.stores.retelling import Standing, Tale, Turn, in_story
from terms.stores.store import Snapshot

CHUNK = 5_000
"""Entries of a large map that are compared at once."""

HELD = 20_000
"""Entries of a large map of the old state held while folding again."""

Objections = tuple[Objection, ...]


class Effect(Struct, frozen=True, array_like=True):
    """What an event that reached back led to: what did not fit, and whether the talks came to anything else."""

    objections: Objections
    changes: bool


class Noted(Struct, frozen=True, array_like=True):
    """What is kept of an event that is not plain: itself, and its effect where it reached back."""

    event: msgspec.Raw
    effect: Effect | None


def noted(turn: Turn, number: int, effect: Effect | None = None) -> Snapshot:
    """The row that keeps an event which is not plain."""
    return row(TOLD, number, msgspec.json.encode(Noted(msgspec.Raw(event_bytes(turn.event)), effect)))


def take_up(tale: Tale, frames: Frames, *, at_most: int) -> dict[int, Effect]:
    """Tell a tale what is kept of the lines up to one; the effects of the events that reached back, by place.

    Raises:
        BadSnapshot: what is kept is not as it was written.
    """
    found: dict[int, Effect] = {}
    for one in frames.store.every_snapshot(frames.stream, TOLD, make=make()):
        if one.number > at_most:
            break
        try:
            kept = msgspec.json.decode(frames.opened(one), type=Noted)
            turn = tale.hear(one.number - 2, read_event_json(bytes(kept.event)))
        except (msgspec.DecodeError, KeyError, ValueError) as fault:
            raise BadSnapshot(frames.stream, TOLD) from fault
        if turn.reaches_back != (kept.effect is not None):
            raise BadSnapshot(frames.stream, TOLD)
        if kept.effect is not None:
            found[turn.place] = kept.effect
            tale.frame_at(turn.place + 1)
    return found


def folded(event: Event, talks: Talks) -> tuple[Talks, Objections]:
    """The talks after an event as it stands in the story. One that only says who knows of it has no objections."""
    after, found = step(event, talks)
    return after, () if isinstance(event, PassedOver) else found


class Again(Struct, frozen=True):
    """The end of a stretch of the story: the state, what it changed in the maps, what did not fit at the last event."""

    talks: Talks
    keys: Mapping[str, set[object]]
    objections: Objections


def fold_again(
    frames: Frames,
    start: Talks,
    standings: Mapping[str, Standing],
    places: range,
    last: Event | None,
    told: Callable[[int], None] = lambda _: None,
    notes: Notes | None = None,
) -> Again:
    """Fold the events at these places from `start` on, in the order of the story; `last` is as it is folded.

    `told` hears at which line the folding is, now and then; it may raise, which ends it. `notes` are taken of what
    the events look at.
    """
    log = frames.store.read(frames.stream, after=places.start + 1, limit=len(places))
    events = in_story(
        ((kept.number - 2, event) for kept, event in events_in(log, frames.stream)),
        standings,
        places.start,
        places.stop - 1,
    )
    talks, objections, line = start, Objections(), places.start + 1
    while piece := list(islice(events, AT_ONCE)):
        look_ahead(talks, piece)
        talks = talks if notes is None else noting(talks, notes)
        for event in piece:
            talks, found = folded(event, talks)
            objections = found if event is last else objections
        talks = talks if notes is None else plain(talks)
        for entries in _below(start):
            if len(entries.held) > HELD:
                entries.forget()
        line += len(piece)
        told(line)
    return Again(talks, {field: changed(start, talks, field) for field in MAPS}, objections)


def _below(talks: Talks) -> Iterator[Entries]:
    for field in MAPS:
        entries = getattr(talks, field)
        if isinstance(entries, Layered) and isinstance(entries.below, Entries):
            yield entries.below


def changed(start: Talks, talks: Talks, field: str) -> set[object]:
    """The keys of a map whose entries are others than they were."""
    before, after = getattr(start, field), getattr(talks, field)
    if before is after:
        return set()
    return set(after.over) if isinstance(after, Layered) else {*differing(before, after)}


def comes_to_the_same(old: Talks, new: Talks, keys: Mapping[str, set[object]]) -> bool:
    """Whether two states are the same, which can only differ in the entries under these keys."""
    if rest_of(old) != rest_of(new):
        return False
    return all(_same(getattr(old, field), getattr(new, field), [*keys[field]]) for field in MAPS)


def _same(old: Mapping[object, object], new: Mapping[object, object], keys: Sequence[object]) -> bool:
    below = [one.below for one in (old, new) if isinstance(one, Layered)]
    for begin in range(0, len(keys), CHUNK):
        some = keys[begin : begin + CHUNK]
        for entries in (one for one in below if isinstance(one, Entries)):
            entries.forget()
            entries.look_up(some, missing=())
        if any(old.get(key) != new.get(key) for key in some):
            return False
    return True


def differing(before: Map[object, object], after: Map[object, object]) -> dict[object, object]:
    """The entries of a map that are not those of an earlier one; `GONE` for those that it has no more."""
    found = {key: value for key, value in after.items() if before.get(key) is not value}
    return found | {key: GONE for key in before if key not in after}
