"""How things are named in a record, and how an event refers to a part of an earlier one.

Three spellings exist, on purpose no more: an event is `med-25` (it never has dots, so that git and
editors can find it by one pattern), a term, party, happening or option is a dotted name
(`pullback.distance`), and a source is short and may have capitals (`M1`), as people cite minutes.
"""

from __future__ import annotations

from typing import NewType

from msgspec import Struct

from terms.ground.errors import BadReference
from terms.ground.patterns import late

PartyId = NewType("PartyId", str)
TermId = NewType("TermId", str)
EventId = NewType("EventId", str)
SourceId = NewType("SourceId", str)
StageId = NewType("StageId", str)
HappeningId = NewType("HappeningId", str)
TextId = NewType("TextId", str)
PersonId = NewType("PersonId", str)

EVENT_ID_PATTERN = r"[a-z][a-z0-9]*(-[a-z0-9]+)*"
NAME_PATTERN = EVENT_ID_PATTERN + r"(\.[a-z0-9]+(-[a-z0-9]+)*)*"
SOURCE_ID_PATTERN = r"[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*"

_EVENT_ID = late(EVENT_ID_PATTERN)
_NAME = late(NAME_PATTERN)
_SOURCE_ID = late(SOURCE_ID_PATTERN)


def is_event_id(text: str) -> bool:
    """Whether `text` can name an event: small letters and digits in groups joined by single hyphens."""
    return _EVENT_ID.fullmatch(text) is not None


def is_name(text: str) -> bool:
    """Whether `text` can name a term, party or happening: like an event's id, with dots between groups.

    Every event id is a name; only the first group has to begin with a letter (`truce.2.ends`).
    """
    return _NAME.fullmatch(text) is not None


def is_source_id(text: str) -> bool:
    """Whether `text` can name a source: like an event's id, capitals allowed (`M1`, `general-knowledge`)."""
    return _SOURCE_ID.fullmatch(text) is not None


class Reference(Struct, frozen=True):
    """What an event answers: another event, or one named part of it (an option, term, reservation)."""

    event: EventId
    part: str | None = None

    def __str__(self) -> str:
        """The reference as a record writes it; reading that gives an equal reference."""
        return self.event if self.part is None else f"{self.event}/{self.part}"


def read_reference(text: str) -> Reference:
    """Read `EVENT` or `EVENT/PART`.

    Both halves are names: the first may also be a text or a happening (`accord`, `line.actual`),
    which only the record's declarations can tell from an event.

    Raises:
        BadReference: a half is empty or misspelt, or there is more than one slash.
    """
    event, slash, part = text.partition("/")
    if not is_name(event) or (slash and not is_name(part)):
        raise BadReference(text)
    return Reference(EventId(event), part if slash else None)
