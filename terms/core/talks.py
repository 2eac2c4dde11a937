"""The state of the talks, and the only place where a new state is built.

A state shares everything that did not change with the state before it, so keeping all of them is
cheap and stepping back is a look-up. It holds live things and nothing that can be worked out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Self

from msgspec import Struct
from msgspec.structs import replace

from terms.core.entries import (
    Breach,
    Cell,
    Clause,
    Hidden,
    Identity,
    LifeMark,
    Occurrence,
    OrderEntry,
    Performance,
    Proviso,
    Reaction,
    Reading,
    Refusal,
    Reservation,
    Session,
    Tie,
    Undertaking,
    Version,
)
from terms.core.header import Header
from terms.core.moments import latest
from terms.ground.dates import Edtf
from terms.ground.maps import K, Map, V, empty

CellKey = tuple[str, str, str]
"""(party, term, stage)."""


class Target(Struct, frozen=True):
    """What a reference in an answer names: a version (or one option of it) and the clauses it covers.

    `version` is None when the reference names an event that tabled nothing, or a part of one.
    """

    reference: str
    event: str
    part: str | None = None
    version: Version | None = None
    option: str | None = None
    clauses: Map[str, Clause] = empty()


class Talks(Struct, frozen=True, gc=False):
    """What follows from the events so far. Equal events give an equal state, on any machine."""

    header: Header
    cells: Map[CellKey, Cell] = empty()
    versions: Map[str, Version] = empty()
    texts: Map[str, str] = empty()
    """Text id to the event of its current version."""
    occurrences: Map[str, str] = empty()
    """Occurrence to the event whose account of it is the reading in use."""
    reservations: Map[str, Reservation] = empty()
    provisos: Map[str, Proviso] = empty()
    orders: Map[str, OrderEntry] = empty()
    ties: Map[str, Tie] = empty()
    happenings: Map[str, Occurrence] = empty()
    lives: Map[str, tuple[LifeMark, ...]] = empty()
    performances: Map[str, tuple[Performance, ...]] = empty()
    breaches: Map[str, Breach] = empty()
    undertakings: Map[str, Undertaking] = empty()
    reactions: Map[str, tuple[Reaction, ...]] = empty()
    hidden: Map[str, Hidden] = empty()
    readings: Map[str, tuple[Reading, ...]] = empty()
    judgements: tuple[tuple[str, str, str, str], ...] = ()
    """(relation, a, b, event): an analyst's sourced readings, in the order they came."""
    session: Session = Session()
    voices: Map[CellKey, tuple[str, str]] = empty()
    """Who gave the stance of a cell: (standing, event), where a named head or delegate did."""
    troubled: Edtf | None = None
    """The date of the latest incident or alleged violation, from which quiet is counted; None: no trouble yet."""
    identities: Map[str, Identity] = empty()

    # ---- asking ------------------------------------------------------------------------------

    def cell(self, party: str, term: str, stage: str | None = None) -> Cell | None:
        """Where `party` stands on `term`; `stage` None is the term's own stage. None: silent."""
        return self.cells.get((party, term, self.stage_of(term) if stage is None else stage))

    def stage_of(self, term: str) -> str:
        """The stage a term belongs to by its declaration; empty when it has none."""
        declared = self.header.term.get(term)
        return declared.stage if declared is not None else ""

    def target(self, reference: str) -> Target:
        """Follow a reference EVENT, EVENT/PART, TEXT, TEXT/TERM or OCCURRENCE to what it names now."""
        name, _, part = reference.partition("/")
        event = self._event_named(name)
        version = self.versions.get(event)
        if version is None:
            return Target(reference, event, part or None)
        if not part:
            return Target(reference, event, None, version, None, version.clauses)
        if (option := version.options.get(part)) is not None:
            return Target(reference, event, part, version, part, option)
        if (terms := version.packages.get(part)) is not None:
            return Target(reference, event, part, version, None, _restricted(version.clauses, terms))
        if part in version.clauses:
            return Target(reference, event, part, version, None, _restricted(version.clauses, (part,)))
        return Target(reference, event, part, version)

    def version(self, reference: str) -> Version | None:
        """The version that a reference names, or names a part of; None: it names none."""
        return self.versions.get(self._event_named(reference.partition("/")[0]))

    def _event_named(self, name: str) -> str:
        """The event that a text, an occurrence or an event is named by."""
        if self.texts and (event := self.texts.get(name)):
            return event
        if self.occurrences and (event := self.occurrences.get(name)):
            return event
        return name

    def targeted_package(self, reference: str) -> Version | None:
        """The version whose package (EVENT/NAME) or packages (EVENT) a reference names; None: there is none."""
        target = self.target(reference)
        version = target.version
        if version is None or not (version.packages or version.whole):
            return None
        return version if target.part is None or target.part in version.packages else None

    def clause(self, version: str, term: str) -> Clause | None:
        """The clause on `term` in the version (or EVENT/OPTION) where it was last changed; None: not there."""
        if "/" not in version:
            held = self.versions.get(self._event_named(version))
            return held.clauses.get(term) if held is not None else None
        return self.target(version).clauses.get(term)

    def offering_options(self) -> list[Version]:
        """The versions that offer options, in no order. Mostly there are none, and a kept state knows that."""
        known = getattr(self.versions, "with_options", None)
        return known() if known else [one for one in self.versions.values() if one.options]

    def held_in(self, maps: Mapping[str, object]) -> Self:
        """The same state with some of its maps held in another way."""
        return replace(self, **maps) if maps else self

    @property
    def refusals(self) -> dict[str, Refusal]:
        """All rejections in force, by name, in no order; all versions are looked through for them."""
        return {one.name: one for version in self.versions.values() for one in version.refused}

    # ---- building: the only functions that make a new state ------------------------------------

    def with_cells(self, changes: Mapping[CellKey, Cell]) -> Self:
        """The talks with these cells in place of the old ones; the same object when none differs."""
        cells = self.cells
        for key, cell in changes.items():
            if cells.get(key) != cell:
                cells = cells.set(key, cell)
        return self if cells is self.cells else replace(self, cells=cells)

    def without_cells(self, keys: Iterable[CellKey]) -> Self:
        """The talks as if nothing had been said in these cells; the same object when there are none."""
        cells = self.cells
        for key in keys:
            cells = cells.delete(key)
        return self if cells is self.cells else replace(self, cells=cells)

    def with_version(
        self,
        version: Version,
        cells: Mapping[CellKey, Cell] | None = None,
        others: Iterable[Version] = (),
    ) -> Self:
        """The talks with `version` tabled (or changed), its text pointing to it, cells and others changed by it."""
        texts = self.texts
        if version.text is not None and version.state == "open" and texts.get(version.text) != version.id:
            texts = texts.set(version.text, version.id)
        tabled = self.versions.set(version.id, version)
        for one in others:
            tabled = tabled.set(one.id, one)
        return replace(self, versions=tabled, cells=_with_all(self.cells, cells or {}), texts=texts)

    def with_version_state(self, version: str, **changes: object) -> Self:
        """The talks with some fields of a version changed; the same object when that changes nothing."""
        known = self.versions[version]
        made = replace(known, **changes)
        return self if made == known else replace(self, versions=self.versions.set(version, made))

    def with_occurrence(self, occurrence: str, event: str) -> Self:
        """The talks with `event` as the account of `occurrence` that is in use."""
        return replace(self, occurrences=self.occurrences.set(occurrence, event))

    def with_reservation(self, name: str, reservation: Reservation) -> Self:
        return replace(self, reservations=self.reservations.set(name, reservation))

    def with_proviso(self, name: str, proviso: Proviso) -> Self:
        return replace(self, provisos=self.provisos.set(name, proviso))

    def with_orders(self, entries: Mapping[str, OrderEntry]) -> Self:
        """The talks with these ordering statements in force besides those already there."""
        return replace(self, orders=_with_all(self.orders, entries)) if entries else self

    def without_orders(self, names: Iterable[str]) -> Self:
        """The talks without these ordering statements; the same object when none was in force."""
        gone = [name for name in names if name in self.orders]
        orders = self.orders
        for name in gone:
            orders = orders.delete(name)
        return replace(self, orders=orders) if gone else self

    def with_tie(self, tie: Tie) -> Self:
        return replace(self, ties=self.ties.set(tie.event, tie))

    def without_tie(self, event: str) -> Self:
        """The talks without the link or package that `event` declared; the same object when there is none."""
        return replace(self, ties=self.ties.delete(event)) if event in self.ties else self

    def with_refusal(self, refusal: Refusal, cells: Mapping[CellKey, Cell]) -> Self:
        """The talks with one more rejection in force, of a version that is there, and the cells changed by it."""
        version = self.versions[refusal.version.partition("/")[0]]
        refused = replace(version, refused=(*version.refused, refusal))
        return replace(
            self, versions=self.versions.set(version.id, refused), cells=_with_all(self.cells, cells)
        )

    def without_refusals(self, refusals: Iterable[Refusal]) -> Self:
        """The talks without these rejections, which are in force; the same object when there are none."""
        after = self
        for gone in refusals:
            name = gone.version.partition("/")[0]
            left = tuple([one for one in after.versions[name].refused if one != gone])
            after = after.with_version_state(name, refused=left)
        return after

    def with_happening(self, happening: str, occurrence: Occurrence) -> Self:
        return replace(self, happenings=self.happenings.set(happening, occurrence))

    def with_life(self, target: str, mark: LifeMark) -> Self:
        """The talks with one more act in the life of a text, an agreement or a term."""
        return replace(self, lives=self.lives.set(target, (*self.lives.get(target, ()), mark)))

    def with_performance(self, target: str, performance: Performance) -> Self:
        """The talks with a claim of performance; one by the same event replaces the one before."""
        kept = tuple(one for one in self.performances.get(target, ()) if one.event != performance.event)
        return replace(self, performances=self.performances.set(target, (*kept, performance)))

    def with_breach(self, breach: Breach) -> Self:
        return replace(self, breaches=self.breaches.set(breach.event, breach))

    def with_undertaking(self, name: str, undertaking: Undertaking) -> Self:
        return replace(self, undertakings=self.undertakings.set(name, undertaking))

    def with_reaction(self, target: str, reaction: Reaction) -> Self:
        return replace(
            self, reactions=self.reactions.set(target, (*self.reactions.get(target, ()), reaction))
        )

    def with_hidden(self, event: str, hidden: Hidden) -> Self:
        """The talks with `event` known to some alone; the same object when it was known to them already."""
        if self.hidden.get(event) == hidden:
            return self
        return replace(self, hidden=self.hidden.set(event, hidden))

    def without_hidden(self, event: str) -> Self:
        """The talks with `event` open to everybody; the same object when it was open already."""
        return replace(self, hidden=self.hidden.delete(event)) if event in self.hidden else self

    def with_reading(self, clause: str, reading: Reading) -> Self:
        kept = tuple(one for one in self.readings.get(clause, ()) if one.by != reading.by)
        return replace(self, readings=self.readings.set(clause, (*kept, reading)))

    def with_judgement(self, relation: str, a: str, b: str, event: str) -> Self:
        return replace(self, judgements=(*self.judgements, (relation, a, b, event)))

    def with_session(self, session: Session) -> Self:
        return self if session == self.session else replace(self, session=session)

    def with_voices(self, keys: Iterable[CellKey], standing: str, event: str) -> Self:
        """The talks with `event` as the last word of a head or delegate in these cells."""
        voices = self.voices
        for key in keys:
            voices = voices.set(key, (standing, event))
        return self if voices is self.voices else replace(self, voices=voices)

    def with_trouble(self, date: Edtf) -> Self:
        """The talks with an incident at `date`; the same object when a later one is known."""
        if self.troubled is not None and latest(self.troubled) >= latest(date):
            return self
        return replace(self, troubled=date)

    def with_identity(self, party: str, identity: Identity) -> Self:
        return replace(self, identities=self.identities.set(party, identity))


def unopened(header: Header) -> Talks:
    """The state before the first event: everything declared, nobody has moved."""
    return Talks(header)


def restored(header: Header, parts: Mapping[str, object]) -> Talks:
    """A state that was kept: these parts of it, and all others as before the first event."""
    return Talks(header, **parts)  # type: ignore[arg-type]


def _with_all(entries: Map[K, V], changes: Mapping[K, V]) -> Map[K, V]:
    for key, value in changes.items():
        entries = entries.set(key, value)
    return entries


def _restricted(clauses: Map[str, Clause], terms: Iterable[str]) -> Map[str, Clause]:
    return Map({term: clauses[term] for term in terms if term in clauses})
