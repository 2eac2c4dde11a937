"""Builds the problem of a moment from what is in force: every position and all structure, as formulas."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache

from msgspec import Struct

from terms.analyses.engine.domains import is_reviewed
from terms.analyses.engine.formula import All, Clause, Either, Formula, In, Problem, every
from terms.analyses.engine.in_force import PICKING, InForce
from terms.analyses.engine.judging import judged
from terms.analyses.engine.positions import (
    CannotReword,
    Edits,
    Ground,
    Model,
    NoSuchPosition,
    Position,
    Silence,
    Silent,
    slot_name,
)
from terms.analyses.engine.standing import answered
from terms.analyses.engine.statements import Statements
from terms.analyses.engine.timing import occurred, past
from terms.core.entries import Cell, Version
from terms.core.situation import Situation
from terms.core.story import AMENDING
from terms.ground.dates import Edtf
from terms.ground.words import FrozenWords


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
    """The positions in force at a moment: one model for all questions that ask for the same, so do not change it.

    `stage` None takes all stages. `scope` None takes every term that anybody has spoken of and not all have
    put off. `variants` are (position, words) to load beside the originals, as positions `NAME = WORDS` that
    are not in force. `partial`: nothing has to be settled but what is demanded.

    Raises:
        NoSuchPosition: an edit or variant names none. CannotReword: one that can only be dropped.
        Unreadable, Misworded: words that its term or an ordering statement cannot have.
    """
    asked = tuple(scope) if scope is not None else None
    return _shared(at, silence, stage, asked, edits, tuple(variants), calendar, partial)


def model_alone(at: Situation, *, silence: Silence = "open", stage: str | None = None) -> Model:
    """As `model`, of a moment about which nothing else will be asked: it is not kept."""
    return _Builder(InForce(at, stage), silence, None, Edits(), (), 0, partial=False).build()


READ = (
    "cells", "versions", "texts", "occurrences", "orders", "ties", "judgements",
)  # fmt: skip
"""What of a state a model is built from, besides the happenings that it asks for, by its moment."""


class Basis(Struct, frozen=True):
    """What a model was built from: a moment, and which happenings it asked for, each with its date."""

    at: Situation
    asked: Mapping[str, Edtf | None]

    def holds(self, later: Situation) -> bool:
        """Whether a later step of the history has the same model; False also where that takes building it to tell."""
        old, new = self.at.talks, later.talks
        pairs = ((getattr(old, name), getattr(new, name)) for name in READ)
        if not all(one is other or one == other for one, other in pairs):
            return False
        told = later.history.events[self.at.steps : later.steps]
        if any(event.kind in (*AMENDING, *PICKING) for event in told):
            return False
        return all(
            old.happenings.get(name) == new.happenings.get(name) and occurred(later, name) == date
            for name, date in self.asked.items()
        )


def basis(at: Situation) -> Basis:
    """What the model of a moment was built from, once it is."""
    return Basis(at, {name: occurred(at, name) for name in past(at)})


KEPT = 8
"""Models kept: those of the questions about one moment; what is asked of many moments in turn comes anew."""


@lru_cache(maxsize=KEPT)
def _shared(
    at: Situation, silence: Silence, stage: str | None, scope: tuple[str, ...] | None, edits: Edits,
    variants: tuple[tuple[str, str], ...], calendar: int, partial: bool,
) -> Model:  # fmt: skip
    return _Builder(_in_force(at, stage), silence, scope, edits, variants, calendar, partial=partial).build()


_in_force = lru_cache(maxsize=KEPT)(InForce)


class _Builder:
    def __init__(
        self, force: InForce, silence: Silence, scope: tuple[str, ...] | None, edits: Edits,
        variants: tuple[tuple[str, str], ...], calendar: int, *, partial: bool,
    ) -> None:  # fmt: skip
        self.at = force.at
        self.talks = force.talks
        self.silence: Silence = silence
        self.partial = partial
        self.asked = scope
        self.edits = edits
        self.variants = variants
        self.force = force
        self.said = Statements(self.force, edits, variants, calendar)
        self.shapes = self.said.shapes
        self.hard: list[tuple[Ground, Formula]] = []

    def build(self) -> Model:
        self.scope = self._scope()
        self._wanted = self._wanted_despite_refusal()
        self.said.state(required=frozenset(() if self.partial else self.scope), wanted=self._wanted)
        silent = tuple(self._silences())
        if self.silence == "blocks":
            for one in silent:
                self._add_silence(one)
        self._add_structure()
        return self._model(silent)

    # ---- scope -----------------------------------------------------------------------------------

    def _scope(self) -> tuple[str, ...]:
        if self.asked is not None:
            return tuple(sorted(self.asked))
        said: dict[str, list[str]] = {}
        for held in self.force.held:
            said.setdefault(held.slot, []).append(held.stance.modality)
        for version, party in self.force.offers:
            for option in version.options.values():
                for term, clause in option.items():
                    if party in self.at.header.consent(term) and self.force.in_stage(clause.stage):
                        said.setdefault(slot_name(self.at, term, clause.stage), []).append(
                            clause.stance.modality
                        )
        return tuple(sorted(slot for slot, words in said.items() if not set(words) <= {"refuse", "defer"}))

    def _wanted_despite_refusal(self) -> frozenset[str]:
        """Terms that some would keep out or put off: there a stance of another is a wish to settle it."""
        withheld = {held.slot for held in self.force.held if held.stance.modality in ("refuse", "defer")}
        clauses = (
            pair
            for version, _ in self.force.offers
            for option in version.options.values()
            for pair in option.items()
        )
        withheld |= {
            slot_name(self.at, term, clause.stage)
            for term, clause in clauses
            if clause.stance.modality in ("refuse", "defer")
        }
        return frozenset() if self.partial else frozenset(withheld & set(self.scope))

    # ---- silence ---------------------------------------------------------------------------------

    def _silences(self) -> Iterator[Silent]:
        spoken = {(held.party, held.slot) for held in self.force.held}
        terms = {slot_name(self.at, t, s): t for _, t, s in self.talks.cells}
        for version, _ in self.force.offers:
            terms |= {
                slot_name(self.at, t, c.stage): t for o in version.options.values() for t, c in o.items()
            }
        for slot in self.scope:
            for party in self.at.header.consent(terms.get(slot, slot)):
                if (party, slot) not in spoken:
                    term, _, stage = slot.partition("@")
                    said = answered(self.at, party, term, stage or self.talks.stage_of(term))
                    yield Silent(party, slot, (party, slot) in self._inside, said)

    @cached_property
    def _inside(self) -> dict[tuple[str, str], list[tuple[Version, str, int]]]:
        """(party, term) -> the alternatives of the party's either/ors that speak of the term, each by its place."""
        found: dict[tuple[str, str], list[tuple[Version, str, int]]] = {}
        for version, party in self.force.offers:
            for place, label in enumerate(sorted(version.options)):
                option = version.options[label].items()
                for slot in {slot_name(self.at, term, clause.stage) for term, clause in option}:
                    found.setdefault((party, slot), []).append((version, label, place))
        return found

    def _ways_inside(self, party: str, slot: str) -> Iterator[Formula]:
        for version, label, place in self._inside.get((party, slot), ()):
            chosen = In(f"{self.force.offer_name(version, party)}|option", frozenset((place,)))
            yield All((chosen, self.shapes.clauses(version.options[label], version.id)))

    def _add_silence(self, one: Silent) -> None:
        ways = tuple(self._ways_inside(one.party, one.slot))
        said = f"{one.said}, no stance" if one.said else "nothing said"
        words = f"{one.slot}: {said}{' outside a package' if one.package_only else ''}"
        position = Position(
            f"silence/{one.party}/{one.slot}", (one.party,), "silence", words, (one.slot,), ()
        )
        self.said.put(position, Either((self.shapes.settled(one.slot, 0), *ways)))

    # ---- structure -------------------------------------------------------------------------------

    def _add_structure(self) -> None:
        demanded = (
            {held.slot for held in self.force.held if held.stance.modality == "demand"}
            if self.silence == "blocks"
            else set()
        )
        for slot in () if self.partial else self.scope:
            if slot not in self._wanted and slot not in demanded:
                events = self._first_words(slot)
                self.hard.append(
                    (
                        Ground(f"scope/{slot}", f"a deal has to settle {slot}", events),
                        self.shapes.settled(slot),
                    )
                )
        for rule in self.at.header.logic:
            self.said.known.add(f"rule/{rule.id}")
            if f"rule/{rule.id}" in self.edits.drop:
                continue
            words = (
                str(rule.order.get("is") or "") if isinstance(rule.order, FrozenWords) else str(rule.order)
            )
            self.hard.append(
                (
                    Ground(f"rule/{rule.id}", words, (), rule.source),
                    self.said.times.formula(words),
                )
            )
        for relation, one, other, event in self.talks.judgements:
            if relation == "contradicts":
                pairs = [
                    (a, b) for a in self.shapes.judged.get(one, ()) for b in self.shapes.judged.get(other, ())
                ]
                apart = every(
                    Either((In(a, frozenset((0,))), In(b, frozenset((0,))))) for a, b in pairs if a != b
                )
                self.hard.append((Ground(f"judged/{event}", f"{one} contradicts {other}", (event,)), apart))
        for name, words, events, formula in self.said.times.facts():
            self.hard.append((Ground(f"fact/{name}", words, events), formula))

    def _first_words(self, slot: str) -> tuple[str, ...]:
        event = self._first.get(slot)
        return self.force.lineage(event) if event is not None else ()

    @cached_property
    def _first(self) -> dict[str, str]:
        """Term -> the first event by which somebody in force would settle it."""
        found: dict[str, str] = {}
        for slot, event in (*self._own_words(), *self._words_inside()):
            if slot not in found or self.force.later(found[slot], event):
                found[slot] = event
        return found

    def _own_words(self) -> Iterator[tuple[str, str]]:
        for held in self.force.held:
            if held.cell.stance_event and held.stance.modality not in ("refuse", "defer"):
                yield held.slot, held.cell.stance_event

    def _words_inside(self) -> Iterator[tuple[str, str]]:
        for (_, slot), ways in self._inside.items():
            for version, _, _ in ways:
                yield slot, version.id

    # ---- the whole -------------------------------------------------------------------------------

    def _model(self, silent: tuple[Silent, ...]) -> Model:
        for name in (*sorted(self.edits.drop), *self.said.changed, *(one for one, _ in self.variants)):
            if name not in self.said.known:
                raise NoSuchPosition(name, sorted(self.said.known))
        self._refuse_rewording()
        names = self.at.history.names
        place = (
            dict(zip(names, range(len(names)), strict=True))
            if len(names) == len(self.at.history.events)
            else {event.id: number for number, event in enumerate(self.at.history.events)}
        )
        last = len(place)
        ordered = sorted(self.said.soft, key=lambda pair: pair[0].name)
        ordered.sort(key=lambda pair: place[pair[0].events[-1]] if pair[0].events else last)
        soft = tuple([Clause(position.name, formula) for position, formula in ordered])
        hard = tuple([Clause(ground.name, formula) for ground, formula in self.hard])
        reviewed = tuple(self._reviewed())
        return Model(
            self.at,
            self.silence,
            Problem({**self.said.domains.sizes, **self.shapes.extra_sizes}, soft, hard),
            {position.name: position for position, _ in ordered},
            {ground.name: ground for ground, _ in self.hard},
            self.said.domains,
            self.scope,
            self.said.options,
            silent,
            reviewed,
            tuple(self.said.conditional),
            tuple(self.said.moot),
            self.said.dues,
        )

    def _reviewed(self) -> Iterator[tuple[str, str, str]]:
        """The stances that only a person can judge and that nobody has judged against those of the others."""
        spoken: dict[str, dict[str, Cell]] = {}
        for held in self.force.held:
            spoken.setdefault(held.slot, {})[held.party] = held.cell
        for held in self.force.held:
            if is_reviewed(held.stance) and judged(self.at, held.slot, spoken[held.slot]) is None:
                yield held.slot, held.party, held.cell.stance_event or ""

    def _refuse_rewording(self) -> None:
        if not self.said.changed and not self.variants:
            return
        kinds = {position.name: position.kind for position, _ in self.said.soft}
        for name in (*self.said.changed, *(one for one, _ in self.variants)):
            if kinds.get(name, "stance") not in ("stance", "order"):
                raise CannotReword(name, kinds[name])
