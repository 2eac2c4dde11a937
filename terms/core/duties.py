"""Obligations: what an agreed or undertaken term binds whom to do, by when, and what was done so far.

They are derived. One is born when its term is agreed or undertaken; who owes it is the value's `who`,
else all consenters; what was done is the sum of the claims of performance in the reading in use.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from terms.core.consent import Consent, consent_of
from terms.core.entries import Clause, Performance
from terms.core.situation import Situation
from terms.ground.dates import Edtf
from terms.ground.words import FrozenWords, Words, thaw
from terms.values import ClockState, Misread, Value, clock, outcome_of, read_time, split_number, subject_to

ObligationState = Literal[
    "not started", "not due", "due", "met", "met late", "overdue", "void", "contested", "laid on a non-party"
]


@dataclass(frozen=True, slots=True)
class Done:
    """What was done of one part (empty: the whole): the sum of claims, in the unit claimed, and of how much."""

    part: str
    amount: Fraction
    unit: str
    of: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Obligation:
    """One duty: who owes what to whom, since which event, by when (words and clock), and how it stands.

    `certainty` says whether performance is claimed, disputed or certified; empty when nothing was claimed.
    `left` is the time to (or, negative, past) the deadline in words; empty without a deadline.
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
    kind: Literal["agreed", "undertaken"] = "agreed"


def obligations(at: Situation) -> tuple[Obligation, ...]:
    """Every obligation there is at this moment, by term and then by birth."""
    found: list[Obligation] = []
    for term in at.header.term:
        found.extend(obligations_on(at, term, consent_of(at, term)))
    return tuple(sorted(found, key=lambda one: (one.term, at.history.index(one.born))))


def obligations_on(at: Situation, term: str, consent: Consent) -> tuple[Obligation, ...]:
    """The obligations on one term: from its agreement, and from undertakings."""
    found: list[Obligation] = []
    if (
        consent.state in ("agreed", "agreed inside an unagreed package", "agreed to differ")
        and consent.version
    ):
        clause = at.talks.clause(consent.version, term)
        if clause is not None and _is_duty(at, clause):
            found.append(_obligation(at, term, consent.events[-1], clause, consent.between, "agreed"))
    for name, made in at.talks.undertakings.items():
        if name.rpartition("/")[2] == term and made.recanted_by is None:
            found.append(_obligation(at, term, made.event, made.clause, made.by, "undertaken"))
    return tuple(sorted(found, key=lambda one: at.history.index(one.born)))


def _is_duty(at: Situation, clause: Clause) -> bool:
    """Whether a clause asks somebody to do something: a value that is neither refused nor put off."""
    return clause.stance.value is not None and clause.stance.modality not in ("refuse", "defer")


def _obligation(
    at: Situation,
    term: str,
    born: str,
    clause: Clause,
    bound: tuple[str, ...],
    kind: Literal["agreed", "undertaken"],
) -> Obligation:
    stance = clause.stance
    claims = _claims(at, term, clause, born)
    done = _sums(at, term, clause, claims)
    who = stance.who or bound
    finished = _finished(at, clause, claims, done)
    ticking = None
    if stance.due is not None:
        ticking = subject_to(
            clock(
                read_time(stance.due),
                at=at.moment,
                happened=at.expected,
                called_off=at.called_off,
                done=finished,
            ),
            outcome_of(stance.provisos, at, at.moment),
        )
    return Obligation(
        term,
        born,
        tuple(who),
        tuple(stance.toward),
        stance.strength,
        stance.value.words if stance.value is not None else "",
        str(thaw(stance.due)) if stance.due is not None else "",
        _state(who, bound, stance.strength, finished, ticking, claims),
        ticking,
        done,
        tuple(claim.event for claim in claims),
        _certainty(claims),
        kind,
    )


def _claims(at: Situation, term: str, clause: Clause, born: str) -> tuple[Performance, ...]:
    """Claims of performance that name this clause: by its version, its text, its birth or the term itself."""
    root = clause.version.partition("/")[0]
    held = at.talks.target(clause.version).version
    names = {term, root, f"{root}/{term}", born, f"{born}/{term}"}
    if held is not None and held.text is not None:
        names |= {held.text, f"{held.text}/{term}"}
    found = {claim.event: claim for name in sorted(names) for claim in at.talks.performances.get(name, ())}
    return tuple(sorted(found.values(), key=lambda claim: at.history.index(claim.event)))


def _sums(at: Situation, term: str, clause: Clause, claims: tuple[Performance, ...]) -> tuple[Done, ...]:
    """What was done, part by part, of how much. Claims in words alone (yes, partial) add no amount."""
    totals: dict[tuple[str, str], Fraction] = {}
    for claim in claims:
        for part, words in _parts(claim.done):
            found = amount_of(words)
            if found is not None:
                amount, unit = found
                totals[part, unit] = totals.get((part, unit), Fraction(0)) + amount
    declared = at.header.term[term].declaration if term in at.header.term else None
    unit_of = declared.unit if declared is not None and declared.unit else ""
    return tuple(
        Done(part, amount, unit or unit_of, _owed(clause, part))
        for (part, unit), amount in sorted(totals.items())
    )


def _parts(done: Words) -> tuple[tuple[str, str], ...]:
    if isinstance(done, FrozenWords):
        return tuple((part, str(words)) for part, words in done.items() if isinstance(words, str))
    return (("", done),) if isinstance(done, str) else ()


def _owed(clause: Clause, part: str) -> Fraction | None:
    stance = clause.stance
    value = stance.value if not part else _part(clause, part)
    found = amount_of(value.words) if value is not None else None
    return found[0] if found is not None else None


def _part(clause: Clause, part: str) -> Value | None:
    """The value owed of one part: of a total, or of an independent category."""
    stance = clause.stance
    return stance.parts.get(part) or next((one.value for name, one in stance.per if name == part), None)


def _finished(
    at: Situation, clause: Clause, claims: tuple[Performance, ...], done: tuple[Done, ...]
) -> Edtf | None:
    """When it was done in full: a claim of yes, or the claim that brought every owed amount up; None: not yet."""
    for claim in claims:
        if claim.done == "yes" and not claim.disputed_by:
            return claim.date
    owed = [one for one in done if one.of is not None]
    wanted = {*clause.stance.parts, *(name for name, _ in clause.stance.per)} or {""}
    if (
        owed
        and {one.part for one in owed} >= wanted
        and all(one.of is not None and one.amount >= one.of for one in owed)
    ):
        return claims[-1].date
    return None


def _state(
    who: tuple[str, ...],
    bound: tuple[str, ...],
    strength: str,
    finished: Edtf | None,
    ticking: ClockState | None,
    claims: tuple[Performance, ...],
) -> ObligationState:
    if not set(who) & set(bound):
        return "laid on a non-party"
    if ticking is None:
        return "met" if finished is not None else "due" if claims else "not due"
    word: ObligationState = _CLOCK_WORDS[ticking.state]
    if word == "overdue" and strength not in ("shall", "will"):
        return "due"
    return word


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


def _certainty(claims: tuple[Performance, ...]) -> str:
    if not claims:
        return ""
    if any(claim.disputed_by for claim in claims):
        return "disputed"
    return "certified" if all(claim.certified_by for claim in claims) else "claimed"


def amount_of(words: str) -> tuple[Fraction, str] | None:
    """The amount and unit that words state; None when they state none."""
    try:
        return split_number(words)
    except Misread:
        return None
