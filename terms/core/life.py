"""The four axes of a term and the headline over them: consent, meaning, life, performance.

All are functions of a state and a date. A first alleged breach never hides that a term is in force, so
the axes are derived apart and only the headline puts them in an order.
"""

from typing import Literal

from msgspec import Struct

from terms.core.consent import Consent, consent_of
from terms.core.duties import Obligation, obligations_on
from terms.core.happenings import names_of
from terms.core.lasting import AGREED, Life, life_of_term
from terms.core.meaning import Meaning, meaning_of
from terms.core.situation import Situation

PerformanceState = Literal[
    "not due", "due", "met", "overdue", "breach alleged", "breach verified", "void", "contested"
]


class Axes(Struct, frozen=True):
    """The four axes of one term and the headline over them."""

    consent: Consent
    meaning: Meaning
    life: Life
    performance: PerformanceState
    obligations: tuple[Obligation, ...]
    headline: str


def axes(at: Situation, term: str, *, stage: str | None = None) -> Axes:
    """All four axes of `term` at this moment, each with the events it rests on."""
    found = at.worked_out.get((term, stage))
    if found is None:
        found = at.worked_out[(term, stage)] = _axes(at, term, stage)
    return found


def _axes(at: Situation, term: str, stage: str | None) -> Axes:
    consent = consent_of(at, term, stage=stage)
    meaning = meaning_of(at, consent.term, consent.version)
    life = life_of_term(at, consent)
    owed = obligations_on(at, term, consent, life)
    performance = performance_of(at, consent, owed)
    words = _consent_words(at, consent)
    return Axes(
        consent, meaning, life, performance, owed, _headline(words, consent, meaning, life, performance)
    )


def _consent_words(at: Situation, consent: Consent) -> str:
    """The state of consent; where nobody raised the term, who undertook it, or that what was raised was withdrawn."""
    if consent.state != "not raised":
        return consent.state
    authors = sorted({party for one in at.undertaken_on(consent.term) for party in one.by})
    if authors:
        one = len(authors) == 1
        return f"undertaken by {authors[0]}" if one else f"parallel undertakings by {', '.join(authors)}"
    return "withdrawn" if consent.is_withdrawn else consent.state


def _headline(
    consented: str, consent: Consent, meaning: Meaning, life: Life, performance: PerformanceState
) -> str:
    """The fixed order: an end of life first, then force with its performance, then consent; disputes are added."""
    agreed = consent.state in AGREED
    if life.state in ("terminated", "superseded", "suspended", "lapsed", "lapsed but observed", "contested"):
        words: str = life.state if life.state != "contested" else "end contested"
    elif life.state == "in force":
        words = "in force"
    else:
        words = consented
    if agreed and performance not in ("not due", "void"):
        words = f"{words}, {performance}"
    if meaning.state == "disputed":
        words = f"{words}, meaning disputed"
    return f"{words}, reopened by {', '.join(consent.reopened)}" if consent.reopened else words


def performance_of(at: Situation, consent: Consent, owed: tuple[Obligation, ...]) -> PerformanceState:
    """The worst of the obligations on a term, breaches first."""
    names = set(names_of(at.talks, consent.term, consent.version))
    breaches = [breach for breach in at.talks.breaches.values() if breach.of in names]
    if any(breach.verified_by for breach in breaches):
        return "breach verified"
    if breaches:
        return "breach alleged"
    states = {one.state for one in owed}
    for state in _PRESSING:
        if state in states:
            return state
    if owed and states <= {"met", "met late"}:
        return "met"
    return "void" if states == {"void"} else "not due"


_PRESSING: tuple[Literal["overdue", "contested", "due"], ...] = ("overdue", "contested", "due")

__all__ = ["Axes", "Life", "Meaning", "axes", "life_of_term", "meaning_of", "performance_of"]
