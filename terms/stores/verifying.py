"""Whether what a store holds is what was appended: the first line that was changed, removed, inserted or moved.

The chain shows order and content to somebody who holds an earlier head. Without one, whoever can write
the store can also write the chain anew; so hand heads over, signed, and check against them.
"""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from terms.stores.chain import START, digest_of, link_after
from terms.stores.errors import StoreError
from terms.stores.framing import snapshot_fault
from terms.stores.lines import line_from
from terms.stores.store import HEADER, Kept, Store


class Break(Struct, frozen=True):
    """The first line of a stream that does not hold. `what`: changed, removed, inserted, moved or damaged."""

    stream: str
    number: int
    event: str
    what: str
    sentence: str


class Verified(Struct, frozen=True):
    """What a check found. `length` and `link` are those of the stream as far as it holds."""

    stream: str
    length: int
    link: str
    broken: Break | None = None


def verify(store: Store, stream: str) -> Verified:
    """Walk a stream from its first line to the first break."""
    length, link, header = 0, START, (0, "")
    try:
        for kept in store.read(stream):
            what = _fault(kept, length + 1, link)
            if what:
                rows = [kept, *_rest(store, stream, kept.number)]
                before = [*_links(store, stream, length)]
                return Verified(stream, length, link, _break(what, rows, before))
            length, link = kept.number, kept.sealed.link
            if kept.kind == HEADER:
                header = kept.number, kept.sealed.digest
        head = store.head(stream)
    except StoreError as fault:
        return Verified(stream, length, link, Break(stream, length + 1, "", "damaged", str(fault)))
    if (head.length, head.link) != (length, link):
        said = f"the stream should end after line {head.length}, and ends after {length}"
        return Verified(
            stream, length, link, Break(stream, min(length, head.length) + 1, "", "removed", said)
        )
    if head.header != header[1]:
        said = f"the header in force is on line {header[0]}, and noted is another"
        return Verified(stream, length, link, Break(stream, header[0], "", "changed", said))
    return Verified(stream, length, link)


def verify_all(store: Store) -> tuple[tuple[Verified, ...], tuple[str, ...]]:
    """Every stream checked, and what the engine itself finds wrong."""
    faults = store.faults()
    try:
        names = store.streams()
    except StoreError as fault:
        return (), (*faults, str(fault))
    kept = tuple(said for name in names if (said := snapshot_fault(store, name)))
    return tuple(verify(store, name) for name in names), (*faults, *kept)


def holds(store: Store, stream: str, *, length: int, link: str) -> bool:
    """Whether the stream still begins with what somebody saw end after `length` lines with `link`."""
    if length == 0:
        return link == START
    at = next(iter(store.read(stream, after=length - 1)), None)
    return (
        at is not None
        and at.number == length
        and at.sealed.link == link
        and verify(store, stream).length >= length
    )


def _fault(kept: Kept, number: int, link: str) -> str:
    if kept.number != number:
        return "gap"
    if digest_of(kept.content) != kept.sealed.digest:
        return "content"
    if link_after(link, kept.sealed.digest) != kept.sealed.link:
        return "link"
    return "" if _is_filed_right(kept) else "kind"


def _is_filed_right(kept: Kept) -> bool:
    """Whether the kind beside the line is the one in it; read only from its bytes where that is enough."""
    if kept.kind != HEADER and b'"kind":"%b"' % kept.kind.encode("utf-8", "replace") in kept.content:
        return True
    try:
        return line_from(kept.content).kind == kept.kind
    except StoreError:
        return False


def _rest(store: Store, stream: str, number: int) -> Iterator[Kept]:
    try:
        yield from store.read(stream, after=number)
    except StoreError:
        return


def _links(store: Store, stream: str, length: int) -> Iterator[str]:
    yield START
    for kept in store.read(stream):
        if kept.number > length:
            return
        yield kept.sealed.link


def _break(what: str, rows: Sequence[Kept], before: Sequence[str]) -> Break:
    """What happened at the first of `rows`, seen from the sound links before it and the lines behind."""
    first = rows[0]
    if what == "gap":
        number = len(before)
        return Break(
            first.stream, number, "", "removed", f"line {number} is missing; line {first.number} is next"
        )
    if what in ("content", "kind"):
        part = "its content" if what == "content" else "the kind it is filed under"
        return _told(first, "changed", f"{part} is not what was appended")
    return _misplaced(rows, before)


def _misplaced(rows: Sequence[Kept], before: Sequence[str]) -> Break:
    first, last = rows[0], before[-1]
    if any(_follows(first, link) for link in before[:-1]):
        gone = first.number - 1
        return Break(
            first.stream, gone, "", "inserted", f"line {gone} stands where line {first.number} should"
        )
    if any(_follows(first, row.sealed.link) for row in rows[1:]):
        return _told(first, "moved", "it stands before the line that it followed")
    if len(rows) > 1 and _follows(rows[1], last):
        return _told(first, "inserted", "the line behind it follows the one before it")
    if any(_follows(row, last) for row in rows[2:]):
        return _told(first, "moved", "the line that belongs here stands further on")
    if len(rows) > 1 and not _follows(rows[1], first.sealed.link):
        return _told(first, "changed", "its link is not the one that was written")
    return _told(first, "removed", "what stood before it was removed, or was changed and sealed anew")


def _follows(row: Kept, link: str) -> bool:
    return link_after(link, row.sealed.digest) == row.sealed.link


def _told(row: Kept, what: str, sentence: str) -> Break:
    try:
        event = line_from(row.content).event
    except StoreError:
        event = ""
    name = f"line {row.number} ({event})" if event else f"line {row.number}"
    return Break(
        row.stream,
        row.number,
        event,
        what,
        f"{name} was {what}: {sentence}" if what != "removed" else f"before {name}: {sentence}",
    )
