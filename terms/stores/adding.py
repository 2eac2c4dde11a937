"""What an append adds, decided without any engine, so that all stores decide alike."""

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from terms.stores.chain import Sealed, digest_of, link_after, seal_of
from terms.stores.errors import Conflict, EmptyAppend, IdTaken, NoHeader
from terms.stores.store import HEADER, Head, Line


class Row(Struct, frozen=True, gc=False):
    """A line about to be written, under its number."""

    number: int
    line: Line
    sealed: Sealed


Digests = Callable[[Sequence[str]], Mapping[str, str]]
"""Asks the store which of some event ids it holds in the stream, and with which digest."""


def rows_to_add(
    stream: str, lines: Sequence[Line], *, expected: int, head: Head, there: Digests
) -> tuple[tuple[Row, ...], Head]:
    """The rows an append writes, and the head after it; no rows when everything is there already.

    Raises:
        EmptyAppend, IdTaken, NoHeader, Conflict: as `Store.append` says.
    """
    if not lines:
        raise EmptyAppend(stream)
    ids = [line.event for line in lines if line.event]
    known = dict(there(ids)) if head.length and ids else {}
    rows: list[Row] = []
    length, link, header = head.length, head.link, head.header
    for line in lines:
        digest = digest_of(line.content)
        is_event = line.kind != HEADER
        if digest == (known.get(line.event) if is_event else header):
            continue
        if is_event:
            if line.event in known:
                raise IdTaken(stream, line.event)
            if not length:
                raise NoHeader(stream)
            known[line.event] = digest
        else:
            header = digest
        length, link = length + 1, link_after(link, digest)
        rows.append(Row(length, line, Sealed(line.content, seal_of(link, digest))))
    if rows and expected != head.length:
        raise Conflict(stream, expected=expected, found=head.length)
    return tuple(rows), Head(length, link, header)
