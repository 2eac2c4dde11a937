"""Story order: the events as they are folded, and folding again from the place where the story changed.

Log order is the order of writing. An event with `after: ID` stands right behind ID in the story, and a
correction or retraction changes an entry that stands earlier; what is behind it is folded again.
"""

from bisect import bisect_left, insort
from collections.abc import Sequence

from terms.core.event import Event
from terms.core.reducer import Objection, step
from terms.core.talks import Talks

Rank = tuple[int, ...]
"""Where an event stands in the story: its log place, or that of the event it follows and then its own."""


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


class Story:
    """The events in story order with the state after each, grown one event at a time."""

    def __init__(self, start: Talks) -> None:
        self.start = start
        self.ranks: list[Rank] = []
        self.events: list[Event] = []
        self.states: list[Talks] = []

    @property
    def last(self) -> Talks:
        return self.states[-1] if self.states else self.start

    def put(self, rank: Rank, event: Event) -> tuple[Objection, ...]:
        """Fold `event` at its rank, and again what stands behind it. Its own objections come back."""
        if not self.ranks or rank > self.ranks[-1]:
            after, found = step(event, self.last)
            self.ranks.append(rank)
            self.events.append(event)
            self.states.append(after)
            return found
        place = bisect_left(self.ranks, rank)
        insort(self.ranks, rank)
        self.events.insert(place, event)
        self.states.insert(place, self.start)
        return self._again(place)

    def remove(self, name: str) -> None:
        """Take an event out (an earlier, partial sight of it); nothing when it is not there."""
        place = next((place for place, event in enumerate(self.events) if event.id == name), None)
        if place is None:
            return
        del self.ranks[place], self.events[place], self.states[place]
        self._again(place)

    def amend(self, event: Event) -> dict[str, tuple[Event | None]]:
        """Apply a correction or a retraction to the events it names; what each reads now, None: nothing."""
        changed: dict[str, tuple[Event | None]] = {}
        names = set(getattr(event, "of", ()))
        first = len(self.events)
        for place in reversed([p for p, old in enumerate(self.events) if old.id in names]):
            old = self.events[place]
            if event.kind == "retract":
                del self.ranks[place], self.events[place], self.states[place]
                changed[old.id] = (None,)
            else:
                self.events[place] = old.changed(_plain_map(event))
                changed[old.id] = (self.events[place],)
            first = min(first, place)
        self._again(first)
        return changed

    def _again(self, place: int) -> tuple[Objection, ...]:
        state = self.states[place - 1] if place else self.start
        first: tuple[Objection, ...] = ()
        for at in range(place, len(self.events)):
            state, found = step(self.events[at], state)
            self.states[at] = state
            first = found if at == place else first
        return first


def _plain_map(event: Event) -> dict[str, object]:
    spelled = event.words().get("with")
    return dict(spelled) if isinstance(spelled, dict) else {}
