"""Any engine that has a recorder for the `eventsourcing` library, through nothing but its public interface.

This is the door to its distributed back ends. What they promise is all that is relied on: an insert of
several rows is all or nothing, and no row is inserted twice under one stream and number. Since the
length is checked before, a writer who was overtaken meets that promise and is told of a conflict.

The ids of each stream are kept in memory and caught up before an append, because a recorder has no index
of them. SQLite and PostgreSQL have stores of their own, which keep that index in the engine.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from uuid import NAMESPACE_URL, UUID, uuid5

from eventsourcing.persistence import (
    ApplicationRecorder,
    InfrastructureFactory,
    IntegrityError,
    PersistenceError,
    StoredEvent,
)

from terms.stores.adding import rows_to_add
from terms.stores.chain import unpacked
from terms.stores.errors import BadAddress, Conflict, StoreError, Unreachable
from terms.stores.lines import line_from
from terms.stores.store import HEADER, Head, Kept, Line, Snapshot

PIECE = 2000


@dataclass
class _Known:
    """What this process has read of a stream so far."""

    head: Head = field(default_factory=Head)
    digests: dict[str, str] = field(default_factory=dict)


class RecordedStore:
    """Streams in whatever is behind `recorder`, which must take text as ids of its aggregates."""

    def __init__(self, recorder: ApplicationRecorder, address: str, *, by_number: bool = False) -> None:
        """`by_number`: the recorder takes numbers (UUID) as ids alone; the name then stands behind the kind."""
        self.address = address
        self._recorder = recorder
        self._by_number = by_number
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
                self._recorder.insert_events(
                    [
                        StoredEvent(
                            self._id(stream),
                            row.number,
                            self._topic(stream, row.line.kind),
                            row.sealed.packed(),
                        )
                        for row in rows
                    ]
                )
            except IntegrityError as fault:
                found = self._caught_up(stream).head.length
                raise Conflict(stream, expected=expected, found=found) from fault
            except PersistenceError as fault:
                raise Unreachable(self.address, str(fault)) from fault
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
        try:
            found = self._recorder.select_notifications(place, limit, inclusive_of_start=False)
        except PersistenceError as fault:
            raise Unreachable(self.address, str(fault)) from fault
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
        try:
            found = self._recorder.select_events(self._id(stream), gt=after or None, limit=limit)
        except PersistenceError as fault:
            raise Unreachable(self.address, str(fault)) from fault
        return [self._kept(row, stream, 0) for row in found]

    def _id(self, stream: str) -> UUID | str:
        return uuid5(NAMESPACE_URL, f"terms:{stream}") if self._by_number else stream

    def _topic(self, stream: str, kind: str) -> str:
        return f"{kind} {stream}" if self._by_number else kind

    def _kept(self, row: StoredEvent, stream: str, place: int) -> Kept:
        kind, _, named = row.topic.partition(" ")
        return Kept(named or stream, row.originator_version, kind, unpacked(bytes(row.state)), place)


def recorded_store(
    module: str, settings: dict[str, str], address: str, *, by_number: bool = False
) -> RecordedStore:
    """The store behind the recorder that an adapter module makes from its settings. `by_number`: see `RecordedStore`.

    Raises:
        BadAddress: the adapter is not installed.
        Unreachable: it cannot be opened.
    """
    top = module.partition(".")[0]
    if find_spec(top) is None or find_spec(module) is None:
        raise BadAddress(address, f"the adapter is not installed: pip install {top.replace('_', '-')}")
    try:
        factory = InfrastructureFactory.construct(
            {"PERSISTENCE_MODULE": module, "ORIGINATOR_ID_TYPE": "uuid" if by_number else "text", **settings}
        )
        return RecordedStore(factory.application_recorder(), address, by_number=by_number)
    except (PersistenceError, OSError, RuntimeError) as fault:  # what adapters raise where no server is
        raise Unreachable(address, str(fault)) from fault


def _event(kept: Kept) -> str:
    try:
        return line_from(kept.content).event
    except StoreError:
        return ""
