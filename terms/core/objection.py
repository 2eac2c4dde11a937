"""An objection: what does not fit about an event that happened all the same."""

from msgspec import Struct


class Objection(Struct, frozen=True):
    """Why an event does not fit the table as it stood: a code, the event, and a sentence. Not a refusal.

    `key` is where in the event it is written, a key and the name behind it; empty: what the code is always about.
    """

    code: str
    event: str
    sentence: str
    key: tuple[str, ...] = ()
