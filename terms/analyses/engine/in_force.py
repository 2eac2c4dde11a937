"""What is in force at a moment: stances, either/ors, rejections and packages asked in return, by who holds them.

Only those count whose consent a term needs. An either/or is in force until one option is picked, until its
author takes it back, or until newer words of its author stand in place of all that it says.
"""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from terms.analyses.engine.positions import slot_name
from terms.analyses.engine.timing import recorded
from terms.core.entries import Cell, Version
from terms.core.entries import Clause as Text
from terms.core.event import Event
from terms.core.situation import Situation
from terms.core.story import AMENDING
from terms.core.tabling import clauses_of
from terms.ground.maps import Map
from terms.ground.words import FrozenWords
from terms.values import Stance


class Held(Struct, frozen=True):
    """A stance in force: whose, on what, from which version or event."""

    party: str
    slot: str
    term: str
    stance: Stance
    cell: Cell


class Barred(Struct, frozen=True):
    """A rejection in force: the deals that may not hold, and the events that make it so.

    A deal is the clauses rejected, or, of an either/or rejected as a whole, those with one alternative each.
    """

    name: str
    by: tuple[str, ...]
    deals: "tuple[Map[str, Text], ...]"
    events: tuple[str, ...]


PICKING = ("accept", "agree")
"""Kinds of events that may choose an option."""


class InForce:
    """The positions of one moment, as the talks hold them; `stage` None: in all stages."""

    def __init__(self, at: Situation, stage: str | None) -> None:
        self.at = at
        self.talks = at.talks
        self.stage = stage
        told = at.history.events[: at.steps]
        kinds = {type(event): event for event in told}
        able = frozenset(kind for kind, event in kinds.items() if hasattr(event, "of"))
        answering = [event for event in told if type(event) in able and len(getattr(event, "of", ()))]
        self.corrected = _corrections(answering)
        self.picked = _picks(at, answering)
        self._answering = frozenset(event.id for event in answering)
        self._lineages = self._alone()
        self.offers = tuple(self._either_ors())
        self.held = tuple(self._stances())
        self.barred = tuple(self._rejected())
        self.returns = tuple(self._in_returns())

    def in_stage(self, stage: str) -> bool:
        """Whether the question is about this stage."""
        return self.stage is None or stage == self.stage

    def _stances(self) -> Iterator[Held]:
        for (party, term, stage), cell in sorted(self.talks.cells.items()):
            if cell.stance is None or cell.stance_event is None or not self.in_stage(stage):
                continue
            stands = not self._inside_newer(party, term, stage, cell.stance_event)
            if stands and party in self.at.header.consent(term) and cell.stance.modality != "float":
                yield Held(party, slot_name(self.at, term, stage), term, cell.stance, cell)

    def _inside_newer(self, party: str, term: str, stage: str, event: str) -> bool:
        """Whether every alternative of a newer either/or of the party speaks of the term: one of them holds instead."""
        return any(
            who == party
            and self.later(version.id, event)
            and all(
                (clause := option.get(term)) is not None and clause.stage == stage
                for option in version.options.values()
            )
            for version, who in self.offers
        )

    def _either_ors(self) -> Iterator[tuple[Version, str]]:
        """Open either/ors by who tabled them, but those that newer words of the same party have replaced."""
        found: list[tuple[Version, str]] = []
        for _, version in sorted(self.talks.versions.items()):
            if version.state != "open" or not version.options or version.chosen is not None:
                continue
            if version.form not in ("float", "bridging"):
                found.extend((version, party) for party in version.by)
        for version, party in found:
            covered = _option_terms(version)
            newer = [other for other, who in found if who == party and self.later(other.id, version.id)]
            if any(covered & _option_terms(other) for other in newer):
                continue
            own = [clause for option in version.options.values() for clause in option.items()]
            if all(self._replaced(party, term, clause, version) for term, clause in own):
                continue
            if any(
                party in self.at.header.consent(term) and self.in_stage(clause.stage) for term, clause in own
            ):
                yield version, party

    def _replaced(self, party: str, term: str, clause: Text, version: Version) -> bool:
        cell = self.talks.cells.get((party, term, clause.stage))
        return (
            cell is not None and cell.stance_event is not None and self.later(cell.stance_event, version.id)
        )

    def later(self, one: str, other: str) -> bool:
        """Whether one event stands behind another in the log."""
        return self.at.history.index(one) > self.at.history.index(other)

    def _rejected(self) -> Iterator[Barred]:
        """Every rejection by somebody whose consent is needed."""
        for name, refusal in sorted(self.talks.refusals.items()):
            target = self.talks.target(refusal.version)
            whole = target.version.options if target.version is not None and target.part is None else Map()
            ways = [{**target.clauses, **option} for _, option in sorted(whole.items())] or [
                {**target.clauses}
            ]
            deals = [
                Map({term: clause for term, clause in way.items()
                     if term in refusal.terms and self.in_stage(clause.stage)})
                for way in ways
            ]  # fmt: skip
            by = tuple(
                party
                for party in refusal.by
                if any(party in self.at.header.consent(term) for way in deals for term in way)
            )
            if all(deals) and by:
                yield Barred(name, by, tuple(deals), self.lineage(refusal.event))

    def _in_returns(self) -> "Iterator[tuple[Version, str, Map[str, Text]]]":
        for _, version in sorted(self.talks.versions.items()):
            if version.state == "open" and isinstance(version.in_return, FrozenWords) and not version.joint:
                terms = {t: w for t, w in version.in_return.items() if t in self.at.header.term}
                wanted = (
                    clauses_of(self.talks, FrozenWords(terms), version.form, version.id) if terms else Map()
                )
                for party in version.by:
                    if wanted and self._stands(version, party):
                        yield version, party, wanted

    def _stands(self, version: Version, party: str) -> bool:
        """Whether any clause of a version is what its author still says."""
        return any(
            (cell := self.talks.cells.get((party, term, clause.stage))) is not None
            and cell.stance_event == version.id
            for term, clause in version.clauses.items()
        )

    def name(self, held: Held) -> str:
        """The event, with the term where it says more than one thing, and the party where several say it."""
        event = held.cell.stance_event or ""
        version = self.talks.versions.get(event)
        alone = version is not None and len(version.clauses) + len(version.options) == 1
        name = event if alone else f"{event}/{held.slot}"
        return name if self.speaks_alone(event) else f"{name} of {held.party}"

    def speaks_alone(self, event: str) -> bool:
        """Whether an event has a single author."""
        return len(getattr(self.at.history.event(event), "by", ())) == 1

    def _alone(self) -> dict[str, tuple[str, ...]]:
        """The lineage of every event that answers nothing, tables nothing and was not changed: itself."""
        found: dict[str, tuple[str, ...]] = {
            event.id: (event.id,) for event in self.at.history.events[: self.at.steps]
        }
        tabled = list(self.talks.versions)
        for name in (*self._answering, *self.corrected, *self.picked, *tabled):
            found.pop(name, None)
        return found

    def lineage(self, event: str) -> tuple[str, ...]:
        """An event and what it answers, amends or refers to: without those it would not mean the same."""
        if (known := self._lineages.get(event)) is not None:
            return known
        found: dict[str, None] = {}
        waiting = [event]
        while waiting:
            name = waiting.pop()
            if name in found or not recorded(self.at, name):
                continue
            found[name] = None
            told = self.at.history.as_read(name, self.at.steps)
            waiting.extend(self._earlier(one, name) for one in getattr(told, "of", ()))
            version = self.talks.versions.get(name)
            waiting.extend(
                clause.version.partition("/")[0] for clause in version.clauses.values()
            ) if version else None
            waiting.extend((*self.corrected.get(name, ()), *self.picked.get(name, ())))
        made = tuple(sorted(found, key=self.at.history.index)) if len(found) > 1 else tuple(found)
        self._lineages[event] = made
        return made

    def _earlier(self, reference: str, event: str) -> str:
        target = self.talks.target(reference).event
        return (
            target if recorded(self.at, target) and self.later(event, target) else reference.partition("/")[0]
        )

    def offered(self) -> "Iterator[tuple[str, Version, str, Text]]":
        """(party, either/or, term, clause) of everything inside an option."""
        for version, party in self.offers:
            for option in version.options.values():
                for term, clause in option.items():
                    yield party, version, term, clause

    def offer_name(self, version: Version, party: str) -> str:
        """What the either/or of a party is called."""
        name = version.id if not version.clauses else f"{version.id}/one-of"
        return name if len(version.by) == 1 else f"{name} of {party}"


def _corrections(answering: Sequence[Event]) -> dict[str, list[str]]:
    """Event -> the events told so far that corrected or retracted it."""
    found: dict[str, list[str]] = {}
    for event in answering:
        if event.kind in AMENDING:
            for name in getattr(event, "of", ()):
                found.setdefault(name, []).append(event.id)
    return found


def _picks(at: Situation, answering: Sequence[Event]) -> dict[str, list[str]]:
    """Either/or -> the events that accepted the option chosen of it: without those it would still be open."""
    found: dict[str, list[str]] = {}
    for event in answering:
        for reference in getattr(event, "of", ()) if event.kind in PICKING else ():
            target = at.talks.target(reference)
            if target.version is None or target.version.chosen is None:
                continue
            if target.version.chosen in (target.option, getattr(event, "option", None)):
                found.setdefault(target.version.id, []).append(event.id)
    return found


def _option_terms(version: Version) -> set[tuple[str, str]]:
    return {(term, clause.stage) for option in version.options.values() for term, clause in option.items()}
