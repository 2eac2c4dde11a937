"""What agreed words mean: one thing, unless parties read them differently."""

from typing import Literal

from msgspec import Struct

from terms.core.happenings import names_of
from terms.core.situation import Situation


class Meaning(Struct, frozen=True):
    """One or disputed, and who reads the clause how: (party, reading, event), parties sorted."""

    state: Literal["one", "disputed"]
    readings: tuple[tuple[str, str, str], ...] = ()
    events: tuple[str, ...] = ()


def meaning_of(at: Situation, term: str, version: str | None) -> Meaning:
    """One meaning unless two parties read the clause differently; a party's latest reading is its reading."""
    told = [one for name in names_of(at.talks, term, version) for one in at.talks.readings.get(name, ())]
    latest: dict[str, tuple[str, str]] = {}
    for reading in sorted(told, key=lambda one: at.history.index(one.event)):
        latest.update(dict.fromkeys(reading.by, (reading.reads, reading.event)))
    found = tuple(sorted((party, reads, event) for party, (reads, event) in latest.items()))
    events = sorted({event for _, _, event in found}, key=lambda event: at.history.index(event))
    disputed = len({reads for _, reads, _ in found}) > 1
    return Meaning("disputed" if disputed else "one", found, tuple(events))


def settled_reading(at: Situation, term: str, version: str, parties: tuple[str, ...]) -> str | None:
    """The reading that all of these parties give the clause; None: they differ, or one has not said."""
    said = {party: reads for party, reads, _ in meaning_of(at, term, version).readings}
    found = {said.get(party) for party in parties}
    return found.pop() if len(found) == 1 else None
