"""One record in one file of JSON Lines, sealed line by line: for machines, and small enough to mail.

Each line of the file is `{"digest":..,"left":..,"line":..,"link":..}`. `left` says how many lines of the
same append are still to come, so that an append that a crash cut short can be told and dropped: readers
stop before it, the next writer cuts it off. Appends add to the file and never rewrite it.
"""

import fcntl
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from terms.stores.adding import Row, rows_to_add
from terms.stores.chain import Sealed
from terms.stores.errors import StoreError, Unreachable
from terms.stores.lines import line_from
from terms.stores.store import HEADER, Head, Kept, Line, Snapshot

SUFFIX = ".jsonl"
_ROW = re.compile(
    rb'\{"digest":"([0-9a-f]{64})","left":(0|[1-9]\d*),"line":(\{.*\}),"link":"([0-9a-f]{64})"\}', re.DOTALL
)


class JsonLinesStore:
    """One stream, named after the file, in the file at `path`."""

    def __init__(self, path: str, *, create: bool = True) -> None:
        self.address = path
        self.path = Path(path)
        self.stream = self.path.name.removesuffix(SUFFIX)
        if not create and not self.path.exists():
            raise Unreachable(path, "there is no such file")

    def append(self, stream: str, lines: Sequence[Line], *, expected: int) -> int:
        """See `Store.append`."""
        if stream != self.stream:
            raise Unreachable(self.address, f"this file keeps the stream '{self.stream}' alone")
        with self._told(), self._locked() as file:
            kept, sound = _kept(self.stream, self.path.read_bytes())
            ids = _digests(kept)
            rows, after = rows_to_add(
                stream, lines, expected=expected, head=_head(kept),
                there=lambda asked: {one: ids[one] for one in asked if one in ids},
            )  # fmt: skip
            if rows:
                _write(file, sound, rows)
        return after.length

    def head(self, stream: str) -> Head:
        """See `Store.head`."""
        return _head([*self.read(stream)])

    def read(self, stream: str, *, after: int = 0, limit: int | None = None) -> Iterator[Kept]:
        """See `Store.read`."""
        if stream == self.stream:
            yield from self._all()[after : None if limit is None else after + limit]

    def since(self, place: int, *, limit: int) -> Sequence[Kept]:
        """See `Store.since`: places are the numbers of the one stream."""
        return self._all()[place : place + limit]

    def streams(self) -> tuple[str, ...]:
        """See `Store.streams`."""
        return (self.stream,) if self._all() else ()

    def snapshots(self, stream: str, parts: Sequence[str], *, at_most: int, make: str) -> Sequence[Snapshot]:
        """None: a file of lines keeps no cache."""
        return ()

    def every_snapshot(self, stream: str, parts: str, *, make: str) -> Iterator[Snapshot]:
        """None, likewise."""
        yield from ()

    def keep_snapshots(self, stream: str, snapshots: Sequence[Snapshot], *, make: str) -> None:
        """Keeps nothing."""

    def faults(self) -> tuple[str, ...]:
        """See `Store.faults`: lines that are none, counts that do not fit, an append that was cut short."""
        with self._told():
            content = self.path.read_bytes() if self.path.exists() else b""
        return tuple(_form_faults(content))

    def close(self) -> None:
        """Nothing is held open."""

    def _all(self) -> list[Kept]:
        with self._told():
            return _kept(self.stream, self.path.read_bytes())[0] if self.path.exists() else []

    @contextmanager
    def _locked(self) -> Iterator[int]:
        file = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield file
        finally:
            os.close(file)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as fault:
            raise Unreachable(self.address, (fault.strerror or str(fault)).lower()) from fault


def _write(file: int, sound: int, rows: Sequence[Row]) -> None:
    """Write rows behind the `sound` bytes of the file, and see them safe on the disk; else none of them."""
    text = b"".join(
        b'{"digest":"%b","left":%d,"line":%b,"link":"%b"}\n'
        % (row.sealed.digest.encode(), len(rows) - place, row.sealed.content, row.sealed.link.encode())
        for place, row in enumerate(rows, start=1)
    )
    os.ftruncate(file, sound)
    try:
        written = 0
        while written < len(text):
            written += os.pwrite(file, text[written:], sound + written)
        os.fsync(file)
    except OSError:
        os.ftruncate(file, sound)
        raise


def _kept(stream: str, content: bytes) -> tuple[list[Kept], int]:
    """The lines of whole appends, and how many bytes of the file they take."""
    kept: list[Kept] = []
    whole = sound = at = 0
    for raw in content.split(b"\n")[:-1]:
        at += len(raw) + 1
        found = _ROW.fullmatch(raw)
        sealed = Sealed(found[3], found[1].decode(), found[4].decode()) if found else Sealed(raw, "", "")
        kept.append(Kept(stream, len(kept) + 1, _kind(sealed.content), sealed, len(kept) + 1))
        if found is None or found[2] == b"0":
            whole, sound = len(kept), at
    return kept[:whole], sound


def _form_faults(content: bytes) -> Iterator[str]:
    *rows, tail = content.split(b"\n")
    left = 0
    for number, raw in enumerate(rows, start=1):
        found = _ROW.fullmatch(raw)
        if found is None:
            yield f"line {number} of the file is no sealed line"
            left = 0
            continue
        said = int(found[2])
        if left and said != left - 1:
            yield f"line {number} of the file does not continue the append before it"
        left = said
    if tail or left:
        yield "the file ends in an append that was cut short; it counts as never made"


def _head(kept: Sequence[Kept]) -> Head:
    if not kept:
        return Head()
    headers = [one.sealed.digest for one in kept if one.kind == HEADER]
    return Head(len(kept), kept[-1].sealed.link, headers[-1] if headers else "")


def _kind(content: bytes) -> str:
    try:
        return line_from(content).kind
    except StoreError:
        return "unreadable"


def _event(kept: Kept) -> str:
    try:
        return line_from(kept.content).event
    except StoreError:
        return ""


def _digests(kept: Sequence[Kept]) -> Mapping[str, str]:
    return {_event(one): one.sealed.digest for one in kept if one.kind != HEADER}
