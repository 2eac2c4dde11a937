"""Reading what a scenario expects: each member of `expect:` becomes claims with their places in the file.

Words instead of operators: in YAML `>=` opens a block of text and `!=` is a tag, so both say something else
than they seem to. A claim on what the record does not have is an error at its place, like any other.
"""

from collections.abc import Iterator

from msgspec import Struct, field
from msgspec.structs import replace

from terms.core.situation import Situation
from terms.ground.codes import known_codes
from terms.ground.dates import Edtf, read_date
from terms.ground.diagnostics import Diagnostic
from terms.ground.errors import BadDate
from terms.ground.nodes import MapNode, Node, TextNode
from terms.records.faults import error, listed, meant
from terms.records.names import PARTY, STAGE, TERM
from terms.records.notebook import Notebook
from terms.records.shapes import says_nothing, words_of
from terms.scenarios import findings
from terms.scenarios.claims import (
    PARTY_WORDS,
    TERM_WORDS,
    Claim,
    See,
    Seen,
    Subject,
    equals,
    one_line,
    status,
    value,
    within,
)
from terms.scenarios.grounds import Ground
from terms.scenarios.scenario import Scenario
from terms.values import Declaration, Unreadable, Value, read_stance, read_value

ABOUT = ("term", "stage", "party", "between")
OF_TERM = ("status", "value", "not", "at-most", "at-least", "due")
OF_TALKS = ("open", "agreed", "deferred", "deadlock", "zone", "unlock", "talks")
FRAMES = ("never", "always")
MEMBER = (*ABOUT, *OF_TERM, *OF_TALKS, *FRAMES, "at", "unless", "fails", "xfail", "note")
CLAIMS = (*ABOUT, *OF_TERM, *OF_TALKS)
VALUE, STATUS, FOUND, FRAME = "F501", "F502", "F503", "F504"
YES_NO = ("yes", "no")
ZONES = ("exists", "empty")


class Expectation(Struct, frozen=True):
    """One member of `expect:` at one point of a sweep.

    `claims` are to hold after the event or on the date `at` (None: at the end), `never` in no step from
    the first change on, `always` in each. `fails` names a code with which the scenario is to be refused,
    or an event objected to. `xfail`: why it is known not to hold.
    """

    node: MapNode
    claims: tuple[Claim, ...] = ()
    never: tuple[Claim, ...] = ()
    always: tuple[Claim, ...] = ()
    at: str | None = None
    fails: TextNode | None = None
    xfail: TextNode | None = None
    faults: tuple[Diagnostic, ...] = field(default=())


def is_excepted(node: MapNode, values: dict[str, str]) -> bool:
    """Whether an expectation is not asked at this point of the sweep (`unless`)."""
    unless = node.get("unless")
    if not isinstance(unless, MapNode) or not unless.entries:
        return False
    return all(
        any(isinstance(one, TextNode) and values.get(key.text) == one.text for one in _each(named))
        for key, named in unless.entries
    )


def read_expectation(node: MapNode, scenario: Scenario, ground: Ground) -> Expectation:
    """The expectation that a node spells, its `$names` replaced already; faults are in it."""
    return _Reader(node, scenario, ground).read()


def _each(node: Node) -> tuple[Node, ...]:
    return (node,) if isinstance(node, TextNode | MapNode) else node.children


def refusals() -> frozenset[str]:
    """Every code with which something is refused or objected to."""
    return frozenset(one.code for one in known_codes())


class _Reader:
    """Reads one member, noting faults."""

    def __init__(self, node: MapNode, scenario: Scenario, ground: Ground) -> None:
        self.node, self.scenario, self.ground = node, scenario, ground
        self.note = Notebook(ground.declared)

    def read(self) -> Expectation:
        for entry in self.node.entries:
            if entry.key.text not in MEMBER and not entry.key.text.startswith("x-"):
                self.note.unknown_key(entry.key, MEMBER)
        self._unless()
        never, always = self._frame("never"), self._frame("always")
        claims = self._claims(self.node, Subject(""))
        fails = self._text(self.node, "fails")
        if fails is not None and fails.text not in refusals():
            ways = (*meant(fails.text, refusals()), "`terms explain` lists all codes")
            self.note.error("E107", f"'{fails.text}' is not a code of this program", fails.place, *ways)
        if not (claims or never or always or fails or self.note.faults):
            what, way = (
                "this expects nothing",
                f"write one of {listed((*OF_TERM, *OF_TALKS, *FRAMES, 'fails'), most=20)}",
            )
            self.note.error("E103", what, self.node.place, way)
        made = Expectation(
            self.node, claims, never, always, self._at(), fails, self._text(self.node, "xfail")
        )
        return replace(made, faults=tuple(self.note.faults))

    def _text(self, node: MapNode, key: str) -> TextNode | None:
        entry = node.entry(key)
        if entry is None or self.note.text(key, entry.value) is None:
            return None
        return entry.value if isinstance(entry.value, TextNode) else None

    def _texts(self, node: MapNode, key: str) -> tuple[TextNode, ...]:
        entry = node.entry(key)
        return (self.note.texts(key, entry.value) or ()) if entry is not None else ()

    def _word(self, key: str, node: TextNode, words: tuple[str, ...]) -> str | None:
        """The word written, hyphens as blanks; None with a fault when it is not one of `words`."""
        said = node.text if node.text in words else node.text.replace("-", " ")
        if said in words:
            return said
        self.note.unknown_word(key, node, words)
        return None

    # ---- where and when ------------------------------------------------------------------------

    def _at(self) -> str | None:
        node = self._text(self.node, "at")
        if node is None:
            return None
        if node.text[:1].isdigit():
            return node.text if self._date(node) is not None else None
        if node.text not in self.ground.history.names:
            what = f"there is no event '{node.text}' here to look after"
            self.note.error("E501", what, node.place, *meant(node.text, self.ground.ids))
            return None
        return node.text

    def _date(self, node: TextNode) -> Edtf | None:
        try:
            found = read_date(node.text)
        except BadDate as fault:
            self.note.error("E301", str(fault), node.place)
            return None
        if found.latest is None:
            self.note.error("E301", f"'{node.text}' has no end", node.place, "name a day or a moment")
            return None
        return found

    def _unless(self) -> None:
        entry = self.node.entry("unless")
        if entry is None:
            return
        if not isinstance(entry.value, MapNode):
            self.note.error(
                "E105", "'unless' is a map of swept names", entry.key.place, "write {name: value}"
            )
            return
        swept = {name.text: [one.text for one in values] for name, values in self.scenario.sweep}
        for key, named in entry.value.entries:
            if key.text not in swept:
                what = f"nothing is swept under '{key.text}'"
                self.note.faults.append(error("E511", what, key.place, *meant(key.text, swept)))
                continue
            for one in _each(named):
                if isinstance(one, TextNode) and not one.text:
                    self.note.nothing(key.text, one.place)
                elif isinstance(one, TextNode) and one.text not in swept[key.text]:
                    what, ways = (
                        f"'{one.text}' is no value of '{key.text}'",
                        f"values: {listed(swept[key.text])}",
                    )
                    self.note.faults.append(error("E511", what, one.place, ways))

    def _frame(self, key: str) -> tuple[Claim, ...]:
        entry = self.node.entry(key)
        if entry is None:
            return ()
        if not isinstance(entry.value, MapNode) or says_nothing(entry.value):
            self.note.error(
                "E105", f"'{key}' is a map of claims", entry.key.place, "write {talks: broken-off}"
            )
            return ()
        for inner in entry.value.entries:
            if inner.key.text not in CLAIMS:
                self.note.unknown_key(inner.key, CLAIMS)
        claims = self._claims(entry.value, self._subject(self.node, Subject("")))
        if not claims and not self.note.faults:
            self.note.error("E103", f"'{key}' claims nothing", entry.key.place, "write {talks: broken-off}")
        return tuple(replace(claim, code=FRAME) for claim in claims)

    # ---- claims --------------------------------------------------------------------------------

    def _claims(self, node: MapNode, outer: Subject) -> tuple[Claim, ...]:
        subject = self._subject(node, outer)
        return (*self._negated(node, subject), *self._on_term(node, subject), *self._on_talks(node, subject))

    def _negated(self, node: MapNode, subject: Subject) -> Iterator[Claim]:
        """Claims that are not to hold: `not: {talks: ended}`; behind `not` a value is about a term."""
        named = node.get("not")
        if isinstance(named, MapNode) and self._is_claim(named):
            yield from (_negated(claim) for claim in self._claims(named, subject))

    def _subject(self, node: MapNode, outer: Subject) -> Subject:
        term, party, stage = (self._text(node, key) for key in ("term", "party", "stage"))
        for named, role in ((term, TERM), (party, PARTY), (stage, STAGE)):
            if named is not None:
                self.note.name(named, role)
        between = self._texts(node, "between")
        for one in between:
            self.note.name(one, PARTY)
        return Subject(
            term.text if term is not None else outer.term,
            stage.text if stage is not None else outer.stage,
            party.text if party is not None else outer.party,
            tuple(sorted(one.text for one in between)) or outer.between,
        )

    def _on_term(self, node: MapNode, subject: Subject) -> Iterator[Claim]:
        inner = node.get("not")
        skipped = "not" if isinstance(inner, MapNode) and self._is_claim(inner) else ""
        written = [one for one in node.entries if one.key.text in OF_TERM and one.key.text != skipped]
        if written and not subject.term and node.entry("term") is not None:
            return  # what is wrong with the term is told there
        if written and not subject.term:
            place = written[0].key.place
            self.note.error(
                "E103", "this claim does not say of which term", place, "write term: and its name"
            )
            return
        declaration = self.ground.declared.declaration(subject.term)
        if declaration is None:
            return
        for key, named in written:
            yield from self._term_claim(key.text, named, subject, declaration)

    def _term_claim(self, key: str, named: Node, subject: Subject, declared: Declaration) -> Iterator[Claim]:
        if key in ("value", "not"):
            yield from self._value(key, named, subject, declared)
        elif self.note.text(key, named) is None or not isinstance(named, TextNode):
            return
        elif key == "status":
            words = TERM_WORDS if subject.party is None else tuple(PARTY_WORDS)
            if (word := self._word(key, named, words)) is not None:
                yield Claim(named, STATUS, status(subject, word))
        elif key == "due":
            if (date := self._date(named)) is not None:
                yield Claim(named, VALUE, findings.due(subject, date))
        elif (limit := self._limit(key, named, declared)) is not None:
            wanted = f"{key.replace('-', ' ')} {named.text}"
            yield Claim(named, VALUE, value(subject, wanted, within(limit)))

    def _is_claim(self, node: MapNode) -> bool:
        return any(entry.key.text in CLAIMS for entry in node.entries)

    def _value(self, key: str, named: Node, subject: Subject, declared: Declaration) -> Iterator[Claim]:
        if says_nothing(named):
            self.note.nothing(key, named.place)
            return
        try:
            wanted = read_stance(words_of(named), declared)
        except Unreadable as fault:
            self.note.error(fault.code, fault.message, named.place, *fault.help)
            return
        shown = one_line(words_of(named))
        shown = f"other than {shown}" if key == "not" else shown
        node = (
            named
            if isinstance(named, TextNode)
            else TextNode("", named.start, named.end, False, named.origin)
        )
        yield Claim(node, VALUE, value(subject, shown, equals(wanted), negated=key == "not"))

    def _limit(self, key: str, named: TextNode, declared: Declaration) -> Value | None:
        try:
            return read_value(f"{key.replace('-', ' ')} {named.text}", declared)
        except Unreadable as fault:
            ways = fault.help or ("this type of value has no more and less",)
            self.note.error(fault.code, fault.message, named.place, *ways)
            return None

    def _on_talks(self, node: MapNode, subject: Subject) -> Iterator[Claim]:
        for key, see in (
            ("talks", self._talks),
            ("deadlock", self._deadlock),
            ("zone", lambda one: self._zone(one, subject)),
            ("unlock", lambda one: self._unlock(one, subject)),
        ):
            for one in self._texts(node, key):
                if (found := see(one)) is not None:
                    yield Claim(one, STATUS if key == "talks" else FOUND, found)
        for key in ("open", "agreed", "deferred"):
            for one in self._texts(node, key):
                if one.text == findings.NOTHING:
                    yield Claim(one, STATUS, findings.nothing(key))
                elif self.note.name(one, TERM):
                    yield Claim(one, STATUS, findings.in_list(key, one.text))

    def _talks(self, node: TextNode) -> See | None:
        word = self._word("talks", node, findings.TALKS)
        return findings.talks(word) if word is not None else None

    def _deadlock(self, node: TextNode) -> See | None:
        if node.text in YES_NO:
            return findings.deadlock(node.text)
        declared = self.ground.declared
        if node.text in declared.roles[PARTY] or declared.is_happening(node.text, self.ground.ids):
            return findings.deadlock_through(node.text)
        near = meant(node.text, declared.header.party) or declared.happenings_like(node.text, self.ground.ids)
        ways = (*near, "write yes, no or names")
        self.note.error("E208", f"happening or party '{node.text}' is not declared", node.place, *ways)
        return None

    def _zone(self, node: TextNode, subject: Subject) -> See | None:
        word = self._word("zone", node, ZONES)
        return findings.zone(word, subject.stage) if word is not None else None

    def _unlock(self, node: TextNode, subject: Subject) -> See | None:
        if node.text.isdecimal() or node.text == "impossible":
            return findings.unlocked_by(node.text, subject.stage)
        return findings.unlocked_alone(node.text, subject.stage) if self.note.name(node, PARTY) else None


def _negated(claim: Claim) -> Claim:
    def see(at: Situation) -> Seen:
        found = claim.see(at)
        return replace(found, holds=not found.holds, wanted=f"not {found.wanted}")

    return replace(claim, see=see)
