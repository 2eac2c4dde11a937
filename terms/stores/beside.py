"""Readings of one stream beside it: each is folded itself only where an event looks at what it has otherwise.

The stream is folded as it reads and notes what each event looks at. A reading that has none of this otherwise is
changed alike and need not be folded; what it has otherwise is kept entry by entry.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from terms.core.accounts import Choice, read_header
from terms.core.event import Event
from terms.core.header import Header
from terms.core.reducer import step
from terms.core.talks import Talks
from terms.stores.frames import Frames, rest_of
from terms.stores.layered import GONE
from terms.stores.noting import Entry, Notes, entry_of, noting
from terms.stores.retelling import Tale
from terms.stores.rivals import REST, SAME, Rival, overlaid

if TYPE_CHECKING:
    from terms.stores.grafting import Grafted
    from terms.stores.long import LongHistory


class Reading:
    """One rival account in use, while the stream is gone through; `talks` is the state under it, None: not up to date.

    `now` are the entries that read otherwise, as they read; `fields` counts them by the map they are in.
    """

    def __init__(self, history: LongHistory | Grafted, choice: Choice) -> None:
        told = [one for one in history.tale.accounts if choice.of in (one.account_of, one.id)]
        view = replace(history.view, choices=(*history.view.choices, choice))
        self.tale = tale_of(history, choice)
        ruling = read_header(history.declared, view)
        self.header: Header = history.ruling if ruling == history.ruling else ruling
        turns = history.tale.turns.values()
        of_it = (one.place for one in turns if choice.of in (one.event.account_of, one.event.id))
        self.begins = min(of_it, default=0)  # and no later, where what was told was seen twice
        if self.header is not history.ruling:
            self.begins = 0
        self.rival = Rival(choice, told, self.begins)
        self.kept = 0
        self.notes = Notes()
        self.talks: Talks | None = None
        self.now: dict[Entry, object] = {}
        self.fields: Counter[str] = Counter()
        self.is_ruled_otherwise = self.header is not history.ruling

    def begin_as(self, kept: Rival, steps: int) -> None:
        """Begin behind so many steps, up to which another history is the same and its rival was found out."""
        changes = {entry: [one for one in told if one[0] <= steps] for entry, told in kept.changes.items()}
        self.rival.changes.update({entry: told for entry, told in changes.items() if told})
        self.rival.misfits.update({place: one for place, one in kept.misfits.items() if place < steps})
        for entry, value in self.rival.at(steps).items():
            self.turn(entry, value)

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


class Beside:
    """A stream that is gone through, and readings of it beside it; `base` is its state, which tells the `notes`."""

    def __init__(self, readings: Sequence[Reading], start: Talks) -> None:
        self.readings = readings
        self.notes = Notes()
        self.base = start
        self._looked_for = _LookedFor(readings)

    def take_up(self, base: Talks) -> None:
        """Go on from a state of the stream."""
        self.base = noting(base, self.notes)
        for one in self.readings:
            one.talks = None

    def fold(self, place: int, event: Event, active: Iterable[Reading]) -> None:
        """Fold an event that every reading folds as it is written; `active` are those that may read otherwise by now."""
        before = self.base
        self.notes.clear()
        self.base, _ = step(event, before)
        touched = (
            [one for one in active if one.is_touched(self.notes)]
            if self._looked_for.meets(self.notes)
            else []
        )
        mine = [step(event, one.state(before))[0] for one in touched]
        self.overtake(before)
        for one, after in zip(touched, mine, strict=True):
            one.talks = after
            self.settle(one, place + 1, self.notes.put | one.notes.put, after)

    def overtake(self, before: Talks, kept: Iterable[Reading] = ()) -> None:
        """Where the stream went on, the readings that were not folded are behind."""
        if self.base is not before:
            for one in self.readings:
                if one not in kept:
                    one.talks = None

    def settle(
        self, one: Reading, steps: int, entries: Iterable[Entry], mine: Talks, base: Talks | None = None
    ) -> None:
        """Note which of these entries read otherwise from now on, or no more; None: the stream is where it is."""
        theirs = self.base if base is None else base
        for entry in {*entries} - {REST}:
            self._turn(one, steps, entry, entry_of(mine, entry), entry_of(theirs, entry))
        self._turn(one, steps, REST, rest_of(mine), rest_of(theirs))

    def _turn(self, one: Reading, steps: int, entry: Entry, mine: object, theirs: object) -> None:
        value = SAME if mine is theirs or mine == theirs else mine
        old = one.now.get(entry, SAME)
        if value is not old and (value is SAME or old is SAME or value != old):
            one.turn(entry, value)
            one.rival.put(steps, entry, value)
            self._looked_for = _LookedFor(self.readings)


class _LookedFor:
    """What an event must look at to touch any reading: told at once of most events that they touch none."""

    def __init__(self, readings: Sequence[Reading]) -> None:
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


def tale_of(history: LongHistory | Grafted, choice: Choice | None) -> Tale:
    """The story of a history with a rival account in use, nothing told yet; None: as the history is read."""
    if choice is None:
        return Tale(history.look, history.view, history.accounts, history.sight)
    view = replace(history.view, choices=(*history.view.choices, choice))
    return Tale(history.look, view, history.tale.first_seen, history.sight)


def tale_told(history: LongHistory | Grafted, choice: Choice) -> Tale:
    """The same, all of it told."""
    tale = tale_of(history, choice)
    for turn in history.tale.turns.values():
        tale.hear(turn.place, turn.event)
    return tale
