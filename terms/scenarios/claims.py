"""What can be claimed of the talks at a moment, and how it stands: a status, a value, a deadline, a deadlock.

A claim looks at one situation and says whether it holds, what is so instead, and which events made it so.
It decides nothing: what is agreed, due or deadlocked is worked out where it always is.
"""

from collections.abc import Callable

from msgspec import Struct

from terms.core.awaiting import missing_consent
from terms.core.consent import Consent, consent_of
from terms.core.entries import Cell
from terms.core.lasting import AGREED
from terms.core.life import Axes, axes
from terms.core.situation import Situation
from terms.ground.nodes import TextNode
from terms.ground.words import FrozenWords, Words
from terms.values import Stance, Value, intersection
from terms.values.stances import show_stance

Causes = Callable[[], tuple[str, ...]]
"""The events that made something so, in log order; asked only of a claim that fails, since to find them may take long."""


def just(events: tuple[str, ...] = ()) -> Causes:
    """Causes that are known already."""
    return lambda: events


class Seen(Struct, frozen=True):
    """How a claim stands. `says` is what is so, `wanted` what was claimed, both without a full stop.

    `causes` tells the events that made it so, `notes` are further reasons that no event stands for.
    """

    holds: bool
    says: str
    wanted: str
    causes: Causes = just()
    notes: tuple[str, ...] = ()


See = Callable[[Situation], Seen]


class Claim(Struct, frozen=True):
    """One claim, with the words that make it and the code of its failure."""

    node: TextNode
    code: str
    see: See


class Subject(Struct, frozen=True):
    """What a claim is about: a term, in a stage (None: where it stands best), for one party or among some."""

    term: str
    stage: str | None = None
    party: str | None = None
    between: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """`distance`, `distance of north`."""
        return f"{self.term} of {self.party}" if self.party is not None else self.term

    def cell(self, at: Situation) -> Cell | None:
        """The cell of its party."""
        return at.talks.cell(self.party or "", self.term, self.stage)

    def consent(self, at: Situation) -> Consent:
        """The consent on its term."""
        return consent_of(at, self.term, stage=self.stage, parties=self.between or None)


LIVES = (
    "in force",
    "suspended",
    "lapsed",
    "lapsed but observed",
    "terminated",
    "superseded",
    "end contested",
)
DUTIES = ("due", "met", "overdue", "breach alleged", "breach verified", "void")
CONSENTS = (
    "not raised", "one-sided", "open", "agreed in principle", "agreed inside an unagreed package", "agreed",
    "agreed to differ", "deferred",
)  # fmt: skip
TERM_WORDS = (*CONSENTS, *LIVES, *DUTIES, "meaning disputed", "reopened", "withdrawn")
"""What may be claimed of a term as its status."""
PARTY_WORDS = {
    "silent": "silent", "proposed": "proposed", "accepted": "accepted", "in principle": "in principle",
    "conditional": "conditional", "reserved": "reserved", "rejected": "rejected", "deferred": "deferred",
    "referred": "referred", "under study": "under study", "withdrawn": "withdrawn",
    "accepted in principle": "in principle", "accepted conditionally": "conditional",
    "accepted with reservations": "reserved", "referred to another body": "referred",
}  # fmt: skip
"""What may be claimed of a party on a term, with the status it means."""
OPEN = ("one-sided", "open")


def status(subject: Subject, wanted: str) -> See:
    """That a term, or a party on it, has this status."""

    def of_party(at: Situation) -> Seen:
        cell = subject.cell(at)
        found = cell.status if cell is not None else "silent"
        says = f"{subject.party} on {subject.term}: {found}"
        return Seen(found == PARTY_WORDS[wanted], says, wanted, just(_cell_events(cell)))

    def of_term(at: Situation) -> Seen:
        if subject.between:
            consent, words, said = subject.consent(at), set[str](), ""
        else:
            found = axes(at, subject.term, stage=subject.stage)
            consent, words, said = found.consent, _words(found), found.headline
        words |= {consent.state, *(("open",) if consent.state in OPEN else ())}
        words |= {"agreed"} if consent.state in AGREED else set()
        who = f" between {' and '.join(subject.between)}" if subject.between else ""
        says = f"{subject.term} is {said or consent.state}{who}"
        causes = just(_term_events(at, consent))
        return Seen(wanted in words, says, wanted, causes, _reasons(at, consent, subject))

    return of_term if subject.party is None else of_party


def _words(found: Axes) -> set[str]:
    words = {found.headline, found.life.state, found.performance}
    words |= {"meaning disputed"} if found.meaning.state == "disputed" else set()
    return words | ({"reopened"} if found.consent.reopened else set())


def value(subject: Subject, wanted: str, fits: Callable[[Stance], bool], *, negated: bool = False) -> See:
    """That the value of a term fits; `negated`: that it does not, which also holds where there is none."""

    def see(at: Situation) -> Seen:
        stance, events, why = _stance(subject, at)
        if stance is None:
            return Seen(negated, f"{subject.name} has no value", wanted, just(events), why)
        return Seen(fits(stance) != negated, f"{subject.name} = {said(stance)}", wanted, just(events), why)

    return see


def within(limit: Value) -> Callable[[Stance], bool]:
    """Whether everything that a stance allows lies within a limit."""

    def fits(stance: Stance) -> bool:
        own = stance.value
        return own is not None and bool(own.parts) and intersection(own, limit) == own

    return fits


def equals(wanted: Stance) -> Callable[[Stance], bool]:
    """Whether a stance says the same, whatever its modality; a plain value is compared as a value alone."""

    def fits(stance: Stance) -> bool:
        if isinstance(show_stance(wanted), str):
            return stance.value is not None and stance.value == wanted.value
        return _plain(stance) == _plain(wanted)

    return fits


def _plain(stance: Stance) -> Words:
    shown = show_stance(stance)
    if not isinstance(shown, FrozenWords):
        return shown
    return FrozenWords({key: words for key, words in shown.items() if key not in ("as", "note", "as-worded")})


def said(stance: Stance) -> str:
    """A stance on one line, all of it but its modality and notes."""
    shown = _plain(stance)
    plain = isinstance(shown, FrozenWords) and stance.value is None
    return one_line(show_stance(stance) if plain else shown)


def one_line(words: Words) -> str:
    """Words of a stance on one line; what it is comes without its key, what lies deeper in braces."""
    if not isinstance(words, FrozenWords):
        return _inside(words)
    return "; ".join(
        _inside(inner) if key == "is" else f"{key}: {_inside(inner)}" for key, inner in words.items()
    )


def _inside(words: Words) -> str:
    if isinstance(words, str):
        return words
    if isinstance(words, FrozenWords):
        return f"{{{', '.join(f'{key}: {_inside(inner)}' for key, inner in words.items())}}}"
    return ", ".join(map(_inside, words))


def _stance(subject: Subject, at: Situation) -> tuple[Stance | None, tuple[str, ...], tuple[str, ...]]:
    """What a party says, or what is settled; the events behind it, and why it is not more."""
    if subject.party is not None:
        cell = subject.cell(at)
        if cell is None:
            return None, (), (f"{subject.party} has said nothing on {subject.term}",)
        return cell.stance, (cell.stance_event or cell.event,), ()
    consent = subject.consent(at)
    events = _term_events(at, consent)
    settled = (*AGREED, "agreed in principle", "agreed inside an unagreed package")
    if consent.version is None or consent.state not in settled:
        return None, events, (f"{subject.term} is {consent.state}", *_reasons(at, consent, subject))
    clause = at.talks.clause(consent.version, subject.term)
    return (clause.stance if clause is not None else None), events, ()


def _cell_events(cell: Cell | None) -> tuple[str, ...]:
    return (cell.event,) if cell is not None else ()


def _term_events(at: Situation, consent: Consent) -> tuple[str, ...]:
    """What the consent on a term rests on; short of any, the moves of those who stand on it."""
    if consent.events:
        return consent.events
    cells = [cell for (_, term, _), cell in at.talks.cells.items() if term == consent.term]
    return tuple(sorted({cell.event for cell in cells}, key=at.history.index))


def _reasons(at: Situation, consent: Consent, subject: Subject) -> tuple[str, ...]:
    if consent.state == "not raised":
        return (consent.reason or "nobody holds a position on it",)
    missing = missing_consent(at, consent, parties=subject.between or None)
    needed = (f"the word of {' and '.join(missing)} is missing",) if missing else ()
    return (*((consent.reason,) if consent.reason else ()), *needed)
