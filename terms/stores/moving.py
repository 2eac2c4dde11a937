"""Whole records and streams from one store to another, line by line, with the chain they had.

The bytes of a line are never touched, so that a copy has the links of the original, and a head that was
handed over holds for both. What is there already counts as moved: whoever was interrupted begins again.
"""

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from terms.ground.pause import collector_paused
from terms.records.record import Record
from terms.stores.errors import EmptyAppend, StoreError
from terms.stores.lines import line_from, lines_of
from terms.stores.store import Line, Store

PIECE = 2000
"""Lines appended at once, at most: a store that many write to is kept waiting no longer than that."""
LARGEST = 900_000
"""Bytes appended at once, at most: some servers take a megabyte."""
BESIDE = 230
"""Bytes that a line takes beside its content: its link, its digest, and what an engine adds."""


class OtherBeginning(StoreError):
    """The stream to copy to holds something that the stream to copy from does not begin with."""

    def __init__(self, stream: str, number: int) -> None:
        super().__init__(
            f"'{stream}' is another stream: line {number} is not the one to be copied; copy to another name"
        )
        self.stream, self.number = stream, number


class Moved(Struct, frozen=True):
    """How much was added to a stream, and how long it is now, in lines."""

    stream: str
    added: int
    length: int


def import_record(record: Record, store: Store, stream: str) -> Moved:
    """Put a record into a stream: all of it, or what the stream does not have yet.

    Raises:
        IdTaken: an event of the record is there with other content.
        Conflict: somebody wrote meanwhile.
    """
    with collector_paused():
        lines = lines_of(record.header, record.events)
        before = store.head(stream).length
        length = store.append(stream, lines, expected=before)
    return Moved(stream, length - before, length)


def copy_stream(
    source: Store, stream: str, target: Store, name: str, *, told: Callable[[int], None] = lambda _: None
) -> Moved:
    """Copy a stream under `name`, going on where an earlier copy ended. `told` hears how many lines are there.

    Raises:
        OtherBeginning: `name` holds something else.
        EmptyAppend: there is nothing to copy.
        Conflict: somebody wrote to it meanwhile.
    """
    if not source.head(stream).length:
        raise EmptyAppend(name)
    before = target.head(name)
    if before.length:
        _same_beginning(source, stream, name, before.length, before.link)
    length = before.length
    for piece in _pieces(source, stream, length):
        length = target.append(name, piece, expected=length)
        told(length)
    return Moved(name, length - before.length, length)


def _pieces(source: Store, stream: str, after: int) -> Iterator[list[Line]]:
    """The lines behind the first `after`, in pieces that any engine takes at once, if it takes each line."""
    piece: list[Line] = []
    size = 0
    for kept in source.read(stream, after=after):
        takes = len(kept.content) + BESIDE
        if piece and (len(piece) == PIECE or size + takes > LARGEST):
            yield piece
            piece, size = [], 0
        piece.append(line_from(kept.content))
        size += takes
    if piece:
        yield piece


def _same_beginning(source: Store, stream: str, name: str, length: int, link: str) -> None:
    at = next(iter(source.read(stream, after=length - 1)), None)
    if at is None or at.sealed.link != link:
        raise OtherBeginning(name, length)


def names_of(store: Store, stream: str | None) -> Sequence[str]:
    """The stream that is named, or all of them."""
    return store.streams() if stream is None else (stream,)
