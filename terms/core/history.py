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

from terms.core.accounts import Choice, chosen_accounts, has_accounts, read_header, rival_choices
from terms.core.event import Event, named_in
from terms.core.folding import Log, fold_log, go_on
from terms.core.header import Header
from terms.core.knowledge import Met, learned
from terms.core.lens import View, admitted, disclosed_by
from terms.core.pruning import declared_to
from terms.core.story import (
    AMENDING,
    AT_ONCE,
    NoSuchEvent,
    Rank,
    Step,
    Told,
    alike_at_end,
    places_behind,
    reaches_back,
    story_ranks,
    untold,
)
from terms.core.talks import Talks, unopened
from terms.ground.dates import Edtf
from terms.ground.splicing import Spliced
from terms.ground.words import Plain


class History(Sequence[Step]):
    """A sequence of steps. Nothing is ever undone: an earlier state is an earlier index."""

    def __init__(
        self, header: Header, events: Sequence[Event], view: View | None = None, *, told: Told = untold
    ) -> None:
        self.declared = header
        self.ruling = read_header(header, view or View())
        self.record = tuple(events)
        self.view = view or View()
        self._log = _visible(self.ruling, self.record, self.view, told)
        self._fold = fold_log(self._log, self.start, self.view, told)

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """The events that the view shows, as they were written, in log order."""
        return tuple(self._log.events)

    @cached_property
    def record(self) -> tuple[Event, ...]:
        """The events that the record has, whether or not the view shows them, in log order."""
        return self.events

    @property
    def shown(self) -> Sequence[Event]:
        """As `events`, which of a branch are not put together for that."""
        return self.events if "events" in self.__dict__ else self._log.events

    # ---- a sequence of steps -----------------------------------------------------------------

    def __len__(self) -> int:
        return len(self.shown)

    def __getitem__(self, index: int) -> Step:  # type: ignore[override]
        """The step at `index`; negative from the end.

        Raises:
            IndexError: there is no such step.
        """
        size = len(self)
        place = index + size if index < 0 else index
        if not 0 <= place < size:
            raise IndexError(f"this history has {size} steps")
        found = self._fold.objections.get(place, ())
        return Step(place, self.shown[place], self.state(place), self.state(place + 1), found)

    def __iter__(self) -> Iterator[Step]:
        return (self[place] for place in range(len(self)))

    @cached_property
    def header(self) -> Header:
        """What is declared, as the view reads it; seen by a party, no more than the events that it saw name.

        States are folded under `ruling`, which is the same without that limit, and whose further names nothing in
        those events leads to.
        """
        if self.view.party is None:
            return self.ruling
        return declared_to(self.view.party, self.ruling, self.naming)

    def spelled(self) -> Iterator[Plain]:
        """The events as a file spells them, in log order."""
        return (event.words() for event in self.events)

    def naming(self, names: Collection[str]) -> Iterator[Plain]:
        """Of the events as a file spells them those in which any of these names stands, and perhaps others.

        Names may be taken away while the events come.
        """
        return self.spelled()

    @cached_property
    def start(self) -> Talks:
        """The talks before the first event."""
        return unopened(self.ruling)

    @property
    def last(self) -> Talks:
        """The talks after the last event."""
        return self.state(len(self))

    def state(self, steps: int) -> Talks:
        """The talks after the first `steps` events (0: before any)."""
        return self._fold.state(steps) if steps else self.start

    # ---- finding one's way -------------------------------------------------------------------

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {event.id: place for place, event in enumerate(self.shown)}

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
        return self.shown[self.index(name)]

    def date_of(self, name: str) -> Edtf:
        """The date of the event with this id, as the log first recorded it."""
        return self.event(name).date

    def as_read(self, name: str, steps: int | None = None) -> Event | None:
        """The event as the record reads it after `steps` steps (all: None), corrected; None when retracted."""
        return self._fold.read_as(self.event(name), steps)

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
        return {place: rank for place, rank in enumerate(self._log.ranks) if len(rank) > 1}

    def places_opening(self) -> tuple[int, ...]:
        """The places at which anything was hidden from somebody, or opened, in log order."""
        hidden = [self.state(steps).hidden for steps in range(len(self) + 1)]
        return tuple(place for place in range(len(self)) if hidden[place] is not hidden[place + 1])

    def met(self, first: int = 0) -> Iterator[Met]:
        """The events from a place on, each with what was hidden before and behind it."""
        for place in range(first, len(self)):
            step = self[place]
            before, after = step.before.hidden, step.after.hidden
            yield Met(place, step.event, before, after, before)

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
        return rival_choices(self.header, self.events, self.view)

    def under(self, choice: Choice) -> "History":
        """The same record with a rival account in use in place of the one that is.

        The states before the first event that it reads otherwise are shared, the very objects, and those
        behind the last such event where the talks come to the same.
        """
        view = replace(self.view, choices=(*self.view.choices, choice))
        told = chosen_accounts(self.events, view).values()
        if (
            self._fold.amended
            or any(one is not None and one.kind in AMENDING for one in told)
            or self.moved
            or self.view.party is not None
            or read_header(self.declared, view) != self.ruling
        ):
            return History(self.declared, self.record, view)
        return _reread(self, view)

    @property
    def keeps_rivals(self) -> bool:
        """Whether what all rival accounts change is found out together, and then looked up."""
        return False

    def weighed(self, told: Told = untold) -> Mapping[Choice, object]:
        """What each rival account changes, where that is looked up; `told` hears how far the finding out is."""
        return {}

    def moved_under(self, choice: Choice, steps: int) -> frozenset[tuple[str, object]] | None:
        """What of the state a rival account changes after so many steps, by map and key; None: it is to be folded."""
        return None

    def continued(self, steps: int, events: Sequence[Event]) -> "History":
        """The first `steps` events of this history, then `events` in place of what followed them.

        The states of those steps are shared, the very objects, so that a branch costs what is new in it;
        so are those at the end where the same events follow upon an equal state.
        Where the new events reach back (a correction, an account of an earlier occurrence), and under a
        view, everything is folded again.
        """
        if self.view != View() or any(reaches_back(event, self._places, steps) for event in events):
            made = History(self.declared, (*self._record_of(steps), *events), self.view)
            made.start = self.start
            return made
        return _continued(self, min(steps, len(self)), tuple(events))

    def _record_of(self, steps: int) -> tuple[Event, ...]:
        """What the record says up to the step, whether or not the view shows it."""
        if steps == len(self.events):
            return self.record
        first = self.events[steps].id
        return self.record[: next(place for place, event in enumerate(self.record) if event.id == first)]


def _continued(base: History, steps: int, events: tuple[Event, ...]) -> History:
    """A history that begins with the steps of `base`; none of `events` reaches back behind them."""
    made = History.__new__(History)
    made.declared, made.ruling, made.view = base.declared, base.ruling, base.view
    made.start = base.start
    ranks = [tuple([place + steps for place in rank]) for rank in story_ranks(events)]
    made._log = Log(
        Spliced(base._log.events, steps, events), Spliced(base._log.ranks, steps, ranks), base._log.again
    )
    gone = base.shown[steps:]
    made._places = places_behind(base._places, gone, steps, events)
    made._fold = base._fold.first(steps)
    go_on(made._fold, made._log, base._fold, {}, len(made) - alike_at_end(gone, events))
    return made


def _reread(base: History, view: View) -> History:
    """The history under a view that reads some events of `base` otherwise, none of which moves in the story."""
    old, new = chosen_accounts(base.events, base.view), chosen_accounts(base.events, view)
    differing = [place for place, event in enumerate(base.events) if old.get(event.id) != new.get(event.id)]
    steps = differing[0] if differing else len(base)
    made = History.__new__(History)
    made.declared, made.ruling, made.record, made.view = base.declared, base.ruling, base.record, view
    made.start = base.start
    made._log = base._log
    made._fold = base._fold.first(steps)
    go_on(made._fold, made._log, base._fold, new, differing[-1] + 1 if differing else steps)
    return made


def _visible(header: Header, record: tuple[Event, ...], view: View, told: Told) -> Log:
    """The log as `view` shows it."""
    events = admitted(header, record, view, disclosed_by(header, record, view))
    if view.party is None:
        return Log(events, tuple(story_ranks(events)))
    base = History(header, record, replace(view, party=None), told=told)
    sight = tuple(learned(base, view.party))
    shown = {
        event.id: event for event in reversed(sight)
    }  # behind what it does not know of nothing stands for it
    ranks = story_ranks([shown.get(event.id, event) for event in events])
    by_id = dict(zip((event.id for event in events), ranks, strict=True))
    counts = Counter(event.id for event in sight)
    again = frozenset(name for name, times in counts.items() if times > 1)
    return Log(sight, tuple(by_id[event.id] for event in sight), again)


__all__ = ["AT_ONCE", "History", "NoSuchEvent", "Rank", "Step", "story_ranks"]
