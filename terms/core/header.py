"""What a record declares before its first event: parties, persons, terms, texts, happenings, sources.

Declarations are facts about the record, not moves: they never change while the talks go on. Who a
party speaks through, splits into or is renamed to in the course of events is the state's to know.
"""

from functools import cached_property

from msgspec import Struct, field

from terms.ground.dates import Edtf
from terms.ground.words import FrozenWords, Words
from terms.values import Declaration

ROLES = ("belligerent", "mediator", "host", "guarantor", "third-party", "observer", "faction")


class Party(Struct, frozen=True):
    """Whoever can hold a position. `faction_of` names the party it is part of; None: none."""

    id: str
    name: str
    role: str
    aliases: tuple[str, ...] = ()
    faction_of: str | None = None
    accounts: Words = ()
    note: str = ""
    x: Words = ()


class Person(Struct, frozen=True):
    """Somebody who speaks, on behalf of party `of` or of nobody (None), with the standing given there."""

    id: str
    name: str
    of: str | None = None
    standing: str | None = None
    office: str = ""
    since: str = ""
    until: str = ""
    aliases: tuple[str, ...] = ()
    x: Words = ()


class Stage(Struct, frozen=True):
    """A part of the talks in which terms are settled; `after` names the stage it follows, None: none."""

    id: str
    name: str = ""
    after: str | None = None
    x: Words = ()


class Term(Struct, frozen=True):
    """One thing at stake. `consent`: whose acceptance it needs; empty here means all belligerents."""

    id: str
    declaration: Declaration
    stage: str = ""
    consent: tuple[str, ...] = ()
    about: str = ""
    class_of: str = ""
    accounts: Words = ()
    x: Words = ()


class Text(Struct, frozen=True):
    """A document: its own parties, its links to others, and how long what it says is to last."""

    id: str
    title: str = ""
    parties: tuple[str, ...] = ()
    whole: bool = False
    binds_by: Words = "acceptance"
    links: tuple[tuple[str, str], ...] = ()
    open_to: str = ""
    due: Words = ""
    lasts: str = ""
    renews: Words = ()
    ends_on_notice: str = ""
    names: Words = ()
    x: Words = ()

    def binding_act(self, party: str) -> str:
        """The act that binds `party` to this text: acceptance, signature, ratification or referendum."""
        if isinstance(self.binds_by, FrozenWords):
            return str(self.binds_by.get(party) or "acceptance")
        return str(self.binds_by)


class Happening(Struct, frozen=True):
    """A point, span or measured fact that order and deadlines refer to."""

    id: str
    shape: str = "point"
    about: str = ""
    x: Words = ()


class Rule(Struct, frozen=True):
    """A structural rule of the agenda with its source: `order` is an ordering statement in words."""

    id: str
    order: Words
    source: str
    note: str = ""
    x: Words = ()


class Source(Struct, frozen=True):
    """Where facts come from. Published is when it came out, dated is what it bears; None: not given."""

    id: str
    title: str = ""
    publisher: str = ""
    published: Edtf | None = None
    dated: Edtf | None = None
    url: str = ""
    archived: str = ""
    lang: str = ""
    side: str | None = None
    reliability: str | None = None
    credibility: str | None = None
    licence: str = ""
    about: str = ""
    x: Words = ()


class Header(Struct, frozen=True, dict=True):
    """Everything declared, in the order of the file; look-ups by id are made once."""

    title: str = ""
    tick: str = "day"
    parties: tuple[Party, ...] = ()
    persons: tuple[Person, ...] = ()
    stages: tuple[Stage, ...] = ()
    terms: tuple[Term, ...] = ()
    texts: tuple[Text, ...] = ()
    happenings: tuple[Happening, ...] = ()
    logic: tuple[Rule, ...] = ()
    sources: tuple[Source, ...] = ()
    x: Words = field(default=())

    @cached_property
    def party(self) -> dict[str, Party]:
        return {party.id: party for party in self.parties}

    @cached_property
    def person(self) -> dict[str, Person]:
        return {person.id: person for person in self.persons}

    @cached_property
    def term(self) -> dict[str, Term]:
        return {term.id: term for term in self.terms}

    @cached_property
    def text(self) -> dict[str, Text]:
        return {text.id: text for text in self.texts}

    @cached_property
    def happening(self) -> dict[str, Happening]:
        return {happening.id: happening for happening in self.happenings}

    @cached_property
    def source(self) -> dict[str, Source]:
        return {source.id: source for source in self.sources}

    @cached_property
    def stage(self) -> dict[str, Stage]:
        return {stage.id: stage for stage in self.stages}

    @cached_property
    def belligerents(self) -> tuple[str, ...]:
        """Ids of the belligerents, sorted."""
        return tuple(sorted(party.id for party in self.parties if party.role == "belligerent"))

    def consent(self, term: str, text: str | None = None) -> tuple[str, ...]:
        """Whose acceptance `term` needs, sorted: the text's parties, else the term's, else all belligerents."""
        if text is not None and (declared := self.text.get(text)) and declared.parties:
            return tuple(sorted(declared.parties))
        return self._consenting.get(term, self.belligerents)

    @cached_property
    def _consenting(self) -> dict[str, tuple[str, ...]]:
        return {name: tuple(sorted(term.consent)) for name, term in self.term.items() if term.consent}

    def standing(self, speaker: str | None, said: str | None) -> str:
        """The standing of a speech: as the event says, else as the person is declared, else delegate."""
        if said is not None:
            return said
        if speaker == "unnamed":
            return "unnamed"
        person = self.person.get(speaker or "")
        return (person.standing if person is not None else None) or "delegate"
