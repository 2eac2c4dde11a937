"""The talks after a step, at a date: the facts that conditions, clocks and statuses are derived from.

The reducer never lets anything lapse. Whatever depends on time is a function of a state and a date, and
this is the pair. The date is the latest reading of the last event's date unless another is asked for.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from terms.core import happenings
from terms.core.entries import Cell, LifeMark, Performance, Undertaking
from terms.core.header import Header
from terms.core.history import History
from terms.core.moments import END_OF_TIME, between, earliest, latest
from terms.core.talks import Talks
from terms.ground.dates import Edtf
from terms.ground.words import FrozenWords, Words
from terms.values import Outcome, outcome_of, read_provisos, read_time, resolve

if TYPE_CHECKING:
    from terms.core.life import Axes


class Situation(Struct, frozen=True, dict=True):
    """A history after its first `steps` events, at `moment`. It answers; it changes nothing.

    `asked` are happenings whose date is just being worked out, so that none is sought through itself.
    """

    history: History
    steps: int
    moment: datetime
    asked: frozenset[str] = frozenset()

    @cached_property
    def talks(self) -> Talks:
        """The state after the last of these steps."""
        return self.history.state(self.steps)

    @property
    def header(self) -> Header:
        return self.history.header

    @cached_property
    def worked_out(self) -> "dict[tuple[str, str | None], Axes]":
        """The axes of a term in a stage (None: its own), once `core.life.axes` has found them."""
        return {}

    # ---- happenings ----------------------------------------------------------------------------

    def happened(self, name: str) -> Edtf | None:
        """When a happening occurred, recorded or derived (rules.md 5); None: it has not, by what is recorded."""
        return happenings.happened(self, name)

    def expected(self, name: str) -> Edtf | None:
        """When a happening occurred or, failing that, for when it is planned; None: neither is known."""
        if (moment := self.happened(name)) is not None:
            return moment
        recorded = self.talks.happenings.get(name)
        if recorded is None or recorded.planned is None or name in self.asked:
            return None
        return self.within(name).date_of(recorded.planned)

    def date_of(self, words: Words) -> Edtf | None:
        """The date that words of time come to, through what has happened or is planned; None: not yet known."""
        found = resolve(read_time(words), self.expected)
        return between(*found) if found is not None else None

    def within(self, name: str) -> "Situation":
        """This situation while the date of `name` is being worked out."""
        made = replace(self, asked=self.asked | {name})
        made.__dict__.update(_cells=self._cells, _stages=self._stages, _undertaken=self._undertaken)
        return made

    def called_off(self, name: str) -> bool:
        """Whether a happening was called off."""
        recorded = self.talks.happenings.get(name)
        return recorded is not None and recorded.state == "called off"

    def disputed(self, name: str) -> bool:
        """Whether somebody denies that a happening occurred as recorded."""
        recorded = self.talks.happenings.get(name)
        denied = {reaction.kind for reaction in self.talks.reactions.get(name, ())}
        if recorded is not None:
            denied |= {reaction.kind for reaction in self.talks.reactions.get(recorded.event, ())}
        return "deny" in denied

    def claims_on(self, owner: str) -> tuple[Performance, ...]:
        """Claims of performance on a term (or TERM.STEP), wherever it was agreed, in log order."""
        return happenings.claims_on(self, owner)

    @cached_property
    def _cells(self) -> dict[tuple[str, str], dict[str, Cell]]:
        found: dict[tuple[str, str], dict[str, Cell]] = {}
        for (party, term, stage), cell in sorted(self.talks.cells.items(), key=itemgetter(0)):
            found.setdefault((term, stage), {})[party] = cell
        return found

    def cells_of(self, term: str, stage: str) -> Mapping[str, Cell]:
        """Party -> its cell on a term in a stage, by party, of all that ever spoke of it there."""
        return self._cells.get((term, stage), {})

    @cached_property
    def _stages(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for term, stage in sorted(self._cells):
            found.setdefault(term, []).append(stage)
        return {term: tuple(stages) for term, stages in found.items()}

    @cached_property
    def _undertaken(self) -> dict[str, list[Undertaking]]:
        found: dict[str, list[Undertaking]] = {}
        for name, made in sorted(self.talks.undertakings.items(), key=itemgetter(0)):
            if made.recanted_by is None:
                found.setdefault(name.rpartition("/")[2], []).append(made)
        return found

    def undertaken_on(self, term: str) -> Sequence[Undertaking]:
        """What was undertaken on `term` and not recanted, by the names of the undertakings."""
        return self._undertaken.get(term, ())

    @property
    def raised(self) -> set[str]:
        """The terms on which anybody stands; a new set at every call."""
        return set(self._stages)

    def stages_of(self, term: str) -> tuple[str, ...]:
        """The stages in which anybody stands on `term`, sorted; its own stage when nobody does."""
        return self._stages.get(term) or (self.talks.stage_of(term),)

    # ---- conditions (the facts that `evaluate` asks for) -----------------------------------------

    def occurred(self, happening: str) -> Edtf | None:
        """As `happened`, by this moment."""
        moment = self.happened(happening)
        return moment if moment is not None and earliest(moment) <= self.moment else None

    def accepts(self, party: str, what: str) -> bool | None:
        """Whether `party` has accepted a version, text or term; None: no word of it."""
        cells = happenings.accepting_cells(self.talks, party, what)
        if all(happenings.cell_bonds(cell, version) for cell, version in cells):
            return True
        return False if any(cell is not None and cell.status == "rejected" for cell, _ in cells) else None

    def certifies(self, party: str, happening: str) -> bool | None:
        """Whether `party` certified a happening, or the performance it stands for; None: no word of it."""
        recorded = self.talks.happenings.get(happening)
        for name in (happening, recorded.event if recorded is not None else ""):
            if any(one.kind == "certify" and party in one.by for one in self.talks.reactions.get(name, ())):
                return True
        owner = happening.removesuffix(".done")
        return True if any(party in claim.certified_by for claim in self.claims_on(owner)) else None

    def complies(self, party: str, text: str) -> bool | None:
        """False when a verified breach of `text` by `party` is on record, None when one is alleged, else True."""
        breaches = [
            one
            for one in self.talks.breaches.values()
            if party in one.by and one.of.partition("/")[0] == text
        ]
        if any(one.verified_by for one in breaches):
            return False
        return None if breaches else True

    def last_incident(self) -> Edtf | None:
        """The date of the latest incident or alleged violation on record; None: there is none."""
        return self.talks.troubled

    def outcome(self, conditions: FrozenWords | None) -> Outcome:
        """How the conditions of an act stand: met when there are none.

        `only-if` and `while` must hold, `unless` must not.
        """
        return Outcome.MET if conditions is None else outcome_of(read_provisos(conditions), self, self.moment)

    # ---- lives ---------------------------------------------------------------------------------

    def marks(self, *names: str) -> tuple[LifeMark, ...]:
        """The acts in the lives of all these names, in log order, each once."""
        found = {mark.event: mark for name in names for mark in self.talks.lives.get(name, ())}
        return tuple(sorted(found.values(), key=lambda mark: self.history.index(mark.event)))


def situation(history: History, steps: int | None = None, moment: datetime | None = None) -> Situation:
    """The history after `steps` events (all: None) at `moment` (the date of the last of them: None)."""
    count = len(history) if steps is None else steps
    if moment is None:
        moment = history.view.at or (latest(history.shown[count - 1].date) if count else END_OF_TIME)
    return Situation(history, count, moment)


__all__ = ["END_OF_TIME", "Situation", "between", "earliest", "latest", "situation"]
