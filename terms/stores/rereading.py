"""Finds out what the rival accounts of a long stream change, all of them in one pass, and keeps it in the store.

The stream is folded as it reads, from the first event told otherwise on, and notes what each event looks at. A rival
reading that has none of this otherwise is changed alike and need not be folded; so a pass costs little more than one
fold of the stream, however many rivals. Where an event reaches back, both stories are folded again from the keyframe
before the change. What was found out by an earlier pass is gone on from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from terms.core.accounts import Choice
from terms.core.event import Event
from terms.ground.pause import collector_paused
from terms.stores.beside import Beside, Reading, tale_of
from terms.stores.errors import StoreError
from terms.stores.frames import EVERY, MAPS, BadSnapshot, Frames
from terms.stores.going_back import Again, fold_again, folded
from terms.stores.looking import event_in, look_ahead
from terms.stores.noting import Notes, plain
from terms.stores.retelling import Turn
from terms.stores.rivals import Rival, keep, overlaid
from terms.stores.weighing import rival_of

if TYPE_CHECKING:
    from terms.stores.grafting import Grafted
    from terms.stores.long import LongHistory

CHAINED = 16
"""Keyframes passed before the fold begins from one again, so that no more of a state is held than changed since."""

AT_ONCE = 2_048
"""Events after which what was found out by then is kept."""

SAID_EVERY = 128
"""Events between two words about how far the pass is."""


def rival_readings(
    history: LongHistory, choices: Iterable[Choice], told: Callable[[int], None]
) -> dict[Choice, Rival]:
    """What rival accounts of a history change. `told` hears the line that is reached, now and then."""
    frames = Frames(history.store, history.stream)
    readings = [Reading(history, choice) for choice in choices]
    for one in readings:
        with suppress(BadSnapshot):  # it is found out again
            one.recall(frames)
    if any(one.rival.steps < history.size for one in readings):
        _Pass(history, frames, readings, told).run()
    return {one.rival.choice: one.rival for one in readings}


def tail_readings(
    history: Grafted, choices: Iterable[Choice], told: Callable[[int], None]
) -> dict[Choice, Rival]:
    """What rival accounts of a grafted history change: up to the cut as in its base, behind it found out in one pass.

    Those that are no rivals in the base are left out.
    """
    readings = []
    for choice in choices:
        one = Reading(history, choice)
        kept = rival_of(history.base, choice, told, party=history.view.party) if history.cut else one.rival
        if isinstance(kept, Rival):
            one.begin_as(kept, history.cut)
            one.rival.steps = len(history)
            readings.append(one)
    beside = Beside(readings, history.start)
    beside.take_up(history.state(history.cut))
    with collector_paused():
        for begin in range(0, len(history.tail), AT_ONCE):
            events = history.tail[begin : begin + AT_ONCE]
            look_ahead(plain(beside.base), events)
            for place, event in enumerate(events, start=history.cut + begin):
                beside.fold(place, event, readings)
                if place % SAID_EVERY == SAID_EVERY - 1:
                    told(place + 2)
    return {one.rival.choice: one.rival for one in readings}


class _Pass:
    """Going through the stream once."""

    def __init__(
        self,
        history: LongHistory,
        frames: Frames,
        readings: Sequence[Reading],
        told: Callable[[int], None],
    ) -> None:
        self._history, self._frames, self._readings, self._told = history, frames, readings, told
        self._tale = tale_of(history, None)
        self._turns = history.tale.turns
        self._beside = Beside(readings, history.start)

    def run(self) -> None:
        """Go through all that is not found out yet."""
        history = self._history
        begin = min(one.begins for one in self._readings if one.rival.steps < history.size)
        first = min(begin, history.framed_to - 1) // EVERY * EVERY
        for turn in self._turns.values():
            if turn.place < first:
                self._hear(turn.place, turn.event)
        with collector_paused():
            for place, event in self._events(first):
                active = [one for one in self._readings if one.begins <= place]
                if place in self._turns:
                    self._tell(place, event, active)
                else:
                    self._beside.fold(place, event, active)
                if place % SAID_EVERY == SAID_EVERY - 1:
                    self._told(place + 2)
                if place % AT_ONCE == AT_ONCE - 1:
                    self._keep(place + 1)
        self._keep(history.size)
        for one in self._readings:
            one.rival.steps = max(one.rival.steps, history.size)

    def _events(self, first: int) -> Iterator[tuple[int, Event]]:
        """The events from a place on. Before some of them the state is taken up from a keyframe."""
        history = self._history
        many = EVERY * CHAINED
        for begin in range(first, history.size, many):
            if not begin or begin < history.framed_to:
                self._beside.take_up(self._frames.talks(history.ruling, begin + 1))
            kept = history.store.read(history.stream, after=begin + 1, limit=min(many, history.size - begin))
            events = [event_in(one, history.stream) for one in kept]
            look_ahead(plain(self._beside.base), events)
            yield from enumerate(events, begin)

    def _keep(self, steps: int) -> None:
        """Keep what was found out up to the last keyframe before so many steps, and say how far it is."""
        steps = min(steps, self._history.framed_to - 1)
        going = [one for one in self._readings if one.begins < steps and one.kept < steps]
        with suppress(StoreError):  # then it is found out again
            keep(self._frames, [(one.rival, one.kept) for one in going], steps)
        for one in going:
            one.kept = steps

    # ---- one event -----------------------------------------------------------------------------

    def _tell(self, place: int, event: Event, active: Sequence[Reading]) -> None:
        """An event that some readings may fold otherwise than it is written, or that reaches back."""
        turn, turns = self._hear(place, event)
        before = self._beside.base
        self._beside.notes.clear()
        again: dict[int, tuple[Again, Notes]] = {}
        if turn.reaches_back:
            if (effect := self._history.effect_at(place)) is not None and effect.changes:
                self._beside.take_up(self._frames.talks(self._history.ruling, place + 2))
        elif turn.folded is not None:
            self._beside.base, _ = folded(turn.folded, before)
        for one in active:
            told = turns[one.rival.choice]
            if turn.reaches_back or told.reaches_back:
                self._fold_again(one, place, (turn, told), again)
            else:
                state = one.state(before)
                after = state if told.folded is None else folded(told.folded, state)[0]
                self._beside.settle(one, place + 1, self._beside.notes.put | one.notes.put, after)
                one.talks = after
        self._beside.overtake(before, kept=active if not turn.reaches_back else ())

    def _fold_again(
        self,
        one: Reading,
        place: int,
        turns: tuple[Turn, Turn],
        again: dict[int, tuple[Again, Notes]],
    ) -> None:
        """Fold the stream and one reading again from where the story of either changed; `again` is of the stream."""
        first = place
        since = min(*(turn.since for turn in turns), self._history.framed_to - 1)
        while since < first:
            first = since
            since = min(tale.settled(first, EVERY) for tale in (self._tale, one.tale))
        behind = range(first, place + 1)
        start = self._frames.talks(self._history.ruling, first + 1)
        if first not in again:
            notes, last = Notes(), turns[0].folded
            made = fold_again(self._frames, start, self._tale.standings, behind, last, notes=notes)
            again[first] = made, notes
        theirs, notes = again[first]
        entries = one.rival.at(first)
        one.talks = None
        if entries == one.now and self._tells_the_same(one, behind) and not one.is_touched(notes):
            one.rival.misfits[place] = theirs.objections
            return
        start = overlaid(start, one.header, entries)
        mine = fold_again(self._frames, start, one.tale.standings, behind, turns[1].folded)
        changed = {(field, key) for field in MAPS for key in theirs.keys[field] | mine.keys[field]}
        one.rival.misfits[place] = mine.objections
        self._beside.settle(one, place + 1, changed | {*entries, *one.now}, mine.talks, theirs.talks)

    def _tells_the_same(self, one: Reading, places: range) -> bool:
        """Whether the events at these places stand alike in the stream and in a reading of it, folded alike."""
        mine, theirs = (
            {name: told for name, told in tale.standings.items() if told.place in places}
            for tale in (one.tale, self._tale)
        )
        return mine == theirs

    def _hear(self, place: int, event: Event) -> tuple[Turn, dict[Choice, Turn]]:
        """Tell every story of an event that is not plain."""
        turns = {one.rival.choice: one.tale.hear(place, event) for one in self._readings}
        return self._tale.hear(place, event), turns
