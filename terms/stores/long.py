"""A history of a stream too long to hold: events are read, and states folded from a keyframe, when looked at.

It answers as `core.History` does, step by step the same. What it holds are a few stretches around the places that
were looked at last, so opening, jumping and stepping cost the same however long the stream is, and so does the
memory. Asking for something of all events (another view, a branch) reads them all.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from threading import RLock
from typing import overload

from msgspec import Struct

from terms.core.accounts import read_header
from terms.core.event import Event
from terms.core.history import History, Step
from terms.core.lens import View
from terms.core.objection import Objection
from terms.core.reducer import step
from terms.core.story import AMENDING, Told, reaches_back, untold
from terms.core.talks import Talks, unopened
from terms.ground.dates import Edtf, read_date
from terms.ground.pause import collector_paused
from terms.stores.frames import END, EVERY, KIND, NAMED, OPENED, Frames
from terms.stores.framing import FOUND_BY_KIND, event_in, framed, header_of, look_ahead, set_by
from terms.stores.framing import leads as leads_of
from terms.stores.grafting import grafted, name_in
from terms.stores.store import Store
from terms.stores.viewing import seen_through

STRETCHES = 24
"""Stretches from keyframe to keyframe that are held; about half a megabyte each."""

CHAINED = 16
"""Stretches folded one from another while stepping on; then the next begins from its keyframe again."""

NOTED = 20_000
"""Places of events held, by id."""

SINGLE = 512
"""Events held that were looked at alone."""


class Stretch(Struct, frozen=True):
    """The steps from one keyframe to the next; `chained` counts the stretches it was folded on from."""

    start: Talks
    steps: tuple[Step, ...]
    chained: int


class LongEvents(Sequence[Event]):
    """The events of a stream, by place."""

    def __init__(self, history: LongHistory) -> None:
        self._history = history
        self._single: OrderedDict[int, Event] = OrderedDict()

    def __len__(self) -> int:
        return self._history.size

    @overload
    def __getitem__(self, place: int) -> Event: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Event, ...]: ...

    def __getitem__(self, place: int | slice) -> Event | tuple[Event, ...]:
        size = len(self)
        if isinstance(place, slice):
            first, last, by = place.indices(size)
            found = tuple(self._read(first, max(last - first, 0)))
            return found[::by] if by > 0 else tuple(self)[place]
        here = place + size if place < 0 else place
        if not 0 <= here < size:
            raise IndexError(f"this history has {size} steps")
        if (stretch := self._history.held(here // EVERY)) is not None:
            return stretch.steps[here % EVERY].event
        with self._history.lock:
            if here not in self._single:
                self._single[here] = next(self._read(here, 1))
                if len(self._single) > SINGLE:
                    self._single.popitem(last=False)
            return self._single[here]

    def __iter__(self) -> Iterator[Event]:
        return self._read(0, len(self))

    def _read(self, first: int, count: int) -> Iterator[Event]:
        history = self._history
        kept = history.store.read(history.stream, after=first + 1, limit=count) if count else iter(())
        return (event_in(one, history.stream) for one in kept)


class LongStates(Sequence[Talks]):
    """The state after each event, by place."""

    def __init__(self, history: LongHistory) -> None:
        self._history = history

    def __len__(self) -> int:
        return self._history.size

    def __getitem__(self, place: int) -> Talks:  # type: ignore[override]
        here = place + len(self) if place < 0 else place
        return self._history.stretch(here // EVERY).steps[here % EVERY].after


class LongPlaces(Mapping[str, int]):
    """The place of each event, by id."""

    def __init__(self, history: LongHistory, rest: Mapping[str, int]) -> None:
        self._history = history
        self._rest = rest
        self._known: dict[str, int] = {}
        self._missing: set[str] = set()
        self.dates: dict[str, Edtf] = {}

    def __len__(self) -> int:
        return self._history.size

    def __iter__(self) -> Iterator[str]:
        history = self._history
        kept = history.store.read(history.stream, after=1, limit=history.size) if history.size else ()
        return (name_in(one) for one in kept)

    def __getitem__(self, name: str) -> int:
        if (found := self._rest.get(name, self._known.get(name))) is not None:
            return found
        if name not in self._missing:
            self.look_up((name,))
        if (found := self._known.get(name)) is None:
            if len(self._missing) >= NOTED:
                self._missing.clear()
            self._missing.add(name)  # and stays so: what is appended later is not in this history
            raise KeyError(name)
        return found

    def look_up(self, names: Collection[str]) -> None:
        """Hold the places and dates of these events, all that are not held read at once."""
        wanted = [name for name in names if name not in self._rest and name not in self._known]
        for name, (line, date) in self._history.frames.lines_named(wanted).items():
            if line - 2 < self._history.size:
                self.note(name, line - 2, read_date(date))

    def note(self, name: str, place: int, date: Edtf) -> None:
        """Hold the place and date of an event that was met; of those of long ago they are read again."""
        if len(self._known) >= NOTED:
            self._known.clear()
            self.dates.clear()
        self._known[name] = place
        self.dates[name] = date


class LongObjections(Mapping[int, tuple[Objection, ...]]):
    """What did not fit, by place."""

    def __init__(self, history: LongHistory) -> None:
        self._history = history

    def __len__(self) -> int:
        return self._history.size

    def __iter__(self) -> Iterator[int]:
        return iter(range(self._history.size))

    def __getitem__(self, place: int) -> tuple[Objection, ...]:
        return self._history.stretch(place // EVERY).steps[place % EVERY].objections


class LongMentions(Mapping[str, tuple[tuple[int, str], ...]]):
    """Who names whom, by the name."""

    def __init__(self, history: LongHistory) -> None:
        self._history = history

    def __len__(self) -> int:
        return self._history.size

    def __iter__(self) -> Iterator[str]:
        return iter(self._history._places)

    def __getitem__(self, name: str) -> tuple[tuple[int, str], ...]:
        return tuple((line - 2, told) for line, told in self._history.leads(f"{NAMED}{name}{END}"))


class LongHistory(History):
    """The history of a stream that has its keyframes (see `framing.framed`, which this calls).

    `view` is what the stream was seen through when it was written, and `of` the history that it is a view of; None:
    it is all there is. `size` is the number of its events; None: all that the stream has.
    """

    def __init__(
        self,
        store: Store,
        stream: str,
        *,
        view: View | None = None,
        of: LongHistory | None = None,
        size: int | None = None,
        told: Callable[[int], None] = lambda _: None,
    ) -> None:
        self.store, self.stream = store, stream
        self.view = view or View()
        last = framed(store, stream, view=self.view, told=told)
        self.frames = Frames(store, stream)
        self.declared = header_of(store, stream)
        self.header = read_header(self.declared, self.view)
        self.lock = RLock()
        self.size = store.head(stream).length - 1 if size is None else size
        self.start = unopened(self.header)
        self._stretches: OrderedDict[int, Stretch] = OrderedDict()
        self.events = LongEvents(self)  # type: ignore[assignment]
        self.whole = self if of is None else of
        self.record = self.whole.events
        self._states = LongStates(self)  # type: ignore[assignment]
        self._objections = LongObjections(self)  # type: ignore[assignment]
        self._amended, self._ranks, self._counts = {}, [], frozenset()
        self.rivals = ()
        self._rest: dict[str, list[tuple[int, str]]] = {}
        rest: dict[str, int] = {}
        self._places: LongPlaces = LongPlaces(self, rest)
        rest.update(self._read_rest(last))
        self.mentioned = LongMentions(self)

    def _read_rest(self, last: int) -> dict[str, int]:
        """What leads to the events behind the last keyframe, which it does not know; their places."""
        places: dict[str, int] = {}
        for kept in self.store.read(self.stream, after=last, limit=max(self.size + 1 - last, 0)):
            event = event_in(kept, self.stream)
            places[event.id] = kept.number - 2
            for part, number, told in leads_of(event, kept.number, opens=False):
                self._rest.setdefault(part, []).append((number, told.decode()))
        hidden = [self.state(steps).hidden for steps in range(last - 1, self.size + 1)]
        for place, (one, other) in enumerate(pairwise(hidden), start=last - 1):
            if one is not other:
                self._rest.setdefault(OPENED, []).append((place + 2, ""))
        return places

    def date_of(self, name: str) -> Edtf:
        """See `History.date_of`."""
        place = self.index(name)
        return self._places.dates.get(name) or self.events[place].date

    def leads(self, part: str) -> list[tuple[int, str]]:
        """The lines that a part leads to, with what is said there, in order."""
        kept = [one for one in self.frames.lines_of(part) if one[0] <= self.size + 1]
        known = {line for line, _ in kept}
        return [*kept, *(one for one in self._rest.get(part, ()) if one[0] not in known)]

    def places_of(self, kinds: Collection[str]) -> tuple[int, ...]:
        """See `History.places_of`."""
        if not {*kinds} - {*AMENDING}:
            return ()  # a stream with one has no keyframes
        if not {*kinds} <= FOUND_BY_KIND:
            return super().places_of(kinds)
        return tuple(sorted(line - 2 for kind in kinds for line, _ in self.leads(f"{KIND}{kind}{END}")))

    def places_opening(self) -> tuple[int, ...]:
        """See `History.places_opening`."""
        return tuple(line - 2 for line, _ in self.leads(OPENED))

    def held(self, number: int) -> Stretch | None:
        """A stretch that was looked at lately."""
        return self._stretches.get(number)

    def stretch(self, number: int) -> Stretch:
        """A stretch, folded from its keyframe or from the stretch before it where that is held."""
        with self.lock:
            found = self._stretches.get(number)
            if found is None:
                with collector_paused():
                    found = self._folded(number)
                self._stretches[number] = found
                if len(self._stretches) > STRETCHES:
                    self._stretches.popitem(last=False)
            return found

    def _folded(self, number: int) -> Stretch:
        before = self._stretches.get(number - 1)
        first, chained = number * EVERY, 0
        if before is not None and before.chained < CHAINED and len(before.steps) == EVERY:
            start, chained = before.steps[-1].after, before.chained + 1
        else:
            start = self.start if number == 0 else self.frames.talks(self.header, first + 1)
        count = min(EVERY, self.size - first)
        kept = self.store.read(self.stream, after=first + 1, limit=count)
        events = [event_in(one, self.stream) for one in kept]
        look_ahead(start, events)
        if not chained:
            self._places.look_up(set_by(start))  # whoever draws the cells asks how old each is
        talks, steps = start, []
        for place, event in enumerate(events, start=first):
            after, objections = step(event, talks)
            steps.append(Step(place, event, talks, after, objections))
            self._places.note(event.id, place, event.date)
            talks = after
        return Stretch(start, tuple(steps), chained)

    def state(self, steps: int) -> Talks:
        """The talks after the first `steps` events (0: before any)."""
        return self._states[steps - 1] if steps else self.start

    def __getitem__(self, index: int) -> Step:  # type: ignore[override]
        place = index + self.size if index < 0 else index
        if not 0 <= place < self.size:
            raise IndexError(f"this history has {self.size} steps")
        return self.stretch(place // EVERY).steps[place % EVERY]

    def continued(self, steps: int, events: Sequence[Event]) -> History:
        """See `History.continued`: the states up to the step are shared, what reaches back behind it folds all."""
        if self.view != View() or any(reaches_back(event, self._places, steps) for event in events):
            return super().continued(steps, events)
        return grafted(self, steps, events)

    def through(self, view: View, told: Told = untold) -> History:
        """See `History.through`."""
        return seen_through(self.whole.apart(), view, told)

    def apart(self) -> LongHistory:
        """The same history with nothing held of it yet, for a thread of its own."""
        return LongHistory(self.store, self.stream, size=self.size)

    def place_of(self, name: str) -> int | None:
        """The place of the event with this id; None: there is none."""
        return self._places.get(name)

    def opened(self, store: Store, *, view: View, told: Callable[[int], None]) -> LongHistory:
        """The history of a store that was made from this one, seen through `view`."""
        return LongHistory(
            store, self.stream, view=view, of=None if view == View() else self.whole, told=told
        )
