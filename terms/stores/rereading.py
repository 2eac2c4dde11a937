"""Finds out what the rival accounts of a long stream change, all of them in one pass, and keeps it in the store.

The stream is folded as it reads, from the first event told otherwise on, and notes what each event looks at. A rival
reading that has none of this otherwise is changed alike and need not be folded; so a pass costs little more than one
fold of the stream, however many rivals. Where an event reaches back, both stories are folded again from the keyframe
before the change. What was found out by an earlier pass is gone on from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from msgspec.structs import replace

from terms.core.accounts import Choice, read_header
from terms.core.event import Event
from terms.core.header import Header
from terms.core.reducer import step
from terms.core.talks import Talks
from terms.ground.pause import collector_paused
from terms.stores.errors import StoreError
from terms.stores.frames import EVERY, MAPS, BadSnapshot, Frames, rest_of
from terms.stores.going_back import Again, fold_again, folded
from terms.stores.layered import GONE
from terms.stores.looking import event_in, look_ahead
from terms.stores.noting import Entry, Notes, entry_of, noting, plain
from terms.stores.retelling import Tale, Turn
from terms.stores.rivals import REST, SAME, Rival, keep, overlaid

if TYPE_CHECKING:
    from terms.stores.long import LongHistory

CHAINED = 16
"""Keyframes passed before the fold begins from one again, so that no more of a state is held than changed since."""

AT_ONCE = 2_048
"""Events after which what was found out by then is kept."""

SAID_EVERY = 128
"""Events between two words about how far the pass is."""


def rival_readings(history: LongHistory, told: Callable[[int], None]) -> dict[Choice, Rival]:
    """What each rival account of a history changes. `told` hears the line that is reached, now and then."""
    frames = Frames(history.store, history.stream)
    readings = [_Reading(history, choice) for choice in history.rivals]
    for one in readings:
        with suppress(BadSnapshot):  # it is found out again
            one.recall(frames)
    if any(one.rival.steps < history.size for one in readings):
        _Pass(history, frames, readings, told).run()
    return {one.rival.choice: one.rival for one in readings}


class _Reading:
    """One rival account in use, while the stream is gone through; `talks` is the state under it, None: not up to date.

    `now` are the entries that read otherwise, as they read; `fields` counts them by the map they are in.
    """

    def __init__(self, history: LongHistory, choice: Choice) -> None:
        told = [one for one in history.tale.accounts if choice.of in (one.account_of, one.id)]
        view = replace(history.view, choices=(*history.view.choices, choice))
        self.tale = tale_of(history, choice)
        ruling = read_header(history.declared, view)
        self.header: Header = history.ruling if ruling == history.ruling else ruling
        self.begins = min((history.index(one.id) for one in told), default=0)
        if self.header is not history.ruling:
            self.begins = 0
        self.rival = Rival(choice, told, self.begins)
        self.kept = 0
        self.notes = Notes()
        self.talks: Talks | None = None
        self.now: dict[Entry, object] = {}
        self.fields: Counter[str] = Counter()
        self.is_ruled_otherwise = self.header is not history.ruling

    def recall(self, frames: Frames) -> None:
        """Take up what was found out before."""
        self.rival.recall(frames)
        self.kept = self.rival.steps
        self.begins = max(self.begins, self.rival.steps)
        for entry, value in self.rival.at(self.kept).items():
            self.turn(entry, value)

    def turn(self, entry: Entry, value: object) -> None:
        """Let an entry read so from now on."""
        if value is not SAME:
            self.fields[entry[0]] += entry not in self.now
            self.now[entry] = value
        elif self.now.pop(entry, SAME) is not SAME:
            self.fields[entry[0]] -= 1

    def is_touched(self, notes: Notes) -> bool:
        """Whether an event may change this reading otherwise than the stream, by what it looked at there."""
        if self.is_ruled_otherwise or REST in self.now:
            return True
        if not self.now.keys().isdisjoint(notes.asked) or not self.now.keys().isdisjoint(notes.put):
            return True
        if any(self.fields[field] for field in notes.swept):
            return True
        return any(
            self.fields[field] and known <= self.count_gone(field) for field, known in notes.weighed.items()
        )

    def count_gone(self, field: str) -> int:
        """How many entries a map has in the stream and not in this reading."""
        return sum(value is GONE for (of, _), value in self.now.items() if of == field)

    def state(self, base: Talks) -> Talks:
        """The state under this account where the stream is at `base`; it tells the notes what is done with it."""
        if self.talks is None:
            self.talks = noting(overlaid(base, self.header, self.now), self.notes)
        self.notes.clear()
        return self.talks


class _LookedFor:
    """What an event must look at to touch any reading: told at once of most events that they touch none."""

    def __init__(self, readings: Sequence[_Reading]) -> None:
        held = [entry for one in readings for entry in one.now]
        self._entries = set(held)
        self._gone = {field: max(one.count_gone(field) for one in readings) for field, _ in held}
        self._always = REST in self._entries or any(one.is_ruled_otherwise for one in readings)

    def meets(self, notes: Notes) -> bool:
        """Whether an event that looked at this may touch some reading."""
        return (
            self._always
            or not self._entries.isdisjoint(notes.asked)
            or not self._entries.isdisjoint(notes.put)
            or not self._gone.keys().isdisjoint(notes.swept)
            or any(known <= self._gone.get(field, -1) for field, known in notes.weighed.items())
        )


class _Pass:
    """Going through the stream once."""

    def __init__(
        self,
        history: LongHistory,
        frames: Frames,
        readings: Sequence[_Reading],
        told: Callable[[int], None],
    ) -> None:
        self._history, self._frames, self._readings, self._told = history, frames, readings, told
        self._tale = tale_of(history, None)
        self._turns = history.tale.turns
        self._notes = Notes()
        self._base = history.start
        self._looked_for = _LookedFor(readings)

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
                    self._fold(place, event, active)
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
                self._take_up(self._frames.talks(history.ruling, begin + 1))
            kept = history.store.read(history.stream, after=begin + 1, limit=min(many, history.size - begin))
            events = [event_in(one, history.stream) for one in kept]
            look_ahead(plain(self._base), events)
            yield from enumerate(events, begin)

    def _take_up(self, base: Talks) -> None:
        self._base = noting(base, self._notes)
        for one in self._readings:
            one.talks = None

    def _keep(self, steps: int) -> None:
        """Keep what was found out up to the last keyframe before so many steps, and say how far it is."""
        steps = min(steps, self._history.framed_to - 1)
        going = [one for one in self._readings if one.begins < steps and one.kept < steps]
        with suppress(StoreError):  # then it is found out again
            keep(self._frames, [(one.rival, one.kept) for one in going], steps)
        for one in going:
            one.kept = steps

    # ---- one event -----------------------------------------------------------------------------

    def _fold(self, place: int, event: Event, active: Iterable[_Reading]) -> None:
        """An event that every reading folds as it is written."""
        before = self._base
        self._notes.clear()
        self._base, _ = step(event, before)
        touched = (
            [one for one in active if one.is_touched(self._notes)]
            if self._looked_for.meets(self._notes)
            else []
        )
        mine = [step(event, one.state(before))[0] for one in touched]
        self._overtake(before)
        for one, after in zip(touched, mine, strict=True):
            one.talks = after
            self._settle(one, place + 1, self._notes.put | one.notes.put, after)

    def _tell(self, place: int, event: Event, active: Sequence[_Reading]) -> None:
        """An event that some readings may fold otherwise than it is written, or that reaches back."""
        turn, turns = self._hear(place, event)
        before = self._base
        self._notes.clear()
        again: dict[int, tuple[Again, Notes]] = {}
        if turn.reaches_back:
            if (effect := self._history.effect_at(place)) is not None and effect.changes:
                self._take_up(self._frames.talks(self._history.ruling, place + 2))
        elif turn.folded is not None:
            self._base, _ = folded(turn.folded, before)
        for one in active:
            told = turns[one.rival.choice]
            if turn.reaches_back or told.reaches_back:
                self._fold_again(one, place, (turn, told), again)
            else:
                state = one.state(before)
                after = state if told.folded is None else folded(told.folded, state)[0]
                self._settle(one, place + 1, self._notes.put | one.notes.put, after)
                one.talks = after
        self._overtake(before, kept=active if not turn.reaches_back else ())

    def _overtake(self, before: Talks, kept: Iterable[_Reading] = ()) -> None:
        """Where the stream went on, the readings that were not folded are behind."""
        if self._base is not before:
            for one in self._readings:
                if one not in kept:
                    one.talks = None

    def _fold_again(
        self,
        one: _Reading,
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
        self._settle(one, place + 1, changed | {*entries, *one.now}, mine.talks, theirs.talks)

    def _tells_the_same(self, one: _Reading, places: range) -> bool:
        """Whether the events at these places stand alike in the stream and in a reading of it, folded alike."""
        mine, theirs = (
            {name: told for name, told in tale.standings.items() if told.place in places}
            for tale in (one.tale, self._tale)
        )
        return mine == theirs

    def _settle(
        self, one: _Reading, steps: int, entries: Iterable[Entry], mine: Talks, base: Talks | None = None
    ) -> None:
        """Note which of these entries read otherwise from now on, or no more; None: the stream is where it is."""
        theirs = self._base if base is None else base
        for entry in {*entries} - {REST}:
            self._turn(one, steps, entry, entry_of(mine, entry), entry_of(theirs, entry))
        self._turn(one, steps, REST, rest_of(mine), rest_of(theirs))

    def _turn(self, one: _Reading, steps: int, entry: Entry, mine: object, theirs: object) -> None:
        value = SAME if mine is theirs or mine == theirs else mine
        old = one.now.get(entry, SAME)
        if value is not old and (value is SAME or old is SAME or value != old):
            one.turn(entry, value)
            one.rival.put(steps, entry, value)
            self._looked_for = _LookedFor(self._readings)

    def _hear(self, place: int, event: Event) -> tuple[Turn, dict[Choice, Turn]]:
        """Tell every story of an event that is not plain."""
        turns = {one.rival.choice: one.tale.hear(place, event) for one in self._readings}
        return self._tale.hear(place, event), turns


def tale_of(history: LongHistory, choice: Choice | None) -> Tale:
    """The story of a history with a rival account in use, nothing told yet; None: as the history is read."""
    if choice is None:
        return Tale(history.look, history.view, (), history.sight)
    view = replace(history.view, choices=(*history.view.choices, choice))
    return Tale(history.look, view, history.tale.accounts, history.sight)


def tale_told(history: LongHistory, choice: Choice) -> Tale:
    """The same, all of it told."""
    tale = tale_of(history, choice)
    for turn in history.tale.turns.values():
        tale.hear(turn.place, turn.event)
    return tale
