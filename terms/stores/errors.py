"""What a store refuses, one exception for each thing a caller could do about it."""

import re
from collections.abc import Iterable
from urllib.parse import unquote

from terms.ground.errors import TermsError
from terms.ground.suggest import did_you_mean

_IN_QUERY = re.compile(r"(?<=password=)[^&#]*", re.IGNORECASE)


def without_password(address: str) -> str:
    """An address as it may be shown: `postgresql://me:word@host/base` without the word. Of a file, the path."""
    scheme, slashes, rest = address.partition("://")
    who, at, where = rest.rpartition("@")
    if not at:  # what stands before a port that is none may be a user whose password was cut off
        host, colon, behind = where.partition(":")
        where = where if not colon or re.match(r"\d*(?:[/?,]|$)", behind) or "[" in host else host
    return f"{scheme}{slashes}{who.partition(':')[0]}{at}{_IN_QUERY.sub('...', where)}"


def without_secrets(said: str, address: str) -> str:
    """What a driver says of an address, without the passwords in it."""
    who = address.partition("://")[2].rpartition("@")[0]
    for secret in (who.partition(":")[2], *_IN_QUERY.findall(address)):
        for spelled in (secret, unquote(secret)):
            said = said.replace(spelled, "...") if spelled else said
    return said


class StoreError(TermsError):
    """A store cannot do what was asked; nothing of it was done."""


class Conflict(StoreError):
    """The stream is longer or shorter than the writer believed: read again, then decide again."""

    def __init__(self, stream: str, *, expected: int, found: int) -> None:
        super().__init__(
            f"'{stream}' holds {found} lines and not {expected}: somebody wrote meanwhile, so read it again"
        )
        self.stream, self.expected, self.found = stream, expected, found


class IdTaken(StoreError):
    """An id is there already with other content. An event is never overwritten: append a correction."""

    def __init__(self, stream: str, event: str) -> None:
        super().__init__(f"'{stream}' holds another event '{event}': append a correction, or use a new id")
        self.stream, self.event = stream, event


class EmptyAppend(StoreError):
    """An append of nothing. It is refused because a caller that has nothing to say has lost something."""

    def __init__(self, stream: str) -> None:
        super().__init__(f"nothing was given to append to '{stream}'")
        self.stream = stream


class NotALine(StoreError):
    """Bytes that are no line of a record: no JSON object, not canonical, or of a form nobody can read."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"this is no line of a record: {reason}")
        self.reason = reason


class NewerForm(StoreError):
    """A line that a later version of the program wrote. It is kept as it is, and not guessed at."""

    def __init__(self, event: str, reason: str) -> None:
        super().__init__(
            f"'{event}' has a form that this version cannot read ({reason}): "
            "a newer version of terms wrote it. Nothing was changed; read it with that version"
        )
        self.event, self.reason = event, reason


class NoHeader(StoreError):
    """A stream that has no header at its beginning, so that nobody can tell what its events speak of."""

    def __init__(self, stream: str) -> None:
        super().__init__(
            f"'{stream}' has no header: the first line of a stream declares its parties and terms"
        )
        self.stream = stream


class NoStream(StoreError):
    """There is no such stream in the store; the nearest names are offered."""

    def __init__(self, stream: str, known: Iterable[str]) -> None:
        names = sorted(known)
        near = did_you_mean(stream, names)
        hint = f": {near[0]}" if near else f"; it holds {', '.join(names[:8])}" if names else "; it is empty"
        super().__init__(
            f"there is no stream '{stream}' in this store{hint}"
            if stream
            else f"say which stream is meant: STORE#STREAM{hint}"
        )
        self.stream = stream


class Unreachable(StoreError):
    """The store cannot be read or written now: locked, full, read-only, gone. Nothing was acknowledged."""

    def __init__(self, address: str, reason: str) -> None:
        super().__init__(f"{address}: {reason}")
        self.address, self.reason = address, reason


class Lost(Unreachable):
    """The server was there, and is not now: once it is back, the same question is answered."""


class BadAddress(StoreError):
    """The words do not name a store that this copy can open."""

    def __init__(self, address: str, reason: str) -> None:
        shown = without_password(address)
        super().__init__(f"'{shown}' names no store: {reason}")
        self.address, self.reason = shown, reason


class BadSignature(StoreError):
    """A checkpoint that was not signed by this key, or was changed after it was signed."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"the checkpoint does not hold: {reason}")
        self.reason = reason
