"""Folding: what the events of a log come to, the state after each and what did not fit, in the order of the log.

Wherever the story changes behind the last step it folds again from that place on; earlier states keep what
the record then said.
"""

from collections.abc import Collection, Sequence

from msgspec import Struct

from terms.core.accounts import Chosen, chosen_accounts, has_accounts
from terms.core.event import Event
from terms.core.lens import View
from terms.core.reducer import Objection, passed_over
from terms.core.story import AMENDING, AT_ONCE, Rank, Story, Told, amended, reached
from terms.core.talks import Talks
from terms.ground.pause import collector_paused
from terms.ground.splicing import Spliced


class Log(Struct, frozen=True):
    """The events that a view shows, as they were written.

    `ranks` say where each stands in the story. `again` are the ids that stand more than once among the events: a
    party saw a part of them first.
    """

    events: Sequence[Event]
    ranks: Sequence[Rank]
    again: frozenset[str] = frozenset()


class Folded:
    """What a log has come to so far, growing while it is folded; every place counts from 0.

    `states` has the talks after each event. `objections` are there only at the places that have some. `amended`
    has, at the place of a correction or retraction, how each event it touches reads from then on; None: no more.
    `own` is where further states go: all of `states`, or what is behind those taken over; None: there will be none.
    """

    def __init__(
        self,
        start: Talks,
        states: Sequence[Talks],
        objections: dict[int, tuple[Objection, ...]],
        amended: dict[int, dict[str, tuple[Event | None]]],
        own: list[Talks] | None = None,
    ) -> None:
        self.start, self.states, self.objections, self.amended = start, states, objections, amended
        self.own = [] if own is None else own

    def state(self, steps: int) -> Talks:
        """The talks after the first `steps` events (0: before any)."""
        return self.states[steps - 1] if steps else self.start

    def first(self, steps: int) -> "Folded":
        """The first `steps` events of it; the states are the very objects."""
        own: list[Talks] = []
        return Folded(
            self.start,
            Spliced(self.states, steps, own),
            {place: found for place, found in self.objections.items() if place < steps},
            {place: read for place, read in self.amended.items() if place < steps},
            own,
        )

    def read_as(self, event: Event, steps: int | None = None) -> Event | None:
        """The event as it reads after `steps` steps (all: None), corrected; None when retracted."""
        for late in reversed(self.amended):
            if steps is None or late < steps:
                changed = self.amended[late].get(event.id)
                if changed is not None:
                    return changed[0]
        return event


def fold_log(log: Log, start: Talks, view: View, told: Told) -> Folded:
    """What a whole log comes to; `told` hears how far it is."""
    states: list[Talks] = []
    fold = _Fold(log, Folded(start, states, {}, {}, states), chosen_accounts(_first_sights(log), view))
    with collector_paused():
        for place, event in enumerate(log.events):
            fold.take(place, event, view)
            if place % AT_ONCE == AT_ONCE - 1:
                told(AT_ONCE)
    return fold.made


def go_on(made: Folded, log: Log, base: Folded, chosen: Chosen, rejoins: int) -> None:
    """Fold what follows in `log` upon states taken over from `base`, until both come to the same at `rejoins`."""
    fold = _Fold(log, made, chosen)
    with collector_paused():
        for place in range(len(made.states), len(log.events)):
            if place == rejoins and fold.story.last == base.state(place):
                made.own.extend(base.states[place:])
                made.objections.update(
                    {late: found for late, found in base.objections.items() if late >= place}
                )
                break
            fold.put(place, chosen.get(log.events[place].id, log.events[place]))


def _first_sights(log: Log) -> Sequence[Event]:
    """The events of a log, each as it was seen first."""
    if not log.again:
        return log.events
    seen: dict[str, Event] = {}
    for event in log.events:
        seen.setdefault(event.id, event)
    return tuple(seen.values())


class _Fold:
    """A log being folded. `chosen` is what is folded in place of an event told in rival accounts.

    `sights` are its events as they are seen so far, those to come as they will be seen first; `met` of those that
    are seen more than once the ones that were met.
    """

    def __init__(self, log: Log, made: Folded, chosen: Chosen) -> None:
        self.log, self.made, self.chosen = log, made, chosen
        self.sights = {event.id: event for event in _first_sights(log)} if log.again else {}
        self.met: set[str] = set()
        self.amending: list[tuple[int, Event]] = []
        self.story = Story(made.state(len(made.states)))

    def take(self, place: int, event: Event, view: View) -> None:
        """Fold the next event, whatever it changes behind it."""
        if event.id in self.log.again:
            self._see(place, event, view)
        folded = self.chosen.get(event.id, event)
        if folded is not None and folded.kind in AMENDING:
            self.amending.append((place, folded))
            self.made.amended[place] = {**self.made.amended.get(place, {}), **self.story.amend(folded)}
            if self.chosen and not self.chosen.keys().isdisjoint(
                reached(folded, (one for _, one in self.amending))
            ):
                self._choose_again(place, self.made.amended[place].keys(), view)
        if event.id in self.log.again:
            self.story.remove(event.id)
        self.put(place, folded)

    def put(self, place: int, folded: Event | None) -> None:
        """Fold the event at `place` as `folded`; None: another account of it is in use."""
        found = self._stand(place, folded)
        self.made.own.append(self.story.last)
        if found:
            self.made.objections[place] = found

    def _stand(self, place: int, folded: Event | None) -> tuple[Objection, ...]:
        if folded is not None:
            return self.story.put(self.log.ranks[place], folded)
        if (event := self.log.events[place]).channel != "public":
            self.story.overhear(self.log.ranks[place], passed_over(event))
        return ()

    def _see(self, place: int, event: Event, view: View) -> None:
        """See an event that is seen more than once. Accounts are read by as much of it as is seen by now."""
        if event.id in self.met and has_accounts(event):
            self.sights[event.id] = event
            self._choose_again(place, {event.id}, view)
        self.met.add(event.id)

    def _amended(self, place: int, event: Event) -> Event | None:
        """How an event at a place reads by the amendments behind it; None: it is taken out."""
        behind = [one for at, one in self.amending if at > place]
        return amended(behind, {event.id: event}).get(event.id, event)

    def _choose_again(self, place: int, touched: Collection[str], view: View) -> None:
        """Choose anew among rivals once one was seen again, or amendments took some out, or put some back.

        One that comes into use reads as the amendments have it that named it while it was not.
        """
        told = self.sights.values() or self.log.events
        rivals = [one for one in told if one.id in self.chosen]
        places: dict[str, int] = {}
        for earlier, event in enumerate(self.log.events):
            if event.id in self.chosen:
                places.setdefault(event.id, earlier)
        readings = {one.id: self._amended(places[one.id], one) for one in rivals}
        fresh = chosen_accounts([one for one in rivals if readings[one.id] is not None], view)
        changed: dict[str, tuple[Event | None]] = {
            one.id: (readings[one.id],)
            for one in rivals
            if self.chosen[one.id] is None and (readings[one.id] is None) != (self.made.read_as(one) is None)
        }
        for earlier, name in enumerate([event.id for event in self.log.events[:place]]):
            if name not in fresh or (entry := fresh[name]) == self.chosen[name]:
                continue
            if entry is None:
                self.story.displace(name)
                self._stand(earlier, None)
            elif name not in touched and (read := self._amended(earlier, entry)) is not None:
                self.story.remove(name)
                self.story.stand_in(self.log.ranks[earlier], entry, read)
                changed |= {name: (read,)} if read is not entry else {}
        if changed:
            self.made.amended[place] = {**self.made.amended.get(place, {}), **changed}
        self.chosen = {**self.chosen, **fresh}
