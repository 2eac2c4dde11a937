"""The positions in force at a moment, as a problem: what each party has said it would accept, demand or bar.

One position is one stated thing: a stance on a term, an either/or, a package, an ordering statement, a link,
a rejection. Everything else is structure: which terms a deal has to settle, the agenda's declared rules, and
what has happened. Nobody's silence is read as consent or as refusal: that is one of two policies, which the
caller names and every answer repeats.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from terms.analyses.engine.domains import Domains, is_reviewed
from terms.analyses.engine.formula import TRUE, All, Clause, Either, Formula, In, Problem, every, negated
from terms.analyses.engine.timing import TimeFacts, dependent, recorded
from terms.core.entries import Cell, Version
from terms.core.entries import Clause as Text
from terms.core.situation import Situation
from terms.core.tabling import clauses_of
from terms.ground.errors import TermsError
from terms.ground.maps import Map
from terms.ground.words import FrozenWords
from terms.values import Stance, read_order, read_time, read_value, say_time
from terms.values.misworded import Misworded

Silence = Literal["open", "blocks"]
PositionKind = Literal["stance", "either/or", "package", "order", "link", "rejection", "in return", "silence"]


@dataclass(frozen=True, slots=True)
class Position:
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


@dataclass(frozen=True, slots=True)
class Ground:
    """One piece of structure: a declared rule (with its `source`), a term in scope, what happened."""

    name: str
    words: str
    events: tuple[str, ...]
    source: str = ""


@dataclass(frozen=True, slots=True)
class Silent:
    """A party whose consent a term needs and that has taken no stance of its own on it."""

    party: str
    slot: str
    package_only: bool


@dataclass(frozen=True, slots=True)
class Edits:
    """What is supposed otherwise: positions dropped, and positions given other words."""

    drop: frozenset[str] = frozenset()
    change: tuple[tuple[str, str], ...] = ()


class NoSuchPosition(TermsError):
    """A name that no position in force has."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        self.name = name
        self.known = tuple(known)
        super().__init__(f"there is no position '{name}' in force at this step")


@dataclass(frozen=True)
class Model:
    """The problem of one moment, with everything needed to put its answers into words.

    `options` gives the alternatives of each either/or as (name, choice). `scope` are the terms a deal has to
    settle. `reviewed` are (term, party, event) of stances that, in whole or part, only a person can judge;
    `conditional` positions that hang on a condition; `moot` ordering statements overtaken by what happened.
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

    def per_party(self, names: Iterable[str]) -> dict[str, int]:
        """How many of these positions each party holds; every party with any position, sorted by id."""
        counts = dict.fromkeys(sorted({party for one in self.positions.values() for party in one.by}), 0)
        for name in names:
            for party in self.positions[name].by:
                counts[party] += 1
        return counts


def slot_name(at: Situation, term: str, stage: str) -> str:
    """What a term is called in answers: its id, with the stage where that is not its own."""
    return term if stage == at.talks.stage_of(term) else f"{term}@{stage}"


def model(
    at: Situation,
    *,
    silence: Silence = "open",
    stage: str | None = None,
    scope: Iterable[str] | None = None,
    edits: Edits = Edits(),
    variants: Iterable[tuple[str, str]] = (),
    calendar: int = 0,
    partial: bool = False,
) -> Model:
    """The positions in force at a moment.

    `stage` None takes all stages. `scope` None takes every term that anybody has spoken of and not all have
    put off. `variants` are (position, words) to load beside the originals, as positions `NAME = WORDS` that
    are not in force. `partial`: nothing has to be settled but what is demanded.

    Raises:
        NoSuchPosition: an edit or variant names none.
    """
    return _Builder(at, silence, stage, scope, edits, tuple(variants), calendar, partial).build()


@dataclass(frozen=True, slots=True)
class _Held:
    """A stance in force: whose, on what, from which version or event."""

    party: str
    slot: str
    term: str
    stance: Stance
    cell: Cell


class _Builder:
    def __init__(
        self, at: Situation, silence: Silence, stage: str | None, scope: Iterable[str] | None, edits: Edits,
        variants: tuple[tuple[str, str], ...], calendar: int, partial: bool,
    ) -> None:  # fmt: skip
        self.at = at
        self.talks = at.talks
        self.silence: Silence = silence
        self.partial = partial
        self.stage = stage
        self.asked = tuple(scope) if scope is not None else None
        self.edits = edits
        self.changed = dict(edits.change)
        self.variants = variants
        self.domains = Domains(calendar=calendar)
        self.times = TimeFacts(at)
        self.soft: list[tuple[Position, Formula]] = []
        self.hard: list[tuple[Ground, Formula]] = []
        self.extra_sizes: dict[str, int] = {}
        self.options: dict[str, tuple[tuple[str, In], ...]] = {}
        self.conditional: list[str] = []
        self.moot: list[str] = []
        self.judged: dict[str, list[str]] = {}
        self.known: set[str] = set()
        judged = (one for one in at.talks.judgements if one[0] == "contradicts")
        self.contradicted = frozenset(name for _, one, other, _ in judged for name in (one, other))

    # ---- what is in force ------------------------------------------------------------------------

    def build(self) -> Model:
        self.held = list(self._stances())
        self.offers = list(self._either_ors())
        self.barred = list(self._rejected())
        self.returns = list(self._in_returns())
        self._note_all()
        self.domains.close()
        self.scope = self._scope()
        self._required = frozenset(() if self.partial else self.scope)
        self._wanted = self._wanted_despite_refusal()
        self._add_stances()
        for version, party in self.offers:
            self._add_either_or(version, party)
        self._add_orders()
        self._add_ties()
        self._add_refusals()
        self._add_returns()
        silent = tuple(self._silences())
        if self.silence == "blocks":
            for one in silent:
                self._add_silence(one)
        self._add_structure()
        return self._model(silent)

    def _in_stage(self, stage: str) -> bool:
        return self.stage is None or stage == self.stage

    def _stances(self) -> Iterator[_Held]:
        for (party, term, stage), cell in sorted(self.talks.cells.items()):
            if cell.stance is None or cell.stance_event is None or not self._in_stage(stage):
                continue
            if party in self.at.header.consent(term) and cell.stance.modality != "float":
                yield _Held(party, slot_name(self.at, term, stage), term, cell.stance, cell)

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
            newer = [other for other, who in found if who == party and self._later(other.id, version.id)]
            if any(covered & _option_terms(other) for other in newer):
                continue
            own = [clause for option in version.options.values() for clause in option.items()]
            if all(self._replaced(party, term, clause, version) for term, clause in own):
                continue
            if any(
                party in self.at.header.consent(term) and self._in_stage(clause.stage) for term, clause in own
            ):
                yield version, party

    def _replaced(self, party: str, term: str, clause: Text, version: Version) -> bool:
        cell = self.talks.cells.get((party, term, clause.stage))
        return (
            cell is not None and cell.stance_event is not None and self._later(cell.stance_event, version.id)
        )

    def _later(self, one: str, other: str) -> bool:
        return self.at.history.index(one) > self.at.history.index(other)

    def _rejected(self) -> Iterator[tuple[str, tuple[str, ...], Map[str, Text], tuple[str, ...]]]:
        """(event, parties, clauses, events) of every rejection in force."""
        for name, refusal in sorted(self.talks.refusals.items()):
            target = self.talks.target(refusal.version)
            clauses = {
                term: clause for term, clause in target.clauses.items()
                if term in refusal.terms and self._in_stage(clause.stage)
            }  # fmt: skip
            by = tuple(
                party
                for party in refusal.by
                if any(party in self.at.header.consent(term) for term in clauses)
            )
            if clauses and by:
                yield name, by, Map(clauses), self._lineage(name)

    def _in_returns(self) -> Iterator[tuple[Version, str, Map[str, Text]]]:
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

    def _note_all(self) -> None:
        for held in self.held:
            self.domains.note(held.slot, held.stance)
        texts = [
            *(clauses for _, _, clauses, _ in self.barred),
            *(option for version, _ in self.offers for option in version.options.values()),
            *(map_ for version, _, wanted in self.returns for map_ in (version.clauses, wanted)),
        ]
        for clauses in texts:
            for term, clause in clauses.items():
                self.domains.note(slot_name(self.at, term, clause.stage), clause.stance)
        for name, words in (*self.edits.change, *self.variants):
            found = next((held for held in self.held if self._name(held) == name), None)
            if found is not None:
                self.domains.note(found.slot, self._reworded(found, words))

    # ---- scope -----------------------------------------------------------------------------------

    def _scope(self) -> tuple[str, ...]:
        if self.asked is not None:
            return tuple(sorted(self.asked))
        said: dict[str, list[str]] = {}
        for held in self.held:
            said.setdefault(held.slot, []).append(held.stance.modality)
        for version, party in self.offers:
            for option in version.options.values():
                for term, clause in option.items():
                    if party in self.at.header.consent(term) and self._in_stage(clause.stage):
                        said.setdefault(slot_name(self.at, term, clause.stage), []).append(
                            clause.stance.modality
                        )
        return tuple(sorted(slot for slot, words in said.items() if not set(words) <= {"refuse", "defer"}))

    def _wanted_despite_refusal(self) -> frozenset[str]:
        """Terms that some would keep out or put off: there a stance of another is a wish to settle it."""
        withheld = {held.slot for held in self.held if held.stance.modality in ("refuse", "defer")}
        clauses = (
            pair
            for version, _ in self.offers
            for option in version.options.values()
            for pair in option.items()
        )
        withheld |= {
            slot_name(self.at, term, clause.stage)
            for term, clause in clauses
            if clause.stance.modality in ("refuse", "defer")
        }
        return frozenset() if self.partial else frozenset(withheld & set(self.scope))

    # ---- positions -------------------------------------------------------------------------------

    def _settled(self, slot: str, place: int = 1) -> In:
        self.extra_sizes[f"{slot}|settled"] = 2
        return In(f"{slot}|settled", frozenset((place,)))

    def _inside(self, slot: str, stance: Stance, event: str) -> Formula:
        """The term is settled as this stance says; for a term put off or kept out, it is not settled."""
        if stance.modality in ("refuse", "defer"):
            return self._settled(slot, 0)
        parts = [self._settled(slot), self.domains.formula(slot, stance)]
        for reference in (event, f"{event}/{slot}"):
            if reference in self.contradicted:
                dim = f"{slot}|said in {event}"
                self.extra_sizes[dim] = 2
                self.judged.setdefault(reference, []).append(dim)
                parts.append(In(dim, frozenset((1,))))
        return every(part for part in parts if part != TRUE)

    def _clauses(self, clauses: Mapping[str, Text], event: str) -> Formula:
        return every(
            self._inside(slot_name(self.at, term, clause.stage), clause.stance, event)
            for term, clause in sorted(clauses.items())
        )

    def _put(self, position: Position, formula: Formula) -> None:
        self.known.add(position.name)
        if position.name not in self.edits.drop:
            self.soft.append((position, formula))

    def _name(self, held: _Held) -> str:
        event = held.cell.stance_event or ""
        version = self.talks.versions.get(event)
        alone = version is not None and len(version.clauses) + len(version.options) == 1
        name = event if alone else f"{event}/{held.slot}"
        return name if self._speaks_alone(event) else f"{name} of {held.party}"

    def _speaks_alone(self, event: str) -> bool:
        return len(getattr(self.at.history.event(event), "by", ())) == 1

    def _add_stances(self) -> None:
        packed = self._packages()
        for held in self.held:
            name = self._name(held)
            if (held.party, held.slot) in packed:
                continue
            stance = self._reworded(held, self.changed[name]) if name in self.changed else held.stance
            self._put(self._position(held, name, stance), self._stance(held, stance))
            for changing, words in self.variants:
                if changing == name:
                    other = self._reworded(held, words)
                    self._put(self._position(held, f"{name} = {words}", other), self._stance(held, other))

    def _position(self, held: _Held, name: str, stance: Stance) -> Position:
        if (
            any(getattr(stance.provisos, "__dataclass_fields__", {}))
            and stance.provisos != type(stance.provisos)()
        ):
            self.conditional.append(name)
        said = stance.value.words if stance.value is not None else ""
        words = f"{held.slot}: {said}".rstrip(": ") + (
            f" ({stance.modality})" if stance.modality != "limit" else ""
        )
        return Position(
            name, (held.party,), "stance", words, (held.slot,), self._lineage(held.cell.stance_event or "")
        )

    def _stance(self, held: _Held, stance: Stance) -> Formula:
        inside = self._inside(held.slot, stance, held.cell.stance_event or "")
        formula: Formula = inside
        if stance.modality == "open":
            formula = self._settled(held.slot) if held.slot in self._wanted else TRUE
        elif stance.modality in ("limit", "offer") and held.slot not in self._wanted:
            asked = self.domains.formula(held.slot, stance)
            parts = inside.of[1:] if isinstance(inside, All) else (asked,)
            formula = (
                every(parts) if held.slot in self._required else Either((self._settled(held.slot, 0), inside))
            )
        return self._with_due(held.term, stance, formula)

    def _with_due(self, term: str, stance: Stance, formula: Formula) -> Formula:
        """A deadline of a stance joins the order of happenings, where it counts from one."""
        if stance.due is None:
            return formula
        try:
            order = read_order(f"{term}.done due {say_time(read_time(stance.due))}")
        except Misworded:
            return formula
        return All((formula, self.times.formula(order)))

    def _reworded(self, held: _Held, words: str) -> Stance:
        declared = self.at.header.term[held.term].declaration
        return replace(held.stance, value=read_value(words, declared))

    def _packages(self) -> set[tuple[str, str]]:
        """Packages still said whole become one position; (party, term) of what they cover."""
        covered: set[tuple[str, str]] = set()
        for _, version in sorted(self.talks.versions.items()):
            for name, terms in sorted(version.packages.items()):
                for party in version.by:
                    held = [
                        one
                        for one in self.held
                        if one.party == party and one.cell.stance_event == version.id and one.term in terms
                    ]
                    if version.joint or len(held) < len(terms) or len(terms) < 2:
                        continue
                    covered |= {(party, one.slot) for one in held}
                    self._add_package(f"{version.id}/{name}", party, held)
        return covered

    def _add_package(self, name: str, party: str, held: list[_Held]) -> None:
        slots = tuple(one.slot for one in held)
        event = held[0].cell.stance_event or ""
        whole = every(self._inside(one.slot, one.stance, event) for one in held)
        if not any(one.stance.modality == "demand" or one.slot in self._required for one in held):
            whole = Either((every(self._settled(slot, 0) for slot in slots), whole))
        name = name if self._speaks_alone(event) else f"{name} of {party}"
        words = "all of: " + "; ".join(
            f"{one.slot}: {one.stance.value.words if one.stance.value else one.stance.modality}"
            for one in held
        )
        self._put(Position(name, (party,), "package", words, slots, self._lineage(event)), whole)

    def _add_either_or(self, version: Version, party: str) -> None:
        name = version.id if not version.clauses else f"{version.id}/one-of"
        name = name if len(version.by) == 1 else f"{name} of {party}"
        dim = f"{name}|option"
        labels = sorted(version.options)
        self.extra_sizes[dim] = len(labels)
        places = {label: In(dim, frozenset((place,))) for place, label in enumerate(labels)}
        ways = tuple(
            All((places[label], self._clauses(version.options[label], version.id))) for label in labels
        )
        slots = {
            slot_name(self.at, t, c.stage) for option in version.options.values() for t, c in option.items()
        }
        words = "either " + " or ".join(labels)
        if name not in self.edits.drop:
            self.options[name] = tuple((label, places[label]) for label in labels)
        self._put(
            Position(name, (party,), "either/or", words, tuple(sorted(slots)), self._lineage(version.id)),
            Either(ways),
        )

    def _add_orders(self) -> None:
        for name, entry in sorted(self.talks.orders.items()):
            by = tuple(sorted(entry.by))
            versions = [(name, self.changed.get(name, entry.words))]
            versions += [
                (f"{name} = {words}", words) for changing, words in self.variants if changing == name
            ]
            for called, words in versions:
                order = read_order(words)
                if all(self.at.occurred(one) is not None for one in dependent(order)):
                    self.moot.append(called)
                    self.known.add(called)
                    continue
                self._put(
                    Position(called, by, "order", words, (), self._lineage(entry.event)),
                    self.times.formula(order),
                )

    def _add_ties(self) -> None:
        for name, tie in sorted(self.talks.ties.items()):
            if tie.if_ is not None and tie.then is not None:
                slots: tuple[str, ...] = (tie.if_, tie.then)
                formula: Formula = Either((self._settled(tie.if_, 0), self._settled(tie.then)))
                words = f"if {tie.if_} then {tie.then}"
            elif len(tie.terms) > 1:
                slots = tie.terms
                none, whole = (every(self._settled(slot, place) for slot in slots) for place in (0, 1))
                formula = Either((none, whole))
                words = f"{', '.join(slots)} stand or fall together"
            else:
                continue
            self._put(
                Position(name, tuple(sorted(tie.by)), "link", words, slots, self._lineage(name)), formula
            )

    def _add_refusals(self) -> None:
        for name, by, clauses, events in self.barred:
            inner = self._clauses(clauses, name)
            formula = negated(inner, self._sizes())
            slots = tuple(sorted(slot_name(self.at, term, clause.stage) for term, clause in clauses.items()))
            self._put(
                Position(
                    name,
                    tuple(sorted(by)),
                    "rejection",
                    f"not {' with '.join(slots)} as proposed",
                    slots,
                    events,
                ),
                formula,
            )

    def _add_returns(self) -> None:
        for version, party, wanted in self.returns:
            own = {t: c for t, c in version.clauses.items() if party in self.at.header.consent(t)}
            formula = Either(
                (negated(self._clauses(wanted, version.id), self._sizes()), self._clauses(own, version.id))
            )
            slots = tuple(sorted({*own, *wanted}))
            name = f"{version.id}/for" if len(version.by) == 1 else f"{version.id}/for of {party}"
            words = f"{', '.join(sorted(wanted))} only with {', '.join(sorted(own))}"
            self._put(Position(name, (party,), "in return", words, slots, self._lineage(version.id)), formula)

    # ---- silence ---------------------------------------------------------------------------------

    def _silences(self) -> Iterator[Silent]:
        spoken = {(held.party, held.slot) for held in self.held}
        terms = {slot_name(self.at, t, s): t for _, t, s in self.talks.cells}
        for version, _ in self.offers:
            terms |= {
                slot_name(self.at, t, c.stage): t for o in version.options.values() for t, c in o.items()
            }
        for slot in self.scope:
            for party in self.at.header.consent(terms.get(slot, slot)):
                if (party, slot) not in spoken:
                    yield Silent(party, slot, any(True for _ in self._ways_inside(party, slot)))

    def _ways_inside(self, party: str, slot: str) -> Iterator[Formula]:
        for version, who in self.offers:
            if who != party:
                continue
            name = version.id if not version.clauses else f"{version.id}/one-of"
            name = name if len(version.by) == 1 else f"{name} of {party}"
            for place, label in enumerate(sorted(version.options)):
                option = version.options[label]
                if any(slot_name(self.at, term, clause.stage) == slot for term, clause in option.items()):
                    yield All((In(f"{name}|option", frozenset((place,))), self._clauses(option, version.id)))

    def _add_silence(self, one: Silent) -> None:
        ways = tuple(self._ways_inside(one.party, one.slot))
        inside = " outside a package" if one.package_only else ""
        words = f"{one.slot}: nothing said{inside}"
        position = Position(
            f"silence/{one.party}/{one.slot}", (one.party,), "silence", words, (one.slot,), ()
        )
        self._put(position, Either((self._settled(one.slot, 0), *ways)))

    # ---- structure -------------------------------------------------------------------------------

    def _add_structure(self) -> None:
        demanded = (
            {held.slot for held in self.held if held.stance.modality == "demand"}
            if self.silence == "blocks"
            else set()
        )
        for slot in () if self.partial else self.scope:
            if slot not in self._wanted and slot not in demanded:
                events = self._first_words(slot)
                self.hard.append(
                    (Ground(f"scope/{slot}", f"a deal has to settle {slot}", events), self._settled(slot))
                )
        for rule in self.at.header.logic:
            words = (
                str(rule.order.get("is") or "") if isinstance(rule.order, FrozenWords) else str(rule.order)
            )
            self.hard.append(
                (Ground(f"rule/{rule.id}", words, (), rule.source), self.times.formula(read_order(words)))
            )
        for relation, one, other, event in self.talks.judgements:
            if relation == "contradicts":
                pairs = [(a, b) for a in self.judged.get(one, ()) for b in self.judged.get(other, ())]
                apart = every(
                    Either((In(a, frozenset((0,))), In(b, frozenset((0,))))) for a, b in pairs if a != b
                )
                self.hard.append((Ground(f"judged/{event}", f"{one} contradicts {other}", (event,)), apart))
        for name, words, events, formula in self.times.facts():
            self.hard.append((Ground(f"fact/{name}", words, events), formula))

    def _first_words(self, slot: str) -> tuple[str, ...]:
        said = [
            held.cell.stance_event for held in self.held
            if held.slot == slot and held.cell.stance_event
            and held.stance.modality not in ("refuse", "defer")
        ]  # fmt: skip
        said += [version.id for version, _ in self.offers for option in version.options.values()
                 if any(slot_name(self.at, t, c.stage) == slot for t, c in option.items())]  # fmt: skip
        return self._lineage(min(said, key=self.at.history.index)) if said else ()

    def _lineage(self, event: str) -> tuple[str, ...]:
        """An event and what it answers, amends or refers to: without those it would not mean the same."""
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
            waiting.extend(
                late
                for late in self.at.history.corrected_by(name)
                if self.at.history.index(late) < self.at.steps
            )
        return tuple(sorted(found, key=self.at.history.index))

    def _earlier(self, reference: str, event: str) -> str:
        target = self.talks.target(reference).event
        return (
            target
            if recorded(self.at, target) and self._later(event, target)
            else reference.partition("/")[0]
        )

    # ---- the whole -------------------------------------------------------------------------------

    def _sizes(self) -> dict[str, int]:
        return {**self.domains.sizes(), **self.extra_sizes}

    def _model(self, silent: tuple[Silent, ...]) -> Model:
        for name in (*sorted(self.edits.drop), *self.changed, *(one for one, _ in self.variants)):
            if name not in self.known:
                raise NoSuchPosition(name, sorted(self.known))
        ordered = sorted(self.soft, key=self._place)
        soft = tuple(Clause(position.name, formula) for position, formula in ordered)
        hard = tuple(Clause(ground.name, formula) for ground, formula in self.hard)
        reviewed = tuple(
            (held.slot, held.party, held.cell.stance_event or "")
            for held in self.held
            if is_reviewed(held.stance)
        )
        return Model(
            self.at,
            self.silence,
            Problem(self._sizes(), soft, hard),
            {position.name: position for position, _ in ordered},
            {ground.name: ground for ground, _ in self.hard},
            self.domains,
            self.scope,
            self.options,
            silent,
            reviewed,
            tuple(self.conditional),
            tuple(self.moot),
        )

    def _place(self, pair: tuple[Position, Formula]) -> tuple[int, str]:
        events = pair[0].events
        return (max(map(self.at.history.index, events)) if events else len(self.at.history), pair[0].name)


def _option_terms(version: Version) -> set[tuple[str, str]]:
    return {(term, clause.stage) for option in version.options.values() for term, clause in option.items()}
