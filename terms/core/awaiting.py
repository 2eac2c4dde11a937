"""Whose act a term still waits for, put so that no side's version is the measure."""

from collections.abc import Iterable, Iterator

from terms.core.consent import Consent
from terms.core.entries import BOUND, Bound
from terms.core.holding import let_go, live_reservation
from terms.core.lasting import AGREED
from terms.core.situation import Situation
from terms.values import Outcome

ALL_BOUND = (*AGREED, "agreed inside an unagreed package")
"""The states in which everybody whose consent is needed is bound to one version."""


def missing_consent(
    at: Situation, consent: Consent, *, parties: Iterable[str] | None = None
) -> tuple[str, ...]:
    """Whose act is still needed, sorted; nobody's once it is agreed.

    Where several versions are on the table each lacks somebody: all of them are named, not those of one
    version. A live reservation waits for the others, an unmet condition or an unsigned text for its own side.
    """
    if consent.state in ALL_BOUND:
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


def accepted_by(at: Situation, consent: Consent) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each version that somebody accepted and holds to, in log order, with all who do, sorted.

    Nothing once it is agreed. Who tables a demand or an offer accepts it by that. Reservations and conditions
    are not looked at.
    """
    if consent.state in ALL_BOUND:
        return ()
    found: dict[str, list[str]] = {}
    for party, cell in sorted(at.cells_of(consent.term, consent.stage).items()):
        for one in cell.bound:
            if not let_go(at, consent.term, consent.stage, one):
                found.setdefault(one.version, []).append(party)
    ordered = sorted(found, key=lambda version: (at.history.index(version.partition("/")[0]), version))
    return tuple((version, tuple(found[version])) for version in ordered)


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
