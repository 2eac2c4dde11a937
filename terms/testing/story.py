"""A story as it is told: the parties and terms it is told of, one small operation, and what was told so far."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from msgspec import Struct

from terms.core.header import Happening, Header, Party, Person, Rule, Source, Stage, Term, Text
from terms.ground.words import Plain
from terms.testing.spelling import examples
from terms.values import TYPES

PARTIES = ("north", "south", "east", "mediator")


def plain_header(parties: Sequence[str] = PARTIES, types: Sequence[str] = tuple(TYPES)) -> Header:
    """A header with one term of each type, called t.TYPE, and something of everything else to refer to."""
    roles = {"mediator": "mediator", "east": "third-party"}
    return Header(
        title="Generated talks",
        parties=tuple(Party(name, name.title(), roles.get(name, "belligerent")) for name in parties),
        persons=(
            Person("envoy", "The envoy", parties[0], "head"),
            Person("guest", "A guest", parties[0], "personal"),
        ),
        stages=(Stage("truce"), Stage("settlement", after="truce")),
        terms=tuple(Term(f"t.{name}", TYPES[name].sample, "truce") for name in types),
        texts=(Text("accord", parties=tuple(parties[:2]), binds_by="signature"), Text("letter")),
        happenings=(Happening("vote"), Happening("talks.begins"), Happening("pullback.done")),
        logic=(Rule("l1", "talks.begins not after pullback.done", "M1"),),
        sources=(
            Source("M1", "Minutes"),
            Source("R1", "Radio"),
            Source("general-knowledge", reliability="F"),
        ),
    )


class Move(Struct, frozen=True):
    """One operation: a kind of event, who acts, how far back it refers, and small choices."""

    kind: str
    who: int = 0
    back: int = 0
    terms: tuple[int, ...] = (0,)
    value: int = 0
    flags: int = 0
    days: int = 0

    def flag(self, place: int) -> bool:
        """Whether one of the small yes-or-no choices is on; all off is the simplest story."""
        return bool(self.flags >> place & 1)


Spelled = dict[str, Plain]
Teller = Callable[["Story", Move], Spelled | None]
"""How a kind of event is told; None where the move does not apply to the story so far."""


@dataclass
class Story:
    """The events told so far, as files would spell them, and what later moves may refer to.

    `own` are tellers of kinds that the program does not ship. `prefix` begins the ids of what is told.
    """

    header: Header
    told: list[Spelled] = field(default_factory=list)
    day: date = date(2031, 3, 1)
    own: Mapping[str, Teller] = field(default_factory=dict)
    prefix: str = "e"

    def party(self, place: int) -> str:
        """A party, counted around."""
        return self.header.parties[place % len(self.header.parties)].id

    def term(self, place: int) -> Term:
        """A term, counted around."""
        return self.header.terms[place % len(self.header.terms)]

    def text(self) -> str | None:
        """The first text that the header declares; None: it declares none."""
        return self.header.texts[0].id if self.header.texts else None

    def stage(self) -> str | None:
        """The last stage that the header declares; None: it declares none."""
        return self.header.stages[-1].id if self.header.stages else None

    def person(self) -> str | None:
        """The first person that the header declares; None: it declares none."""
        return self.header.persons[0].id if self.header.persons else None

    def happening(self, place: int) -> str | None:
        """A happening, counted around; None: the header declares none."""
        known = self.header.happenings
        return known[place % len(known)].id if known else None

    def ordered(self, first: int, relation: str, second: int) -> str | None:
        """A statement that one happening comes before another; None: the header declares no two."""
        if len(self.header.happenings) < 2:
            return None
        return f"{self.happening(first)} {relation} {self.happening(second)}"

    def cited(self, both: bool) -> Plain:
        """A source, or two of them where the header declares two."""
        known = [one.id for one in self.header.sources]
        if not known:
            return "general-knowledge"
        return [f"{known[0]} p.1", known[1]] if both and len(known) > 1 else f"{known[0]} p.1"

    def words(self, term: Term, value: int) -> str:
        """Words for a value of the term, counted around."""
        known = examples(term.declaration)
        return known[value % len(known)]

    def spelled(self, move: Move, shift: int = 0) -> Spelled:
        """Stances on the move's terms, in words of each term's type."""
        terms = (self.term(place) for place in move.terms)
        return {term.id: self.words(term, move.value + shift) for term in terms}

    def earlier(self, back: int, *kinds: str) -> Spelled | None:
        """The event of one of these kinds (any: none named) that lies `back` such events before the end; None: none.

        Counting ends at the first, so that a move still means it when what lay between is taken away.
        """
        fitting = [event for event in self.told if not kinds or event["kind"] in kinds]
        return fitting[-1 - min(back, len(fitting) - 1)] if fitting else None

    def answering(self, target: Spelled, place: int) -> str:
        """Who answers an event: the party after its author, counted around; the author last of all."""
        by = target.get("by")
        author = by[0] if isinstance(by, list) and by else by
        names = [party.id for party in self.header.parties]
        start = names.index(author) + 1 if isinstance(author, str) and author in names else 0
        return self.party(start + place)

    def new_id(self) -> str:
        """An id that nothing has yet: counted, never drawn."""
        taken = {event["id"] for event in self.told}
        number = len(self.told) + 1
        while f"{self.prefix}{number}" in taken:
            number += 1
        return f"{self.prefix}{number}"
