"""Stories: a negotiation as a list of small operations, and the pure interpreter that tells it.

A failing property is only as useful as its shortest example. Operations are independent of each other:
they count references back from the end of the story, and one that does not apply is dropped. So any
sub-list of a story is a story, and Hypothesis can shorten it freely. Ids are made here, never drawn.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from terms import events as families
from terms.core.event import Event, read_event
from terms.core.header import Happening, Header, Party, Person, Rule, Source, Stage, Term, Text
from terms.ground.words import FrozenWords, Plain
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


@dataclass(frozen=True, slots=True)
class Move:
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


@dataclass
class Story:
    """The events told so far, as files would spell them, and what later moves may refer to."""

    header: Header
    told: list[Spelled] = field(default_factory=list)
    day: date = date(2031, 3, 1)

    def party(self, place: int) -> str:
        """A party, counted around."""
        return self.header.parties[place % len(self.header.parties)].id

    def term(self, place: int) -> Term:
        """A term, counted around."""
        return self.header.terms[place % len(self.header.terms)]

    def spelled(self, move: Move, shift: int = 0) -> Spelled:
        """Stances on the move's terms, in words of each term's type."""
        made: Spelled = {}
        for place in move.terms:
            term = self.term(place)
            examples = TYPES[term.declaration.type].examples()
            made[term.id] = examples[(move.value + shift) % len(examples)]
        return made

    def earlier(self, back: int, *kinds: str) -> Spelled | None:
        """The event of one of these kinds (any: none named) that lies `back` such events before the end; None: none."""
        fitting = [event for event in self.told if not kinds or event["kind"] in kinds]
        return fitting[-1 - back % len(fitting)] if fitting else None

    def tell(self, move: Move) -> None:
        """Add the event of a move, unless it does not apply."""
        own = _TELL[move.kind](self, move)
        if own is None:
            return
        self.day += timedelta(days=move.days)
        event: Spelled = {
            "id": f"e{len(self.told) + 1}",
            "date": self.day.isoformat(),
            "kind": move.kind,
            **({"by": self.party(move.who)} if "by" not in own else {}),
            **own,
            "source": "M1 p.1" if not move.flag(7) else ["M1 p.1", "R1"],
        }
        if move.flag(6) and "channel" not in own and move.kind in ("propose", "counter", "state", "claim"):
            event |= {"channel": "private", "to": self.party(move.who + 1)}
        self.told.append(event)


Teller = Callable[[Story, Move], Spelled | None]
TABLED = ("propose", "counter", "amend", "agree")


def interpret(moves: Sequence[Move], header: Header | None = None) -> tuple[Header, tuple[Event, ...]]:
    """The record that a list of moves tells."""
    story = Story(header or plain_header())
    for move in moves:
        story.tell(move)
    return story.header, tuple(read_event(spelled) for spelled in story.told)


def _propose(story: Story, move: Move) -> Spelled:
    made: Spelled = {"terms": story.spelled(move)}
    if move.flag(0):
        made = {"one-of": {"option-1": story.spelled(move), "option-2": story.spelled(move, 1)}}
    if move.flag(1):
        made["form"] = ("demand", "float", "bridging", "ultimatum")[move.value % 4]
    if move.flag(2):
        made["order"] = ["vote before talks.begins"]
    if move.flag(3):
        made["all-of"] = story.spelled(move, 2)
    if move.flag(4):
        made["text"] = "accord"
    if move.flag(5):
        made["only-if"] = "vote"
    return made


def _on(*kinds: str, extra: Callable[[Story, Move], Spelled] | None = None, key: str = "of") -> Teller:
    """A teller for kinds that name an earlier event of one of `kinds`."""

    def tell(story: Story, move: Move) -> Spelled | None:
        target = story.earlier(move.back, *kinds)
        if target is None:
            return None
        return {key: str(target["id"]), **(extra(story, move) if extra is not None else {})}

    return tell


def _counter(story: Story, move: Move) -> Spelled | None:
    target = story.earlier(move.back, *TABLED)
    return None if target is None else {"of": str(target["id"]), **_propose(story, move)}


def _amend(story: Story, move: Move) -> Spelled:
    return {"terms": story.spelled(move)}


def _by_author(*kinds: str, extra: Callable[[Story, Move], Spelled] | None = None) -> Teller:
    """A teller for acts upon one's own words: by the author of the earlier event, unless a flag says otherwise."""
    plain = _on(*kinds, extra=extra)

    def tell(story: Story, move: Move) -> Spelled | None:
        made = plain(story, move)
        target = story.earlier(move.back, *kinds)
        if made is None or target is None or move.flag(5):
            return made
        return {**made, "by": target["by"]}

    return tell


def _answer(story: Story, move: Move) -> Spelled:
    target = story.earlier(move.back, *TABLED) or {}
    made: Spelled = {}
    if "one-of" in target and move.flag(0):
        made["option"] = "option-1"
    elif isinstance(target.get("terms"), dict) and move.flag(1):
        made["only"] = [str(term) for term in target["terms"]][:1]  # type: ignore[assignment]
    return made


def _only(story: Story, move: Move) -> Spelled:
    return {key: words for key, words in _answer(story, move).items() if key == "only"}


def _accept(story: Story, move: Move) -> Spelled:
    made = _answer(story, move)
    if move.flag(2):
        made["in-principle"] = "yes"
    if move.flag(3):
        made["reservations"] = {"r1": {"note": "not on feast days"}}
    if move.flag(4):
        made["only-if"] = "vote"
    return made


def _answer_reservation(kind: str) -> Teller:
    plain = _on(*TABLED, extra=_accept if kind == "accept" else _answer)

    def tell(story: Story, move: Move) -> Spelled | None:
        target = story.earlier(move.back, "accept")
        if move.flag(5) and target is not None and "reservations" in target:
            return {"of": f"{target['id']}/r1"}
        return plain(story, move)

    return tell


def _agree(story: Story, move: Move) -> Spelled:
    made: Spelled = {"by": [story.party(0), story.party(1)], "terms": story.spelled(move)}
    if move.flag(0):
        made["text"] = "accord"
    if move.flag(1):
        made["whole"] = "yes"
    if move.flag(2):
        made["order"] = ["pullback.done not after vote"]
    return made


def _life(extra: Callable[[Story, Move], Spelled] | None = None) -> Teller:
    return _on(*TABLED, extra=extra)


def _fixed(make: Callable[[Story, Move], Spelled]) -> Teller:
    return make


def _happening(story: Story, move: Move) -> str:
    return story.header.happenings[move.back % len(story.header.happenings)].id


def _correct(story: Story, move: Move) -> Spelled | None:
    target = story.earlier(move.back, "propose", "state")
    if target is None:
        return None
    told = target.get("terms")
    if isinstance(told, dict) and told and not move.flag(0):
        term = next(iter(told))
        declared = story.header.term[term].declaration
        examples = TYPES[declared.type].examples()
        return {"of": str(target["id"]), "with": {"terms": {term: examples[move.value % len(examples)]}}}
    return {"of": str(target["id"]), "with": {"by": story.party(move.who)}}


def _accounts(story: Story, move: Move) -> Spelled:
    made: Spelled = {
        "that": {"kind": "accept", "by": story.party(move.who + 1)},
        "figures": {"hurt": "more than 20"},
    }
    if move.flag(0):
        made |= {"account-of": "pier"}
    return made


def _hidden(story: Story, move: Move, kind: str) -> Spelled | None:
    target = story.earlier(move.back, "propose", "state", "counter")
    if target is None:
        return None
    made: Spelled = {"of": str(target["id"])}
    told = target.get("terms")
    if move.flag(0) and isinstance(told, dict):
        made["only"] = [str(term) for term in told][:1]  # type: ignore[assignment]
    if kind == "leak" and move.flag(1):
        made["to"] = story.party(move.who + 2)
    if kind == "hand-over":
        return {"of": made["of"], "to": story.party(move.who + 1), "channel": "private"}
    return made


_TELL: dict[str, Teller] = {
    "accept": _answer_reservation("accept"),
    "reject": _answer_reservation("reject"),
    "propose": _fixed(_propose),
    "counter": _counter,
    "amend": _by_author("propose", "counter", "amend", extra=_amend),
    "withdraw": _by_author("propose", "counter", "amend", extra=lambda s, m: _only(s, m)),
    "recant": _by_author("accept"),
    "agree": _fixed(_agree),
    "state": lambda s, m: {"terms": s.spelled(m), **({"channel": "internal"} if m.flag(0) else {})},
    "defer": _on(*TABLED, extra=lambda s, m: {**_only(s, m), "until": "settlement"}),
    "refer": _on(*TABLED, extra=lambda s, m: {"to-body": "council"}),
    "study": _on(*TABLED),
    "condition": lambda s, m: {"only-if": "vote", "order": {"c1": "vote before pullback.done"}},
    "waive": _on("condition", "accept"),
    "link": lambda s, m: {"terms": [s.term(m.terms[0]).id, s.term(m.terms[0] + 1).id]},
    "unlink": _on("link", "bind-package"),
    "bind-package": lambda s, m: {"terms": [s.term(m.terms[0]).id, s.term(m.terms[0] + 1).id]},
    "initial": _on(*TABLED),
    "sign": _on(*TABLED, extra=lambda s, m: {"capacity": "observer"} if m.flag(0) else {}),
    "refuse-to-sign": _on(*TABLED),
    "ratify": _on(*TABLED),
    "accede": _on("agree"),
    "guarantee": _on(*TABLED),
    "witness": _on(*TABLED),
    "clarify": _on(*TABLED),
    "interpret": _on("agree", extra=lambda s, m: {"reads": f"m{m.value % 2}"}),
    "object": _on(),
    "hand-over": lambda s, m: _hidden(s, m, "hand-over"),
    "publish": lambda s, m: _hidden(s, m, "publish"),
    "leak": lambda s, m: _hidden(s, m, "leak"),
    "announce": _fixed(_accounts),
    "enter-into-force": _life(),
    "extend": _life(lambda s, m: {"lasts": "+5 days"}),
    "renew": _life(lambda s, m: {"lasts": "5 days"}),
    "reaffirm": _life(),
    "suspend": _life(),
    "resume": _life(),
    "notify-termination": _life(),
    "expire": _life(),
    "terminate": _life(),
    "supersede": _life(),
    "observe": _life(),
    "undertake": lambda s, m: {"terms": s.spelled(m)},
    "occur": lambda s, m: {"of": _happening(s, m)},
    "plan": lambda s, m: {"of": _happening(s, m), "planned": "2031-06-01"},
    "call-off": lambda s, m: {"of": _happening(s, m)},
    "implement": _on(
        "agree", "undertake", extra=lambda s, m: {"done": ("yes", "partial", "3 km")[m.value % 3]}
    ),
    "certify": _on("implement", "violate", "occur"),
    "violate": _on("agree", extra=lambda s, m: {"alleged-by": s.party(m.who + 1)}),
    "attribute": _on(extra=lambda s, m: {"to-whom": s.party(m.who + 1)}),
    "claim": _fixed(_accounts),
    "deny": _on(),
    "endorse": _on(),
    "oppose": _on(),
    "incident": lambda s, m: {"figures": {"hurt": "about 3"}},
    "meet": lambda s, m: {"present": [s.party(0), s.party(1)], "round": str(m.value)},
    "adjourn": lambda s, m: {"final": "yes"} if m.flag(0) else {},
    "walk-out": lambda s, m: {},
    "return": lambda s, m: {},
    "represent": lambda s, m: {"through": "envoy"},
    "split": lambda s, m: {"into": [s.party(m.who + 1), s.party(m.who + 2)]},
    "merge": lambda s, m: {"into": s.party(m.who + 1)},
    "rename": lambda s, m: {"name": f"Name {m.value}"},
    "decide": _on(*TABLED, extra=lambda s, m: {"body": "council", "outcome": "approve"}),
    "correct": _correct,
    "retract": _on("propose", "state", "accept", "claim"),
    "judge": lambda s, m: {"a": "t.text", "b": "t.choice", "relation": "contradicts"},
}
"""How each kind is told, the simplest first: Hypothesis shrinks towards the front."""

KIND_NAMES = tuple(_TELL)
assert families.FAMILIES


def frozen_terms(event: Event) -> FrozenWords:
    """The stances an event spells, empty for a kind without terms of its own."""
    told = getattr(event, "terms", None)
    return told if isinstance(told, FrozenWords) else FrozenWords({})
