"""A store keeps negotiations as streams of lines, one stream each, and only ever adds behind the last.

A line is one canonical JSON object: a header (what is declared) or an event. The first line of a stream
is a header; a later header replaces it for whoever reads on, since what is stored is never rewritten.
So a stream is the JSON Lines form of a record, whatever the engine, and every store gives back the same
bytes.

This is one small protocol of ours over the recorders of the `eventsourcing` library (and over plain
files). The recorders solve what is hard to get right on each engine; above them, thinly, stand what they
lack: an expected length that must be given, retries that never double, the chain, and following.
"""

from collections.abc import Iterator, Sequence
from typing import Protocol

from msgspec import Struct

from terms.stores.chain import START, Sealed

HEADER = "header"
"""The kind of a line that declares; every other kind is that of an event."""


class Line(Struct, frozen=True, gc=False):
    """One line to be kept: canonical JSON, its kind, and the id of its event (a header has none: "")."""

    content: bytes
    kind: str
    event: str = ""


class Kept(Struct, frozen=True, gc=False):
    """One line that is kept. `number` counts from 1 in its stream; `place` is its order in the whole store.

    Places only grow in the order of commits; there may be gaps between them.
    """

    stream: str
    number: int
    kind: str
    sealed: Sealed
    place: int = 0

    @property
    def content(self) -> bytes:
        """The bytes of the line as they were appended."""
        return self.sealed.content


class Head(Struct, frozen=True):
    """Where a stream ends: how many lines, the link of the last, the digest of the header in force ("": none)."""

    length: int = 0
    link: str = START
    header: str = ""


class Snapshot(Struct, frozen=True, gc=False):
    """One part of the state after `number` lines, as JSON: a part that did not change since has no newer one."""

    part: str
    number: int
    content: bytes


class Store(Protocol):
    """An append-only keeper of streams. Every method may raise `Unreachable`."""

    address: str

    def append(self, stream: str, lines: Sequence[Line], *, expected: int) -> int:
        """Add `lines` behind the `expected` already there; return the new length.

        All are added, or none, and what is acknowledged survives a crash. `expected` has no default: a
        writer must say what it read. A retry changes nothing: events that are there already with the
        same content, and a header that is in force already, count as added, whatever `expected` says.

        Raises:
            EmptyAppend: there are no lines.
            IdTaken: an id is there with other content.
            NoHeader: the first line of a new stream is no header.
            Conflict: the stream is longer or shorter than `expected`.
        """

    def head(self, stream: str) -> Head:
        """Where the stream ends; length 0 when there is none."""

    def read(self, stream: str, *, after: int = 0, limit: int | None = None) -> Iterator[Kept]:
        """At most `limit` lines (None: all) behind the first `after`, in order; none for an unknown stream."""

    def since(self, place: int, *, limit: int) -> Sequence[Kept]:
        """At most `limit` lines of all streams behind `place` (0: from the beginning), in the order of commits.

        Whoever asks again behind the last place it was given skips nothing and sees nothing twice.
        """

    def streams(self) -> tuple[str, ...]:
        """The names of all streams, sorted."""

    def snapshots(self, stream: str, parts: Sequence[str], *, at_most: int, make: str) -> Sequence[Snapshot]:
        """Of each of these parts the latest snapshot of this make after at most that many lines, where there is one.

        `make` names the reducer and the schema that worked them out. This is a cache: nothing is always a
        right answer, and a snapshot never holds less than the whole stream, so it is nothing to hand a party.
        """

    def every_snapshot(self, stream: str, parts: str, *, make: str) -> Iterator[Snapshot]:
        """All snapshots of this make whose part begins with `parts`, by part and number."""

    def keep_snapshots(self, stream: str, snapshots: Sequence[Snapshot], *, make: str) -> None:
        """Keep snapshots, or not: losing one changes speed and never an answer. Those of another make go.

        With no snapshots given all go.
        """

    def faults(self) -> tuple[str, ...]:
        """What the engine itself, or our own index beside the lines, finds wrong; a sentence each."""

    def close(self) -> None:
        """Give connections back. A closed store is not used again."""
