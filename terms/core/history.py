"""A history: the events of a negotiation folded step by step, seen from a date, a party or a source.

Log order is the order of writing. Story order, which is folded, is log order, except that an event with
`after: ID` folds right behind ID, that a correction or retraction changes an earlier entry, and that a
party learns some events later than they happened. Wherever the story changes behind the last step, the
history folds again from that place on; earlier steps keep what the record then said.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property

from msgspec.structs import replace

from terms.core.accounts import Choice, Chosen, chosen_accounts, has_accounts, read_header, rival_choices
from terms.core.event import Event, named_in
from terms.core.header import Header
from terms.core.knowledge import learned
from terms.core.lens import View, admitted, disclosed_by
from terms.core.reducer import Objection, passed_over
from terms.core.story import (
    AMENDING,
    AT_ONCE,
    NoSuchEvent,
    Rank,
    Step,
    Story,
    Told,
    alike_at_end,
    places_behind,
    reaches_back,
    story_ranks,
    untold,
)
from terms.core.talks import Talks, unopened
from terms.ground.dates import Edtf
from terms.ground.pause import collector_paused


class History(Sequence[Step]):
    """A sequence of steps. Nothing is ever undone: an earlier state is an earlier index."""

    def __init__(
        self, header: Header, events: Sequence[Event], view: View | None = None, *, told: Told = untold
    ) -> None:
        self.declared = header
        self.header = read_header(header, view or View())
        self.record = tuple(events)
        self.view = view or View()
        self.events, self._ranks, self._counts = _visible(self.header, self.record, self.view, told)
        self._fold(told)

    # ---- a sequence of steps -----------------------------------------------------------------

    def __len__(self) -> int:
        return len(self.events)

    def __getitem__(self, index: int) -> Step:  # type: ignore[override]
        """The step at `index`; negative from the end.

        Raises:
            IndexError: there is no such step.
        """
        size = len(self.events)
        place = index + size if index < 0 else index
        if not 0 <= place < size:
            raise IndexError(f"this history has {size} steps")
        before = self._states[place - 1] if place else self.start
        return Step(place, self.events[place], before, self._states[place], self._objections.get(place, ()))

    def __iter__(self) -> Iterator[Step]:
        return (self[place] for place in range(len(self.events)))

    @cached_property
    def start(self) -> Talks:
        """The talks before the first event."""
        return unopened(self.header)

    @property
    def last(self) -> Talks:
        """The talks after the last event."""
        return self._states[-1] if self._states else self.start

    def state(self, steps: int) -> Talks:
        """The talks after the first `steps` events (0: before any)."""
        return self._states[steps - 1] if steps else self.start

    # ---- finding one's way -------------------------------------------------------------------

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {event.id: place for place, event in enumerate(self.events)}

    def index(self, value: object, start: int = 0, stop: int | None = None) -> int:
        """The place of the event with this id.

        Raises:
            NoSuchEvent: no event has it.
        """
        place = self._places.get(str(value))
        if place is None:
            raise NoSuchEvent(str(value))
        return place

    @property
    def names(self) -> Collection[str]:
        """The ids of the events."""
        return self._places.keys()

    def __contains__(self, value: object) -> bool:
        return str(value) in self._places

    def event(self, name: str) -> Event:
        """The event with this id, as the log first recorded it."""
        return self.events[self.index(name)]

    def date_of(self, name: str) -> Edtf:
        """The date of the event with this id, as the log first recorded it."""
        return self.event(name).date

    def as_read(self, name: str, steps: int | None = None) -> Event | None:
        """The event as the record reads it after `steps` steps (all: None), corrected; None when retracted."""
        place = self.index(name)
        for late in reversed(self._amended):
            if steps is None or late < steps:
                changed = self._amended[late].get(name)
                if changed is not None:
                    return changed[0]
        return self.events[place]

    def corrected_by(self, name: str) -> tuple[str, ...]:
        """Ids of the events that corrected or retracted this one, in log order."""
        return tuple(e.id for e in self.events if e.kind in AMENDING and name in getattr(e, "of", ()))

    def places_of(self, kinds: Collection[str]) -> tuple[int, ...]:
        """The places of the events of these kinds, in log order."""
        return tuple(place for place, event in enumerate(self.events) if event.kind in kinds)

    def places_of_accounts(self) -> tuple[int, ...]:
        """The places of the events that are told in rival accounts, or tell some, in log order."""
        return tuple(place for place, event in enumerate(self.events) if has_accounts(event))

    @property
    def moved(self) -> Mapping[int, Rank]:
        """The ranks of the events that stand elsewhere in the story than in the log, by place."""
        return {place: rank for place, rank in enumerate(self._ranks) if len(rank) > 1}

    def places_opening(self) -> tuple[int, ...]:
        """The places at which anything was hidden from somebody, or opened, in log order."""
        hidden = [self.state(steps).hidden for steps in range(len(self) + 1)]
        return tuple(place for place in range(len(self)) if hidden[place] is not hidden[place + 1])

    @cached_property
    def mentioned(self) -> Mapping[str, tuple[tuple[int, str], ...]]:
        """Who names whom: a name -> (log place, id) of the events that answer, act on or are about it."""
        found: dict[str, list[tuple[int, str]]] = {}
        for place, event in enumerate(self.events):
            for name in named_in(event):
                found.setdefault(name, []).append((place, event.id))
        return {name: tuple(events) for name, events in found.items()}

    def place_at(self, moment: datetime) -> int:
        """How many steps of the log lead up to the last event that had happened by `moment`, at its latest reading.

        Among them may be events dated later, where the log is not in the order of dates: `at` leaves those out.
        """
        for place in range(len(self.events) - 1, -1, -1):
            latest = self.events[place].date.latest
            if latest is not None and latest <= moment:
                return place + 1
        return 0

    # ---- other views of the same record --------------------------------------------------------

    def seen(self, **changes: object) -> "History":
        """The same record under a view with some fields changed (see `core.lens.View`)."""
        return self.through(replace(self.view, **changes))

    def through(self, view: View, told: Told = untold) -> "History":
        """The same record under a view."""
        return History(self.declared, self.record, view, told=told)

    def at(self, moment: datetime) -> "History":
        """Only what had happened by `moment`, at the latest reading of each date."""
        return self.seen(at=moment)

    def as_known(self, moment: datetime) -> "History":
        """Only what the record had learned by `moment`."""
        return self.seen(known=moment)

    def seen_by(self, party: str) -> "History":
        """Only what `party` knew, each event from the step on at which it learned of it."""
        return self.seen(party=party)

    def without(self, *events: str) -> "History":
        """The record as if these events had not been recorded.

        Raises:
            NoSuchEvent: one of them is not in this history.
        """
        for name in events:
            self.index(name)
        return self.seen(dropped=frozenset((*self.view.dropped, *events)))

    @cached_property
    def rivals(self) -> tuple[Choice, ...]:
        """Every account that is not the one in use and would change what is folded, in log order."""
        return rival_choices(self.declared, self.events, self.view)

    def under(self, choice: Choice) -> "History":
        """The same record with a rival account in use in place of the one that is.

        The states before the first event that it reads otherwise are shared, the very objects, and those
        behind the last such event where the talks come to the same.
        """
        view = replace(self.view, choices=(*self.view.choices, choice))
        moved = self._amended or any(len(rank) > 1 for rank in self._ranks)
        if moved or self.view.party is not None or read_header(self.declared, view) != self.header:
            return History(self.declared, self.record, view)
        return _reread(self, view)

    def continued(self, steps: int, events: Sequence[Event]) -> "History":
        """The first `steps` events of this history, then `events` in place of what followed them.

        The states of those steps are shared, the very objects, so that a branch costs what is new in it;
        so are those at the end where the same events follow upon an equal state.
        Where the new events reach back (a correction, an account of an earlier occurrence), and under a
        view, everything is folded again.
        """
        kept = self.events[:steps]
        if self.view != View() or any(reaches_back(event, self._places, steps) for event in events):
            made = History(self.declared, (*self._record_of(steps), *events), self.view)
            made.start = self.start
            return made
        return _continued(self, kept, tuple(events))

    def _record_of(self, steps: int) -> tuple[Event, ...]:
        """What the record says up to the step, whether or not the view shows it."""
        if steps == len(self.events):
            return self.record
        first = self.events[steps].id
        return self.record[: next(place for place, event in enumerate(self.record) if event.id == first)]

    # ---- folding -------------------------------------------------------------------------------

    def _fold(self, told: Told) -> None:
        self._states: list[Talks] = []
        self._objections: dict[int, tuple[Objection, ...]] = {}
        self._amended: dict[int, dict[str, tuple[Event | None]]] = {}
        story = Story(self.start)
        chosen: Chosen = chosen_accounts(self.events, self.view)
        with collector_paused():
            for place, event in enumerate(self.events):
                folded = chosen.get(event.id, event)
                if folded is not None and folded.kind in AMENDING:
                    self._amended[place] = story.amend(folded)
                    chosen = self._chosen_again(story, place, chosen)
                if event.id in self._counts:
                    story.remove(event.id)
                self._put(story, place, folded)
                if place % AT_ONCE == AT_ONCE - 1:
                    told(AT_ONCE)

    def _chosen_again(self, story: Story, place: int, chosen: Chosen) -> Chosen:
        """What is folded in place of rivals once the amendment at `place` took accounts out, or back in."""
        touched = self._amended[place]
        if chosen.keys().isdisjoint(touched):
            return chosen
        fresh = chosen_accounts([one for one in self.events if self.as_read(one.id) is not None], self.view)
        for earlier, name in enumerate([event.id for event in self.events[:place]]):
            if name in fresh and name not in touched and fresh[name] != chosen[name]:
                story.remove(name)
                self._place(story, earlier, fresh[name])
        return {**chosen, **fresh}

    def _put(self, story: Story, place: int, folded: Event | None) -> None:
        """Fold the event at `place` as `folded`; None: another account of it is in use."""
        found = self._place(story, place, folded)
        self._states.append(story.last)
        if found:
            self._objections[place] = found

    def _place(self, story: Story, place: int, folded: Event | None) -> tuple[Objection, ...]:
        if folded is not None:
            return story.put(self._ranks[place], folded)
        if (event := self.events[place]).channel != "public":
            story.overhear(self._ranks[place], passed_over(event))
        return ()

    def _go_on(self, base: "History", chosen: Chosen, rejoins: int) -> None:
        """Fold what follows the states taken over from `base`, until both come to the same at `rejoins`."""
        steps = len(self._states)
        story = Story(base.state(steps))
        with collector_paused():
            for place in range(steps, len(self.events)):
                if place == rejoins and story.last == base.state(place):
                    self._states += base._states[place:]
                    rest = {late: found for late, found in base._objections.items() if late >= place}
                    self._objections.update(rest)
                    break
                event = self.events[place]
                self._put(story, place, chosen.get(event.id, event))


def _continued(base: History, kept: tuple[Event, ...], events: tuple[Event, ...]) -> History:
    """A history that begins with the states of `base`; none of `events` reaches back behind them."""
    made = History.__new__(History)
    steps = len(kept)
    made.declared, made.header, made.view = base.declared, base.header, base.view
    made.start = base.start
    made.events = made.record = (*kept, *events)
    ranks = story_ranks(events)
    made._ranks = [*base._ranks[:steps], *(tuple(place + steps for place in rank) for rank in ranks)]
    made._counts = base._counts
    made._states = base._states[:steps]
    made._objections, made._amended = dict(base._objections), dict(base._amended)
    for late in [place for place in (*made._objections, *made._amended) if place >= steps]:
        made._objections.pop(late, None)
        made._amended.pop(late, None)
    made._places = places_behind(base._places, base.events[steps:], steps, events)
    made._go_on(base, {}, steps + len(events) - alike_at_end(base.events[steps:], events))
    return made


def _reread(base: History, view: View) -> History:
    """The history under a view that reads some events of `base` otherwise, none of which moves in the story."""
    old, new = chosen_accounts(base.events, base.view), chosen_accounts(base.events, view)
    differing = [place for place, event in enumerate(base.events) if old.get(event.id) != new.get(event.id)]
    steps = differing[0] if differing else len(base)
    made = History.__new__(History)
    made.declared, made.header, made.record, made.view = base.declared, base.header, base.record, view
    made.start = base.start
    made.events, made._ranks, made._counts = base.events, base._ranks, base._counts
    made._states = base._states[:steps]
    made._objections = {place: found for place, found in base._objections.items() if place < steps}
    made._amended = {}
    made._go_on(base, new, differing[-1] + 1 if differing else steps)
    return made


def _visible(
    header: Header, record: tuple[Event, ...], view: View, told: Told
) -> tuple[tuple[Event, ...], list[Rank], frozenset[str]]:
    """The events of the log under `view`, their ranks in the story, and ids that appear more than once."""
    events = admitted(header, record, view, disclosed_by(header, record, view))
    ranks = story_ranks(events)
    if view.party is None:
        return events, ranks, frozenset()
    base = History(header, record, replace(view, party=None), told=told)
    by_id = dict(zip((event.id for event in events), ranks, strict=True))
    sight = tuple(learned(base, view.party))
    counts = Counter(event.id for event in sight)
    again = frozenset(name for name, times in counts.items() if times > 1)
    return sight, [by_id[event.id] for event in sight], again


__all__ = ["AT_ONCE", "History", "NoSuchEvent", "Rank", "Step", "story_ranks"]
