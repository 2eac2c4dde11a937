"""A history of a stream too long to hold: events are read, and states folded from a keyframe, when looked at.

It answers as `core.History` does, step by step the same. What it holds are a few stretches around the places that
were looked at last, so opening, jumping and stepping cost the same however long the stream is, and so does the
memory. Asking for something of all events (another view, a branch) reads them all.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from threading import RLock

from msgspec import Struct

from terms.core.accounts import Choice, has_accounts, read_header, rival_choices
from terms.core.event import Event
from terms.core.folding import Folded
from terms.core.history import History, Step
from terms.core.knowledge import Met
from terms.core.lens import View
from terms.core.objection import Objection
from terms.core.reducer import step
from terms.core.story import AMENDING, Rank, Told, untold
from terms.core.talks import Talks, unopened
from terms.ground.dates import Edtf
from terms.ground.pause import collector_paused
from terms.ground.words import Plain
from terms.stores.frames import END, EVERY, KIND, OPENED, Frames
from terms.stores.framing import framed
from terms.stores.going_back import Effect, folded, take_up
from terms.stores.grafting import grafted
from terms.stores.long_parts import LongEvents, LongMentions, LongObjections, LongPlaces, LongStates
from terms.stores.looking import FOUND_BY_KIND, event_in, header_of, look_ahead, set_by, spelled_in
from terms.stores.looking import leads as leads_of
from terms.stores.meeting import meeting
from terms.stores.naming import naming
from terms.stores.redeclared import Straightened, straightened
from terms.stores.reread import moved_under, under
from terms.stores.rereading import rival_readings
from terms.stores.retelling import Tale
from terms.stores.rivals import Rival
from terms.stores.sighting import AS_TOLD, Sight
from terms.stores.store import Store
from terms.stores.viewing import seen_through
from terms.stores.weighing import weigh

STRETCHES = 24
"""Stretches from keyframe to keyframe that are held; about half a megabyte each."""

CHAINED = 16
"""Stretches folded one from another while stepping on; then the next begins from its keyframe again."""


class Stretch(Struct, frozen=True):
    """The steps from one keyframe to the next; `chained` counts the stretches it was folded on from."""

    start: Talks
    steps: tuple[Step, ...]
    chained: int


class LongHistory(History):
    """The history of a stream that has its keyframes (see `framing.framed`, which this calls), under the header in force.

    `view` is what the stream was seen through when it was written, and `of` the history that it is a view of; None:
    it is all there is. `size` is the number of its events; None: all that the stream has. `accounts` are the events
    told in rival accounts, where the view prefers some; `sight` is what the party of the view saw late.
    """

    def __init__(
        self,
        store: Store,
        stream: str,
        *,
        view: View | None = None,
        of: LongHistory | None = None,
        size: int | None = None,
        accounts: Sequence[Event] = (),
        sight: Sight = AS_TOLD,
        told: Callable[[int], None] = lambda _: None,
    ) -> None:
        self.kept_in, self.stream = store, stream
        self.store = straightened(store, stream)
        self.view = view or View()
        self.size = self.store.head(stream).length - 1 if size is None else size
        self.sight, self.accounts = sight, accounts
        self.below: History | None = None
        last = framed(self.store, stream, view=self.view, accounts=accounts, sight=sight, told=told)
        self.framed_to = last
        self.frames = Frames(self.store, stream)
        self.declared = header_of(self.store, stream)
        self.ruling = read_header(self.declared, self.view)
        self.lock = RLock()
        self.start = unopened(self.ruling)
        self._stretches: OrderedDict[int, Stretch] = OrderedDict()
        self.events = LongEvents(self)  # type: ignore[assignment]
        self.whole = self if of is None else of
        self.record = self.whole.events
        self._rivals: Mapping[Choice, Rival | History] | None = None
        self._rest: dict[str, list[tuple[int, str]]] = {}
        rest: dict[str, int] = {}
        self._places: LongPlaces = LongPlaces(self, rest)
        self.tale = Tale(self.look, self.view, accounts, sight)
        self._fold = Folded(
            self.start,
            LongStates(self),
            LongObjections(self),  # type: ignore[arg-type]
            self.tale.amended,
        )
        self._back = take_up(self.tale, self.frames, at_most=min(last, self.size + 1))
        self._read_rest(last, rest)
        self.mentioned = LongMentions(self)

    @property
    def lines(self) -> int:
        """How many lines the stream had when it was opened."""
        return self.store.length if isinstance(self.store, Straightened) else self.size + 1

    def look(self, name: str) -> tuple[int, Event] | None:
        """An event with its place; None: there is none of this name."""
        place = self.place_of(name)
        return None if place is None else (place, self.events[place])

    def _read_rest(self, last: int, places: dict[str, int]) -> None:
        """What leads to the events behind the last keyframe, which it does not know; and their places."""
        for kept in self.store.read(self.stream, after=last, limit=max(self.size + 1 - last, 0)):
            event = event_in(kept, self.stream)
            places[event.id] = kept.number - 2
            if not self.tale.is_plain(kept.number - 2, event):
                self.tale.hear(kept.number - 2, event)
            for part, number, told in leads_of(event, kept.number, opens=False):
                self._rest.setdefault(part, []).append((number, told.decode()))
        hidden = [self.state(steps).hidden for steps in range(last - 1, self.size + 1)]
        for place, (one, other) in enumerate(pairwise(hidden), start=last - 1):
            if one is not other:
                self._rest.setdefault(OPENED, []).append((place + 2, ""))

    @cached_property
    def rivals(self) -> tuple[Choice, ...]:
        """See `History.rivals`."""
        return rival_choices(self.header, [*self._told_otherwise().values()], self.view)

    def under(self, choice: Choice) -> History:
        """See `History.under`: what the account changes is found out, and kept."""
        return under(self, choice)

    @property
    def keeps_rivals(self) -> bool:
        """See `History.keeps_rivals`."""
        return True

    def weighed(self, told: Told = untold) -> Mapping[Choice, Rival | History]:
        """See `History.weighed`: found out, but for what is kept, when it is first asked for.

        `told` hears the line that is reached, now and then; it may raise, which ends it.
        """
        if self._rivals is None:
            self._rivals = weigh(self, lambda some, heard: rival_readings(self.apart(), some, heard), told)
        return self._rivals

    def moved_under(self, choice: Choice, steps: int) -> frozenset[tuple[str, object]] | None:
        """See `History.moved_under`."""
        return moved_under(self, choice, steps)

    def effect_at(self, place: int) -> Effect | None:
        """What the event at a place led to, if it reached back."""
        return self._back.get(place)

    def as_read(self, name: str, steps: int | None = None) -> Event | None:
        """See `History.as_read`."""
        place = self.index(name)
        found = self.tale.read_at(name, steps)
        return self.events[place] if found is None else found[0]

    def corrected_by(self, name: str) -> tuple[str, ...]:
        """See `History.corrected_by`."""
        amending = (turn.event for turn in self.tale.turns.values() if turn.event.kind in AMENDING)
        return tuple(event.id for event in amending if name in getattr(event, "of", ()))

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
        if not {*kinds} <= {*AMENDING, *FOUND_BY_KIND}:
            return super().places_of(kinds)
        found = [
            place for place, turn in self.tale.turns.items() if turn.event.kind in {*kinds} & {*AMENDING}
        ]
        known = {*kinds} & FOUND_BY_KIND
        return tuple(
            sorted([*found, *(line - 2 for kind in known for line, _ in self.leads(f"{KIND}{kind}{END}"))])
        )

    def places_of_accounts(self) -> tuple[int, ...]:
        """See `History.places_of_accounts`."""
        return tuple(self._told_otherwise())

    def _told_otherwise(self) -> dict[int, Event]:
        """The events that are told in rival accounts, or tell some, by place; one seen twice stands there twice."""
        turns = self.tale.turns.items()
        return {place: turn.event for place, turn in turns if has_accounts(turn.event)}

    @property
    def moved(self) -> Mapping[int, Rank]:
        """See `History.moved`."""
        told = ((one.place, one.rank) for one in self.tale.standings.values())
        return {place: rank for place, rank in told if len(rank) > 1}

    def places_opening(self) -> tuple[int, ...]:
        """See `History.places_opening`."""
        return tuple(line - 2 for line, _ in self.leads(OPENED))

    def met(self, first: int = 0) -> Iterator[Met]:
        """See `History.met`: folded is only where something was hidden or opened."""
        return meeting(self, first)

    def held(self, place: int) -> Step | None:
        """A step of a stretch that was looked at lately."""
        stretch = self._stretches.get(place // EVERY)
        return None if stretch is None else stretch.steps[place % EVERY]

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
        first, chained = number * EVERY, 0
        is_framed = first < self.framed_to  # the last keyframe may stand in the middle of the stretch before
        before = self._stretches.get(number - 1) if is_framed else self.stretch(number - 1)
        if before is not None and len(before.steps) == EVERY and (before.chained < CHAINED or not is_framed):
            start, chained = before.steps[-1].after, before.chained + 1
        else:
            start = self.start if number == 0 else self.frames.talks(self.ruling, first + 1)
        count = min(EVERY, self.size - first)
        kept = self.store.read(self.stream, after=first + 1, limit=count)
        events = [event_in(one, self.stream) for one in kept]
        look_ahead(start, events)
        if not chained:
            self._places.look_up(set_by(start))  # whoever draws the cells asks how old each is
        talks, steps = start, []
        for place, event in enumerate(events, start=first):
            after, objections = self._turned(place, event, talks)
            if after is not talks and place in self._back:
                look_ahead(after, events[place - first + 1 :])
            steps.append(Step(place, event, talks, after, objections))
            self.note(place, event)
            talks = after
        return Stretch(start, tuple(steps), chained)

    def _turned(self, place: int, event: Event, talks: Talks) -> tuple[Talks, tuple[Objection, ...]]:
        """The state after an event, and what does not fit: behind one that reaches back is a keyframe."""
        if (effect := self._back.get(place)) is not None:
            after = self.frames.talks(self.ruling, place + 2) if effect.changes else talks
            return after, effect.objections
        turn = self.tale.turns.get(place)
        if turn is None:
            return step(event, talks)
        return (talks, ()) if turn.folded is None else folded(turn.folded, talks)

    def __getitem__(self, index: int) -> Step:  # type: ignore[override]
        place = index + self.size if index < 0 else index
        if not 0 <= place < self.size:
            raise IndexError(f"this history has {self.size} steps")
        return self.stretch(place // EVERY).steps[place % EVERY]

    def continued(self, steps: int, events: Sequence[Event]) -> History:
        """See `History.continued`: the states up to the step are shared."""
        if self.view != View():
            return super().continued(steps, events)
        return grafted(self, steps, events)

    def through(self, view: View, told: Told = untold) -> History:
        """See `History.through`."""
        return seen_through(self.whole.apart(), view, told)

    def apart(self) -> LongHistory:
        """The same history with nothing held of it yet, for a thread of its own."""
        return LongHistory(
            self.kept_in, self.stream, view=self.view, of=None if self.whole is self else self.whole,
            size=self.size, accounts=self.accounts, sight=self.sight,
        )  # fmt: skip

    def place_of(self, name: str) -> int | None:
        """The place of the event with this id; None: there is none."""
        return self._places.get(name)

    def spelled(self) -> Iterator[dict[str, Plain]]:
        """See `History.spelled`."""
        kept = self.store.read(self.stream, after=1, limit=self.size) if self.size else ()
        return (spelled_in(one, self.stream) for one in kept)

    def note(self, place: int, event: Event) -> None:
        """Hold the place of an event that was read, since it will be asked for."""
        if place not in self.sight.ranks:  # it may be seen again further on
            self._places.note(event.id, place, event.date)

    def naming(self, names: Collection[str], steps: int | None = None) -> Iterator[dict[str, Plain]]:
        """See `History.naming`; of the first `steps` events (None: all). No event is made, and few lines are read."""
        count = self.size if steps is None else steps
        kept = self.store.read(self.stream, after=1, limit=count) if count else ()
        return (spelled_in(one, self.stream) for one in naming(kept, names))

    def look_up(self, names: Collection[str]) -> None:
        """Read the places of these events at once, since they will be asked for."""
        self._places.look_up(names)

    def opened(
        self,
        store: Store,
        *,
        view: View,
        accounts: Sequence[Event],
        sight: Sight,
        told: Callable[[int], None],
    ) -> LongHistory:
        """The history of a store that was made from this one, seen through `view`."""
        of = None if view == View() else self.whole
        return LongHistory(store, self.stream, view=view, of=of, accounts=accounts, sight=sight, told=told)
