"""Any engine that has a recorder for the `eventsourcing` library, through nothing but its public interface.

This is the door to its distributed back ends. What they promise is all that is relied on: an insert of
several rows is all or nothing, and no row is inserted twice under one stream and number. Since the
length is checked before, a writer who was overtaken meets that promise and is told of a conflict.

The ids of each stream are kept in memory and caught up before an append, because a recorder has no index
of them. SQLite and PostgreSQL have stores of their own, which keep that index in the engine.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import NAMESPACE_URL, UUID, uuid5

from eventsourcing.persistence import (
    ApplicationRecorder,
    IntegrityError,
    PersistenceError,
    StoredEvent,
)

from terms.stores.adding import Row, rows_to_add
from terms.stores.chain import unpacked
from terms.stores.errors import Conflict, StoreError, Unreachable
from terms.stores.lines import line_from
from terms.stores.store import HEADER, Head, Kept, Line, Snapshot

PIECE = 2000


class Overtaken(Exception):
    """Somebody else wrote a line under a number that an append was about to use."""


@dataclass
class _Known:
    """What this process has read of a stream so far."""

    head: Head = field(default_factory=Head)
    digests: dict[str, str] = field(default_factory=dict)


class RecordedStore:
    """Streams in whatever is behind `recorder`, which must take text as ids of its aggregates."""

    def __init__(
        self,
        recorder: ApplicationRecorder,
        address: str,
        *,
        by_number: bool = False,
        first: int = 1,
        faults: tuple[type[Exception], ...] = (),
    ) -> None:
        """`by_number`: the recorder takes numbers (UUID) as ids alone; the name then stands behind the kind.

        `first` is the version at which the recorder wants a stream to begin. `faults` are what its driver
        raises where it does not say it in the words of the library.
        """
        self.address = address
        self._recorder = recorder
        self._by_number = by_number
        self._shift = first - 1  # from the number of a line to its version
        self._faults: tuple[type[Exception], ...] = (PersistenceError, *faults)
        self._known: dict[str, _Known] = {}

    def append(self, stream: str, lines: Sequence[Line], *, expected: int) -> int:
        """See `Store.append`."""
        known = self._caught_up(stream)
        rows, after = rows_to_add(
            stream, lines, expected=expected, head=known.head,
            there=lambda ids: {one: known.digests[one] for one in ids if one in known.digests},
        )  # fmt: skip
        if rows:
            try:
                with self._told():
                    self._recorder.insert_events([self._stored(stream, row) for row in rows])
            except Overtaken as fault:
                found = self._caught_up(stream).head.length
                raise Conflict(stream, expected=expected, found=found) from fault
        return after.length

    def head(self, stream: str) -> Head:
        """See `Store.head`."""
        return self._caught_up(stream).head

    def read(self, stream: str, *, after: int = 0, limit: int | None = None) -> Iterator[Kept]:
        """See `Store.read`."""
        left = limit
        while True:
            size = PIECE if left is None else min(PIECE, left)
            piece = self._select(stream, after, size)
            yield from piece
            if len(piece) < size or (left := None if left is None else left - size) == 0:
                return
            after = piece[-1].number

    def since(self, place: int, *, limit: int) -> Sequence[Kept]:
        """See `Store.since`. The library promises that notifications come in the order of commits."""
        with self._told():
            found = self._recorder.select_notifications(place, limit, inclusive_of_start=False)
        return [self._kept(row, str(row.originator_id), row.id) for row in found]

    def streams(self) -> tuple[str, ...]:
        """See `Store.streams`: reads everything, since a recorder has no list of its streams."""
        names: set[str] = set()
        place = 0
        while piece := self.since(place, limit=PIECE):
            names.update(kept.stream for kept in piece)
            place = piece[-1].place
        return tuple(sorted(names))

    def snapshots(self, stream: str, parts: Sequence[str], *, at_most: int, make: str) -> Sequence[Snapshot]:
        """None: there is no place for a cache behind this interface."""
        return ()

    def every_snapshot(self, stream: str, parts: str, *, make: str) -> Iterator[Snapshot]:
        """None, likewise."""
        yield from ()

    def keep_snapshots(self, stream: str, snapshots: Sequence[Snapshot], *, make: str) -> None:
        """Keeps nothing."""

    def faults(self) -> tuple[str, ...]:
        """None that could be asked for: `verify` reads every line."""
        return ()

    def close(self) -> None:
        """The recorder closes with the program."""

    def _caught_up(self, stream: str) -> _Known:
        known = self._known.setdefault(stream, _Known())
        for kept in self.read(stream, after=known.head.length):
            header = kept.sealed.digest if kept.kind == HEADER else known.head.header
            known.head = Head(kept.number, kept.sealed.link, header)
            if kept.kind != HEADER:
                known.digests[_event(kept)] = kept.sealed.digest
        return known

    def _select(self, stream: str, after: int, limit: int) -> list[Kept]:
        behind = after + self._shift if after else None
        with self._told():
            found = self._recorder.select_events(self._id(stream), gt=behind, limit=limit)
        return [self._kept(row, stream, 0) for row in found]

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What the recorder and its driver object to, in words of ours."""
        try:
            yield
        except IntegrityError as fault:
            raise Overtaken from fault
        except self._faults as fault:
            raise Unreachable(self.address, told_by(fault)) from fault

    def _stored(self, stream: str, row: Row) -> StoredEvent:
        version = row.number + self._shift
        return StoredEvent(self._id(stream), version, self._topic(stream, row.line.kind), row.sealed.packed())

    def _id(self, stream: str) -> UUID | str:
        return uuid5(NAMESPACE_URL, f"terms:{stream}") if self._by_number else stream

    def _topic(self, stream: str, kind: str) -> str:
        return f"{kind} {stream}" if self._by_number else kind

    def _kept(self, row: StoredEvent, stream: str, place: int) -> Kept:
        kind, _, named = row.topic.partition(" ")
        return Kept(
            named or stream, row.originator_version - self._shift, kind, unpacked(bytes(row.state)), place
        )


def told_by(fault: Exception) -> str:
    """What a fault says, in one line."""
    first = (str(fault).strip() or type(fault).__name__).splitlines()[0]
    if first.startswith("Max size is "):
        most = first.removeprefix("Max size is ")
        return (
            f"the server takes at most {most} bytes at once: import into a file first, and copy from"
            " there, which goes in pieces"
        )
    return first


def _event(kept: Kept) -> str:
    try:
        return line_from(kept.content).event
    except StoreError:
        return ""
