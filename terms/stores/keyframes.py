"""The states of a stream too long to hold: one is kept every few hundred events, those between are worked out again.

A state shares nearly everything with the one before it, but an event that was decoded is far larger than its
bytes. So this keeps the states at keyframes and leaves the events in the store: going anywhere reads and folds
at most one stretch. It begins with one pass over the stream, since keyframes are not stored yet.

An event that changes what an earlier one is read as (a correction, an account of the same occurrence, an entry
to be told further up) would change kept states behind their back; a stream with one is refused, and is folded
whole by `core.History` instead.
"""

from collections.abc import Callable

from terms.core.accounts import read_header
from terms.core.event import Event, read_event_json
from terms.core.header import Header
from terms.core.history import Step
from terms.core.lens import View
from terms.core.reducer import step
from terms.core.story import AMENDING
from terms.core.talks import Talks, unopened
from terms.ground.pause import collector_paused
from terms.stores.errors import NoHeader, StoreError
from terms.stores.lines import read_line
from terms.stores.store import HEADER, Store

EVERY = 128
"""Events from one keyframe to the next: a jump folds half as many on average, and at most all of them."""


class ReachesBack(StoreError):
    """A stream in which a later line changes how earlier ones are read, so that it must be folded whole."""

    def __init__(self, stream: str, number: int) -> None:
        super().__init__(f"line {number} of '{stream}' changes how earlier ones are read: fold it whole")
        self.stream, self.number = stream, number


class Keyframes:
    """Every step of the stream that has been read so far; `told` hears how many while the first pass runs."""

    def __init__(self, store: Store, stream: str, *, told: Callable[[int], None] = lambda _: None) -> None:
        self._store = store
        self._stream = stream
        self._size = 0
        self._frames: list[Talks] = []
        self._window: tuple[int, tuple[Step, ...]] = (-1, ())
        with collector_paused():
            self._read_on(told)

    def __len__(self) -> int:
        return self._size

    def state(self, steps: int) -> Talks:
        """The talks after the first `steps` events (0: before any).

        Raises:
            IndexError: there are not as many.
        """
        return self._frames[0] if steps == 0 else self[steps - 1].after

    def __getitem__(self, index: int) -> Step:
        """The step at `index`, counted from 0.

        Raises:
            IndexError: there is none.
        """
        if not 0 <= index < self._size:
            raise IndexError(f"this stream has {self._size} steps")
        frame, place = divmod(index, EVERY)
        if self._window[0] != frame:
            self._window = (frame, self._stretch(frame))
        return self._window[1][place]

    def _read_on(self, told: Callable[[int], None]) -> None:
        talks: Talks | None = None
        for kept in self._store.read(self._stream):
            if talks is None:
                talks = unopened(read_header(self._header(kept.content), View()))
                self._frames.append(talks)
                continue
            talks, _ = step(self._event(kept.content, kept.kind, kept.number), talks)
            self._size += 1
            if self._size % EVERY == 0:
                self._frames.append(talks)
                told(self._size)

    def _header(self, content: bytes) -> Header:
        found = read_line(content)
        if not isinstance(found, Header):
            raise NoHeader(self._stream)
        return found

    def _event(self, content: bytes, kind: str, number: int) -> Event:
        if kind == HEADER or kind in AMENDING:
            raise ReachesBack(self._stream, number)
        event = read_event_json(content)
        if event.after is not None or event.account_of is not None or event.accounts:
            raise ReachesBack(self._stream, number)
        return event

    def _stretch(self, frame: int) -> tuple[Step, ...]:
        first = frame * EVERY
        before, steps = self._frames[frame], []
        for place, kept in enumerate(self._store.read(self._stream, after=first + 1), start=first):
            if place == min(first + EVERY, self._size):
                break
            event = read_event_json(kept.content)
            after, found = step(event, before)
            steps.append(Step(place, event, before, after, found))
            before = after
        return tuple(steps)
