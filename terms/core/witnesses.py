"""What a condition that is met rests on: the events that tell of what it asks for.

The condition is judged as always, but whoever asks the record on its behalf notes which events answered.
"""

from terms.core import happenings
from terms.core.situation import Situation
from terms.ground.dates import Edtf
from terms.ground.words import FrozenWords
from terms.values.provisos import outcome_of, read_provisos


def witnesses(at: Situation, conditions: FrozenWords | None) -> frozenset[str]:
    """The ids of the events by which these conditions stand as they do; none where nothing had to happen."""
    if conditions is None:
        return frozenset()
    asking = _Asking(at)
    outcome_of(read_provisos(conditions), asking, at.moment)
    return frozenset(asking.events)


class _Asking:
    """The facts of a situation, and the events that told those that were asked for (see `values.outcomes.Facts`)."""

    def __init__(self, at: Situation) -> None:
        self.at = at
        self.events: set[str] = set()

    def occurred(self, happening: str, /) -> Edtf | None:
        found = self.at.occurred(happening)
        if found is not None:
            self.events |= _told_by(self.at, happening)
        return found

    def called_off(self, happening: str, /) -> bool:
        found = self.at.called_off(happening)
        if found:
            self.events |= _told_by(self.at, happening)
        return found

    def disputed(self, happening: str, /) -> bool:
        return self.at.disputed(happening)

    def accepts(self, party: str, what: str, /) -> bool | None:
        self.events |= _accepting(self.at, party, what)
        return self.at.accepts(party, what)

    def certifies(self, party: str, happening: str, /) -> bool | None:
        self.events |= _certifying(self.at, party, happening)
        return self.at.certifies(party, happening)

    def complies(self, party: str, text: str, /) -> bool | None:
        return self.at.complies(party, text)

    def last_incident(self) -> Edtf | None:
        return self.at.last_incident()


def _told_by(at: Situation, name: str) -> set[str]:
    """The events that a happening which occurred (or was called off) is known by, derived ones by their parts."""
    recorded = at.talks.happenings.get(name)
    if recorded is not None:
        return {recorded.event}
    if name in at.history.names:
        return {name}
    at = at.within(name)
    party, _, what = name.partition(" accepts ")
    if what:
        return _accepting(at, party, what)
    party, _, what = name.partition(" certifies ")
    if what:
        return _certifying(at, party, what)
    owner, _, what = name.rpartition(".")
    if owner in at.header.text and what in happenings.ACTS:
        return {mark.event for mark in at.marks(owner) if mark.kind == happenings.ACTS[what]}
    if what == "done":
        return {claim.event for claim in at.claims_on(owner)}
    found: set[str] = set()
    for version, _, bonds in happenings.agreements(at, owner):
        found |= {mark.event for mark in at.marks(*happenings.names_of(at.talks, owner, version))}
        for bond in bonds:
            found |= {bond.event, *witnesses(at, bond.condition)}
    return found


def _accepting(at: Situation, party: str, what: str) -> set[str]:
    cells = happenings.accepting_cells(at.talks, party, what)
    return {one.event for cell, version in cells for one in happenings.cell_bonds(cell, version)}


def _certifying(at: Situation, party: str, happening: str) -> set[str]:
    """The certificates, what they confirm, and the claims of performance that stand for it."""
    recorded = at.talks.happenings.get(happening)
    claims = {claim.event for claim in at.claims_on(happening.removesuffix(".done"))}
    named = {happening, *claims, *((recorded.event,) if recorded is not None else ())}
    certificates = {
        event
        for name in named
        for place, event in at.history.mentioned.get(name, ())
        if place < at.steps and at.history.events[place].kind == "certify"
    }
    own = {event for event in certificates if party in at.history.event(event).by}
    return {*own, *((named - {happening}) if own else ())}
