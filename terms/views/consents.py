"""Who still has to accept what, put so that no side's version is the measure; and what was agreed, in words."""

from collections.abc import Iterable

from terms.core.consent import Consent
from terms.core.situation import Situation
from terms.views.wording import stance_words

AGREED = ("agreed", "agreed to differ")


def missing_consent(
    at: Situation, consent: Consent, *, parties: Iterable[str] | None = None
) -> tuple[str, ...]:
    """Whose acceptance is still needed, sorted; nobody's once it is agreed.

    Where several versions are on the table each lacks somebody: all of them are named, not those of one version.
    """
    if consent.state in (*AGREED, "agreed inside an unagreed package"):
        return ()
    if consent.state == "agreed in principle":
        return consent.missing
    needed = tuple(parties) if parties is not None else at.header.consent(consent.term)
    bonds = {party: _versions(at, party, consent) for party in needed}
    offered = set().union(*bonds.values())
    if not offered:
        return tuple(sorted(needed))
    return tuple(sorted(party for party in needed if offered - bonds[party]))


def _versions(at: Situation, party: str, consent: Consent) -> set[str]:
    cell = at.talks.cells.get((party, consent.term, consent.stage))
    return {one.version for one in cell.bound} if cell is not None else set()


def agreed_words(at: Situation, consent: Consent) -> str:
    """What was agreed, in words; empty short of an agreement."""
    if consent.version is None or not consent.state.startswith("agreed"):
        return ""
    clause = at.talks.clause(consent.version, consent.term)
    return stance_words(clause.stance) if clause is not None else ""
