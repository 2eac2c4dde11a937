"""Which events of a stream are folded otherwise than they are written, and behind which step each changes the story.

Nearly every event is folded as it is written, behind those before it. A correction or a retraction changes what an
earlier one is read as; an event told `after` another stands further up; of rival accounts only one is folded. This
holds those few and none of the rest, and says of each event where it leaves the story changed, just as `core.History`
would fold it. The state after so many lines is settled by those lines alone, so what is kept of it stays good
whatever is added later: what was known then, was known then.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import takewhile

from msgspec import Struct

from terms.core.accounts import Chosen, chosen_accounts, has_accounts
from terms.core.event import Event
from terms.core.lens import View
from terms.core.reducer import passed_over
from terms.core.story import AMENDING, Rank, amended, reached
from terms.stores.sighting import AS_TOLD, Sight

Look = Callable[[str], tuple[int, Event] | None]
"""Finds an event of the stream by its name, with its place; None: there is none."""


def is_plain(event: Event) -> bool:
    """Whether an event is folded as it is written, behind those before it, and says nothing about others."""
    return event.after is None and event.kind not in AMENDING and not has_accounts(event)


class Standing(Struct, frozen=True):
    """What is folded of the event written at `place`, and its rank in the story; None: nothing."""

    place: int
    rank: Rank
    event: Event | None


class Turn(Struct, frozen=True):
    """An event that is not plain: as written, as folded (None: not at all), and how many first steps it leaves be."""

    place: int
    event: Event
    folded: Event | None
    since: int

    @property
    def reaches_back(self) -> bool:
        """Whether the story behind it is another one than before."""
        return self.since < self.place


class Tale:
    """The events of a stream that are not plain, heard in the order of the log.

    `accounts` are all events told in rival accounts where `view` prefers some of them; else each is settled by
    those before it. `sight` tells where the events stand that a party learned late.
    """

    def __init__(
        self, look: Look, view: View | None = None, accounts: Sequence[Event] = (), sight: Sight = AS_TOLD
    ) -> None:
        self._look, self._view, self._sight = look, view or View(), sight
        self.turns: dict[int, Turn] = {}
        self.standings: dict[str, Standing] = {}
        self.amended: dict[int, dict[str, tuple[Event | None]]] = {}
        self.readings: dict[str, list[tuple[int, Event | None]]] = {}
        self._amending: list[Event] = []
        self._naming: dict[str, list[int]] = {}
        self._amends_amending = False
        self._written: dict[str, tuple[Rank, Event]] = {}
        self._ranks: dict[str, Rank] = {}
        self._accounts: dict[str, Event] = {}
        for one in accounts:
            self._accounts.setdefault(
                one.id, one
            )  # what is seen again is read by what is seen first, until then
        self._occurrences: dict[str, list[Event]] = {}
        self._chosen: dict[str, Event | None] = dict(chosen_accounts([*self._accounts.values()], self._view))
        self._places: dict[str, int] = {}
        self._first: dict[str, int] = {}
        self._heard, self._top = -1, Rank()
        self._back: list[tuple[int, int]] = []
        self._frames: list[int] = []

    # ---- hearing -------------------------------------------------------------------------------

    def hear(self, place: int, event: Event) -> Turn:
        """Take in the next event that is not plain; those between the last one and it are."""
        if place > self._heard + 1:
            self._top = (place - 1,)
        self._heard = place
        rank = self._rank(place, event)
        self._places[event.id] = place
        since = place
        folded: Event | None = event
        if has_accounts(event):
            self._first.setdefault(event.id, place)
            self._take_account(event)
            if place in self._sight.again:
                self._accounts[event.id] = event
                since = self._choose_again(place, {event.id})
            folded = self._chosen[event.id]
        if folded is not None and folded.kind in AMENDING:
            since = min(since, self._amend(place, folded))
            if self._chosen and not self._chosen.keys().isdisjoint(
                reached(folded, self._amending if self._amends_amending else ())
            ):
                since = min(since, self._choose_again(place, self.amended[place].keys()))
        told = self._put(place, rank, event, folded)
        if rank > self._top:
            self._top = rank
        else:
            since = min(since, _behind(rank))
        turn = self.turns[place] = Turn(place, event, told, since)
        if turn.reaches_back:
            self._back.append((since, place))
        return turn

    def is_plain(self, place: int, event: Event) -> bool:
        """Whether the event at this place need not be heard: it is folded as it is written, behind those before it."""
        return place not in self._sight.ranks and is_plain(event)

    def _rank(self, place: int, event: Event) -> Rank:
        if (seen := self._sight.ranks.get(place)) is not None:
            self._ranks[event.id] = seen
            return seen
        if event.after is None or (followed := self._rank_of(event.after, place)) is None:
            return (place,)
        rank = self._ranks[event.id] = (*followed, place)
        return rank

    def _rank_of(self, name: str, place: int) -> Rank | None:
        if name in self._ranks:
            return self._ranks[name]
        found = self._places.get(name)
        if found is None and (looked := self._look(name)) is not None:
            found = looked[0]
        return (found,) if found is not None and found < place else None

    def _put(self, place: int, rank: Rank, event: Event, folded: Event | None) -> Event | None:
        """Let an event stand in the story, as it is folded there; that comes back."""
        told = folded
        if folded is not None:
            self._written[event.id] = (rank, folded)
        elif event.channel != "public":
            told = passed_over(event)
        self.standings[event.id] = Standing(place, rank, told)
        return told

    # ---- corrections ---------------------------------------------------------------------------

    def _amend(self, place: int, event: Event) -> int:
        """Read anew what a correction or a retraction touches; how many first steps that leaves as they were."""
        for name in getattr(event, "of", ()):
            self._naming.setdefault(name, []).append(len(self._amending))
        self._amending.append(event)
        touched = self._touched(event, place)
        self._amends_amending |= any(entry.kind in AMENDING for _, entry in touched.values())
        readings = amended(
            self._amendments_of(touched), {name: entry for name, (_, entry) in touched.items()}
        )
        self.amended.setdefault(place, {})
        since = place
        for name in sorted(touched, key=lambda one: touched[one][0]):
            rank, entry = touched[name]
            read = readings.get(name, entry)
            self._reads(place, name, read)
            if read != self._now(name, entry):
                self.standings[name] = Standing(self._places.get(name, rank[0]), rank, read)
                since = min(since, _before(rank))
        return since

    def _touched(self, event: Event, place: int) -> dict[str, tuple[Rank, Event]]:
        found: dict[str, tuple[Rank, Event]] = {}
        waiting = list(getattr(event, "of", ()))
        while waiting:
            name = waiting.pop()
            if name in found or (entry := self._entry(name, place)) is None:
                continue
            found[name] = entry
            if entry[1].kind in AMENDING:
                waiting.extend(getattr(entry[1], "of", ()))
        return found

    def _entry(self, name: str, place: int) -> tuple[Rank, Event] | None:
        """An event before `place` as it was written into the story, with its rank; None: it never was."""
        if name in self._written:
            return self._written[name]
        found = None if name in self._places else self._look(name)
        if found is None or found[0] >= place:
            return None
        entry = self._written[name] = ((found[0],), found[1])
        return entry

    def _amendments_of(self, names: Iterable[str]) -> list[Event]:
        """The corrections and retractions that may say what these events read, in log order."""
        if self._amends_amending:
            return self._amending
        places = {place for name in names for place in self._naming.get(name, ())}
        return [self._amending[place] for place in sorted(places)]

    def _now(self, name: str, entry: Event) -> Event | None:
        standing = self.standings.get(name)
        return entry if standing is None else standing.event

    # ---- rival accounts --------------------------------------------------------------------------

    @property
    def accounts(self) -> list[Event]:
        """The events that are told in rival accounts, or tell some, in log order."""
        return [*self._accounts.values()]

    @property
    def first_seen(self) -> list[Event]:
        """The same, each as it was seen first."""
        seen: dict[str, Event] = {}
        for turn in self.turns.values():
            if has_accounts(turn.event):
                seen.setdefault(turn.event.id, turn.event)
        return [*seen.values()]

    def _take_account(self, event: Event) -> None:
        if event.id in self._accounts:
            return
        self._accounts[event.id] = event
        told = [event]
        if event.account_of is not None:
            told = self._occurrences.setdefault(event.account_of, [])
            told.append(event)
        standing = [
            one for one in told if one is event or self._as_amended(one, self._first.get(one.id)) is not None
        ]
        self._chosen[event.id] = chosen_accounts(standing, self._view)[event.id]

    def _choose_again(self, place: int, touched: Collection[str]) -> int:
        """Settle which accounts are in use once some were taken out, or back in, or one is seen again.

        As `_amend` the steps kept.
        """
        rivals = self._accounts
        readings = {name: self._as_amended(event, self._first.get(name)) for name, event in rivals.items()}
        fresh: Chosen = chosen_accounts(
            [one for one in rivals.values() if readings[one.id] is not None], self._view
        )
        since = place
        for name, event in rivals.items():
            if self._chosen[name] is None and (readings[name] is None) != (self.read_now(event) is None):
                self._reads(place, name, readings[name])
            if name not in fresh or self._places.get(name, place) >= place:
                continue
            entry = fresh[name]
            if entry == self._chosen[name] or (entry is not None and name in touched):
                continue
            rank = self._ranks.get(name, (self._places[name],))
            self._put(self._places[name], rank, event, entry)
            since = min(since, _before(rank))
            if entry is None:
                self._written.pop(name, None)
            elif (read := self._as_amended(entry, self._places[name])) != entry:
                self.standings[name] = Standing(self._places[name], rank, read)
                self._reads(place, name, read)
        self._chosen.update(fresh)
        return since

    def _reads(self, place: int, name: str, read: Event | None) -> None:
        """From a place on an event reads so."""
        self.amended.setdefault(place, {})[name] = (read,)
        self.readings.setdefault(name, []).append((place, read))

    def _as_amended(self, event: Event, at: int | None) -> Event | None:
        """How an event at a place reads by the amendments behind it; None: it is taken out."""
        behind = [
            one for one in self._amendments_of([event.id]) if at is not None and self._places[one.id] > at
        ]
        return amended(behind, {event.id: event}).get(event.id, event)

    def read_now(self, event: Event) -> Event | None:
        """How an event reads by now; None: it was taken out."""
        found = self.readings.get(event.id)
        return found[-1][1] if found else event

    def read_at(self, name: str, steps: int | None) -> tuple[Event | None] | None:
        """How an event reads after so many steps (None: all); None: as it is written."""
        found = self.readings.get(name, [])
        count = len(found) if steps is None else bisect_right(found, steps - 1, key=lambda one: one[0])
        return (found[count - 1][1],) if count else None

    # ---- folding again ---------------------------------------------------------------------------

    def frame_at(self, steps: int) -> None:
        """There is a keyframe after so many steps, later than any so far, besides those at regular distances."""
        self._frames.append(steps)

    def settled(self, since: int, every: int) -> int:
        """The last keyframe after at most `since` steps of which the story still has just those steps."""
        at = since
        while True:
            count = bisect_right(self._frames, at)
            at = max(at // every * every, self._frames[count - 1] if count else 0)
            covering = min((kept for kept in self._reaching_from(at) if kept < at), default=at)
            if covering == at:
                return at
            at = covering

    def _reaching_from(self, steps: int) -> Iterator[int]:
        """How many steps are left as they were by each event that reaches back and comes after so many."""
        return (kept for kept, _ in takewhile(lambda one: one[1] >= steps, reversed(self._back)))


def in_story(
    log: Iterable[tuple[int, Event]], standings: Mapping[str, Standing], first: int, last: int
) -> Iterator[Event]:
    """What is folded of the events from place `first` to `last` of a log, in the order of the story."""
    late = sorted(
        (one for one in standings.values() if len(one.rank) > 1 and first <= one.place <= last),
        key=lambda one: one.rank,
        reverse=True,
    )
    for place, event in log:
        while late and late[-1].rank < (place,):
            if (moved := late.pop().event) is not None:
                yield moved
        standing = standings.get(event.id)
        if standing is None:
            yield event
        elif len(standing.rank) == 1 and standing.event is not None:
            yield standing.event
    yield from (one.event for one in reversed(late) if one.event is not None)


def _before(rank: Rank) -> int:
    """How many first steps stand before all that is at this rank."""
    return rank[0] if len(rank) == 1 else rank[0] + 1


def _behind(rank: Rank) -> int:
    """How many first steps stand before an event that is put at this rank."""
    return rank[0] + 1
