"""Every position in force as a formula: stances, packages, either/ors, order, links, rejections, returns."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from terms.analyses.engine.domains import Domains
from terms.analyses.engine.formula import TRUE, All, Either, Formula, In, every, negated
from terms.analyses.engine.in_force import Held, InForce
from terms.analyses.engine.positions import Due, Edits, Position, slot_name
from terms.analyses.engine.shapes import Shapes
from terms.analyses.engine.timing import TimeFacts, Understood, ordering, understood
from terms.core.entries import OrderEntry, Version
from terms.values import Stance, read_time, read_value, say_time
from terms.values.misworded import Misworded
from terms.values.provisos import UNCONDITIONAL

Stated = tuple[str, str, OrderEntry, Understood]
"""An ordering statement: its name and words, what the talks hold, what the words come to."""


class Statements:
    """Puts what is in force into formulas, edited as asked; `variants` are loaded beside the originals.

    `required` are the terms that a deal has to settle, `wanted` those of them that somebody would keep out.
    """

    def __init__(
        self, force: InForce, edits: Edits, variants: Sequence[tuple[str, str]], calendar: int
    ) -> None:
        self.at = force.at
        self.talks = force.talks
        self.force = force
        self.edits = edits
        self.changed = dict(edits.change)
        self.variants = variants
        self.domains = Domains(calendar=calendar)
        self.shapes = Shapes(self.at, self.domains)
        self.times = TimeFacts(self.at)
        self.soft: list[tuple[Position, Formula]] = []
        self.options: dict[str, tuple[tuple[str, In], ...]] = {}
        self.conditional: list[str] = []
        self.moot: list[str] = []
        self.dues: dict[str, Due] = {}
        self.known: set[str] = set()
        self.required: frozenset[str] = frozenset()
        self.wanted: frozenset[str] = frozenset()
        self._note_all()
        self.domains.close()

    def state(self, *, required: frozenset[str], wanted: frozenset[str]) -> None:
        """Put all positions."""
        self.required, self.wanted = required, wanted
        self._add_stances()
        for version, party in self.force.offers:
            self._add_either_or(version, party)
        self._add_orders()
        self._add_ties()
        self._add_refusals()
        self._add_returns()

    def put(self, position: Position, formula: Formula) -> None:
        """Put one position, unless it is to be dropped."""
        self.known.add(position.name)
        if position.name not in self.edits.drop:
            self.soft.append((position, formula))

    def _note_all(self) -> None:
        for held in self.force.held:
            self.domains.note(held.slot, held.stance)
        texts = [
            *(way for one in self.force.barred for way in one.deals),
            *(option for version, _ in self.force.offers for option in version.options.values()),
            *(map_ for version, _, wanted in self.force.returns for map_ in (version.clauses, wanted)),
        ]
        for clauses in texts:
            for term, clause in clauses.items():
                self.domains.note(slot_name(self.at, term, clause.stage), clause.stance)
        for name, words in (*self.edits.change, *self.variants):
            found = next((held for held in self.force.held if self.force.name(held) == name), None)
            if found is not None:
                self.domains.note(found.slot, self._reworded(found, words))

    def _add_stances(self) -> None:
        packed = self._packages()
        for held in self.force.held:
            name = self.force.name(held)
            if (held.party, held.slot) in packed:
                continue
            stance = self._reworded(held, self.changed[name]) if name in self.changed else held.stance
            self.put(self._position(held, name, stance), self._stance(held, stance))
            for changing, words in self.variants:
                if changing == name:
                    other = self._reworded(held, words)
                    self.put(self._position(held, f"{name} = {words}", other), self._stance(held, other))

    def _position(self, held: Held, name: str, stance: Stance) -> Position:
        if stance.provisos != UNCONDITIONAL:
            self.conditional.append(name)
        said = stance.value.words if stance.value is not None else ""
        due = f", due {say_time(read_time(stance.due))}" if stance.due is not None else ""
        form = f" ({stance.modality})" if stance.modality != "limit" else ""
        words = f"{held.slot}: {said}".rstrip(": ") + due + form
        return Position(
            name,
            (held.party,),
            "stance",
            words,
            (held.slot,),
            self.force.lineage(held.cell.stance_event or ""),
        )

    def _stance(self, held: Held, stance: Stance) -> Formula:
        inside = self.shapes.inside(held.slot, stance, held.cell.stance_event or "")
        formula: Formula = inside
        if stance.modality == "open":
            formula = self.shapes.settled(held.slot) if held.slot in self.wanted else TRUE
        elif stance.modality in ("limit", "offer") and held.slot not in self.wanted:
            asked = self.domains.formula(held.slot, stance)
            parts = inside.of[1:] if isinstance(inside, All) else (asked,)
            formula = (
                every(parts)
                if held.slot in self.required
                else Either((self.shapes.settled(held.slot, 0), inside))
            )
        return self._with_due(held, stance, formula)

    def _with_due(self, held: Held, stance: Stance, formula: Formula) -> Formula:
        """A deadline of a stance joins the order of happenings, where it counts from one."""
        if stance.due is None:
            return formula
        words = f"{held.term}.done due {say_time(read_time(stance.due))}"
        try:
            due = self.times.formula(words)
        except Misworded:
            return formula
        name = self.force.name(held)
        said = name.removesuffix(f" of {held.party}")
        self.dues[name] = Due(words, said, tuple(sorted(stance.who)) or (held.party,))
        return All((formula, due))

    def _reworded(self, held: Held, words: str) -> Stance:
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
                        for one in self.force.held
                        if one.party == party and one.cell.stance_event == version.id and one.term in terms
                    ]
                    if version.joint or len(held) < len(terms) or len(terms) < 2:
                        continue
                    covered |= {(party, one.slot) for one in held}
                    self._add_package(f"{version.id}/{name}", party, held)
        return covered

    def _add_package(self, name: str, party: str, held: list[Held]) -> None:
        slots = tuple(one.slot for one in held)
        event = held[0].cell.stance_event or ""
        whole = every(self.shapes.inside(one.slot, one.stance, event) for one in held)
        if not any(one.stance.modality == "demand" or one.slot in self.required for one in held):
            whole = Either((every(self.shapes.settled(slot, 0) for slot in slots), whole))
        name = name if self.force.speaks_alone(event) else f"{name} of {party}"
        words = "all of: " + "; ".join(
            f"{one.slot}: {one.stance.value.words if one.stance.value else one.stance.modality}"
            for one in held
        )
        self.put(Position(name, (party,), "package", words, slots, self.force.lineage(event)), whole)

    def _add_either_or(self, version: Version, party: str) -> None:
        name = self.force.offer_name(version, party)
        dim = f"{name}|option"
        labels = sorted(version.options)
        self.shapes.extra_sizes[dim] = len(labels)
        places = {label: In(dim, frozenset((place,))) for place, label in enumerate(labels)}
        ways = tuple(
            All((places[label], self.shapes.clauses(version.options[label], version.id))) for label in labels
        )
        slots = {
            slot_name(self.at, t, c.stage) for option in version.options.values() for t, c in option.items()
        }
        words = "either " + " or ".join(labels)
        if name not in self.edits.drop:
            self.options[name] = tuple((label, places[label]) for label in labels)
        self.put(
            Position(
                name, (party,), "either/or", words, tuple(sorted(slots)), self.force.lineage(version.id)
            ),
            Either(ways),
        )

    def _add_orders(self) -> None:
        told = [(one.name, one.entry.words, one.entry, one.read) for one in ordering(self.at)]
        if self.changed or self.variants:
            told = [one for plain in told for one in self._edited(*plain)]
        over, drop, lineage = self.times.past, self.edits.drop, self.force.lineage
        live: list[Mapping[str, None]] = []
        for name, words, entry, read in told:
            if all(map(over.__getitem__, read.waiting)):  # it asks for nothing more
                self.moot.append(name)
                continue
            live.append(read.names)
            if name not in drop:
                by = entry.by if len(entry.by) == 1 else tuple(sorted(entry.by))
                self.soft.append((Position(name, by, "order", words, (), lineage(entry.event)), read.formula))
        self.known.update([name for name, _, _, _ in told])
        self.times.named.update(*live)
        self.moot.sort()

    def _edited(self, name: str, words: str, entry: OrderEntry, read: Understood) -> Iterator[Stated]:
        """A statement with other words, where it is supposed to have them, and the variants beside it."""
        if name in self.changed:
            words = self.changed[name]
            read = understood(words, self.times.tick)
        yield name, words, entry, read
        for changing, other in self.variants:
            if changing == name:
                yield f"{name} = {other}", other, entry, understood(other, self.times.tick)

    def _add_ties(self) -> None:
        for name, tie in sorted(self.talks.ties.items()):
            if tie.if_ is not None and tie.then is not None:
                slots: tuple[str, ...] = (tie.if_, tie.then)
                formula: Formula = Either((self.shapes.settled(tie.if_, 0), self.shapes.settled(tie.then)))
                words = f"if {tie.if_} then {tie.then}"
            elif len(tie.terms) > 1:
                slots = tie.terms
                none, whole = (every(self.shapes.settled(slot, place) for slot in slots) for place in (0, 1))
                formula = Either((none, whole))
                words = f"{', '.join(slots)} stand or fall together"
            else:
                continue
            self.put(
                Position(name, tuple(sorted(tie.by)), "link", words, slots, self.force.lineage(name)), formula
            )

    def _add_refusals(self) -> None:
        for one in self.force.barred:
            barred = tuple(self.shapes.clauses(way, one.name) for way in one.deals)
            slots = tuple(
                sorted(
                    {
                        slot_name(self.at, term, clause.stage)
                        for way in one.deals
                        for term, clause in way.items()
                    }
                )
            )
            words = f"not {' with '.join(slots)} as proposed"
            if len(barred) > 1:
                words = f"{words} in any of {len(barred)} ways"
            self.put(
                Position(one.name, tuple(sorted(one.by)), "rejection", words, slots, one.events),
                every(negated(way, self.shapes.sizes) for way in barred),
            )

    def _add_returns(self) -> None:
        for version, party, wanted in self.force.returns:
            own = {t: c for t, c in version.clauses.items() if party in self.at.header.consent(t)}
            formula = Either(
                (
                    negated(self.shapes.clauses(wanted, version.id), self.shapes.sizes),
                    self.shapes.clauses(own, version.id),
                )
            )
            slots = tuple(sorted({*own, *wanted}))
            name = f"{version.id}/for" if len(version.by) == 1 else f"{version.id}/for of {party}"
            words = f"{', '.join(sorted(wanted))} only with {', '.join(sorted(own))}"
            self.put(
                Position(name, (party,), "in return", words, slots, self.force.lineage(version.id)), formula
            )
