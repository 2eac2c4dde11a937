"""A stream that was declared anew in its course, read as if the header in force had stood first all the time.

Whoever reads on goes by the last header, and so must every state: those that are kept were folded under one header,
and stay good when another comes that a fold asks nothing else of (a source more, another title). Any other throws
them away, and they are made again in one pass. Here such a stream is straightened: its first line is the header in
force, its events stand behind, numbered as if no header stood between them, so that nobody else need know.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice

from msgspec.structs import replace

from terms.core.header import Header
from terms.stores.chain import digest_of
from terms.stores.frames import ANEW, LATEST, BadSnapshot, Frames, make, row
from terms.stores.lines import header_line
from terms.stores.store import HEADER, Head, Kept, Line, Snapshot, Store

UNDER = 0
"""The number of the row that says under which header the states were folded; of the others, the line of a header."""


class Straightened:
    """The stream `stream` of a store without the headers on its `lines`, but for the last, which stands first.

    It is the stream as it was when that was found out: what is appended later is not in it.
    """

    def __init__(self, store: Store, stream: str, head: Head, lines: Sequence[int], header: Kept) -> None:
        self.store, self.stream, self.address = store, stream, store.address
        self.length = head.length
        self._head = Head(head.length - len(lines), head.link, head.header)
        self._header = replace(header, number=1)
        self._lines = tuple(lines)
        self._before = [line - place for place, line in enumerate(lines, 1)]

    def headers(self, first: int, last: int) -> tuple[int, ...]:
        """The lines of the headers left out between what is counted under these numbers."""
        return self._lines[bisect_left(self._before, first) : bisect_left(self._before, last)]

    def line(self, number: int) -> int:
        """On which line stands what is counted under this number."""
        return number + bisect_left(self._before, number)

    def head(self, stream: str) -> Head:
        """See `Store.head`."""
        return self._head if stream == self.stream else self.store.head(stream)

    def read(self, stream: str, *, after: int = 0, limit: int | None = None) -> Iterator[Kept]:
        """See `Store.read`."""
        if stream != self.stream:
            return self.store.read(stream, after=after, limit=limit)
        left = max(self._head.length - after, 0)
        return self._straight(after, left if limit is None else min(limit, left))

    def _straight(self, after: int, count: int) -> Iterator[Kept]:
        if not count:
            return
        if not after:
            yield self._header
            after, count = 1, count - 1
        first, last = self.line(after), self.line(after + count)
        told = self.store.read(self.stream, after=first, limit=last - first) if count else iter(())
        events = (kept for kept in told if kept.kind != HEADER)
        for number, kept in enumerate(islice(events, count), after + 1):
            yield replace(kept, number=number)

    # ---- as the store below does ---------------------------------------------------------------

    def append(self, stream: str, lines: Sequence[Line], *, expected: int) -> int:
        """See `Store.append`."""
        return self.store.append(stream, lines, expected=expected)

    def since(self, place: int, *, limit: int) -> Sequence[Kept]:
        """See `Store.since`."""
        return self.store.since(place, limit=limit)

    def streams(self) -> tuple[str, ...]:
        """See `Store.streams`."""
        return self.store.streams()

    def snapshots(self, stream: str, parts: Sequence[str], *, at_most: int, make: str) -> Sequence[Snapshot]:
        """See `Store.snapshots`."""
        return self.store.snapshots(stream, parts, at_most=at_most, make=make)

    def every_snapshot(self, stream: str, parts: str, *, make: str) -> Iterator[Snapshot]:
        """See `Store.every_snapshot`."""
        return self.store.every_snapshot(stream, parts, make=make)

    def keep_snapshots(self, stream: str, snapshots: Sequence[Snapshot], *, make: str) -> None:
        """See `Store.keep_snapshots`."""
        self.store.keep_snapshots(stream, snapshots, make=make)

    def faults(self) -> tuple[str, ...]:
        """See `Store.faults`."""
        return self.store.faults()

    def close(self) -> None:
        """See `Store.close`."""
        self.store.close()


def straightened(store: Store, stream: str) -> Store:
    """The store with this stream straightened; itself where no header stands but the first."""
    head = store.head(stream)
    lines, after = _known(Frames(store, stream))
    lines += [
        kept.number
        for kept in store.read(stream, after=after, limit=max(head.length - after, 0))
        if kept.kind == HEADER
    ]
    header = next(store.read(stream, after=lines[-1] - 1, limit=1), None) if lines else None
    return store if header is None else Straightened(store, stream, head, lines, header)


def _known(frames: Frames) -> tuple[list[int], int]:
    """The lines of later headers up to the last keyframe, and its line; what is behind has to be read."""
    try:
        root = frames.root(LATEST)
        if root is None:
            return [], 1
        told = frames.store.every_snapshot(frames.stream, ANEW, make=make())
        lines = [one.number for one in told if one.part == ANEW and frames.opened(one) and one.number]
    except BadSnapshot:  # they are made again, and then the headers are found again, too
        return [], 1
    return lines, root[0] + len(lines)


def declared_rows(store: Store, first: int, last: int) -> list[Snapshot]:
    """What is kept of the headers between two keyframes."""
    lines = store.headers(first, last) if isinstance(store, Straightened) else ()
    return [row(ANEW, line, b"!") for line in lines]


def under_row(header: Header) -> Snapshot:
    """What is kept of the header under which states are folded."""
    return row(ANEW, UNDER, under(header))


def is_under(frames: Frames, header: Header) -> bool:
    """Whether the states that are kept are those under this header."""
    found = frames.store.snapshots(frames.stream, (ANEW,), at_most=UNDER, make=make())
    return [frames.opened(one) for one in found] == [under(header)]


def under(header: Header) -> bytes:
    """The digest of what folding events asks of a header: two with the same give the same states.

    What sources, titles, names and structural rules are is asked of them by questions, never while folding.
    """
    asked = Header(
        tick=header.tick,
        parties=tuple(replace(one, name="", aliases=(), note="", x=()) for one in header.parties),
        persons=tuple(replace(one, name="", aliases=(), office="", x=()) for one in header.persons),
        stages=tuple(replace(one, name="", x=()) for one in header.stages),
        terms=tuple(replace(one, about="", x=()) for one in header.terms),
        texts=tuple(replace(one, title="", x=()) for one in header.texts),
        happenings=tuple(replace(one, about="", x=()) for one in header.happenings),
    )
    return digest_of(header_line(asked).content).encode()
