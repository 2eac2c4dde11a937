"""The parts of a history too long to hold: its events, states, objections and names, each read when looked at."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, overload

from terms.core.event import Event
from terms.core.objection import Objection
from terms.core.talks import Talks
from terms.ground.dates import Edtf, read_date
from terms.stores.frames import END, NAMED
from terms.stores.lines import name_in
from terms.stores.looking import event_in

if TYPE_CHECKING:
    from terms.stores.long import LongHistory
    from terms.stores.reread import Reread

NOTED = 20_000
"""Places of events held, by id."""

SINGLE = 512
"""Events held that were looked at alone."""


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
        if (step := self._history.held(here)) is not None:
            return step.event
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

    def __init__(self, history: LongHistory | Reread) -> None:
        self._history = history

    def __len__(self) -> int:
        return self._history.size

    def __getitem__(self, place: int) -> Talks:  # type: ignore[override]
        here = place + len(self) if place < 0 else place
        return self._history[here].after


class LongPlaces(Mapping[str, int]):
    """The place of each event, by id."""

    def __init__(self, history: LongHistory, rest: Mapping[str, int]) -> None:
        self._history = history
        self._rest = rest
        self._known: dict[str, int] = {}
        self._missing: set[str] = set()
        self.dates: dict[str, Edtf] = {}

    def __len__(self) -> int:
        return self._history.size - len(self._history.sight.again)

    def __iter__(self) -> Iterator[str]:
        history = self._history
        again = history.sight.again
        kept = history.store.read(history.stream, after=1, limit=history.size) if history.size else ()
        return (name_in(one) for one in kept if one.number - 2 not in again)

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

    def __init__(self, history: LongHistory | Reread) -> None:
        self._history = history

    def __len__(self) -> int:
        return self._history.size

    def __iter__(self) -> Iterator[int]:
        return iter(range(self._history.size))

    def __getitem__(self, place: int) -> tuple[Objection, ...]:
        return self._history[place].objections


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
