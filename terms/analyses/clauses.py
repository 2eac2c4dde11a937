"""Holds an offer, clause by clause, against what everybody else has said on the same terms.

A clause collides where no value suits both, and is unanswered where the other has said nothing: silence is
neither consent nor refusal. The question is asked of one text or one alternative of an either/or; whether its
clauses could all hold together with everything else is the question of `zone`.
"""

from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct

from terms.analyses.engine.heading import Heading, heading
from terms.analyses.engine.modelling import model
from terms.analyses.engine.positions import Silence, slot_name
from terms.analyses.engine.standing import answered, compared, spoken
from terms.core.entries import Cell, Clause
from terms.core.situation import Situation
from terms.ground.errors import TermsError
from terms.ground.suggest import did_you_mean
from terms.values import Stance

QUESTION = "Where does an offer collide with what the others have said, and where have they said nothing?"

LISTED = 12
"""Offers told where none of that name is there."""

Verdict = Literal["collides", "compatible", "text review", "silent"]


class Held(Struct, frozen=True):
    """One clause against what `party` says: `asked` and `said` in words, `why` they differ, the events cited.

    Of a silent party `said` and `why` are empty, and only the offer is cited; one that took no stance and yet answered
    (deferred, recanted, rejected) is silent with `said` and the event of its answer. What a party says on another term
    counts where a sourced judgement holds the two against each other: `said` then begins with that term.
    """

    term: str
    asked: str
    party: str
    verdict: Verdict
    said: str
    why: str
    events: tuple[str, ...]


class Clauses(Struct, frozen=True):
    """The answer: every clause of the offer `of`, in the order of its terms, against every other party."""

    heading: Heading
    of: str
    by: tuple[str, ...]
    held: tuple[Held, ...]

    def with_verdict(self, verdict: Verdict) -> tuple[Held, ...]:
        """Those of one verdict, in order."""
        return tuple(one for one in self.held if one.verdict == verdict)


class NoSuchOffer(TermsError):
    """A reference that names no clauses at this step."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        """`known` are the offers with clauses, in order of their ids."""
        self.name, self.known = name, tuple(known)
        super().__init__(f"'{name}' names no offer with clauses on record at this step")

    @property
    def help(self) -> tuple[str, ...]:
        """The nearest offer, and which there are: of many the first."""
        if not self.known:
            return ("nobody has offered anything by now",)
        more = f", and {len(self.known) - LISTED} more" if len(self.known) > LISTED else ""
        return (*did_you_mean(self.name, self.known), f"there are {', '.join(self.known[:LISTED])}{more}")


def find(at: Situation, of: str, *, silence: Silence = "open") -> Clauses:
    """The offer EVENT, EVENT/OPTION, EVENT/PACKAGE or TEXT against all whose consent its terms need.

    Raises:
        NoSuchOffer: the reference names nothing with clauses.
    """
    target = at.talks.target(of)
    if target.version is None or not target.clauses:
        raise NoSuchOffer(of, sorted(one.id for one in at.talks.versions.values() if one.clauses))
    by = tuple(sorted(target.version.by))
    held = tuple(
        one
        for term, clause in sorted(target.clauses.items())
        for one in _held(at, target.event, by, term, clause)
    )
    return Clauses(heading(model(at, silence=silence)), of, by, held)


def _held(at: Situation, event: str, by: tuple[str, ...], term: str, clause: Clause) -> Iterator[Held]:
    name = slot_name(at, term, clause.stage)
    asked = _words(clause.stance)
    for party in at.header.consent(term):
        if party in by:
            continue
        cell = spoken(at, party, term, clause.stage)
        judged = tuple(_judged(at, event, party, term))
        for other, own, judgement in judged:
            cited = sorted({event, own.stance_event or event, judgement}, key=at.history.index)
            said = f"{other}: {_words(own.stance)}" if own.stance is not None else other
            yield Held(name, asked, party, "collides", said, f"by the judgement {judgement}", tuple(cited))
        if judged and (cell is None or cell.stance is None):
            continue
        if cell is None or cell.stance is None:
            words = answered(at, party, term, clause.stage)
            given = at.talks.cells[party, term, clause.stage].event if words else event
            cited = sorted({event, given}, key=at.history.index)
            yield Held(name, asked, party, "silent", words, "", tuple(cited))
            continue
        status, words, _ = compared({by[0]: clause.stance, party: cell.stance})
        cited = sorted({event, cell.stance_event or event}, key=at.history.index)
        verdict = _verdict(status)
        why = words if verdict == "collides" else ""
        yield Held(name, asked, party, verdict, _words(cell.stance), why, tuple(cited))


def _judged(at: Situation, event: str, party: str, term: str) -> Iterator[tuple[str, Cell, str]]:
    """(term, stance of the party on it, judgement) of what an analyst judged to contradict a clause of the event."""
    own = {event, f"{event}/{term}"}
    for relation, one, other, judgement in at.talks.judgements:
        against = other if one in own else one if other in own else None
        if relation != "contradicts" or against is None:
            continue
        for (who, named, stage), cell in sorted(at.talks.cells.items()):
            said = (cell.stance_event, f"{cell.stance_event}/{named}")
            if who == party and cell.stance is not None and against in said:
                yield slot_name(at, named, stage), cell, judgement


def _verdict(status: str) -> Verdict:
    match status:
        case "compatible" | "deferred":
            return "compatible"
        case "text review":
            return "text review"
        case _:
            return "collides"


def _words(stance: Stance) -> str:
    said = stance.value.words if stance.value is not None else ""
    if stance.modality in ("refuse", "defer", "open"):
        return stance.modality
    return (
        said
        or "; ".join(f"{name}: {_words(inner)}" for name, inner in (*stance.per, *stance.of_which))
        or "in parts"
    )
