"""Story order: the events as they are folded, and folding again from the place where the story changed.

Log order is the order of writing. An event with `after: ID` stands right behind ID in the story, and a
correction or retraction changes an entry that stands earlier; what is behind it is folded again. The
entries are kept as they were written, so that a correction may itself be corrected or taken back.
"""

from bisect import bisect_left, insort
from collections import ChainMap
from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct

from terms.core.event import Event, read_as
from terms.core.reducer import Objection, PassedOver, step
from terms.core.talks import Talks
from terms.ground.errors import TermsError

Rank = tuple[int, ...]
"""Where an event stands in the story: its log place, or that of the event it follows and then its own."""

AMENDING = ("correct", "retract")

Told = Callable[[int], None]
"""Hears how many further events were folded, now and then; it may raise, which ends the folding."""


def untold(folded: int) -> None:
    """Nobody wants to know how far the folding is."""


class NoSuchEvent(TermsError):
    """An id that is not in this history."""

    def __init__(self, event: str) -> None:
        self.event = event
        super().__init__(f"there is no event '{event}' in this history")


AT_ONCE = 64
"""Events folded between two words to whoever wants to hear how far it is; who raises then ends it."""


class Step(Struct, frozen=True):
    """One event and the talks on either side of it. `index` counts from 0 in the order of the log."""

    index: int
    event: Event
    before: Talks
    after: Talks
    objections: tuple[Objection, ...]


def story_ranks(events: Sequence[Event]) -> list[Rank]:
    """The rank of each event: its log place, or behind the event it names under `after`."""
    ranks: list[Rank] = []
    known: dict[str, Rank] = {}
    for place, event in enumerate(events):
        rank: Rank = (
            (place,) if event.after is None or event.after not in known else (*known[event.after], place)
        )
        ranks.append(rank)
        known[event.id] = rank
    return ranks


def reaches_back(event: Event, places: Mapping[str, int], steps: int) -> bool:
    """Whether the fold of the first `steps` steps, or which account they tell, may depend on `event`."""
    if event.accounts or event.account_of is not None or event.kind in AMENDING:
        return True
    return event.after is not None and places.get(event.after, steps) < steps


def places_behind(
    places: Mapping[str, int], gone: Sequence[Event], steps: int, events: Sequence[Event]
) -> Mapping[str, int]:
    """The places once `events` stand behind the first `steps`; `gone` are those that stood there."""
    own = {event.id: steps + place for place, event in enumerate(events)}
    if not gone:
        return ChainMap(own, places)  # type: ignore[arg-type]
    kept = dict(places)
    for event in gone:
        kept.pop(event.id, None)
    return kept | own


def alike_at_end(old: Sequence[Event], new: Sequence[Event]) -> int:
    """How many events at the end of both are the same, where both are of one length; else none."""
    if len(old) != len(new):
        return 0
    pairs = enumerate(zip(reversed(old), reversed(new), strict=True))
    return next((place for place, (one, other) in pairs if one != other), len(new))


class Story:
    """The events in story order with the state after each, grown one event at a time."""

    def __init__(self, start: Talks) -> None:
        self.start = start
        self.ranks: list[Rank] = []
        self.events: list[Event] = []
        self.states: list[Talks] = []
        self._written: dict[str, tuple[Rank, Event]] | None = None
        self.amending: list[Event] = []

    @property
    def last(self) -> Talks:
        return self.states[-1] if self.states else self.start

    @property
    def written(self) -> dict[str, tuple[Rank, Event]]:
        """The entries as they were written, by id. Kept from the first correction on: few records have one."""
        if self._written is None:
            entries = zip(self.ranks, self.events, strict=True)
            self._written = {
                event.id: (rank, event) for rank, event in entries if not isinstance(event, PassedOver)
            }
        return self._written

    def put(self, rank: Rank, event: Event) -> tuple[Objection, ...]:
        """Fold `event` at its rank, and again what stands behind it. Its own objections come back."""
        if self._written is not None:
            self._written[event.id] = (rank, event)
        return self.overhear(rank, event)

    def overhear(self, rank: Rank, event: Event) -> tuple[Objection, ...]:
        """Fold `event` at its rank as `put` does, but as one that no correction reaches."""
        if not self.ranks or rank > self.ranks[-1]:
            after, found = step(event, self.states[-1] if self.states else self.start)
            self.ranks.append(rank)
            self.events.append(event)
            self.states.append(after)
            return found
        before = self.last
        found = self._again(self._insert(rank, event))
        self._share(before)
        return found

    def remove(self, name: str) -> None:
        """Take an event out (an earlier, partial sight of it); nothing when it is not there."""
        self._again(self._delete(name))

    def displace(self, name: str) -> None:
        """Take an event out because another account of it is in use: from now on no correction reaches it."""
        self.remove(name)
        self.written.pop(name, None)

    def stand_in(self, rank: Rank, entry: Event, read: Event) -> None:
        """Fold an entry that comes into use after some corrections, as it reads by them."""
        self.written[entry.id] = (rank, entry)
        self.overhear(rank, read)

    def amend(self, event: Event) -> dict[str, tuple[Event | None]]:
        """Apply a correction or a retraction; what each entry it touches reads now, None: nothing."""
        self.amending.append(event)
        readings = amended(self.amending, {name: entry for name, (_, entry) in self.written.items()})
        changed: dict[str, tuple[Event | None]] = {}
        first, before = len(self.events), self.last
        for name in _touched(event, self.written):
            rank, entry = self.written[name]
            read = readings.get(name, entry)
            changed[name] = (read,)
            if read != self._now(name):
                first = min(first, self._delete(name))
                first = min(first, self._insert(rank, read) if read is not None else first)
        self._again(first)
        self._share(before)
        return changed

    def _share(self, before: Talks) -> None:
        """Where the talks come to what they were, let them be the very state: nothing changed."""
        if self.states and self.last == before:
            self.states[-1] = before

    def _now(self, name: str) -> Event | None:
        """The entry as it is folded now; None when it is not."""
        return next((event for event in self.events if event.id == name), None)

    def _insert(self, rank: Rank, event: Event) -> int:
        place = bisect_left(self.ranks, rank)
        insort(self.ranks, rank)
        self.events.insert(place, event)
        self.states.insert(place, self.start)
        return place

    def _delete(self, name: str) -> int:
        place = next((place for place, event in enumerate(self.events) if event.id == name), len(self.events))
        del self.ranks[place : place + 1], self.events[place : place + 1], self.states[place : place + 1]
        return place

    def _again(self, place: int) -> tuple[Objection, ...]:
        state = self.states[place - 1] if place else self.start
        first: tuple[Objection, ...] = ()
        for at in range(place, len(self.events)):
            state, found = step(self.events[at], state)
            self.states[at] = state
            first = found if at == place else first
        return first


def amended(amending: Sequence[Event], written: dict[str, Event]) -> dict[str, Event | None]:
    """What each entry named by these corrections and retractions reads in the end; None: it is taken out.

    A later one may name an earlier one, so the last is settled first. One that names nothing that was
    written before it changes nothing.
    """
    settled: list[Event] = []
    readings: dict[str, Event | None] = {}
    for late in reversed(amending):
        read = _read(late, settled)
        readings[late.id] = read
        if read is not None:
            settled.insert(0, read)
    names = {name for event in amending for name in getattr(event, "of", ())}
    for name in names & set(written) - set(readings):
        readings[name] = _read(written[name], settled)
    return readings


def reached(event: Event, amending: Iterable[Event]) -> set[str]:
    """What a correction or retraction names, and what those among `amending` name that it names."""
    by_id = {one.id: one for one in amending}
    found: set[str] = set()
    waiting = [event]
    while waiting:
        names = set(getattr(waiting.pop(), "of", ())) - found
        found |= names
        waiting += [by_id[name] for name in names if name in by_id]
    return found


def _read(event: Event, amending: Sequence[Event]) -> Event | None:
    read = event
    for late in amending:
        if event.id not in getattr(late, "of", ()):
            continue
        if late.kind == "retract":
            return None
        read = read_as(read, _changes(late))
    return read


def _touched(event: Event, written: dict[str, tuple[Rank, Event]]) -> list[str]:
    """The entries whose reading `event` may change: those it names, and those that a named correction names."""
    found: list[str] = []
    waiting = list(getattr(event, "of", ()))
    while waiting:
        name = waiting.pop()
        if name not in written or name in found:
            continue
        found.append(name)
        if (entry := written[name][1]).kind in AMENDING:
            waiting.extend(getattr(entry, "of", ()))
    return sorted(found, key=lambda name: written[name][0])


def _changes(event: Event) -> dict[str, object]:
    spelled = event.words().get("with")
    return dict(spelled) if isinstance(spelled, dict) else {}
