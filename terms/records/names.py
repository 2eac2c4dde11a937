"""Which names a record declares, and what to say about one that it does not.

A name that stood in a piece of the file that could not be read, or in a declaration with a fault of its
own, counts as known: one mistake gives one message.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property

from msgspec import Struct, field

from terms.core.header import Header
from terms.ground.diagnostics import Diagnostic
from terms.ground.nodes import TextNode
from terms.ground.places import Place
from terms.ground.suggest import nearest
from terms.records.faults import error, listed, meant
from terms.records.guesses import happening_ways, list_ways
from terms.values import Declaration

SECTIONS = ("parties", "persons", "stages", "terms", "texts", "happenings", "logic", "sources")
"""The parts of a header that declare names, in the order in which they are written."""

MOMENTS = ("begins", "done", "ends", "signed", "initialled", "ratified", "void", "agreed")
"""What may stand behind a text, term or event as a happening, beside the values and steps of a term."""


class Role(Struct, frozen=True):
    """One use of a name: in which sections it is looked up, the code of a miss, and the word for it."""

    sections: tuple[str, ...]
    code: str
    word: str


PARTY = Role(("parties",), "E205", "party")
SPEAKER = Role(("persons",), "E207", "person")
PARTY_OR_PERSON = Role(("parties", "persons"), "E205", "party or person")
PARTY_OR_SOURCE = Role(("parties", "persons", "sources"), "E205", "party, person or source")
TERM = Role(("terms",), "E204", "term")
STAGE = Role(("stages",), "E209", "stage")
SOURCE = Role(("sources",), "E210", "source")
TEXT = Role(("texts",), "E211", "text")


class Declared(Struct, frozen=True, dict=True):
    """The declarations of a record, as far as they could be read.

    `places` tells where each stands, by `section/id`. `vocabulary` are the terms that may be used
    without declaring them. `lost` are names that are known to exist and could not be read.
    """

    header: Header
    places: Mapping[str, Place] = field(default_factory=dict)
    vocabulary: Mapping[str, Declaration] = field(default_factory=dict)
    lost: frozenset[str] = frozenset()

    @cached_property
    def names(self) -> Mapping[str, frozenset[str]]:
        """The declared ids by section; the vocabulary's terms are among the terms."""
        header = self.header
        found: dict[str, Iterable[str]] = {
            "parties": header.party,
            "persons": (*header.person, "unnamed"),
            "stages": header.stage,
            "terms": (*header.term, *self.vocabulary),
            "texts": header.text,
            "happenings": header.happening,
            "sources": header.source,
        }
        return {section: frozenset(ids) | self.lost for section, ids in found.items()}

    @cached_property
    def roles(self) -> Mapping[Role, frozenset[str]]:
        """Every name that is good for a role."""
        every = (PARTY, SPEAKER, PARTY_OR_PERSON, PARTY_OR_SOURCE, TERM, STAGE, SOURCE, TEXT)
        return {
            role: frozenset().union(*(self.names[section] for section in role.sections)) for role in every
        }

    def declaration(self, term: str) -> Declaration | None:
        """How the values of a term look; None when the term is not declared."""
        declared = self.header.term.get(term)
        return declared.declaration if declared is not None else self.vocabulary.get(term)

    def undeclared(self, node: TextNode, role: Role) -> Diagnostic | None:
        """What to say about a name in this role; None when it is declared."""
        name = node.text
        if name in self.roles[role]:
            return None
        return error(role.code, f"{role.word} '{name}' is not declared", node.place, *self._ways(name, role))

    def _ways(self, name: str, role: Role) -> tuple[str, ...]:
        known = self.roles[role] - self.lost - {"unnamed"}
        if role is PARTY and name in self.names["persons"]:
            person = self.header.person.get(name)
            of = person.of if person is not None and person.of else "PARTY"
            return (f"'{name}' is a person: write by: {of} and speaker: {name}",)
        if role is SOURCE and name == "general-knowledge":
            return (
                "declare it: general-knowledge: {title: General knowledge, reliability: F, credibility: 6}",
            )
        if near := list_ways(name, known) or meant(name, known):
            return near
        section = role.sections[0]
        if not known:
            return (f"declare it under {section}:",)
        return (f"declare it under {section}:", f"declared: {listed(sorted(known))}")

    # ---- happenings ----------------------------------------------------------------------------

    def is_happening(self, name: str, events: Iterable[str] = ()) -> bool:
        """Whether `name` is declared, or derived from a text, a term or one of `events` (or occurrences).

        A term alone is none: what can happen is that it begins, is done, or comes to have a value.
        """
        party, _, rest = name.partition(" ")
        if rest:
            verb, _, what = rest.partition(" ")
            good = verb in ("accepts", "certifies") and party in self.roles[PARTY_OR_PERSON]
            owner = what.partition("/")[0]
            return good and (owner in self.names["terms"] or self.is_happening(owner, events))
        if name in self.lost or name in self.names["happenings"] or name in self.names["stages"]:
            return True
        return any(self._derives(owner, rest, events) for owner, rest in _cuts(name))

    def _derives(self, owner: str, rest: str, events: Iterable[str]) -> bool:
        if owner in self.header.text or owner in events:
            return not rest or "/" in rest or self._is_derived(rest)
        if owner not in self.names["terms"]:
            return owner in self.names["happenings"] and rest.rpartition(".")[2] in MOMENTS
        return bool(rest) and self.is_moment(owner, rest)

    def _is_derived(self, rest: str) -> bool:
        """Whether what stands behind a text or event is a moment of it, or of a term in it."""
        term, _, moment = rest.rpartition(".")
        return moment in MOMENTS or (term in self.names["terms"] and self.is_moment(term, moment))

    def is_moment(self, term: str, rest: str) -> bool:
        """Whether `rest` names a moment of a term: a beginning, an end, a step, or one of its values."""
        declaration = self.declaration(term)
        if declaration is None or rest in MOMENTS or not declaration.of:
            return True
        values = {value.replace(" ", "-") for value in declaration.of}
        first, _, last = rest.partition(".")
        return rest in values or (first[:1] == "s" and first[1:].isdigit() and last in ("", *MOMENTS))

    def happenings_like(self, name: str, events: Iterable[str] = ()) -> tuple[str, ...]:
        """Help for a happening nobody declared; `events` are ids that may be meant."""
        if name in self.header.term:
            return (f"a term alone does not happen: write {self._any_moment(name)}",)
        owners = frozenset((*self.header.text, *self.header.term))
        cuts = tuple(_cuts(name))
        for owner, rest in cuts:
            if rest and owner in owners:
                near = nearest(rest, self._moments(owner))
                return (f"did you mean '{owner}.{near}'?" if near else f"write {self._any_moment(owner)}",)
        owned = next((near for owner, _ in cuts if (near := nearest(owner, owners)) is not None), None)
        derived = (f"{owned}.{moment}" for moment in self._moments(owned)) if owned is not None else ()
        known = (*self.header.happening, *self.header.stage, *events, *derived)
        way = "declare it under happenings: or stages:, or use T.begins or T.VALUE of a term, TEXT.signed, an event"
        return happening_ways(name, self.header.text) or meant(name, known) or (way,)

    def _any_moment(self, owner: str) -> str:
        """`roads.begins, roads.done or roads.open`: what can happen to a text or term."""
        *most, last = (f"{owner}.{moment}" for moment in self._moments(owner))
        return f"{', '.join(most)} or {last}"

    def _moments(self, owner: str) -> tuple[str, ...]:
        if owner in self.header.text:
            return ("signed", "initialled", "ratified", "begins", "ends", "void")
        declaration = self.declaration(owner)
        values = declaration.of if declaration is not None else ()
        return ("begins", "done", *(value.replace(" ", "-") for value in values))


def _cuts(name: str) -> Iterable[tuple[str, str]]:
    """The ways to part a name into an owner and what is derived from it, the longest owner first."""
    yield name, ""
    owner, slash, part = name.partition("/")
    if slash:
        yield owner, f"/{part}"
    rest = ""
    head = name
    while "." in head:
        head, _, last = head.rpartition(".")
        rest = f"{last}.{rest}" if rest else last
        yield head, rest
