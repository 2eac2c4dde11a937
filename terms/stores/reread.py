"""A long history with a rival account in use: the history itself, with what the account changes put in.

Nothing is folded for a state: what differs is known (see `rereading`). What did not fit an event is found by folding
that one event.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec.structs import replace

from terms.core.accounts import Choice, read_header, rival_choices
from terms.core.event import Event
from terms.core.folding import Folded
from terms.core.history import History, Step
from terms.core.lens import View
from terms.core.objection import Objection
from terms.core.reducer import step
from terms.core.story import Rank, Told, untold
from terms.core.talks import Talks, unopened
from terms.ground.dates import Edtf
from terms.stores.beside import tale_told
from terms.stores.going_back import folded
from terms.stores.long_parts import LongObjections, LongStates
from terms.stores.rivals import Rival, overlaid

if TYPE_CHECKING:
    from terms.stores.grafting import Grafted
    from terms.stores.long import LongHistory


def under(history: LongHistory | Grafted, choice: Choice) -> History:
    """A history with a rival account of it in use; any other account is seen as a view is."""
    found = history.weighed().get(choice)
    if found is None:
        return history.through(replace(history.view, choices=(*history.view.choices, choice)))
    return Reread(history, found) if isinstance(found, Rival) else found


def moved_under(
    history: LongHistory | Grafted, choice: Choice, steps: int
) -> frozenset[tuple[str, object]] | None:
    """See `History.moved_under`."""
    found = history.weighed().get(choice)
    return found.entries_at(steps) if isinstance(found, Rival) else None


class Reread(History):
    """The history `base` with the account of `rival` in use."""

    def __init__(self, base: LongHistory | Grafted, rival: Rival) -> None:
        self.base, self.rival = base, rival
        self.declared, self.record, self.events = base.declared, base.record, base.events
        self.view = replace(base.view, choices=(*base.view.choices, rival.choice))
        ruling = read_header(base.declared, self.view)
        self.ruling = base.ruling if ruling == base.ruling else ruling
        self.start = base.start if self.ruling is base.ruling else unopened(self.ruling)
        self.tale = tale_told(base, rival.choice)
        self.mentioned = base.mentioned
        self._places = base._places
        self._fold = Folded(
            self.start,
            LongStates(self),
            LongObjections(self),  # type: ignore[arg-type]
            self.tale.amended,
        )

    @property
    def size(self) -> int:
        """How many events there are."""
        return len(self.base)

    def state(self, steps: int) -> Talks:
        """See `History.state`."""
        return overlaid(self.base.state(steps), self.ruling, self.rival.at(steps))

    def __getitem__(self, index: int) -> Step:  # type: ignore[override]
        """See `History`."""
        own = self.base[index]
        before, after = self.state(own.index), self.state(own.index + 1)
        if own.after is own.before and self.rival.at(own.index) == self.rival.at(own.index + 1):
            after = before
        return Step(own.index, own.event, before, after, self.misfits(own, before))

    def misfits(self, own: Step, before: Talks) -> tuple[Objection, ...]:
        """What does not fit at a step of the base, as it is read here."""
        if own.index < self.rival.first:
            return own.objections
        if own.index in self.rival.misfits:
            return self.rival.misfits[own.index]
        turn = self.tale.turns.get(own.index)
        if turn is None:
            return own.objections if before is own.before else step(own.event, before)[1]
        return () if turn.folded is None else folded(turn.folded, before)[1]

    @cached_property
    def rivals(self) -> tuple[Choice, ...]:
        """See `History.rivals`."""
        return rival_choices(self.header, self.tale.accounts, self.view)

    def under(self, choice: Choice) -> History:
        """See `History.under`: a view as any other."""
        return self.through(replace(self.view, choices=(*self.view.choices, choice)))

    def as_read(self, name: str, steps: int | None = None) -> Event | None:
        """See `History.as_read`."""
        place = self.index(name)
        found = self.tale.read_at(name, steps)
        return self.events[place] if found is None else found[0]

    def corrected_by(self, name: str) -> tuple[str, ...]:
        """See `History.corrected_by`."""
        return self.base.corrected_by(name)

    def date_of(self, name: str) -> Edtf:
        """See `History.date_of`."""
        return self.base.date_of(name)

    def places_of(self, kinds: Collection[str]) -> tuple[int, ...]:
        """See `History.places_of`."""
        return self.base.places_of(kinds)

    def places_of_accounts(self) -> tuple[int, ...]:
        """See `History.places_of_accounts`."""
        return self.base.places_of_accounts()

    @property
    def moved(self) -> Mapping[int, Rank]:
        """See `History.moved`."""
        return self.base.moved

    def places_opening(self) -> tuple[int, ...]:
        """See `History.places_opening`."""
        places = {*self.base.places_opening()}
        for (field, _), told in self.rival.changes.items():
            places |= {steps - 1 for steps, _ in told if field == "hidden"}
        return tuple(
            place for place in sorted(places) if self.state(place).hidden != self.state(place + 1).hidden
        )

    def through(self, view: View, told: Told = untold) -> History:
        """See `History.through`."""
        return self.base.through(view, told)
