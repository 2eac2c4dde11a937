"""Consent: who has accepted what, and so what is agreed, between whom, and whose word is missing.

A term is agreed only if every consenting party is bound to the same version of it and no reservation is
live that one of them has not accepted. Identical stances are compatible, never agreed. An announcement
is not an acceptance.
"""

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

from terms.core.binding import overtakes
from terms.core.entries import BOUND, Bound, Cell, Version
from terms.core.holding import bonds_on, holds, live_reservation, versions_on
from terms.core.packaging import unagreed_rest
from terms.core.situation import Situation
from terms.core.witnesses import witnesses
from terms.values import Outcome

ConsentState = Literal[
    "not raised",
    "one-sided",
    "open",
    "agreed in principle",
    "agreed inside an unagreed package",
    "agreed",
    "agreed to differ",
    "deferred",
]


class Consent(Struct, frozen=True):
    """The first of the four axes, for one term in one stage, with what it rests on.

    `between` are the parties bound to `version`, `missing` those whose acceptance of it is still needed, both
    sorted; who is asked for, whatever the version, tells `awaiting`. `events` are the acceptances (or, short of
    any, the moves) it rests on, in log order.
    `met_by` are the events by which the conditions of these acceptances are met, likewise; none while it is
    not agreed. `reason` says in a few words why it is not more. `reopened`: bound parties that now say otherwise.
    """

    term: str
    stage: str
    state: ConsentState
    version: str | None = None
    between: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    reason: str = ""
    reopened: tuple[str, ...] = ()
    met_by: tuple[str, ...] = ()

    @property
    def is_withdrawn(self) -> bool:
        """Whether nobody holds a position on it any more: what was raised was withdrawn."""
        return self.state == "not raised" and bool(self.events)

    @property
    def rests_on(self) -> tuple[str, ...]:
        """All events without which it would not stand so: those that moved it, then those that met conditions."""
        return tuple(dict.fromkeys((*self.events, *self.met_by)))


def consent_of(
    at: Situation, term: str, *, stage: str | None = None, parties: Iterable[str] | None = None
) -> Consent:
    """The consent on `term`. `parties` None asks for those whose consent the term (or its text) needs.

    `stage` None takes the stage in which it stands best, the term's own first.
    """
    if stage is None:
        own = at.talks.stage_of(term)
        stages = sorted(at.stages_of(term), key=lambda one: (one != own, one))
        found = [consent_of(at, term, stage=one, parties=parties) for one in stages]
        return max(found, key=lambda one: (_RANK[one.state], one.is_withdrawn))
    asked = tuple(sorted(parties)) if parties is not None else None
    candidates = [_candidate(at, term, stage, version, asked) for version in versions_on(at, term, stage)]
    if candidates:
        best = max(candidates, key=lambda one: (_RANK[one.state], len(one.between), _last_place(at, one)))
        if best.state not in ("open", "one-sided"):
            return best
        return _without_agreement(at, term, stage, asked, best)
    return _without_agreement(at, term, stage, asked, None)


_RANK: dict[str, int] = {
    "not raised": 0,
    "one-sided": 1,
    "open": 2,
    "deferred": 3,
    "agreed in principle": 4,
    "agreed inside an unagreed package": 5,
    "agreed": 6,
    "agreed to differ": 6,
}


def _candidate(at: Situation, term: str, stage: str, version: str, asked: tuple[str, ...] | None) -> Consent:
    held = at.talks.version(version)
    needed = asked if asked is not None else at.header.consent(term, held.text if held is not None else None)
    bonds = bonds_on(at, term, stage, version)
    firm = {party: one for party, one in bonds.items() if holds(at, term, stage, one, BOUND)}
    between = tuple(sorted(firm))
    missing = tuple(party for party in needed if party not in firm)
    events = _in_order(at, {one.event for party, one in bonds.items() if party in needed})
    state: ConsentState = "open" if len(bonds) > 1 else "one-sided"
    reason = _why_missing(at, bonds, missing)
    met_by: tuple[str, ...] = ()
    if not missing and needed:
        state, reason = _agreed_state(at, term, stage, version, held, needed)
        met_by = _in_order(at, {name for party in needed for name in witnesses(at, bonds[party].condition)})
    elif needed and all(party in bonds and holds(at, term, stage, bonds[party]) for party in needed):
        state, reason = "agreed in principle", "the text is settled; the act that binds is missing"
    return Consent(
        term,
        stage,
        state,
        version,
        between,
        missing,
        events,
        reason,
        _reopened(at, term, stage, version, firm),
        met_by,
    )


def _agreed_state(
    at: Situation, term: str, stage: str, version: str, held: Version | None, needed: tuple[str, ...]
) -> tuple[ConsentState, str]:
    rest = unagreed_rest(at, term, version, held, needed)
    if rest:
        return "agreed inside an unagreed package", f"not yet agreed in the same package: {', '.join(rest)}"
    clause = at.talks.clause(version, term)
    if clause is not None and clause.stance.each:
        return "agreed to differ", ""
    return "agreed", ""


def _why_missing(at: Situation, bonds: dict[str, Bound], missing: tuple[str, ...]) -> str:
    reasons = []
    for party in missing:
        bound = bonds.get(party)
        if bound is None:
            continue
        outcome = at.outcome(bound.condition)
        if outcome is not Outcome.MET:
            reasons.append(f"{party}'s acceptance is conditional ({outcome.value})")
        elif any(live_reservation(at, name) for name in bound.reservations):
            reasons.append(f"{party}'s reservation is live")
        elif bound.released is not None:
            reasons.append(f"{party} let go of it before everybody's acceptance held")
        else:
            reasons.append(f"{party} has settled the text and is not yet bound")
    return "; ".join(reasons)


def _reopened(at: Situation, term: str, stage: str, version: str, firm: dict[str, Bound]) -> tuple[str, ...]:
    found = []
    for party, bound in firm.items():
        cell = at.talks.cells[party, term, stage]
        if (
            cell.stance_event != bound.event
            and cell.stance is not None
            and overtakes(at.talks, term, bound, cell.stance)
        ):
            found.append(party)
    return tuple(sorted(found))


def _without_agreement(
    at: Situation, term: str, stage: str, asked: tuple[str, ...] | None, best: Consent | None
) -> Consent:
    """Open, one-sided, deferred, agreed in principle or not raised: from what the parties say."""
    needed = asked if asked is not None else at.header.consent(term)
    cells = at.cells_of(term, stage)
    live = {party: cell for party, cell in cells.items() if cell.status != "withdrawn"}
    events = _in_order(at, {cell.event for cell in (live or cells).values()})
    missing = best.missing if best is not None else needed
    version = best.version if best is not None else None
    between = best.between if best is not None else ()
    reason = best.reason if best is not None else ""
    state: ConsentState
    if not live:
        state, reason = "not raised", "what was raised was withdrawn" if cells else ""
    elif needed and all(party in live and live[party].status == "deferred" for party in needed):
        state = "deferred"
    elif needed and _in_principle(at, needed, live):
        state = "agreed in principle"
    else:
        state = "open" if sum(party in live for party in needed) > 1 else "one-sided"
    return Consent(term, stage, state, version, between, missing, events, reason)


def _in_principle(at: Situation, needed: tuple[str, ...], live: dict[str, Cell]) -> bool:
    """Every needed party tabled, accepted or accepts in principle the same version, one at least in principle."""
    if not all(party in live for party in needed):
        return False
    if not any(live[party].status == "in principle" for party in needed):
        return False
    versions = {live[party].version for party in needed if live[party].status == "in principle"}
    others = [live[party] for party in needed if live[party].status != "in principle"]
    return len(versions) == 1 and all(any(one.version in versions for one in cell.bound) for cell in others)


def _in_order(at: Situation, events: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(events, key=at.history.index))


def _last_place(at: Situation, consent: Consent) -> int:
    return max((at.history.index(event) for event in consent.events), default=-1)
