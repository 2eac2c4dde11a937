"""Law 13 as a function: what is concluded from a record follows from the events that the conclusion cites.

Apart from the other laws because it asks the analyses, which stand above the model. Like them it raises
AssertionError and uses the public surface only, so that users run it on their own records.
"""

from collections.abc import Iterable

from terms.analyses import deadlines, deadlock, unlock, why_not, zone
from terms.analyses.engine.in_force import InForce
from terms.core.awaiting import ALL_BOUND
from terms.core.consent import consent_of
from terms.core.history import History
from terms.core.situation import Situation, situation


def findings_rest_on_what_they_cite(history: History) -> None:
    """Law 13: every conclusion survives with only the events it cites, and every certificate stands."""
    at = situation(history)
    conflicts_survive(at)
    knots_survive(at)
    agreement_survives(at)


def conflicts_survive(at: Situation) -> None:
    """Each conflict is confirmed without the solver, and there is no deal either with its events alone."""
    found = zone.find(at)
    assert found.checked, "the certificate of the zone does not stand"
    why = why_not.find(at)
    assert found.feasible == (not why.conflicts)
    for one in why.conflicts:
        assert one.checked, f"{one.names} is no smallest conflict"
        assert zone.is_empty(with_only(at, one.events)), f"{one.names} does not follow from {one.events}"
    for knot in unlock.find(at).groups:
        assert all(way.checked for way in knot.ways), f"a way out of {knot.members} is no smallest one"
    for loop in deadlines.find(at).loops:
        assert loop.conflict.checked
        assert not deadlines.find(with_only(at, loop.conflict.events)).feasible


def knots_survive(at: Situation) -> None:
    """Each contradiction of order is there with its events alone."""
    for finding in deadlock.find(at).findings:
        assert finding.checked, f"the knot of {finding.happenings} does not stand"
        if finding.kind == "contradiction":
            assert deadlock.find(with_only(at, finding.events)).is_deadlocked, finding.events


def agreement_survives(at: Situation) -> None:
    """What is agreed is agreed by the acts cited for it, what met their conditions, and the words these answer."""
    said = InForce(at, None)
    for term in at.header.term:
        consent = consent_of(at, term)
        if consent.state in ALL_BOUND:
            kept = with_only(at, [name for event in consent.rests_on for name in said.lineage(event)])
            assert consent_of(kept, term).state in ALL_BOUND, f"{term}: {consent.rests_on}"


def with_only(at: Situation, events: Iterable[str]) -> Situation:
    """The same moment as if only these events were on record."""
    names = frozenset(events)
    kept = tuple(event for event in at.history.record if event.id in names)
    return situation(History(at.history.declared, kept, at.history.view), moment=at.moment)
