"""Who still has to accept, put so that no side's version is the measure; what was agreed, in words."""

from collections.abc import Iterable, Iterator

from terms.core.consent import Consent, live_reservation
from terms.core.entries import BOUND, Bound
from terms.core.situation import Situation
from terms.values import Outcome, outcome_of
from terms.values.provisos import UNCONDITIONAL
from terms.views.wording import one_line, stance_words

AGREED = ("agreed", "agreed to differ")


def missing_consent(
    at: Situation, consent: Consent, *, parties: Iterable[str] | None = None
) -> tuple[str, ...]:
    """Whose act is still needed, sorted; nobody's once it is agreed.

    Where several versions are on the table each lacks somebody: all of them are named, not those of one
    version. A live reservation waits for the others, an unmet condition or an unsigned text for its own side.
    """
    if consent.state in (*AGREED, "agreed inside an unagreed package"):
        return ()
    needed = tuple(sorted(parties)) if parties is not None else at.header.consent(consent.term)
    bonds = {party: _bonds(at, party, consent) for party in needed}
    offered = {one.version for bound in bonds.values() for one in bound}
    if not offered:
        return consent.missing if consent.state == "agreed in principle" else needed
    missing = {party for party in needed if offered - {one.version for one in bonds[party]}}
    for party, bound in bonds.items():
        for one in bound:
            missing |= set(_still_needed(at, party, one, needed))
    return tuple(sorted(missing))


def _bonds(at: Situation, party: str, consent: Consent) -> tuple[Bound, ...]:
    cell = at.talks.cells.get((party, consent.term, consent.stage))
    return cell.bound if cell is not None else ()


def _still_needed(at: Situation, party: str, one: Bound, needed: tuple[str, ...]) -> Iterator[str]:
    """Who has to act before this acceptance counts."""
    for name in one.reservations:
        if live_reservation(at, name):
            accepted = at.talks.reservations[name].accepted_by
            yield from (other for other in needed if other != party and other not in accepted)
    if one.rung != BOUND or at.outcome(one.condition) is not Outcome.MET:
        yield party


def holding_words(at: Situation, consent: Consent) -> str:
    """How the condition inside an agreed value stands, and what holds instead once it has failed; empty: none."""
    if consent.version is None or not consent.state.startswith("agreed"):
        return ""
    clause = at.talks.clause(consent.version, consent.term)
    if clause is None or clause.stance.provisos == UNCONDITIONAL:
        return ""
    provisos = clause.stance.provisos
    outcome = outcome_of(provisos, at, at.moment)
    if outcome is Outcome.FAILED:
        return f"failed: {one_line(provisos.otherwise)} holds" if provisos.otherwise else "failed"
    return outcome.value.replace("-", " ")


def agreed_words(at: Situation, consent: Consent) -> str:
    """What was agreed, in words; empty short of an agreement."""
    if consent.version is None or not consent.state.startswith("agreed"):
        return ""
    clause = at.talks.clause(consent.version, consent.term)
    return stance_words(clause.stance) if clause is not None else ""
