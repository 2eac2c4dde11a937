"""Question 9: which terms have a disputed meaning, and who reads them how."""

from msgspec import Struct

from terms.core.life import axes
from terms.core.situation import Situation


class Disputed(Struct, frozen=True):
    """One term whose words its parties read differently: (party, reading, event), parties sorted."""

    term: str
    state: str
    readings: tuple[tuple[str, str, str], ...]
    events: tuple[str, ...]


def disputed_meanings(at: Situation) -> tuple[Disputed, ...]:
    """Question 9, terms in the order of the header; agreed ones and those only in force alike."""
    found = []
    for term in at.header.term:
        four = axes(at, term)
        if four.meaning.state == "disputed":
            found.append(Disputed(term, four.consent.state, four.meaning.readings, four.meaning.events))
    return tuple(found)
