"""The first steps of a long history, then other events: a what-if on it, or what is left of it under a view.

Nothing of those first steps is read or folded again, however many they are: the states before the cut are those of
the long history, and what comes behind is folded from the one at the cut. So a branch costs what comes after its
first change. What comes behind is held in memory while it is short; a longer one is put into a store of its own, in
a temporary folder that goes with the history, and read from keyframes as the long one is.
"""

from __future__ import annotations

import os
import tempfile
import weakref
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, islice
from typing import TYPE_CHECKING

from msgspec.structs import replace

from terms.core.accounts import Choice, has_accounts, rival_choices
from terms.core.event import Event, named_in
from terms.core.folding import Folded
from terms.core.header import Header
from terms.core.history import AT_ONCE, History, Step
from terms.core.knowledge import Met
from terms.core.lens import View
from terms.core.objection import Objection
from terms.core.reducer import step
from terms.core.story import Rank, Told, untold
from terms.core.talks import Talks, unopened
from terms.ground.dates import Edtf
from terms.ground.pause import collector_paused
from terms.ground.splicing import Spliced
from terms.ground.words import Plain
from terms.stores.lines import header_line, line_of, name_in
from terms.stores.looking import look_ahead
from terms.stores.reread import moved_under, under
from terms.stores.rereading import tail_readings
from terms.stores.retelling import Tale, is_plain
from terms.stores.rivals import Rival
from terms.stores.sighting import AS_TOLD, Sighting
from terms.stores.sqlite import SqliteStore
from terms.stores.store import Line
from terms.stores.weighing import weigh

if TYPE_CHECKING:
    from terms.stores.long import LongHistory

HELD = 20_000
"""Events behind the cut that are held with their states, at four kilobytes each; more go into a store."""

PIECE = 2_000
"""Lines put into that store at once."""


class GraftedPlaces(Mapping[str, int]):
    """The place of each event, by id."""

    def __init__(self, base: LongHistory, cut: int, tail: Sequence[Event]) -> None:
        self._base, self._cut = base, cut
        self._own = {event.id: cut + place for place, event in enumerate(tail)}

    def __len__(self) -> int:
        return self._cut + len(self._own)

    def __iter__(self) -> Iterator[str]:
        return chain(islice(self._base.names, self._cut), self._own)

    def __getitem__(self, name: str) -> int:
        place = self._own.get(name)
        if place is None and (place := self._base.place_of(name)) is not None and place >= self._cut:
            place = None
        if place is None:
            raise KeyError(name)
        return place


class GraftedMentions(Mapping[str, tuple[tuple[int, str], ...]]):
    """Who names whom, by the name."""

    def __init__(self, history: Grafted) -> None:
        self._history = history

    def __len__(self) -> int:
        return len(self._history)

    def __iter__(self) -> Iterator[str]:
        return iter(self._history._places)

    def __getitem__(self, name: str) -> tuple[tuple[int, str], ...]:
        history = self._history
        kept = [one for one in history.base.mentioned.get(name, ()) if one[0] < history.cut]
        return (*kept, *history.own_mentions.get(name, ()))


class Grafted(History):
    """The first `cut` steps of `base`, then `tail`, all of which is folded as it is written.

    `record` is what another view of it is a view of; None: its own events.
    """

    def __init__(
        self,
        base: LongHistory,
        cut: int,
        tail: Sequence[Event],
        *,
        header: Header | None = None,
        view: View | None = None,
        told: Told = untold,
    ) -> None:
        self.base, self.cut = base, cut
        self.tail = tuple(tail)
        self.accounts: Sequence[Event] = ()
        self.sight = AS_TOLD
        self.below: History | None = None
        self._rivals: Mapping[Choice, Rival | History] | None = None
        self.declared, self.ruling, self.view = base.declared, header or base.ruling, view or View()
        self.start = base.start if self.ruling == base.ruling else unopened(self.ruling)
        self._places = GraftedPlaces(base, cut, self.tail)
        own, objections = _folded(base.state(cut) if cut else self.start, cut, self.tail, told)
        states = Spliced(base._fold.states, cut, own)
        amended = {late: read for late, read in base.tale.amended.items() if late < cut}
        self._fold = Folded(self.start, states, objections, amended)
        self.events = Spliced(base.events, cut, self.tail)  # type: ignore[assignment]
        self.record = self.events if self.view == View() else base.record
        self.mentioned = GraftedMentions(self)
        self.own_mentions: dict[str, list[tuple[int, str]]] = {}
        for place, event in enumerate(self.tail, start=cut):
            for name in named_in(event):
                self.own_mentions.setdefault(name, []).append((place, event.id))

    def spelled(self) -> Iterator[Plain]:
        """See `History.spelled`."""
        return chain(islice(self.base.spelled(), self.cut), (event.words() for event in self.tail))

    def naming(self, names: Collection[str]) -> Iterator[Plain]:
        """See `History.naming`."""
        return chain(self.base.naming(names, self.cut), (event.words() for event in self.tail))

    def __getitem__(self, index: int) -> Step:  # type: ignore[override]
        """See `History`."""
        place = index + len(self) if index < 0 else index
        return self.base[place] if 0 <= place < self.cut else super().__getitem__(index)

    @cached_property
    def rivals(self) -> tuple[Choice, ...]:
        """See `History.rivals`."""
        told = [self.events[place] for place in self.places_of_accounts()]
        return rival_choices(self.header, told, self.view)

    def places_of_accounts(self) -> tuple[int, ...]:
        """See `History.places_of_accounts`."""
        return tuple(place for place in self.base.places_of_accounts() if place < self.cut)

    def under(self, choice: Choice) -> History:
        """See `History.under`: what the account changes is found out once."""
        return under(self, choice)

    @property
    def keeps_rivals(self) -> bool:
        """See `History.keeps_rivals`."""
        return True

    def weighed(self, told: Told = untold) -> Mapping[Choice, Rival | History]:
        """See `LongHistory.weighed`: up to the cut as in the base, and behind it in one pass."""
        if self._rivals is None:
            self._rivals = weigh(self, lambda some, heard: tail_readings(self, some, heard), told)
        return self._rivals

    def moved_under(self, choice: Choice, steps: int) -> frozenset[tuple[str, object]] | None:
        """See `History.moved_under`."""
        return moved_under(self, choice, steps)

    def look(self, name: str) -> tuple[int, Event] | None:
        """An event with its place; None: there is none of this name."""
        place = self._places.get(name)
        return None if place is None else (place, self.events[place])

    @cached_property
    def tale(self) -> Tale:
        """Which events are folded otherwise than they are written; all of them stand before the cut."""
        tale = Tale(self.look, self.view)
        for turn in self.base.tale.turns.values():
            if turn.place < self.cut:
                tale.hear(turn.place, turn.event)
        return tale

    def corrected_by(self, name: str) -> tuple[str, ...]:
        """See `History.corrected_by`."""
        return tuple(one for one in self.base.corrected_by(name) if one in self._places)

    def date_of(self, name: str) -> Edtf:
        """See `History.date_of`."""
        place = self.index(name)
        return self.base.date_of(name) if place < self.cut else self.tail[place - self.cut].date

    def places_of(self, kinds: Collection[str]) -> tuple[int, ...]:
        """See `History.places_of`."""
        own = (place for place, event in enumerate(self.tail, start=self.cut) if event.kind in kinds)
        return (*(place for place in self.base.places_of(kinds) if place < self.cut), *own)

    @property
    def moved(self) -> Mapping[int, Rank]:
        """See `History.moved`: what comes behind the cut stands as it is written."""
        return {place: rank for place, rank in self.base.moved.items() if place < self.cut}

    def places_opening(self) -> tuple[int, ...]:
        """See `History.places_opening`."""
        hidden = [self.state(steps).hidden for steps in range(self.cut, len(self) + 1)]
        own = (self.cut + place for place in range(len(self.tail)) if hidden[place] is not hidden[place + 1])
        return (*(place for place in self.base.places_opening() if place < self.cut), *own)

    def met(self, first: int = 0) -> Iterator[Met]:
        """See `History.met`."""
        kept = islice(self.base.met(first), max(self.cut - first, 0))
        return chain(kept, super().met(max(first, self.cut)))

    def through(self, view: View, told: Told = untold) -> History:
        """See `History.through`. Another view of a view is one of the whole."""
        if self.view != View():
            return self.base.through(view, told)
        return super().through(view, told) if len(self) <= HELD else self._kept.through(view, told)

    @cached_property
    def _kept(self) -> LongHistory:
        """The same in a store of its own, for whoever looks at all of it otherwise."""
        return stored(self.base, self.cut, self.tail)

    def continued(self, steps: int, events: Sequence[Event]) -> History:
        """See `History.continued`."""
        if self.view != View():
            return super().continued(steps, events)
        return self.base.continued(min(steps, self.cut), (*self.tail[: max(steps - self.cut, 0)], *events))


def _folded(
    start: Talks, first: int, tail: Sequence[Event], told: Told
) -> tuple[list[Talks], dict[int, tuple[Objection, ...]]]:
    states: list[Talks] = []
    found: dict[int, tuple[Objection, ...]] = {}
    talks = start
    with collector_paused():
        for begin in range(0, len(tail), AT_ONCE):
            events = tail[begin : begin + AT_ONCE]
            look_ahead(talks, events)
            for place, event in enumerate(events, start=first + begin):
                talks, objections = step(event, talks)
                states.append(talks)
                if objections:
                    found[place] = objections
            told(len(events))
    return states, found


def grafted(
    base: LongHistory,
    cut: int,
    tail: Iterable[Event],
    *,
    header: Header | None = None,
    view: View | None = None,
    told: Told = untold,
) -> History:
    """The first `cut` steps of `base`, then `tail`, held or in a store of its own. With another `header` `cut` is 0."""
    following = iter(tail)
    held = tuple(islice(following, HELD + 1))
    if len(held) <= HELD and all(map(is_plain, held)):
        return Grafted(base, cut, held, header=header, view=view, told=told)
    is_plain_view = view is None or view == View()
    if is_plain_view and cut + len(held) <= HELD:
        return History(base.declared, (*base.events[:cut], *held), told=told)
    if not is_plain_view and len(base.record) <= HELD:
        return History(base.declared, base.record, view, told=told)
    return stored(base, cut, chain(held, following), view=view, told=told)


def sighted(
    base: LongHistory,
    cut: int,
    tail: Iterable[Event],
    sighting: Sighting,
    *,
    header: Header,
    view: View,
    told: Told = untold,
) -> History:
    """The first `cut` steps of `base`, then what a party learned, which is known to `sighting` once it came."""
    following = iter(tail)
    held = tuple(islice(following, HELD + 1))
    if len(held) <= HELD and not sighting.ranks:
        return grafted(base, cut, held, header=header, view=view, told=told)
    if len(base.record) <= HELD:
        return History(base.declared, base.record, view, told=told)
    return stored(base, cut, chain(held, following), view=view, sighting=sighting, told=told)


def stored(
    base: LongHistory,
    cut: int,
    tail: Iterable[Event],
    *,
    view: View | None = None,
    sighting: Sighting | None = None,
    told: Told = untold,
) -> LongHistory:
    """The first `cut` events of `base`, then `tail`, in a store of their own that goes with the history."""
    folder = tempfile.TemporaryDirectory(prefix="terms-")
    store = SqliteStore(os.path.join(folder.name, "terms.db"))
    accounts = [one for one in base.tale.accounts if base.index(one.id) < cut]
    lines = _lines(base, cut, tail, accounts, () if sighting is None else sighting.again)
    length = 0
    while piece := list(islice(lines, PIECE)):
        length = store.append(base.stream, piece, expected=length)
        told(len(piece))
    sight = AS_TOLD if sighting is None else sighting.sight
    made = base.opened(store, view=view or View(), accounts=accounts, sight=sight, told=_counted(told))
    weakref.finalize(made, folder.cleanup)
    return made


def _lines(
    base: LongHistory, cut: int, tail: Iterable[Event], accounts: list[Event], again: Collection[int]
) -> Iterator[Line]:
    """The lines of a store of its own. Events of the tail that are told in rival accounts are added to `accounts`.

    What is seen again, which is known once it comes, is filed under another name, for a store takes every name once.
    """
    yield header_line(base.declared)
    for kept in base.store.read(base.stream, after=1, limit=cut) if cut else ():
        yield Line(kept.content, kept.kind, name_in(kept))
    for place, event in enumerate(tail, cut):
        if has_accounts(event):
            accounts.append(event)
        line = line_of(event)
        yield replace(line, event=f"{event.id} {place}") if place in again else line


def _counted(told: Told) -> Told:
    """Hears the number of the line that is reached, and tells how many are new."""
    reached = [0]

    def heard(line: int) -> None:
        told(max(line - reached[0], 0))  # what is folded again from far back is no further
        reached[0] = max(line, reached[0])

    return heard
