"""Obligations: what an agreed or undertaken term binds whom to do, by when, and what was done so far.

They are derived. One is born when its term is agreed or undertaken; who owes it is the value's `who`,
else all consenters; what was done is the sum of the claims of performance in the reading in use (see
`performing.py`). A step, and a part or category with a debtor or a deadline of its own, is a duty of its
own.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from terms.core.consent import Consent, consent_of
from terms.core.entries import Clause, Performance, Undertaking
from terms.core.lasting import AGREED, Life, lasting, life_of_term
from terms.core.meaning import settled_reading
from terms.core.moments import latest
from terms.core.performing import Done, certainty_of, claims_of, finished, sums
from terms.core.situation import Situation
from terms.ground.dates import Edtf
from terms.ground.words import Words, thaw
from terms.values import (
    ClockState,
    Outcome,
    Stance,
    Unreadable,
    clock,
    outcome_of,
    read_time,
    subject_to,
)
from terms.values.clocks import contest
from terms.values.outcomes import WORST_FIRST

ObligationState = Literal[
    "not started", "not due", "due", "met", "met late", "overdue", "void", "contested", "lapsed",
    "laid on a non-party",
]  # fmt: skip
Kind = Literal["agreed", "undertaken"]


class Obligation(Struct, frozen=True):
    """One duty: who owes what to whom, since which event, by when (words and clock), and how it stands.

    `part` is the step, part or category it is about; empty: the whole. `certainty` says whether
    performance is claimed, disputed or certified; empty when nothing was claimed. `clock` is None
    without a deadline.
    """

    term: str
    born: str
    who: tuple[str, ...]
    toward: tuple[str, ...]
    strength: str
    value: str
    due: str
    state: ObligationState
    clock: ClockState | None
    done: tuple[Done, ...]
    claims: tuple[str, ...]
    certainty: str
    kind: Kind = "agreed"
    part: str = ""


class _Duty(Struct, frozen=True):
    """What one obligation is worked out from: the clause, the piece of it, and who is bound to it.

    `condition` is how the conditions of the whole act stand. `over`: what it rests on has ended by now.
    """

    term: str
    born: str
    clause: Clause
    stance: Stance
    bound: tuple[str, ...]
    kind: Kind
    condition: Outcome
    over: bool
    part: str = ""


def obligations(at: Situation) -> tuple[Obligation, ...]:
    """Every obligation there is at this moment, by term and then by birth."""
    found: list[Obligation] = []
    for term in at.header.term:
        found.extend(obligations_on(at, term, consent_of(at, term)))
    return tuple(sorted(found, key=lambda one: (one.term, at.history.index(one.born))))


def obligations_on(
    at: Situation, term: str, consent: Consent, life: Life | None = None
) -> tuple[Obligation, ...]:
    """The obligations on one term: from its agreement, and from undertakings; by birth, the whole first.

    `life` is that of what was agreed; None: it is worked out here.
    """
    found = [_obligation(at, duty) for duty in (*_agreed(at, term, consent, life), *_undertaken(at, term))]
    return tuple(sorted(found, key=lambda one: at.history.index(one.born)))


def _agreed(at: Situation, term: str, consent: Consent, life: Life | None) -> Iterator[_Duty]:
    if consent.state not in AGREED or consent.version is None:
        return
    clause = at.talks.clause(consent.version, term)
    if clause is not None:
        lived = life if life is not None else life_of_term(at, consent)
        over = lived.state in ("lapsed", "lapsed but observed", "terminated")
        bound = consent.between
        yield from _pieces(
            _Duty(term, consent.events[-1], clause, clause.stance, bound, "agreed", Outcome.MET, over)
        )


def _undertaken(at: Situation, term: str) -> Iterator[_Duty]:
    for made in at.undertaken_on(term):
        condition, over = at.outcome(made.conditions), _is_over(at, made)
        yield from _pieces(
            _Duty(term, made.event, made.clause, made.clause.stance, made.by, "undertaken", condition, over)
        )


def _is_over(at: Situation, made: Undertaking) -> bool:
    """Whether the time for which something was undertaken has certainly passed."""
    stance = made.clause.stance
    ends: tuple[datetime, ...] = ()
    if stance.until_time is not None:
        end = at.date_of(stance.until_time)
        ends = (latest(end),) if end is not None else ()
    elif stance.lasts:
        begun = at.date_of(stance.from_words) if stance.from_words is not None else made.date
        ends = lasting(begun, stance.lasts)[-1:] if begun is not None else ()
    return any(end < at.moment for end in ends)


def _pieces(whole: _Duty) -> Iterator[_Duty]:
    """The duties in a stance: the whole, each step, and parts with a debtor or deadline of their own."""
    stance = whole.stance
    if stance.modality in ("refuse", "defer", "open"):
        return
    said = (stance.value, stance.meanings, stance.per, stance.of_which, stance.due)
    if any(said):
        yield whole
    for name, piece in (*stance.per, *stance.of_which):
        if piece.who or piece.due is not None:
            yield replace(whole, stance=_inheriting(stance, piece), part=name)
    for name, step in stance.steps:
        piece = replace(step.stance, due=step.stance.due if step.at is None else step.at)
        yield replace(whole, stance=_inheriting(stance, piece), part=name)


def _inheriting(whole: Stance, piece: Stance) -> Stance:
    """A piece with the debtor, the creditor and the strength of the whole where it names none."""
    weaker = piece.strength if piece.strength != "shall" else whole.strength
    return replace(piece, who=piece.who or whole.who, toward=piece.toward or whole.toward, strength=weaker)


def _obligation(at: Situation, duty: _Duty) -> Obligation:
    stance = duty.stance
    who = stance.who or duty.bound
    claims = _own(at, duty, who, claims_of(at, duty.term, duty.clause, duty.born, duty.part))
    done = sums(at, duty.term, stance, claims)
    when = finished(at, duty.term, stance, claims)
    ticking = _clock(at, duty, when)
    return Obligation(
        duty.term,
        duty.born,
        tuple(who),
        tuple(stance.toward),
        stance.strength,
        stance.value.words if stance.value is not None else "",
        str(thaw(stance.due)) if stance.due is not None else "",
        _state(at, duty, who, when, ticking, claims),
        ticking,
        done,
        tuple(claim.event for claim in claims),
        certainty_of(claims),
        duty.kind,
        duty.part,
    )


def _own(
    at: Situation, duty: _Duty, who: tuple[str, ...], claims: tuple[Performance, ...]
) -> tuple[Performance, ...]:
    """Claims without those of a party that undertook the like for itself: what it does is done of its own duty."""
    others = {
        party
        for made in at.undertaken_on(duty.term)
        if made.event != duty.born
        for party in made.clause.stance.who or made.by
    } - set(who)
    return tuple(claim for claim in claims if not claim.by or not set(claim.by) <= others)


# ---- when it is due ------------------------------------------------------------------------------


def _clock(at: Situation, duty: _Duty, when: Edtf | None) -> ClockState | None:
    """The clock of a duty: one line for each meaning its date may have; None without a date."""
    readings = [
        (
            name,
            clock(read_time(words), at=at.moment, happened=at.expected, called_off=at.called_off, done=when),
        )
        for name, words in _dates(at, duty)
    ]
    return subject_to(contest(readings), _proviso(at, duty)) if readings else None


def _proviso(at: Situation, duty: _Duty) -> Outcome:
    """How the conditions of the stance and of the act that made it stand together: the worse of them."""
    own = outcome_of(duty.stance.provisos, at, at.moment)
    return min((own, duty.condition), key=WORST_FIRST.index)


def _dates(at: Situation, duty: _Duty) -> tuple[tuple[str, Words], ...]:
    """(meaning, words) of every date by which it may be due; the meaning is empty where there is but one."""
    stance = duty.stance
    if stance.due is not None:
        return (("", stance.due),)
    if stance.type not in ("date", "relative-time"):
        return ()
    meanings = tuple((name, value.words) for name, value in stance.meanings if _is_time(value.words))
    settled = settled_reading(at, duty.term, duty.clause.version, duty.bound)
    chosen = tuple(pair for pair in meanings if pair[0] == settled)
    if meanings or stance.type == "date" or stance.value is None:
        return chosen or meanings
    return (("", stance.value.words),) if _is_time(stance.value.words) else ()


def _is_time(words: str) -> bool:
    try:
        read_time(words)
    except Unreadable:
        return False
    return True


# ---- how it stands -------------------------------------------------------------------------------


def _state(
    at: Situation,
    duty: _Duty,
    who: tuple[str, ...],
    when: Edtf | None,
    ticking: ClockState | None,
    claims: tuple[Performance, ...],
) -> ObligationState:
    if not set(who) & set(duty.bound):
        return "laid on a non-party"
    if ticking is None:
        return "met" if when is not None else _undated(at, duty, claims)
    if duty.over and ticking.state in ("running", "not started"):
        return "lapsed"
    word = _CLOCK_WORDS[ticking.state]
    return "due" if word == "overdue" and duty.stance.strength not in ("shall", "will") else word


def _undated(at: Situation, duty: _Duty, claims: tuple[Performance, ...]) -> ObligationState:
    """How something without a deadline stands while it is not done."""
    found: dict[Outcome, ObligationState] = {
        Outcome.FAILED: "void",
        Outcome.NOT_YET: "not started",
        Outcome.DISPUTED: "contested",
    }
    if (proviso := _proviso(at, duty)) is not Outcome.MET:
        return found[proviso]
    if duty.over:
        return "lapsed"
    return "due" if claims else "not due"


_CLOCK_WORDS: dict[str, ObligationState] = {
    "not started": "not started",
    "running": "due",
    "met": "met",
    "met late": "met late",
    "missed": "overdue",
    "void": "void",
    "unclear": "contested",
    "contested": "contested",
}
