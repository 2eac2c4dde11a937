"""What a position is, and what a moment's positions are as a problem: shared by every question about deals.

One position is one stated thing: a stance on a term, an either/or, a package, an ordering statement, a link,
a rejection. Everything else is structure: which terms a deal has to settle, the agenda's declared rules, and
what has happened. Nobody's silence is read as consent or as refusal: that is one of two policies, which the
caller names and every answer repeats.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Literal

from msgspec import Struct

from terms.analyses.engine.domains import Domains
from terms.analyses.engine.formula import In, Problem
from terms.core.situation import Situation
from terms.ground.errors import TermsError

Silence = Literal["open", "blocks"]
PositionKind = Literal["stance", "either/or", "package", "order", "link", "rejection", "in return", "silence"]


class Position(Struct, frozen=True, gc=False):
    """One thing that parties `by` have said, under the name it is cited by.

    `slots` are the terms it is about. `events` are those that made it so; without them it would not stand.
    A silence is nobody's statement: `by` is then the party that has not spoken, and `events` is empty.
    """

    name: str
    by: tuple[str, ...]
    kind: PositionKind
    words: str
    slots: tuple[str, ...]
    events: tuple[str, ...]


class Ground(Struct, frozen=True):
    """One piece of structure: a declared rule (with its `source`), a term in scope, what happened."""

    name: str
    words: str
    events: tuple[str, ...]
    source: str = ""


class Silent(Struct, frozen=True):
    """A party whose consent a term needs and that has taken no stance of its own on it.

    `said` is how it answered all the same (deferred, rejected, ...); empty: not at all.
    """

    party: str
    slot: str
    package_only: bool
    said: str = ""


class Edits(Struct, frozen=True):
    """What is supposed otherwise: positions (or declared rules, as `rule/ID`) dropped, positions given other words."""

    drop: frozenset[str] = frozenset()
    change: tuple[tuple[str, str], ...] = ()


class NoSuchPosition(TermsError):
    """A name that no position in force has."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        self.name = name
        self.known = tuple(known)
        super().__init__(f"there is no position '{name}' in force at this step")


class CannotReword(TermsError):
    """Other words were asked for of a position that can only be dropped."""

    def __init__(self, name: str, kind: str) -> None:
        self.name = name
        super().__init__(
            f"'{name}' ({kind}) can be dropped, not reworded: only a stance or a statement of order can"
        )


class Due(Struct, frozen=True):
    """The deadline of a stance: as an ordering statement in words, what said it, and who is to keep it."""

    words: str
    statement: str
    owed_by: tuple[str, ...]


class Model(Struct, frozen=True, dict=True):
    """The problem of one moment, with everything needed to put its answers into words.

    `options` gives the alternatives of each either/or as (name, choice). `scope` are the terms a deal has to
    settle. `reviewed` are (term, party, event) of stances that, in whole or part, only a person can judge;
    `conditional` positions that hang on a condition; `moot` ordering statements overtaken by what happened;
    `dues` the deadlines of stances, by position.
    """

    at: Situation
    silence: Silence
    problem: Problem
    positions: Mapping[str, Position]
    grounds: Mapping[str, Ground]
    domains: Domains
    scope: tuple[str, ...]
    options: Mapping[str, tuple[tuple[str, In], ...]]
    silent: tuple[Silent, ...]
    reviewed: tuple[tuple[str, str, str], ...]
    conditional: tuple[str, ...]
    moot: tuple[str, ...]
    dues: Mapping[str, Due] = {}

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of all positions, in canonical order."""
        return tuple(clause.name for clause in self.problem.soft)

    def require(self, name: str) -> None:
        """Refuse a name that no position has.

        Raises:
            NoSuchPosition: it is none.
        """
        if name not in self.positions:
            raise NoSuchPosition(name, self.names)

    def events(self, names: Iterable[str]) -> tuple[str, ...]:
        """The events that these positions and grounds rest on, in the order of the log."""
        cited = {
            event
            for name in names
            for event in (self.positions[name] if name in self.positions else self.grounds[name]).events
        }
        return tuple(sorted(cited, key=self.at.history.index))

    def spoken(self) -> dict[str, int]:
        """How many positions each party has taken, silence aside; every party with any, sorted by id."""
        said = Counter([one.by for one in self.positions.values() if one.kind != "silence"])
        counts = dict.fromkeys(self._parties, 0)
        for by, number in said.items():
            for party in by:
                counts[party] += number
        return counts

    @cached_property
    def _parties(self) -> tuple[str, ...]:
        """The parties with any position, sorted by id."""
        return tuple(sorted({party for by in {one.by for one in self.positions.values()} for party in by}))

    def per_party(self, names: Iterable[str]) -> dict[str, int]:
        """How many of these positions each party holds; every party with any position, sorted by id."""
        counts = dict.fromkeys(self._parties, 0)
        for name in names:
            for party in self.positions[name].by:
                counts[party] += 1
        return counts


def slot_name(at: Situation, term: str, stage: str) -> str:
    """What a term is called in answers: its id, with the stage where that is not its own."""
    return term if stage == at.talks.stage_of(term) else f"{term}@{stage}"
